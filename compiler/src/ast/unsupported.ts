/** Tells the syntax of newer Pythons from plain errors, by what stands around a fault. */

import type { SyntaxProblem } from './index.js';
import type { Fault, Source } from './source.js';
import { fixedKind, Kind } from './tokens.js';

const K_AS = fixedKind('as');
const K_DEF = fixedKind('def');
const K_CLASS = fixedKind('class');
const K_BRACKET = fixedKind('[');
const K_EQUAL = fixedKind('=');

/** The problem that a fault is. */
export function describeFault(source: Source, fault: Fault): SyntaxProblem {
  const newer = newerSyntax(source, fault);
  return {
    message: newer === null ? fault.message : `${newer}; this is Python 3.11`,
    kind: newer === null ? fault.type : 'UnsupportedSyntax',
    lineno: fault.start.line,
    col_offset: fault.start.column,
    end_lineno: fault.end.line,
    end_col_offset: fault.end.column,
  };
}

/** What newer syntax a fault comes from, or null. */
function newerSyntax(source: Source, fault: Fault): string | null {
  if (fault.message === 'multiple exception types must be parenthesized') {
    const [first, last] = logicalLine(source, fault);
    for (let token = first; token < last; token++) if (source.tokens.kind[token] === K_AS) return null;
    return 'several exception types without parentheses need Python 3.14';
  }
  const [first, last] = logicalLine(source, fault);
  const { kind, start, end } = source.tokens;
  const text = (token: number): string => source.text.slice(start[token], end[token]);
  for (let token = first; token < last; token++) {
    const next = token + 1;
    const isName = kind[token] === Kind.Name;
    if (isName && kind[next] === Kind.String && /^(?:t|tr|rt)$/i.test(text(token)) && end[token] === start[next]) {
      return 'template strings need Python 3.14';
    }
    if (
      (kind[token] === K_DEF || kind[token] === K_CLASS) &&
      kind[next] === Kind.Name &&
      kind[token + 2] === K_BRACKET
    ) {
      return 'type parameters need Python 3.12';
    }
  }
  const isAlias = kind[first] === Kind.Name && text(first) === 'type' && kind[first + 1] === Kind.Name;
  if (isAlias && (kind[first + 2] === K_EQUAL || kind[first + 2] === K_BRACKET)) {
    return 'the type statement needs Python 3.12';
  }
  return hasNestedFString(source, first, last)
    ? 'quotes, backslashes and comments in f-strings need Python 3.12'
    : null;
}

/** The tokens, by index, of the logical line in which a fault lies. */
function logicalLine(source: Source, fault: Fault): [first: number, last: number] {
  const { kind, end } = source.tokens;
  let at = 0;
  while (at < kind.length - 1 && source.position(end[at]!).line < fault.start.line) at++;
  let first = at;
  const isBoundary = (token: number): boolean => {
    return kind[token] === Kind.Newline || kind[token] === Kind.Indent || kind[token] === Kind.Dedent;
  };
  while (isBoundary(first) && first < kind.length - 1 && kind[first] !== Kind.Newline) first++;
  while (first > 0 && !isBoundary(first - 1)) first--;
  let last = Math.max(first, at);
  while (last < kind.length - 1 && kind[last] !== Kind.Newline) last++;
  return [first, last + 1];
}

/** Whether one of the tokens starts an f-string that only the rules of Python 3.12 can read. */
function hasNestedFString(source: Source, first: number, last: number): boolean {
  const { kind, start, end } = source.tokens;
  const { text } = source;
  for (let token = first; token < last; token++) {
    if (kind[token] !== Kind.String && kind[token] !== Kind.Error) continue;
    const prefix = /(?:f|fr|rf)(?=['"])/iy;
    prefix.lastIndex = start[token]!;
    const match = prefix.exec(text);
    if (match === null) continue;
    const found = skipFString(text, start[token]! + match[0].length);
    if (found === null) continue;
    if (found.isNew || (kind[token] === Kind.String && found.end !== end[token])) return true;
  }
  return false;
}

/**
 * Steps over an f-string by the rules of Python 3.12.
 *
 * @param quoteAt where its quote stands
 * @returns where it ends, and whether its fields hold what Python 3.11 forbids; null if it does not end
 */
function skipFString(text: string, quoteAt: number): { end: number; isNew: boolean } | null {
  const quote = text[quoteAt]!;
  const width = text.startsWith(quote.repeat(3), quoteAt) ? 3 : 1;
  const closing = quote.repeat(width);
  let isNew = false;
  let at = quoteAt + width;
  while (at < text.length) {
    const char = text[at]!;
    if (text.startsWith(closing, at)) return { end: at + width, isNew };
    if (char === '\n' && width === 1) return null;
    if (char === '\\') at += 2;
    else if (text.startsWith('{{', at)) at += 2;
    else if (char === '{') {
      const field = skipField(text, at + 1, quote);
      if (field === null) return null;
      isNew ||= field.isNew;
      at = field.end;
    } else at++;
  }
  return null;
}

/** Steps over a plain string. A backslash in it is what Python 3.11 forbids in a field. */
function skipString(text: string, quoteAt: number): { end: number; isNew: boolean } | null {
  const quote = text[quoteAt]!;
  const closing = text.startsWith(quote.repeat(3), quoteAt) ? quote.repeat(3) : quote;
  for (let at = quoteAt + closing.length; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(closing, at)) {
      const end = at + closing.length;
      return { end, isNew: text.slice(quoteAt, end).includes('\\') };
    } else if (text[at] === '\n' && closing.length === 1) return null;
  }
  return null;
}

function skipField(text: string, start: number, quote: string): { end: number; isNew: boolean } | null {
  let depth = 0;
  let isNew = false;
  for (let at = start; at < text.length; ) {
    const char = text[at]!;
    if (char === '"' || char === "'") {
      const isFormatted = /f[rR]?|[rR]f/i.test(text.slice(Math.max(start, at - 2), at));
      const string = isFormatted ? skipFString(text, at) : skipString(text, at);
      if (string === null) return null;
      isNew ||= string.isNew || char === quote;
      at = string.end;
      continue;
    }
    if (char === '\\' || char === '#') isNew = true;
    if ('([{'.includes(char)) depth++;
    else if (char === '}' && depth === 0) return { end: at + 1, isNew };
    else if (')]}'.includes(char)) depth--;
    if (depth < 0) return null;
    at++;
  }
  return null;
}
