/** Field layout of the instruction formats, specifiers, and encoding of instruction words. */
import { BY_OPCODE } from './instructions/index.js';
import type { Format, Instruction } from './instructions/types.js';

/** Lowest bit and width of a field in the 32-bit word; `signed` fields are two's complement; a field in two pieces lists the high one first. */
export interface InstructionField {
  readonly pieces: readonly (readonly [low: number, width: number])[];
  readonly signed?: true;
}

const field = (low: number, width: number): InstructionField => ({ pieces: [[low, width]] });

/** Fields by format. a is always bits 13:7 and b bits 6:0. */
export const FORMATS: Readonly<Record<Format, Readonly<Record<string, InstructionField>>>> = {
  T: { variant: field(21, 3), d: field(14, 7), a: field(7, 7), b: field(0, 7) },
  I: {
    imm: {
      pieces: [
        [21, 3],
        [0, 7],
      ],
      signed: true,
    },
    d: field(14, 7),
    a: field(7, 7),
  },
  B: { offset: { pieces: [[14, 10]], signed: true }, a: field(7, 7), b: field(0, 7) },
  K: { d: field(17, 7), k: field(0, 17) },
  L: { d: field(17, 7), imm: { pieces: [[0, 17]], signed: true } },
  J: { target: field(0, 15) },
  C: { drop: field(23, 1), n: field(19, 4), clear: field(15, 4), target: field(0, 15) },
  A: { attr: field(14, 12), a: field(7, 7), d: field(0, 7) },
  M: { attr: field(12, 12), n: field(7, 5), drop: field(6, 1) },
};

/** Specifiers: 0-109 locals, then constants, the environment (as a destination: discard), and the stack. */
export const SPECIFIER = {
  LOCAL_MAX: 109,
  NONE: 110,
  FALSE: 111,
  TRUE: 112,
  UNBOUND: 113,
  NOTIMPLEMENTED: 114,
  MINUS_ONE: 115,
  /** 116 to 125: INT 0 to 9. */ ZERO: 116,
  ENVIRONMENT: 126,
  DISCARD: 126,
  STACK: 127,
} as const;

/** Specifier of an INT constant, or undefined where it has none (-1 to 9 have). */
export function intSpecifier(value: number | bigint): number | undefined {
  const v = Number(value);
  if (v === -1) return SPECIFIER.MINUS_ONE;
  return Number.isInteger(v) && v >= 0 && v <= 9 ? SPECIFIER.ZERO + v : undefined;
}

/** Assembly names of the constant specifiers. */
export const SPECIFIER_NAME: ReadonlyMap<number, string> = new Map<number, string>([
  [SPECIFIER.NONE, 'None'],
  [SPECIFIER.FALSE, 'False'],
  [SPECIFIER.TRUE, 'True'],
  [SPECIFIER.UNBOUND, 'UNBOUND'],
  [SPECIFIER.NOTIMPLEMENTED, 'NotImplemented'],
  [SPECIFIER.MINUS_ONE, '-1'],
  ...Array.from({ length: 10 }, (_, i): [number, string] => [SPECIFIER.ZERO + i, String(i)]),
  [SPECIFIER.STACK, 'S'],
]);

/** Widths that the coded width of EXT and INS stands for; the immediate is code * 64 + lowest bit, less 512 where above 511. */
export const BITFIELD_WIDTHS = [1, 2, 3, 4, 6, 8, 10, 12, 15, 16, 20, 24, 32, 40, 48, 64] as const;

/** Immediate of EXT and INS for a bit field; RangeError for a width without a code. */
export function encodeBitfield(low: number, width: number): number {
  const code = (BITFIELD_WIDTHS as readonly number[]).indexOf(width);
  if (code < 0 || low < 0 || low > 63) throw new RangeError(`no code for the bit field ${low}:${width}`);
  const imm = code * 64 + low;
  return imm > 511 ? imm - 1024 : imm;
}

/** Lowest bit and width of a coded bit field. */
export function decodeBitfield(imm: number): { low: number; width: number } {
  const bits = imm & 0x3ff;
  return { low: bits & 63, width: BITFIELD_WIDTHS[bits >> 6]! };
}

function rangeOf(f: InstructionField): [min: number, max: number, width: number] {
  const width = f.pieces.reduce((sum, [, w]) => sum + w, 0);
  return f.signed ? [-(2 ** (width - 1)), 2 ** (width - 1) - 1, width] : [0, 2 ** width - 1, width];
}

/** Range of values that a field of a format takes. */
export function fieldRange(format: Format, name: string): { min: number; max: number } {
  const f = FORMATS[format][name];
  if (!f) throw new Error(`format ${format} has no field ${name}`);
  const [min, max] = rangeOf(f);
  return { min, max };
}

/** Instruction word (unsigned) from field values by field name; fields not given are 0. RangeError where a value does not fit. */
export function encode(instruction: Instruction, values: Readonly<Record<string, number>>): number {
  let word = instruction.opcode * 0x1000000;
  const layout = FORMATS[instruction.format];
  for (const [name, value] of Object.entries(values)) {
    const f = layout[name];
    if (!f) throw new Error(`${instruction.mnemonic} has no field ${name}`);
    const [min, max, width] = rangeOf(f);
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new RangeError(`${instruction.mnemonic}: ${name} = ${value} is outside ${min} to ${max}`);
    }
    let left = width;
    for (const [low, w] of f.pieces) {
      left -= w;
      word += ((value >> left) & (2 ** w - 1)) * 2 ** low;
    }
  }
  return word >>> 0;
}

/** A decoded instruction word: field values by name. */
export interface Decoded {
  readonly instruction: Instruction;
  readonly fields: Readonly<Record<string, number>>;
}

/** Decodes an instruction word; undefined where the opcode is not in the table. */
export function decode(word: number): Decoded | undefined {
  const instruction = BY_OPCODE[word >>> 24];
  if (!instruction) return undefined;
  const fields: Record<string, number> = {};
  for (const [name, f] of Object.entries(FORMATS[instruction.format])) {
    let value = 0;
    for (const [low, w] of f.pieces) value = (value << w) | ((word >>> low) & (2 ** w - 1));
    const [, max] = rangeOf(f);
    fields[name] = f.signed && value > max ? value - 2 * (max + 1) : value;
  }
  return { instruction, fields };
}
