/**
 * What each instruction does to the operand stack: the words that it pops and pushes, and where control goes next. All
 * of it follows from the operands as written; nothing depends on values.
 */
import type { Instruction } from '@pysm/isa';
import type { AsmInstruction, AsmOperand } from './model.js';
import { writtenOperands } from './select.js';

export interface StackEffect {
  readonly pops: number;
  readonly pushes: number;
  /** Words pushed where a branch is taken, when that differs (FORITER's item). */
  readonly pushesTaken: number;
  /** Whether control can go on to the next instruction. */
  readonly continues: boolean;
}

/** Instructions behind which control never goes on. */
const ENDS = new Set(['JMP', 'RET', 'TAIL', 'RAISE', 'RERAISE', 'UNW', 'HALT', 'FAULT', 'ILL']);

/** Operand words under the result that an instruction with a count takes: `n` words and some more. */
const COUNTED: Readonly<Record<string, (n: number) => number>> = {
  POP: (n) => n,
  CALL: (n) => n,
  TAIL: (n) => n,
  CALLV: (n) => n + 1,
  CALLM: (n) => n + 1,
  CALLKW: (n) => n + 1,
  BTUP: (n) => n,
  BLIST: (n) => n,
  MKCLO: (n) => n,
  BMAP: (n) => 2 * n,
  BSET: (n) => n,
};
/** Words of BSLICE: start, stop, step. */
const SLICE_WORDS = 3;

/** Value of the operand of this name in the instruction table, where it is an INT. */
export function countOf(form: Instruction, operands: readonly AsmOperand[], name: string): number {
  const operand = operands[writtenOperands(form).findIndex((field) => field.name === name)];
  return operand?.kind === 'int' ? operand.value : 0;
}

export function stackEffect(instruction: AsmInstruction, form: Instruction): StackEffect {
  const { mnemonic } = form;
  let pops = 0;
  let pushes = 0;
  writtenOperands(form).forEach((field, i) => {
    if (instruction.operands[i]?.kind !== 'stack') return;
    if (field.kind === 'source') pops++;
    else if (field.kind === 'destination') pushes++;
  });
  const n = countOf(form, instruction.operands, 'n');
  pops += COUNTED[mnemonic]?.(n) ?? 0;
  if (mnemonic === 'BSLICE') pops += SLICE_WORDS;
  if (mnemonic === 'UNPACK' || mnemonic === 'CLRL') pushes += n;
  if (mnemonic.startsWith('CALL') && !instruction.drop) pushes++;
  const pushesTaken = pushes;
  if (mnemonic === 'FORITER') pushes = 0;
  return { pops, pushes, pushesTaken, continues: !ENDS.has(mnemonic) };
}
