/**
 * The 72-bit word: an 8-bit tag beside a 64-bit payload, and the layout of each payload.
 *
 * Everything that packs or unpacks a field (simulator, linker, debugger, Verilog and C headers) takes its position
 * from the tables here. A field is given as `[low bit, width in bits]`.
 */

/** Tag byte: bit 7 traced by the collector, bit 6 sequence with its length in the reference, bit 5 visible to Python, bits 4:0 the tag number. */
export const TAG = {
  UNBOUND: 0x00,
  NONE: 0x21,
  NOTIMPLEMENTED: 0x22,
  ELLIPSIS: 0x23,
  BOOL: 0x24,
  INT: 0x25,
  FLOAT: 0x26,
  STR7: 0x27,
  FUNC: 0x28,
  CLASS: 0x29,
  RAW: 0x0a,
  HDR: 0x0b,
  OBJ: 0xac,
  TUPLE: 0xed,
  STR: 0xee,
  BYTES: 0xef,
  BIGINT: 0xb0,
  CELL: 0x91,
  CLOSURE: 0xb2,
  BOUND: 0xb3,
  GEN: 0xb4,
  ITER: 0xb5,
  RANGE: 0xb6,
  SLICE: 0xb7,
  LIST: 0xb8,
  DICT: 0xb9,
  SET: 0xba,
  BYTEARRAY: 0xbb,
  OBJX: 0xbc,
} as const;

export type TagName = keyof typeof TAG;

/** Number part of a tag (0-31), which `BTAG`, `BNTAG` and the TROW registers are indexed by. */
export const tagNumber = (tag: number): number => tag & 0x1f;

/** Names by tag byte, for disassembly and the debugger. */
export const TAG_NAME: ReadonlyMap<number, TagName> = new Map(
  (Object.entries(TAG) as [TagName, number][]).map(([name, tag]) => [tag, name]),
);

/** Whether the payload of a word with this tag is a reference into data RAM. */
export const isTraced = (tag: number): boolean => (tag & 0x80) !== 0;

/** A word as the host sees it: payload is the signed value of the 64 bits. */
export interface Word {
  readonly tag: number;
  readonly payload: bigint;
}

/** Position of a field in a 64-bit payload: lowest bit and width. */
export type Field = readonly [low: number, width: number];

/** FUNC payload. `entry` is the code address for a call with all `max` arguments; each missing one enters one instruction earlier. */
export const FUNC = {
  entry: [0, 16],
  min: [16, 6],
  max: [22, 6],
  frame: [28, 8],
  flags: [36, 4],
  id: [40, 16],
} as const satisfies Record<string, Field>;

/** Bits of FUNC.flags and CLASS.flags. */
export const FUNC_FLAG = { GENERATOR: 1, HARD_IRQ: 2, RUNTIME: 4 } as const;

/** CLASS payload: called exactly like a FUNC (`entry` is the constructor stub); `words` is the instance size with its header. */
export const CLASS = {
  entry: [0, 16],
  min: [16, 6],
  max: [22, 6],
  frame: [28, 8],
  flags: [36, 4],
  row: [40, 16],
  words: [56, 8],
} as const satisfies Record<string, Field>;

/** Payload of every traced word. `length` counts items for TUPLE, BYTES and STR and is 0 otherwise. */
export const REF = { address: [0, 24], length: [24, 24], row: [48, 16] } as const satisfies Record<string, Field>;

/** A STR reference whose length field has this bit set holds 32-bit code points, two a word; without it ASCII bytes, eight a word. */
export const STR_WIDE_BIT = 47;

/** Word 0 of every heap block. */
export const HDR = {
  row: [0, 16],
  length: [16, 24],
  sizeClass: [40, 4],
  colour: [44, 2],
  flags: [46, 2],
  link: [48, 16],
} as const satisfies Record<string, Field>;

/** Word 1 of a list or bytearray: `address` is that of the first item (its storage block starts one word earlier). */
export const LIST = { address: [0, 24], length: [24, 24], capacity: [48, 16] } as const satisfies Record<string, Field>;

/** Return-stack entry (RAW when read by RSRD). */
export const RETURN_ENTRY = {
  pc: [0, 16],
  fp: [16, 12],
  handler: [28, 16],
  kind: [44, 3],
  drop: [47, 1],
  hole: [48, 1],
  ie: [49, 1],
  /** In GEN entries, which save no `ie`: data address of the generator's block. */
  generator: [49, 15],
} as const satisfies Record<string, Field>;

/** Kinds of a return-stack entry. */
export const ENTRY_KIND = { BASE: 0, CALL: 1, RESUME: 2, RETRY: 3, REDIRECT: 4, IRQ: 5, GEN: 6 } as const;

/** Range descriptor of an exception handler: one RAW word in data RAM. `start` <= pc < `end` is covered. */
export const HANDLER = {
  start: [0, 16],
  end: [16, 16],
  target: [32, 16],
  outer: [48, 16],
} as const satisfies Record<string, Field>;

/** Word 1 of a GEN block. `state`: 0 fresh, 1 suspended, 2 running, 3 done. */
export const GEN = { pc: [0, 16], handler: [16, 16], words: [32, 8], state: [40, 4] } as const satisfies Record<
  string,
  Field
>;

/** Most ASCII characters that fit an immediate string. Every ASCII string of at most this length is a STR7 (canonical form). */
export const STR7_MAX = 7;

/** The value of `field` in `payload`, unsigned. */
export function getField(payload: bigint, field: Field): number {
  return Number((BigInt.asUintN(64, payload) >> BigInt(field[0])) & ((1n << BigInt(field[1])) - 1n));
}

/** A payload made of fields; a value that does not fit its field is a RangeError. */
export function packFields(parts: readonly (readonly [Field, number])[]): bigint {
  let bits = 0n;
  for (const [[low, width], value] of parts) {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** width) {
      throw new RangeError(`field value ${value} does not fit ${width} bits`);
    }
    bits |= BigInt(value) << BigInt(low);
  }
  return BigInt.asIntN(64, bits);
}

const floatView = new DataView(new ArrayBuffer(8));

/** INT word; `value` must fit 64 signed bits. */
export const intWord = (value: bigint | number): Word => {
  const payload = BigInt(value);
  if (BigInt.asIntN(64, payload) !== payload) throw new RangeError(`${payload} does not fit 64 bits`);
  return { tag: TAG.INT, payload };
};

export const boolWord = (value: boolean): Word => ({ tag: TAG.BOOL, payload: value ? 1n : 0n });

export const floatWord = (value: number): Word => {
  floatView.setFloat64(0, value);
  return { tag: TAG.FLOAT, payload: floatView.getBigInt64(0) };
};

/** The double in a FLOAT payload. */
export function floatOf(payload: bigint): number {
  floatView.setBigInt64(0, BigInt.asIntN(64, payload));
  return floatView.getFloat64(0);
}

/** Whether `text` is an immediate string (ASCII, at most {@link STR7_MAX} characters). */
export function fitsStr7(text: string): boolean {
  if (text.length > STR7_MAX) return false;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/** STR7 word: length in byte 0, characters in bytes 1 to 7. */
export function str7Word(text: string): Word {
  if (!fitsStr7(text)) throw new RangeError(`${JSON.stringify(text)} is not an immediate string`);
  let bits = BigInt(text.length);
  for (let i = 0; i < text.length; i++) bits |= BigInt(text.charCodeAt(i)) << BigInt(8 * (i + 1));
  return { tag: TAG.STR7, payload: BigInt.asIntN(64, bits) };
}

/** The text of a STR7 payload. */
export function str7Of(payload: bigint): string {
  const bits = BigInt.asUintN(64, payload);
  const length = Number(bits & 0xffn);
  let text = '';
  for (let i = 1; i <= length; i++) text += String.fromCharCode(Number((bits >> BigInt(8 * i)) & 0xffn));
  return text;
}

export const UNBOUND_WORD: Word = { tag: TAG.UNBOUND, payload: 0n };
export const NONE_WORD: Word = { tag: TAG.NONE, payload: 0n };
