/** `pysm run --target rtl`: the same program on the Verilog, with the same output, exit code and cycles. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildWasm } from '../../rtl/build.mjs';
import { runPysm } from './process.mjs';

const GPIO = fileURLToPath(new URL('../../examples/gpio_round_trip.py', import.meta.url));

const PROGRAMS = {
  'raises.py': 'def f(n):\n    return 10 // n\nprint(f(5))\nf(0)\n',
  'endless.py': 'while True:\n    pass\n',
};

describe('pysm run --target rtl', () => {
  let folder;
  before(async () => {
    // Takes longer than a command may.
    await buildWasm();
    folder = mkdtempSync(join(tmpdir(), 'pysm-rtl-'));
    for (const [name, text] of Object.entries(PROGRAMS)) writeFileSync(join(folder, name), text);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const args of [[GPIO, '--jumper', '1:2'], ['raises.py'], ['endless.py', '--max-cycles', '5000']]) {
    it(`does what the simulator does: ${args.at(-1).replace(/.*\//, '')}`, async () => {
      const ends = [];
      for (const target of ['sim', 'rtl']) {
        const run = await runPysm(['run', ...args, '--target', target, '--stats', `${target}.json`], { cwd: folder });
        const { target: said, ...stats } = JSON.parse(readFileSync(join(folder, `${target}.json`), 'utf8'));
        assert.equal(said, target);
        ends.push({ stdout: run.stdout, stderr: run.stderr, exit: run.exit, stats });
      }
      assert.deepEqual(ends[1], ends[0]);
    });
  }
});
