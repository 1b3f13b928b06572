/**
 * What the simulator measures lies between the best and the worst that the cost analysis gives, for every program of
 * this folder that ends normally; and programs that leave no choice take exactly what is foretold.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { analyseCosts, formatCostTable } from '@pysm/compiler';
import { loadCompiler, nodeHost } from '@pysm/compiler/node';
import { createSimulator } from '@pysm/simulator/node';
import { programs } from './catalogue.mjs';

/** Most cycles that a program may take. */
const LIMIT = 20_000_000;

const compiler = await loadCompiler();

/** Compiles and runs a program; undefined where it does not end normally. */
async function measure(path, host) {
  const compilation = compiler.compile(path, host);
  const linked = compilation.program && compilation.link();
  if (!linked || !('image' in linked)) return undefined;
  const simulator = await createSimulator();
  try {
    await simulator.load(linked.image);
    simulator.onConsole(() => {});
    const stop = await simulator.run({ untilCycle: LIMIT });
    if (stop.kind !== 'exited' || stop.code !== 0) return undefined;
    const { cycles, instructions } = await simulator.statistics();
    const report = analyseCosts(compilation.program, { runtime: true });
    const start = report.functions.find((f) => f.name === compilation.program.start);
    const main = report.functions.find((f) => f.name === '__main__.main');
    return { cycles, instructions, report, start: start.total, main: main?.total };
  } finally {
    await simulator.dispose();
  }
}

function within(what, measured, { best, worst }) {
  assert.ok(measured >= best, `${what}: ${measured} measured, at least ${best} foretold`);
  assert.ok(worst === null || measured <= worst, `${what}: ${measured} measured, at most ${worst} foretold`);
}

describe('programs stay between best and worst', () => {
  for (const program of programs()) {
    it(program.name, async () => {
      const found = await measure(join(program.folder, program.file), nodeHost());
      if (!found) return;
      within('cycles', found.cycles, found.start.cycles);
      within('instructions', found.instructions, found.start.instructions);
    });
  }
});

/** Bodies of main() without a choice: every cycle of theirs is foretold. */
const EXACT = {
  'a counted loop': 's = 0\nfor i in range(10):\n    s += i\nreturn s',
  'nested loops': 's = 0\nfor i in range(10):\n    for j in range(5):\n        s += i * j\nreturn s',
  'a loop with a step': 's = 0\nfor i in range(1, 50, 3):\n    s += i // 3 + i % 4\nreturn s',
  'calls with defaults': 'return f(1) + f(1, 2) + f(1, 2, 3)',
  'a frame larger than a call clears': 'return wide(1, 2) + wide(1, 2, 3) + wide(1, 2, 3, 4, 5)',
  'float arithmetic': 'x = 1.5\nx = x * 2.5 + x / 3.0\nreturn x - 1',
  'a loop whose end is far': `s = 0\nfor i in range(7):\n${'    s += i * 3\n'.repeat(300)}return s`,
};

const LOCALS = [...'ghijklmnopqrstuvw'];
const HELPERS = `def f(a, b=2, c=3):
    return a + b + c
def wide(a, b, c=1, d=2, e=3):
${LOCALS.map((name, i) => `    ${name} = ${'abcde'[i % 5]}`).join('\n')}
    return ${LOCALS.join(' + ')}
`;

const sourceOf = (body) => `${HELPERS}def main():\n${body.replace(/^/gm, '    ')}\n`;
const hostOf = (text) => ({ read: (path) => (path === 'main.py' ? text : undefined), resolveSibling: () => 'none.py' });

describe('programs without a choice take what is foretold', () => {
  for (const [what, body] of Object.entries(EXACT)) {
    it(what, async () => {
      const empty = await measure('main.py', hostOf(sourceOf('return 1')));
      const found = await measure('main.py', hostOf(sourceOf(body)));
      const { main } = found;
      assert.equal(
        main.cycles.best,
        main.cycles.worst,
        formatCostTable(found.report, () => undefined),
      );
      // Everything but main(), and what calling it clears, is the same in both programs.
      const [start, before] = [found.start, empty.start];
      assert.equal(found.cycles - empty.cycles, start.cycles.best - before.cycles.best);
      assert.equal(found.instructions - empty.instructions, start.instructions.best - before.instructions.best);
    });
  }
});
