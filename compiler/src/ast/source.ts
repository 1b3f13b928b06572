/** A text that was recognised: a file, or the expression in a replacement field of an f-string. */

import type { FStringPart } from './fstring.js';
import { LineTable, type Position } from './positions.js';
import type { TokenError, TokenList } from './tokens.js';

/** A replacement field's expression. Its source's text is the expression in parentheses. */
export interface FieldSource {
  /** Where the expression starts in the text that holds the f-string. */
  start: number;
  source: Source;
}

/** An f-string, cut up. */
export interface FString {
  parts: FStringPart[];
  /** The expressions of its fields and of the fields in their format specifications, in order. */
  fields: FieldSource[];
}

/** A text with its tokens and the f-strings in it. */
export class Source {
  readonly lines: LineTable;
  /** The f-strings by where they start. */
  readonly fstrings = new Map<number, FString>();
  /** Where the soft keywords `match` and `case` start. */
  readonly softKeywords = new Set<number>();

  constructor(
    readonly text: string,
    readonly tokens: TokenList,
    firstLine = 1,
    firstColumn = 0,
  ) {
    this.lines = new LineTable(text, firstLine, firstColumn);
  }

  position(offset: number): Position {
    return this.lines.at(offset);
  }
}

/** What is wrong with a text and where; thrown to end a run at once. */
export class Fault {
  constructor(
    readonly type: TokenError['type'],
    readonly message: string,
    readonly start: Position,
    readonly end: Position,
    /** Whether the tokenizer found it, so that nothing later in the text outranks it. */
    readonly final = false,
  ) {}
}
