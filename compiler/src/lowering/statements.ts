/** Statements to instructions. */
import type { SourceRange } from '@pysm/isa';
import type { Expression, Statement } from '../ast/index.js';
import { T, within } from '../types/typeset.js';
import { checkAnnotation } from './annotations.js';
import { labelRef, NONE, STACK } from './builder.js';
import { branchIf } from './conditions.js';
import { constantOf } from './constants.js';
import { lowerDefinition } from './definitions.js';
import { lower, lowerForEffect, operandOf } from './expressions.js';
import { lowerFor, lowerWhile } from './loops.js';
import type { Lowerer } from './lowerer.js';
import { lowerAssign, lowerAugAssign } from './targets.js';

export function lowerBlock(l: Lowerer, body: readonly Statement[]): void {
  for (const statement of body) {
    // Code that cannot be reached is checked by the subset, but makes no instructions.
    if (!l.b.reachable) return;
    lowerStatement(l, statement);
  }
}

/** A statement other than a definition or import, which only module bodies have. */
export function lowerStatement(l: Lowerer, node: Statement): void {
  l.b.beginStatement(firstLine(l, node));
  switch (node.kind) {
    case 'Expr':
      if (!constantOf(node.value)) lowerForEffect(l, node.value);
      return;
    case 'Assign':
      lowerAssign(l, node.targets, node.value);
      return;
    case 'AnnAssign':
      if (l.statementIndex !== undefined) checkAnnotation(l, node.annotation);
      if (node.value) lowerAssign(l, [node.target], node.value);
      return;
    case 'AugAssign':
      lowerAugAssign(l, node);
      return;
    case 'Return':
      lowerReturn(l, node.value);
      return;
    case 'If':
      lowerIf(l, node);
      return;
    case 'While':
      lowerWhile(l, node);
      return;
    case 'For':
      lowerFor(l, node);
      return;
    case 'Break':
    case 'Continue': {
      const loop = l.loops.at(-1);
      // Outside a loop: reported with the syntax errors.
      if (loop) l.b.emit('JMP', [labelRef(node.kind === 'Break' ? loop.breakTo : loop.continueTo)]);
      return;
    }
    case 'Assert':
      lowerAssert(l, node);
      return;
    case 'Raise':
      if (!node.exc) return;
      lower(l, node.exc, STACK);
      l.at(node);
      l.b.emit('RAISE', [STACK]);
      return;
    case 'FunctionDef':
    case 'ClassDef':
      lowerDefinition(l, node);
      return;
    default:
      // Pass and Global make no instructions; everything else has been refused.
      return;
  }
}

/** Range of the part of a statement that runs first: its header for compound statements. */
function firstLine(l: Lowerer, node: Statement) {
  const { source } = l.scope.module;
  switch (node.kind) {
    case 'If':
    case 'While':
      return source.range(node.test);
    case 'For':
      return source.range(node.iter);
    default:
      return source.range(node);
  }
}

function lowerReturn(l: Lowerer, value: Expression | null): void {
  if (!value) {
    l.b.emit('RET', [NONE]);
    return;
  }
  if (l.scope.owner && l.scope.node?.name === '__init__' && !within(l.types(value), T.NONE)) {
    l.report(value, 'PS3006', '__init__() should return None: Python raises TypeError for anything else');
  }
  if (value.kind === 'IfExp') {
    // Each arm returns by itself: no jump to a common end.
    const otherwise = l.b.label('else');
    l.inCondition(l.scope.module.source.range(value), () => branchIf(l, value.test, false, otherwise));
    lowerReturn(l, value.body);
    l.b.place(otherwise);
    lowerReturn(l, value.orelse);
    return;
  }
  const operand = operandOf(l, value);
  l.at(value);
  l.b.emit('RET', [operand]);
}

/** A statement as far as its first line goes. */
export function headerOf(l: Lowerer, node: Statement): SourceRange {
  const { source } = l.scope.module;
  const range = source.range(node);
  if (range.endLine === range.line) return range;
  return { ...range, endLine: range.line, endColumn: (source.lines[range.line - 1] ?? '').trimEnd().length };
}

function lowerIf(l: Lowerer, node: Statement & { kind: 'If' }): void {
  const test = (sense: boolean, target: string) =>
    l.inCondition(headerOf(l, node), () => branchIf(l, node.test, sense, target));
  const otherwise = l.b.label('else');
  const done = node.orelse.length > 0 ? l.b.label('endif') : otherwise;
  const jump = loneJump(l, node.body);
  if (jump && node.orelse.length === 0) {
    test(true, jump);
    return;
  }
  if (onlyRaises(node.body)) {
    // The path that does not raise goes straight on: a branch that is not taken, instead of one over the body.
    const raises = l.b.label('raises');
    test(true, raises);
    l.b.defer(() => {
      l.b.place(raises);
      lowerBlock(l, node.body);
    });
    lowerBlock(l, node.orelse);
    return;
  }
  test(false, otherwise);
  lowerBlock(l, node.body);
  if (node.orelse.length > 0) {
    if (l.b.reachable) l.b.emit('JMP', [labelRef(done)]);
    l.b.place(otherwise);
    lowerBlock(l, node.orelse);
  }
  l.b.place(done);
}

/** Whether a body is straight code that ends in a raise. */
const onlyRaises = (body: readonly Statement[]): boolean =>
  body.at(-1)?.kind === 'Raise' && body.every((s) => s.kind === 'Raise' || s.kind === 'Expr' || s.kind === 'Assign');

/** Label of a body that only breaks or continues: the branch goes there itself. */
function loneJump(l: Lowerer, body: readonly Statement[]): string | undefined {
  const loop = l.loops.at(-1);
  if (body.length !== 1 || !loop) return undefined;
  if (body[0]!.kind === 'Break') return loop.breakTo;
  return body[0]!.kind === 'Continue' ? loop.continueTo : undefined;
}

/** Where CPython 3.11 says that an assert failed: at the last comparison of its condition, where it has one. */
function lastComparison(test: Expression): Expression | undefined {
  switch (test.kind) {
    case 'Compare':
      return test;
    case 'BoolOp':
      return test.values.flatMap((v) => lastComparison(v) ?? []).at(-1);
    case 'UnaryOp':
      return test.op === 'Not' ? lastComparison(test.operand) : undefined;
    default:
      return undefined;
  }
}

function lowerAssert(l: Lowerer, node: Statement & { kind: 'Assert' }): void {
  const failed = l.b.label('assert');
  l.inCondition(headerOf(l, node), () => branchIf(l, node.test, false, failed));
  l.b.defer(() => {
    l.b.place(failed);
    if (node.msg) lower(l, node.msg, STACK);
    l.at(lastComparison(node.test) ?? node);
    l.callRuntime('raise_assertion', node.msg ? 1 : 0, true);
    l.b.emit('RET', [NONE]);
  });
}
