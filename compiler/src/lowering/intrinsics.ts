/**
 * Functions of the module `_core`, which only the runtime may import: each is one instruction. Arguments are checked at
 * compile time: a `constant` argument must be a literal, a `tag` argument a string with the tag's name.
 */

/** How an argument of an intrinsic becomes an operand of its instruction. */
export type IntrinsicArgument = 'value' | 'int' | 'tag' | 'csr' | 'attribute' | 'width' | 'drop';

export interface Intrinsic {
  readonly mnemonic: string;
  /** Instruction operands in table order: a name is the argument's position, `result` the destination. */
  readonly operands: readonly ('result' | readonly [argument: number, kind: IntrinsicArgument])[];
  readonly arguments: number;
  /** Instruction ends the function's path (HALT, FAULT, UNW). */
  readonly noReturn?: true;
}

const value = (argument: number) => [argument, 'value'] as const;
const int = (argument: number) => [argument, 'int'] as const;

const unary = (mnemonic: string): Intrinsic => ({ mnemonic, operands: ['result', value(0)], arguments: 1 });
const binary = (mnemonic: string): Intrinsic => ({ mnemonic, operands: ['result', value(0), value(1)], arguments: 2 });

export const CORE_INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  /** load(a, off): data word at the address in a + constant off. */
  load: { mnemonic: 'LDW', operands: ['result', value(0), int(1)], arguments: 2 },
  /** store(a, off, v) */
  store: { mnemonic: 'STW', operands: [value(0), int(1), value(2)], arguments: 3 },
  /** load_at(a, i): data word at the address in a + i. */
  load_at: binary('LDXR'),
  store_at: { mnemonic: 'STXR', operands: [value(0), value(1), value(2)], arguments: 3 },
  load_byte: binary('LDB'),
  store_byte: { mnemonic: 'STB', operands: [value(0), value(1), value(2)], arguments: 3 },
  /** tag_of(x): tag byte. */
  tag_of: unary('TAGR'),
  /** retag(x, 'FLOAT'): same payload under another tag. */
  retag: { mnemonic: 'TAGW', operands: ['result', value(0), [1, 'tag']], arguments: 2 },
  radd: binary('RADD'),
  rsub: binary('RSUB'),
  rmul: binary('RMUL'),
  mulhu: binary('MULHU'),
  rult: binary('RULT'),
  rshl: binary('RSHL'),
  rshr: binary('RSHR'),
  clz: unary('CLZ'),
  /** extract(x, low, width): unsigned bit field of the payload; widths of BITFIELD_WIDTHS. */
  extract: { mnemonic: 'EXT', operands: ['result', value(0), [1, 'width']], arguments: 3 },
  hash_word: unary('HASH'),
  load_hashed: binary('LDHX'),
  copy_words: { mnemonic: 'MCPY', operands: [value(0), value(1), int(2)], arguments: 3 },
  clear_words: { mnemonic: 'MCLR', operands: [value(0), int(1)], arguments: 2 },
  dispatch_value: unary('DTRD'),
  set_dispatch_value: { mnemonic: 'DTWR', operands: [value(0), value(1)], arguments: 2 },
  dispatch_key: unary('DTKD'),
  /** Instruction word of the trapped instruction. */
  trapped_instruction: { mnemonic: 'TINS', operands: ['result'], arguments: 0 },
  convert: unary('CVT'),
  square_root: unary('FSQRT'),
  global_word: unary('GLRD'),
  io_read: unary('IOR'),
  io_write: { mnemonic: 'IOW', operands: [value(0), value(1)], arguments: 2 },
  cycle_counter: { mnemonic: 'RDC', operands: ['result'], arguments: 0 },
  csr_read: { mnemonic: 'CSRR', operands: ['result', [0, 'csr']], arguments: 1 },
  csr_write: { mnemonic: 'CSRW', operands: [[0, 'csr'], value(1)], arguments: 2 },
  /** allocate(words): RAW address of a new block; MemoryError where none is left. */
  allocate: unary('ALLOC'),
  append: { mnemonic: 'LAPP', operands: [value(0), value(1)], arguments: 2 },
  /** halt(code, value): ends the program. */
  halt: { mnemonic: 'HALT', operands: [int(0), value(1)], arguments: 2, noReturn: true },
  fault: { mnemonic: 'FAULT', operands: [int(0)], arguments: 1, noReturn: true },
  return_entry: unary('RSRD'),
  select_handler: binary('HSEL'),
  unwind: { mnemonic: 'UNW', operands: [value(0), value(1), value(2)], arguments: 3, noReturn: true },
  /** class_of(x): its CLASS word. */
  /** has_attribute(x, '__add__'): whether the class of x (instance slots included) has the attribute. */
  has_attribute: { mnemonic: 'ISA', operands: ['result', value(0), [1, 'attribute']], arguments: 2 },
};

/**
 * Conditions of `_core` on tags: `is_tag(x, 'LIST')` and `is_unbound(x)` compile to a branch where they stand in a
 * condition, and to a BOOL elsewhere.
 */
export const TAG_CONDITIONS = new Set(['is_tag', 'is_unbound']);
