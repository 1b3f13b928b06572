/**
 * Random programs do the same on CPython 3.11 (with integers limited to 64 bits, see oracle.py) and on the simulator.
 * A failing program is shrunk and shown with its seed; PYSM_SEED repeats a run, PYSM_RUNS sets the number of programs.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { writeProgram } from './generator.mjs';
import { missingPython, PYTHON, runOnSimulator } from './harness.mjs';

const ORACLE = fileURLToPath(new URL('oracle.py', import.meta.url));
const seed = process.env.PYSM_SEED ? Number(process.env.PYSM_SEED) : Date.now() & 0x7fffffff;
const numRuns = Number(process.env.PYSM_RUNS ?? 120);

/** Exception type of standard error's last line, or nothing. */
const exceptionOf = (stderr) => /^(\w+)(?::|$)/.exec(stderr.trimEnd().split('\n').at(-1))?.[1] ?? '';

describe('random programs', () => {
  let folder;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'pysm-random-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('finds CPython 3.11', () => assert.equal(missingPython(), undefined));

  it(`${numRuns} programs, PYSM_SEED=${seed}`, { timeout: 600_000 }, async () => {
    const choices = fc.array(fc.nat(65535), { minLength: 30, maxLength: 400, size: 'max' });
    const property = fc.asyncProperty(choices, async (list) => {
      const source = writeProgram(list);
      writeFileSync(join(folder, 'program.py'), source);
      const oracle = spawnSync(PYTHON, ['-B', '-W', 'ignore', ORACLE, 'program.py'], {
        cwd: folder,
        encoding: 'utf8',
        timeout: 20_000,
      });
      if (oracle.error) throw oracle.error;
      const expected = { stdout: oracle.stdout, exception: exceptionOf(oracle.stderr), exit: oracle.status };
      const run = await runOnSimulator(folder, 'program.py');
      const actual = { stdout: run.stdout, exception: exceptionOf(run.stderr), exit: run.exit };
      assert.deepEqual(actual, expected, `${source}\n${run.stderr}`);
    });
    await fc.assert(property, { seed, numRuns, interruptAfterTimeLimit: 150_000, markInterruptAsFailure: false });
  });
});
