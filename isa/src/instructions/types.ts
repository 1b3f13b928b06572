import type { TrapOperation } from '../machine.js';

/**
 * Instruction formats. Bit positions are those of {@link FORMATS}; the opcode is always in bits 31:24.
 *
 * - T: three specifiers and a 3-bit variant.
 * - I: as T with a signed 10-bit immediate instead of b.
 * - B: compare and branch, signed 10-bit offset from the instruction itself.
 * - K: one specifier and a 17-bit field.
 * - L: as K with a signed field.
 * - J: jump to an absolute code address.
 * - C: call of a function that the linker knows.
 * - A: attribute access; the opcode takes the top six bits.
 * - M: call through a value or an attribute.
 */
export type Format = 'T' | 'I' | 'B' | 'K' | 'L' | 'J' | 'C' | 'A' | 'M';

/** What a field of an instruction means to the assembler, and where it lies. */
export type OperandKind =
  /** Specifier that is read: local, constant, environment or popped from the stack. */
  | 'source'
  /** Specifier that is written: local, discard or pushed on the stack. */
  | 'destination'
  /** Local that is both read and written. */
  | 'local'
  /** Number of a first local of a group (iterator state). */
  | 'local-group'
  | 'immediate'
  | 'unsigned'
  /** Bit number 0-63. */
  | 'bit'
  | 'tag'
  | 'label'
  | 'function'
  | 'global'
  | 'constant'
  | 'attribute'
  | 'csr'
  /** Lowest bit of a field and its coded width, `lsb:width` in assembly. */
  | 'bitfield'
  | 'drop'
  /** Locals that a CALL clears. */
  | 'clear';

export interface Operand {
  readonly name: string;
  readonly kind: OperandKind;
  /** Field of the instruction word, a key of the format's layout. */
  readonly field: string;
}

/** A class of operand tags that an outcome asks for. */
export type TagClass =
  | 'int' // INT or BOOL
  | 'float'
  | 'none'
  | 'str7'
  | 'str'
  | 'list'
  | 'tuple'
  | 'bytes'
  | 'bytearray'
  | 'range'
  | 'generator'
  | 'dict'
  | 'set'
  | 'function' // FUNC or CLASS
  | 'closure'
  | 'bound'
  | 'object'
  | 'any';

/** One way an instruction can go without trapping. */
export interface Outcome {
  readonly name: string;
  /** Operand tags under which this outcome is possible, by operand name; none = any. */
  readonly tags?: Readonly<Record<string, TagClass>>;
  /** Cycles from retire to retire; for branches, as predicted (see {@link Instruction.branch}). */
  readonly cycles: number;
  /** Cycles on top: `each` for every word of `count` beyond `beyond`. */
  readonly extra?: {
    readonly each: number;
    readonly count: 'n' | 'clear' | 'n + clear' | 'frame - n' | 'words';
    readonly beyond: number;
  };
  /** When it happens, for people. */
  readonly when?: string;
  /** For instructions that branch by their outcome (FORITER): whether this one branches. */
  readonly taken?: boolean;
}

/**
 * What the word in RR means to a re-issued instruction; `next`: it is ignored; `retry`: there is none, the instruction
 * runs from the start; `none`: the handler never returns here.
 */
export type Resume =
  | 'value'
  | 'branch'
  | 'next'
  | 'iterator'
  | 'item'
  | 'unpack'
  | 'callable'
  | 'result'
  | 'retry'
  | 'none';

export interface Trap {
  readonly operation: TrapOperation | 'SYSTEM';
  /** System cause name where operation is SYSTEM. */
  readonly cause?: string;
  readonly when: string;
  /** Operand names in the order their values are pushed. */
  readonly pushes: readonly string[];
  /** Execute cycle in which the trap is found (k); the entry costs k + 3, and 1 for each pushed or cleared word beyond three. */
  readonly found: number;
  readonly resume: Resume;
}

export interface Instruction {
  readonly opcode: number;
  readonly mnemonic: string;
  readonly format: Format;
  readonly group: string;
  readonly operands: readonly Operand[];
  readonly outcomes: readonly Outcome[];
  readonly traps: readonly Trap[];
  /** True where 2 more cycles are paid when the branch does not go as its direction predicts (backward taken, forward not taken). */
  readonly branch: boolean;
  /** Assembly name shared with another format; the assembler picks the form by the operands. */
  readonly family?: string;
  /** One or two sentences: what it does. */
  readonly doc: string;
}
