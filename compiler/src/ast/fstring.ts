/**
 * Cuts an f-string into literal text and replacement fields, by the rules of CPython 3.11: a field's expression may
 * contain neither a backslash nor a `#`, and ends at the first `!`, `:`, `=` or `}` outside its brackets and strings.
 */

import { decodeString } from './literals.js';

/** A replacement field. Offsets are into the text that holds the string. */
export interface Field {
  /** Where the expression stands, without its braces. */
  start: number;
  end: number;
  /** -1, or the character code of `s`, `r` or `a`. */
  conversion: number;
  spec: FStringPart[] | null;
}

/** Literal text, decoded, or a field. Adjacent literals are not joined. */
export type FStringPart = string | Field;

/** What CPython 3.11 finds wrong with an f-string. */
export class FStringError extends Error {
  constructor(what: string, prefix = 'f-string: ') {
    super(prefix + what);
  }
}

const MAX_BRACKETS = 200;
const CLOSERS: Record<string, string> = { '(': ')', '[': ']', '{': '}' };

/**
 * Cuts the content of an f-string.
 *
 * @param text the text that holds the string
 * @param start where the content starts, and `end` where it ends
 * @param check called with the place of each expression as soon as it is known, as CPython parses it then
 * @throws {FStringError} what CPython says
 * @throws {LiteralError} for a wrong escape in literal text
 */
export function cutFString(
  text: string,
  start: number,
  end: number,
  isRaw: boolean,
  check: (start: number, end: number) => void,
): FStringPart[] {
  return new Cutter(text, start, end, isRaw, check).parts(0);
}

class Cutter {
  constructor(
    private readonly text: string,
    private at: number,
    private readonly end: number,
    private readonly isRaw: boolean,
    private readonly check: (start: number, end: number) => void,
  ) {}

  parts(depth: number): FStringPart[] {
    const parts: FStringPart[] = [];
    for (;;) {
      const doubled = this.literal(depth, parts);
      if (doubled) continue;
      if (this.at >= this.end || this.text[this.at] === '}') break;
      this.field(depth, parts);
    }
    if (depth > 0 && this.text[this.at] !== '}') throw new FStringError("expecting '}'");
    return parts;
  }

  /** Reads literal text up to a field or the end. Returns true after a doubled brace, which ends one piece. */
  private literal(depth: number, parts: FStringPart[]): boolean {
    const { text, end } = this;
    const start = this.at;
    let at = start;
    let stop = -1;
    while (at < end) {
      let char = text[at++]!;
      if (!this.isRaw && char === '\\' && at < end) {
        char = text[at++]!;
        if (char === 'N') {
          if (at < end && text[at++] === '{') while (at < end && text[at++] !== '}');
          continue;
        }
      }
      if (char !== '{' && char !== '}') continue;
      if (depth === 0) {
        if (at < end && text[at] === char) {
          stop = at;
          this.at = at + 1;
          break;
        }
        if (char === '}') throw new FStringError("single '}' is not allowed");
      }
      at--;
      break;
    }
    if (stop < 0) this.at = at;
    const content = text.slice(start, stop < 0 ? at : stop);
    if (content !== '') parts.push(this.isRaw ? content : decodeString(content));
    return stop >= 0;
  }

  private field(depth: number, parts: FStringPart[]): void {
    if (depth >= 2) throw new FStringError('expressions nested too deeply');
    const { text, end } = this;
    const start = ++this.at;
    this.skipExpression();
    const stop = this.at;
    if (/^[ \t\n\f]*$/.test(text.slice(start, stop))) {
      const next = text[stop]!;
      if ('!:='.includes(next)) throw new FStringError(`expression required before '${next}'`);
      throw new FStringError('empty expression not allowed');
    }
    this.check(start, stop);
    let debug = false;
    if (text[this.at] === '=') {
      this.at++;
      while (/[ \t\n\f\r\v]/.test(text[this.at] ?? '')) this.at++;
      if (this.at >= end) throw new FStringError("expecting '}'");
      parts.push(text.slice(start, this.at));
      debug = true;
    }
    let conversion = -1;
    if (text[this.at] === '!') {
      this.at++;
      if (this.at >= end) throw new FStringError("expecting '}'");
      const letter = text[this.at++]!;
      if (!'sra'.includes(letter)) {
        throw new FStringError("invalid conversion character: expected 's', 'r', or 'a'");
      }
      conversion = letter.charCodeAt(0);
    }
    let spec: FStringPart[] | null = null;
    if (this.at < end && text[this.at] === ':') {
      this.at++;
      if (this.at >= end) throw new FStringError("expecting '}'");
      spec = this.parts(depth + 1);
    }
    if (this.at >= end || text[this.at] !== '}') throw new FStringError("expecting '}'");
    this.at++;
    if (debug && spec === null && conversion === -1) conversion = 'r'.charCodeAt(0);
    parts.push({ start, end: stop, conversion, spec });
  }

  /** Steps to the character that ends an expression. */
  private skipExpression(): void {
    const { text, end } = this;
    let quote = '';
    let quoteWidth = 0;
    const open: string[] = [];
    for (; this.at < end; this.at++) {
      const char = text[this.at]!;
      if (char === '\\') throw new FStringError('expression part cannot include a backslash', 'f-string ');
      const isTriple = this.at + 2 < end && text[this.at + 1] === char && text[this.at + 2] === char;
      if (quote !== '') {
        if (char !== quote || (quoteWidth === 3 && !isTriple)) continue;
        this.at += quoteWidth - 1;
        quote = '';
      } else if (char === "'" || char === '"') {
        quote = char;
        quoteWidth = isTriple ? 3 : 1;
        this.at += quoteWidth - 1;
      } else if (char in CLOSERS) {
        if (open.length >= MAX_BRACKETS) throw new FStringError('too many nested parenthesis');
        open.push(char);
      } else if (char === '#') throw new FStringError("expression part cannot include '#'", 'f-string ');
      else if (open.length === 0 && '!:}=<>'.includes(char)) {
        if (text[this.at + 1] === '=' && this.at + 1 < end && '!=<>'.includes(char)) this.at++;
        else if (char !== '<' && char !== '>') break;
      } else if (')]}'.includes(char)) {
        const opening = open.pop();
        if (opening === undefined) throw new FStringError(`unmatched '${char}'`);
        if (CLOSERS[opening] !== char) {
          throw new FStringError(`closing parenthesis '${char}' does not match opening parenthesis '${opening}'`);
        }
      }
    }
    if (quote !== '') throw new FStringError('unterminated string');
    if (open.length > 0) throw new FStringError(`unmatched '${open[open.length - 1]}'`);
    if (this.at >= end) throw new FStringError("expecting '}'");
  }
}
