/**
 * The words of assembly text that printer and parser must agree on: names, constants, reserved operands, registers.
 */
import { CSR, INTERRUPT_LINES, IO, SIZE_CLASSES } from '@pysm/isa';
import type { ConstantValue } from './model.js';

/** A name that needs no quotes. Qualified names have dots, and `<locals>` as Python writes it. */
export const PLAIN_NAME = /^[\p{L}_.<][\p{L}\p{N}\p{M}_.<>]*$/u;

/** A name as text: bare where it can be, otherwise a JSON string in which the notation's own signs are escaped. */
export const nameText = (name: string): string =>
  PLAIN_NAME.test(name)
    ? name
    : JSON.stringify(name).replace(/[|(),;{}:]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);

/** The last part of a qualified name. */
export const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** Named sources, beside locals. */
export const NAMED_SOURCES = ['None', 'False', 'True', 'UNBOUND', 'NotImplemented'] as const;
export const STACK_WORD = 'S';
export const DISCARD_WORD = '_';
export const ENVIRONMENT_WORD = 'ENV';
/** Operand words that a local of the same name must give way to (it is then written by its slot, `%3`). */
export const RESERVED_OPERANDS: ReadonlySet<string> = new Set([
  ...NAMED_SOURCES,
  STACK_WORD,
  DISCARD_WORD,
  ENVIRONMENT_WORD,
]);

/** Names of variants, written behind the mnemonic: `ADD.inplace`, `GRES.throw`; others by number. */
export const variantName = (mnemonic: string): string => (mnemonic === 'GRES' ? 'throw' : 'inplace');

/** First register of each array of control registers, with its length. */
const CSR_ARRAYS: Readonly<Record<string, number>> = { FREE: SIZE_CLASSES.length, IVEC: INTERRUPT_LINES, TROW: 32 };

/** A control register as text: `HTOP`, `FREE+3`, or its number where it has no name. */
export function csrText(number: number): string {
  for (const [name, base] of Object.entries(CSR)) {
    const length = CSR_ARRAYS[name] ?? 1;
    if (number === base) return name;
    if (number > base && number < base + length) return `${name}+${number - base}`;
  }
  return String(number);
}

/** The number of `NAME` or `NAME+n` in a table of registers, or undefined. */
export function registerNumber(text: string, table: Readonly<Record<string, number>>): number | undefined {
  const match = /^(\w+)(?:\+(\d+))?$/.exec(text);
  if (!match || !Object.hasOwn(table, match[1]!)) return undefined;
  return table[match[1]!]! + Number(match[2] ?? 0);
}

/** Number of an INT operand: decimal, hexadecimal, or an I/O register as `IO.UART_TX` or `IO.PIN+3`. */
export function integerOf(text: string): number | undefined {
  if (/^-?\d+$/.test(text) || /^0x[0-9a-f]+$/i.test(text)) return Number(text);
  return text.startsWith('IO.') ? registerNumber(text.slice(3), IO) : undefined;
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

export function constantText(value: ConstantValue): string {
  switch (value.type) {
    case 'int':
      return String(value.value);
    case 'float':
      return floatText(value.value);
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'none':
      return 'None';
    case 'unbound':
      return 'UNBOUND';
    case 'str':
      return JSON.stringify(value.value);
    case 'tuple':
      return `(${value.items.map(constantText).join(', ')}${value.items.length === 1 ? ',' : ''})`;
    case 'function':
      return `func ${nameText(value.name)}`;
    case 'class':
      return `class ${nameText(value.name)}`;
    case 'raw':
      return `raw ${value.value}`;
    case 'entry':
      return `entry ${nameText(value.class)} .${nameText(value.attribute)}`;
  }
}

const SIMPLE: Readonly<Record<string, ConstantValue>> = {
  None: { type: 'none' },
  UNBOUND: { type: 'unbound' },
  True: { type: 'bool', value: true },
  False: { type: 'bool', value: false },
};
const FLOAT = /^-?(?:\d+\.\d*(?:e[+-]?\d+)?|\d+e[+-]?\d+|inf|nan)$/i;
const INTEGER = /^(?:-?\d+|0x[0-9a-f]+)$/i;

const floatOfText = (text: string): number => {
  const number = text.toLowerCase();
  if (number.endsWith('inf')) return number.startsWith('-') ? -Infinity : Infinity;
  return Number(number);
};

/** The text's top-level parts between commas; strings and brackets are kept whole. Offsets count from the text's start. */
export function splitAtCommas(text: string): { readonly text: string; readonly offset: number }[] {
  const parts: { text: string; offset: number }[] = [];
  let depth = 0;
  let start = 0;
  const take = (end: number): void => {
    const raw = text.slice(start, end);
    parts.push({ text: raw.trim(), offset: start + (raw.length - raw.trimStart().length) });
    start = end + 1;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') i = stringEnd(text, i);
    else if (c === '(') depth++;
    else if (c === ')') depth--;
    else if (c === ',' && depth === 0) take(i);
  }
  take(text.length);
  return parts;
}

/** Index of the quote that closes the string opened at `start`, or the text's last index where none does. */
export function stringEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
  }
  return text.length - 1;
}

/** The JSON string that `text` is, or undefined. */
export function quoted(text: string): string | undefined {
  if (!text.startsWith('"') || stringEnd(text, 0) !== text.length - 1) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A bare or quoted name, or undefined. */
export const nameOf = (text: string): string | undefined => (PLAIN_NAME.test(text) ? text : quoted(text));

/** Deepest nesting of tuples in a constant's text. */
const NESTING_MAX = 50;

/** The constant that a text denotes; `named` holds the file's `const` names. A string says what is wrong. */
export function parseConstant(
  text: string,
  named: ReadonlyMap<string, ConstantValue> = new Map(),
  depth = 0,
): ConstantValue | string {
  const simple = Object.hasOwn(SIMPLE, text) ? SIMPLE[text] : named.get(text);
  if (simple) return simple;
  if (INTEGER.test(text)) {
    const value = BigInt(text);
    return BigInt.asIntN(64, value) === value ? { type: 'int', value } : `${text} does not fit 64 bits`;
  }
  if (FLOAT.test(text)) return { type: 'float', value: floatOfText(text) };
  if (text.startsWith('"')) {
    const value = quoted(text);
    return value === undefined ? `${text} is not a closed string` : { type: 'str', value };
  }
  if (text.startsWith('(') && text.endsWith(')')) {
    if (depth >= NESTING_MAX) return `tuples are nested more than ${NESTING_MAX} deep`;
    const items: ConstantValue[] = [];
    const parts = splitAtCommas(text.slice(1, -1));
    if (parts.at(-1)?.text === '') parts.pop();
    for (const part of parts) {
      const item = parseConstant(part.text, named, depth + 1);
      if (typeof item === 'string') return item;
      items.push(item);
    }
    return { type: 'tuple', items };
  }
  const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(text) ?? [];
  const name = nameOf(rest);
  if (word === 'func' && name !== undefined) return { type: 'function', name };
  if (word === 'class' && name !== undefined) return { type: 'class', name };
  if (word === 'raw' && INTEGER.test(rest)) return { type: 'raw', value: BigInt.asIntN(64, BigInt(rest)) };
  const [, owner = '', member = ''] = /^(.*?)\s+\.(.*)$/.exec(rest) ?? [];
  const [cls, attribute] = [nameOf(owner), nameOf(member)];
  if (word === 'entry' && cls !== undefined && attribute !== undefined) return { type: 'entry', class: cls, attribute };
  return `${text === '' ? 'nothing' : text} is no constant: write a number, "text", a tuple, None, True, False, func NAME, class NAME, entry CLASS .ATTRIBUTE or raw NUMBER`;
}
