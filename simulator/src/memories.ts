/** The core's memories in linear memory: words, dispatch entries, vectors, return entries. Addresses are the core's. */
import { ENTRY_KIND, getField, type Image, MEMORY, RETURN_ENTRY, VECTOR, type Word } from '@pysm/isa';
import { checkWords } from './checks.js';
import { CELL_BYTES, type CoreExports, DISPATCH_BYTES } from './core.js';
import type { MemorySpace, ReturnEntry } from './target.js';

/** Offset of the tag in a cell, and of the value cell in a dispatch entry. */
const TAG_AT = 8;
const VALUE_AT = 16;

/** A return-stack entry of its 64 bits. */
export function unpackReturnEntry(entry: bigint): ReturnEntry {
  const kind = getField(entry, RETURN_ENTRY.kind);
  return {
    pc: getField(entry, RETURN_ENTRY.pc),
    fp: getField(entry, RETURN_ENTRY.fp),
    handler: getField(entry, RETURN_ENTRY.handler),
    kind,
    drop: getField(entry, RETURN_ENTRY.drop) === 1,
    hole: kind !== ENTRY_KIND.BASE && getField(entry, RETURN_ENTRY.hole) === 1,
  };
}

export class Memories {
  readonly #core: CoreExports;

  constructor(core: CoreExports) {
    this.#core = core;
  }

  /** Linear memory never grows after initialize(), so one view would do; a new one costs nothing and cannot be stale. */
  get #view(): DataView {
    return new DataView(this.#core.memory.buffer);
  }

  #base(space: MemorySpace): number {
    const { STACK, DATA, GLOBALS } = this.#core;
    return (space === 'stack' ? STACK : space === 'data' ? DATA : GLOBALS).value as number;
  }

  read(space: MemorySpace, address: number, count: number): Word[] {
    checkWords(space, address, count);
    const base = this.#base(space) + address * CELL_BYTES;
    const view = this.#view;
    return Array.from({ length: count }, (_, i) => ({
      tag: view.getUint8(base + i * CELL_BYTES + TAG_AT),
      payload: view.getBigInt64(base + i * CELL_BYTES, true),
    }));
  }

  write(space: MemorySpace, address: number, word: Word): void {
    checkWords(space, address, 1);
    this.#put(this.#view, this.#base(space) + address * CELL_BYTES, word);
  }

  #put(view: DataView, at: number, word: Word): void {
    view.setBigInt64(at, word.payload, true);
    view.setUint32(at + TAG_AT, word.tag, true);
  }

  /** Code word at `pc`, or 0 beyond the memory. */
  code(pc: number): number {
    return pc < MEMORY.code ? this.#view.getUint32((this.#core.CODE.value as number) + 4 * pc, true) : 0;
  }

  /** Return-stack entries, the top first. */
  returnStack(): ReturnEntry[] {
    const base = this.#core.RETURNS.value as number;
    const view = this.#view;
    return Array.from({ length: this.#core.rsp() }, (_, i, count = this.#core.rsp()) => {
      return unpackReturnEntry(view.getBigInt64(base + 8 * (count - 1 - i), true));
    });
  }

  /** Clears everything that is the machine's state and writes an image, which must have passed checkImage(). */
  load(image: Image): void {
    const core = this.#core;
    const view = this.#view;
    const at = (global: WebAssembly.Global): number => global.value as number;
    new Uint8Array(core.memory.buffer).fill(0, at(core.SAVED), at(core.SAVED_END));
    image.code.forEach((word, pc) => {
      view.setUint32(at(core.CODE) + 4 * pc, word, true);
    });
    for (const word of image.data) this.#put(view, at(core.DATA) + word.address * CELL_BYTES, word);
    image.globals.forEach((word, index) => {
      this.#put(view, at(core.GLOBALS) + index * CELL_BYTES, word);
    });
    for (const entry of image.dispatch) {
      const base = at(core.DISPATCH) + entry.index * DISPATCH_BYTES;
      view.setUint32(base, entry.attribute, true);
      view.setUint32(base + 4, entry.kind, true);
      view.setUint32(base + 8, entry.slot, true);
      this.#put(view, base + VALUE_AT, entry.value);
    }
    for (const vector of image.vectors) {
      const bits = (vector.address << VECTOR.address[0]) | (vector.clear << VECTOR.clear[0]);
      view.setUint32(at(core.VECTORS) + 4 * vector.index, bits, true);
    }
    image.tagRows.forEach((row, tag) => {
      view.setUint32(at(core.TROW) + 4 * tag, row, true);
    });
    image.interruptVectors.forEach((func, line) => {
      view.setBigInt64(at(core.IVEC) + 8 * line, BigInt.asIntN(64, func), true);
    });
  }
}
