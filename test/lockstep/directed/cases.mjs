/**
 * The cases of each instruction: operands, and what must stand around it. From the table: what has sources and
 * destinations only gets every pair of words; the rest is listed here, and an instruction that nobody listed is an
 * error, so a new one cannot be forgotten.
 *
 * @typedef {object} Case
 * @property {string} mnemonic
 * @property {Readonly<Record<string, number>>} [fields] of the instruction word, apart from sources, destination and label
 * @property {Readonly<Record<string, import('@pysm/isa').Word>>} [sources] words by operand name
 * @property {readonly import('@pysm/isa').Word[]} [stack] words that are pushed below the operands
 * @property {Readonly<Record<number, import('@pysm/isa').Word>>} [locals] words of locals beside the operands'
 * @property {number} [leaves] words that are on the stack behind it, beside a destination's
 * @property {import('@pysm/isa').Word} [constant] word of the globals RAM that field k names
 * @property {(image: import('./image.mjs').ImageBuilder) => void} [before]
 * @property {(image: import('./image.mjs').ImageBuilder) => void} [after]
 * @property {boolean} [raises] it may raise: a handler is in force, and catches behind the case
 * @property {boolean} [inside] it runs in a function of its own, whose callee word is `environment`
 * @property {import('@pysm/isa').Word} [environment]
 * @property {number} [clear] words of that function's frame
 * @property {boolean} [lands] it leads to a handler of the caller: UNW
 * @property {boolean} [plain] sources are given as locals or on the stack, never as constants
 */
import {
  BITFIELD_WIDTHS,
  CSR,
  encodeBitfield,
  floatWord,
  IO,
  intWord,
  MEMORY,
  SIZE_CLASSES,
  SPECIFIER,
  STACK_RESERVE,
  str7Word,
  TAG,
  UNBOUND_WORD,
} from '@pysm/isa';
import { GROUP } from './image.mjs';
import { ATTRIBUTES, classWord, func, INT_WORDS, ROW, word, wordsOf } from './words.mjs';

const NONE = word('NONE');
const TRUE = word('BOOL', 1);
const INT = (n) => intWord(n);
const S = SPECIFIER.STACK;
/** Free stack words that a soft limit leaves in cases of overflow. */
const TIGHT = 60;

/** Words for operands that an instruction only copies. */
const SOME = [INT(5), NONE, str7Word('copy'), floatWord(2.5), UNBOUND_WORD];

/** Immediates of arithmetic. */
const IMMEDIATES = [-512, -64, -1, 0, 1, 7, 63, 64, 511];

function* pairs(as, bs) {
  for (const a of as) for (const b of bs) yield [a, b];
}

/** Heap registers as at the start, before an instruction that allocates. */
const freshHeap = (image) => {
  image.control(CSR.HTOP, 600);
  image.control(CSR.HLIM, 30_000);
};
const noHeap = (image) => {
  image.control(CSR.HTOP, 600);
  image.control(CSR.HLIM, 600);
};
const softLimits = (image) => {
  image.control(CSR.SLIM, MEMORY.stack - STACK_RESERVE);
};

/** Cases of an instruction with one source, all words. */
function* unary(mnemonic, words) {
  for (const a of words) yield { mnemonic, sources: { a } };
}
function* binary(mnemonic, words) {
  for (const [a, b] of pairs(words, words)) yield { mnemonic, sources: { a, b } };
}

/**
 * Listed cases by mnemonic.
 * @type {Readonly<Record<string, (context: { heap: ReturnType<typeof import('./words.mjs').heapOf>, words: readonly import('@pysm/isa').Word[], labels: Record<string, number> }) => Iterable<Case>>>}
 */
const LISTED = {
  NOP: () => [{ mnemonic: 'NOP' }],
  SPAN: () => [{ mnemonic: 'SPAN' }],
  BRK: () => [{ mnemonic: 'BRK' }],
  *HALT() {},
  JMP: () => [{ mnemonic: 'JMP' }],
  *CSRR() {
    const arrays = [...SIZE_CLASSES.map((_, i) => CSR.FREE + i), ...Array(8).keys()].map((k, i) =>
      i < 16 ? k : CSR.IVEC + k,
    );
    for (const k of [...Array(8).keys(), ...arrays, ...Array.from({ length: 32 }, (_, i) => CSR.TROW + i)]) {
      yield { mnemonic: 'CSRR', fields: { k } };
    }
  },
  *CSRW() {
    const writes = [
      [CSR.SLIM, MEMORY.stack],
      [CSR.SLIM, MEMORY.stack - STACK_RESERVE],
      [CSR.RLIM, MEMORY.returnStack],
      [CSR.RLIM, 1000],
      [CSR.HTOP, 700],
      [CSR.HLIM, MEMORY.data],
      [CSR.IE, 2],
      [CSR.HPEAK, 12],
      [CSR.FREE + 3, 0],
      [CSR.TROW + 31, 0x12345],
      [CSR.IVEC + 7, 0],
    ];
    for (const [k, value] of writes) yield { mnemonic: 'CSRW', fields: { k }, sources: { a: INT(value) } };
  },
  *LDI() {
    for (const imm of [-65536, -1, 0, 1, 65535]) yield { mnemonic: 'LDI', fields: { imm } };
  },
  *LDK({ words }) {
    for (const w of words) yield { mnemonic: 'LDK', constant: w };
  },
  *LDG({ words }) {
    for (const w of words) yield { mnemonic: 'LDG', constant: w };
  },
  *STG({ words }) {
    for (const a of words.slice(0, 30)) yield { mnemonic: 'STG', fields: { k: 2040 }, sources: { a } };
  },
  *LDW8() {
    for (const k of [0, 5, GROUP, 29, 200, 255]) yield { mnemonic: 'LDW8', fields: { k } };
  },
  *STW8() {
    for (const a of SOME) for (const k of [GROUP, 20]) yield { mnemonic: 'STW8', fields: { k }, sources: { a } };
  },
  *POP() {
    for (const k of [0, 1, 3]) yield { mnemonic: 'POP', fields: { k }, stack: SOME, leaves: SOME.length - k };
  },
  *DUP() {
    for (const k of [0, 1, 4]) yield { mnemonic: 'DUP', fields: { k }, stack: SOME, leaves: SOME.length };
  },
  *UNB() {
    for (const w of SOME) yield { mnemonic: 'UNB', fields: { d: 20 }, locals: { 20: w } };
  },
  *CLRL() {
    for (const k of [1, 2, 3, 31, 32]) yield { mnemonic: 'CLRL', fields: { k }, leaves: k };
  },
  *BTAG({ words }) {
    for (const a of words)
      for (const b of [a.tag & 31, 0, TAG.LIST & 31]) yield { mnemonic: 'BTAG', fields: { b }, sources: { a } };
  },
  *BNTAG({ words }) {
    for (const a of words) for (const b of [a.tag & 31, 5]) yield { mnemonic: 'BNTAG', fields: { b }, sources: { a } };
  },
  *BBS({ words }) {
    for (const a of words)
      for (const b of [0, 1, 62, 63, 64, 127]) yield { mnemonic: 'BBS', fields: { b }, sources: { a } };
  },
  *BBC({ words }) {
    for (const a of words)
      for (const b of [0, 1, 62, 63, 64, 127]) yield { mnemonic: 'BBC', fields: { b }, sources: { a } };
  },
  *FORR() {
    for (const [i, last] of pairs(INT_WORDS, INT_WORDS)) {
      yield { mnemonic: 'FORR', fields: { a: GROUP }, locals: { [GROUP]: i }, sources: { last } };
    }
  },
  *FORS() {
    const ends = [INT(0), INT(3), INT(-3), INT(2n ** 63n - 1n), INT(-(2n ** 63n))];
    for (const i of ends) {
      for (const [step, last] of pairs([INT(1), INT(-1), INT(5), INT(2n ** 62n), INT(-(2n ** 62n)), INT(0)], ends)) {
        yield { mnemonic: 'FORS', fields: { a: 20, b: GROUP }, locals: { 20: i, [GROUP]: step, [GROUP + 1]: last } };
      }
    }
  },
  *GETITER({ words }) {
    for (const a of words) yield { mnemonic: 'GETITER', fields: { d: GROUP }, sources: { a } };
  },
  *FORITER({ words, heap }) {
    for (const h of words) {
      for (const at of [0, 1, 3, 40])
        yield { mnemonic: 'FORITER', fields: { b: GROUP }, locals: { [GROUP]: h, [GROUP + 1]: INT(at) } };
    }
    yield {
      mnemonic: 'FORITER',
      fields: { b: GROUP },
      locals: { [GROUP]: heap.fresh, [GROUP + 1]: INT(0) },
      before: (image) => image.control(CSR.SLIM, 30 + TIGHT - 20),
      after: softLimits,
      raises: true,
    };
  },
  *CALL({ labels }) {
    for (const drop of [0, 1]) {
      for (let n = 0; n <= 6; n++) {
        for (const clear of [0, 1, 2, 9]) {
          const stack = SOME.concat(SOME).slice(0, n);
          const fields = { target: labels.callee - (6 - n), n, clear: Math.min(15, clear + 6 - n), drop };
          yield { mnemonic: 'CALL', fields, stack, leaves: drop ? 0 : 1 };
        }
      }
    }
    yield* overflow({ mnemonic: 'CALL', fields: { target: labels.callee - 6, n: 0, clear: 15, drop: 0 }, leaves: 1 });
  },
  *CALLV({ heap, words, labels }) {
    const callables = [
      heap.anyFunction,
      heap.class,
      heap.closure,
      heap.plainClosure,
      heap.bound,
      heap.narrowBound,
      heap.narrowFunction,
    ];
    for (const drop of [0, 1]) {
      for (const callee of [...callables, ...words.slice(0, 60)]) {
        // The redirection's callable takes six arguments.
        for (const n of [0, 1, 2, 6]) {
          const stack = [callee, ...SOME, ...SOME].slice(0, n + 1);
          yield { mnemonic: 'CALLV', fields: { n, drop }, stack, leaves: drop ? 0 : 1 };
        }
      }
      for (const callee of [func(labels.callee, 0, 6, 60), func(labels.callee, 1, 3, 1)]) {
        yield { mnemonic: 'CALLV', fields: { n: 2, drop }, stack: [callee, NONE, TRUE], leaves: drop ? 0 : 1 };
      }
    }
    yield* overflow({ mnemonic: 'CALLV', fields: { n: 0, drop: 0 }, stack: [heap.anyFunction], leaves: 1 });
  },
  *CALLM({ heap, words }) {
    for (const drop of [0, 1]) {
      for (const receiver of [heap.object, heap.objectX]) {
        for (const attr of Object.values(ATTRIBUTES)) {
          for (const n of [0, 1, 3]) {
            yield {
              mnemonic: 'CALLM',
              fields: { attr, n, drop },
              stack: [receiver, ...SOME].slice(0, n + 1),
              leaves: drop ? 0 : 1,
            };
          }
        }
      }
    }
    for (const receiver of words) {
      for (const attr of [ATTRIBUTES.method, ATTRIBUTES.value, ATTRIBUTES.slot, ATTRIBUTES.fallback]) {
        yield { mnemonic: 'CALLM', fields: { attr, n: 1, drop: 0 }, stack: [receiver, TRUE], leaves: 1 };
      }
    }
    yield* overflow({
      mnemonic: 'CALLM',
      fields: { attr: ATTRIBUTES.method, n: 0, drop: 0 },
      stack: [heap.object],
      leaves: 1,
    });
  },
  *CALLKW({ heap, words }) {
    for (const callee of [heap.anyFunction, ...words.slice(0, 40)]) {
      for (const n of [0, 2])
        yield { mnemonic: 'CALLKW', fields: { d: n, k: 0 }, stack: [callee, TRUE, NONE].slice(0, n + 1), leaves: 1 };
    }
  },
  *RET({ words }) {
    for (const a of words) yield { mnemonic: 'RET', sources: { a }, inside: true, environment: NONE };
  },
  *TAIL({ labels }) {
    for (let n = 0; n <= 6; n++) {
      for (const clear of [0, 4]) {
        const fields = { target: labels.callee - (6 - n), n, clear: Math.min(15, clear + 6 - n) };
        yield { mnemonic: 'TAIL', fields, stack: SOME.concat(SOME).slice(0, n), inside: true, environment: NONE };
      }
    }
    const tight = {
      mnemonic: 'TAIL',
      fields: { target: labels.callee - 6, n: 0, clear: 15 },
      inside: true,
      environment: NONE,
    };
    yield* overflow({ ...tight, clear: 0 }, TIGHT + 25);
  },
  *CHKSP() {
    for (const k of [0, 1, 48, 500]) yield { mnemonic: 'CHKSP', fields: { k } };
    yield* overflow({ mnemonic: 'CHKSP', fields: { k: 1000 } });
    yield* overflow({ mnemonic: 'CHKSP', fields: { k: 131071 } });
  },
  *LDA({ heap, words }) {
    for (const a of [heap.object, heap.objectX, ...words]) {
      for (const attr of Object.values(ATTRIBUTES)) yield { mnemonic: 'LDA', fields: { attr }, sources: { a } };
    }
  },
  *ISA({ heap, words }) {
    for (const a of [heap.object, heap.objectX, ...words]) {
      for (const attr of [ATTRIBUTES.marker, ATTRIBUTES.slot, ATTRIBUTES.missing, 4095])
        yield { mnemonic: 'ISA', fields: { attr }, sources: { a } };
    }
  },
  *STA({ heap, words }) {
    for (const a of [heap.object, heap.objectX, ...words]) {
      for (const attr of [
        ATTRIBUTES.slot,
        ATTRIBUTES.unbound,
        ATTRIBUTES.value,
        ATTRIBUTES.fallback,
        ATTRIBUTES.method,
        ATTRIBUTES.missing,
      ]) {
        yield { mnemonic: 'STA', fields: { attr }, sources: { a, v: SOME[attr % SOME.length] } };
      }
    }
  },
  *DELA({ heap, words }) {
    for (const a of [heap.object, heap.object, heap.objectX, ...words]) {
      for (const attr of [ATTRIBUTES.slot, ATTRIBUTES.fallback, ATTRIBUTES.value, ATTRIBUTES.missing]) {
        yield { mnemonic: 'DELA', fields: { attr }, sources: { a } };
        if (a === heap.objectX) yield { mnemonic: 'STA', fields: { attr: ATTRIBUTES.slot }, sources: { a, v: TRUE } };
      }
    }
  },
  *LDX({ words }) {
    const indices = [0, 1, -1, 2, -3, 9, -20, 1000].map(INT);
    for (const [a, b] of pairs(words, [...indices, ...INT_WORDS.slice(-3), TRUE, NONE, str7Word('a')])) {
      yield { mnemonic: 'LDX', sources: { a, b } };
    }
  },
  *STX({ words }) {
    const indices = [INT(0), INT(1), INT(-1), INT(3), INT(-4), INT(1000), TRUE, NONE];
    const values = [INT(7), INT(255), INT(256), INT(-1), str7Word('v')];
    for (const a of words) for (const [b, v] of pairs(indices, values)) yield { mnemonic: 'STX', sources: { a, b, v } };
  },
  *LAPP({ words }) {
    for (const [a, b] of pairs(words, SOME)) yield { mnemonic: 'LAPP', sources: { a, b } };
  },
  *UNPACK({ words }) {
    for (const a of words) {
      for (const imm of [0, 1, 2, 3, 4]) yield { mnemonic: 'UNPACK', fields: { imm }, sources: { a }, leaves: imm };
    }
  },
  *NEW({ heap }) {
    const classes = [1, 2, 5, 17, 255].map((size) => classWord(0, 0, 0, 0, ROW, size));
    for (const before of [freshHeap, noHeap]) {
      for (const c of [heap.class, ...classes]) yield { mnemonic: 'NEW', constant: c, before };
    }
    for (const before of freeLists()) yield { mnemonic: 'NEW', constant: heap.class, before };
  },
  BTUP: (context) => builds('BTUP', context),
  BLIST: (context) => builds('BLIST', context),
  *MKCLO({ heap, ...context }) {
    for (const built of builds('MKCLO', { heap, ...context })) {
      yield { ...built, fields: { imm: built.fields.k }, sources: { f: heap.anyFunction }, plain: true };
    }
  },
  *MKCELL({ words }) {
    for (const before of [freshHeap, noHeap, ...freeLists()]) {
      for (const a of words.slice(0, 20)) yield { mnemonic: 'MKCELL', sources: { a }, before };
    }
  },
  *MKGEN({ heap }) {
    for (const before of [freshHeap, noHeap, ...freeLists()]) {
      for (const clear of [0, 1, 4, 13, 15])
        yield { mnemonic: 'MKGEN', inside: true, environment: heap.plainClosure, before, clear };
    }
  },
  *BMAP() {
    for (const k of [0, 1, 3]) yield { mnemonic: 'BMAP', fields: { k }, stack: [...SOME, ...SOME].slice(0, 2 * k) };
  },
  *BSET() {
    for (const k of [0, 1, 5]) yield { mnemonic: 'BSET', fields: { k }, stack: SOME.slice(0, k) };
  },
  BSLICE: () => [{ mnemonic: 'BSLICE', stack: SOME.slice(0, 3) }],
  *ALLOC() {
    const sizes = [1, 2, 3, 7, 16, 17, 200, 256, 257, 1000];
    for (const size of sizes) yield { mnemonic: 'ALLOC', sources: { a: INT(size) }, before: freshHeap };
    yield { mnemonic: 'ALLOC', sources: { a: INT(5) }, before: noHeap };
    for (const before of freeLists()) yield { mnemonic: 'ALLOC', sources: { a: INT(6) }, before };
  },
  *LDENV({ heap }) {
    for (const k of [0, 1, 2, 3]) yield { mnemonic: 'LDENV', fields: { k }, inside: true, environment: heap.closure };
  },
  *LDDEREF({ heap }) {
    for (const k of [1, 2]) yield { mnemonic: 'LDDEREF', fields: { k }, inside: true, environment: heap.closure };
  },
  *STDEREF({ heap }) {
    for (const a of SOME)
      yield { mnemonic: 'STDEREF', fields: { k: 1 }, sources: { a }, inside: true, environment: heap.closure };
  },
  *LDCELL({ heap }) {
    for (const a of [heap.cell, heap.emptyCell]) yield { mnemonic: 'LDCELL', sources: { a }, plain: true };
  },
  *STCELL({ heap }) {
    for (const v of SOME) yield { mnemonic: 'STCELL', sources: { a: heap.cell, v } };
  },
  *SETH() {
    for (const k of [0, 7, MEMORY.data - 1, 0]) yield { mnemonic: 'SETH', fields: { k } };
  },
  *RAISE({ words }) {
    for (const a of words.slice(0, 60)) yield { mnemonic: 'RAISE', sources: { a }, raises: true };
  },
  *RERAISE({ words }) {
    for (const a of words.slice(0, 20)) yield { mnemonic: 'RERAISE', sources: { a }, raises: true };
  },
  // Both stand in the handler of whatever raises, CATCH as the re-issue behind UNW.
  *CATCH() {},
  *UNW() {
    for (const x of SOME)
      yield { mnemonic: 'UNW', sources: { k: INT(0), x, h: INT(0) }, inside: true, environment: NONE, lands: true };
  },
  *RSRD() {
    yield { mnemonic: 'RSRD', sources: { k: INT(0) } };
    yield { mnemonic: 'RSRD', sources: { k: INT(1) }, inside: true, environment: NONE };
    yield { mnemonic: 'RSRD', sources: { k: INT(0) }, inside: true, environment: NONE };
  },
  *HSEL({ heap }) {
    for (const h of [INT(0), word('RAW', 0), INT(255), word('RAW', 255), INT(254)]) {
      for (const w of [
        word('RAW', 5),
        word('RAW', 20),
        word('RAW', 30),
        word('RAW', (1n << 44n) | 20n),
        word('RAW', (1n << 44n) | 30n),
      ]) {
        yield { mnemonic: 'HSEL', sources: { w, h }, plain: true, before: descriptors(heap) };
      }
    }
  },
  // A generator's own instructions are met through GRES and FORITER.
  *YIELD() {},
  *GRES({ heap, words }) {
    for (const variant of [0, 1]) {
      const again = { mnemonic: 'GRES', fields: { variant }, raises: variant === 1 };
      for (const g of [heap.fresh, heap.suspended, heap.withEnvironment]) {
        for (const v of [TRUE, INT(4)]) yield { ...again, sources: { g, v } };
      }
      for (const g of words) yield { ...again, sources: { g, v: INT(9) } };
    }
    yield* overflow({ mnemonic: 'GRES', fields: { variant: 0 }, sources: { g: heap.suspended, v: NONE } }, TIGHT + 20);
  },
  *IOW({ words }) {
    for (const a of [
      IO.PIN + 3,
      IO.PIN_DIRECTION + 3,
      IO.PIN_PULL + 9,
      IO.UART_TX,
      IO.UART_STATUS,
      IO.CONSOLE_ERR,
      IO.TIMER_COMPARE,
      IO.TIMER_PERIOD,
      IO.IRQ_PENDING,
      IO.IRQ_PINS,
      IO.TIME_US,
    ]) {
      for (const b of words) yield { mnemonic: 'IOW', sources: { a: INT(a), b }, raises: true };
      for (const b of [INT(0), TRUE]) yield { mnemonic: 'IOW', sources: { a: word('RAW', a), b } };
    }
  },
  *IOWI({ words }) {
    for (const imm of [IO.PIN + 2, IO.PIN_DIRECTION + 2, IO.PIN_PULL + 8, IO.UART_TX, IO.CONSOLE_ERR]) {
      for (const a of words) yield { mnemonic: 'IOWI', fields: { imm }, sources: { a }, raises: true };
    }
  },
  *IOR() {
    for (const a of Object.values(IO))
      for (const tag of ['INT', 'RAW']) yield { mnemonic: 'IOR', sources: { a: word(tag, a) } };
    for (let pin = 0; pin < 96; pin += 5) yield { mnemonic: 'IOR', sources: { a: INT(pin) } };
  },
  *IORI() {
    for (const imm of Object.values(IO)) yield { mnemonic: 'IORI', fields: { imm } };
  },
  *IOB() {
    for (const pin of [0, 2, 3, 31])
      for (const value of [INT(0), INT(1), TRUE, INT(2)]) yield { mnemonic: 'IOB', sources: { pin: INT(pin), value } };
  },
  *WAITP() {
    const drive = (level) => (image) => {
      image.emit('IOWI', { imm: IO.PIN_DIRECTION + 4, a: SPECIFIER.TRUE });
      image.emit('IOWI', { imm: IO.PIN + 4, a: level ? SPECIFIER.TRUE : SPECIFIER.FALSE });
    };
    for (const level of [1, 0, 1]) {
      for (const pin of [INT(4), word('RAW', 4)])
        yield { mnemonic: 'WAITP', sources: { pin, value: INT(level) }, before: drive(level) };
    }
    // A byte on the line of the UART takes longer than 32 cycles; a pin that never comes: the timer's interrupt ends it.
    yield { mnemonic: 'WAITP', sources: { pin: INT(4), value: INT(0) }, before: (image) => waitForTimer(image) };
  },
  RDC: () => [{ mnemonic: 'RDC' }, { mnemonic: 'RDC' }, { mnemonic: 'RDC' }],
  *IEN() {
    for (const k of [0, 1, 0]) yield { mnemonic: 'IEN', fields: { k } };
  },
  *LDW({ heap }) {
    for (const a of [heap.scratch, heap.list, heap.object, heap.tuple]) {
      for (const imm of [0, 1, 2, -1]) yield { mnemonic: 'LDW', fields: { imm }, sources: { a }, plain: true };
    }
  },
  *STW({ heap }) {
    for (const v of SOME)
      for (const imm of [0, 5, 39]) yield { mnemonic: 'STW', fields: { imm }, sources: { a: heap.scratch, v } };
  },
  *LDXR({ heap }) {
    for (const b of [INT(0), INT(7), INT(-1), TRUE]) yield { mnemonic: 'LDXR', sources: { a: heap.scratch, b } };
  },
  *STXR({ heap }) {
    for (const v of SOME)
      for (const b of [INT(0), INT(7), TRUE]) yield { mnemonic: 'STXR', sources: { a: heap.scratch, b, v } };
  },
  *LDB({ heap }) {
    for (let b = -3; b < 20; b++) yield { mnemonic: 'LDB', sources: { a: heap.other, b: INT(b) } };
  },
  *STB({ heap }) {
    for (let b = -3; b < 20; b++) yield { mnemonic: 'STB', sources: { a: heap.other, b: INT(b), v: INT(b * 37) } };
  },
  *TAGW({ words }) {
    for (const a of words.slice(0, 20))
      for (const imm of [TAG.INT, TAG.RAW, TAG.FLOAT, 0]) yield { mnemonic: 'TAGW', fields: { imm }, sources: { a } };
  },
  *LDHX({ heap }) {
    for (const h of INT_WORDS) yield { mnemonic: 'LDHX', sources: { p: heap.hashed, h } };
  },
  *MCPY({ heap }) {
    for (const imm of [1, 2, 3, 16])
      for (const [a, b] of [
        [heap.scratch, heap.other],
        [heap.other, heap.scratch],
        [heap.other, heap.other],
      ])
        yield { mnemonic: 'MCPY', fields: { imm }, sources: { a, b }, plain: true };
  },
  *MCLR({ heap }) {
    for (const imm of [1, 2, 31, 32])
      yield { mnemonic: 'MCLR', fields: { imm }, sources: { a: heap.scratch }, plain: true };
  },
  *DTRD() {
    for (const index of [0, ROW + 5, ROW + 12, 2047]) yield { mnemonic: 'DTRD', sources: { a: INT(index) } };
  },
  *DTKD() {
    for (let i = 0; i < 20; i++) yield { mnemonic: 'DTKD', sources: { a: INT(ROW + i) } };
  },
  *DTWR() {
    for (const b of SOME)
      for (const index of [ROW + 5, 2047]) yield { mnemonic: 'DTWR', sources: { a: INT(index), b } };
  },
  *TINS() {
    yield { mnemonic: 'TINS', inside: true, environment: NONE };
    yield { mnemonic: 'TINS' };
  },
  *EXT({ words }) {
    for (const a of words.slice(0, 12))
      for (const imm of fieldsOfBits()) yield { mnemonic: 'EXT', fields: { imm }, sources: { a } };
  },
  *INS() {
    for (const a of INT_WORDS.slice(0, 8)) {
      for (const imm of fieldsOfBits())
        yield { mnemonic: 'INS', fields: { d: 20, imm }, sources: { a }, locals: { 20: INT(0x123456789abcdefn) } };
    }
  },
  *GLRD() {
    for (const a of [0, 1, 5, 2047]) yield { mnemonic: 'GLRD', sources: { a: INT(a) } };
  },
  // What only faults: see faults.mjs.
  *ILL() {},
  *FAULT() {},
};

/** A case in which the callee's frame passes the soft limit; the handler unwinds. */
function* overflow(one, limit = TIGHT) {
  yield { ...one, before: (image) => image.control(CSR.SLIM, limit), after: softLimits, raises: true };
}

/** Two blocks of each small class on the free lists, or one. */
function freeLists() {
  const list = (blocks) => (image) => {
    freshHeap(image);
    // Blocks above the heap's top: nobody else's.
    SIZE_CLASSES.slice(0, 9).forEach((_, sizeClass) => {
      const first = 20_000 + 100 * sizeClass;
      const link = blocks > 1 ? first + 40 : 0;
      image.push({ tag: TAG.HDR, payload: BigInt.asIntN(64, BigInt(link) << 48n) });
      image.load(11, word('RAW', first));
      image.emit('STW', { a: 11, imm: 0, d: S });
      if (link) {
        image.push(word('HDR', 0));
        image.emit('STW', { a: 11, imm: 40, d: S });
      }
      image.control(CSR.FREE + sizeClass, first);
    });
  };
  return [list(1), list(2)];
}

/** Words of tuples, lists and closures: few, several, as many as there may be; from the heap, the free lists, or none left. */
function* builds(mnemonic, { words }) {
  for (const before of [freshHeap, noHeap, ...freeLists()]) {
    for (const k of [0, 1, 2, 4, 5, 9, 32]) {
      const stack = Array.from({ length: k }, (_, i) => words[(i * 7) % words.length]);
      yield { mnemonic, fields: { k }, stack, before };
    }
  }
}

/** Descriptor 255: 20 up to 30, with an outer one; 254: nothing. */
const descriptors = () => (image) => {
  image.dataWord(255, word('RAW', 20n | (30n << 16n) | (5n << 32n) | (254n << 48n)));
  image.dataWord(254, word('RAW', 0));
};

/** The pin falls when the timer's interrupt comes, later than WAITP looks. */
function waitForTimer(image) {
  const over = image.emit('JMP', { target: 0 });
  const handler = image.pc;
  image.emit('IOWI', { imm: IO.PIN + 4, a: SPECIFIER.FALSE });
  image.emit('RET', { a: SPECIFIER.NONE });
  image.patch(over, 'JMP', { target: image.pc });
  image.push(func(handler, 0, 0, 0));
  image.emit('CSRW', { k: CSR.IVEC, d: S });
  image.emit('IOWI', { imm: IO.PIN + 4, a: SPECIFIER.TRUE });
  image.emit('IOWI', { imm: IO.IRQ_ENABLE, a: SPECIFIER.ZERO + 1 });
  image.emit('RDC', { d: S });
  image.emit('ADDI', { d: S, a: S, imm: 100 });
  image.emit('IOWI', { imm: IO.TIMER_COMPARE, a: S });
  image.emit('IOWI', { imm: IO.TIMER_ENABLE, a: SPECIFIER.TRUE });
  image.emit('IEN', { k: 1 });
}

function* fieldsOfBits() {
  for (const width of BITFIELD_WIDTHS) for (const low of [0, 1, 31, 60, 63]) yield encodeBitfield(low, width);
}

const keyOf = ({ tag, payload }) => `${tag}:${payload}`;

/** Kinds of operands that need no list. */
const PLAIN = new Set(['source', 'destination', 'label', 'immediate']);

/**
 * Cases of an instruction.
 * @param {import('@pysm/isa').Instruction} instruction
 * @param {{ heap: object, labels: Record<string, number>, features: { floats?: boolean }, part: number, shift: number }} context
 *   `part`: one of so many pairs of words; `shift` says which
 * @returns {Iterable<Case>}
 */
export function* casesOf(instruction, { heap, labels, features, part, shift }) {
  const words = wordsOf(heap, features);
  const { mnemonic, operands } = instruction;
  if (mnemonic in LISTED) {
    yield* LISTED[mnemonic]({ heap, words, labels });
    return;
  }
  if (!operands.every((o) => PLAIN.has(o.kind))) throw new Error(`the directed programs have no cases for ${mnemonic}`);
  const names = operands.filter((o) => o.kind === 'source').map((o) => o.name);
  const immediate = operands.some((o) => o.kind === 'immediate');
  if (names.length === 1 && immediate) {
    for (const [a, imm] of pairs(words, IMMEDIATES)) yield { mnemonic, fields: { imm }, sources: { [names[0]]: a } };
  } else if (names.length === 1) yield* unary(mnemonic, words);
  else if (names.length === 2) {
    let i = shift;
    // Of a short run, too: a pair for each outcome that the table tells apart by two tags.
    const always = new Set([INT(1), INT(2), floatWord(1), floatWord(2), NONE, str7Word('a')].map(keyOf));
    const chosen = ({ sources }) => Object.values(sources).every((w) => always.has(keyOf(w)));
    for (const one of binary(mnemonic, words)) if (i++ % part === 0 || chosen(one)) yield one;
  } else throw new Error(`the directed programs have no cases for ${mnemonic}`);
}
