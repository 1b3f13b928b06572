/** `def` and `class` of a module: defaults and class values are evaluated, then the name is bound. */
import type { Statement } from '../ast/index.js';
import type { ClassSymbol, ClassValue, FunctionSymbol, ModuleSymbol } from '../program/symbols.js';
import { T } from '../types/typeset.js';
import { STACK } from './builder.js';
import { reportFunctionInClass, storeClassValue } from './class-values.js';
import { constantOf } from './constants.js';
import { lower, operandOf } from './expressions.js';
import type { Lowerer } from './lowerer.js';

export function lowerDefinition(l: Lowerer, node: Statement & { kind: 'FunctionDef' | 'ClassDef' }): void {
  const { module } = l.scope;
  const symbol = module.definitions.get(node);
  if (symbol?.kind === 'function') defineFunction(l, module, symbol);
  else if (symbol) defineClass(l, module, symbol);
}

function defineFunction(l: Lowerer, module: ModuleSymbol, symbol: FunctionSymbol): void {
  l.b.beginStatement(module.source.range(symbol.node!));
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
  const bound = new Map<string, ClassValue>();
  l.classBody = { values: bound };
  for (const statement of cls.node.body) {
    const method = module.definitions.get(statement);
    if (method?.kind === 'function') {
      l.b.beginStatement(module.source.range(statement));
      storeDefaults(l, method);
    }
    if (statement.kind !== 'Assign' && statement.kind !== 'AnnAssign') continue;
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
  l.b.loadConstant({ type: 'class', name: cls.name }, STACK);
  l.storeGlobal(module, cls.node.name, STACK);
}
