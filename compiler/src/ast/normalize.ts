/**
 * Rewrites sources for tree-sitter, character for character, so that its grammar meets only what it takes.
 *
 * Offsets stay as they are. Each logical line becomes one line, indented by its depth; comments, continuation lines and
 * the contents of strings vanish; adjacent strings become one; words that are keywords only in old or new versions of
 * Python become plain names. A star before an expression is taken out and noted, because tree-sitter's grammar allows
 * it before few expressions. The expressions of f-strings come before the file, each on a line of its own.
 */

import type { Source } from './source.js';
import { fixedKind, KIND_COUNT, Kind } from './tokens.js';

/** The rewritten text of a file after the expressions of its f-strings. */
export interface NormalText {
  text: string;
  /** Where the file starts in it. */
  base: number;
  /**
   * Where it can be cut: the pieces from one of these offsets to the next hold whole statements. The first is 0, the last
   * the length; each but the last piece is at least {@link PIECE} long, and longer only by one statement.
   */
  cuts: readonly number[];
  /** The f-string expressions, by where they start in it. */
  fields: ReadonlyMap<number, Source>;
  /** For each expression after a star that was taken out: where the star stood, by where the expression starts. */
  stars: ReadonlyMap<number, number>;
}

/** Length of the pieces in which a long text is parsed, in UTF-16 units: each piece's tree is dropped before the next. */
const PIECE = 65_536;

const RENAMED = new Set(['print', 'exec', 'match', 'case', 'type', '__future__']);

const K_STAR = fixedKind('*');
const K_COLON = fixedKind(':');
const K_DEF = fixedKind('def');
const K_LAMBDA = fixedKind('lambda');
const K_IMPORT = fixedKind('import');
const K_AT = fixedKind('@');
const K_EXCEPT = fixedKind('except');

/** After a token of these kinds a star multiplies. */
const ENDS_OPERAND = new Uint8Array(KIND_COUNT);
for (const text of [')', ']', '}', 'True', 'False', 'None', '...']) ENDS_OPERAND[fixedKind(text)] = 1;
ENDS_OPERAND[Kind.Name] = ENDS_OPERAND[Kind.Number] = ENDS_OPERAND[Kind.String] = 1;

/** Tokens that stand in the text, rather than for its structure. */
const IS_TEXT = new Uint8Array(KIND_COUNT).fill(1);
for (const kind of [Kind.Newline, Kind.Indent, Kind.Dedent, Kind.EndMarker, Kind.Error]) IS_TEXT[kind] = 0;

/** Keywords whose line goes on with the compound statement before it. */
const CONTINUES = new Uint8Array(KIND_COUNT);
for (const text of ['elif', 'else', 'except', 'finally']) CONTINUES[fixedKind(text)] = 1;

const OPENS = new Uint8Array(KIND_COUNT);
const CLOSES = new Uint8Array(KIND_COUNT);
for (const text of '([{') OPENS[fixedKind(text)] = 1;
for (const text of ')]}') CLOSES[fixedKind(text)] = 1;

/** Rewrites a file's source and the sources of its f-string expressions. */
export function normalize(file: Source): NormalText {
  const texts: string[] = [];
  const fields = new Map<number, Source>();
  const stars = new Map<number, number>();
  const cuts = new Cuts();
  let base = 0;
  const queue = fieldsOf(file);
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    fields.set(base, next);
    const text = new Writer(next, base, stars, cuts).write();
    texts.push(text);
    next.releaseTokens();
    base += text.length;
    for (const source of fieldsOf(next)) queue.push(source);
  }
  texts.push(new Writer(file, base, stars, cuts).write());
  const text = texts.join('');
  return { text, base, cuts: cuts.upTo(text.length), fields, stars };
}

/** Chooses among the places where a text can be cut. */
class Cuts {
  private readonly offsets = [0];

  /** Says that a statement of no other statement's block starts at an offset. */
  statementAt(offset: number): void {
    if (offset >= this.offsets[this.offsets.length - 1]! + PIECE) this.offsets.push(offset);
  }

  upTo(length: number): readonly number[] {
    return [...this.offsets, length];
  }
}

function fieldsOf(source: Source): Source[] {
  return [...source.fstrings.values()].flatMap((fstring) => fstring.fields.map((field) => field.source));
}

/** What a bracket, or the line outside of all brackets, holds. */
interface Context {
  /** The parameters of a `def`. */
  isParameters: boolean;
  /** How many `lambda`s wait for their colon. */
  lambdas: number;
}

class Writer {
  private out = '';
  private depth = 0;
  private isLineStart = true;
  private readonly contexts: Context[] = [{ isParameters: false, lambdas: 0 }];
  /** Whether the line is the head of a `case`, up to its colon. */
  private isCase = false;
  /** Whether the line before is a decorator. */
  private isDecorated = false;

  constructor(
    private readonly source: Source,
    private readonly base: number,
    private readonly stars: Map<number, number>,
    private readonly cuts: Cuts,
  ) {}

  write(): string {
    const { kind, start, end } = this.source.tokens;
    for (let i = 0; i < kind.length; i++) {
      if (this.isLineStart && IS_TEXT[kind[i]!] === 1) this.startLine(kind[i]!);
      switch (kind[i]) {
        case Kind.Indent:
          this.depth++;
          break;
        case Kind.Dedent:
          this.depth--;
          break;
        case Kind.EndMarker:
        case Kind.Error:
          break;
        case Kind.Newline:
          this.fill(start[i]!);
          this.out += '\n';
          this.isLineStart = true;
          this.isCase = false;
          this.contexts.length = 1;
          this.contexts[0]!.lambdas = 0;
          break;
        case Kind.String: {
          this.fill(start[i]!);
          while (kind[i + 1] === Kind.String) i++;
          this.out += `"${'_'.repeat(end[i]! - this.out.length - 2)}"`;
          break;
        }
        default:
          if (kind[i] === K_STAR && this.isPrefixStar(i)) {
            // The star's place is filled together with the gap after it, so that it cannot indent a line.
            this.stars.set(this.base + start[i + 1]!, this.base + start[i]!);
          } else {
            this.fill(start[i]!);
            this.token(i);
          }
      }
    }
    // What follows the last token is left out: blank lines, or a text that the tokenizer gave up on.
    return `${this.out}\n`;
  }

  private startLine(kind: number): void {
    if (this.depth === 0 && !this.isDecorated && CONTINUES[kind] === 0) {
      this.cuts.statementAt(this.base + this.out.length);
    }
    this.isDecorated = kind === K_AT;
  }

  /** Fills up to an offset: with blanks inside a line; with empty lines and the indentation before one. */
  private fill(offset: number): void {
    const gap = offset - this.out.length;
    if (!this.isLineStart) this.out += ' '.repeat(gap);
    else {
      const blanks = Math.min(gap, this.depth);
      this.out += '\n'.repeat(gap - blanks) + ' '.repeat(blanks);
      this.isLineStart = false;
    }
  }

  private token(i: number): void {
    const { text, tokens } = this.source;
    const kind = tokens.kind[i]!;
    const start = tokens.start[i]!;
    const end = tokens.end[i]!;
    const spelling = text.slice(start, end);
    if (kind === Kind.Name) {
      const isKeyword = this.source.isSoftKeyword(start);
      if (isKeyword && spelling === 'case') this.isCase = true;
      // biome-ignore lint/suspicious/noControlCharactersInRegex: this asks for ASCII
      const isPlain = /^[\x00-\x7f]*$/.test(spelling) && (!RENAMED.has(spelling) || isKeyword);
      this.out += isPlain ? spelling : 'x'.repeat(end - start);
    } else if (kind === Kind.Number) this.out += this.number(spelling, text.charCodeAt(end));
    else {
      this.track(i, kind);
      this.out += spelling;
    }
  }

  /** A number of the same length. One before a dot must not look like a float with that dot. */
  private number(spelling: string, next: number): string {
    if (next === 46) return 'N'.repeat(spelling.length);
    return (spelling[0] === '.' ? '.' : '1') + '1'.repeat(spelling.length - 1);
  }

  private track(i: number, kind: number): void {
    const { contexts } = this;
    const context = contexts[contexts.length - 1]!;
    if (OPENS[kind] === 1) {
      const isParameters = i >= 2 && this.source.tokens.kind[i - 2] === K_DEF;
      contexts.push({ isParameters, lambdas: 0 });
    } else if (CLOSES[kind] === 1) {
      if (contexts.length > 1) contexts.pop();
    } else if (kind === K_LAMBDA) context.lambdas++;
    else if (kind === K_COLON) {
      if (context.lambdas > 0) context.lambdas--;
      else if (contexts.length === 1) this.isCase = false;
    }
  }

  /** Whether a star stands before an expression that it unpacks, and not in a parameter, pattern or import. */
  private isPrefixStar(i: number): boolean {
    const { kind, start } = this.source.tokens;
    const before = i > 0 ? kind[i - 1]! : Kind.Newline;
    if (this.isCase || before === K_IMPORT || before === K_EXCEPT) return false;
    if (ENDS_OPERAND[before] === 1) return this.source.isSoftKeyword(start[i - 1]!);
    const context = this.contexts[this.contexts.length - 1]!;
    if (context.lambdas > 0) return false;
    return !context.isParameters || before === K_COLON;
  }
}
