/**
 * What a decoder needs to know of an opcode before it executes, in one number of 22 bits: the simulator's operand table
 * and the decode function of the RTL are made of it.
 */
import type { Format, Instruction, OperandKind, Resume } from '../instructions/types.js';
import type { Field } from '../words.js';

/** Numbers of the instruction formats. */
export const FORMAT_NUMBER: Readonly<Record<Format, number>> = {
  T: 0,
  I: 1,
  B: 2,
  K: 3,
  L: 4,
  J: 5,
  C: 6,
  A: 7,
  M: 8,
};

/** Numbers of the specifier fields; 0 stands for none. */
export const FIELD_NUMBER: Readonly<Record<'a' | 'b' | 'd', number>> = { a: 1, b: 2, d: 3 };

/** What a re-issue does with the resume word, as numbers; 0: the instruction never has one. */
export const RESUME_NUMBER: Readonly<Record<Exclude<Resume, 'retry'>, number>> = {
  none: 0,
  value: 1,
  branch: 2,
  next: 3,
  iterator: 4,
  item: 5,
  unpack: 6,
  callable: 7,
  result: 8,
};

/**
 * Bits of the number. Sources are in assembly order, the order in which a stack operand of each was pushed: the last is
 * popped first. `group` is the first of two locals. `branch`: predicted by the direction of its offset.
 */
export const OPERAND_BITS = {
  format: [0, 4],
  source1: [4, 2],
  source2: [6, 2],
  source3: [8, 2],
  destination: [10, 2],
  local: [12, 2],
  group: [14, 2],
  resume: [16, 4],
  valid: [20, 1],
  branch: [21, 1],
} as const satisfies Readonly<Record<string, Field>>;

/** Width of the number, bits. */
export const OPERAND_WIDTH = 22;

/** What a re-issue does, from the traps that lead back to the instruction; YIELD is resumed by GRES and FORITER. */
function resumeNumber({ mnemonic, traps }: Instruction): number {
  if (mnemonic === 'YIELD') return RESUME_NUMBER.value;
  return Math.max(0, ...traps.map(({ resume }) => (resume === 'retry' ? 0 : RESUME_NUMBER[resume])));
}

/** Operands of an instruction by {@link OPERAND_BITS}; 0 for ILL, which is as little an instruction as a free opcode. */
export function operandNumber(instruction: Instruction): number {
  if (instruction.mnemonic === 'ILL') return 0;
  const fieldsOf = (kind: OperandKind): number[] =>
    instruction.operands.filter((o) => o.kind === kind).map((o) => FIELD_NUMBER[o.field as 'a' | 'b' | 'd']);
  const [source1 = 0, source2 = 0, source3 = 0] = fieldsOf('source');
  const values: Readonly<Record<keyof typeof OPERAND_BITS, number>> = {
    format: FORMAT_NUMBER[instruction.format],
    source1,
    source2,
    source3,
    destination: fieldsOf('destination')[0] ?? 0,
    local: fieldsOf('local')[0] ?? 0,
    group: fieldsOf('local-group')[0] ?? 0,
    resume: resumeNumber(instruction),
    valid: 1,
    branch: instruction.branch ? 1 : 0,
  };
  return Object.entries(OPERAND_BITS).reduce(
    (bits, [name, [low]]) => bits | (values[name as keyof typeof OPERAND_BITS] << low),
    0,
  );
}
