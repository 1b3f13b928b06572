/**
 * Images made word by word: cases behind one another in one frame, handlers for every trap, the heap of words.mjs. They
 * need no assembler, so they can hold what it would refuse.
 */
import {
  BY_MNEMONIC,
  CSR,
  encode,
  encodeBitfield,
  HANDLER,
  INTERRUPT_LINES,
  ISA_VERSION,
  intWord,
  packFields,
  SPECIFIER,
  SYSTEM_CAUSE,
  TAG,
  TRAP_OPERATION,
  vectorIndex,
} from '@pysm/isa';
import { dispatchOf, HEAP_BASE, heapOf, INT_ROW, word } from './words.mjs';

/** Words of the frame in which cases run; operands are in the first, results behind. */
export const FRAME = 30;
/** Local that destinations name. */
export const RESULT = 12;
/** Locals that a group of two begins at. */
export const GROUP = 14;

/** What handlers answer by operation; None where nothing is said. */
const TRUE = { tag: TAG.BOOL, payload: 1n };
const ANSWERS = {
  ...Object.fromEntries(
    Object.keys(TRAP_OPERATION)
      .filter((name) => name.endsWith('_BRANCH') || ['IN', 'NOT_IN', 'TRUTH', 'BIT_TEST'].includes(name))
      .map((name) => [name, TRUE]),
  ),
  INDEX: intWord(3),
  LEN: intWord(4),
  HASH: intWord(5),
  ADD: intWord(77),
};

/** Handler descriptors of cases that raise lie here, downwards from the end of the heap's objects. */
const DESCRIPTORS = { first: 1, last: 250 };

/** Code words of an image, at most; the memory has 32,768. */
const CODE_LIMIT = 30_000;

export class ImageBuilder {
  #code = [];
  #constants = [];
  #constantIndex = new Map();
  #vectors = new Map();
  #data = new Map();
  #descriptors = 0;
  /** Code addresses by name. */
  labels = {};
  heap;

  constructor() {
    this.#support();
    this.labels.main = this.pc;
  }

  get pc() {
    return this.#code.length;
  }

  /** Whether no further case should begin. */
  get full() {
    return this.#code.length > CODE_LIMIT || this.#constants.length > 2000 || this.#descriptors >= 200;
  }

  /** Appends an instruction; operands by field. Returns its address. */
  emit(mnemonic, fields = {}) {
    this.#code.push(encode(BY_MNEMONIC.get(mnemonic), fields));
    return this.#code.length - 1;
  }

  /** Appends a word that need not be an instruction. */
  raw(value) {
    this.#code.push(value >>> 0);
    return this.#code.length - 1;
  }

  /** Fills in a field of an instruction that was emitted before. */
  patch(pc, mnemonic, fields) {
    this.#code[pc] = encode(BY_MNEMONIC.get(mnemonic), fields);
  }

  /** Index of a word in the globals RAM. */
  constant({ tag, payload }) {
    const key = `${tag}:${payload}`;
    let index = this.#constantIndex.get(key);
    if (index === undefined) {
      index = this.#constants.length;
      this.#constants.push({ tag, payload });
      this.#constantIndex.set(key, index);
    }
    return index;
  }

  /** Puts a word into a local or on the stack. */
  load(specifier, value) {
    this.emit('LDK', { d: specifier, k: this.constant(value) });
  }

  push(value) {
    this.load(SPECIFIER.STACK, value);
  }

  /** Writes a control register. */
  control(number, value) {
    this.push(intWord(value));
    this.emit('CSRW', { k: number, d: SPECIFIER.STACK });
  }

  dataWord(address, value) {
    this.#data.set(address, value);
  }

  /** A handler descriptor that covers everything and leads to `target`; its data address. */
  descriptor(target) {
    const address = DESCRIPTORS.first + this.#descriptors++;
    if (address > DESCRIPTORS.last) throw new Error('an image has more handlers than there is room for');
    this.setDescriptor(address, target);
    return address;
  }

  setDescriptor(address, target) {
    const payload = packFields([
      [HANDLER.start, 0],
      [HANDLER.end, 0x7fff],
      [HANDLER.target, target],
      [HANDLER.outer, 0],
    ]);
    this.#data.set(address, word('RAW', payload));
  }

  /** Leads a vector elsewhere. */
  vector(index, address, clear = 0) {
    this.#vectors.set(index, { index, address, clear });
  }

  /** Takes a vector away: its trap faults. */
  noVector(index) {
    this.#vectors.delete(index);
  }

  /** Vectors of an operation, whatever the groups; the words cleared vary, `least` at least. */
  vectorsOf(operation, address, least = 0) {
    for (let groups = 0; groups < 64; groups++) {
      this.vector(vectorIndex(TRAP_OPERATION[operation], groups >> 3, groups & 7), address, least + (groups % 4));
    }
  }

  #support() {
    // Functions: default instructions stand in front of the entry.
    for (let slot = 0; slot < 6; slot++) this.emit('LDK', { d: slot, k: this.constant(intWord(50 + slot)) });
    const callee = this.pc;
    this.emit('RADD', { d: SPECIFIER.STACK, a: 0, b: 1 });
    this.emit('RET', { a: SPECIFIER.STACK });
    this.emit('LDK', { d: 0, k: this.constant(intWord(1)) });
    this.emit('LDK', { d: 1, k: this.constant(intWord(2)) });
    const closure = this.pc;
    this.emit('LDENV', { d: 2, k: 0 });
    this.emit('RET', { a: SPECIFIER.ENVIRONMENT });
    const fresh = this.pc;
    const resumed = this.emit('YIELD', { d: 1, a: 0 });
    this.emit('YIELD', { d: 0, a: 1 });
    this.emit('RET', { a: 1 });
    this.labels = { callee, closure, fresh, resumed };
    this.heap = heapOf(this.labels);
    for (const w of this.heap.data) this.#data.set(w.address, w);
    this.#handlers();
  }

  /** The trap handlers. Their frames have as few words as there may be: they keep on the stack what an interrupt must leave. */
  #handlers() {
    for (const operation of Object.keys(TRAP_OPERATION)) {
      if (operation === 'SYSTEM') continue;
      const address = this.pc;
      if (operation === 'CALL') this.push(this.heap.anyFunction);
      else if (operation === 'ITER') this.push(this.heap.tuple);
      else if (operation === 'UNPACK') this.#unpack();
      else if (operation === 'IO_VALUE') this.#raise();
      else this.push(ANSWERS[operation] ?? word('NONE'));
      this.emit('RET', { a: SPECIFIER.STACK });
      this.vectorsOf(operation, address, operation === 'UNPACK' ? 4 : 0);
    }
    // Membership is denied where the container is no object, so that branches go both ways.
    const no = this.emit('RET', { a: SPECIFIER.FALSE });
    for (const operation of ['IN', 'NOT_IN']) {
      for (const pair of [0, 9, 24, 26, 56, 63]) this.vector(TRAP_OPERATION[operation] * 64 + pair, no);
    }
    // NEXT answers the end for some iterators and an item for others.
    const end = this.emit('RET', { a: SPECIFIER.UNBOUND });
    for (const group of [0, 2, 5]) this.vector(vectorIndex(TRAP_OPERATION.NEXT, group, 0), end);
    const answers = this.pc;
    this.push(intWord(6));
    this.emit('RET', { a: SPECIFIER.STACK });
    const more = this.pc;
    this.control(CSR.HLIM, 30_000);
    this.emit('RET', { a: SPECIFIER.NONE });
    const raises = this.pc;
    this.#raise();
    for (const [cause, number] of Object.entries(SYSTEM_CAUSE)) {
      const address = cause === 'ALLOCATE' ? more : ['STACK', 'RAISE', 'RERAISE'].includes(cause) ? raises : answers;
      this.vector(number, address, cause === 'NAME' ? 4 : 1);
    }
  }

  /** Pushes a TUPLE of as many items as the trapped UNPACK wants, for 0 to 4. */
  #unpack() {
    this.emit('TINS', { d: 1 });
    this.emit('ANDI', { d: 1, a: 1, imm: 127 });
    this.load(2, intWord(0));
    const top = this.pc;
    const test = this.emit('BEQ', { a: 2, b: 1, offset: 0 });
    this.load(SPECIFIER.STACK, intWord(60));
    this.emit('ADDI', { d: 2, a: 2, imm: 1 });
    this.emit('JMP', { target: top });
    this.patch(test, 'BEQ', { a: 2, b: 1, offset: this.pc - test });
    // BTUP has its count in the instruction: one for each.
    const ends = [];
    for (let count = 0; count <= 4; count++) {
      const skip = this.emit('BNEQ', { a: 2, b: SPECIFIER.ZERO + count, offset: 0 });
      this.emit('BTUP', { d: SPECIFIER.STACK, k: count });
      ends.push(this.emit('JMP', { target: 0 }));
      this.patch(skip, 'BNEQ', { a: 2, b: SPECIFIER.ZERO + count, offset: this.pc - skip });
    }
    for (const pc of ends) this.patch(pc, 'JMP', { target: this.pc });
  }

  /** Unwinds to the handler in force where the trap was. */
  #raise() {
    const S = SPECIFIER.STACK;
    this.emit('RSRD', { d: S, a: SPECIFIER.ZERO });
    this.emit('EXT', { d: S, a: S, imm: encodeBitfield(28, 16) });
    this.emit('UNW', { a: SPECIFIER.ZERO, b: SPECIFIER.TRUE, d: S });
  }

  /** The image; execution begins at `main`. */
  image() {
    // The program ends unless its last case did.
    this.emit('HALT', { imm: 0, a: SPECIFIER.NONE });
    const tagRows = Array(32).fill(0);
    tagRows[TAG.INT & 31] = INT_ROW;
    tagRows[TAG.BOOL & 31] = INT_ROW;
    return {
      version: ISA_VERSION,
      code: Uint32Array.from(this.#code),
      entry: this.labels.main,
      entryFrame: FRAME,
      data: [...this.#data].map(([address, w]) => ({ ...w, address })).sort((x, y) => x.address - y.address),
      globals: this.#constants,
      dispatch: dispatchOf(this.heap),
      vectors: [...this.#vectors.values()],
      tagRows,
      heapBase: HEAP_BASE,
      interruptVectors: Array(INTERRUPT_LINES).fill(0n),
      debug: { files: [], functions: [], lines: [], globals: [], classes: [], attributes: [] },
    };
  }
}
