/** The instruction table: every instruction of the core, once. */
import { ARITHMETIC, COMPARISONS } from './arithmetic.js';
import { BRANCHES, CALLS, EXCEPTIONS, LOOPS, MOVES, SYSTEM } from './control.js';
import { ATTRIBUTES, BUILD, IO_INSTRUCTIONS, RAW_WORDS, SUBSCRIPTS } from './data.js';
import type { Instruction } from './types.js';

export * from './types.js';

export const INSTRUCTIONS: readonly Instruction[] = [
  ...SYSTEM,
  ...MOVES,
  ...ARITHMETIC,
  ...COMPARISONS,
  ...BRANCHES,
  ...LOOPS,
  ...CALLS,
  ...ATTRIBUTES,
  ...SUBSCRIPTS,
  ...BUILD,
  ...EXCEPTIONS,
  ...IO_INSTRUCTIONS,
  ...RAW_WORDS,
];

export const BY_MNEMONIC: ReadonlyMap<string, Instruction> = new Map(INSTRUCTIONS.map((i) => [i.mnemonic, i]));

/** By opcode byte. Format A instructions stand at four bytes each (their attribute number begins in the low two bits). */
export const BY_OPCODE: readonly (Instruction | undefined)[] = (() => {
  const table: (Instruction | undefined)[] = new Array(256).fill(undefined);
  for (const instruction of INSTRUCTIONS) {
    for (let i = 0; i < (instruction.format === 'A' ? 4 : 1); i++) {
      if (table[instruction.opcode + i]) throw new Error(`opcode ${instruction.opcode} is given twice`);
      table[instruction.opcode + i] = instruction;
    }
  }
  return table;
})();
