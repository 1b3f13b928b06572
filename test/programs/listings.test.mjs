/** The hand-written listings of isa/listings take the cycles that they state, on the simulator. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadCompiler, nodeHost } from '@pysm/compiler/node';
import { createSimulator } from '@pysm/simulator/node';

const FOLDER = new URL('../../isa/listings/', import.meta.url);
/** Far more than any listing takes. */
const CYCLE_LIMIT = 100_000;

const compiler = await loadCompiler();

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.pysm'))) {
  test(file, async () => {
    const path = fileURLToPath(new URL(file, FOLDER));
    const text = readFileSync(path, 'utf8');
    const compilation = compiler.assemble(path, nodeHost());
    assert.deepEqual(compilation.diagnostics, []);
    const { image, diagnostics } = compilation.link();
    assert.ok(image, diagnostics?.[0]?.message);
    const simulator = await createSimulator();
    try {
      await simulator.load(image);
      const [, from, to] = /^; jumper (\d+):(\d+)$/m.exec(text) ?? [];
      if (from !== undefined) await simulator.jumper(Number(from), Number(to));
      const stop = await simulator.run({ untilCycle: CYCLE_LIMIT });
      assert.deepEqual([stop.kind, stop.code], ['exited', 0]);
      assert.equal(stop.value.payload, BigInt(/^; expect (\d+)$/m.exec(text)[1]));
    } finally {
      await simulator.dispose();
    }
  });
}
