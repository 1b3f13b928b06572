/** A text that was recognised: a file, or the expression in a replacement field of an f-string. */

import type { FStringPart } from './fstring.js';
import { LineTable, type Position } from './positions.js';
import { tokenize } from './tokenizer.js';
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

const NO_FSTRINGS: ReadonlyMap<number, FString> = new Map();

/** A text with its tokens and the f-strings in it. */
export class Source {
  readonly lines: LineTable;
  private tokenList: TokenList | undefined;
  private tokenCount = 0;
  // Most sources are expressions in f-strings, thousands of them, with neither f-strings nor soft keywords.
  private fstringMap: Map<number, FString> | undefined;
  private softKeywordSet: Set<number> | undefined;

  constructor(
    readonly text: string,
    firstLine = 1,
    firstColumn = 0,
  ) {
    this.lines = new LineTable(text, firstLine, firstColumn);
  }

  get tokens(): TokenList {
    if (this.tokenList === undefined) {
      this.tokenList = tokenize(this.text, this.lines.firstLine);
      this.tokenCount = this.tokenList.kind.length;
    }
    return this.tokenList;
  }

  /** How many tokens it has, those in its f-strings included, once it was recognised. */
  countTokens(): number {
    let count = this.tokenCount;
    for (const { fields } of this.fstrings.values()) for (const { source } of fields) count += source.countTokens();
    return count;
  }

  /** Lets go of the tokens, which take more memory than anything else here. They are made again if they are asked for. */
  releaseTokens(): void {
    this.tokenList = undefined;
  }

  /** The f-strings by where they start. */
  get fstrings(): ReadonlyMap<number, FString> {
    return this.fstringMap ?? NO_FSTRINGS;
  }

  addFString(start: number, fstring: FString): void {
    this.fstringMap ??= new Map();
    this.fstringMap.set(start, fstring);
  }

  /** Whether one of the soft keywords `match` and `case` starts there. */
  isSoftKeyword(start: number): boolean {
    return this.softKeywordSet?.has(start) ?? false;
  }

  addSoftKeyword(start: number): void {
    this.softKeywordSet ??= new Set();
    this.softKeywordSet.add(start);
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
