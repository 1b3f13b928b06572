/**
 * What every image must satisfy before a loader may write it into a core: contents within the memories, indices within
 * their tables. Reading a file, linking and loading all end in the same check.
 */
import { type DebugInfo, FUNCTION_ROLES, type Image, type SourceRange } from './image.js';
import { DISPATCH_KIND, INTERRUPT_LINES, ISA_VERSION, MEMORY, RUNTIME_CELLS, VECTOR } from './machine.js';
import { CLASS, FUNC, getField, isTraced, REF, TAG, TAG_NAME, type Word } from './words.js';

/** An image that cannot be loaded; the message says what is wrong and what to do. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
}

/** Largest attribute number and instance slot: both have twelve bits in a dispatch entry. */
const FIELD12 = 0xfff;
/** Largest frame in words: `FUNC.frame` has eight bits. */
const FRAME_MAX = 0xff;

const REBUILD = 'Build the image again with this version of PySM.';

const fail = (what: string, advice = REBUILD): never => {
  throw new ImageError(`${what}. ${advice}`);
};

const inRange = (value: unknown, min: number, max: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;

function limit(what: string, words: number, capacity: number): void {
  if (words > capacity) {
    fail(
      `the ${what} takes ${words} words and the core has ${capacity}`,
      'Make the program smaller: import fewer modules, use fewer classes or constants.',
    );
  }
}

/** A word whose tag the core does not know, or whose reference leads outside the memories, is refused. */
function checkWord(word: Word, codeWords: number, where: string): void {
  if (!TAG_NAME.has(word.tag)) fail(`${where} has the unknown tag 0x${word.tag.toString(16)}`);
  if (BigInt.asIntN(64, word.payload) !== word.payload) fail(`${where} has a payload beyond 64 bits`);
  if (isTraced(word.tag) && getField(word.payload, REF.address) >= MEMORY.data) {
    fail(`${where} refers to data word ${getField(word.payload, REF.address)}, beyond the memory`);
  }
  const callable = word.tag === TAG.FUNC ? FUNC : word.tag === TAG.CLASS ? CLASS : undefined;
  if (callable && getField(word.payload, callable.entry) >= codeWords) {
    fail(`${where} is entered at code address ${getField(word.payload, callable.entry)}, outside the code`);
  }
}

function checkMemories(image: Image): void {
  const { code, data, globals, dispatch, vectors } = image;
  limit('code', code.length, MEMORY.code);
  limit('constants and globals', globals.length, MEMORY.globals);
  limit('initialised data', image.heapBase, MEMORY.data);
  limit('dispatch table', dispatch.length, MEMORY.dispatch);
  limit('trap vector table', vectors.length, MEMORY.vectors);
  if (!inRange(image.heapBase, RUNTIME_CELLS, MEMORY.data))
    fail(`the heap cannot start at data word ${image.heapBase}`);
  let last = -1;
  for (const word of data) {
    if (!inRange(word.address, last + 1, image.heapBase - 1)) {
      fail(`data word ${word.address} is out of order or not below the heap at ${image.heapBase}`);
    }
    last = word.address;
    checkWord(word, code.length, `data word ${word.address}`);
  }
  globals.forEach((word, index) => {
    checkWord(word, code.length, `global or constant ${index}`);
  });
}

function checkTables(image: Image): void {
  const used = new Set<number>();
  const kinds: ReadonlySet<number> = new Set(Object.values(DISPATCH_KIND));
  for (const entry of image.dispatch) {
    if (!inRange(entry.index, 0, MEMORY.dispatch - 1)) fail(`dispatch entry ${entry.index} is outside the table`);
    if (used.has(entry.index)) fail(`dispatch entry ${entry.index} is given twice`);
    used.add(entry.index);
    if (!inRange(entry.attribute, 0, FIELD12)) fail(`dispatch entry ${entry.index} has attribute ${entry.attribute}`);
    if (!inRange(entry.slot, 0, FIELD12)) fail(`dispatch entry ${entry.index} has slot ${entry.slot}`);
    if (!kinds.has(entry.kind)) fail(`dispatch entry ${entry.index} has the unknown kind ${entry.kind}`);
    checkWord(entry.value, image.code.length, `dispatch entry ${entry.index}`);
  }
  used.clear();
  for (const vector of image.vectors) {
    if (!inRange(vector.index, 0, MEMORY.vectors - 1)) fail(`trap vector ${vector.index} is outside the table`);
    if (used.has(vector.index)) fail(`trap vector ${vector.index} is given twice`);
    used.add(vector.index);
    if (!inRange(vector.address, 1, image.code.length - 1)) {
      fail(`trap vector ${vector.index} leads to code address ${vector.address}, outside the code`);
    }
    if (!inRange(vector.clear, 0, 2 ** VECTOR.clear[1] - 1)) {
      fail(`trap vector ${vector.index} clears ${vector.clear} words`);
    }
  }
  if (image.tagRows.length !== 32) fail(`there are ${image.tagRows.length} rows of immediates and the core has 32`);
  image.tagRows.forEach((row, tag) => {
    if (!inRange(row, 0, MEMORY.dispatch - 1)) fail(`tag ${tag} has the dispatch row ${row}, outside the table`);
  });
  if (image.interruptVectors.length !== INTERRUPT_LINES) {
    fail(`there are ${image.interruptVectors.length} interrupt vectors and the core has ${INTERRUPT_LINES}`);
  }
  image.interruptVectors.forEach((payload, line) => {
    if (payload !== 0n) checkWord({ tag: TAG.FUNC, payload }, image.code.length, `interrupt vector ${line}`);
  });
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

function isRange(value: unknown): value is SourceRange {
  if (typeof value !== 'object' || value === null) return false;
  const { line, column, endLine, endColumn } = value as Partial<Record<keyof SourceRange, unknown>>;
  const max = Number.MAX_SAFE_INTEGER;
  return inRange(line, 1, max) && inRange(column, 0, max) && inRange(endLine, 1, max) && inRange(endColumn, 0, max);
}

/** Whether every item of a debug table (read from JSON, so of any type) is an object that passes `test`. */
function all(list: unknown, test: (item: Readonly<Record<string, unknown>>) => boolean): boolean {
  return Array.isArray(list) && list.every((item) => typeof item === 'object' && item !== null && test(item));
}
const texts = (list: unknown): boolean => Array.isArray(list) && list.every(isText);

function checkDebug(debug: DebugInfo, codeWords: number): void {
  if (typeof debug !== 'object' || debug === null) fail('the debug information is not an object');
  const files = Array.isArray(debug.files) ? debug.files.length : 0;
  const roles: readonly unknown[] = FUNCTION_ROLES;
  const checks: Record<keyof DebugInfo, () => boolean> = {
    files: () => all(debug.files, (f) => isText(f['path']) && isText(f['module']) && isFlag(f['runtime'])),
    functions: () =>
      all(
        debug.functions,
        (f) =>
          isText(f['name']) &&
          isText(f['qualname']) &&
          inRange(f['file'], -1, files - 1) &&
          inRange(f['start'], 0, codeWords) &&
          inRange(f['entry'], f['start'], codeWords) &&
          inRange(f['end'], f['entry'], codeWords) &&
          inRange(f['frame'], 0, FRAME_MAX) &&
          all(
            f['locals'],
            (l) => isText(l['name']) && inRange(l['slot'], 0, FRAME_MAX - 1) && isFlag(l['parameter']),
          ) &&
          isFlag(f['runtime']) &&
          (f['role'] === undefined || roles.includes(f['role'])) &&
          (f['range'] === undefined || isRange(f['range'])),
      ),
    lines: () => {
      let pc = 0;
      return all(debug.lines, (l) => {
        const ok =
          inRange(l['pc'], pc, codeWords) &&
          inRange(l['file'], 0, files - 1) &&
          isRange(l['range']) &&
          isFlag(l['statement']) &&
          (l['attribute'] === undefined || isRange(l['attribute']));
        pc = Number(l['pc']);
        return ok;
      });
    },
    globals: () =>
      all(debug.globals, (g) => isText(g['name']) && isText(g['module']) && inRange(g['index'], 0, MEMORY.globals - 1)),
    classes: () =>
      all(debug.classes, (c) => isText(c['name']) && inRange(c['row'], 0, MEMORY.dispatch - 1) && texts(c['slots'])),
    attributes: () => texts(debug.attributes),
  };
  for (const [table, check] of Object.entries(checks)) {
    if (!check()) fail(`the debug information's table of ${table} is malformed`);
  }
}

/** Refuses an image that does not fit the core or refers outside itself, with an {@link ImageError}. */
export function checkImage(image: Image): void {
  if (image.version !== ISA_VERSION) {
    fail(`the image is for version ${image.version} of the instruction set and this core has version ${ISA_VERSION}`);
  }
  checkMemories(image);
  if (!inRange(image.entry, 0, image.code.length - 1)) fail(`the entry ${image.entry} is outside the code`);
  if (!inRange(image.entryFrame, 0, FRAME_MAX)) fail(`the entry's frame of ${image.entryFrame} words is too large`);
  checkTables(image);
  checkDebug(image.debug, image.code.length);
}
