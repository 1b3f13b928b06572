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
import { type Position, utf8Length } from './positions.js';
import { faultAt, faultAtReach, makeAction } from './recognizer-checks.js';
import { operatorRules } from './recognizer-operators.js';
import { Fault, type FString, Source } from './source.js';
import { Kind } from './tokens.js';

/** What recognising gave. `fault` is null if the text is valid. */
export interface Recognition {
  source: Source;
  fault: Fault | null;
}

/** Memory slots of a run from this index on belong to the hand-written rules. */
const NATIVE_MEMOS = 64;

const rules: ReadonlyMap<string, Rule> = compileGrammar(GRAMMAR + ERROR_GRAMMAR, {
  natives: operatorRules({ rule: (name) => rules.get(name)!, checkStrings, checkNumber }, NATIVE_MEMOS),
  action: makeAction,
  missing(run, spelling) {
    throw faultAt(run, run.mark, run.mark, `expected '${spelling}'`);
  },
});

/** Recognises a whole file, whose line ends must be `\n` and whose last line must end with one. */
export function recognizeFile(text: string): Recognition {
  const source = new Source(text);
  return { source, fault: recognize(source, recognizeStatements) };
}

/**
 * Recognises the statements of a file from the mark on. If there is a fault, the mark ends at the last statement that
 * matched: it can be the first half of an `if` whose `else` is at fault.
 */
function recognizeStatements(run: Run): boolean {
  const statement = rules.get('statement')!;
  let last = run.mark;
  for (let start = last; statement(run) !== null; start = run.mark) last = start;
  if (run.kind() === Kind.EndMarker) return true;
  run.mark = last;
  return false;
}

function recognize(source: Source, recognizeAll: (run: Run) => boolean): Fault | null {
  const { tokens } = source;
  const run = new Run(source, () => {
    throw tokenizerFault(source);
  });
  try {
    if (firstPass(run, recognizeAll)) return null;
    const furthest = run.reach;
    // The second pass need not see the statements that are known to be valid.
    run.restart(run.mark);
    run.invalid = true;
    run.building = true;
    recognizeAll(run);
    const last = tokens.kind[furthest];
    if (last === Kind.Indent) return faultAtReach(run, 'unexpected indent', 'IndentationError');
    if (last === Kind.Dedent) return faultAtReach(run, 'unexpected unindent', 'IndentationError');
    return outranked(faultAt(run, furthest, furthest, 'invalid syntax'), run, source);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return error.final ? error : outranked(error, run, source);
  } finally {
    // Even in a text with a fault, the keywords before it help to read the rest.
    for (const token of run.softKeywords) source.addSoftKeyword(tokens.start[token]!);
  }
}

/**
 * The pass without the rules for known mistakes, except one that CPython's grammar places so that it always takes part.
 */
function firstPass(run: Run, recognizeAll: (run: Run) => boolean): boolean {
  try {
    return recognizeAll(run);
  } catch (error) {
    if (!(error instanceof NeedsParts)) throw error;
    run.restart(0);
    run.building = true;
    return recognizeAll(run);
  }
}

/** The fault that the tokenizer stopped at. */
function tokenizerFault(source: Source): Fault {
  const { type, message } = source.tokens.error!;
  const at = errorPosition(source);
  return new Fault(type, message, at, at, true);
}

function errorPosition(source: Source): Position {
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
  const { source } = run;
  const tokenStart = run.tokens.start[token]!;
  if (source.fstrings.has(tokenStart)) return;
  const fields: FString['fields'] = [];
  const locate = fieldLocator(source, tokenStart);
  const parts = cutFString(run.text, literal.start, literal.end, literal.isRaw, (start, end) => {
    fields.push({ start, source: recognizeField(run.text.slice(start, end), locate(start)) });
  });
  source.addFString(tokenStart, { parts, fields });
}

/** Finds the brace before each expression of an f-string; they must be asked for in order. */
function fieldLocator(source: Source, tokenStart: number): (start: number) => Position {
  const { text } = source;
  const token = source.position(tokenStart);
  let lineStart = tokenStart;
  let newlines = 0;
  let known = tokenStart;
  let column = 0;
  const newlineFrom = (from: number): number => {
    const at = text.indexOf('\n', from);
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  };
  let nextNewline = newlineFrom(tokenStart);
  return (start) => {
    while (nextNewline < start) {
      newlines++;
      lineStart = nextNewline + 1;
      known = lineStart;
      column = 0;
      nextNewline = newlineFrom(lineStart);
    }
    column += utf8Length(text, known, start - 1);
    known = start - 1;
    return { line: token.line + newlines, column: lineStart === tokenStart ? token.column + column : column };
  };
}

/**
 * Recognises the expression of a replacement field. CPython parses it apart, in parentheses, and works out where it
 * stands from the string that holds it; the positions below are those that this gives.
 *
 * @param brace where the field's brace stands
 */
function recognizeField(expression: string, brace: Position): Source {
  const text = `(${expression})\n`;
  // Where only blanks follow the brace on its line, CPython counts that line's columns from the parenthesis.
  const firstColumn = /^[ \t\f]*\n/.test(expression) ? 0 : brace.column;
  const source = new Source(text, brace.line, firstColumn);
  const fault = recognize(source, (run) => rules.get('star_expressions')!(run) !== null);
  if (fault !== null) {
    const message = fault.final && source.tokens.error!.outranks ? fault.message : `f-string: ${fault.message}`;
    throw new Fault(fault.type, message, fault.start, fault.end);
  }
  source.releaseTokens();
  return source;
}
