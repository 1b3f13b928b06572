/** Programs that end in a fault, one each: what the table and the manual call a mistake of the runtime. */
import {
  CSR,
  IO,
  intWord,
  MEMORY,
  SPECIFIER,
  str7Word,
  TAG,
  TRAP_OPERATION,
  UNBOUND_WORD,
  vectorIndex,
} from '@pysm/isa';
import { ImageBuilder } from './image.mjs';
import { func, listWord, ROW, word } from './words.mjs';

const S = SPECIFIER.STACK;
const INT = (n) => intWord(n);
const NONE = word('NONE');

/** One instruction with words in locals 0, 1, 2 as the operands a, b and d. */
const one = (mnemonic, words, fields = {}) => [
  mnemonic,
  (image) => {
    const specifiers = {};
    ['a', 'b', 'd'].forEach((field, i) => {
      if (!words[field]) return;
      image.load(i, words[field]);
      specifiers[field] = i;
    });
    image.emit(mnemonic, { ...specifiers, ...fields });
  },
];

/** A trap whose handler answers a word that the instruction does not take. */
const answered = (mnemonic, operation, answer, words, fields = {}) => [
  `${mnemonic} answered ${answer.tag}`,
  (image) => {
    const over = image.emit('JMP', { target: 0 });
    const handler = image.pc;
    image.push(answer);
    image.emit('RET', { a: S });
    image.patch(over, 'JMP', { target: image.pc });
    image.vectorsOf(operation, handler);
    one(mnemonic, words, fields)[1](image);
  },
];

const RAW_ADDRESSES = [MEMORY.data, MEMORY.data - 1, 0xffffff];

/** @type {readonly (readonly [name: string, write: (image: ImageBuilder) => void])[]} */
const FAULTS = [
  ['ILL', (image) => image.raw(0)],
  ['no such opcode', (image) => image.raw(0xff000000)],
  ['no such opcode in a gap', (image) => image.raw(0x0f000000)],
  ['FAULT', (image) => image.emit('FAULT', { k: 12345 })],
  ['behind the code', (image) => image.emit('JMP', { target: 0x7fff })],
  ['a branch out of the code', (image) => image.emit('BT', { a: SPECIFIER.TRUE, offset: 511 })],
  ['a branch below the code', (image) => image.emit('BT', { a: SPECIFIER.TRUE, offset: -512 })],
  ['a call out of the code', (image) => image.emit('CALL', { target: 0x7ffe, n: 0, clear: 0, drop: 0 })],
  [
    'a FUNC beyond the code',
    (image) => {
      image.load(0, word('RAW', func(0x9000, 0, 0, 0).payload));
      image.emit('TAGW', { d: S, a: 0, imm: TAG.FUNC });
      image.emit('CALLV', { n: 0, drop: 0 });
    },
  ],
  ['a destination that is a constant', (image) => image.emit('MOV', { d: SPECIFIER.NONE, a: 0 })],
  ['a group beyond the locals', (image) => image.emit('GETITER', { d: 109, a: 0 })],
  ['LDW8 of a local beyond 255', (image) => image.emit('LDW8', { d: 0, k: 256 })],
  ['STW8 of a local beyond 255', (image) => image.emit('STW8', { d: 0, k: 256 })],
  ['LDK beyond the globals', (image) => image.emit('LDK', { d: 0, k: MEMORY.globals })],
  ['LDG beyond the globals', (image) => image.emit('LDG', { d: 0, k: 131071 })],
  ['STG beyond the globals', (image) => image.emit('STG', { d: 0, k: MEMORY.globals })],
  ['CLRL of none', (image) => image.emit('CLRL', { k: 0 })],
  ['CLRL of 33', (image) => image.emit('CLRL', { k: 33 })],
  ['IEN 2', (image) => image.emit('IEN', { k: 2 })],
  ['SETH beyond the memory', (image) => image.emit('SETH', { k: MEMORY.data })],
  ['a control register that is none', (image) => image.emit('CSRR', { d: 0, k: 9 })],
  ['a control register that cannot be written', (image) => image.emit('CSRW', { d: SPECIFIER.ZERO, k: CSR.INSTRET })],
  ...[CSR.SLIM, CSR.RLIM, CSR.HTOP, CSR.HLIM, CSR.HPEAK, CSR.FREE].map((k) => [
    `control register ${k} with too much`,
    (image) => image.control(k, 100_000),
  ]),
  ['POP below the stack', (image) => image.emit('POP', { k: 100 })],
  ['DUP below the stack', (image) => image.emit('DUP', { d: 0, k: 100 })],
  ['BTUP of more than there is', (image) => image.emit('BTUP', { d: 0, k: 32 })],
  ['BTUP of 33', (image) => image.emit('BTUP', { d: 0, k: 33 })],
  ['BLIST of 33', (image) => image.emit('BLIST', { d: 0, k: 33 })],
  [
    'MKCLO of -1',
    (image) => {
      image.load(0, image.heap.anyFunction);
      image.emit('MKCLO', { d: 0, a: 0, imm: -1 });
    },
  ],
  ['UNPACK of 33', (image) => image.emit('UNPACK', { a: SPECIFIER.NONE, imm: 33 })],
  ['UNPACK of -1', (image) => image.emit('UNPACK', { a: SPECIFIER.NONE, imm: -1 })],
  one('MCPY', { a: word('RAW', 300), d: word('RAW', 310) }, { imm: 0 }),
  one('MCPY', { a: word('RAW', 300), d: word('RAW', 310) }, { imm: 17 }),
  one('MCPY', { a: word('RAW', MEMORY.data - 3), d: word('RAW', 310) }, { imm: 4 }),
  one('MCPY', { a: word('RAW', 310), d: word('RAW', MEMORY.data - 3) }, { imm: 4 }),
  one('MCPY', { a: INT(300), d: word('RAW', 310) }, { imm: 4 }),
  one('MCPY', { a: word('RAW', 310), d: INT(300) }, { imm: 4 }),
  one('MCLR', { a: word('RAW', 300) }, { imm: 33 }),
  one('MCLR', { a: word('RAW', MEMORY.data - 3) }, { imm: 4 }),
  one('MCLR', { a: INT(1) }, { imm: 4 }),
  ...RAW_ADDRESSES.flatMap((address) => [
    one('LDW', { a: word('RAW', address) }, { imm: 1, d: 5 }),
    one('STW', { a: word('RAW', address), d: NONE }, { imm: 1 }),
    one('LDXR', { a: word('RAW', address), b: INT(1) }, { d: 5 }),
    one('STXR', { a: word('RAW', address), b: INT(1), d: NONE }),
    one('LDB', { a: word('RAW', address), b: INT(8) }, { d: 5 }),
    one('STB', { a: word('RAW', address), b: INT(8), d: NONE }),
  ]),
  one('LDW', { a: word('RAW', 0) }, { imm: -1, d: 5 }),
  ...[INT(2n ** 40n), INT(-(2n ** 40n)), INT(-301), INT(2n ** 63n - 1n)].flatMap((b) => [
    one('LDXR', { a: word('RAW', 300), b }, { d: 5 }),
    one('STXR', { a: word('RAW', 300), b, d: NONE }),
    one('LDB', { a: word('RAW', 30), b }, { d: 5 }),
    one('STB', { a: word('RAW', 30), b, d: NONE }),
  ]),
  one('LDW', { a: INT(300) }, { imm: 0, d: 5 }),
  one('LDXR', { a: INT(300), b: INT(0) }, { d: 5 }),
  one('LDB', { a: INT(300), b: INT(0) }, { d: 5 }),
  ...['STXR', 'STB'].flatMap((mnemonic) => [
    one(mnemonic, { a: str7Word('a'), b: INT(0), d: NONE }),
    one(mnemonic, { a: word('RAW', 300), b: NONE, d: NONE }),
  ]),
  one('STW', { a: INT(300), d: NONE }, { imm: 0 }),
  one('LDXR', { a: word('RAW', 300), b: NONE }, { d: 5 }),
  one('LDB', { a: word('RAW', 300), b: NONE }, { d: 5 }),
  one('LDHX', { a: INT(3), b: INT(3) }, { d: 5 }),
  one('LDHX', { a: word('RAW', 300), b: NONE }, { d: 5 }),
  one('LDHX', { a: word('RAW', MEMORY.data), b: INT(0) }, { d: 5 }),
  ...['DTRD', 'DTKD', 'GLRD'].flatMap((mnemonic) => [
    one(mnemonic, { a: NONE }, { d: 5 }),
    one(mnemonic, { a: INT(MEMORY.dispatch) }, { d: 5 }),
    one(mnemonic, { a: INT(-1) }, { d: 5 }),
  ]),
  one('DTWR', { a: INT(MEMORY.dispatch), b: NONE }),
  one('DTWR', { a: NONE, b: NONE }),
  one('IOR', { a: INT(100) }, { d: 5 }),
  one('IOR', { a: INT(-1) }, { d: 5 }),
  one('IOR', { a: INT(2n ** 32n + 129n) }, { d: 5 }),
  one('IOR', { a: NONE }, { d: 5 }),
  one('IOW', { a: INT(4000), b: INT(1) }),
  one('IOW', { a: NONE, b: INT(1) }),
  one('IORI', {}, { imm: 100, d: 5 }),
  one('IOWI', { a: INT(1) }, { imm: -1 }),
  one('IOB', { a: INT(32), b: INT(0) }, { offset: 2 }),
  one('IOB', { a: NONE, b: INT(0) }, { offset: 2 }),
  one('IOB', { a: INT(3), b: NONE }, { offset: 2 }),
  one('WAITP', { a: INT(-1), b: INT(0) }),
  one('WAITP', { a: INT(3), b: NONE }),
  one('FORR', { a: NONE, b: INT(3) }, { offset: 2 }),
  one('FORR', { a: INT(1), b: word('BOOL', 1) }, { offset: 2 }),
  one('FORS', { a: INT(1), b: NONE }, { offset: 2 }),
  [
    'FORITER with a position that is no INT',
    (image) => {
      image.load(0, image.heap.list);
      image.load(1, NONE);
      image.emit('FORITER', { a: 5, b: 0, offset: 2 });
    },
  ],
  one('LDCELL', { a: INT(300) }, { d: 5 }),
  one('STCELL', { a: INT(300), b: NONE }),
  one('LDCELL', { a: { tag: TAG.CELL, payload: BigInt(MEMORY.data - 1) } }, { d: 5 }),
  [
    'LDENV without a closure',
    (image) => {
      image.push(NONE);
      image.emit('CALL', { target: image.pc + 1, n: 0, clear: 1, drop: 0 });
      image.emit('LDENV', { d: 0, k: 0 });
    },
  ],
  [
    'LDDEREF of what is no cell',
    (image) => {
      image.push(image.heap.closure);
      image.emit('CALL', { target: image.pc + 1, n: 0, clear: 1, drop: 0 });
      image.emit('LDDEREF', { d: 0, k: 0 });
    },
  ],
  one('NEW', {}, { d: 5, k: 0 }),
  one('MKCLO', { a: NONE }, { d: 5, imm: 0 }),
  one('ALLOC', { a: NONE }, { d: 5 }),
  one('ALLOC', { a: INT(0) }, { d: 5 }),
  one('ALLOC', { a: INT(-5) }, { d: 5 }),
  [
    'a free list that leads outside',
    (image) => {
      image.control(CSR.FREE + 1, MEMORY.data - 1);
      image.emit('ALLOC', { d: 5, a: SPECIFIER.ZERO + 3 });
    },
  ],
  [
    'a list whose description is no RAW',
    (image) => {
      image.load(0, { tag: TAG.LIST, payload: image.heap.tuple.payload });
      image.emit('LDX', { d: 5, a: 0, b: SPECIFIER.ZERO });
    },
  ],
  [
    'a list whose items lie outside',
    (image) => {
      image.dataWord(590, word('HDR', 0));
      image.dataWord(591, listWord(MEMORY.data, 4, 4));
      image.load(0, { tag: TAG.LIST, payload: 590n });
      image.emit('LDX', { d: 5, a: 0, b: SPECIFIER.ZERO + 1 });
    },
  ],
  [
    'a slot outside',
    (image) => {
      image.load(0, { tag: TAG.OBJ, payload: BigInt(MEMORY.data - 1) | (BigInt(ROW) << 48n) });
      image.emit('LDA', { d: 5, a: 0, attr: 3 });
    },
  ],
  one('RSRD', { a: INT(1) }, { d: 5 }),
  one('RSRD', { a: INT(-1) }, { d: 5 }),
  one('RSRD', { a: NONE }, { d: 5 }),
  one('HSEL', { a: INT(1), b: INT(0) }, { d: 5 }),
  one('HSEL', { a: word('RAW', 1), b: NONE }, { d: 5 }),
  one('HSEL', { a: word('RAW', 1), b: INT(MEMORY.data) }, { d: 5 }),
  one('HSEL', { a: word('RAW', 1), b: INT(10) }, { d: 5 }),
  one('UNW', { a: INT(5), b: NONE, d: INT(10) }),
  one('UNW', { a: NONE, b: NONE, d: INT(10) }),
  one('UNW', { a: INT(0), b: NONE, d: NONE }),
  one('UNW', { a: INT(0), b: NONE, d: INT(10) }),
  ['CATCH without an exception', (image) => image.emit('CATCH', { k: 30 })],
  ['YIELD in no generator', (image) => image.emit('YIELD', { d: 5, a: 0 })],
  answered('BT', 'TRUTH', INT(1), { a: word('CELL', 300) }, { offset: 2 }),
  answered('BLT', 'LT_BRANCH', NONE, { a: NONE, b: INT(1) }, { offset: 2 }),
  answered('LEN', 'LEN', NONE, { a: INT(1) }, { d: 5 }),
  answered('RNGCK', 'INDEX', word('BOOL', 1), { a: NONE }, { d: 5 }),
  answered('HASH', 'HASH', NONE, { a: word('CELL', 300) }, { d: 5 }),
  answered('UNPACK', 'UNPACK', NONE, { a: INT(1) }, { imm: 2 }),
  [
    'CALLV answered by what cannot be called',
    (image) => {
      const over = image.emit('JMP', { target: 0 });
      const handler = image.emit('RET', { a: SPECIFIER.NONE });
      image.patch(over, 'JMP', { target: image.pc });
      image.vectorsOf('CALL', handler);
      image.push(INT(4));
      image.emit('CALLV', { n: 0, drop: 0 });
    },
  ],
  [
    'a trap without a handler',
    (image) => {
      image.noVector(vectorIndex(TRAP_OPERATION.ADD, 7, 7));
      image.load(0, NONE);
      image.load(1, UNBOUND_WORD);
      image.emit('ADD', { d: 5, a: 0, b: 1 });
    },
  ],
  [
    'an interrupt with the stack full',
    (image) => {
      image.push(func(0, 0, 0, 255));
      image.emit('CSRW', { k: CSR.IVEC, d: S });
      image.emit('IOWI', { imm: IO.IRQ_ENABLE, a: SPECIFIER.ZERO + 1 });
      image.emit('IOWI', { imm: IO.TIMER_ENABLE, a: SPECIFIER.TRUE });
      for (let i = 0; i < 60; i++) image.emit('CLRL', { k: 32 });
      image.emit('CLRL', { k: 20 });
      image.emit('IEN', { k: 1 });
      image.emit('NOP');
    },
  ],
  [
    'the stack memory full',
    (image) => {
      for (let i = 0; i < 64; i++) image.emit('CLRL', { k: 32 });
    },
  ],
  [
    'a push beyond the stack memory',
    (image) => {
      for (let i = 0; i < 63; i++) image.emit('CLRL', { k: 32 });
      image.emit('CLRL', { k: 2 });
      image.emit('MOV', { d: S, a: SPECIFIER.NONE });
    },
  ],
];

/** @returns {Generator<{ name: string, image: import('@pysm/isa').Image, records: number }>} */
export function* faultPrograms() {
  for (const [name, write] of FAULTS) {
    const image = new ImageBuilder();
    write(image);
    yield { name: `fault: ${name}`, image: image.image(), records: 5000 };
  }
}
