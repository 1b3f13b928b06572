/** The values of numeric and string literals, and what CPython finds wrong with them. */

import type { ConstantValue } from './nodes.js';
import { unicodeByName } from './unicode-names.js';

/** A string literal cut into prefix and content. */
export interface StringLiteral {
  /** The prefix in lower case. */
  prefix: string;
  isBytes: boolean;
  isRaw: boolean;
  isFormatted: boolean;
  /** Where the content starts and ends in the text that holds the literal. */
  start: number;
  end: number;
}

/** What CPython says about a literal that it cannot decode. */
export class LiteralError extends Error {}

/** Cuts a string literal that stands at `start`..`end` of a text into its parts. */
export function splitString(text: string, start: number, end: number): StringLiteral {
  let quote = start;
  while (text[quote] !== '"' && text[quote] !== "'") quote++;
  const prefix = text.slice(start, quote).toLowerCase();
  const width = end - quote >= 6 && text.startsWith(text[quote]!.repeat(3), quote) ? 3 : 1;
  return {
    prefix,
    isBytes: prefix.includes('b'),
    isRaw: prefix.includes('r'),
    isFormatted: prefix.includes('f'),
    start: quote + width,
    end: end - width,
  };
}

const SIMPLE_ESCAPES: Record<string, string> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const OCTAL = /[0-7]{1,3}/y;
const HEX = /[0-9a-fA-F]*/y;
const HEX_DIGITS: Record<string, number> = { x: 2, u: 4, U: 8 };

/**
 * Decodes the escapes of a string.
 *
 * @throws {LiteralError} with CPython's message
 */
export function decodeString(content: string): string {
  let at = content.indexOf('\\');
  if (at < 0) return content;
  let out = content.slice(0, at);
  // CPython decodes a buffer in which every character beyond ASCII takes ten bytes; its messages count those.
  let bytes = bufferLength(out);
  while (at < content.length) {
    const char = content[at]!;
    if (char !== '\\') {
      const stop = content.indexOf('\\', at);
      const plain = content.slice(at, stop < 0 ? content.length : stop);
      out += plain;
      bytes += bufferLength(plain);
      at += plain.length;
      continue;
    }
    const next = content[at + 1];
    if (next === undefined || next > '\x7f') {
      out += '\\';
      bytes += 6;
      at++;
      continue;
    }
    const decoded = decodeEscape(content, at, next, bytes);
    out += decoded.value;
    bytes += decoded.length;
    at += decoded.length;
  }
  return out;
}

function bufferLength(text: string): number {
  let length = 0;
  for (const char of text) length += char > '\x7f' ? 10 : 1;
  return length;
}

function decodeEscape(content: string, at: number, next: string, bytes: number): { value: string; length: number } {
  const simple = SIMPLE_ESCAPES[next];
  if (simple !== undefined) return { value: simple, length: 2 };
  OCTAL.lastIndex = at + 1;
  const octal = OCTAL.exec(content)?.[0];
  if (octal !== undefined) return { value: String.fromCodePoint(Number.parseInt(octal, 8)), length: 1 + octal.length };
  const digits = HEX_DIGITS[next];
  if (digits !== undefined) return decodeHex(content, at, next, digits, bytes);
  if (next === 'N') return decodeName(content, at, bytes);
  return { value: `\\${next}`, length: 2 };
}

function decodeHex(content: string, at: number, letter: string, digits: number, bytes: number) {
  HEX.lastIndex = at + 2;
  const hex = HEX.exec(content)![0].slice(0, digits);
  const length = 2 + hex.length;
  if (hex.length < digits) throw unicodeError(bytes, length, `truncated \\${letter}${'X'.repeat(digits)} escape`);
  const code = Number.parseInt(hex, 16);
  if (code > 0x10ffff) throw unicodeError(bytes, length, 'illegal Unicode character');
  return { value: String.fromCodePoint(code), length };
}

function decodeName(content: string, at: number, bytes: number): { value: string; length: number } {
  const end = content[at + 2] === '{' ? content.indexOf('}', at + 3) : -1;
  if (end < 0 || end === at + 3) {
    const length = content[at + 2] === '{' ? (end < 0 ? content.length - at : 3) : 2;
    throw unicodeError(bytes, length, 'malformed \\N character escape');
  }
  const value = unicodeByName(content.slice(at + 3, end));
  const length = end + 1 - at;
  if (value === null) throw unicodeError(bytes, length, 'unknown Unicode character name');
  return { value, length };
}

function unicodeError(start: number, length: number, reason: string): LiteralError {
  const where = length === 1 ? `byte 0x5c in position ${start}` : `bytes in position ${start}-${start + length - 1}`;
  return new LiteralError(`(unicode error) 'unicodeescape' codec can't decode ${where}: ${reason}`);
}

/**
 * Decodes the escapes of a bytes literal, whose characters must be ASCII.
 *
 * @throws {LiteralError} with CPython's message
 */
export function decodeBytes(content: string, isRaw = false): Uint8Array {
  const out = new Uint8Array(content.length);
  let length = 0;
  for (let at = 0; at < content.length; ) {
    const char = content[at]!;
    if (char !== '\\' || isRaw) {
      out[length++] = char.charCodeAt(0);
      at++;
      continue;
    }
    const next = content[at + 1] ?? '';
    const simple = SIMPLE_ESCAPES[next];
    OCTAL.lastIndex = at + 1;
    const octal = OCTAL.exec(content)?.[0];
    if (simple !== undefined) {
      if (simple !== '') out[length++] = simple.charCodeAt(0);
      at += 2;
    } else if (octal !== undefined) {
      out[length++] = Number.parseInt(octal, 8);
      at += 1 + octal.length;
    } else if (next === 'x') {
      const hex = content.slice(at + 2, at + 4);
      if (!/^[0-9a-fA-F]{2}$/.test(hex)) throw new LiteralError(`(value error) invalid \\x escape at position ${at}`);
      out[length++] = Number.parseInt(hex, 16);
      at += 4;
    } else {
      out[length++] = 92;
      at++;
    }
  }
  return out.slice(0, length);
}

const MAX_INT_DIGITS = 4300;

/**
 * The value of a numeric literal.
 *
 * @throws {LiteralError} if it is a decimal integer of more digits than CPython converts
 */
export function numberValue(literal: string): ConstantValue {
  const text = literal.replaceAll('_', '');
  if (/^0[xXoObB]/.test(text)) return { type: 'int', value: BigInt(text) };
  if (/[jJ]$/.test(text)) return { type: 'complex', imag: Number(text.slice(0, -1)) };
  if (/[.eE]/.test(text)) return { type: 'float', value: Number(text) };
  if (text.length > MAX_INT_DIGITS) {
    throw new LiteralError(
      `Exceeds the limit (${MAX_INT_DIGITS} digits) for integer string conversion: value has ${text.length} digits; ` +
        'use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to ' +
        'avoid decimal conversion limits.',
    );
  }
  return { type: 'int', value: BigInt(text) };
}
