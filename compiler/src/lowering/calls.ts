/** Calls: known functions, constructors, methods, values, and the built-in functions. */
import type { AsmOperand } from '../assembly/model.js';
import type { Call, Expression } from '../ast/index.js';
import { BUILTIN_FUNCTIONS, bindArguments, type Callee } from '../program/resolve.js';
import { type ClassSymbol, type FunctionSymbol, findMethod } from '../program/symbols.js';
import { T, within } from '../types/typeset.js';
import { int, NONE, STACK } from './builder.js';
import { constantOf } from './constants.js';
import { BUILTIN_ATTRIBUTES, lower, operandOf, pair, reportBuiltin } from './expressions.js';
import { lowerIntrinsic } from './intrinsic-calls.js';
import type { Lowerer } from './lowerer.js';
import { lowerPrint } from './print.js';

/** Most arguments of a CALL, and of a call through a value or attribute. */
const MAX_CALL = 15;
const MAX_CALL_VALUE = 30;

export function lowerCall(l: Lowerer, node: Call, to: AsmOperand): void {
  const starred = node.args.some((a) => a.kind === 'Starred') || node.keywords.some((k) => k.arg === null);
  if (starred) {
    const at = node.keywords.find((k) => k.arg === null);
    if (at) l.report(at, 'PS1013');
    return;
  }
  if (node.args.length + node.keywords.length > MAX_CALL_VALUE) {
    l.report(node, 'PS3004', String(node.args.length + node.keywords.length), String(MAX_CALL_VALUE));
    return;
  }
  const callee = l.context.resolver.callee(node, l.scope);
  switch (callee.kind) {
    case 'function':
      callFunction(l, node, callee, to);
      return;
    case 'known-method':
      callKnown(l, node, callee.symbol, callee.bound ? { kind: 'local', slot: 0 } : undefined, to);
      return;
    case 'class':
      construct(l, node, callee, to);
      return;
    case 'builtin':
      callBuiltin(l, node, callee.name, to);
      return;
    case 'intrinsic':
      lowerIntrinsic(l, node, callee.module, callee.name, to);
      return;
    case 'object-init':
      if (node.args.length + node.keywords.length > 0) l.report(node, 'PS3006', 'object.__init__() takes no arguments');
      if (to.kind !== 'discard') l.move(NONE, to);
      return;
    case 'method':
      callMethod(l, node, callee.receiver, callee.name, to);
      return;
    case 'value':
      callValue(l, node, to);
  }
}

/** The call's result, which is on the stack unless it was dropped, into its destination. */
function deliver(l: Lowerer, to: AsmOperand): void {
  if (to.kind === 'local') l.b.emit('MOV', [to, STACK]);
}

const isDropped = (to: AsmOperand) => to.kind === 'discard';

function callFunction(l: Lowerer, node: Call, callee: Callee & { kind: 'function' }, to: AsmOperand): void {
  if (l.isBound(callee.global)) {
    callKnown(l, node, callee.symbol, undefined, to);
    return;
  }
  // Its def may not have run: the call goes through the variable, with the arguments of the one function it can hold.
  callValue(l, node, to, { symbol: callee.symbol, implicit: 0 });
}

/** Call of a function that is known when the program is linked. `self` is a first argument that the call implies. */
function callKnown(l: Lowerer, node: Call, symbol: FunctionSymbol, self: AsmOperand | undefined, to: AsmOperand): void {
  const count = pushArguments(l, node, symbol, self ? [self] : [], () => {
    l.b.loadConstant({ type: 'function', name: symbol.name }, STACK);
  });
  if (count === undefined) return;
  l.at(node);
  if (count.through === 'value') l.b.emit('CALLV', [int(count.arguments)], { drop: isDropped(to) });
  else
    l.b.emit('CALL', [{ kind: 'function', name: symbol.name }, int(count.arguments), { kind: 'clear' }], {
      drop: isDropped(to),
    });
  deliver(l, to);
}

/**
 * Pushes the arguments of a call to a known function. Where the call cannot succeed, or is too wide for CALL, the callee
 * is pushed first and the call goes through it, so that the core raises what Python raises.
 */
function pushArguments(
  l: Lowerer,
  node: Call,
  symbol: FunctionSymbol,
  implicit: readonly AsmOperand[],
  pushCallee: () => void,
): { readonly arguments: number; readonly through: 'name' | 'value' } | undefined {
  const bound = bindArguments(symbol, node, implicit.length);
  if ('error' in bound) {
    if (!bound.expressible) {
      l.report(node, 'PS3006', bound.error);
      return undefined;
    }
    l.report(node, 'PS3005', bound.error);
    pushCallee();
    for (const operand of implicit) l.b.emit('MOV', [STACK, operand]);
    for (const arg of node.args) lower(l, arg, STACK);
    return { arguments: implicit.length + node.args.length, through: 'value' };
  }
  let values = bound.values;
  while (values.length > implicit.length && values.at(-1) === undefined) values = values.slice(0, -1);
  const through = values.length > MAX_CALL ? 'value' : 'name';
  if (through === 'value') pushCallee();
  for (const operand of implicit) l.b.emit('MOV', [STACK, operand]);
  pushBound(l, node, symbol, values, implicit.length);
  return { arguments: values.length, through };
}

/** Pushes the values of parameters from number `first` on, evaluated in source order; undefined stands for the default. */
function pushBound(
  l: Lowerer,
  node: Call,
  symbol: FunctionSymbol,
  values: readonly (Expression | undefined)[],
  first: number,
): void {
  const held = holdOutOfOrder(l, node, values);
  values.forEach((value, i) => {
    if (i < first) return;
    const operand = value && held.get(value);
    if (value === undefined) pushDefault(l, symbol, i);
    else if (operand) l.b.emit('MOV', [STACK, operand]);
    else lower(l, value, STACK);
  });
  for (const operand of held.values()) l.b.release(operand);
}

/** Evaluates arguments in source order into hidden locals where keywords bring them in another order than the parameters'. */
function holdOutOfOrder(
  l: Lowerer,
  node: Call,
  values: readonly (Expression | undefined)[],
): Map<Expression, AsmOperand> {
  const held = new Map<Expression, AsmOperand>();
  const source = [...node.args, ...node.keywords.map((k) => k.value)];
  const order = values.filter((v) => v !== undefined);
  if (source.every((v, i) => order[i] === v)) return held;
  if (source.every((v) => l.isDirect(v) || constantOf(v))) return held;
  for (const value of source) {
    const temp = l.b.temp();
    lower(l, value, temp);
    held.set(value, temp);
  }
  return held;
}

function pushDefault(l: Lowerer, symbol: FunctionSymbol, index: number): void {
  const parameter = symbol.parameters[index]!;
  const global = symbol.defaultGlobals.get(parameter.name);
  if (global !== undefined) l.loadGlobal(symbol.module, global, STACK);
  else l.moveConstant(defaultConstant(parameter.default!), STACK);
}

/** Value of a literal default. */
export function defaultConstant(node: Expression) {
  if (node.kind === 'Name') return { type: 'unbound' } as const;
  return constantOf(node) ?? ({ type: 'none' } as const);
}

function construct(l: Lowerer, node: Call, callee: Callee & { kind: 'class' }, to: AsmOperand): void {
  const { symbol } = callee;
  if (symbol.tags.length > 0) {
    if (node.func.kind === 'Name') reportBuiltin(l, node.func);
    return;
  }
  const init = findMethod(symbol, '__init__');
  if (!l.isBound(callee.global)) {
    callValue(l, node, to, init && { symbol: init, implicit: 1 });
    return;
  }
  if (!init && node.args.length + node.keywords.length > 0) {
    l.report(node, 'PS3005', `${symbol.pythonName}() takes no arguments`);
    callValue(l, node, to);
    return;
  }
  l.at(node);
  if (!init) {
    l.b.emit('NEW', [
      to.kind === 'discard' ? STACK : to,
      { kind: 'constant', value: { type: 'class', name: symbol.name } },
    ]);
    if (isDropped(to)) l.b.emit('POP', [int(1)]);
    return;
  }
  const bound = bindArguments(init, node, 1);
  if ('error' in bound) {
    if (init.owner?.pythonName === 'BaseException' && node.keywords.length === 0) {
      l.report(node, 'PS3004', String(node.args.length), `${init.parameters.length - 1} for an exception`);
    } else if (bound.expressible) {
      l.report(node, 'PS3005', bound.error);
      callValue(l, node, to);
    } else l.report(node, 'PS3006', bound.error);
    return;
  }
  if (isException(l, symbol) && init.owner!.module !== l.context.program.builtins) {
    constructException(l, node, symbol, init, to);
    return;
  }
  // The new object stays below the arguments while __init__ runs, and is the result.
  l.b.emit('NEW', [STACK, { kind: 'constant', value: { type: 'class', name: symbol.name } }]);
  l.b.emit('DUP', [STACK, int(0)]);
  let values = bound.values;
  while (values.length > 1 && values.at(-1) === undefined) values = values.slice(0, -1);
  if (values.length > MAX_CALL) {
    l.report(node, 'PS3004', String(values.length - 1), String(MAX_CALL - 1));
    return;
  }
  pushBound(l, node, init, values, 1);
  l.at(node);
  l.b.emit('CALL', [{ kind: 'function', name: init.name }, int(values.length), { kind: 'clear' }], { drop: true });
  if (isDropped(to)) l.b.emit('POP', [int(1)]);
  else deliver(l, to);
}

const isException = (l: Lowerer, cls: ClassSymbol): boolean => {
  for (let c: ClassSymbol | undefined = cls; c; c = c.base) {
    if (c.pythonName === 'BaseException' && c.module === l.context.program.builtins) return true;
  }
  return false;
};

/** An exception whose class has an `__init__` of its own: `args` holds the positional arguments before it runs. */
function constructException(l: Lowerer, node: Call, cls: ClassSymbol, init: FunctionSymbol, to: AsmOperand): void {
  const source = [...node.args, ...node.keywords.map((k) => k.value)];
  const held = new Map<Expression, AsmOperand>();
  for (const value of source) {
    const temp = l.b.temp();
    lower(l, value, temp);
    held.set(value, temp);
  }
  const bound = bindArguments(init, node, 1);
  if ('error' in bound) return;
  l.at(node);
  l.b.emit('NEW', [STACK, { kind: 'constant', value: { type: 'class', name: cls.name } }]);
  for (const value of node.args) l.b.emit('MOV', [STACK, held.get(value)!]);
  const exception = l.b.temp();
  const args = l.b.temp();
  l.b.emit('BTUP', [args, int(node.args.length)]);
  l.b.emit('MOV', [exception, STACK]);
  l.b.emit('STA', [exception, { kind: 'attribute', name: 'args' }, args]);
  l.b.release(args);
  l.b.emit('MOV', [STACK, exception]);
  let values = bound.values;
  while (values.length > 1 && values.at(-1) === undefined) values = values.slice(0, -1);
  values.slice(1).forEach((value, i) => {
    if (value) l.b.emit('MOV', [STACK, held.get(value)!]);
    else pushDefault(l, init, i + 1);
  });
  l.b.emit('CALL', [{ kind: 'function', name: init.name }, int(values.length), { kind: 'clear' }], { drop: true });
  for (const operand of held.values()) l.b.release(operand);
  l.b.release(exception);
  if (to.kind !== 'discard') l.move(exception, to);
}

/**
 * Call through a value: the callee below its arguments.
 * @param known the function that runs, where the value can be nothing else, and how many of its parameters the call implies
 */
function callValue(
  l: Lowerer,
  node: Call,
  to: AsmOperand,
  known?: { readonly symbol: FunctionSymbol; readonly implicit: number },
): void {
  const { func } = node;
  if (func.kind === 'Name' && !l.scope.locals.has(func.id)) {
    const meaning = l.context.resolver.name(func.id, l.scope);
    if (meaning.kind === 'unsupported-builtin') {
      reportBuiltin(l, func);
      return;
    }
    if (meaning.kind === 'missing') {
      l.report(func, 'PS2009', func.id);
      return;
    }
  }
  if (
    func.kind === 'Attribute' &&
    func.value.kind === 'Call' &&
    func.value.func.kind === 'Name' &&
    func.value.func.id === 'super'
  ) {
    l.report(func, 'PS2010', 'super()');
    return;
  }
  let count = node.args.length;
  if (node.keywords.length > 0) {
    if (!known) {
      l.report(node, 'PS1027');
      return;
    }
    const bound = bindArguments(known.symbol, node, known.implicit);
    if ('error' in bound) {
      l.report(node, 'PS3006', bound.error);
      return;
    }
    let { values } = bound;
    while (values.at(-1) === undefined) values = values.slice(0, -1);
    lower(l, func, STACK);
    pushBound(l, node, known.symbol, values, known.implicit);
    count = values.length - known.implicit;
  } else {
    lower(l, func, STACK);
    for (const arg of node.args) lower(l, arg, STACK);
  }
  l.at(node);
  l.b.emit('CALLV', [int(count)], { drop: isDropped(to) });
  deliver(l, to);
}

function callMethod(l: Lowerer, node: Call, receiver: Expression, name: string, to: AsmOperand): void {
  if (
    name === 'append' &&
    node.args.length === 1 &&
    node.keywords.length === 0 &&
    within(l.types(receiver) & ~T.UNBOUND, T.LIST)
  ) {
    appendToList(l, node, receiver, to);
    return;
  }
  const candidates = l.context.methodsByName.get(name) ?? [];
  if (!hasMethod(l, receiver, name)) {
    l.report(node.func, 'PS2007', name, 'See docs/language.md for the methods that exist.');
    return;
  }
  let order: readonly (Expression | undefined)[] = node.args;
  if (node.keywords.length > 0) {
    const bound = methodKeywords(l, node, name, candidates);
    if (!bound) return;
    order = bound;
  }
  lower(l, receiver, STACK);
  const held = node.keywords.length > 0 ? holdOutOfOrder(l, node, order) : new Map<Expression, AsmOperand>();
  order.forEach((value, i) => {
    const operand = value && held.get(value);
    if (value === undefined) pushDefault(l, candidates[0]!, i + 1);
    else if (operand) l.b.emit('MOV', [STACK, operand]);
    else lower(l, value, STACK);
  });
  for (const operand of held.values()) l.b.release(operand);
  l.at(node);
  l.b.emit('CALLM', [{ kind: 'attribute', name }, int(order.length)], {
    drop: isDropped(to),
    attribute: l.scope.module.source.range(node.func),
  });
  deliver(l, to);
}

/** Methods that lists, tuples and strings of CPython share; here only lists have them. */
const SHARED_METHODS: ReadonlySet<string> = new Set(['index', 'count']);

/** Whether a method call can mean what it means in CPython: a name that built-in types have there must exist here. */
function hasMethod(l: Lowerer, receiver: Expression, name: string): boolean {
  if (l.isRuntime || l.context.attributeNames.has(name) || !BUILTIN_ATTRIBUTES.has(name)) return true;
  if (!l.context.builtinMethods.has(name)) return false;
  return !SHARED_METHODS.has(name) || within(l.types(receiver) & ~T.UNBOUND, T.LIST);
}

/**
 * Arguments of a method call with keywords by position, where every method of that name agrees on them. One that is left
 * out in the middle (undefined) takes its default, where the program has one method of that name.
 */
function methodKeywords(
  l: Lowerer,
  node: Call,
  name: string,
  candidates: readonly FunctionSymbol[],
): readonly (Expression | undefined)[] | undefined {
  let agreed: readonly (Expression | undefined)[] | undefined;
  for (const method of candidates) {
    const bound = bindArguments(method, node, 1);
    let values = 'error' in bound ? undefined : bound.values.slice(1);
    while (values && values.length > 0 && values.at(-1) === undefined) values = values.slice(0, -1);
    const differs =
      !values ||
      (values.includes(undefined) && candidates.length > 1) ||
      (agreed && (agreed.length !== values.length || agreed.some((v, i) => v !== values![i])));
    if (differs || l.context.instanceAttributes.has(name)) {
      l.report(node, 'PS1027');
      return undefined;
    }
    agreed = values;
  }
  if (!agreed) l.report(node, 'PS1027');
  return agreed;
}

function appendToList(l: Lowerer, node: Call, receiver: Expression, to: AsmOperand): void {
  const [a, b] = pair(l, receiver, node.args[0]!);
  l.at(node);
  l.b.emit('LAPP', [a, b], l.known({ a: receiver }));
  if (to.kind !== 'discard') l.move(NONE, to);
}

function callBuiltin(l: Lowerer, node: Call, name: string, to: AsmOperand): void {
  if (name === 'print') {
    lowerPrint(l, node);
    if (to.kind !== 'discard') l.move(NONE, to);
    return;
  }
  const [min, max] = BUILTIN_FUNCTIONS[name]!;
  if (node.keywords.length > 0 || node.args.length < min || node.args.length > max) {
    const count = min === max ? `${min}` : `${min} to ${max}`;
    l.report(node, 'PS3008', `${name}()`, `${count} positional argument${count === '1' ? '' : 's'} on PySM`);
    return;
  }
  switch (name) {
    case 'len':
    case 'abs': {
      const a = operandOf(l, node.args[0]!);
      l.at(node);
      l.b.emit(name === 'len' ? 'LEN' : 'ABS', [to, a], l.known({ a: node.args[0]! }));
      return;
    }
    case 'min':
    case 'max':
      lower(l, node.args[0]!, STACK);
      for (const arg of node.args.slice(1)) {
        lower(l, arg, STACK);
        l.at(node);
        l.callRuntime(`${name}2`, 2, false);
      }
      break;
    case 'range':
      l.report(node, 'PS2006', 'range');
      return;
    default:
      if (convert(l, node, name, to)) return;
      for (const arg of node.args) lower(l, arg, STACK);
      l.at(node);
      l.callRuntime(`make_${name}`, node.args.length, false);
  }
  if (isDropped(to)) l.b.emit('POP', [int(1)]);
  else deliver(l, to);
}

/** int() and float() of a number whose type is proven are one instruction. */
function convert(l: Lowerer, node: Call, name: string, to: AsmOperand): boolean {
  const [argument] = node.args;
  const from = argument ? l.types(argument) & ~T.UNBOUND : 0;
  const fits = (name === 'int' && within(from, T.FLOAT)) || (name === 'float' && within(from, T.INT | T.BOOL));
  if (!argument || !fits) return false;
  const a = operandOf(l, argument);
  l.at(node);
  l.b.emit('CVT', [to, a], l.known({ a: argument }));
  return true;
}

/** Constructor stub of a class that is used as a value: what calling the class through a variable runs. */
export function constructorName(symbol: ClassSymbol): string {
  return `${symbol.name}.<new>`;
}
