/** Python's `repr` of plain values. */

import { isPrintable } from './printable.js';

const NAMED: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The quote that Python chooses: single, unless only single ones occur in the text. */
function quoteFor(text: string): string {
  return text.includes("'") && !text.includes('"') ? '"' : "'";
}

/** `repr` of a `str`. */
export function reprString(text: string): string {
  const quote = quoteFor(text);
  if (/^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/.test(text)) return quote + text + quote;
  let out = quote;
  for (const char of text) {
    if (char === quote) out += `\\${char}`;
    else if (NAMED[char] !== undefined) out += NAMED[char];
    else if (!isPrintable(char)) {
      const code = char.codePointAt(0)!;
      const hex = code.toString(16);
      if (code < 0x100) out += `\\x${hex.padStart(2, '0')}`;
      else if (code < 0x10000) out += `\\u${hex.padStart(4, '0')}`;
      else out += `\\U${hex.padStart(8, '0')}`;
    } else out += char;
  }
  return out + quote;
}

/** `repr` of a `bytes`. */
export function reprBytes(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const quote = quoteFor(text);
  let out = `b${quote}`;
  for (const char of text) {
    if (char === quote) out += `\\${char}`;
    else if (NAMED[char] !== undefined) out += NAMED[char];
    else if (char < ' ' || char > '~') out += `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
    else out += char;
  }
  return out + quote;
}

/** `repr` of a `float`. */
export function reprFloat(value: number): string {
  const text = digits(value);
  return /[.en]/.test(text) ? text : `${text}.0`;
}

/** `repr` of a `complex` whose real part is zero. */
export function reprComplex(imag: number): string {
  return `${digits(imag)}j`;
}

/** The shortest digits that give the number back, in Python's form: an exponent from 1e16 and below 1e-4. */
function digits(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0';
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (power >= -4 && power < 16) {
    const sign = mantissa.startsWith('-') ? '-' : '';
    const figures = mantissa.replace('-', '').replace('.', '');
    if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${figures}`;
    if (figures.length <= power + 1) return sign + figures.padEnd(power + 1, '0');
    return `${sign}${figures.slice(0, power + 1)}.${figures.slice(power + 1)}`;
  }
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
