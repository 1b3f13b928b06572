/** Debug information of a linked program, and branches in their long form. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAssembly } from '../../src/assembly/text.js';
import { link } from '../../src/link/index.js';
import { functionOf, imageOf, listing, locals } from './support.js';

test('lines: each instruction belongs to its own, generated ones to the def', () => {
  const image = imageOf(`func main( | ${locals(30)})\n  MOV v0,1\n  RET v0\n`);
  assert.deepEqual(
    image.debug.lines.map((l) => [l.pc - image.entry, l.range.line, l.statement]),
    [
      [0, 1, false],
      [2, 2, true],
      [3, 3, true],
    ],
  );
  assert.deepEqual(image.debug.functions[0]!.locals.slice(0, 1), [{ name: 'v0', slot: 0, parameter: false }]);
  assert.deepEqual(image.debug.files, [{ path: 'test.pysm', module: '__main__', runtime: false }]);
});

test('an instruction without a place belongs to the line before it; each first one of a statement is marked', () => {
  const at = (line: number) => ({ range: { line, column: 0, endLine: line, endColumn: 1 } });
  const nop = { mnemonic: 'NOP', operands: [] };
  const { modules } = parseAssembly('func main()\n RET None\n', 'a.py');
  const [fn] = modules[0]!.functions;
  const items = [
    nop,
    { ...nop, ...at(5), statement: true },
    nop,
    { ...nop, ...at(5) },
    { ...nop, ...at(5), statement: true },
    ...fn!.items,
  ];
  const result = link({ modules: [{ ...modules[0]!, functions: [{ ...fn!, items }] }], start: 'main' });
  assert.ok('image' in result);
  assert.deepEqual(
    result.image.debug.lines.map((l) => [l.pc, l.range.line, l.statement]),
    [
      [1, 1, false],
      [2, 5, true],
      [5, 5, true],
      [6, 2, true],
    ],
  );
});

test('a branch that is too far is linked in its long form', () => {
  const image = imageOf(`func main( | a)\n MOV a,1\n BT a,L\n${' NOP\n'.repeat(600)}L: RET a\n`);
  const [, branch, jump] = listing(image, 'main');
  assert.deepEqual([branch!.mnemonic, branch!['offset'], jump!.mnemonic], ['BF', 2, 'JMP']);
  assert.equal(jump!['target'], functionOf(image, 'main').end - 1);
});
