/** Where a numeric literal ends, and what is wrong with it. */

/** The end of a number, or an error with the offset that CPython's column derives from. */
export type NumberScan = { end: number } | { message: string; at: number };

const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const isHexDigit = (c: number): boolean => isDigit(c) || (c >= 97 && c <= 102) || (c >= 65 && c <= 70);
const isWordChar = (c: number): boolean =>
  isDigit(c) || (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95 || c >= 128;

/** Keywords that may follow a number without a blank (`1if x else 2`). */
const FOLLOWERS = ['and', 'else', 'for', 'if', 'in', 'is', 'or', 'not'];

/**
 * Scans the number that starts at `start`, which must be a digit or a dot before a digit.
 *
 * @returns its end, or CPython's message; `at` is one past the character that CPython's column names
 */
export function scanNumber(text: string, start: number): NumberScan {
  const first = text.charCodeAt(start);
  if (first === 48) {
    const prefix = text.charCodeAt(start + 1) | 32;
    if (prefix === 120) return scanPrefixed(text, start + 2, 'hexadecimal', isHexDigit);
    if (prefix === 111) return scanPrefixed(text, start + 2, 'octal', (c) => c >= 48 && c < 56);
    if (prefix === 98) return scanPrefixed(text, start + 2, 'binary', (c) => c === 48 || c === 49);
  }
  let at = start;
  let zerosEnd = -1;
  if (first !== 46) {
    if (first === 48) {
      while (text.charCodeAt(at) === 48 || (text.charCodeAt(at) === 95 && isDigit(text.charCodeAt(at + 1)))) at++;
      zerosEnd = at;
    }
    const nonzero = zerosEnd >= 0 && isDigit(text.charCodeAt(at));
    const tail = decimalTail(text, at);
    if (tail < 0) return { message: 'invalid decimal literal', at: -tail };
    at = tail;
    const next = text.charCodeAt(at);
    if (nonzero && next !== 46 && (next | 32) !== 101 && (next | 32) !== 106) {
      const message =
        'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers';
      return { message, at: start + 1 };
    }
  }
  if (text.charCodeAt(at) === 46) {
    at++;
    if (isDigit(text.charCodeAt(at))) {
      at = decimalTail(text, at);
      if (at < 0) return { message: 'invalid decimal literal', at: -at };
    }
  }
  if ((text.charCodeAt(at) | 32) === 101) {
    let digits = at + 1;
    const sign = text.charCodeAt(digits);
    if (sign === 43 || sign === 45) {
      digits++;
      if (!isDigit(text.charCodeAt(digits))) return { message: 'invalid decimal literal', at: digits };
    }
    if (!isDigit(text.charCodeAt(digits))) return verifyEnd(text, at, 'decimal');
    at = decimalTail(text, digits);
    if (at < 0) return { message: 'invalid decimal literal', at: -at };
  }
  if ((text.charCodeAt(at) | 32) === 106) return verifyEnd(text, at + 1, 'imaginary');
  return verifyEnd(text, at, 'decimal');
}

/** The end of decimal digits with single underscores between them; the negated offset of the fault if there is one. */
function decimalTail(text: string, start: number): number {
  let at = start;
  for (;;) {
    while (isDigit(text.charCodeAt(at))) at++;
    if (text.charCodeAt(at) !== 95) return at;
    if (!isDigit(text.charCodeAt(at + 1))) return -(at + 1);
    at++;
  }
}

function scanPrefixed(text: string, start: number, name: string, isValid: (c: number) => boolean): NumberScan {
  let at = start;
  for (;;) {
    if (text.charCodeAt(at) === 95) at++;
    if (!isValid(text.charCodeAt(at))) {
      if (isDigit(text.charCodeAt(at)))
        return { message: `invalid digit '${text[at]}' in ${name} literal`, at: at + 1 };
      return { message: `invalid ${name} literal`, at };
    }
    while (isValid(text.charCodeAt(at))) at++;
    if (text.charCodeAt(at) !== 95) break;
  }
  if (isDigit(text.charCodeAt(at))) return { message: `invalid digit '${text[at]}' in ${name} literal`, at: at + 1 };
  return verifyEnd(text, at, name);
}

/** Rejects a number that runs into a word, unless that word is a keyword that may follow it. */
function verifyEnd(text: string, end: number, name: string): NumberScan {
  if (!isWordChar(text.charCodeAt(end))) return { end };
  if (FOLLOWERS.some((word) => text.startsWith(word, end))) return { end };
  return { message: `invalid ${name} literal`, at: end };
}
