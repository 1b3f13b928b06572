/** Values of a halted program as Python writes them, with their parts. Reads the target's memories and never writes. */
import {
  CLASS,
  FUNC,
  floatOf,
  getField,
  HDR,
  LIST,
  MEMORY,
  REF,
  STR_WIDE_BIT,
  str7Of,
  TAG,
  TAG_NAME,
  type Word,
} from '@pysm/isa';
import type { MemorySpace, Target } from '@pysm/simulator';
import { pythonFloatRepr, pythonStringRepr } from './repr.js';
import type { Symbols } from './symbols.js';

/** Where a word lives. */
export interface Location {
  readonly space: MemorySpace;
  readonly address: number;
}

/** A part of a value: a list item, an attribute. */
export interface Child {
  /** As shown: `0`, `x`. */
  readonly name: string;
  /** How an expression reaches it from its parent: `[0]`, `.x`. */
  readonly access: string;
  readonly word: Word;
  /** Undefined where Python does not let it be assigned (tuple items). */
  readonly location: Location | undefined;
}

/** A value as a debugger shows it. */
export interface Shown {
  readonly text: string;
  readonly type: string;
  /** Numbers of parts. */
  readonly indexed: number;
  readonly named: number;
}

/** Items of a sequence that a repr shows, and levels of nesting; the rest is `...`. */
const REPR_ITEMS = 50;
const REPR_DEPTH = 4;
/** Characters of a str that a repr shows. */
const REPR_CHARACTERS = 2000;

/** Lowest bits of a STR reference's length: the highest one says that the characters are wide. */
const STR_LENGTH_MASK = 2 ** (STR_WIDE_BIT - REF.length[0]) - 1;

export class Values {
  readonly #target: Target;
  readonly #symbols: Symbols;

  constructor(target: Target, symbols: Symbols) {
    this.#target = target;
    this.#symbols = symbols;
  }

  /** Text, type and number of parts of a value. */
  async show(word: Word): Promise<Shown> {
    const [text, type, sequence] = [await this.repr(word), await this.typeName(word), await this.#sequence(word)];
    const named = sequence ? 0 : (await this.#slots(word)).length;
    return { text, type, indexed: sequence?.length ?? 0, named };
  }

  /** The value as Python's `repr` writes it; long and deep ones are shortened with `...`. */
  async repr(word: Word, depth = 0): Promise<string> {
    switch (word.tag) {
      case TAG.STR7:
        return pythonStringRepr(str7Of(word.payload));
      case TAG.STR: {
        const text = await this.string(word);
        return text.length > REPR_CHARACTERS
          ? `${pythonStringRepr(text.slice(0, REPR_CHARACTERS))}...`
          : pythonStringRepr(text);
      }
      case TAG.LIST:
      case TAG.TUPLE: {
        const isList = word.tag === TAG.LIST;
        const inner = await this.#items(word, depth);
        return isList ? `[${inner.join(', ')}]` : `(${inner.join(', ')}${inner.length === 1 ? ',' : ''})`;
      }
      case TAG.CELL:
        return this.repr(await this.dereference(word), depth);
      case TAG.OBJ:
      case TAG.OBJX:
        return `<${await this.typeName(word)} object at ${hex(getField(word.payload, REF.address))}>`;
      case TAG.CLOSURE:
      case TAG.BOUND: {
        const [fn] = await this.#words('data', getField(word.payload, REF.address) + 1, 1);
        const kind = word.tag === TAG.BOUND ? 'bound method' : 'function';
        return `<${kind} ${fn ? this.#functionName(fn) : '?'}>`;
      }
      default:
        return this.#immediate(word);
    }
  }

  /** Name of a value's type, as `type(x).__name__`. */
  async typeName(word: Word): Promise<string> {
    switch (word.tag) {
      case TAG.OBJ:
        return this.#symbols.classOfRow(getField(word.payload, REF.row))?.name ?? 'object';
      case TAG.OBJX: {
        const [header] = await this.#words('data', getField(word.payload, REF.address), 1);
        return (header && this.#symbols.classOfRow(getField(header.payload, HDR.row))?.name) ?? 'object';
      }
      case TAG.CELL:
        return this.typeName(await this.dereference(word));
      default:
        return TYPE_NAMES.get(word.tag) ?? 'internal';
    }
  }

  /** Parts of a value. Of a sequence, those from `start` on, at most `count`. */
  async children(word: Word, start = 0, count = Number.MAX_SAFE_INTEGER): Promise<Child[]> {
    const sequence = await this.#sequence(word);
    if (!sequence) return this.#slots(word);
    const words = await this.#words('data', sequence.address + start, Math.min(count, sequence.length - start));
    return words.map((item, i) => ({
      name: String(start + i),
      access: `[${start + i}]`,
      word: item,
      location: word.tag === TAG.LIST ? { space: 'data', address: sequence.address + start + i } : undefined,
    }));
  }

  /** The attribute of an instance that is stored in the instance itself, or of its class where the linker put it there. */
  async attribute(word: Word, name: string): Promise<Word | undefined> {
    const own = (await this.#slots(word)).find((child) => child.name === name);
    if (own) return own.word;
    if (word.tag !== TAG.OBJ && word.tag !== TAG.CLASS) return undefined;
    const number = this.#symbols.attributeNumber(name);
    const row = getField(word.payload, word.tag === TAG.OBJ ? REF.row : CLASS.row);
    if (number < 0) return undefined;
    const entry = this.#symbols.image.dispatch.find((e) => e.index === row + number && e.attribute === number);
    return entry && entry.value.tag !== TAG.UNBOUND ? entry.value : undefined;
  }

  /** Item `index` of a list, tuple or str, counted from the end where negative; undefined outside. */
  async item(word: Word, index: number): Promise<Word | string | undefined> {
    if (word.tag === TAG.STR || word.tag === TAG.STR7) {
      const characters = [...(word.tag === TAG.STR ? await this.string(word) : str7Of(word.payload))];
      return characters.at(index);
    }
    const sequence = await this.#sequence(word);
    if (!sequence) return undefined;
    const position = index < 0 ? index + sequence.length : index;
    if (position < 0 || position >= sequence.length) return undefined;
    return (await this.#words('data', sequence.address + position, 1))[0];
  }

  /** The content of a cell; any other word as it is. */
  async dereference(word: Word): Promise<Word> {
    if (word.tag !== TAG.CELL) return word;
    const [content] = await this.#words('data', getField(word.payload, REF.address) + 1, 1);
    return content && content.tag !== TAG.CELL ? content : { tag: TAG.UNBOUND, payload: 0n };
  }

  async #items(word: Word, depth: number): Promise<string[]> {
    if (depth >= REPR_DEPTH) return ['...'];
    const children = await this.children(word, 0, REPR_ITEMS + 1);
    const texts: string[] = [];
    for (const child of children.slice(0, REPR_ITEMS)) texts.push(await this.repr(child.word, depth + 1));
    if (children.length > REPR_ITEMS) texts.push('...');
    return texts;
  }

  /** First item's address and length of a list or tuple. */
  async #sequence(word: Word): Promise<{ address: number; length: number } | undefined> {
    const address = getField(word.payload, REF.address);
    if (word.tag === TAG.TUPLE) return { address: address + 1, length: getField(word.payload, REF.length) };
    if (word.tag !== TAG.LIST) return undefined;
    const [storage] = await this.#words('data', address + 1, 1);
    if (!storage) return undefined;
    return { address: getField(storage.payload, LIST.address), length: getField(storage.payload, LIST.length) };
  }

  /** Bound attributes of an instance. */
  async #slots(word: Word): Promise<Child[]> {
    if (word.tag !== TAG.OBJ && word.tag !== TAG.OBJX) return [];
    const address = getField(word.payload, REF.address);
    let row = getField(word.payload, REF.row);
    if (word.tag === TAG.OBJX) {
      const [header] = await this.#words('data', address, 1);
      if (!header) return [];
      row = getField(header.payload, HDR.row);
    }
    const slots = this.#symbols.classOfRow(row)?.slots ?? [];
    const words = await this.#words('data', address, slots.length);
    return words.flatMap((slot, i): Child[] => {
      const name = slots[i];
      if (!name || slot.tag === TAG.UNBOUND) return [];
      return [{ name, access: `.${name}`, word: slot, location: { space: 'data', address: address + i } }];
    });
  }

  /** The text of a STR reference, whole. */
  async string(word: Word): Promise<string> {
    const length = getField(word.payload, REF.length);
    const address = getField(word.payload, REF.address);
    const isWide = (length & ~STR_LENGTH_MASK) !== 0;
    const characters = length & STR_LENGTH_MASK;
    const words = await this.#words('data', address + 1, Math.ceil(characters / (isWide ? 2 : 8)));
    let text = '';
    for (let i = 0; i < characters; i++) {
      const payload = BigInt.asUintN(64, words[Math.floor(i / (isWide ? 2 : 8))]?.payload ?? 0n);
      const code = isWide
        ? Number((payload >> BigInt(32 * (i % 2))) & 0xffffffffn)
        : Number((payload >> BigInt(8 * (i % 8))) & 0xffn);
      text += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    }
    return text;
  }

  #functionName(fn: Word): string {
    const entry = getField(fn.payload, FUNC.entry);
    return this.#symbols.functionAt(entry)?.qualname ?? hex(entry);
  }

  #immediate(word: Word): string {
    switch (word.tag) {
      case TAG.UNBOUND:
        return '<unbound>';
      case TAG.NONE:
        return 'None';
      case TAG.NOTIMPLEMENTED:
        return 'NotImplemented';
      case TAG.ELLIPSIS:
        return 'Ellipsis';
      case TAG.BOOL:
        return word.payload === 0n ? 'False' : 'True';
      case TAG.INT:
        return String(BigInt.asIntN(64, word.payload));
      case TAG.FLOAT:
        return pythonFloatRepr(floatOf(word.payload));
      case TAG.FUNC:
        return `<function ${this.#functionName(word)}>`;
      case TAG.CLASS: {
        const row = getField(word.payload, CLASS.row);
        return `<class '${this.#symbols.classOfRow(row)?.name ?? `row ${row}`}'>`;
      }
      case TAG.RAW:
      case TAG.HDR:
        return hex(BigInt.asUintN(64, word.payload));
      default:
        return `<${TYPE_NAMES.get(word.tag) ?? TAG_NAME.get(word.tag) ?? `tag ${hex(word.tag)}`} object at ${hex(getField(word.payload, REF.address))}>`;
    }
  }

  /** Words of a memory; those outside it are left out, so that a wild reference shows as an empty value. */
  async #words(space: MemorySpace, address: number, count: number): Promise<readonly Word[]> {
    const available = Math.min(count, MEMORY[space] - address);
    return available > 0 ? this.#target.read(space, address, available) : [];
  }
}

const hex = (value: number | bigint): string => `0x${value.toString(16).padStart(4, '0')}`;

/** `type(x).__name__` by tag; words that Python never sees are missing. */
const TYPE_NAMES: ReadonlyMap<number, string> = new Map([
  [TAG.UNBOUND, 'unbound'],
  [TAG.NONE, 'NoneType'],
  [TAG.NOTIMPLEMENTED, 'NotImplementedType'],
  [TAG.ELLIPSIS, 'ellipsis'],
  [TAG.BOOL, 'bool'],
  [TAG.INT, 'int'],
  [TAG.BIGINT, 'int'],
  [TAG.FLOAT, 'float'],
  [TAG.STR7, 'str'],
  [TAG.STR, 'str'],
  [TAG.FUNC, 'function'],
  [TAG.CLOSURE, 'function'],
  [TAG.CLASS, 'type'],
  [TAG.TUPLE, 'tuple'],
  [TAG.LIST, 'list'],
  [TAG.BYTES, 'bytes'],
  [TAG.BYTEARRAY, 'bytearray'],
  [TAG.BOUND, 'method'],
  [TAG.GEN, 'generator'],
  [TAG.ITER, 'iterator'],
  [TAG.RANGE, 'range'],
  [TAG.SLICE, 'slice'],
  [TAG.DICT, 'dict'],
  [TAG.SET, 'set'],
]);
