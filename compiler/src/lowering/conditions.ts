/** Conditions to branches. Comparisons, bit tests and pin reads branch without making a bool. */

import { TAG, type TagName } from '@pysm/isa';
import type { AsmOperand, LoopBound } from '../assembly/model.js';
import type { CompareOperator, Expression } from '../ast/index.js';
import { T, within } from '../types/typeset.js';
import { int, labelRef } from './builder.js';
import { constantOf, powerOfTwo } from './constants.js';
import { operandOf, pair } from './expressions.js';
import { gpioPin } from './intrinsic-calls.js';
import type { Lowerer } from './lowerer.js';
import { checkIdentity } from './refusals.js';

/** Branch where the comparison holds, and where it does not: the second is no opposite comparison, because of NaN and special methods. */
const BRANCH: Readonly<Record<CompareOperator, readonly [holds: string, not: string]>> = {
  Lt: ['BLT', 'BNLT'],
  LtE: ['BLE', 'BNLE'],
  Gt: ['BGT', 'BNGT'],
  GtE: ['BGE', 'BNGE'],
  Eq: ['BEQ', 'BNEQ'],
  NotEq: ['BNE', 'BNNE'],
  Is: ['BIS', 'BNIS'],
  IsNot: ['BNIS', 'BIS'],
  In: ['BIN', 'BNIN'],
  NotIn: ['BNIN', 'BIN'],
};

/** Branches to `target` where the truth of `node` is `sense`; falls through otherwise. */
export function branchIf(l: Lowerer, node: Expression, sense: boolean, target: string, loopBound?: LoopBound): void {
  l.nested(node, () => branch(l, node, sense, target, loopBound), undefined);
}

function branch(l: Lowerer, node: Expression, sense: boolean, target: string, loopBound: LoopBound | undefined): void {
  const constant = constantOf(node);
  if (constant) {
    if (truth(constant) === sense) l.b.emit('JMP', [labelRef(target)], bound(loopBound));
    return;
  }
  switch (node.kind) {
    case 'UnaryOp':
      if (node.op === 'Not') {
        branchIf(l, node.operand, !sense, target, loopBound);
        return;
      }
      break;
    case 'BoolOp': {
      // `and` is left at the first false value, `or` at the first true one.
      const leaves = node.op === 'Or';
      const last = node.values.length - 1;
      if (leaves === sense) {
        for (const value of node.values) branchIf(l, value, sense, target, loopBound);
        return;
      }
      const through = l.b.label('through');
      node.values.forEach((value, i) => {
        if (i < last) branchIf(l, value, leaves, through);
        else branchIf(l, value, sense, target, loopBound);
      });
      l.b.place(through);
      return;
    }
    case 'Compare':
      compare(l, node, sense, target, loopBound);
      return;
    case 'BinOp':
      if (bitTest(l, node, sense, target, loopBound)) return;
      break;
    case 'Call':
      if (tagTest(l, node, sense, target) || pinTest(l, node, 1, sense, target, loopBound)) return;
      break;
    default:
  }
  const a = operandOf(l, node);
  l.b.at(l.condition ?? l.scope.module.source.range(node));
  l.b.emit(sense ? 'BT' : 'BF', [a, labelRef(target)], { ...l.known({ a: node }), ...bound(loopBound) });
}

const bound = (loopBound: LoopBound | undefined) => (loopBound ? { loopBound } : {});

function truth(value: NonNullable<ReturnType<typeof constantOf>>): boolean {
  switch (value.type) {
    case 'int':
      return value.value !== 0n;
    case 'float':
      return value.value !== 0;
    case 'bool':
      return value.value;
    case 'str':
      return value.value !== '';
    case 'tuple':
      return value.items.length > 0;
    default:
      return false;
  }
}

function compare(
  l: Lowerer,
  node: Expression & { kind: 'Compare' },
  sense: boolean,
  target: string,
  loopBound: LoopBound | undefined,
): void {
  checkIdentity(l, node);
  l.condition = l.scope.module.source.range(node);
  if (node.ops.length === 1) {
    const right = node.comparators[0]!;
    if (pinCompare(l, node.left, node.ops[0]!, right, sense, target, loopBound)) return;
    const [a, b] = pair(l, node.left, right);
    emitCompare(l, node, 0, a, b, sense, target, loopBound);
    return;
  }
  // a < b < c: each middle operand is evaluated once and kept for the next comparison.
  const through = l.b.label('chain');
  let a = l.hold(operandOf(l, node.left));
  node.ops.forEach((_, i) => {
    const last = i === node.ops.length - 1;
    const value = operandOf(l, node.comparators[i]!);
    const b = last ? value : l.hold(value);
    if (last) emitCompare(l, node, i, a, b, sense, target, loopBound);
    else emitCompare(l, node, i, a, b, false, sense ? through : target, undefined);
    l.b.release(a);
    a = b;
  });
  l.b.place(through);
}

function emitCompare(
  l: Lowerer,
  node: Expression & { kind: 'Compare' },
  index: number,
  a: AsmOperand,
  b: AsmOperand,
  sense: boolean,
  target: string,
  loopBound: LoopBound | undefined,
): void {
  const [holds, not] = BRANCH[node.ops[index]!];
  const left = index === 0 ? node.left : node.comparators[index - 1]!;
  l.at(node);
  l.b.emit(sense ? holds : not, [a, b, labelRef(target)], {
    ...l.known({ a: left, b: node.comparators[index]! }),
    ...bound(loopBound),
  });
}

/** `x & 0x80` in a condition: one bit test, for an integer x. */
function bitTest(
  l: Lowerer,
  node: Expression & { kind: 'BinOp' },
  sense: boolean,
  target: string,
  loopBound: LoopBound | undefined,
): boolean {
  const bit = node.op === 'BitAnd' ? powerOfTwo(constantOf(node.right)) : undefined;
  if (bit === undefined || !within(l.types(node.left) & ~T.UNBOUND, T.INT | T.BOOL)) return false;
  const a = operandOf(l, node.left);
  l.at(node);
  l.b.emit(sense ? 'BBS' : 'BBC', [a, int(bit), labelRef(target)], {
    ...l.known({ a: node.left }),
    ...bound(loopBound),
  });
  return true;
}

/** `is_tag(x, 'LIST')` and `is_unbound(x)` of the runtime. */
function tagTest(l: Lowerer, node: Expression & { kind: 'Call' }, sense: boolean, target: string): boolean {
  const intrinsic = l.context.resolver.intrinsicOf(node.func, l.scope);
  if (intrinsic?.[0] !== '_core') return false;
  const [first, second] = node.args;
  if (intrinsic[1] === 'is_unbound' && first) {
    const a = unchecked(l, first);
    l.at(node);
    l.b.emit(sense ? 'BUNB' : 'BBND', [a, labelRef(target)]);
    return true;
  }
  if (intrinsic[1] !== 'is_tag' || !first || second?.kind !== 'Constant' || second.value.type !== 'str') return false;
  const name = second.value.value;
  if (!(name in TAG)) {
    l.report(second, 'PS3006', `there is no tag ${name}`);
    return true;
  }
  const a = unchecked(l, first);
  l.at(node);
  l.b.emit(sense ? 'BTAG' : 'BNTAG', [a, { kind: 'tag', name: name as TagName }, labelRef(target)]);
  return true;
}

/** Operand of a local without the check that it is bound, for tests of that very thing. */
export function unchecked(l: Lowerer, node: Expression): AsmOperand {
  return node.kind === 'Name' && l.scope.locals.has(node.id)
    ? { kind: 'local', slot: l.b.slot(node.id) }
    : operandOf(l, node);
}

/** A pin read that is compared with a level, or tested: read, test and branch in one instruction. */
function pinCompare(
  l: Lowerer,
  left: Expression,
  op: CompareOperator,
  right: Expression,
  sense: boolean,
  target: string,
  loopBound: LoopBound | undefined,
): boolean {
  const [call, constant] = constantOf(right) ? [left, constantOf(right)] : [right, constantOf(left)];
  if ((op !== 'Eq' && op !== 'NotEq') || call.kind !== 'Call' || !constant) return false;
  const level =
    constant.type === 'int' ? Number(constant.value) : constant.type === 'bool' ? Number(constant.value) : -1;
  if (level !== 0 && level !== 1) return false;
  return pinTest(l, call, level, (op === 'Eq') === sense, target, loopBound);
}

function pinTest(
  l: Lowerer,
  call: Expression & { kind: 'Call' },
  level: number,
  sense: boolean,
  target: string,
  loopBound: LoopBound | undefined,
): boolean {
  const pin = gpioPin(l, call);
  if (!pin) return false;
  const a = operandOf(l, pin);
  l.at(call);
  l.b.emit('IOB', [a, int(sense ? level : 1 - level), labelRef(target)], bound(loopBound));
  return true;
}
