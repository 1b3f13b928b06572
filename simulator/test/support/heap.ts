/** A small heap of one object of each kind, with the dispatch entries of its class, for tests of single instructions. */
import {
  CLASS,
  type DataWord,
  DISPATCH_KIND,
  type DispatchEntry,
  type Field,
  FUNC,
  GEN,
  HANDLER,
  HDR,
  intWord,
  LIST,
  packFields,
  REF,
  STR_WIDE_BIT,
  TAG,
  type TagName,
  UNBOUND_WORD,
  type Word,
} from '@pysm/isa';
import type { Labels } from './machine.js';

export const word = (tag: TagName, payload: bigint | number = 0n): Word => ({
  tag: TAG[tag],
  payload: BigInt(payload),
});

const packed = (tag: TagName, parts: readonly (readonly [Field, number])[]): Word => word(tag, packFields(parts));

/** Reference to a block. */
export const reference = (tag: TagName, address: number, length = 0, row = 0): Word =>
  packed(tag, [
    [REF.address, address],
    [REF.length, length],
    [REF.row, row],
  ]);

/** FUNC word; `frame` words in all, `arity` as minimum and maximum. */
export const func = (entry: number, arity: number | readonly [min: number, max: number], frame: number): Word => {
  const [min, max] = typeof arity === 'number' ? [arity, arity] : arity;
  return packed('FUNC', [
    [FUNC.entry, entry],
    [FUNC.min, min],
    [FUNC.max, max],
    [FUNC.frame, frame],
  ]);
};

export const classWord = (entry: number, arity: number, frame: number, row: number, words: number): Word =>
  packed('CLASS', [
    [CLASS.entry, entry],
    [CLASS.min, arity],
    [CLASS.max, arity],
    [CLASS.frame, frame],
    [CLASS.row, row],
    [CLASS.words, words],
  ]);

export const header = (words: number, row = 0): Word =>
  packed('HDR', [
    [HDR.length, words],
    [HDR.row, row],
  ]);

export const listWord = (address: number, length: number, capacity: number): Word =>
  packed('RAW', [
    [LIST.address, address],
    [LIST.length, length],
    [LIST.capacity, capacity],
  ]);

export const descriptor = (start: number, end: number, target: number, outer = 0): Word =>
  packed('RAW', [
    [HANDLER.start, start],
    [HANDLER.end, end],
    [HANDLER.target, target],
    [HANDLER.outer, outer],
  ]);

export const generatorWord = (pc: number, words: number, state: number): Word =>
  packed('RAW', [
    [GEN.pc, pc],
    [GEN.words, words],
    [GEN.state, state],
  ]);

/** ASCII bytes as RAW words, eight a word. */
export function bytes(text: string): Word[] {
  const words: Word[] = [];
  for (let at = 0; at < text.length; at += 8) {
    let bits = 0n;
    for (let i = 0; i < 8 && at + i < text.length; i++) bits |= BigInt(text.charCodeAt(at + i)) << BigInt(8 * i);
    words.push(word('RAW', BigInt.asIntN(64, bits)));
  }
  return words;
}

/** Row of the objects' class, and its attributes. */
export const ROW = 100;
export const ATTRIBUTES = {
  slot: 3,
  empty: 4,
  value: 5,
  fallback: 6,
  method: 7,
  getter: 8,
  descriptor: 9,
  marker: 10,
  closure: 11,
  function: 12,
  bound: 13,
  narrow: 14,
  missing: 50,
} as const;

const AT = {
  list: 300,
  full: 308,
  tuple: 316,
  str: 320,
  bytes: 324,
  bytearray: 327,
  dict: 332,
  set: 335,
  object: 338,
  cell: 342,
  emptyCell: 344,
  closure: 346,
  bound: 353,
  generator: 358,
  running: 364,
  descriptor: 370,
  table: 372,
} as const;

/** First free word behind the heap below. */
export const HEAP_END = 400;

/** The objects by name. */
export const HEAP = {
  list: reference('LIST', AT.list),
  full: reference('LIST', AT.full),
  tuple: reference('TUPLE', AT.tuple, 2),
  str: reference('STR', AT.str, 12),
  wide: { tag: TAG.STR, payload: reference('STR', AT.str, 2).payload | (1n << BigInt(STR_WIDE_BIT)) },
  bytes: reference('BYTES', AT.bytes, 3),
  bytearray: reference('BYTEARRAY', AT.bytearray),
  dict: reference('DICT', AT.dict),
  set: reference('SET', AT.set),
  object: reference('OBJ', AT.object, 0, ROW),
  objectX: reference('OBJX', AT.object, 0, 0),
  cell: reference('CELL', AT.cell),
  emptyCell: reference('CELL', AT.emptyCell),
  closure: reference('CLOSURE', AT.closure),
  bound: reference('BOUND', AT.bound),
  generator: reference('GEN', AT.generator),
  running: reference('GEN', AT.running),
  range: reference('RANGE', AT.tuple),
  class: classWord(0, 0, 0, ROW, 3),
  descriptor: intWord(AT.descriptor),
  raw: word('RAW', AT.list),
  table: packed('RAW', [
    [LIST.address, AT.table],
    [LIST.capacity, 3],
  ]),
} as const;

/** Functions that the heap's callables lead to: label `callee`. The frame of each is 5 words. */
export const CALLEE_FRAME = 5;

/** Data words of the heap. */
export function heap(labels: Labels): DataWord[] {
  const callee = labels['callee'] ?? 0;
  const blocks: Record<number, readonly Word[]> = {
    [AT.list]: [header(2), listWord(AT.list + 3, 3, 4), header(5), intWord(10), intWord(20), intWord(30)],
    [AT.full]: [header(2), listWord(AT.full + 3, 1, 1), header(2), intWord(1)],
    [AT.tuple]: [header(3), intWord(7), intWord(8)],
    [AT.str]: [header(3), ...bytes('Hello, world')],
    [AT.bytes]: [header(2), ...bytes('abc')],
    [AT.bytearray]: [header(2), listWord(AT.bytearray + 3, 3, 8), header(2), ...bytes('xyz')],
    [AT.dict]: [header(2), listWord(0, 2, 7)],
    [AT.set]: [header(2), listWord(0, 0, 7)],
    [AT.object]: [header(3, ROW), intWord(5), UNBOUND_WORD],
    [AT.cell]: [header(2), intWord(9)],
    [AT.emptyCell]: [header(2), UNBOUND_WORD],
    [AT.closure]: [header(6), func(callee, 1, CALLEE_FRAME), intWord(3), HEAP.cell, HEAP.emptyCell, UNBOUND_WORD],
    [AT.bound]: [header(3), func(callee, 2, CALLEE_FRAME), HEAP.object],
    [AT.generator]: [header(6), generatorWord(callee, 3, 1), UNBOUND_WORD, intWord(1), intWord(2), intWord(3)],
    [AT.running]: [header(4), generatorWord(callee, 1, 2), UNBOUND_WORD, intWord(1)],
    [AT.descriptor]: [descriptor(0, 100, callee, AT.table)],
    [AT.table]: [intWord(100), intWord(101), intWord(102), intWord(103)],
  };
  return Object.entries(blocks)
    .flatMap(([address, words]) => words.map((w, i): DataWord => ({ ...w, address: Number(address) + i })))
    .sort((a, b) => a.address - b.address);
}

/** Dispatch entries of the class. */
export function dispatch(labels: Labels): DispatchEntry[] {
  const callee = labels['callee'] ?? 0;
  const entry = (attribute: number, kind: number, slot: number, value: Word): DispatchEntry => ({
    index: ROW + attribute,
    attribute,
    kind,
    slot,
    value,
  });
  const { SLOT, CLASS_VALUE, SLOT_ELSE_CLASS, METHOD, GETTER, DESCRIPTOR, ISA } = DISPATCH_KIND;
  return [
    entry(ATTRIBUTES.slot, SLOT, 1, UNBOUND_WORD),
    entry(ATTRIBUTES.empty, SLOT, 2, UNBOUND_WORD),
    entry(ATTRIBUTES.value, CLASS_VALUE, 0, intWord(77)),
    entry(ATTRIBUTES.fallback, SLOT_ELSE_CLASS, 2, intWord(88)),
    entry(ATTRIBUTES.method, METHOD, 0, func(callee, 2, CALLEE_FRAME)),
    entry(ATTRIBUTES.getter, GETTER, 0, func(callee, 1, CALLEE_FRAME)),
    entry(ATTRIBUTES.descriptor, DESCRIPTOR, 0, UNBOUND_WORD),
    entry(ATTRIBUTES.marker, ISA, 0, UNBOUND_WORD),
    entry(ATTRIBUTES.closure, CLASS_VALUE, 0, HEAP.closure),
    entry(ATTRIBUTES.function, CLASS_VALUE, 0, func(callee, 1, CALLEE_FRAME)),
    entry(ATTRIBUTES.bound, CLASS_VALUE, 0, HEAP.bound),
    entry(ATTRIBUTES.narrow, METHOD, 0, func(callee, 1, CALLEE_FRAME)),
  ];
}
