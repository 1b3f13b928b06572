/** The patterns of `case`. */

import { type BuildContext, between, Hole, identifier, required } from './build-context.js';
import { buildStrings } from './build-strings.js';
import { type CstNode, childInField } from './cst.js';
import { numberValue } from './literals.js';
import type { Expression, Pattern } from './nodes.js';

/** The pattern of a `case` clause: one, or several with commas between. */
export function buildCasePatterns(b: BuildContext, clause: CstNode): Pattern {
  const last = clause.children.findIndex((child) => child.type === 'if_clause' || child.type === ':');
  const parts = clause.children.slice(1, last);
  const patterns = parts.filter((child) => child.type !== ',').map((child) => buildPattern(b, child));
  if (parts.length === 1) return required(patterns[0]);
  const end = required(parts[parts.length - 1]).end;
  return { kind: 'MatchSequence', patterns, ...b.span(required(parts[0]).start, end) };
}

/** One pattern. */
function buildPattern(b: BuildContext, node: CstNode): Pattern {
  b.enter();
  const pattern = node.type === 'case_pattern' ? buildSimple(b, node.children) : buildSimple(b, [node]);
  b.leave();
  return pattern;
}

/** A pattern from its nodes; more than one only for a number with a sign. */
function buildSimple(b: BuildContext, nodes: readonly CstNode[]): Pattern {
  const node = required(nodes[0]);
  if (nodes.length > 1) return valuePattern(signedNumber(b, nodes));
  const at = b.positions(node);
  switch (node.type) {
    case 'as_pattern': {
      const [pattern, , name] = node.children;
      return {
        kind: 'MatchAs',
        pattern: buildPattern(b, required(pattern)),
        name: identifier(b, required(name)),
        ...at,
      };
    }
    case 'union_pattern':
      return { kind: 'MatchOr', patterns: split(node.children, '|').map((part) => buildSimple(b, part)), ...at };
    case 'list_pattern':
      return { kind: 'MatchSequence', patterns: elements(b, node), ...at };
    case 'tuple_pattern': {
      const patterns = elements(b, node);
      if (node.children.length === 3 && patterns[0]!.kind !== 'MatchStar') return patterns[0]!;
      return { kind: 'MatchSequence', patterns, ...at };
    }
    case 'dict_pattern':
      return buildMapping(b, node);
    case 'class_pattern':
      return buildClass(b, node);
    case 'splat_pattern': {
      const name = identifier(b, required(node.children[1]));
      return { kind: 'MatchStar', name: name === '_' ? null : name, ...at };
    }
    case 'none':
      return { kind: 'MatchSingleton', value: { type: 'None' }, ...at };
    case 'true':
    case 'false':
      return { kind: 'MatchSingleton', value: { type: 'bool', value: node.type === 'true' }, ...at };
    case 'string':
    case 'concatenated_string':
      return valuePattern(buildStrings(b, node));
    case 'integer':
    case 'float':
    case 'complex_pattern':
      return valuePattern(signedNumber(b, node.type === 'complex_pattern' ? node.children : nodes));
    case 'identifier':
    case 'dotted_name':
    case '_':
      return buildName(b, node);
    default:
      throw new Hole();
  }
}

function valuePattern(value: Expression): Pattern {
  return { kind: 'MatchValue', value, ...between(value, value) };
}

function split(nodes: readonly CstNode[], separator: string): CstNode[][] {
  const parts: CstNode[][] = [[]];
  for (const node of nodes) {
    if (node.type === separator) parts.push([]);
    else parts[parts.length - 1]!.push(node);
  }
  return parts;
}

/** The patterns between brackets. */
function elements(b: BuildContext, node: CstNode): Pattern[] {
  return node.children.slice(1, -1).flatMap((child) => (child.type === ',' ? [] : [buildPattern(b, child)]));
}

/** A number with an optional sign, or the sum or difference of a real and an imaginary one. */
function signedNumber(b: BuildContext, nodes: readonly CstNode[]): Expression {
  let value: Expression | null = null;
  for (let i = 0; i < nodes.length; i++) {
    const sign = nodes[i]!.type;
    const isSigned = sign === '-' || sign === '+';
    const node = required(nodes[isSigned ? ++i : i]);
    const number = numberValue(b.text(node));
    const operand: Expression = { kind: 'Constant', value: number, kind_: null, ...b.positions(node) };
    if (value !== null) {
      const op = sign === '-' ? 'Sub' : 'Add';
      value = { kind: 'BinOp', left: value, op, right: operand, ...between(value, operand) };
    } else if (isSigned) {
      value = { kind: 'UnaryOp', op: 'USub', operand, ...between(b.positions(nodes[0]!), operand) };
    } else value = operand;
  }
  return required(value);
}

/** A capture, the wildcard `_`, or the value of a dotted name. */
function buildName(b: BuildContext, node: CstNode): Pattern {
  const parts = nameParts(node);
  if (parts.length > 1) return valuePattern(dottedName(b, parts));
  const name = identifier(b, node);
  return { kind: 'MatchAs', pattern: null, name: name === '_' ? null : name, ...b.positions(node) };
}

function nameParts(node: CstNode): readonly CstNode[] {
  return node.children.length > 0 ? node.children.filter((child) => child.type !== '.') : [node];
}

function dottedName(b: BuildContext, parts: readonly CstNode[]): Expression {
  const first = required(parts[0]);
  let value: Expression = { kind: 'Name', id: identifier(b, first), ctx: 'Load', ...b.positions(first) };
  for (const part of parts.slice(1)) {
    const at = b.span(first.start, part.end);
    value = { kind: 'Attribute', value, attr: identifier(b, part), ctx: 'Load', ...at };
  }
  return value;
}

function buildMapping(b: BuildContext, node: CstNode): Pattern {
  const keys: Expression[] = [];
  const patterns: Pattern[] = [];
  let rest: string | null = null;
  for (const part of split(node.children.slice(1, -1), ',')) {
    if (part.length === 0) continue;
    if (part[0]!.type === 'splat_pattern') {
      rest = identifier(b, required(part[0]!.children[1]));
      continue;
    }
    const colon = part.findIndex((child) => child.type === ':');
    keys.push(mappingKey(b, part.slice(0, colon)));
    patterns.push(buildPattern(b, required(part[colon + 1])));
  }
  return { kind: 'MatchMapping', keys, patterns, rest, ...b.positions(node) };
}

function mappingKey(b: BuildContext, nodes: readonly CstNode[]): Expression {
  const pattern = buildSimple(b, nodes);
  if (pattern.kind === 'MatchValue') return pattern.value;
  if (pattern.kind !== 'MatchSingleton') throw new Hole();
  return { kind: 'Constant', value: pattern.value, kind_: null, ...between(pattern, pattern) };
}

function buildClass(b: BuildContext, node: CstNode): Pattern {
  const patterns: Pattern[] = [];
  const kwd_attrs: string[] = [];
  const kwd_patterns: Pattern[] = [];
  for (const child of node.children.slice(2, -1)) {
    if (child.type === ',') continue;
    const keyword = child.type === 'case_pattern' ? required(child.children[0]) : child;
    if (keyword.type === 'keyword_pattern') {
      kwd_attrs.push(identifier(b, required(keyword.children[0])));
      kwd_patterns.push(buildSimple(b, keyword.children.slice(2)));
    } else patterns.push(buildPattern(b, child));
  }
  const cls = dottedName(b, nameParts(required(node.children[0])));
  return { kind: 'MatchClass', cls, patterns, kwd_attrs, kwd_patterns, ...b.positions(node) };
}

/** The guard of a `case` clause, or null. */
export function guardOf(clause: CstNode): CstNode | null {
  return childInField(clause, 'guard');
}
