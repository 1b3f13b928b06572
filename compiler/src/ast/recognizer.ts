/**
 * Decides whether a text is Python 3.11 and, if not, where CPython would say so. It makes no tree.
 *
 * As in CPython there are two passes: the first finds out whether the text is valid; only if it is not does a second
 * pass look for known mistakes. A plain "invalid syntax" stands at the furthest token that the first pass touched.
 */

import { cutFString, FStringError } from './fstring.js';
import { GRAMMAR } from './grammar.js';
import { ERROR_GRAMMAR } from './grammar-errors.js';
import { decodeBytes, decodeString, LiteralError, numberValue, splitString } from './literals.js';
import { compileGrammar, NeedsParts, type Rule, Run } from './peg.js';
import { utf8Length } from './positions.js';
import { attachSource, faultAt, faultAtReach, makeAction } from './recognizer-checks.js';
import { operatorRules } from './recognizer-operators.js';
import { Fault, type FString, Source } from './source.js';
import { tokenize } from './tokenizer.js';
import { Kind } from './tokens.js';

/** What recognising gave. `fault` is null if the text is valid. */
export interface Recognition {
  source: Source;
  fault: Fault | null;
}

/** Memory slots of a run from this index on belong to the hand-written rules. */
const NATIVE_MEMOS = 64;

const runSources = new WeakMap<Run, Source>();

const rules: ReadonlyMap<string, Rule> = compileGrammar(GRAMMAR + ERROR_GRAMMAR, {
  natives: operatorRules({ rule: (name) => rules.get(name)!, checkStrings, checkNumber }, NATIVE_MEMOS),
  action: makeAction,
  missing(run, spelling) {
    throw faultAt(run, run.mark, run.mark, `expected '${spelling}'`);
  },
});

/** Recognises a whole file, whose line ends must be `\n` and whose last line must end with one. */
export function recognizeFile(text: string): Recognition {
  const source = new Source(text, tokenize(text));
  return { source, fault: recognize(source, 'file') };
}

function recognize(source: Source, start: 'file' | 'star_expressions'): Fault | null {
  const { tokens } = source;
  const run = new Run(source.text, tokens, () => {
    throw tokenizerFault(source);
  });
  runSources.set(run, source);
  attachSource(run, source);
  const rule = rules.get(start)!;
  try {
    if (firstPass(run, rule)) {
      for (const token of run.softKeywords) source.softKeywords.add(tokens.start[token]!);
      return null;
    }
    const furthest = run.reach;
    run.restart();
    run.invalid = true;
    run.building = true;
    rule(run);
    const last = tokens.kind[furthest];
    if (last === Kind.Indent) return faultAtReach(run, 'unexpected indent', 'IndentationError');
    if (last === Kind.Dedent) return faultAtReach(run, 'unexpected unindent', 'IndentationError');
    return outranked(faultAt(run, furthest, furthest, 'invalid syntax'), run, source);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return error.final ? error : outranked(error, run, source);
  }
}

/**
 * The pass without the rules for known mistakes, except one that CPython's grammar places so that it always takes part.
 */
function firstPass(run: Run, rule: Rule): boolean {
  try {
    return rule(run) !== null;
  } catch (error) {
    if (!(error instanceof NeedsParts)) throw error;
    run.restart();
    run.building = true;
    return rule(run) !== null;
  }
}

/** The fault that the tokenizer stopped at. */
function tokenizerFault(source: Source): Fault {
  const { type, message } = source.tokens.error!;
  const at = errorPosition(source);
  return new Fault(type, message, at, at, true);
}

function errorPosition(source: Source) {
  const { line, column } = source.tokens.error!;
  const { lines } = source;
  let start = 0;
  for (let i = lines.firstLine; i < line; i++) start = source.text.indexOf('\n', start) + 1;
  return { ...source.position(start + column), line };
}

/**
 * CPython prefers an error of the tokenizer in the rest of the text, and a bracket that is never closed if it stands
 * on an earlier line than the fault.
 */
function outranked(fault: Fault, run: Run, source: Source): Fault {
  const { error, open } = source.tokens;
  if (error === null) return fault;
  if (error.outranks) return tokenizerFault(source);
  const bracket = open[open.length - 1];
  if (bracket === undefined || run.tokens.line[run.reach]! <= bracket.line) return fault;
  const at = source.position(bracket.offset);
  return new Fault('SyntaxError', `'${bracket.text}' was never closed`, at, at);
}

function checkNumber(run: Run, token: number, want: 'any' | 'real' | 'imaginary'): void {
  const { start, end } = run.tokens;
  const isImaginary = /[jJ]/.test(run.text[end[token]! - 1]!);
  if (want === 'real' && isImaginary) throw faultAt(run, token, token, 'real number required in complex literal');
  if (want === 'imaginary' && !isImaginary) {
    throw faultAt(run, token, token, 'imaginary number required in complex literal');
  }
  if (end[token]! - start[token]! < 1000) return;
  try {
    numberValue(run.textOf(token));
  } catch (error) {
    if (error instanceof LiteralError) throw faultAt(run, token, token, error.message);
    throw error;
  }
}

function checkStrings(run: Run, first: number, last: number): void {
  const { start, end } = run.tokens;
  let bytesBefore: boolean | null = null;
  for (let token = first; token <= last; token++) {
    const literal = splitString(run.text, start[token]!, end[token]!);
    if (literal.isBytes && utf8Length(run.text, literal.start, literal.end) !== literal.end - literal.start) {
      throw faultAt(run, token, token, 'bytes can only contain ASCII literal characters');
    }
    try {
      if (!literal.isRaw && !literal.isFormatted) {
        const content = run.text.slice(literal.start, literal.end);
        if (content.includes('\\')) (literal.isBytes ? decodeBytes : decodeString)(content);
      }
      if (bytesBefore !== null && bytesBefore !== literal.isBytes) {
        throw faultAtReach(run, 'cannot mix bytes and nonbytes literals');
      }
      bytesBefore = literal.isBytes;
      if (literal.isFormatted) checkFString(run, token, literal);
    } catch (error) {
      if (error instanceof LiteralError || error instanceof FStringError) throw faultAtReach(run, error.message);
      throw error;
    }
  }
}

function checkFString(run: Run, token: number, literal: { start: number; end: number; isRaw: boolean }): void {
  const source = runSources.get(run)!;
  const tokenStart = run.tokens.start[token]!;
  if (source.fstrings.has(tokenStart)) return;
  const fields: FString['fields'] = [];
  const parts = cutFString(run.text, literal.start, literal.end, literal.isRaw, (start, end) => {
    fields.push({ start, source: recognizeField(source, tokenStart, start, end) });
  });
  source.fstrings.set(tokenStart, { parts, fields });
}

/**
 * Recognises the expression of a replacement field. CPython parses it apart, in parentheses, and works out where it
 * stands from the string that holds it; the positions below are those that this gives.
 */
function recognizeField(holder: Source, tokenStart: number, start: number, end: number): Source {
  const { text } = holder;
  const tokenAt = holder.position(tokenStart);
  const before = text.slice(tokenStart, start);
  const newlines = before.split('\n').length - 1;
  const isBlankLine = /^[ \t\f]*\n/.test(text.slice(start, end));
  let column = 0;
  if (!isBlankLine) {
    // The distance of the brace from the start of its line or of the string.
    column = utf8Length(before, before.lastIndexOf('\n') + 1, before.length - 1);
  }
  const firstColumn = newlines > 0 ? column : tokenAt.column + column;
  const sub = `(${text.slice(start, end)})\n`;
  const firstLine = tokenAt.line + newlines;
  const source = new Source(sub, tokenize(sub, firstLine), firstLine, firstColumn);
  const fault = recognize(source, 'star_expressions');
  if (fault !== null) {
    const message = fault.final && source.tokens.error!.outranks ? fault.message : `f-string: ${fault.message}`;
    throw new Fault(fault.type, message, fault.start, fault.end);
  }
  return source;
}
