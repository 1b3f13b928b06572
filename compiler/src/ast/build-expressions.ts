/** Expressions: from tree-sitter's nodes to CPython's. */

import { buildArguments } from './build-arguments.js';
import { type BuildContext, between, Hole, identifier, only, required, tupleOf, without } from './build-context.js';
import { buildStrings } from './build-strings.js';
import { type CstNode, childInField } from './cst.js';
import { numberValue } from './literals.js';
import type {
  BinaryOperator,
  CompareOperator,
  Comprehension,
  Constant,
  ConstantValue,
  ExprContext,
  Expression,
  Keyword,
  Name,
  UnaryOperator,
} from './nodes.js';

const BINARY: Record<string, BinaryOperator> = {
  '+': 'Add',
  '-': 'Sub',
  '*': 'Mult',
  '@': 'MatMult',
  '/': 'Div',
  '%': 'Mod',
  '**': 'Pow',
  '<<': 'LShift',
  '>>': 'RShift',
  '|': 'BitOr',
  '^': 'BitXor',
  '&': 'BitAnd',
  '//': 'FloorDiv',
};
const UNARY: Record<string, UnaryOperator> = { '+': 'UAdd', '-': 'USub', '~': 'Invert' };
const COMPARE: Record<string, CompareOperator> = {
  '==': 'Eq',
  '!=': 'NotEq',
  '<': 'Lt',
  '<=': 'LtE',
  '>': 'Gt',
  '>=': 'GtE',
  is: 'Is',
  'is not': 'IsNot',
  in: 'In',
  'not in': 'NotIn',
};

/** Node types that can lean to the left without end, with the field that leads there. */
const SPINES: Record<string, string> = {
  binary_operator: 'left',
  attribute: 'object',
  call: 'function',
  subscript: 'value',
};

/** The field through which a node leans to the left, or undefined. */
function spineField(node: CstNode): string | undefined {
  return isMasking(node) ? undefined : SPINES[node.type];
}

/** Whether a node is `&` or `^`, whose precedence tree-sitter has the wrong way round. */
function isMasking(node: CstNode): boolean {
  if (node.type !== 'binary_operator') return false;
  const operator = required(childInField(node, 'operator')).type;
  return operator === '&' || operator === '^';
}

/** The operator of a binary or augmented operator's spelling. */
export function binaryOperator(spelling: string): BinaryOperator {
  return required(BINARY[spelling]);
}

/** An expression, or several with commas between: then a tuple. */
export function buildExpressions(b: BuildContext, node: CstNode, ctx: ExprContext = 'Load'): Expression {
  if (node.type !== 'expression_list' && node.type !== 'pattern_list' && node.type !== 'expression_statement') {
    return buildElement(b, node, ctx);
  }
  const elements = without(node, ',').map((child) => buildElement(b, child, ctx));
  if (elements.length === node.children.length && elements.length === 1) return elements[0]!;
  return { kind: 'Tuple', elts: elements, ctx, ...b.span(b.startOf(node), node.end) };
}

/** An expression that may have a star before it. */
export function buildElement(b: BuildContext, node: CstNode, ctx: ExprContext = 'Load'): Expression {
  const star = b.starBefore(node);
  if (star < 0) return buildExpression(b, node, ctx);
  return { kind: 'Starred', value: buildExpression(b, node, ctx), ctx, ...b.span(star, node.end) };
}

/** Any expression but one with a star before it. */
export function buildExpression(b: BuildContext, node: CstNode, ctx: ExprContext = 'Load'): Expression {
  b.enter();
  const expression = spineField(node) === undefined ? buildPlain(b, node, ctx) : buildSpine(b, node, ctx);
  b.leave();
  return expression;
}

/** A chain of operators, calls, attributes and subscripts, from its leftmost operand outwards. */
function buildSpine(b: BuildContext, node: CstNode, ctx: ExprContext): Expression {
  const chain: CstNode[] = [];
  let leftmost = node;
  for (let field = spineField(node); field !== undefined; field = spineField(leftmost)) {
    chain.push(leftmost);
    leftmost = required(childInField(leftmost, field));
  }
  b.enter(chain.length);
  let value = buildExpression(b, leftmost);
  for (let i = chain.length - 1; i >= 0; i--) value = buildLink(b, chain[i]!, value, i === 0 ? ctx : 'Load');
  b.leave(chain.length);
  return value;
}

function buildLink(b: BuildContext, node: CstNode, value: Expression, ctx: ExprContext): Expression {
  const at = between(value, b.positions(node));
  // A group starts before the node of what it holds.
  const start = b.positions(node);
  at.lineno = start.lineno;
  at.col_offset = start.col_offset;
  switch (node.type) {
    case 'binary_operator': {
      const op = binaryOperator(required(childInField(node, 'operator')).type);
      return { kind: 'BinOp', left: value, op, right: buildField(b, node, 'right'), ...at };
    }
    case 'attribute': {
      const attr = identifier(b, required(childInField(node, 'attribute')));
      return { kind: 'Attribute', value, attr, ctx, ...at };
    }
    case 'subscript':
      return { kind: 'Subscript', value, slice: buildSlices(b, node), ctx, ...at };
    default: {
      const list = required(childInField(node, 'arguments'));
      return { kind: 'Call', func: value, ...buildCallArguments(b, list), ...at };
    }
  }
}

function buildField(b: BuildContext, node: CstNode, field: string): Expression {
  return buildExpression(b, required(childInField(node, field)));
}

function buildPlain(b: BuildContext, node: CstNode, ctx: ExprContext): Expression {
  switch (node.type) {
    case 'identifier':
    case '_':
      // A number before a dot is written as a name in the normalised text.
      if (/^[.\d]/.test(b.text(node))) return constant(b, node, numberValue(b.text(node)));
      return { kind: 'Name', id: identifier(b, node), ctx, ...b.positions(node) };
    case 'keyword_identifier':
      return buildExpression(b, only(node), ctx);
    case 'string':
    case 'concatenated_string':
      return buildStrings(b, node);
    case 'integer':
    case 'float':
      return constant(b, node, numberValue(b.text(node)));
    case 'true':
    case 'false':
      return constant(b, node, { type: 'bool', value: node.type === 'true' });
    case 'none':
      return constant(b, node, { type: 'None' });
    case 'ellipsis':
      return constant(b, node, { type: 'Ellipsis' });
    case 'parenthesized_expression':
      return buildGroup(b, node, ctx);
    case 'tuple':
    case 'tuple_pattern':
      return buildTuple(b, node, ctx);
    case 'list':
    case 'list_pattern':
      return { kind: 'List', elts: buildElements(b, node, ctx), ctx, ...b.positions(node) };
    case 'set':
      return { kind: 'Set', elts: buildElements(b, node), ...b.positions(node) };
    case 'dictionary':
      return buildDictionary(b, node);
    case 'list_splat':
    case 'list_splat_pattern':
      return { kind: 'Starred', value: buildExpression(b, only(node, '*'), ctx), ctx, ...b.positions(node) };
    case 'yield':
      return buildYield(b, node);
    case 'type':
      return buildExpression(b, only(node));
    case 'generic_type':
      return buildGenericType(b, node);
    case 'union_type':
    case 'member_type':
    case 'constrained_type':
      return buildTypeOperator(b, node);
    default:
      return buildOperation(b, node);
  }
}

function buildOperation(b: BuildContext, node: CstNode): Expression {
  const at = b.positions(node);
  switch (node.type) {
    case 'binary_operator':
      return buildMasks(b, node);
    case 'unary_operator': {
      const op = required(UNARY[required(childInField(node, 'operator')).type]);
      return { kind: 'UnaryOp', op, operand: buildField(b, node, 'argument'), ...at };
    }
    case 'not_operator':
      return { kind: 'UnaryOp', op: 'Not', operand: buildField(b, node, 'argument'), ...at };
    case 'boolean_operator':
      return buildBoolean(b, node);
    case 'comparison_operator':
      return buildComparison(b, node);
    case 'conditional_expression': {
      const [body, test, orelse] = without(node, 'if', 'else').map((child) => buildExpression(b, child));
      return { kind: 'IfExp', test: required(test), body: required(body), orelse: required(orelse), ...at };
    }
    case 'named_expression': {
      const name = required(childInField(node, 'name'));
      const target: Name = { kind: 'Name', id: identifier(b, name), ctx: 'Store', ...b.positions(name) };
      return { kind: 'NamedExpr', target, value: buildField(b, node, 'value'), ...at };
    }
    case 'lambda': {
      const args = buildArguments(b, childInField(node, 'parameters'));
      return { kind: 'Lambda', args, body: buildField(b, node, 'body'), ...at };
    }
    case 'await':
      return buildAwait(b, node);
    case 'slice':
      return buildSlice(b, node);
    case 'list_comprehension':
      return { kind: 'ListComp', elt: buildField(b, node, 'body'), generators: buildClauses(b, node), ...at };
    case 'set_comprehension':
      return { kind: 'SetComp', elt: buildField(b, node, 'body'), generators: buildClauses(b, node), ...at };
    case 'generator_expression':
      return { kind: 'GeneratorExp', elt: buildField(b, node, 'body'), generators: buildClauses(b, node), ...at };
    case 'dictionary_comprehension': {
      const pair = required(childInField(node, 'body'));
      const key = buildField(b, pair, 'key');
      return { kind: 'DictComp', key, value: buildField(b, pair, 'value'), generators: buildClauses(b, node), ...at };
    }
    default:
      throw new Hole();
  }
}

/** A chain of `&` and `^` without parentheses, regrouped so that `&` binds tighter. */
function buildMasks(b: BuildContext, node: CstNode): Expression {
  const operands: CstNode[] = [];
  const operators: string[] = [];
  const stack: (CstNode | string)[] = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next === 'string') operators.push(next);
    else if (!isMasking(next)) operands.push(next);
    else {
      const [left, operator, right] = next.children;
      stack.push(required(right), required(operator).type, required(left));
    }
  }
  b.enter(operators.length);
  const groups: { value: Expression; start: number; end: number }[] = [];
  operands.forEach((operand, i) => {
    const { start, end } = operand;
    const value = buildExpression(b, operand);
    const group = groups[groups.length - 1];
    if (group === undefined || operators[i - 1] === '^') {
      groups.push({ value, start, end });
      return;
    }
    group.value = { kind: 'BinOp', left: group.value, op: 'BitAnd', right: value, ...b.span(group.start, end) };
    group.end = end;
  });
  b.leave(operators.length);
  let sum: Expression | null = null;
  for (const { value, end } of groups) {
    sum = sum === null ? value : { kind: 'BinOp', left: sum, op: 'BitXor', right: value, ...b.span(node.start, end) };
  }
  return required(sum);
}

function constant(b: BuildContext, node: CstNode, value: ConstantValue): Constant {
  return { kind: 'Constant', value, kind_: null, ...b.positions(node) };
}

/** Parentheses around one expression: they leave no trace, unless a star makes what they hold a tuple. */
function buildGroup(b: BuildContext, node: CstNode, ctx: ExprContext): Expression {
  return buildElement(b, only(node, '(', ')'), ctx);
}

function buildElements(b: BuildContext, node: CstNode, ctx: ExprContext = 'Load'): Expression[] {
  return node.children.slice(1, -1).flatMap((child) => (child.type === ',' ? [] : [buildElement(b, child, ctx)]));
}

function buildTuple(b: BuildContext, node: CstNode, ctx: ExprContext): Expression {
  const elts = buildElements(b, node, ctx);
  // In a target, parentheses around one name are a tuple to tree-sitter.
  if (elts.length === 1 && node.children.length === 3) return elts[0]!;
  return { kind: 'Tuple', elts, ctx, ...b.positions(node) };
}

function buildDictionary(b: BuildContext, node: CstNode): Expression {
  const keys: (Expression | null)[] = [];
  const values: Expression[] = [];
  for (const child of node.children.slice(1, -1)) {
    if (child.type === ',') continue;
    if (child.type === 'dictionary_splat') {
      keys.push(null);
      values.push(buildExpression(b, only(child, '**')));
    } else {
      keys.push(buildField(b, child, 'key'));
      values.push(buildField(b, child, 'value'));
    }
  }
  return { kind: 'Dict', keys, values, ...b.positions(node) };
}

function buildYield(b: BuildContext, node: CstNode): Expression {
  const at = b.positions(node);
  const operands = without(node, 'yield', 'from');
  if (node.children[1]?.type === 'from') {
    return { kind: 'YieldFrom', value: buildExpression(b, required(operands[0])), ...at };
  }
  return { kind: 'Yield', value: operands[0] ? buildExpressions(b, operands[0]) : null, ...at };
}

/** `a and b and c` is one node with three values; what stands in parentheses stays apart. */
function buildBoolean(b: BuildContext, node: CstNode): Expression {
  const spelling = required(childInField(node, 'operator')).type;
  const operands: CstNode[] = [];
  let left = node;
  while (left.type === 'boolean_operator' && childInField(left, 'operator')?.type === spelling) {
    operands.push(required(childInField(left, 'right')));
    left = required(childInField(left, 'left'));
  }
  operands.push(left);
  const values = operands.reverse().map((operand) => buildExpression(b, operand));
  return { kind: 'BoolOp', op: spelling === 'and' ? 'And' : 'Or', values, ...b.positions(node) };
}

function buildComparison(b: BuildContext, node: CstNode): Expression {
  const ops: CompareOperator[] = [];
  const operands: Expression[] = [];
  for (const child of node.children) {
    if (child.field === 'operators') ops.push(required(COMPARE[child.type]));
    else operands.push(buildExpression(b, child));
  }
  const [left, ...comparators] = operands;
  return { kind: 'Compare', left: required(left), ops, comparators, ...b.positions(node) };
}

/** `await` binds tighter than `**`, which tree-sitter has the other way round. */
function buildAwait(b: BuildContext, node: CstNode): Expression {
  const operand = only(node, 'await');
  const value = buildExpression(b, operand);
  if (value.kind !== 'BinOp' || operand.type === 'parenthesized_expression') {
    return { kind: 'Await', value, ...b.positions(node) };
  }
  const left = required(childInField(operand, 'left'));
  return {
    ...value,
    left: { kind: 'Await', value: value.left, ...b.span(node.start, left.end) },
    ...b.positions(node),
  };
}

function buildSlice(b: BuildContext, node: CstNode): Expression {
  const bounds: (Expression | null)[] = [null, null, null];
  let index = 0;
  for (const child of node.children) {
    if (child.type === ':') index++;
    else bounds[index] = buildExpression(b, child);
  }
  const [lower, upper, step] = bounds as [Expression | null, Expression | null, Expression | null];
  return { kind: 'Slice', lower, upper, step, ...b.positions(node) };
}

/** What stands between the brackets of a subscript: one thing, or a tuple. */
function buildSlices(b: BuildContext, node: CstNode): Expression {
  const open = node.children.findIndex((child) => child.type === '[');
  const inner = node.children.slice(open + 1, -1);
  const elements = inner.filter((child) => child.type !== ',').map((child) => buildElement(b, child));
  const first = required(elements[0]);
  if (inner.length === 1 && first.kind !== 'Starred') return first;
  return tupleOf(b, inner, elements);
}

/** The clauses of a comprehension. */
function buildClauses(b: BuildContext, node: CstNode): Comprehension[] {
  const clauses: Comprehension[] = [];
  for (const child of node.children) {
    if (child.type === 'for_in_clause') {
      const target = buildExpressions(b, required(childInField(child, 'left')), 'Store');
      const is_async = child.children[0]!.type === 'async' ? 1 : 0;
      clauses.push({ kind: 'comprehension', target, iter: buildField(b, child, 'right'), ifs: [], is_async });
    } else if (child.type === 'if_clause') {
      required(clauses[clauses.length - 1]).ifs.push(buildExpression(b, only(child, 'if')));
    }
  }
  return clauses;
}

/** The arguments of a call or of a class header. */
export function buildCallArguments(b: BuildContext, node: CstNode): { args: Expression[]; keywords: Keyword[] } {
  if (node.type === 'generator_expression') return { args: [buildExpression(b, node)], keywords: [] };
  const args: Expression[] = [];
  const keywords: Keyword[] = [];
  for (const child of node.children.slice(1, -1)) {
    if (child.type === ',') continue;
    if (child.type === 'keyword_argument') {
      const arg = identifier(b, required(childInField(child, 'name')));
      keywords.push({ kind: 'keyword', arg, value: buildField(b, child, 'value'), ...b.positions(child) });
    } else if (child.type === 'dictionary_splat') {
      const value = buildExpression(b, only(child, '**'));
      keywords.push({ kind: 'keyword', arg: null, value, ...b.positions(child) });
    } else args.push(buildElement(b, child));
  }
  return { args, keywords };
}

/** A subscript in an annotation, for which tree-sitter has a node of its own. */
function buildGenericType(b: BuildContext, node: CstNode): Expression {
  const [name, parameters] = node.children;
  const value = buildExpression(b, required(name));
  const slice = buildSlices(b, required(parameters));
  return { kind: 'Subscript', value, slice, ctx: 'Load', ...b.positions(node) };
}

/** `a | b`, `a.b` or `a: b` in an annotation. */
function buildTypeOperator(b: BuildContext, node: CstNode): Expression {
  const at = b.positions(node);
  const [left, operator, right] = node.children;
  const value = buildExpression(b, required(left));
  if (operator?.type === '.') {
    return { kind: 'Attribute', value, attr: identifier(b, required(right)), ctx: 'Load', ...at };
  }
  const other = buildExpression(b, required(right));
  if (operator?.type === '|') return { kind: 'BinOp', left: value, op: 'BitOr', right: other, ...at };
  return { kind: 'Slice', lower: value, upper: other, step: null, ...at };
}
