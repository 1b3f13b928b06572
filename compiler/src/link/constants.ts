/**
 * Constants: the globals RAM shared by constants and globals, and the read-only blocks in data RAM that longer strings
 * and tuples are made of.
 *
 * Indices are given out while code is encoded; words are made afterwards, when functions have addresses.
 */
import {
  boolWord,
  type DataWord,
  fitsStr7,
  floatWord,
  HDR,
  intWord,
  NONE_WORD,
  packFields,
  REF,
  STR_WIDE_BIT,
  str7Word,
  TAG,
  UNBOUND_WORD,
  type Word,
} from '@pysm/isa';
import type { ConstantValue } from '../assembly/model.js';

/** What words of functions, classes and references need to know of the linked program. */
export interface WordSource {
  functionWord(name: string): Word;
  classWord(name: string): Word;
  /** Index of an attribute's dispatch entry in the row of a class, 0 where there is none. */
  dispatchIndex(cls: string, attribute: string): number;
  /** Dispatch row of the class of a tag, 0 where the program has none. */
  rowOf(tag: 'STR' | 'TUPLE'): number;
}

/** Text that is the same for equal constants of one type and for no others. */
export function constantKey(value: ConstantValue): string {
  switch (value.type) {
    case 'none':
    case 'unbound':
      return value.type;
    case 'float':
      return `float ${floatWord(value.value).payload}`;
    case 'str':
      return `str ${JSON.stringify(value.value)}`;
    case 'tuple':
      return `(${value.items.map(constantKey).join(',')})`;
    case 'function':
    case 'class':
      return `${value.type} ${JSON.stringify(value.name)}`;
    case 'entry':
      return `entry ${JSON.stringify([value.class, value.attribute])}`;
    default:
      return `${value.type} ${value.value}`;
  }
}

/** Indices in the globals RAM: one for each distinct constant and each global. */
export class GlobalsRam {
  readonly #constants = new Map<string, number>();
  readonly #globals = new Map<string, number>();
  /** Contents by index. */
  readonly cells: (
    | { readonly kind: 'constant'; readonly value: ConstantValue }
    | { readonly kind: 'global'; readonly name: string }
  )[] = [];

  constant(value: ConstantValue): number {
    const key = constantKey(value);
    let index = this.#constants.get(key);
    if (index === undefined) {
      index = this.cells.push({ kind: 'constant', value }) - 1;
      this.#constants.set(key, index);
    }
    return index;
  }

  global(name: string): number {
    let index = this.#globals.get(name);
    if (index === undefined) {
      index = this.cells.push({ kind: 'global', name }) - 1;
      this.#globals.set(name, index);
    }
    return index;
  }
}

const ASCII_PER_WORD = 8;
const WIDE_PER_WORD = 2;

/** Makes words of constants and lays their blocks into data RAM from `base` on. */
export class DataRam {
  readonly words: DataWord[] = [];
  readonly #known = new Map<string, Word>();
  #next: number;

  constructor(base: number) {
    this.#next = base;
  }

  /** First word behind what has been laid out. */
  get end(): number {
    return this.#next;
  }

  /** Takes one word; the address is returned. */
  raw(payload: bigint): number {
    const address = this.#next++;
    this.words.push({ address, tag: TAG.RAW, payload });
    return address;
  }

  word(value: ConstantValue, source: WordSource): Word {
    switch (value.type) {
      case 'int':
        return intWord(value.value);
      case 'float':
        return floatWord(value.value);
      case 'bool':
        return boolWord(value.value);
      case 'none':
        return NONE_WORD;
      case 'unbound':
        return UNBOUND_WORD;
      case 'raw':
        return { tag: TAG.RAW, payload: BigInt.asIntN(64, value.value) };
      case 'function':
        return source.functionWord(value.name);
      case 'class':
        return source.classWord(value.name);
      case 'entry':
        return intWord(source.dispatchIndex(value.class, value.attribute));
      case 'str':
        if (fitsStr7(value.value)) return str7Word(value.value);
        return this.#once(value, () => this.#string(value.value, source.rowOf('STR')));
      case 'tuple':
        return this.#once(value, () => {
          const items = value.items.map((item) => this.word(item, source));
          return this.#block(TAG.TUPLE, source.rowOf('TUPLE'), items.length, items);
        });
    }
  }

  #once(value: ConstantValue, make: () => Word): Word {
    const key = constantKey(value);
    const word = this.#known.get(key) ?? make();
    this.#known.set(key, word);
    return word;
  }

  #string(text: string, row: number): Word {
    const points = Array.from(text, (character) => character.codePointAt(0)!);
    const wide = points.some((point) => point > 0x7f);
    const perWord = wide ? WIDE_PER_WORD : ASCII_PER_WORD;
    const bits = BigInt(64 / perWord);
    const items: Word[] = [];
    for (let i = 0; i < points.length; i += perWord) {
      let payload = 0n;
      points.slice(i, i + perWord).forEach((point, k) => {
        payload |= BigInt(point) << (bits * BigInt(k));
      });
      items.push({ tag: TAG.RAW, payload: BigInt.asIntN(64, payload) });
    }
    return this.#block(TAG.STR, row, points.length, items, wide);
  }

  /** A block with its header; the header's length counts the block's words, itself included. */
  #block(tag: number, row: number, length: number, items: readonly Word[], wide = false): Word {
    const address = this.#next;
    this.#next += 1 + items.length;
    this.words.push({
      address,
      tag: TAG.HDR,
      payload: packFields([
        [HDR.row, row],
        [HDR.length, 1 + items.length],
      ]),
    });
    items.forEach((item, i) => {
      this.words.push({ address: address + 1 + i, ...item });
    });
    const wideBit = wide ? 2 ** (STR_WIDE_BIT - REF.length[0]) : 0;
    return {
      tag,
      payload: packFields([
        [REF.address, address],
        [REF.length, length + wideBit],
        [REF.row, row],
      ]),
    };
  }
}
