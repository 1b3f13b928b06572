/** Functions, class constructors and module bodies to assembly functions. */
import type { AsmDefault, AsmFunction } from '../assembly/model.js';
import type { Statement } from '../ast/index.js';
import { type ClassSymbol, type FunctionSymbol, findMethod, type ModuleSymbol } from '../program/symbols.js';
import { int, MAX_LOCALS, NONE, STACK } from './builder.js';
import { constructorName, defaultConstant } from './calls.js';
import { globalName, type ProgramContext } from './context.js';
import { Lowerer } from './lowerer.js';
import { lowerBlock, lowerStatement } from './statements.js';

export function lowerFunction(context: ProgramContext, symbol: FunctionSymbol): AsmFunction {
  const l = new Lowerer(context, symbol);
  lowerBlock(l, symbol.body);
  if (l.b.reachable) {
    l.b.at(endOf(l));
    l.b.emit('RET', [NONE]);
  }
  return assemble(l, symbol, defaultsOf(symbol));
}

function endOf(l: Lowerer) {
  const last = l.scope.body.at(-1);
  return l.b.currentRange ?? (last ? l.scope.module.source.range(last) : undefined);
}

/** The function that `l` has lowered, under the names of `symbol`. */
export function assemble(l: Lowerer, symbol: FunctionSymbol, defaults: readonly AsmDefault[]): AsmFunction {
  l.b.finish();
  if (l.b.locals.length > MAX_LOCALS) {
    const at = symbol.node ?? symbol.module.tree.body[0];
    if (at) l.report(at, 'PS3003', String(l.b.locals.length));
  }
  return {
    name: symbol.name,
    qualname: symbol.qualname,
    module: symbol.module.name,
    parameters: symbol.parameters.map((p) => p.name),
    min: symbol.min,
    locals: l.b.locals,
    defaults,
    items: l.b.items,
    handlers: [],
    runtime: symbol.module.runtime,
    vectors: symbol.vectors,
    ...(symbol.role === undefined ? {} : { role: symbol.role }),
    ...(symbol.node ? { range: symbol.module.source.range(symbol.node) } : {}),
  };
}

/** Defaults of the parameters from the first that has one; a keyword-only one without a default cannot follow. */
function defaultsOf(symbol: FunctionSymbol): AsmDefault[] {
  return symbol.parameters.slice(symbol.min).map((p): AsmDefault => {
    const global = symbol.defaultGlobals.get(p.name);
    if (global !== undefined) return { kind: 'global', name: globalName(symbol.module, global) };
    return { kind: 'constant', value: p.default ? defaultConstant(p.default) : { type: 'unbound' } };
  });
}

/** The function that a class word enters when the class is called as a value. */
export function lowerConstructor(context: ProgramContext, cls: ClassSymbol): AsmFunction {
  const init = findMethod(cls, '__init__');
  const parameters = init ? init.parameters.slice(1) : [];
  const scope: FunctionSymbol = {
    kind: 'function',
    name: constructorName(cls),
    qualname: cls.qualname,
    binds: cls.qualname,
    module: cls.module,
    owner: undefined,
    node: undefined,
    body: [],
    parameters,
    min: init ? init.min - 1 : 0,
    locals: new Set(parameters.map((p) => p.name)),
    globals: new Set(),
    defaultGlobals: init?.defaultGlobals ?? new Map(),
    vectors: [],
  };
  const l = new Lowerer(context, scope);
  l.b.at(cls.module.source.range(cls.node));
  l.b.emit('NEW', [STACK, { kind: 'constant', value: { type: 'class', name: cls.name } }]);
  if (init) {
    l.b.emit('DUP', [STACK, int(0)]);
    parameters.forEach((_, i) => {
      l.b.emit('MOV', [STACK, { kind: 'local', slot: i }]);
    });
    l.b.emit('CALL', [{ kind: 'function', name: init.name }, int(parameters.length + 1), { kind: 'clear' }], {
      drop: true,
    });
  }
  l.b.emit('RET', [STACK]);
  return { ...assemble(l, scope, init ? defaultsOf(init) : []), runtime: true };
}

/**
 * The body of a module, which defines its functions and classes and runs its statements. The first import of a module
 * calls its body, which is therefore lowered there: bodies run in the order in which they are lowered.
 */
export function lowerModuleBody(context: ProgramContext, module: ModuleSymbol): void {
  const body = module.body!;
  const l = new Lowerer(context, body);
  context.bodies.set(module, undefined);
  module.tree.body.forEach((statement, index) => {
    l.statementIndex = index;
    if (!l.b.reachable) return;
    lowerTopLevel(l, module, statement, index);
  });
  if (l.b.reachable) l.b.emit('RET', [NONE]);
  context.bodies.set(module, assemble(l, body, []));
}

function lowerTopLevel(l: Lowerer, module: ModuleSymbol, node: Statement, index: number): void {
  switch (node.kind) {
    case 'Import':
    case 'ImportFrom':
      l.b.beginStatement(module.source.range(node));
      for (const { statement, module: imported } of module.imports) {
        if (statement !== index) continue;
        if (l.context.bodies.has(imported)) continue;
        lowerModuleBody(l.context, imported);
        l.b.emit('CALL', [{ kind: 'function', name: imported.body!.name }, int(0), { kind: 'clear' }], { drop: true });
      }
      bindImportedVariables(l, module, node, index);
      return;
    default:
      lowerStatement(l, node);
  }
}

/** `from m import v` of a variable binds its value at that moment to a global of the importing module. */
function bindImportedVariables(l: Lowerer, module: ModuleSymbol, node: Statement, index: number): void {
  for (const global of module.globals.values()) {
    for (const binding of global.bindings) {
      const target = binding.symbol;
      if (
        binding.node !== node ||
        binding.statement !== index ||
        target?.kind !== 'import' ||
        target.name === undefined
      )
        continue;
      if (target.module.kind === 'builtin-module') {
        continue;
      }
      const source = target.module.globals.get(target.name);
      if (!source) {
        l.report(node as never, 'PS2005', target.module.name, target.name);
        continue;
      }
      const symbol = l.context.resolver.globalName(global.name, module);
      if (symbol.kind === 'constant') {
        if (symbol.symbol.kind === 'function' || symbol.symbol.kind === 'class') {
          l.b.loadConstant(l.symbolConstant(symbol.symbol), STACK);
          l.storeGlobal(module, global.name, STACK);
        }
      } else {
        l.loadGlobal(target.module, target.name, STACK);
        l.storeGlobal(module, global.name, STACK);
      }
    }
  }
}
