/** `def` and `class` of a module: defaults and class values are evaluated, then the name is bound. */
import type { Statement } from '../ast/index.js';
import type { ClassSymbol, ClassValue, FunctionSymbol, ModuleSymbol } from '../program/symbols.js';
import { T } from '../types/typeset.js';
import { checkAnnotation, checkSignature } from './annotations.js';
import { int, NONE, STACK } from './builder.js';
import { reportFunctionInClass, storeClassValue } from './class-values.js';
import { constantOf } from './constants.js';
import { lower, operandOf } from './expressions.js';
import { assemble } from './functions.js';
import { Lowerer } from './lowerer.js';

export function lowerDefinition(l: Lowerer, node: Statement & { kind: 'FunctionDef' | 'ClassDef' }): void {
  const { module } = l.scope;
  const symbol = module.definitions.get(node);
  if (symbol?.kind === 'function') defineFunction(l, module, symbol);
  else if (symbol) defineClass(l, module, symbol);
}

function defineFunction(l: Lowerer, module: ModuleSymbol, symbol: FunctionSymbol): void {
  l.b.beginStatement(module.source.range(symbol.node!));
  checkSignature(l, symbol.node!);
  storeDefaults(l, symbol);
  l.b.loadConstant({ type: 'function', name: symbol.name }, STACK);
  l.storeGlobal(module, symbol.node!.name, STACK);
}

function storeDefaults(l: Lowerer, symbol: FunctionSymbol): void {
  for (const p of symbol.parameters) {
    const global = symbol.defaultGlobals.get(p.name);
    if (global === undefined) continue;
    lower(l, p.default!, STACK);
    l.storeGlobal(symbol.module, global, STACK);
  }
}

function defineClass(l: Lowerer, module: ModuleSymbol, cls: ClassSymbol): void {
  l.b.beginStatement(module.source.range(cls.node));
  if (module.runtime || !runsCode(module, cls)) evaluateBody(l, module, cls);
  else {
    // In a function of its own, which tracebacks show as a frame.
    const body = { ...l.scope, name: `${cls.name}.<body>`, qualname: cls.qualname };
    const inner = new Lowerer(l.context, l.scope);
    inner.statementIndex = l.statementIndex;
    evaluateBody(inner, module, cls);
    inner.b.emit('RET', [NONE]);
    const bodies = l.context.classBodies.get(module) ?? [];
    l.context.classBodies.set(module, [...bodies, assemble(inner, body, [])]);
    l.b.emit('CALL', [{ kind: 'function', name: body.name }, int(0), { kind: 'clear' }], { drop: true });
  }
  l.b.loadConstant({ type: 'class', name: cls.name }, STACK);
  l.storeGlobal(module, cls.node.name, STACK);
}

/** Whether the body of a class evaluates anything but constants. */
function runsCode(module: ModuleSymbol, cls: ClassSymbol): boolean {
  return cls.node.body.some((statement) => {
    const method = module.definitions.get(statement);
    if (method?.kind === 'function') return method.defaultGlobals.size > 0;
    const value = statement.kind === 'Assign' || statement.kind === 'AnnAssign' ? statement.value : null;
    return value !== null && !constantOf(value);
  });
}

/** Defaults of methods and values of the class, in the order of the body. */
function evaluateBody(l: Lowerer, module: ModuleSymbol, cls: ClassSymbol): void {
  const bound = new Map<string, ClassValue>();
  l.classBody = { values: bound };
  for (const statement of cls.node.body) {
    const method = module.definitions.get(statement);
    if (method?.kind === 'function') {
      checkSignature(l, method.node!, cls.node);
      l.b.beginStatement(module.source.range(statement));
      storeDefaults(l, method);
    }
    if (statement.kind !== 'Assign' && statement.kind !== 'AnnAssign') continue;
    if (statement.kind === 'AnnAssign') checkAnnotation(l, statement.annotation, cls.node);
    if (!statement.value) continue;
    const targets = statement.kind === 'Assign' ? statement.targets : [statement.target];
    // A name that a later def takes has no value here, but its expression is evaluated all the same.
    const values = targets.map((target) => (target.kind === 'Name' ? cls.values.get(target.id) : undefined));
    const constant = constantOf(statement.value);
    if (!constant || values.some((value) => value?.global !== undefined)) {
      l.b.beginStatement(module.source.range(statement));
      const operand = l.hold(operandOf(l, statement.value));
      if (l.context.resolver.constantOf(statement.value, l.scope)?.kind === 'function')
        reportFunctionInClass(l, statement);
      const mayBeFunction = (l.types(statement.value) & T.CALLABLE) !== 0;
      for (const value of values) {
        if (value?.global !== undefined) storeClassValue(l, cls, value.name, operand, mayBeFunction);
      }
      l.b.release(operand);
    }
    for (const value of values) if (value) bound.set(value.name, value);
  }
  l.classBody = undefined;
}
