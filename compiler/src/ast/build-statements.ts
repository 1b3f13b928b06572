/** Simple statements, and the module as a whole. */

import { buildCompound } from './build-compound.js';
import { type BuildContext, Hole, identifier, only, required, TooDeep, without } from './build-context.js';
import { binaryOperator, buildElement, buildExpression, buildExpressions } from './build-expressions.js';
import { type CstNode, childInField, ERROR_TYPE } from './cst.js';
import { LiteralError } from './literals.js';
import type { Alias, Expression, Positions, Statement } from './nodes.js';

/** What a builder of statements does where it cannot go on. */
export interface HoleSink {
  /** Says that a statement was left out, and why. */
  hole(at: Positions, reason: 'error' | 'depth'): void;
  /** Whether a statement that was built has to be left out all the same. */
  isBad(statement: Statement): boolean;
}

/** The statements among the children of a module or block. Those that cannot be built are left out. */
export function buildStatements(b: BuildContext, nodes: readonly CstNode[], sink: HoleSink): Statement[] {
  const statements: Statement[] = [];
  for (const node of nodes) {
    if (node.type === ';') continue;
    const { depth } = b;
    try {
      b.enter();
      const statement = buildStatement(b, node, sink);
      b.leave();
      if (!sink.isBad(statement)) statements.push(statement);
    } catch (error) {
      const isExpected = error instanceof Hole || error instanceof TooDeep || error instanceof LiteralError;
      if (!isExpected) throw error;
      b.depth = depth;
      sink.hole(b.positions(node), error instanceof TooDeep ? 'depth' : 'error');
    }
  }
  return statements;
}

function buildStatement(b: BuildContext, node: CstNode, sink: HoleSink): Statement {
  const at = b.positions(node);
  switch (node.type) {
    case 'expression_statement':
      return buildExpressionStatement(b, node);
    case 'return_statement': {
      const value = node.children[1];
      return { kind: 'Return', value: value ? buildExpressions(b, value) : null, ...at };
    }
    case 'delete_statement': {
      const targets = only(node, 'del');
      const list = targets.type === 'expression_list' ? without(targets, ',') : [targets];
      return { kind: 'Delete', targets: list.map((target) => buildExpression(b, target, 'Del')), ...at };
    }
    case 'raise_statement': {
      const [exc, cause] = without(node, 'raise', 'from').map((child) => buildExpression(b, child));
      return { kind: 'Raise', exc: exc ?? null, cause: cause ?? null, ...at };
    }
    case 'assert_statement': {
      const [test, msg] = without(node, 'assert', ',').map((child) => buildExpression(b, child));
      return { kind: 'Assert', test: required(test), msg: msg ?? null, ...at };
    }
    case 'pass_statement':
      return { kind: 'Pass', ...at };
    case 'break_statement':
      return { kind: 'Break', ...at };
    case 'continue_statement':
      return { kind: 'Continue', ...at };
    case 'global_statement':
      return { kind: 'Global', names: names(b, node), ...at };
    case 'nonlocal_statement':
      return { kind: 'Nonlocal', names: names(b, node), ...at };
    case 'import_statement':
      return { kind: 'Import', names: aliases(b, node), ...at };
    case 'import_from_statement':
      return buildImportFrom(b, node);
    case ERROR_TYPE:
      throw new Hole();
    default:
      return buildCompound(b, node, sink);
  }
}

function names(b: BuildContext, node: CstNode): string[] {
  return node.children.filter((child) => child.type === 'identifier').map((child) => identifier(b, child));
}

/** A dotted name as written, without blanks around its dots. */
function dottedName(b: BuildContext, node: CstNode): string {
  return node.children.map((child) => (child.type === '.' ? '.' : identifier(b, child))).join('');
}

function aliases(b: BuildContext, node: CstNode): Alias[] {
  const found: Alias[] = [];
  for (const child of node.children) {
    const at = b.positions(child);
    if (child.type === 'wildcard_import') found.push({ kind: 'alias', name: '*', asname: null, ...at });
    else if (child.field === 'name') {
      const isAliased = child.type === 'aliased_import';
      const name = dottedName(b, isAliased ? required(childInField(child, 'name')) : child);
      const asname = isAliased ? identifier(b, required(childInField(child, 'alias'))) : null;
      found.push({ kind: 'alias', name, asname, ...at });
    }
  }
  return found;
}

function buildImportFrom(b: BuildContext, node: CstNode): Statement {
  const at = b.positions(node);
  const from = required(childInField(node, 'module_name'));
  const isRelative = from.type === 'relative_import';
  const name = isRelative ? from.children.find((child) => child.type === 'dotted_name') : from;
  const dots = isRelative ? b.text(required(from.children[0])).replace(/[^.]/g, '').length : 0;
  const module = name ? dottedName(b, name) : null;
  return { kind: 'ImportFrom', module, names: aliases(b, node), level: dots, ...at };
}

function buildExpressionStatement(b: BuildContext, node: CstNode): Statement {
  const first = required(node.children[0]);
  if (node.children.length === 1) {
    if (first.type === 'assignment') return buildAssignment(b, first);
    if (first.type === 'augmented_assignment') return buildAugmented(b, first);
  }
  const value = buildExpressions(b, node);
  return { kind: 'Expr', value, ...b.span(b.startOf(node), node.end) };
}

function buildAssignment(b: BuildContext, node: CstNode): Statement {
  const type = childInField(node, 'type');
  if (type !== null) return buildAnnotated(b, node, type);
  const targets: Expression[] = [];
  let right = node;
  while (right.type === 'assignment') {
    targets.push(buildExpressions(b, required(childInField(right, 'left')), 'Store'));
    right = required(childInField(right, 'right'));
  }
  const value = buildExpressions(b, right);
  return { kind: 'Assign', targets, value, type_comment: null, ...b.span(b.startOf(node), node.end) };
}

function buildAnnotated(b: BuildContext, node: CstNode, type: CstNode): Statement {
  const left = required(childInField(node, 'left'));
  const target = buildExpression(b, left, 'Store');
  if (target.kind !== 'Name' && target.kind !== 'Attribute' && target.kind !== 'Subscript') throw new Hole();
  const right = childInField(node, 'right');
  return {
    kind: 'AnnAssign',
    target,
    annotation: buildExpression(b, type),
    value: right === null ? null : buildExpressions(b, right),
    simple: left.type === 'identifier' ? 1 : 0,
    ...b.positions(node),
  };
}

function buildAugmented(b: BuildContext, node: CstNode): Statement {
  const target = buildElement(b, required(childInField(node, 'left')), 'Store');
  if (target.kind !== 'Name' && target.kind !== 'Attribute' && target.kind !== 'Subscript') throw new Hole();
  const op = binaryOperator(required(childInField(node, 'operator')).type.slice(0, -1));
  const value = buildExpressions(b, required(childInField(node, 'right')));
  return { kind: 'AugAssign', target, op, value, ...b.positions(node) };
}
