/** Assignment targets: names, attributes, items, and unpacking. */
import type { AsmOperand } from '../assembly/model.js';
import type { BinaryOperator, Expression } from '../ast/index.js';
import { type ClassSymbol, findClassValue, type ModuleSymbol } from '../program/symbols.js';
import { INTLIKE, NUMBER, T, within } from '../types/typeset.js';
import { int, local, STACK } from './builder.js';
import { reportFunctionInClass, storeClassValue } from './class-values.js';
import { constantOf } from './constants.js';
import { emitBinary, lower, operandOf, pair, shortForm } from './expressions.js';
import type { Lowerer } from './lowerer.js';
import { checkIteration, checkOperation } from './refusals.js';

/** Assigns a value that lies in an operand. */
export function assignTo(l: Lowerer, target: Expression, value: AsmOperand): void {
  switch (target.kind) {
    case 'Name':
      l.at(target);
      if (l.scope.locals.has(target.id)) l.move(value, local(l.b.slot(target.id)));
      else l.storeGlobal(l.scope.module, target.id, value);
      return;
    case 'Attribute': {
      const global = assignableGlobal(l, target);
      if (global === null) return;
      if (global) {
        l.at(target);
        storeKnown(l, global, value, value.kind === 'stack' || value.kind === 'local');
        return;
      }
      const kept = l.isDirect(target.value) ? value : l.hold(value);
      const object = operandOf(l, target.value);
      l.at(target);
      l.b.emit('STA', [object, { kind: 'attribute', name: target.attr }, kept], l.known({ a: target.value }));
      if (kept !== value) l.b.release(kept);
      return;
    }
    case 'Subscript': {
      const simple = l.isDirect(target.value) && l.isDirect(target.slice);
      const kept = simple ? value : l.hold(value);
      const [a, b] = pair(l, target.value, target.slice);
      l.at(target);
      l.b.emit('STX', [a, b, kept], l.known({ a: target.value, b: target.slice }));
      if (kept !== value) l.b.release(kept);
      return;
    }
    case 'Tuple':
    case 'List':
      unpack(l, target, value);
      return;
    default:
      // Starred: reported by the subset check.
      l.move(value, { kind: 'discard' });
  }
}

/** Items of a sequence to several targets: UNPACK leaves the first item on top. */
function unpack(l: Lowerer, target: Expression & { kind: 'Tuple' | 'List' }, value: AsmOperand): void {
  l.at(target);
  if (target.elts.length > 32) {
    l.report(target, 'PS3004', String(target.elts.length), '32');
    return;
  }
  l.b.emit('UNPACK', [value, int(target.elts.length)]);
  for (const e of target.elts) assignTo(l, e, STACK);
}

/** A module's variable, or a class value with the global that keeps it. */
type KnownTarget = { readonly module: ModuleSymbol; readonly name: string } & (
  | { readonly cls: undefined }
  | { readonly cls: ClassSymbol; readonly attribute: string }
);

function storeKnown(l: Lowerer, target: KnownTarget, value: AsmOperand, mayBeFunction: boolean): void {
  if (target.cls) storeClassValue(l, target.cls, target.attribute, value, mayBeFunction);
  else l.storeGlobal(target.module, target.name, value);
}

/**
 * The global behind `module.name = ...` or `Class.value = ...`; null where the assignment is refused (and reported),
 * undefined where the target is an ordinary attribute.
 */
function assignableGlobal(l: Lowerer, target: Expression & { kind: 'Attribute' }): KnownTarget | null | undefined {
  const { resolver } = l.context;
  const module = resolver.moduleOf(target.value, l.scope);
  if (module) {
    const global = module.kind === 'module' ? module.globals.get(target.attr) : undefined;
    if (!global || global.bindings.some((b) => b.kind !== 'assignment')) {
      l.report(
        target,
        'PS1029',
        `assignment to ${module.name}.${target.attr}`,
        'Assign to a variable that the module itself assigns.',
      );
      return null;
    }
    return { module: global.module, name: global.name, cls: undefined };
  }
  const symbol = resolver.constantOf(target.value, l.scope);
  if (symbol?.kind === 'class') {
    const value = symbol.values.get(target.attr);
    if (!value || findClassValue(symbol, target.attr) !== value) {
      l.report(target, 'PS3002', symbol.pythonName, target.attr);
      return null;
    }
    return { module: symbol.module, name: value.global!, cls: symbol, attribute: target.attr };
  }
  if (symbol?.kind === 'function') {
    l.report(target, 'PS1029', 'an attribute of a function', 'Use a global.');
    return null;
  }
  return undefined;
}

/** `a = b = value`, and tuples assigned item by item where both sides show them. */
export function lowerAssign(l: Lowerer, targets: readonly Expression[], value: Expression): void {
  const [only] = targets;
  if (l.context.resolver.constantOf(value, l.scope)?.kind === 'function') {
    for (const target of targets) {
      if (target.kind === 'Attribute' && l.context.resolver.constantOf(target.value, l.scope)?.kind === 'class')
        reportFunctionInClass(l, target);
    }
  }
  if (targets.length === 1 && only) {
    if (
      (only.kind === 'Tuple' || only.kind === 'List') &&
      (value.kind === 'Tuple' || value.kind === 'List') &&
      only.elts.length === value.elts.length &&
      !only.elts.some((e) => e.kind === 'Starred')
    ) {
      assignInParallel(l, only.elts, value.elts);
      return;
    }
    if (only.kind === 'Name' && l.scope.locals.has(only.id)) {
      lower(l, value, local(l.b.slot(only.id)));
      return;
    }
    if (only.kind === 'Tuple' || only.kind === 'List') checkIteration(l, value, only);
    const operand = operandOf(l, value);
    l.b.retain(operand);
    assignTo(l, only, operand);
    l.b.release(operand);
    return;
  }
  // A variable that a target changes must not be read again after that.
  const changed = value.kind === 'Name' && l.scope.locals.has(value.id) && boundNames(targets).has(value.id);
  const operand = changed ? copy(l, l.readLocal(value)) : l.hold(operandOf(l, value));
  for (const target of targets) assignTo(l, target, operand);
  l.b.release(operand);
}

/** Names that targets bind, however nested. */
function boundNames(targets: readonly Expression[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const target of targets) {
    if (target.kind === 'Name') names.add(target.id);
    else if (target.kind === 'Tuple' || target.kind === 'List') {
      for (const name of boundNames(target.elts)) names.add(name);
    }
  }
  return names;
}

function copy(l: Lowerer, operand: AsmOperand): AsmOperand {
  const temp = l.b.temp();
  l.move(operand, temp);
  return temp;
}

/** `a, b = b, a`: all values first, then the targets from left to right; no tuple is built. */
function assignInParallel(l: Lowerer, targets: readonly Expression[], values: readonly Expression[]): void {
  const names = boundNames(targets);
  const operands = values.map((value) => {
    const constant = constantOf(value);
    if (constant && l.isDirect(value)) return l.constant(constant, false);
    // A local that no target changes can be read when its turn comes.
    if (value.kind === 'Name' && l.scope.locals.has(value.id) && !names.has(value.id)) return l.readLocal(value);
    if (values.length === 1) {
      const operand = operandOf(l, value);
      l.b.retain(operand);
      return operand;
    }
    const temp = l.b.temp();
    lower(l, value, temp);
    return temp;
  });
  targets.forEach((target, i) => {
    assignTo(l, target, operands[i]!);
  });
  for (const operand of operands) l.b.release(operand);
}

/** Operations that floats have. */
const ARITHMETIC: ReadonlySet<BinaryOperator> = new Set(['Add', 'Sub', 'Mult', 'Div', 'FloorDiv', 'Mod', 'Pow']);

/** `target op= value`: the target's object and index are evaluated once. */
export function lowerAugAssign(l: Lowerer, node: import('../ast/index.js').Statement & { kind: 'AugAssign' }): void {
  const { target, op, value } = node;
  checkOperation(l, op, target, value, node);
  const short = shortForm(l, op, target, value);
  // Between proven numbers that have the operation, no in-place method and no error can show the difference, so the form
  // with an immediate will do.
  const numbers = ARITHMETIC.has(op) ? NUMBER : INTLIKE;
  const inPlace = !within(l.types(target) & ~T.UNBOUND, numbers) || !within(l.types(value) & ~T.UNBOUND, numbers);
  const operate = (to: AsmOperand, a: AsmOperand) => {
    if (short) {
      l.at(node);
      l.b.emit(short.mnemonic, [to, a, int(short.count)], l.known({ a: target, b: T.INT }));
      return;
    }
    const b = operandOf(l, value, !inPlace);
    l.at(node);
    emitBinary(l, op, to, a, b, target, value, inPlace);
  };
  switch (target.kind) {
    case 'Name': {
      if (l.scope.locals.has(target.id)) {
        const variable = l.readLocal(target);
        operate(variable, variable);
        return;
      }
      lower(l, target, STACK);
      operate(STACK, STACK);
      l.at(target);
      l.storeGlobal(l.scope.module, target.id, STACK);
      return;
    }
    case 'Attribute': {
      const global = assignableGlobal(l, target);
      if (global === null) return;
      if (global) {
        l.at(target);
        l.loadGlobal(global.module, global.name, STACK);
        operate(STACK, STACK);
        // No operation of built-in types makes a function.
        storeKnown(l, global, STACK, false);
        return;
      }
      const object = l.hold(operandOf(l, target.value));
      const attribute = { kind: 'attribute', name: target.attr } as const;
      l.at(target);
      l.b.emit('LDA', [STACK, object, attribute], l.known({ a: target.value }));
      operate(STACK, STACK);
      l.at(target);
      l.b.emit('STA', [object, attribute, STACK], l.known({ a: target.value }));
      l.b.release(object);
      return;
    }
    case 'Subscript': {
      const object = l.hold(operandOf(l, target.value));
      const index = l.hold(operandOf(l, target.slice));
      l.at(target);
      const known = l.known({ a: target.value, b: target.slice });
      l.b.emit('LDX', [STACK, object, index], known);
      operate(STACK, STACK);
      l.at(target);
      l.b.emit('STX', [object, index, STACK], known);
      l.b.release(object);
      l.b.release(index);
      return;
    }
  }
}
