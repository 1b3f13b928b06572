/**
 * The tokenizer of CPython 3.11: indentation, brackets, strings, numbers and names, with its errors and their places.
 * The text must have `\n` line ends and end with one.
 */

import { scanNumber } from './numbers.js';
import { isPrintable } from './printable.js';
import {
  FIXED_KINDS,
  fixedKind,
  KEYWORD_KINDS,
  Kind,
  type OpenBracket,
  TokenColumns,
  type TokenError,
  type TokenList,
} from './tokens.js';

const MAX_BRACKETS = 200;
const MAX_INDENTS = 100;
const TAB_STOP = 8;

const NEWLINE = 10;
const BACKSLASH = 92;

const IDENTIFIER_START = /\p{XID_Start}|_/u;
const IDENTIFIER_CONTINUE = /\p{XID_Continue}/u;

/** What a character can begin, by its code: 1 a word, 2 a digit, 3 a quote, 4 an opening and 5 a closing bracket. */
const CLASSES = new Uint8Array(128);
for (let c = 0; c < 26; c++) CLASSES[65 + c] = CLASSES[97 + c] = 1;
CLASSES[95] = 1;
for (let c = 48; c < 58; c++) CLASSES[c] = 2;
for (const [chars, value] of [
  ['\'"', 3],
  ['([{', 4],
  [')]}', 5],
] as const) {
  for (const char of chars) CLASSES[char.charCodeAt(0)] = value;
}

const CLOSER: Record<string, string> = { '(': ')', '[': ']', '{': '}' };
const STRING_PREFIX = /^(?:[bB][rR]?|[rR][bBfF]?|[uU]|[fF][rR]?)$/;

const isBlank = (c: number): boolean => c === 32 || c === 9 || c === 12;

/** What the tokenizer at work fills: one text at a time. */
const columns = new TokenColumns();

/** Tokenizes a whole text, up to its first error. */
export function tokenize(text: string, firstLine = 1): TokenList {
  return new Tokenizer(text, firstLine).run();
}

class Tokenizer {
  private at = 0;
  private line: number;
  private lineStart = 0;
  private atLineStart = true;
  private readonly indents = [0];
  private readonly tabIndents = [0];
  private readonly open: OpenBracket[] = [];
  private error: TokenError | null = null;
  private done = false;

  constructor(
    private readonly text: string,
    firstLine: number,
  ) {
    this.line = firstLine;
  }

  run(): TokenList {
    columns.length = 0;
    while (!this.done) this.nextLogicalPart();
    return { ...columns.take(), error: this.error, open: this.open };
  }

  private push(kind: number, start: number, end: number): undefined {
    columns.push(kind, start, end, this.line, this.open.length);
  }

  /** A token without text. */
  private pushSynthetic(kind: number): undefined {
    this.push(kind, this.at, this.at);
  }

  private fail(message: string, at: number, options: Partial<TokenError> = {}): undefined {
    const column = Math.max(0, at - this.lineStart);
    this.error = { type: 'SyntaxError', message, line: this.line, column, outranks: true, ...options };
    this.push(Kind.Error, Math.min(at, this.text.length), Math.min(at, this.text.length));
    this.done = true;
  }

  private newLine(): undefined {
    this.line++;
    this.lineStart = this.at;
  }

  /** Handles the start of a line if the tokenizer stands there, then one token. */
  private nextLogicalPart(): undefined {
    let blankLine = false;
    if (this.atLineStart) {
      this.atLineStart = false;
      const indentation = this.indentation();
      if (indentation === null) return;
      blankLine = indentation;
    }
    this.token(blankLine);
  }

  /** Reads a line's indentation. Returns whether the line is blank, or null after an error. */
  private indentation(): boolean | null {
    const { text } = this;
    let column = 0;
    let tabColumn = 0;
    let continued = 0;
    for (; ; this.at++) {
      const c = text.charCodeAt(this.at);
      if (c === 32) {
        column++;
        tabColumn++;
      } else if (c === 9) {
        column = (Math.floor(column / TAB_STOP) + 1) * TAB_STOP;
        tabColumn++;
      } else if (c === 12) column = tabColumn = 0;
      else if (c === BACKSLASH) {
        continued = continued || column;
        if (!this.continuation()) return null;
        this.at--;
      } else break;
    }
    const c = text.charCodeAt(this.at);
    if (c === 35 || c === NEWLINE) return true;
    if (this.open.length > 0) return false;
    if (continued > 0) column = tabColumn = continued;
    return this.indent(column, tabColumn) ? false : null;
  }

  /** Compares a line's indentation with those around it. Returns false after an error. */
  private indent(column: number, tabColumn: number): boolean {
    const { indents, tabIndents } = this;
    const top = indents[indents.length - 1]!;
    if (column > top) {
      if (indents.length >= MAX_INDENTS) {
        const at = this.lineStart;
        this.fail('too many levels of indentation', at, { type: 'IndentationError', outranks: false });
        return false;
      }
      if (tabColumn <= tabIndents[tabIndents.length - 1]!) return this.tabError();
      indents.push(column);
      tabIndents.push(tabColumn);
      this.pushSynthetic(Kind.Indent);
      return true;
    }
    let dedents = 0;
    while (indents.length > 1 && column < indents[indents.length - 1]!) {
      indents.pop();
      tabIndents.pop();
      dedents++;
    }
    if (column !== indents[indents.length - 1]) {
      const end = lineEnd(this.text, this.at);
      const message = 'unindent does not match any outer indentation level';
      this.fail(message, end, { type: 'IndentationError', outranks: false });
      return false;
    }
    if (tabColumn !== tabIndents[tabIndents.length - 1]) return this.tabError();
    for (; dedents > 0; dedents--) this.pushSynthetic(Kind.Dedent);
    return true;
  }

  private tabError(): false {
    const message = 'inconsistent use of tabs and spaces in indentation';
    this.fail(message, this.lineStart, { type: 'TabError', outranks: false });
    return false;
  }

  /** Steps over a backslash and the line end after it. Returns false after an error. */
  private continuation(): boolean {
    if (this.text.charCodeAt(this.at + 1) !== NEWLINE) {
      const message = 'unexpected character after line continuation character';
      this.fail(message, this.at + 1, { outranks: false });
      return false;
    }
    this.at += 2;
    if (this.at >= this.text.length) {
      this.at--;
      if (this.open.length > 0) this.failUnclosed();
      else this.fail('unexpected EOF while parsing', this.at, { outranks: false });
      return false;
    }
    this.newLine();
    return true;
  }

  /** CPython's report of the innermost open bracket, at the end of the text. */
  private failUnclosed(): undefined {
    const bracket = this.open[this.open.length - 1]!;
    this.fail('', this.at, {
      message: `'${bracket.text}' was never closed`,
      line: bracket.line,
      column: bracket.column,
      outranks: false,
    });
  }

  private token(blankLine: boolean): undefined {
    const { text } = this;
    for (;;) {
      while (isBlank(text.charCodeAt(this.at))) this.at++;
      if (text.charCodeAt(this.at) !== BACKSLASH) break;
      if (!this.continuation()) return;
    }
    if (text.charCodeAt(this.at) === 35) {
      const end = text.indexOf('\n', this.at);
      this.at = end < 0 ? text.length : end;
    }
    if (this.at >= text.length) return this.endOfText();
    const start = this.at;
    const c = text.charCodeAt(start);
    if (c === NEWLINE) {
      this.at++;
      if (!blankLine && this.open.length === 0) this.push(Kind.Newline, start, start);
      // CPython counts a line when it reads one, so the end of the text stays on the last line.
      if (this.at < text.length) this.newLine();
      this.atLineStart = true;
      return;
    }
    switch (c < 128 ? CLASSES[c] : 1) {
      case 1:
        return this.word(start);
      case 2:
        return this.number(start);
      case 3:
        return this.string(start, start);
      case 4:
        return this.openBracket(start);
      case 5:
        return this.closeBracket(start);
      default:
        return this.operator(start, c);
    }
  }

  private endOfText(): undefined {
    if (this.open.length > 0) return this.failUnclosed();
    for (let i = this.indents.length; i > 1; i--) this.pushSynthetic(Kind.Dedent);
    this.pushSynthetic(Kind.EndMarker);
    this.done = true;
  }

  private word(start: number): undefined {
    const { text } = this;
    let end = start;
    let ascii = true;
    for (; end < text.length; end++) {
      const c = text.charCodeAt(end);
      if (c >= 128) ascii = false;
      else if (CLASSES[c] !== 1 && CLASSES[c] !== 2) break;
    }
    if (end - start <= 2) {
      const quote = text.charCodeAt(end);
      if ((quote === 34 || quote === 39) && STRING_PREFIX.test(text.slice(start, end))) return this.string(start, end);
    }
    this.at = end;
    if (!ascii && !this.verifyIdentifier(start, end)) return;
    const kind = ascii ? KEYWORD_KINDS.get(text.slice(start, end)) : undefined;
    this.push(kind ?? Kind.Name, start, end);
  }

  private verifyIdentifier(start: number, end: number): boolean {
    let at = start;
    while (at < end) {
      const char = String.fromCodePoint(this.text.codePointAt(at)!);
      // Names are compared in NFKC form, and it is that form which must be an identifier.
      const normal = [...char.normalize('NFKC')];
      const valid = normal.every((part, i) =>
        (at === start && i === 0 ? IDENTIFIER_START : IDENTIFIER_CONTINUE).test(part),
      );
      if (!valid || !(at === start ? IDENTIFIER_START : IDENTIFIER_CONTINUE).test(char)) {
        this.fail(describeCharacter(char), at);
        return false;
      }
      at += char.length;
    }
    return true;
  }

  private number(start: number): undefined {
    const scan = scanNumber(this.text, start);
    if ('message' in scan) return this.fail(scan.message, scan.at - 1);
    this.at = scan.end;
    this.push(Kind.Number, start, scan.end);
  }

  private string(start: number, quoteAt: number): undefined {
    const { text } = this;
    const quote = text[quoteAt]!;
    const triple = text.startsWith(quote.repeat(3), quoteAt);
    const quoteCode = quote.charCodeAt(0);
    const firstLine = this.line;
    const firstLineStart = this.lineStart;
    this.at = quoteAt + (triple ? 3 : 1);
    for (; ; this.at++) {
      const c = text.charCodeAt(this.at);
      if (this.at >= text.length || (!triple && c === NEWLINE)) {
        const last = this.line;
        this.line = firstLine;
        this.lineStart = firstLineStart;
        const what = triple ? 'triple-quoted string literal' : 'string literal';
        return this.fail(`unterminated ${what} (detected at line ${last})`, start);
      }
      if (c === BACKSLASH) {
        this.at++;
        if (text.charCodeAt(this.at) === NEWLINE && this.at + 1 < text.length) this.newLineAfter(this.at);
      } else if (c === NEWLINE) {
        if (this.at + 1 < text.length) this.newLineAfter(this.at);
      } else if (c === quoteCode && (!triple || text.startsWith(quote.repeat(3), this.at))) break;
    }
    this.at += triple ? 3 : 1;
    columns.push(Kind.String, start, this.at, firstLine, this.open.length);
  }

  private newLineAfter(newline: number): undefined {
    this.line++;
    this.lineStart = newline + 1;
  }

  private openBracket(start: number): undefined {
    if (this.open.length >= MAX_BRACKETS) return this.fail('too many nested parentheses', start);
    const text = this.text[start]!;
    this.open.push({ text, line: this.line, column: start - this.lineStart, offset: start });
    this.at++;
    this.push(fixedKind(text), start, this.at);
  }

  private closeBracket(start: number): undefined {
    const text = this.text[start]!;
    const bracket = this.open.pop();
    if (bracket === undefined) return this.fail(`unmatched '${text}'`, start);
    if (CLOSER[bracket.text] !== text) {
      const where = bracket.line === this.line ? '' : ` on line ${bracket.line}`;
      const what = `closing parenthesis '${text}' does not match opening parenthesis '${bracket.text}'${where}`;
      return this.fail(what, start);
    }
    this.at++;
    this.push(fixedKind(text), start, this.at);
  }

  private operator(start: number, c: number): undefined {
    const { text } = this;
    const next = text.charCodeAt(start + 1);
    if (c === 46 && next >= 48 && next <= 57) return this.number(start);
    for (let length = 3; length > 0; length--) {
      const kind = FIXED_KINDS.get(text.slice(start, start + length));
      if (kind === undefined) continue;
      this.at = start + length;
      return this.push(kind, start, this.at);
    }
    if (c < 32 || c === 127) return this.fail(describeCharacter(text[start]!), start);
    // `<>` is one token in CPython, which its grammar then rejects.
    this.at = start + (text.startsWith('<>', start) ? 2 : 1);
    this.push(Kind.Unknown, start, this.at);
  }
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function describeCharacter(char: string): string {
  const code = char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  if (!isPrintable(char)) return `invalid non-printable character U+${code}`;
  return `invalid character '${char}' (U+${code})`;
}
