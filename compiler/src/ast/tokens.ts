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

/** Numbers of the tokens of a text, by index. */
export type Column = ArrayLike<number>;

/**
 * The tokens of a text, as one column a property (offsets in UTF-16 units, lines from 1). Synthetic tokens (indents,
 * dedents, the end) are empty.
 */
export interface TokenList {
  readonly kind: Column;
  readonly start: Column;
  readonly end: Column;
  /** The line on which the token starts. */
  readonly line: Column;
  /** The number of brackets open after the token. */
  readonly level: Column;
  /** The error at which tokenizing ended: the last token is then of kind `Error`. */
  readonly error: TokenError | null;
  /** The brackets open when tokenizing ended. */
  readonly open: readonly OpenBracket[];
}

/** A list this short is kept in arrays: a typed array's own size would be many times that of its numbers. */
const SHORT = 64;
const INITIAL_CAPACITY = 1024;

/** The columns of a token list in the making. It can be used again: the expressions of f-strings are many short texts. */
export class TokenColumns {
  length = 0;
  private kind = new Uint8Array(INITIAL_CAPACITY);
  private level = new Uint8Array(INITIAL_CAPACITY);
  private start = new Int32Array(INITIAL_CAPACITY);
  private end = new Int32Array(INITIAL_CAPACITY);
  private line = new Int32Array(INITIAL_CAPACITY);

  push(kind: number, start: number, end: number, line: number, level: number): void {
    const i = this.length++;
    if (i === this.kind.length) this.resize(2 * i);
    this.kind[i] = kind;
    this.start[i] = start;
    this.end[i] = end;
    this.line[i] = line;
    this.level[i] = level;
  }

  /** Gives the columns in their final size and empties these. */
  take(): Pick<TokenList, 'kind' | 'start' | 'end' | 'line' | 'level'> {
    const { length } = this;
    const final = (column: Uint8Array | Int32Array): Column => {
      if (length > SHORT) return column.slice(0, length);
      const short: number[] = [];
      for (let i = 0; i < length; i++) short.push(column[i]!);
      // A copy has no room for more.
      return short.slice();
    };
    const { kind, start, end, line, level } = this;
    const taken = { kind: final(kind), start: final(start), end: final(end), line: final(line), level: final(level) };
    this.length = 0;
    if (kind.length > INITIAL_CAPACITY) this.resize(INITIAL_CAPACITY);
    return taken;
  }

  private resize(capacity: number): void {
    const copy = <T extends Uint8Array | Int32Array>(from: T, into: T): T => {
      into.set(from.subarray(0, Math.min(this.length, capacity)));
      return into;
    };
    this.kind = copy(this.kind, new Uint8Array(capacity));
    this.level = copy(this.level, new Uint8Array(capacity));
    this.start = copy(this.start, new Int32Array(capacity));
    this.end = copy(this.end, new Int32Array(capacity));
    this.line = copy(this.line, new Int32Array(capacity));
  }
}
