/** Selection: which form of an instruction takes which operands, and what is refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode, encode, INSTRUCTIONS } from '@pysm/isa';
import type { AsmInstruction, AsmOperand } from '../../src/assembly/model.js';
import { SelectError, select, specifierOf, writtenOperands } from '../../src/assembly/select.js';

const S: AsmOperand = { kind: 'stack' };
const int = (value: number): AsmOperand => ({ kind: 'int', value });
const local = (slot: number): AsmOperand => ({ kind: 'local', slot });
const ins = (mnemonic: string, ...operands: AsmOperand[]): AsmInstruction => ({ mnemonic, operands });

const FORMS: readonly [instruction: AsmInstruction, form: string][] = [
  [ins('ADD', S, local(0), local(1)), 'ADD'],
  [ins('ADD', S, local(0), int(-1)), 'ADD'],
  [ins('ADD', S, local(0), int(9)), 'ADD'],
  [ins('ADD', S, local(0), int(10)), 'ADDI'],
  [ins('ADD', S, local(0), int(-2)), 'ADDI'],
  [ins('ADD', S, local(0), int(511)), 'ADDI'],
  [ins('ADD', S, local(0), int(-512)), 'ADDI'],
  [ins('ADDI', S, local(0), int(1)), 'ADDI'],
  [ins('ZXT', S, local(0), int(63)), 'ZXTI'],
  [ins('IOW', int(9), S), 'IOW'],
  [ins('IOW', int(128), S), 'IOWI'],
  [ins('IOW', local(3), S), 'IOW'],
  [ins('IOR', S, int(9)), 'IOR'],
  [ins('IOR', S, int(129)), 'IORI'],
  [ins('STW8', local(200), S), 'STW8'],
  [ins('LDW8', S, local(110)), 'LDW8'],
];
for (const [instruction, form] of FORMS) {
  const shown = instruction.operands.map((o) => (o.kind === 'int' ? o.value : o.kind)).join(',');
  test(`${instruction.mnemonic} ${shown} is ${form}`, () => assert.equal(select(instruction).mnemonic, form));
}

const REFUSED: readonly [instruction: AsmInstruction, operand: number | undefined, message: RegExp][] = [
  [ins('ADD', S, local(0), int(512)), 2, /512 is outside -512 to 511: load it with LDI or LDK first/],
  [ins('ADD', S, int(10), local(0)), 1, /10 is outside -1 to 9: it needs LDI or LDK/],
  [ins('CLT', S, local(0), int(10)), 2, /outside -1 to 9/],
  [ins('IOR', S, int(512)), 1, /512 is outside -512 to 511/],
  [ins('MOV', local(110), S), 0, /local 110 is beyond the 110.*LDW8 or STW8/],
  [ins('LDW8', S, local(256)), 1, /local 256 is beyond/],
  [ins('MOV', int(1), S), 0, /d must be a local, S or _, not the constant 1/],
  [ins('FORR', S, int(1), { kind: 'label', name: 'L' }), 0, /i must be a local, not a stack/],
  [ins('BBS', S, int(64), { kind: 'label', name: 'L' }), 1, /64 is outside 0 to 63/],
  [ins('LDI', S, int(65536)), 1, /65536 is outside -65536 to 65535/],
  [ins('CLRL', int(33)), 0, /33 is outside 1 to 32/],
  [ins('NOP', S), undefined, /NOP takes 0 operands \(none\), not 1/],
  [{ ...ins('MOV', S, S), drop: true }, undefined, /MOV has no result to drop/],
  [{ ...ins('ADD', S, S, int(300)), variant: 1 }, 2, /outside -1 to 9/],
  [{ ...ins('LDI', S, int(300)), variant: 1 }, undefined, /LDI has no variants/],
  [{ ...ins('ADD', S, S, S), variant: 8 }, undefined, /variant 8 of ADD is outside 0 to 7/],
  [ins('SUBB', S, S, S), undefined, /no instruction SUBB; did you mean SUB/],
];
for (const [instruction, operand, message] of REFUSED) {
  test(`refused: ${message.source}`, () => {
    assert.throws(
      () => select(instruction),
      (error) => error instanceof SelectError && error.operand === operand && message.test(error.message),
    );
  });
}

test('the immediate form computes with the same operands as the plain one', () => {
  for (const row of INSTRUCTIONS) {
    const plain = INSTRUCTIONS.find((r) => r.mnemonic === row.family);
    if (!plain || plain === row) continue;
    const kinds = (r: typeof row) => writtenOperands(r).map((o) => (o.kind === 'immediate' ? 'source' : o.kind));
    assert.deepEqual(kinds(row), kinds(plain), row.mnemonic);
  }
});

test('specifiers in an encoded instruction are those of the operands', () => {
  const operands: AsmOperand[] = [local(109), int(9), { kind: 'named', name: 'NotImplemented' }];
  const [d, a, b] = operands.map(specifierOf) as [number, number, number];
  assert.deepEqual(decode(encode(select(ins('ADD', ...operands)), { d, a, b }))?.fields, {
    variant: 0,
    d: 109,
    a: 125,
    b: 114,
  });
});
