/**
 * Integers have 64 bits: where Python's result would need more, PySM raises OverflowError; the neighbouring value that
 * still fits is exact. Each row is an expression that overflows and one that does not.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runOnSimulator } from './harness.mjs';

const LARGEST = 9223372036854775807n;
const SMALLEST = -LARGEST - 1n;

/** `[overflows, fits, value of the latter]`; `big`, `small`, `two`... are parameters, so that nothing is folded. */
const CASES = [
  ['big + one', 'big + zero', LARGEST],
  ['small + -one', 'small + one', SMALLEST + 1n],
  ['small - one', 'small - zero', SMALLEST],
  ['big - -one', 'big - one', LARGEST - 1n],
  ['big * two', 'big * one', LARGEST],
  ['big * big', 'small * one', SMALLEST],
  ['small * -one', 'big * -one', -LARGEST],
  ['4294967296 * 2147483648 * one', '4294967296 * -2147483648 * one', SMALLEST],
  ['-small', '-big', -LARGEST],
  ['small // -one', 'big // -one', -LARGEST],
  ['one << 63', 'one << 62', 1n << 62n],
  ['one << 64', '-one << 63', SMALLEST],
  ['two << 1000', 'zero << 1000', 0n],
  ['-two << 63', '-two << 62', SMALLEST],
  ['two ** 63', 'two ** 62', 1n << 62n],
  ['(-two) ** 64', '(-two) ** 63', SMALLEST],
  ['10 ** (one + 18)', '10 ** (one + 17)', 10n ** 18n],
  ['int(1e19 * one)', 'int(1e18 * one)', 10n ** 18n],
  ['int(9223372036854775808.0 * one)', 'int(-9223372036854775808.0 * one)', SMALLEST],
];

const program = (expression) => `def f(big, small, zero, one, two):
    return ${expression}
print(f(${LARGEST}, ${SMALLEST}, 0, 1, 2))
`;

describe('64-bit integers', () => {
  let folder;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'pysm-overflow-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [overflows, fits, value] of CASES) {
    it(`${overflows} overflows`, async () => {
      writeFileSync(join(folder, 'program.py'), program(overflows));
      const run = await runOnSimulator(folder, 'program.py');
      assert.equal(run.stdout, '');
      assert.equal(run.exit, 1);
      assert.match(run.stderr, /^Traceback .*\nOverflowError(: .+)?\n$/s);
    });
    it(`${fits} fits`, async () => {
      writeFileSync(join(folder, 'program.py'), program(fits));
      const run = await runOnSimulator(folder, 'program.py');
      assert.deepEqual([run.stdout, run.exit], [`${value}\n`, 0], run.stderr);
    });
  }
});
