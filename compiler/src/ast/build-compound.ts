/** Compound statements. */

import { buildArguments } from './build-arguments.js';
import { type BuildContext, Hole, identifier, only, required, tupleOf, without } from './build-context.js';
import { buildCallArguments, buildElement, buildExpression, buildExpressions } from './build-expressions.js';
import { buildCasePatterns, guardOf } from './build-patterns.js';
import { buildStatements, type HoleSink } from './build-statements.js';
import { type CstNode, childInField } from './cst.js';
import type { ExceptHandler, Expression, MatchCase, Positions, Statement, WithItem } from './nodes.js';

/** A compound statement, with the statements in its blocks. */
export function buildCompound(b: BuildContext, node: CstNode, sink: HoleSink): Statement {
  switch (node.type) {
    case 'if_statement':
      return buildIf(b, node, sink);
    case 'while_statement': {
      const test = buildExpression(b, required(childInField(node, 'condition')));
      const body = block(b, node, 'body', sink);
      const orelse = elseBlock(b, node, sink);
      return { kind: 'While', test, body, orelse, ...extent(b, node) };
    }
    case 'for_statement':
      return buildFor(b, node, sink);
    case 'try_statement':
      return buildTry(b, node, sink);
    case 'with_statement': {
      const items = withItems(b, only(node, 'async', 'with', ':', 'block'));
      const body = block(b, node, 'body', sink);
      const kind = isAsync(node) ? 'AsyncWith' : 'With';
      return { kind, items, body, type_comment: null, ...extent(b, node) };
    }
    case 'function_definition':
      return buildFunction(b, node, [], sink);
    case 'class_definition':
      return buildClass(b, node, [], sink);
    case 'decorated_definition': {
      const decorators = node.children.filter((child) => child.type === 'decorator');
      const list = decorators.map((child) => buildExpression(b, only(child, '@')));
      const definition = required(childInField(node, 'definition'));
      if (definition.type === 'class_definition') return buildClass(b, definition, list, sink);
      return buildFunction(b, definition, list, sink);
    }
    case 'match_statement':
      return buildMatch(b, node, sink);
    default:
      throw new Hole();
  }
}

function isAsync(node: CstNode): boolean {
  return node.children[0]?.type === 'async';
}

function block(b: BuildContext, node: CstNode, field: string, sink: HoleSink): Statement[] {
  return buildStatements(b, required(childInField(node, field)).children, sink);
}

/** The block of a clause in which it has no field. */
function plainBlock(b: BuildContext, node: CstNode, sink: HoleSink): Statement[] {
  const found = required(node.children.find((child) => child.type === 'block'));
  return buildStatements(b, found.children, sink);
}

function elseBlock(b: BuildContext, node: CstNode, sink: HoleSink): Statement[] {
  const clause = node.children.find((child) => child.type === 'else_clause');
  return clause ? block(b, clause, 'body', sink) : [];
}

/** The nodes that end with their last child; tree-sitter's own ends may lie on the next line. */
const OPEN_ENDED = new Set([
  'block',
  'if_statement',
  'elif_clause',
  'else_clause',
  'for_statement',
  'while_statement',
  'try_statement',
  'except_clause',
  'finally_clause',
  'with_statement',
  'function_definition',
  'class_definition',
  'decorated_definition',
  'match_statement',
  'case_clause',
]);

/** The positions of a compound statement or clause. It ends with its last token, be it a semicolon. */
function extent(b: BuildContext, node: CstNode, last: CstNode = node): Positions {
  let end = last;
  while (OPEN_ENDED.has(end.type) && end.children.length > 0) end = end.children[end.children.length - 1]!;
  return b.span(node.start, end.end);
}

/** An `elif` is an `if` in the `else` of the one before it, and ends where the whole ends. */
function buildIf(b: BuildContext, node: CstNode, sink: HoleSink): Statement {
  const clauses = node.children.filter((child) => child.type === 'elif_clause');
  b.enter(clauses.length);
  const heads = [node, ...clauses].map((clause) => ({
    clause,
    test: buildExpression(b, required(childInField(clause, 'condition'))),
    body: block(b, clause, 'consequence', sink),
  }));
  let orelse = elseBlock(b, node, sink);
  b.leave(clauses.length);
  let statement: Statement | null = null;
  for (const { clause, test, body } of heads.reverse()) {
    statement = { kind: 'If', test, body, orelse, ...extent(b, clause, node) };
    orelse = [statement];
  }
  return required(statement);
}

function buildFor(b: BuildContext, node: CstNode, sink: HoleSink): Statement {
  const target = buildExpressions(b, required(childInField(node, 'left')), 'Store');
  const iter = buildExpressions(b, required(childInField(node, 'right')));
  const body = block(b, node, 'body', sink);
  const orelse = elseBlock(b, node, sink);
  const kind = isAsync(node) ? 'AsyncFor' : 'For';
  return { kind, target, iter, body, orelse, type_comment: null, ...extent(b, node) };
}

function buildTry(b: BuildContext, node: CstNode, sink: HoleSink): Statement {
  const body = block(b, node, 'body', sink);
  const clauses = node.children.filter((child) => child.type === 'except_clause');
  const handlers = clauses.map((clause) => buildHandler(b, clause, sink));
  const orelse = elseBlock(b, node, sink);
  const final = node.children.find((child) => child.type === 'finally_clause');
  const finalbody = final ? plainBlock(b, final, sink) : [];
  const isGroup = clauses.some((clause) => clause.children[1]?.type === '*');
  return { kind: isGroup ? 'TryStar' : 'Try', body, handlers, orelse, finalbody, ...extent(b, node) };
}

function buildHandler(b: BuildContext, clause: CstNode, sink: HoleSink): ExceptHandler {
  let value = childInField(clause, 'value');
  let alias = childInField(clause, 'alias');
  if (value?.type === 'as_pattern') {
    alias = required(childInField(value, 'alias'));
    value = required(value.children[0]);
  }
  const type = value === null ? null : buildExpression(b, value);
  const name = alias === null ? null : identifier(b, alias);
  const body = plainBlock(b, clause, sink);
  return { kind: 'ExceptHandler', type, name, body, ...extent(b, clause) };
}

/** The items of a `with`. Parentheses around all of them make a tuple only if they cannot be read otherwise. */
function withItems(b: BuildContext, clause: CstNode): WithItem[] {
  const values = without(clause, '(', ')', ',').map((item) => only(item));
  const [value] = values;
  const isPlain = clause.children.length === 1;
  let wrapper = isPlain ? null : clause.children[0]?.type === '(' ? clause : null;
  if (isPlain && (value?.type === 'tuple' || value?.type === 'parenthesized_expression')) wrapper = value;
  if (wrapper === null) return values.map((item) => withItem(b, item));
  const elements = wrapper === clause ? values : without(wrapper, '(', ')', ',');
  const isList = elements.every((element) => {
    return element.type !== 'named_expression' && element.type !== 'yield' && b.starBefore(element) < 0;
  });
  if (isList && elements.length > 0) return elements.map((element) => withItem(b, element));
  if (wrapper !== clause || clause.children.length === 3) return values.map((item) => withItem(b, item));
  const elts = elements.map((element) => buildElement(b, element));
  const context_expr: Expression = { kind: 'Tuple', elts, ctx: 'Load', ...b.positions(clause) };
  return [{ kind: 'withitem', context_expr, optional_vars: null }];
}

function withItem(b: BuildContext, node: CstNode): WithItem {
  if (node.type !== 'as_pattern') {
    return { kind: 'withitem', context_expr: buildExpression(b, node), optional_vars: null };
  }
  const target = only(required(childInField(node, 'alias')));
  const context_expr = buildExpression(b, required(node.children[0]));
  return { kind: 'withitem', context_expr, optional_vars: buildElement(b, target, 'Store') };
}

function buildFunction(b: BuildContext, node: CstNode, decorator_list: Expression[], sink: HoleSink): Statement {
  const returns = childInField(node, 'return_type');
  const body = block(b, node, 'body', sink);
  return {
    kind: isAsync(node) ? 'AsyncFunctionDef' : 'FunctionDef',
    name: identifier(b, required(childInField(node, 'name'))),
    args: buildArguments(b, required(childInField(node, 'parameters'))),
    body,
    decorator_list,
    returns: returns === null ? null : buildExpression(b, returns),
    type_comment: null,
    ...extent(b, node),
  };
}

function buildClass(b: BuildContext, node: CstNode, decorator_list: Expression[], sink: HoleSink): Statement {
  const list = childInField(node, 'superclasses');
  const { args, keywords } = list === null ? { args: [], keywords: [] } : buildCallArguments(b, list);
  const body = block(b, node, 'body', sink);
  const name = identifier(b, required(childInField(node, 'name')));
  return { kind: 'ClassDef', name, bases: args, keywords, body, decorator_list, ...extent(b, node) };
}

function buildMatch(b: BuildContext, node: CstNode, sink: HoleSink): Statement {
  const colon = node.children.findIndex((child) => child.type === ':');
  const parts = node.children.slice(1, colon);
  const subjects = parts.filter((child) => child.type !== ',').map((child) => buildElement(b, child));
  const isTuple = parts.length > 1 || subjects[0]?.kind === 'Starred';
  const subject = isTuple ? tupleOf(b, parts, subjects) : required(subjects[0]);
  const clauses = required(childInField(node, 'body')).children.filter((child) => child.type === 'case_clause');
  const cases = clauses.map((clause): MatchCase => {
    const guard = guardOf(clause);
    return {
      kind: 'match_case',
      pattern: buildCasePatterns(b, clause),
      guard: guard === null ? null : buildExpression(b, only(guard, 'if')),
      body: block(b, clause, 'consequence', sink),
    };
  });
  return { kind: 'Match', subject, cases, ...extent(b, node) };
}
