/** Cases of what allocates, and of cells and closures. */
import { CSR, SIZE_CLASSES, SPECIFIER, TAG } from '@pysm/isa';
import { classWord, ROW, word } from '../words.mjs';
import { INT, SOME } from './common.mjs';

/** Heap registers as at the start, before an instruction that allocates. */
const freshHeap = (image) => {
  image.control(CSR.HTOP, 600);
  image.control(CSR.HLIM, 30_000);
};

/** No room: whatever allocates beyond the free lists traps. */
const noHeap = (image) => {
  image.control(CSR.HTOP, 600);
  image.control(CSR.HLIM, 600);
};

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
      image.emit('STW', { a: 11, imm: 0, d: SPECIFIER.STACK });
      if (link) {
        image.push(word('HDR', 0));
        image.emit('STW', { a: 11, imm: 40, d: SPECIFIER.STACK });
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

/** @type {import('../cases.mjs').Listed} */
export const OBJECTS = {
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
};
