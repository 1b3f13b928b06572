/** Decodes source files: byte order marks and the coding comments of PEP 263. */

import type { SyntaxProblem } from './index.js';

/** A comment that declares an encoding, in one of the first two lines. */
const CODING_COMMENT = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

/** Decodes a source file: UTF-8, or what a byte order mark or coding comment declares. */
export function decodeSource(bytes: Uint8Array): { text: string } | { problem: SyntaxProblem } {
  const nul = bytes.indexOf(0);
  if (nul >= 0) return problem('source code cannot contain null bytes', bytes, nul);
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const content = hasMark ? bytes.subarray(3) : bytes;
  const declared = declaredEncoding(content);
  const encoding = declared === null ? 'utf-8' : normalizeEncoding(declared);
  // CPython knows no other spelling than `utf-8` here.
  const contradictsMark = declared !== null && !/^utf[-_]8(?:[-_]|$)/i.test(declared);
  if (hasMark && contradictsMark) return problem(`encoding problem: ${declared} with BOM`, bytes, 0);
  if (encoding === 'iso-8859-1') return { text: Array.from(content, (byte) => String.fromCharCode(byte)).join('') };
  if (encoding === 'ascii') {
    const at = content.findIndex((byte) => byte > 127);
    if (at >= 0) {
      const shown = content[at]!.toString(16);
      const message = `'ascii' codec can't decode byte 0x${shown} in position ${at}: ordinal not in range(128)`;
      return problem(`(unicode error) ${message}`, content, at);
    }
  }
  if (encoding === 'windows-1252') return decodeCp1252(content, declared!);
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(encoding === 'ascii' ? 'utf-8' : encoding, { fatal: true, ignoreBOM: true });
  } catch {
    return problem(`unknown encoding: ${declared}`, bytes, 0);
  }
  try {
    return { text: decoder.decode(content) };
  } catch {
    if (encoding !== 'utf-8') return problem(`encoding problem: ${declared}`, bytes, 0);
    const { offset, reason } = invalidUtf8(content);
    const shown = content[offset]!.toString(16).padStart(2, '0');
    const message = `'utf-8' codec can't decode byte 0x${shown} in position ${offset}: ${reason}`;
    return problem(`(unicode error) ${message}`, content, offset);
  }
}

/** What the bytes from 0x80 to 0x9f are in Windows code page 1252; a blank is no character. */
const CP1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** Decodes code page 1252, which some versions of `TextDecoder` take for Latin-1. */
function decodeCp1252(bytes: Uint8Array, declared: string): { text: string } | { problem: SyntaxProblem } {
  let text = '';
  for (const byte of bytes) {
    const char = byte >= 0x80 && byte < 0xa0 ? CP1252[byte - 0x80]! : String.fromCharCode(byte);
    if (char === ' ' && byte !== 32) return problem(`encoding problem: ${declared}`, bytes, 0);
    text += char;
  }
  return { text };
}

/** The encoding that a comment in the first two lines names; the second line counts only after a blank first one. */
function declaredEncoding(bytes: Uint8Array): string | null {
  let start = 0;
  for (let line = 0; line < 2; line++) {
    let end = start;
    while (end < bytes.length && bytes[end] !== 10 && bytes[end] !== 13) end++;
    const text = String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 1000)));
    const match = CODING_COMMENT.exec(text);
    if (match !== null) return match[1]!;
    if (!/^[ \t\f]*(?:#.*)?$/.test(text)) return null;
    start = bytes[end] === 13 && bytes[end + 1] === 10 ? end + 2 : end + 1;
  }
  return null;
}

/** The name under which `TextDecoder` knows an encoding. */
function normalizeEncoding(name: string): string {
  const plain = name.toLowerCase().replaceAll('_', '-');
  if (/^utf-?8(?:-|$)/.test(plain)) return 'utf-8';
  if (/^(?:latin-?1|iso-?8859-?1|iso-latin-1|l1|8859|cp819)(?:-|$)/.test(plain)) return 'iso-8859-1';
  if (/^(?:us-)?ascii$|^646$/.test(plain)) return 'ascii';
  const iso = /^(?:iso-?)?8859-?(\d+)$/.exec(plain);
  if (iso !== null) return `iso-8859-${iso[1]}`;
  const codePage = /^(?:cp|windows-?)(125\d|874)$/.exec(plain);
  if (codePage !== null) return `windows-${codePage[1]}`;
  return plain === 'cp866' ? 'ibm866' : plain;
}

/** Where UTF-8 breaks, and what Python calls it. */
function invalidUtf8(bytes: Uint8Array): { offset: number; reason: string } {
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at]!;
    const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length === 0) return { offset: at, reason: 'invalid start byte' };
    for (let i = 1; i < length; i++) {
      const next = bytes[at + i];
      if (next === undefined) return { offset: at, reason: 'unexpected end of data' };
      const low = i > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
      const high = i > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
      if (next < low || next > high) return { offset: at, reason: 'invalid continuation byte' };
    }
    at += length;
  }
  return { offset: 0, reason: 'invalid data' };
}

function problem(message: string, bytes: Uint8Array, offset: number): { problem: SyntaxProblem } {
  let lineno = 1;
  let lineStart = 0;
  for (let i = 0; i < offset; i++) {
    if (bytes[i] !== 10 && !(bytes[i] === 13 && bytes[i + 1] !== 10)) continue;
    lineno++;
    lineStart = i + 1;
  }
  const col_offset = offset - lineStart;
  const at = { lineno, col_offset, end_lineno: lineno, end_col_offset: col_offset + 1 };
  return { problem: { message, kind: 'SyntaxError', ...at } };
}
