/**
 * Expressions of watches, hovers and the debug console. The evaluator is given to the debugger; the one here knows names,
 * attributes, indices and literals, and calls nothing.
 */
import { boolWord, fitsStr7, floatOf, floatWord, intWord, NONE_WORD, str7Word, TAG, type Word } from '@pysm/isa';

/** A halted program as an evaluator sees it. */
export interface EvaluationScope {
  /** Value of a local, else of a global of the frame's module; undefined where the name is unknown or unbound. */
  lookup(name: string): Promise<Word | undefined>;
  attribute(value: Word, name: string): Promise<Word | undefined>;
  /** Item of a sequence; a character that fits no immediate comes as text. */
  item(value: Word, index: number): Promise<Word | string | undefined>;
  typeName(value: Word): Promise<string>;
}

export interface Evaluator {
  /** Rejects with an {@link EvaluationError} where the expression is wrong or is beyond the evaluator. */
  evaluate(expression: string, scope: EvaluationScope): Promise<Word>;
}

/** A message for the person who typed the expression. */
export class EvaluationError extends Error {}

const TOKEN =
  /\s*(?:(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<number>0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)|(?<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?<mark>[-.[\]()])|(?<other>\S))/uy;

type Token = { readonly kind: 'name' | 'number' | 'string' | 'mark' | 'end'; readonly text: string };

/** Nested brackets that an expression may have. */
const DEPTH_LIMIT = 50;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const groups = TOKEN.exec(text)!.groups!;
    if (groups['other'] !== undefined) {
      throw new EvaluationError(
        `\`${groups['other']}\` cannot be evaluated here: names, attributes, indices and literals can.`,
      );
    }
    for (const kind of ['name', 'number', 'string', 'mark'] as const) {
      const found = groups[kind];
      if (found !== undefined) tokens.push({ kind, text: found });
    }
  }
  return tokens;
}

/** Names, `a.b`, `a[i]`, literals, and parentheses around them. */
export const pathEvaluator: Evaluator = {
  async evaluate(expression, scope) {
    const parser = new PathParser(tokenize(expression), scope);
    return parser.whole();
  },
};

class PathParser {
  readonly #tokens: readonly Token[];
  readonly #scope: EvaluationScope;
  #next = 0;

  constructor(tokens: readonly Token[], scope: EvaluationScope) {
    this.#tokens = tokens;
    this.#scope = scope;
  }

  async whole(): Promise<Word> {
    const value = await this.#value(0);
    const rest = this.#peek();
    if (rest.kind !== 'end') throw new EvaluationError(`\`${rest.text}\` is not expected here.`);
    return value;
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '' };
  }

  #take(): Token {
    const token = this.#peek();
    this.#next++;
    return token;
  }

  #expect(mark: string): void {
    if (this.#take().text !== mark) throw new EvaluationError(`\`${mark}\` is missing.`);
  }

  async #value(depth: number): Promise<Word> {
    if (depth > DEPTH_LIMIT) throw new EvaluationError('The expression is nested too deeply.');
    const token = this.#take();
    let value: Word;
    if (token.text === '-') {
      const operand = await this.#value(depth + 1);
      return negate(operand);
    }
    if (token.text === '(') {
      value = await this.#value(depth + 1);
      this.#expect(')');
    } else if (token.kind === 'name' && !KEYWORDS.has(token.text)) {
      const found = await this.#scope.lookup(token.text);
      if (!found) throw new EvaluationError(`name '${token.text}' is not defined`);
      value = found;
    } else {
      value = literal(token.text);
    }
    for (;;) {
      const mark = this.#peek().text;
      if (mark === '.') {
        this.#take();
        value = await this.#attribute(value);
      } else if (mark === '[') {
        this.#take();
        value = await this.#item(value, await this.#value(depth + 1));
        this.#expect(']');
      } else if (mark === '(') {
        throw new EvaluationError('Calls cannot be evaluated while the program is halted.');
      } else {
        return value;
      }
    }
  }

  async #attribute(value: Word): Promise<Word> {
    const name = this.#take();
    if (name.kind !== 'name') throw new EvaluationError('An attribute name is missing behind `.`.');
    const found = await this.#scope.attribute(value, name.text);
    if (found) return found;
    throw new EvaluationError(`'${await this.#scope.typeName(value)}' object has no attribute '${name.text}'`);
  }

  async #item(value: Word, index: Word): Promise<Word> {
    if (index.tag !== TAG.INT && index.tag !== TAG.BOOL) throw new EvaluationError('Only integers can index here.');
    const found = await this.#scope.item(value, Number(index.payload));
    if (typeof found === 'string') return shortString(found);
    if (found) return found;
    throw new EvaluationError(`'${await this.#scope.typeName(value)}' object has no item ${index.payload}`);
  }
}

const KEYWORDS = new Set(['None', 'True', 'False']);

function negate(word: Word): Word {
  if (word.tag === TAG.FLOAT) return floatWord(-floatOf(word.payload));
  if (word.tag === TAG.INT) return integer(-word.payload);
  throw new EvaluationError('Only numbers can be negated.');
}

function integer(value: bigint): Word {
  if (BigInt.asIntN(64, value) !== value) throw new EvaluationError(`${value} does not fit 64 bits.`);
  return intWord(value);
}

function shortString(text: string): Word {
  if (!fitsStr7(text)) {
    throw new EvaluationError('Only strings of at most 7 ASCII characters can be made while the program is halted.');
  }
  return str7Word(text);
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '0': '\0',
};

/** The word of a Python literal: int, float, bool, None, short str. Throws an {@link EvaluationError} for anything else. */
export function literal(text: string): Word {
  const trimmed = text.trim();
  if (trimmed === 'None') return NONE_WORD;
  if (trimmed === 'True' || trimmed === 'False') return boolWord(trimmed === 'True');
  const unsigned = trimmed.replace(/^[-+]\s*/, '').replaceAll('_', '');
  const isNegative = trimmed.startsWith('-');
  if (/^(\d+|0x[\da-f]+|0b[01]+|0o[0-7]+)$/i.test(unsigned)) {
    const value = BigInt(unsigned);
    return integer(isNegative ? -value : value);
  }
  if (/^(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(unsigned))
    return floatWord(isNegative ? -Number(unsigned) : Number(unsigned));
  const quoted = /^(["'])((?:\\.|(?!\1)[^\\\n])*)\1$/su.exec(trimmed);
  if (!quoted) throw new EvaluationError(`\`${trimmed}\` is no number, None, True, False or short string.`);
  const body = quoted[2]!.replace(/\\(.)/gsu, (_, c: string) => {
    const escaped = ESCAPES[c];
    if (escaped === undefined) throw new EvaluationError(`The escape \\${c} is not known here.`);
    return escaped;
  });
  return shortString(body);
}
