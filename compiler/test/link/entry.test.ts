/** How functions are entered: defaults, clear counts, constructors and handlers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FUNC, FUNC_FLAG, getField, OPERAND_WORDS, str7Word, TRAP_OPERATION } from '@pysm/isa';
import { functionOf, imageOf, listing, locals, mnemonics } from './support.js';

test('word 0 is ILL, so that no function has address 0', () => {
  const image = imageOf('func main()\n RET None\n');
  assert.equal(image.code[0], 0);
  assert.equal(image.entry, 1);
});

test('a call with fewer arguments enters at the default of the first that is missing', () => {
  const image = imageOf(`
global g
func main()
  MOV S,1
  CALL f,1,drop
  MOV S,1
  MOV S,2
  CALL f,2,drop
  MOV S,1
  MOV S,2
  MOV S,3
  CALL f,3,drop
  RET None
func f(a b c | d) min 1
  default "b"
  default @__main__.g
  RET a
`);
  const f = functionOf(image, 'f');
  assert.equal(f.entry - f.start, 2);
  const [first, second] = listing(image, 'f');
  assert.deepEqual([first!.mnemonic, first!['d'], image.globals[first!['k']!]], ['LDK', 1, str7Word('b')]);
  assert.deepEqual([second!.mnemonic, second!['d']], ['LDG', 2]);
  const calls = listing(image, 'main').filter((i) => i.mnemonic === 'CALL');
  assert.deepEqual(
    calls.map((i) => [f.entry - i['target']!, i['n'], i['clear'], i['drop']]),
    [
      [2, 1, 3, 1],
      [1, 2, 2, 1],
      [0, 3, 1, 1],
    ],
  );
});

test('a frame that a CALL can clear has no prologue; the next larger one has', () => {
  const text = (count: number) =>
    `func main()\n MOV S,1\n CALL f,1,drop\n LDK S,func f\n RET S\nfunc f(a | ${locals(count)})\n RET a\n`;
  const small = imageOf(text(15));
  assert.deepEqual(mnemonics(small, 'f'), ['RET']);
  assert.equal(listing(small, 'main')[1]!['clear'], 15);
  assert.equal(getField(small.globals[0]!.payload, FUNC.frame), 16);
  const large = imageOf(text(60));
  assert.deepEqual(
    listing(large, 'f').map((i) => [i.mnemonic, i['k']]),
    [
      ['CHKSP', 45 + OPERAND_WORDS],
      ['CLRL', 32],
      ['CLRL', 13],
      ['RET', undefined],
    ],
  );
  assert.equal(listing(large, 'main')[1]!['clear'], 15);
  assert.equal(getField(large.globals[0]!.payload, FUNC.frame), 16);
  assert.equal(functionOf(large, 'f').frame, 61);
});

test('a direct call that leaves out more than 15 words goes through a stub of its own', () => {
  const image = imageOf(`
func main()
  CALL f,0,drop
  MOV S,1
  CALL f,1,drop
  LDK S,func f
  RET S
func f(${locals(20)} | w) min 0
${'  default 7\n'.repeat(20)}  RET w
`);
  const f = functionOf(image, 'f');
  const code = listing(image, 'f');
  const calls = listing(image, 'main').filter((i) => i.mnemonic === 'CALL');
  // 20 parameters are in the entry frame; the local beyond is cleared by the prologue.
  assert.equal(getField(image.globals[0]!.payload, FUNC.frame), 20);
  for (const [n, call] of calls.entries()) {
    assert.equal(call['clear'], 15);
    const stub = code.slice(call['target']! - f.start);
    assert.deepEqual(
      stub.slice(0, 3).map((i) => [i.mnemonic, i['k'] ?? i['target']]),
      [
        ['CHKSP', 5 - n + OPERAND_WORDS],
        ['CLRL', 5 - n],
        ['JMP', f.entry - (20 - n)],
      ],
    );
  }
});

test('a trap clears 7 words beyond the operands; what is missing is pushed before the entry', () => {
  const text = (count: number) =>
    `func main( | x)\n ADD x,x,1\n RET x\nfunc h(a b | ${locals(count)})\n vector ADD\n RET a\n`;
  const near = imageOf(text(7));
  assert.deepEqual(near.vectors[0], { index: TRAP_OPERATION.ADD * 64, address: functionOf(near, 'h').entry, clear: 7 });
  const far = imageOf(text(20));
  const h = functionOf(far, 'h');
  assert.deepEqual(far.vectors[0], { index: TRAP_OPERATION.ADD * 64, address: h.start, clear: 7 });
  // 2 operands, 7 cleared by the trap, 8 by the stub: the entry frame of 17; then 5 by the prologue.
  assert.deepEqual(
    listing(far, 'h').map((i) => [i.mnemonic, i['k']]),
    [
      ['CHKSP', 8 + OPERAND_WORDS],
      ['CLRL', 8],
      ['CHKSP', 5 + OPERAND_WORDS],
      ['CLRL', 5],
      ['RET', undefined],
    ],
  );
  assert.equal(h.entry - h.start, 2);
});

test('the start is entered with its entry frame', () => {
  const image = imageOf(`func main( | ${locals(40)})\n RET None\n`);
  assert.equal(image.entryFrame, 15);
  assert.deepEqual(mnemonics(image, 'main').slice(0, 2), ['CHKSP', 'CLRL']);
});

test('function words carry generator and runtime flags and the index of the debug information', () => {
  const image = imageOf('func main()\n LDK S,func g\n RET S\nfunc g(n) runtime\n MKGEN\n YIELD _,n\n RET None\n');
  const { payload } = image.globals[0]!;
  assert.equal(getField(payload, FUNC.flags), FUNC_FLAG.GENERATOR | FUNC_FLAG.RUNTIME);
  assert.equal(image.debug.functions[getField(payload, FUNC.id)]!.name, 'g');
});
