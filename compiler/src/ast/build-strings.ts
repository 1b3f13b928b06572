/** String literals: plain, bytes, and f-strings with CPython 3.11's positions. */

import { BuildContext, required } from './build-context.js';
import { buildExpression, buildExpressions } from './build-expressions.js';
import type { CstNode } from './cst.js';
import type { FStringPart } from './fstring.js';
import { decodeBytes, decodeString, splitString } from './literals.js';
import type { ConstantValue, Expression, JoinedStr, Positions } from './nodes.js';
import type { FieldSource } from './source.js';
import { Kind, type TokenList } from './tokens.js';

/** The value of adjacent string literals, which one node of the normalised text stands for. */
export function buildStrings(b: BuildContext, node: CstNode): Expression {
  const { tokens, text } = b.source;
  const start = node.start - b.base;
  const end = node.end - b.base;
  const at = b.positions(node);
  const kind_ = text[start] === 'u' ? 'u' : null;
  const bytes: Uint8Array[] = [];
  const pieces = new Pieces(at, kind_);
  for (let i = stringAt(tokens, start); tokens.start[i]! < end && tokens.kind[i] === Kind.String; i++) {
    const literal = splitString(text, tokens.start[i]!, tokens.end[i]!);
    const content = text.slice(literal.start, literal.end);
    if (literal.isBytes) bytes.push(decodeBytes(content, literal.isRaw));
    else if (!literal.isFormatted) pieces.addText(literal.isRaw ? content : decodeString(content));
    else {
      pieces.isFormatted = true;
      const { parts, fields } = required(b.source.fstrings.get(tokens.start[i]!));
      const here = b.span(tokens.start[i]! + b.base, tokens.end[i]! + b.base);
      addParts(b, pieces, parts, fields[Symbol.iterator](), here);
    }
  }
  if (bytes.length > 0) return { kind: 'Constant', value: { type: 'bytes', value: join(bytes) }, kind_, ...at };
  return pieces.isFormatted ? pieces.joined() : pieces.constant();
}

/** The index of the string token that starts at an offset. An indent or dedents may stand before it, at the same place. */
function stringAt({ kind, start }: TokenList, offset: number): number {
  let low = 0;
  let high = start.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  while (kind[low] !== Kind.String && start[low] === offset) low++;
  return low;
}

function join(parts: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Collects text and fields; adjacent texts become one constant. */
class Pieces {
  isFormatted = false;
  private text = '';
  private readonly values: Expression[] = [];

  constructor(
    /** Where CPython places fields and the text before them: at all of the adjacent strings. */
    readonly at: Positions,
    private readonly kind_: 'u' | null,
    /** Where it places the whole and the text at its end: in a format specification, at its own string. */
    private readonly endAt = at,
  ) {}

  addText(text: string): void {
    this.text += text;
  }

  addField(field: Expression): void {
    this.flush(this.at);
    this.values.push(field);
  }

  constant(at = this.endAt): Expression {
    const value: ConstantValue = { type: 'str', value: this.text };
    return { kind: 'Constant', value, kind_: this.kind_, ...at };
  }

  joined(): JoinedStr {
    this.flush(this.endAt);
    return { kind: 'JoinedStr', values: this.values, ...this.endAt };
  }

  private flush(at: Positions): void {
    if (this.text === '') return;
    this.values.push(this.constant(at));
    this.text = '';
  }

  /** An empty collection for a format specification in the string at `here`. */
  nested(here: Positions): Pieces {
    return new Pieces(this.at, this.kind_, here);
  }
}

/**
 * Adds the parts of an f-string.
 *
 * @param here where this one of the adjacent strings stands
 */
function addParts(
  b: BuildContext,
  pieces: Pieces,
  parts: readonly FStringPart[],
  fields: Iterator<FieldSource>,
  here: Positions,
): void {
  for (const part of parts) {
    if (typeof part === 'string') {
      pieces.addText(part);
      continue;
    }
    const value = buildField(b, required(fields.next().value as FieldSource | undefined));
    let format_spec: JoinedStr | null = null;
    if (part.spec !== null) {
      const spec = pieces.nested(here);
      addParts(b, spec, part.spec, fields, here);
      format_spec = spec.joined();
    }
    pieces.addField({ kind: 'FormattedValue', value, conversion: part.conversion, format_spec, ...pieces.at });
  }
}

/** The expression of a replacement field: it was parsed in parentheses, ahead of the file. */
function buildField(b: BuildContext, field: FieldSource): Expression {
  const { node, base } = required(b.shared.fields.get(field.source));
  const inner = new BuildContext(field.source, base, b.shared);
  inner.depth = b.depth;
  inner.enter();
  const isBare = node.type !== 'expression_statement';
  const expression = isBare ? buildExpression(inner, node) : buildExpressions(inner, node);
  field.source.releaseTokens();
  return expression;
}
