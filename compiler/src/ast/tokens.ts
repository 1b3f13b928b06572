/**
 * The tokens of Python 3.11: their kinds as small numbers, so that the recogniser can test sets of them cheaply.
 */

/** Kinds that are not spelled in one way. `Error` stands where the tokenizer gave up. */
export const Kind = {
  EndMarker: 0,
  Name: 1,
  Number: 2,
  String: 3,
  Newline: 4,
  Indent: 5,
  Dedent: 6,
  /** A character that starts no token of Python's, such as `$` or `?`. */
  Unknown: 7,
  Error: 8,
} as const;

const FIRST_FIXED = 9;

const OPERATORS =
  '( ) [ ] { } , : ; . ... = == ! != < <= <> > >= + += - -= -> * *= ** **= / /= // //= % %= & &= | |= ^ ^= ~ << <<= >> >>= @ @= :=';
const KEYWORDS =
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield';

const FIXED = [...OPERATORS.split(' ').filter((op) => op !== '!' && op !== '<>'), ...KEYWORDS.split(' ')];

/** The kind of each operator and keyword, by its spelling. */
export const FIXED_KINDS: ReadonlyMap<string, number> = new Map(FIXED.map((text, i) => [text, FIRST_FIXED + i]));

/** How many kinds there are. */
export const KIND_COUNT = FIRST_FIXED + FIXED.length;

/** The kind of an operator or keyword that is known to exist. */
export function fixedKind(text: string): number {
  const kind = FIXED_KINDS.get(text);
  if (kind === undefined) throw new Error(`no token is spelled ${text}`);
  return kind;
}

/** The kinds of the keywords alone, for the words of a text. */
export const KEYWORD_KINDS: ReadonlyMap<string, number> = new Map(KEYWORDS.split(' ').map((k) => [k, fixedKind(k)]));

/** What a tokenizer found wrong: CPython's message and position (columns in UTF-16 units from 0 here). */
export interface TokenError {
  type: 'SyntaxError' | 'IndentationError' | 'TabError';
  message: string;
  line: number;
  column: number;
  /**
   * Whether the error outranks one that the parser found earlier in the text. CPython looks for such errors in the
   * rest of the file before it reports its own.
   */
  outranks: boolean;
}

/** An opening bracket that is still open. */
export interface OpenBracket {
  text: string;
  line: number;
  column: number;
  /** Its offset in the text. */
  offset: number;
}

/**
 * The tokens of a text, as one array a property (offsets in UTF-16 units, lines from 1). Synthetic tokens (indents,
 * dedents, the end) are empty; `column` is -1 where CPython has no column for them.
 */
export interface TokenList {
  kind: number[];
  start: number[];
  end: number[];
  line: number[];
  endLine: number[];
  column: number[];
  /** The number of brackets open after the token. */
  level: number[];
  /** The error at which tokenizing ended: the last token is then of kind `Error`. */
  error: TokenError | null;
  /** The brackets open when tokenizing ended. */
  open: OpenBracket[];
}
