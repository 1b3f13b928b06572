/** An image as text: code by function with names and labels, then the tables. For people, and for tests to read. */
import {
  type DebugFunction,
  DISPATCH_KIND,
  decode,
  decodeBitfield,
  floatOf,
  getField,
  type Image,
  isTraced,
  type Operand,
  REF,
  SPECIFIER,
  SPECIFIER_NAME,
  STR_WIDE_BIT,
  SYSTEM_CAUSE,
  str7Of,
  TAG,
  TAG_GROUP,
  TAG_NAME,
  TRAP_OPERATION,
  tagNumber,
  type Word,
} from '@pysm/isa';
import { csrText, nameText, variantName } from './assembly/notation.js';
import { localText } from './assembly/print.js';

export interface DisassembleOptions {
  /** Source text by path, to show each line above its code. */
  readonly source?: (path: string) => readonly string[] | undefined;
}

const nameByValue = (table: Readonly<Record<string, number>>): ReadonlyMap<number, string> =>
  new Map(Object.entries(table).map(([name, value]) => [value, name]));
const OPERATION_NAME = nameByValue(TRAP_OPERATION);
const CAUSE_NAME = nameByValue(SYSTEM_CAUSE);
const GROUP_NAME = nameByValue(TAG_GROUP);
const KIND_NAME = nameByValue(DISPATCH_KIND);
const TAG_BY_NUMBER: ReadonlyMap<number, string> = new Map([...TAG_NAME].map(([tag, name]) => [tagNumber(tag), name]));

/** Names of an image's parts, gathered once. */
class Names {
  readonly #functions: readonly DebugFunction[];
  readonly #globals: ReadonlyMap<number, string>;
  readonly labels = new Set<number>();

  constructor(readonly image: Image) {
    this.#functions = [...image.debug.functions].sort((x, y) => x.start - y.start);
    this.#globals = new Map(image.debug.globals.map((g) => [g.index, `@${g.module}.${g.name}`]));
    image.code.forEach((word, pc) => {
      const target = this.branchTarget(word, pc);
      if (target !== undefined) this.labels.add(target);
    });
  }

  /** Target of a branch or jump, else undefined. */
  branchTarget(word: number, pc: number): number | undefined {
    const decoded = decode(word);
    const label = decoded?.instruction.operands.find((operand) => operand.kind === 'label');
    if (!decoded || !label) return undefined;
    const value = decoded.fields[label.field]!;
    return decoded.instruction.format === 'B' ? pc + value : value;
  }

  functionAt(pc: number): DebugFunction | undefined {
    return this.#functions.find((f) => pc >= f.start && pc < f.end);
  }

  /** `name`, or `name-2` for an entry two instructions before the full one. */
  entry(pc: number): string {
    const fn = this.functionAt(pc);
    if (!fn) return String(pc);
    const early = fn.entry - pc;
    return early === 0 ? nameText(fn.name) : `${nameText(fn.name)}${early > 0 ? `-${early}` : `+${-early}`}`;
  }

  global(index: number): string {
    return this.#globals.get(index) ?? `@${index}`;
  }

  attribute(number: number): string {
    return `.${this.image.debug.attributes[number] || `#${number}`}`;
  }
}

/** What an image read from a file may hold where a code point belongs. */
const CODE_POINT_MAX = 0x10ffff;
const REPLACEMENT = '\ufffd';
/** Tuples in tuples that are shown. */
const DEPTH_MAX = 8;

/** Contents of a tuple in the image's data. */
function itemsOf(word: Word, image: Image): Word[] {
  const first = getField(word.payload, REF.address) + 1;
  const end = first + getField(word.payload, REF.length);
  return image.data.filter(({ address }) => address >= first && address < end);
}

/** Text of a string in the image's data. */
function stringOf(word: Word, image: Image): string {
  const field = getField(word.payload, REF.length);
  const wide = getField(word.payload, [STR_WIDE_BIT, 1]) === 1;
  const length = wide ? field - 2 ** (STR_WIDE_BIT - REF.length[0]) : field;
  const width = wide ? 32 : 8;
  const perWord = 64 / width;
  const first = getField(word.payload, REF.address) + 1;
  const words = image.data.filter(({ address }) => address >= first && address < first + Math.ceil(length / perWord));
  let text = '';
  // A damaged length is no reason to read on beyond the data there is.
  for (let i = 0; i < Math.min(length, words.length * perWord); i++) {
    const { payload } = words[Math.floor(i / perWord)]!;
    const point = getField(payload, [(i % perWord) * width, width]);
    text += point > CODE_POINT_MAX ? REPLACEMENT : String.fromCodePoint(point);
  }
  return text;
}

/** A word for people. */
export function wordText(word: Word, image: Image, depth = 0): string {
  const name = TAG_NAME.get(word.tag) ?? `tag 0x${word.tag.toString(16)}`;
  switch (word.tag) {
    case TAG.UNBOUND:
      return 'UNBOUND';
    case TAG.NONE:
      return 'None';
    case TAG.BOOL:
      return word.payload ? 'True' : 'False';
    case TAG.INT:
      return String(word.payload);
    case TAG.FLOAT:
      return `FLOAT ${floatOf(word.payload)}`;
    case TAG.STR7:
      return JSON.stringify(str7Of(word.payload));
    case TAG.FUNC:
    case TAG.CLASS: {
      const entry = getField(word.payload, [0, 16]);
      const fn = image.debug.functions.find((f) => f.entry === entry);
      const row = getField(word.payload, [40, 16]);
      const shown = image.debug.classes.find((c) => c.row === row)?.name;
      return word.tag === TAG.FUNC ? `func ${fn?.name ?? entry}` : `class ${shown ?? row}`;
    }
    case TAG.STR:
      return JSON.stringify(stringOf(word, image));
    case TAG.TUPLE: {
      if (depth >= DEPTH_MAX) return '(...)';
      const items = itemsOf(word, image).map((item) => wordText(item, image, depth + 1));
      return `(${items.join(', ')}${items.length === 1 ? ',' : ''})`;
    }
    default:
      if (!isTraced(word.tag)) return `${name} 0x${BigInt.asUintN(64, word.payload).toString(16)}`;
      return `${name} at ${getField(word.payload, REF.address)}, row ${getField(word.payload, REF.row)}`;
  }
}

function specifierText(value: number, kind: Operand['kind'], fn: DebugFunction | undefined): string {
  if (value <= SPECIFIER.LOCAL_MAX) {
    return localText(
      (fn?.locals ?? []).map((local) => local.name),
      value,
    );
  }
  if (value === SPECIFIER.ENVIRONMENT) return kind === 'destination' ? '_' : 'ENV';
  return SPECIFIER_NAME.get(value) ?? `#${value}`;
}

function operandValue(operand: Operand, value: number, pc: number, mnemonic: string, names: Names): string {
  switch (operand.kind) {
    case 'source':
    case 'destination':
    case 'local':
    case 'local-group':
      return specifierText(value, operand.kind, names.functionAt(pc));
    case 'function':
      return names.entry(value);
    case 'global':
      return names.global(value);
    case 'constant':
      return names.image.globals[value] ? wordText(names.image.globals[value], names.image) : `#${value}`;
    case 'attribute':
      return names.attribute(value);
    case 'tag':
      return TAG_BY_NUMBER.get(value) ?? `#${value}`;
    case 'csr':
      return csrText(value);
    case 'bitfield': {
      const { low, width } = decodeBitfield(value);
      return `${low}:${width}`;
    }
    case 'unsigned':
      return mnemonic === 'LDW8' || mnemonic === 'STW8' ? `%${value}` : String(value);
    default:
      return String(value);
  }
}

/** One instruction word as assembly; `.word 0x..` where it is none. */
export function disassembleWord(word: number, pc: number, names: Names): string {
  const decoded = decode(word);
  if (!decoded) return `.word 0x${word.toString(16).padStart(8, '0')}`;
  const { instruction, fields } = decoded;
  const { mnemonic } = instruction;
  const target = names.branchTarget(word, pc);
  const list: string[] = [];
  for (const operand of instruction.operands) {
    const value = fields[operand.field]!;
    if (operand.kind === 'label') list.push(`L${target}`);
    else if (operand.kind === 'drop') list.push(...(value ? ['drop'] : []));
    else if (operand.kind === 'clear') list.push(`clear ${value}`);
    else list.push(operandValue(operand, value, pc, mnemonic, names));
  }
  const variant = fields['variant'] ?? 0;
  const suffix = variant === 0 ? '' : `.${variant === 1 ? variantName(mnemonic) : variant}`;
  return `${mnemonic}${suffix} ${list.join(',')}`.trimEnd();
}

/** Disassembles single words of an image: a function of the word and its address. */
export function instructionPrinter(image: Image): (word: number, pc: number) => string {
  const names = new Names(image);
  return (word, pc) => disassembleWord(word, pc, names);
}

function codeLines(names: Names, options: DisassembleOptions): string[] {
  const { code, debug } = names.image;
  const out: string[] = [];
  let shown = '';
  let nextLine = 0;
  code.forEach((word, pc) => {
    const fn = names.functionAt(pc);
    if (fn?.start === pc) {
      const list = (parameter: boolean) =>
        fn.locals.filter((l) => l.parameter === parameter).map((l) => nameText(l.name));
      out.push(
        '',
        `func ${nameText(fn.name)}(${[list(true).join(' '), ...(list(false).length > 0 ? [list(false).join(' ')] : [])].join(' | ')})`,
      );
      shown = '';
    }
    while (nextLine < debug.lines.length && debug.lines[nextLine]!.pc <= pc) {
      const { file, range } = debug.lines[nextLine++]!;
      const path = debug.files[file]?.path ?? '';
      const text = options.source?.(path)?.[range.line - 1];
      const place = `; ${path}:${range.line}`;
      if (text !== undefined && place !== shown) out.push(`${place}  ${text.trim()}`);
      shown = place;
    }
    if (names.labels.has(pc)) out.push(`L${pc}:`);
    const hex = word.toString(16).padStart(8, '0');
    out.push(`  ${String(pc).padStart(5)}  ${hex}  ${disassembleWord(word, pc, names)}`);
  });
  return out;
}

function tableLines(image: Image, names: Names): string[] {
  const out: string[] = [];
  const section = (title: string, lines: readonly string[]): void => {
    if (lines.length > 0) out.push('', `; ${title}`, ...lines.map((line) => `;   ${line}`));
  };
  const owners = new Map(image.debug.classes.map((c) => [c.row, c.name]));
  section(
    'constants and globals',
    image.globals.map((word, i) => {
      const name = names.global(i);
      return `${String(i).padStart(4)}  ${name === `@${i}` ? '' : `${name} = `}${wordText(word, image)}`;
    }),
  );
  section(
    'dispatch table',
    image.dispatch.map((entry) => {
      const owner = owners.get(entry.index - entry.attribute) ?? `row ${entry.index - entry.attribute}`;
      const kind = KIND_NAME.get(entry.kind) ?? String(entry.kind);
      const slot = entry.slot > 0 ? ` slot ${entry.slot}` : '';
      const attribute = names.attribute(entry.attribute);
      return `${String(entry.index).padStart(4)}  ${owner}${attribute} ${kind}${slot} ${wordText(entry.value, image)}`;
    }),
  );
  section(
    'trap vectors',
    image.vectors.map(({ index, address, clear }) => {
      const operation = OPERATION_NAME.get(index >> 6) ?? String(index >> 6);
      const groups = `${GROUP_NAME.get((index >> 3) & 7)} ${GROUP_NAME.get(index & 7)}`;
      const what = operation === 'SYSTEM' ? (CAUSE_NAME.get(index & 63) ?? String(index & 63)) : groups;
      return `${String(index).padStart(4)}  ${operation} ${what}: ${names.entry(address)}${clear > 0 ? ` clear ${clear}` : ''}`;
    }),
  );
  section(
    'interrupts',
    image.interruptVectors.flatMap((payload, line) =>
      payload === 0n ? [] : [`${line}  ${wordText({ tag: TAG.FUNC, payload }, image)}`],
    ),
  );
  section(
    'data',
    image.data.map((word) => `${String(word.address).padStart(5)}  ${wordText(word, image)}`),
  );
  return out;
}

/** The whole image as text. */
export function disassemble(image: Image, options: DisassembleOptions = {}): string {
  const names = new Names(image);
  const head = [
    `; PySM image, instruction set ${image.version}`,
    `; entry ${image.entry} (${names.entry(image.entry)}), frame of ${image.entryFrame}, heap from ${image.heapBase}`,
  ];
  return `${[...head, ...codeLines(names, options), ...tableLines(image, names)].join('\n')}\n`;
}
