/**
 * The linker: an assembly program becomes an image.
 *
 * reach (what is linked) -> verify (no function can hurt) -> rows (dispatch table) -> layout (addresses) -> encode ->
 * constants, data, vectors, debug information. Each step is a file beside this one; here they meet.
 */
import {
  ATTR_CLASS,
  ATTR_FIRST,
  ATTR_NAME,
  CLASS,
  checkImage,
  DISPATCH_KIND,
  type DispatchEntry,
  FUNC_FLAG,
  HANDLER,
  type Image,
  ImageError,
  INTERRUPT_LINES,
  ISA_VERSION,
  MEMORY,
  packFields,
  RUNTIME_CELLS,
  TAG,
  tagNumber,
  type VectorEntry,
  type Word,
} from '@pysm/isa';
import { entryFrame } from '../assembly/entry.js';
import type { AsmClass, AsmProgram, ConstantValue } from '../assembly/model.js';
import type { RowEntry } from './attributes.js';
import { encodeAt, FIRST_ADDRESS, functionWord, type LaidOut, layOut, type Resolver } from './code.js';
import { DataRam, GlobalsRam, type WordSource } from './constants.js';
import { debugInfo } from './debug.js';
import { type LinkDiagnostic, Problems } from './problems.js';
import { type Reached, reach } from './reach.js';
import { displaceRows, numberAttributes } from './rows.js';
import { ATTRIBUTE_NAMES, FUNCTION_NAMES, GLOBAL_NAMES, Symbols } from './symbols.js';
import { vectorTable } from './vectors.js';
import { verifyFunction } from './verify.js';

export interface LinkOptions {
  /** Memory sizes of the core, in words, where they are smaller than {@link MEMORY}. */
  readonly memory?: Partial<Pick<typeof MEMORY_SIZES, 'code' | 'data' | 'globals' | 'dispatch'>>;
}
const MEMORY_SIZES: Record<keyof typeof MEMORY, number> = MEMORY;

export type LinkResult = { readonly image: Image } | { readonly diagnostics: readonly LinkDiagnostic[] };

const KIND = {
  slot: DISPATCH_KIND.SLOT,
  'class value': DISPATCH_KIND.CLASS_VALUE,
  'slot else class value': DISPATCH_KIND.SLOT_ELSE_CLASS,
  method: DISPATCH_KIND.METHOD,
  getter: DISPATCH_KIND.GETTER,
  slow: DISPATCH_KIND.SLOW,
  isa: DISPATCH_KIND.ISA,
} as const satisfies Record<RowEntry['kind'], number>;

/** Largest attribute number: twelve bits in instructions and dispatch entries. */
const ATTRIBUTE_MAX = 0xfff;
/** Arity that no call has: of a class without a constructor, or whose constructor is not linked. */
const NOT_CALLABLE = 63;
/** Most words of an instance: CLASS.words has eight bits. */
const INSTANCE_MAX = 255;

interface Rows {
  readonly attributes: ReadonlyMap<string, number>;
  readonly rows: ReadonlyMap<string, number>;
}

/** Numbers the attributes and places the rows of all reached classes. */
function placeRows(reached: Reached, capacity: number, problems: Problems): Rows {
  const uses = new Map<string, number>();
  for (const name of reached.attributes.keys()) {
    if (name !== '__class__' && name !== '__name__') uses.set(name, 0);
  }
  for (const row of reached.rows.values()) for (const name of row.keys()) uses.set(name, (uses.get(name) ?? 0) + 1);
  const attributes = numberAttributes(uses, ATTR_FIRST);
  attributes.set('__class__', ATTR_CLASS);
  attributes.set('__name__', ATTR_NAME);
  if (attributes.size + 1 > ATTRIBUTE_MAX) {
    problems.add(`the program uses ${attributes.size} attribute names and the core has ${ATTRIBUTE_MAX}`);
  }
  const contents = new Map<string, readonly number[]>();
  for (const { name } of reached.classes) {
    const used = [...(reached.rows.get(name)?.keys() ?? [])].map((attribute) => attributes.get(attribute)!);
    contents.set(name, [ATTR_CLASS, ATTR_NAME, ...used]);
  }
  const rows = displaceRows(contents, capacity);
  if (!rows) {
    const entries = [...contents.values()].reduce((sum, row) => sum + row.length, 0);
    problems.add(
      `the classes need ${entries} dispatch entries (attributes of each class, inherited ones included) and the core's ` +
        `table of ${capacity} cannot hold them: use fewer classes, or fewer attribute names in common`,
    );
  }
  return { attributes, rows: rows ?? new Map() };
}

/** Links the program. A program that is wrong or too large gives diagnostics; nothing is thrown for it. */
export function link(program: AsmProgram, options: LinkOptions = {}): LinkResult {
  const memory = { ...MEMORY_SIZES, ...options.memory };
  const problems = new Problems();
  const symbols = new Symbols(program, problems);
  const reached = reach(symbols, program.start, problems);
  for (const fn of reached.functions.values()) verifyFunction(symbols, fn, problems);
  verifyClasses(symbols, reached, problems);
  const { attributes, rows } = placeRows(reached, memory.dispatch, problems);
  if (problems.list.length > 0) return { diagnostics: problems.list };

  const functions = layOut(reached);
  const codeWords = Math.max(FIRST_ADDRESS, ...[...functions.values()].map((fn) => fn.end));
  limit('instructions', codeWords, memory.code, problems);
  if (problems.list.length > 0) return { diagnostics: problems.list };

  const data = new DataRam(RUNTIME_CELLS);
  const ram = new GlobalsRam();
  const descriptors = describeHandlers(functions, data);
  const resolver: Resolver = {
    functions,
    constant: (operand) => ram.constant(operand.value),
    global: (name) => ram.global(name),
    attribute: (name) => attributes.get(name)!,
    handler: (functionName, handler) => descriptors.get(`${functionName} ${handler}`)!,
  };
  const code = new Uint32Array(codeWords);
  for (const placed of functions.values()) {
    placed.code.forEach((instruction, i) => {
      code[placed.start + i] = encodeAt(instruction, placed.start + i, placed, resolver);
    });
  }

  const tagRows = new Array<number>(32).fill(0);
  for (const item of reached.classes) for (const tag of item.tags) tagRows[tagNumber(TAG[tag])] = rows.get(item.name)!;
  const words: WordSource = {
    functionWord: (name) => functionWord(functions.get(name)!),
    classWord: (name) => classWord(symbols, functions, rows, name),
    dispatchIndex: (cls, attribute) =>
      reached.rows.get(cls)?.has(attribute) ? rows.get(cls)! + attributes.get(attribute)! : 0,
    rowOf: (tag) => tagRows[tagNumber(TAG[tag])]!,
  };
  const names = nameTuples(symbols, reached, functions, ram, attributes);
  const globals = ram.cells.map((cell) =>
    data.word(cell.kind === 'constant' ? cell.value : (names.get(cell.name) ?? { type: 'unbound' }), words),
  );
  const dispatch = dispatchTable(reached, attributes, rows, (value) => data.word(value, words));
  limit('constants and globals', globals.length, memory.globals, problems);
  limit('words of data', data.end, memory.data, problems);
  if (problems.list.length > 0) return { diagnostics: problems.list };

  const start = functions.get(program.start)!;
  const image: Image = {
    version: ISA_VERSION,
    code,
    entry: start.entry,
    entryFrame: entryFrame(start.reached.fn),
    data: data.words,
    globals,
    dispatch,
    vectors: vectors(reached, functions),
    tagRows,
    heapBase: data.end,
    interruptVectors: interrupts(functions),
    debug: debugInfo(
      program,
      functions,
      ram.cells.flatMap((cell, index) =>
        cell.kind === 'global' ? [{ ...symbols.globals.get(cell.name)!, index }] : [],
      ),
      reached.classes.map((item) => ({
        name: item.pythonName,
        row: rows.get(item.name)!,
        slots: ['', ...symbols.slots(item.name)],
      })),
      attributeNames(attributes),
    ),
  };
  try {
    checkImage(image);
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    return { diagnostics: [{ message: error.message, path: '' }] };
  }
  return { image };
}

function limit(what: string, needed: number, capacity: number, problems: Problems): void {
  if (needed <= capacity) return;
  problems.add(`the program needs ${needed} ${what} and the core has room for ${capacity}: make it smaller`);
}

function verifyClasses(symbols: Symbols, reached: Reached, problems: Problems): void {
  const owners = new Map<string, AsmClass>();
  for (const item of reached.classes) {
    const words = 1 + symbols.slots(item.name).length;
    if (words > INSTANCE_MAX) {
      problems.add(`instances of ${item.name} have ${words - 1} attributes; the core holds ${INSTANCE_MAX - 1}`);
    }
    for (const tag of item.tags) {
      const other = owners.get(tag);
      if (other) problems.add(`words with the tag ${tag} cannot be of two classes, ${other.name} and ${item.name}`);
      owners.set(tag, item);
    }
  }
  const lines = new Map<number, string>();
  for (const { fn } of reached.functions.values()) {
    if (fn.interrupt === undefined) continue;
    const other = lines.get(fn.interrupt);
    if (other) problems.add(`${fn.name} and ${other} both handle interrupt ${fn.interrupt}`);
    if (!Number.isInteger(fn.interrupt) || fn.interrupt < 0 || fn.interrupt >= INTERRUPT_LINES) {
      problems.add(`${fn.name} handles interrupt ${fn.interrupt}; the lines are 0 to ${INTERRUPT_LINES - 1}`);
    }
    lines.set(fn.interrupt, fn.name);
  }
  const start = reached.functions.values().next().value;
  if (start && start.fn.min > 0) problems.add(`${start.fn.name} cannot be the start: it needs arguments`, start);
}

/** Writes the descriptors of all exception handlers; addresses by `function handler`. */
function describeHandlers(functions: ReadonlyMap<string, LaidOut>, data: DataRam): Map<string, number> {
  const addresses = new Map<string, number>();
  let next = data.end;
  for (const { reached } of functions.values()) {
    for (const handler of reached.fn.handlers) addresses.set(`${reached.fn.name} ${handler.name}`, next++);
  }
  for (const { reached, labels } of functions.values()) {
    for (const { start, end, target, outer } of reached.fn.handlers) {
      data.raw(
        packFields([
          [HANDLER.start, labels.get(start)!],
          [HANDLER.end, labels.get(end)!],
          [HANDLER.target, labels.get(target)!],
          [HANDLER.outer, outer === undefined ? 0 : addresses.get(`${reached.fn.name} ${outer}`)!],
        ]),
      );
    }
  }
  return addresses;
}

/** CLASS word: one for each class, so that identity of words is identity of classes. Without its constructor it cannot be called. */
function classWord(
  symbols: Symbols,
  functions: ReadonlyMap<string, LaidOut>,
  rows: ReadonlyMap<string, number>,
  name: string,
): Word {
  const item = symbols.classes.get(name)!;
  const stub = item.constructor_ === undefined ? undefined : functions.get(item.constructor_);
  const fn = stub?.reached.fn;
  return {
    tag: TAG.CLASS,
    payload: packFields([
      [CLASS.entry, stub?.entry ?? 0],
      [CLASS.min, fn?.min ?? NOT_CALLABLE],
      [CLASS.max, fn?.parameters.length ?? NOT_CALLABLE],
      [CLASS.frame, fn ? entryFrame(fn) : 0],
      // Stubs are the runtime's own, whatever module the class is of.
      [CLASS.flags, stub?.reached.module.runtime ? FUNC_FLAG.RUNTIME : 0],
      [CLASS.row, rows.get(name)!],
      [CLASS.words, 1 + symbols.slots(name).length],
    ]),
  };
}

function dispatchTable(
  reached: Reached,
  attributes: ReadonlyMap<string, number>,
  rows: ReadonlyMap<string, number>,
  wordOf: (value: ConstantValue) => Word,
): DispatchEntry[] {
  const table: DispatchEntry[] = [];
  for (const { name, pythonName } of reached.classes) {
    const row = rows.get(name)!;
    const add = (attribute: number, kind: number, slot: number, value: ConstantValue): void => {
      table.push({ index: row + attribute, attribute, kind, slot, value: wordOf(value) });
    };
    add(ATTR_CLASS, DISPATCH_KIND.CLASS_VALUE, 0, { type: 'class', name });
    add(ATTR_NAME, DISPATCH_KIND.CLASS_VALUE, 0, { type: 'str', value: pythonName });
    for (const [attribute, entry] of reached.rows.get(name) ?? []) {
      add(attributes.get(attribute)!, KIND[entry.kind], entry.slot, entry.value);
    }
  }
  return table.sort((x, y) => x.index - y.index);
}

function vectors(reached: Reached, functions: ReadonlyMap<string, LaidOut>): VectorEntry[] {
  return [...vectorTable(reached.handlers, reached.functions)]
    .map(([index, name]): VectorEntry => ({ index, ...functions.get(name)!.vector }))
    .sort((x, y) => x.index - y.index);
}

function interrupts(functions: ReadonlyMap<string, LaidOut>): bigint[] {
  const lines = new Array<bigint>(INTERRUPT_LINES).fill(0n);
  for (const placed of functions.values()) {
    const { interrupt } = placed.reached.fn;
    if (interrupt !== undefined) lines[interrupt] = functionWord(placed).payload;
  }
  return lines;
}

/** Attribute names by number. */
function attributeNames(attributes: ReadonlyMap<string, number>): string[] {
  const names = new Array<string>(Math.max(...attributes.values()) + 1).fill('');
  for (const [name, number] of attributes) names[number] = name;
  return names;
}

/** Initial values of the globals that hold names, where the program reads them. */
function nameTuples(
  symbols: Symbols,
  reached: Reached,
  functions: ReadonlyMap<string, LaidOut>,
  ram: GlobalsRam,
  attributes: ReadonlyMap<string, number>,
): Map<string, ConstantValue> {
  const text = (value: string | undefined): ConstantValue =>
    value === undefined ? { type: 'none' } : { type: 'str', value };
  const tuples = new Map<string, ConstantValue>();
  for (const cell of [...ram.cells]) {
    if (cell.kind !== 'global') continue;
    if (cell.name === GLOBAL_NAMES) {
      const items = ram.cells.map((c) =>
        text(c.kind === 'global' && reached.loadedGlobals.has(c.name) ? symbols.globals.get(c.name)!.name : undefined),
      );
      tuples.set(cell.name, { type: 'tuple', items });
    } else if (cell.name === ATTRIBUTE_NAMES) {
      const items = attributeNames(attributes).map((name) => text(reached.attributes.get(name) ? name : undefined));
      tuples.set(cell.name, { type: 'tuple', items });
    } else if (cell.name === FUNCTION_NAMES) {
      // Functions are numbered in the order of the map.
      const items = [...functions.values()].map(({ reached: { fn } }) =>
        fn.runtime ? text(undefined) : { type: 'tuple' as const, items: [fn.qualname, ...fn.parameters].map(text) },
      );
      tuples.set(cell.name, { type: 'tuple', items });
    }
  }
  return tuples;
}
