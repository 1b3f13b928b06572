/** Loops: tests at the bottom, so that an iteration pays one predicted branch. */

import type { AsmOperand, ConstantValue, LoopBound } from '../assembly/model.js';
import type { Expression, Statement } from '../ast/index.js';
import { everyStatement, targetsOf } from '../program/collect.js';
import { T, within } from '../types/typeset.js';
import { int, labelRef, local, STACK } from './builder.js';
import { branchIf } from './conditions.js';
import { constantOf } from './constants.js';
import { operandOf } from './expressions.js';
import type { Lowerer } from './lowerer.js';
import { checkIteration } from './refusals.js';
import { headerOf, lowerBlock } from './statements.js';
import { assignTo } from './targets.js';

const UNKNOWN = (reason: string): LoopBound => ({ min: 0, max: undefined, reason });

export function lowerWhile(l: Lowerer, node: Statement & { kind: 'While' }): void {
  const constant = constantOf(node.test);
  const always = constant?.type === 'bool' || constant?.type === 'int' ? Boolean(constant.value) : undefined;
  if (always === false) {
    lowerBlock(l, node.orelse);
    return;
  }
  const top = l.b.label('loop');
  const test = l.b.label('test');
  const done = l.b.label('done');
  l.b.enterLoop();
  l.loops.push({ breakTo: done, continueTo: always ? top : test });
  if (always) {
    l.b.place(top);
    const last = node.body.at(-1);
    const bottom = last && breakTest(last);
    lowerBlock(l, bottom ? node.body.slice(0, -1) : node.body);
    if (bottom) {
      // `if c: break` at the end of `while True` is the loop's test.
      l.b.beginStatement(l.scope.module.source.range(last));
      const place = headerOf(l, last);
      if (l.b.reachable) l.inCondition(place, () => branchIf(l, bottom, false, top, UNKNOWN('while True')));
    } else if (l.b.reachable) l.b.emit('JMP', [labelRef(top)], { loopBound: UNKNOWN('while True') });
  } else {
    const place = headerOf(l, node);
    if (node.body.every((s) => s.kind === 'Pass')) {
      // Nothing to skip: the test is the loop.
      l.b.place(test);
      l.inCondition(place, () => branchIf(l, node.test, true, test, UNKNOWN('while')));
    } else {
      l.b.emit('JMP', [labelRef(test)]);
      l.b.place(top);
      lowerBlock(l, node.body);
      l.b.place(test);
      l.b.beginStatement(l.scope.module.source.range(node.test));
      l.inCondition(place, () => branchIf(l, node.test, true, top, UNKNOWN('while')));
    }
  }
  l.loops.pop();
  l.b.leaveLoop();
  // `while True` ends only by break, which passes its else by.
  if (!always) lowerBlock(l, node.orelse);
  l.b.place(done);
}

function breakTest(node: Statement): Expression | undefined {
  return node.kind === 'If' && node.orelse.length === 0 && node.body.length === 1 && node.body[0]!.kind === 'Break'
    ? node.test
    : undefined;
}

export function lowerFor(l: Lowerer, node: Statement & { kind: 'For' }): void {
  const { iter } = node;
  const isRange =
    iter.kind === 'Call' &&
    iter.func.kind === 'Name' &&
    iter.func.id === 'range' &&
    l.context.resolver.callee(iter, l.scope).kind === 'builtin';
  if (isRange) lowerRange(l, node, iter);
  else lowerIteration(l, node);
}

function lowerRange(l: Lowerer, node: Statement & { kind: 'For' }, call: Expression & { kind: 'Call' }): void {
  const { args } = call;
  if (call.keywords.length > 0 || args.length < 1 || args.length > 3 || args.some((a) => a.kind === 'Starred')) {
    l.report(call, 'PS3008', 'range()', '1 to 3 positional arguments');
    return;
  }
  const start = args.length > 1 ? args[0]! : undefined;
  const stop = args.length > 1 ? args[1]! : args[0]!;
  const step = args[2];
  const stepValue = step ? intConstant(step) : ({ type: 'int', value: 1n } as const);
  if (stepValue?.type === 'int' && stepValue.value === 0n) {
    l.report(step!, 'PS3006', 'range() arg 3 must not be zero');
    return;
  }
  const counter = counterFor(l, node);
  if (stepValue?.type === 'int' && stepValue.value === 1n) countUp(l, node, call, start, stop, counter);
  else countBySteps(l, node, call, start, stop, step!, counter);
}

/** The loop variable itself counts where nothing in the body assigns it and it is a local; else a hidden local does. */
function counterFor(
  l: Lowerer,
  node: Statement & { kind: 'For' },
): { readonly slot: number; readonly hidden: boolean } {
  const { target } = node;
  if (target.kind === 'Name' && l.scope.locals.has(target.id)) {
    let assigned = false;
    for (const statement of everyStatement(node.body)) {
      for (const [name] of targetsOf(statement)) assigned ||= name === target.id;
    }
    if (!assigned) return { slot: l.b.slot(target.id), hidden: false };
  }
  return { slot: l.b.group('i', 1), hidden: true };
}

/** Value of a constant range bound; a bool counts as an int. Undefined where it is no constant, or none that range() takes. */
function intConstant(node: Expression): (ConstantValue & { type: 'int' }) | undefined {
  const value = constantOf(node);
  if (value?.type === 'bool') return { type: 'int', value: value.value ? 1n : 0n };
  return value?.type === 'int' ? value : undefined;
}

/** A range bound: what is written, and where its value goes; without a place it may stay where it is, or goes to the stack. */
type Bound = readonly [node: Expression, to: AsmOperand | undefined];

/**
 * Range bounds as INT: those that are known to be one, and others checked. All are evaluated before one is checked, so
 * that a bad one raises where and when it does in Python: in the call. Only the last may go to the stack.
 */
function lowerBounds(l: Lowerer, call: Expression, bounds: readonly Bound[]): readonly AsmOperand[] {
  const checks: (() => void)[] = [];
  const operands = bounds.map(([node, to], i): AsmOperand => {
    const constant = intConstant(node);
    if (constant) {
      if (!to) return l.constant(constant, false);
      l.moveConstant(constant, to);
      return to;
    }
    const isInt =
      node.kind === 'Call' &&
      node.func.kind === 'Name' &&
      node.func.id === 'len' &&
      l.context.resolver.callee(node, l.scope).kind === 'builtin';
    const operand = operandOf(l, node);
    if (isInt && !to) return operand;
    const destination = to ?? STACK;
    const check = (from: AsmOperand) => {
      l.at(call);
      l.b.emit('RNGCK', [destination, from], l.known({ a: node }));
    };
    const last = bounds.slice(i + 1).every(([later]) => intConstant(later) || l.isDirect(later));
    if (isInt || !last) {
      l.at(node);
      l.move(operand, destination);
      if (!isInt) checks.push(() => check(destination));
    } else check(operand);
    return destination;
  });
  for (const check of checks) check();
  return operands;
}

function rangeBound(start: Expression | undefined, stop: Expression, step: bigint, text: string): LoopBound {
  const first = start ? intConstant(start) : ({ type: 'int', value: 0n } as const);
  const last = intConstant(stop);
  if (!first || !last) return { min: 0, max: undefined, reason: text };
  const span = step > 0n ? last.value - first.value : first.value - last.value;
  const size = step > 0n ? step : -step;
  const count = span <= 0n ? 0 : Number((span + size - 1n) / size);
  return { min: count, max: count, reason: text };
}

const textOf = (l: Lowerer, node: Expression) => {
  const { lines } = l.scope.module.source;
  const range = l.scope.module.source.range(node);
  return range.line === range.endLine
    ? (lines[range.line - 1] ?? '').slice(range.column, range.endColumn)
    : 'range(...)';
};

function countUp(
  l: Lowerer,
  node: Statement & { kind: 'For' },
  call: Expression & { kind: 'Call' },
  start: Expression | undefined,
  stop: Expression,
  counter: { readonly slot: number; readonly hidden: boolean },
): void {
  const loopBound = rangeBound(start, stop, 1n, textOf(l, call));
  if (loopBound.max === 0) {
    lowerBlock(l, node.orelse);
    return;
  }
  const i = local(counter.slot);
  const last = local(l.b.group('last', 1));
  const labels = loopLabels(l);
  // The variable keeps its old value when the range is empty, so the first value is kept aside until that is known.
  const firstConstant = start ? intConstant(start) : ({ type: 'int', value: 0n } as const);
  const stopConstant = intConstant(stop);
  const operands = lowerBounds(l, call, [
    ...(firstConstant ? [] : [[start!, l.b.temp()] as const]),
    ...(stopConstant ? [] : [[stop, undefined] as const]),
  ]);
  const first = firstConstant ? undefined : operands[0]!;
  if (stopConstant) l.moveConstant({ type: 'int', value: stopConstant.value - 1n }, last);
  else {
    l.at(call);
    l.b.emit('SUB', [last, operands.at(-1)!, int(1)], l.known({ a: T.INT, b: T.INT }));
  }
  l.at(call);
  if (loopBound.min === 0) {
    const from = first ?? l.constant(firstConstant!, false);
    const operands = from.kind === 'stack' ? [STACK, last] : [from, last];
    l.b.emit('BGT', [...operands, labelRef(labels.orElse)], l.known({ a: T.INT, b: T.INT }));
  }
  if (first) {
    l.b.emit('MOV', [i, first]);
    l.b.release(first);
  } else l.moveConstant(firstConstant!, i);
  l.b.enterLoop();
  body(l, node, labels, () => {
    if (counter.hidden) assignTo(l, node.target, i);
  });
  l.b.beginStatement(l.scope.module.source.range(call));
  l.b.place(labels.continueTo);
  l.b.emit('FORR', [i, last, labelRef(labels.top)], { loopBound });
  finish(l, node, labels);
}

function countBySteps(
  l: Lowerer,
  node: Statement & { kind: 'For' },
  call: Expression & { kind: 'Call' },
  start: Expression | undefined,
  stop: Expression,
  step: Expression,
  counter: { readonly slot: number; readonly hidden: boolean },
): void {
  const stepConstant = intConstant(step);
  const up = stepConstant ? stepConstant.value > 0n : undefined;
  const loopBound = stepConstant
    ? rangeBound(start, stop, stepConstant.value, textOf(l, call))
    : UNKNOWN(textOf(l, call));
  if (loopBound.max === 0) {
    lowerBlock(l, node.orelse);
    return;
  }
  const i = local(counter.slot);
  const group = l.b.group('step', 2);
  const [by, last] = [local(group), local(group + 1)];
  const labels = loopLabels(l);
  const first = l.b.temp();
  const end = l.b.temp();
  lowerBounds(l, call, [...(start ? [[start, first] as const] : []), [stop, end], [step, by]]);
  if (!start) l.moveConstant({ type: 'int', value: 0n }, first);
  l.at(call);
  const isInt = l.known({ a: T.INT, b: T.INT });
  if (up === undefined) {
    // range_last gives the value before stop in the step's direction, and raises for a step of zero.
    l.b.emit('MOV', [STACK, end]);
    l.b.emit('MOV', [STACK, by]);
    l.callRuntime('range_last', 2, false);
    l.b.emit('MOV', [last, STACK]);
    const down = l.b.label('down');
    const go = l.b.label('go');
    l.b.emit('BLT', [by, int(0), labelRef(down)], isInt);
    l.b.emit('BGT', [first, last, labelRef(labels.orElse)], isInt);
    l.b.emit('JMP', [labelRef(go)]);
    l.b.place(down);
    l.b.emit('BLT', [first, last, labelRef(labels.orElse)], isInt);
    l.b.place(go);
  } else {
    l.b.emit(up ? 'SUB' : 'ADD', [last, end, int(1)], isInt);
    if (loopBound.min === 0) l.b.emit(up ? 'BGT' : 'BLT', [first, last, labelRef(labels.orElse)], isInt);
  }
  l.b.emit('MOV', [i, first]);
  l.b.release(first);
  l.b.release(end);
  l.b.enterLoop();
  body(l, node, labels, () => {
    if (counter.hidden) assignTo(l, node.target, i);
  });
  l.b.beginStatement(l.scope.module.source.range(call));
  l.b.place(labels.continueTo);
  l.b.emit('FORS', [i, by, labelRef(labels.top)], { loopBound });
  finish(l, node, labels);
}

/** A loop over the items of a value. */
function lowerIteration(l: Lowerer, node: Statement & { kind: 'For' }): void {
  const iterator = local(l.b.group('iter', 2));
  const labels = loopLabels(l);
  checkIteration(l, node.iter, node.iter);
  const source = operandOf(l, node.iter);
  // CPython places a failing iteration at the whole statement.
  l.at(node);
  l.b.emit('GETITER', [iterator, source], l.known({ a: node.iter }));
  const direct = node.target.kind === 'Name' && l.scope.locals.has(node.target.id);
  const item = direct
    ? local(l.b.slot((node.target as Expression & { kind: 'Name' }).id))
    : local(l.b.group('item', 1));
  // Constants of the loop are loaded before the jump to its test.
  l.b.enterLoop();
  l.b.emit('JMP', [labelRef(labels.continueTo)]);
  body(l, node, labels, () => {
    if (!direct) assignTo(l, node.target, item);
  });
  l.b.beginStatement(l.scope.module.source.range(node.iter));
  l.b.place(labels.continueTo);
  const count = node.iter.kind === 'List' || node.iter.kind === 'Tuple' ? node.iter.elts.length : undefined;
  const isList = within(l.types(node.iter) & ~T.UNBOUND, T.LIST);
  l.b.emit('FORITER', [item, iterator, labelRef(labels.top)], {
    ...l.known({ h: node.iter }),
    loopBound:
      count !== undefined && !isList
        ? { min: count, max: count, reason: `${count} items` }
        : UNKNOWN(`the length of ${textOf(l, node.iter)} is not known`),
  });
  finish(l, node, labels);
}

interface ForLabels {
  readonly top: string;
  readonly continueTo: string;
  readonly orElse: string;
  readonly done: string;
}

const loopLabels = (l: Lowerer): ForLabels => ({
  top: l.b.label('loop'),
  continueTo: l.b.label('next'),
  orElse: l.b.label('orelse'),
  done: l.b.label('done'),
});

function body(l: Lowerer, node: Statement & { kind: 'For' }, labels: ForLabels, assign: () => void): void {
  l.loops.push({ breakTo: labels.done, continueTo: labels.continueTo });
  l.b.place(labels.top);
  l.at(node.target);
  assign();
  lowerBlock(l, node.body);
  l.loops.pop();
}

function finish(l: Lowerer, node: Statement & { kind: 'For' }, labels: ForLabels): void {
  l.b.leaveLoop();
  l.b.place(labels.orElse);
  lowerBlock(l, node.orelse);
  l.b.place(labels.done);
}
