/**
 * Words of every tag, with the values at which an instruction turns: zero, the ends of 64 bits, the ends of what a float
 * holds exactly; and a heap of objects for the references.
 */
import {
  CLASS,
  DISPATCH_KIND,
  FUNC,
  floatWord,
  GEN,
  HDR,
  intWord,
  LIST,
  packFields,
  REF,
  STR_WIDE_BIT,
  str7Word,
  TAG,
  UNBOUND_WORD,
} from '@pysm/isa';

/** @typedef {import('@pysm/isa').Word} Word */

export const word = (tag, payload = 0n) => ({ tag: TAG[tag], payload: BigInt(payload) });
const packed = (tag, parts) => word(tag, packFields(parts));

const reference = (tag, address, { length = 0, row = 0 } = {}) =>
  packed(tag, [
    [REF.address, address],
    [REF.length, length],
    [REF.row, row],
  ]);

const header = (words, row = 0) =>
  packed('HDR', [
    [HDR.length, words],
    [HDR.row, row],
  ]);

export const listWord = (address, length, capacity) =>
  packed('RAW', [
    [LIST.address, address],
    [LIST.length, length],
    [LIST.capacity, capacity],
  ]);

export const func = (entry, min, max, frame) =>
  packed('FUNC', [
    [FUNC.entry, entry],
    [FUNC.min, min],
    [FUNC.max, max],
    [FUNC.frame, frame],
  ]);

export const classWord = (entry, min, max, frame, row, words) =>
  packed('CLASS', [
    [CLASS.entry, entry],
    [CLASS.min, min],
    [CLASS.max, max],
    [CLASS.frame, frame],
    [CLASS.row, row],
    [CLASS.words, words],
  ]);

const generatorWord = (pc, words, state) =>
  packed('RAW', [
    [GEN.pc, pc],
    [GEN.words, words],
    [GEN.state, state],
  ]);

const text = (string) => {
  const words = [];
  for (let at = 0; at < string.length; at += 8) {
    let bits = 0n;
    for (let i = 0; i < 8 && at + i < string.length; i++) bits |= BigInt(string.charCodeAt(at + i)) << BigInt(8 * i);
    words.push(word('RAW', BigInt.asIntN(64, bits)));
  }
  return words;
};

/** Dispatch row of the objects' class, of INT and BOOL, and the attributes of the class by what is behind them. */
export const ROW = 100;
export const INT_ROW = 200;
export const ATTRIBUTES = {
  slot: 3,
  unbound: 4,
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
  slow: 15,
  held: 16,
  taken: 17,
  strange: 18,
  missing: 50,
};

/** First word of the heap's objects, and of the heap that programs allocate from. */
const FIRST = 300;
export const HEAP_BASE = 600;

/**
 * The heap.
 * @param {{ callee: number, closure: number, resumed: number, fresh: number }} code addresses: a function of any arguments; one
 *   that reads its environment; a generator's first instruction behind MKGEN, and its YIELD
 */
export function heapOf(code) {
  const data = [];
  let at = FIRST;
  const put = (...words) => {
    const address = at;
    for (const w of words) data.push({ ...w, address: at++ });
    return address;
  };
  const container = (tag, items, length, capacity, itemWords = items) => {
    const address = at;
    put(header(2), listWord(address + 3, length, capacity), header(1 + itemWords.length), ...itemWords);
    return reference(tag, address);
  };
  const room = (words, size) => [...words, ...Array(size - words.length).fill(UNBOUND_WORD)];
  const list = container('LIST', [10, 20, 30].map(intWord), 3, 24, room([10, 20, 30].map(intWord), 24));
  const emptyList = container('LIST', [], 0, 4, room([], 4));
  const fullList = container('LIST', [], 1, 1, [intWord(1)]);
  const pairList = container('LIST', [], 2, 2, [intWord(1), floatWord(2.5)]);
  const tuple = reference('TUPLE', put(header(4), intWord(7), str7Word('x'), intWord(9)), { length: 3 });
  const pair = reference('TUPLE', put(header(3), intWord(7), intWord(8)), { length: 2 });
  const emptyTuple = reference('TUPLE', put(header(1)), { length: 0 });
  const strAt = put(header(3), ...text('Hello, world'));
  const str = reference('STR', strAt, { length: 12 });
  const emptyStr = reference('STR', strAt, { length: 0 });
  const wide = { tag: TAG.STR, payload: reference('STR', strAt, { length: 2 }).payload | (1n << BigInt(STR_WIDE_BIT)) };
  const bytes = reference('BYTES', put(header(3), ...text('abcdefghij')), { length: 10 });
  const emptyBytes = reference('BYTES', put(header(1)), { length: 0 });
  const bytearray = container('BYTEARRAY', [], 3, 8, text('xyz'));
  const emptyBytearray = container('BYTEARRAY', [], 0, 8, text('xyz'));
  const dict = reference('DICT', put(header(2), listWord(0, 2, 7)));
  const set = reference('SET', put(header(2), listWord(0, 0, 7)));
  const cell = reference('CELL', put(header(2), intWord(9)));
  const emptyCell = reference('CELL', put(header(2), UNBOUND_WORD));
  const anyFunction = func(code.callee, 0, 6, 8);
  const closureCode = func(code.closure, 0, 2, 5);
  const closure = reference('CLOSURE', put(header(6), closureCode, intWord(3), cell, emptyCell, UNBOUND_WORD));
  const plainClosure = reference('CLOSURE', put(header(2), anyFunction));
  const objectAt = put(header(5, ROW), intWord(5), UNBOUND_WORD, closure, UNBOUND_WORD);
  const object = reference('OBJ', objectAt, { row: ROW });
  const objectX = reference('OBJX', objectAt);
  const bound = reference('BOUND', put(header(3), anyFunction, object));
  const narrowBound = reference('BOUND', put(header(3), func(code.callee, 1, 1, 8), object));
  const generator = (state, pc, environment = UNBOUND_WORD) =>
    reference('GEN', put(header(5), generatorWord(pc, 2, state), environment, intWord(1), intWord(2)));
  const fresh = generator(0, code.fresh);
  const suspended = generator(1, code.resumed);
  const withEnvironment = generator(1, code.resumed, plainClosure);
  const running = generator(2, code.resumed);
  const done = generator(3, code.resumed);
  const table = put(...[100, 101, 102, 103, 104, 105, 106, 107].map(intWord));
  const scratch = put(...Array.from({ length: 40 }, (_, i) => intWord(1000 + i)));
  const other = put(...Array.from({ length: 40 }, (_, i) => (i % 2 ? str7Word('o') : intWord(2000 + i))));
  if (at > HEAP_BASE) throw new Error(`the objects of the directed programs end at ${at}`);

  const references = {
    list,
    emptyList,
    fullList,
    pairList,
    tuple,
    pair,
    emptyTuple,
    str,
    emptyStr,
    wide,
    bytes,
    emptyBytes,
    bytearray,
    emptyBytearray,
    dict,
    set,
    cell,
    emptyCell,
    closure,
    plainClosure,
    object,
    objectX,
    bound,
    narrowBound,
    fresh,
    suspended,
    withEnvironment,
    running,
    done,
  };
  return {
    data,
    ...references,
    anyFunction,
    narrowFunction: func(code.callee, 1, 1, 8),
    /** RAW words: a table of eight for LDHX, and two blocks of forty words. */
    hashed: packed('RAW', [
      [LIST.address, table],
      [LIST.capacity, 7],
    ]),
    scratch: word('RAW', scratch),
    other: word('RAW', other),
    class: classWord(code.callee, 0, 6, 8, ROW, 5),
  };
}

/** Dispatch entries of the class and of INT. */
export function dispatchOf(heap) {
  const entry = (row, attribute, kind, slot, value) => ({ index: row + attribute, attribute, kind, slot, value });
  const { SLOT, CLASS_VALUE, SLOT_ELSE_CLASS, METHOD, GETTER, DESCRIPTOR, SLOW, ISA } = DISPATCH_KIND;
  const a = ATTRIBUTES;
  return [
    entry(ROW, a.slot, SLOT, 1, UNBOUND_WORD),
    entry(ROW, a.unbound, SLOT, 2, UNBOUND_WORD),
    entry(ROW, a.held, SLOT, 3, UNBOUND_WORD),
    entry(ROW, a.value, CLASS_VALUE, 0, intWord(77)),
    entry(ROW, a.fallback, SLOT_ELSE_CLASS, 4, heap.anyFunction),
    entry(ROW, a.taken, SLOT_ELSE_CLASS, 3, intWord(99)),
    entry(ROW, a.method, METHOD, 0, heap.anyFunction),
    entry(ROW, a.narrow, METHOD, 0, heap.narrowFunction),
    entry(ROW, a.strange, METHOD, 0, heap.closure),
    entry(ROW, a.getter, GETTER, 0, heap.anyFunction),
    entry(ROW, a.descriptor, DESCRIPTOR, 0, UNBOUND_WORD),
    entry(ROW, a.slow, SLOW, 2, heap.anyFunction),
    entry(ROW, a.marker, ISA, 0, UNBOUND_WORD),
    entry(ROW, a.closure, CLASS_VALUE, 0, heap.closure),
    entry(ROW, a.function, CLASS_VALUE, 0, heap.anyFunction),
    entry(ROW, a.bound, CLASS_VALUE, 0, heap.bound),
    entry(INT_ROW, a.method, METHOD, 0, heap.anyFunction),
    entry(INT_ROW, a.value, CLASS_VALUE, 0, intWord(78)),
    entry(INT_ROW, a.slot, SLOT, 1, UNBOUND_WORD),
    entry(INT_ROW, a.fallback, SLOT_ELSE_CLASS, 1, intWord(79)),
    entry(INT_ROW, a.getter, GETTER, 0, heap.anyFunction),
  ];
}

const INTS = [
  0n,
  1n,
  -1n,
  2n,
  3n,
  9n,
  10n,
  -7n,
  63n,
  64n,
  2n ** 31n,
  2n ** 53n,
  2n ** 53n + 1n,
  2n ** 62n,
  2n ** 63n - 1n,
  -(2n ** 63n),
];
const FLOATS = [
  0,
  -0,
  1,
  -1,
  2,
  0.5,
  -2.5,
  3,
  1e300,
  -1e300,
  5e-324,
  2 ** 53,
  9.3e18,
  -9.3e18,
  Infinity,
  -Infinity,
  NaN,
];

/** INTs and FLOATs by themselves. */
export const INT_WORDS = INTS.map((n) => intWord(n));
export const FLOAT_WORDS = FLOATS.map((x) => floatWord(x));

/**
 * At least one word of each tag, and more of those that an instruction tells apart.
 * @param {ReturnType<typeof heapOf>} heap
 * @param {{ floats?: boolean }} features
 * @returns {Word[]}
 */
export function wordsOf(heap, { floats = true } = {}) {
  const { tuple } = heap;
  return [
    ...INT_WORDS,
    ...(floats ? FLOAT_WORDS : []),
    word('BOOL', 0),
    word('BOOL', 1),
    word('NONE'),
    word('NOTIMPLEMENTED'),
    word('ELLIPSIS'),
    UNBOUND_WORD,
    ...['', 'a', 'abcdefg'].map(str7Word),
    heap.anyFunction,
    heap.class,
    word('RAW', 5),
    word('HDR', 5),
    ...[
      'list',
      'emptyList',
      'fullList',
      'pairList',
      'tuple',
      'pair',
      'emptyTuple',
      'str',
      'emptyStr',
      'wide',
      'bytes',
    ].map((n) => heap[n]),
    ...['emptyBytes', 'bytearray', 'emptyBytearray', 'dict', 'set', 'cell', 'emptyCell', 'closure', 'plainClosure'].map(
      (n) => heap[n],
    ),
    ...['object', 'objectX', 'bound', 'narrowBound', 'fresh', 'suspended', 'withEnvironment', 'running', 'done'].map(
      (n) => heap[n],
    ),
    ...['BIGINT', 'ITER', 'RANGE', 'SLICE'].map((tag) => ({ tag: TAG[tag], payload: tuple.payload })),
  ];
}
