/** Loads the modules of a program and collects what each binds. Reports problems of imports and definitions. */
import { FUNCTION_ROLES, type FunctionRole } from '@pysm/isa';
import type { ClassDef, Expression, FunctionDef, Positions, Statement } from '../ast/index.js';
import type { Diagnostics } from '../diagnostics/report.js';
import { C_EXTENSIONS, INTRINSIC_MODULES, RUNTIME_MODULES, STANDARD_LIBRARY } from './known-modules.js';
import { privateName, replacePrivateNames } from './private-names.js';
import type { Source } from './source.js';
import type {
  Binding,
  BuiltinModule,
  ClassSymbol,
  FunctionSymbol,
  ModuleSymbol,
  Parameter,
  ProgramSymbols,
} from './symbols.js';
import { classValueGlobal, onlyBinding } from './symbols.js';

/** Gives parsed sources: files of the program by path, runtime modules by name. */
export interface ModuleLoader {
  /** Source of a program file, or undefined where it cannot be read (nothing is reported then). */
  file(path: string): Source | undefined;
  runtime(name: string): Source | undefined;
  sibling(fromPath: string, name: string): string;
}

/** Collects the program whose entry file is given. */
export function collectProgram(entry: Source, loader: ModuleLoader, diagnostics: Diagnostics): ProgramSymbols {
  return new Collector(loader, diagnostics).program(entry);
}

class Collector {
  private readonly order: ModuleSymbol[] = [];
  private readonly byKey = new Map<string, ModuleSymbol>();

  constructor(
    private readonly loader: ModuleLoader,
    private readonly diagnostics: Diagnostics,
  ) {}

  program(entry: Source): ProgramSymbols {
    const builtinsSource = this.loader.runtime('_builtins');
    if (!builtinsSource) throw new Error('the runtime module _builtins is missing from the compiler’s resources');
    const builtins = this.module('_builtins', 'runtime:_builtins', builtinsSource, true);
    // A module that imports the entry file gets a module of its own: Python runs the file a second time, under its name.
    const main = this.module('__main__', 'main', entry, false);
    this.resolveBases(builtins);
    return { modules: this.order, main, builtins };
  }

  private module(name: string, key: string, source: Source, runtime: boolean): ModuleSymbol {
    const module: ModuleSymbol = {
      kind: 'module',
      name,
      source,
      runtime,
      tree: runtime ? source.tree : replacePrivateNames(source.tree),
      globals: new Map(),
      functions: [],
      classes: [],
      definitions: new Map(),
      body: undefined,
      imports: [],
    };
    this.byKey.set(key, module);
    this.order.push(module);
    new ModuleCollector(module, this.diagnostics, (n, node) => this.import(module, n, node)).collect();
    return module;
  }

  /** The module that an import names; undefined where there is none, which is reported. */
  private import(from: ModuleSymbol, name: string, node: Positions): ModuleSymbol | BuiltinModule | undefined {
    const place = { path: from.source.path, range: from.source.range(node) };
    if (INTRINSIC_MODULES.has(name) && (name !== '_core' || from.runtime)) return { kind: 'builtin-module', name };
    if (RUNTIME_MODULES.has(name) || from.runtime) {
      const known = this.byKey.get(`runtime:${name}`);
      if (known) return known;
      const source = this.loader.runtime(name);
      if (source) return this.module(name, `runtime:${name}`, source, true);
    }
    const path = this.loader.sibling(from.source.path, name);
    const known = this.byKey.get(`file:${path}`);
    if (known) return known;
    const source = this.loader.file(path);
    if (source) return this.module(name, `file:${path}`, source, false);
    const top = name.split('.')[0]!;
    if (C_EXTENSIONS.has(top)) this.diagnostics.report('PS2003', place, top);
    else if (STANDARD_LIBRARY.has(top)) this.diagnostics.report('PS2002', place, name);
    else this.diagnostics.report('PS2004', place, name, path);
    return undefined;
  }

  /** Base classes, once every module's names are known. */
  private resolveBases(builtins: ModuleSymbol): void {
    for (const module of this.order) {
      for (const cls of module.classes) {
        const place = { path: module.source.path, range: module.source.range(cls.node) };
        if (cls.node.keywords.length > 0) this.diagnostics.report('PS1021', place, 'a class keyword or metaclass');
        if (cls.node.bases.length > 1) this.diagnostics.report('PS1021', place, 'a class with several bases');
        const base = cls.node.bases[0];
        if (!base) continue;
        const found = resolveClass(base, module, builtins);
        if (!found) {
          if (base.kind === 'Name' && base.id === 'object' && !module.globals.has('object')) continue;
          this.diagnostics.report(
            'PS1021',
            { path: module.source.path, range: module.source.range(base) },
            'this base',
          );
        } else if (found.tags.length > 0) {
          this.diagnostics.report(
            'PS1021',
            { path: module.source.path, range: module.source.range(base) },
            'a built-in type as a base',
          );
        } else {
          cls.base = found;
        }
      }
      for (const cls of module.classes) {
        const seen = new Set<ClassSymbol>();
        for (let c: ClassSymbol | undefined = cls; c; c = c.base) {
          if (seen.has(c)) {
            this.diagnostics.report(
              'PS1021',
              { path: module.source.path, range: module.source.range(cls.node) },
              'a class that is its own base',
            );
            cls.base = undefined;
            break;
          }
          seen.add(c);
        }
      }
    }
  }
}

/** The class that an expression names when the program is linked. */
export function resolveClass(node: Expression, module: ModuleSymbol, builtins: ModuleSymbol): ClassSymbol | undefined {
  const symbol = resolveConstant(node, module, builtins);
  return symbol?.kind === 'class' ? symbol : undefined;
}

type Constant = FunctionSymbol | ClassSymbol | ModuleSymbol | BuiltinModule;

/** What a name or dotted name stands for at link time: a def, class or module that nothing rebinds. Locals are the caller's business. */
export function resolveConstant(
  node: Expression,
  module: ModuleSymbol,
  builtins: ModuleSymbol,
  depth = 0,
): Constant | undefined {
  if (depth > 20) return undefined;
  if (node.kind === 'Name') {
    const global = module.globals.get(node.id);
    if (!global) {
      const builtin = module === builtins ? undefined : builtins.globals.get(node.id);
      const binding = onlyBinding(builtin);
      return binding?.kind === 'class' && binding.symbol?.kind === 'class' ? binding.symbol : undefined;
    }
    const binding = onlyBinding(global);
    if (!binding?.topLevel || !binding.symbol) return undefined;
    return binding.symbol.kind === 'import'
      ? importedConstant(binding.symbol.module, binding.symbol.name, builtins, depth)
      : binding.symbol;
  }
  if (node.kind === 'Attribute') {
    const of = resolveConstant(node.value, module, builtins, depth + 1);
    if (of?.kind === 'module' || of?.kind === 'builtin-module') return importedConstant(of, node.attr, builtins, depth);
  }
  return undefined;
}

function importedConstant(
  of: ModuleSymbol | BuiltinModule,
  name: string | undefined,
  builtins: ModuleSymbol,
  depth: number,
): Constant | undefined {
  if (name === undefined) return of;
  if (of.kind === 'builtin-module') {
    // `import compiler.intrinsics` binds the name `compiler`, whose only attribute is the module.
    return of.name === 'compiler' && name === 'intrinsics'
      ? { kind: 'builtin-module', name: 'compiler.intrinsics' }
      : undefined;
  }
  const only = onlyBinding(of.globals.get(name));
  if (!only?.topLevel || !only.symbol) return undefined;
  return only.symbol.kind === 'import'
    ? importedConstant(only.symbol.module, only.symbol.name, builtins, depth + 1)
    : only.symbol;
}

type Importer = (name: string, node: Positions) => ModuleSymbol | BuiltinModule | undefined;

/** Collects one module. */
class ModuleCollector {
  private readonly names = new Map<string, number>();

  constructor(
    private readonly module: ModuleSymbol,
    private readonly diagnostics: Diagnostics,
    private readonly importModule: Importer,
  ) {}

  collect(): void {
    const { module } = this;
    module.body = {
      kind: 'function',
      name: `${module.name}.<module>`,
      qualname: '<module>',
      binds: '<module>',
      module,
      owner: undefined,
      node: undefined,
      body: module.tree.body,
      parameters: [],
      min: 0,
      locals: new Set(),
      globals: new Set(),
      defaultGlobals: new Map(),
      vectors: [],
    };
    module.tree.body.forEach((statement, index) => {
      this.statement(statement, index, true);
    });
    // `global x` in a function makes x a global of the module even where no top-level statement binds it.
    for (const f of [...module.functions]) {
      for (const name of f.globals) {
        for (const node of boundNodes(f.body, name))
          this.bind(name, { kind: 'assignment', node, statement: undefined, topLevel: false, symbol: undefined });
      }
    }
  }

  private place(node: Positions) {
    return { path: this.module.source.path, range: this.module.source.range(node) };
  }

  private bind(name: string, binding: Binding): void {
    let global = this.module.globals.get(name);
    if (!global) {
      global = { name, module: this.module, bindings: [] };
      this.module.globals.set(name, global);
    }
    global.bindings.push(binding);
  }

  private statement(node: Statement, index: number, topLevel: boolean): void {
    switch (node.kind) {
      case 'FunctionDef': {
        const symbol = this.function(node, undefined);
        this.bind(node.name, { kind: 'function', node, statement: index, topLevel, symbol });
        return;
      }
      case 'ClassDef': {
        const symbol = this.class(node);
        this.bind(node.name, { kind: 'class', node, statement: index, topLevel, symbol });
        return;
      }
      case 'Import':
      case 'ImportFrom':
        if (topLevel) this.import(node, index);
        else this.diagnostics.report('PS1024', this.place(node), 'block');
        return;
      default:
        for (const [name, at] of targetsOf(node)) {
          this.bind(name, { kind: 'assignment', node: at, statement: index, topLevel: false, symbol: undefined });
        }
        for (const inner of blocksOf(node)) this.statement(inner, index, false);
    }
  }

  private import(node: Statement & { kind: 'Import' | 'ImportFrom' }, index: number): void {
    const bindImport = (name: string, target: ModuleSymbol | BuiltinModule, attribute: string | undefined) => {
      if (target.kind === 'module') this.module.imports.push({ statement: index, module: target });
      this.bind(name, {
        kind: 'import',
        node,
        statement: index,
        topLevel: true,
        symbol: { kind: 'import', module: target, name: attribute },
      });
    };
    if (node.kind === 'Import') {
      for (const alias of node.names) {
        const target = this.importModule(alias.name, alias);
        if (!target) continue;
        const top = alias.name.split('.')[0]!;
        if (alias.asname !== null || top === alias.name) bindImport(alias.asname ?? alias.name, target, undefined);
        else if (target.kind === 'builtin-module') bindImport(top, { kind: 'builtin-module', name: top }, undefined);
        else this.diagnostics.report('PS2004', this.place(alias), alias.name, 'a package of that name');
      }
      return;
    }
    if (node.level > 0) {
      this.diagnostics.report('PS1026', this.place(node));
      return;
    }
    if (node.module === '__future__') return;
    const isCompilerPackage = node.module === 'compiler';
    const target = isCompilerPackage ? undefined : this.importModule(node.module!, node);
    for (const alias of node.names) {
      if (alias.name === '*') {
        this.diagnostics.report('PS1025', this.place(node));
        continue;
      }
      if (isCompilerPackage) {
        const inner = this.importModule(`compiler.${alias.name}`, alias);
        if (inner) bindImport(alias.asname ?? alias.name, inner, undefined);
        continue;
      }
      if (target) bindImport(alias.asname ?? alias.name, target, alias.name);
    }
  }

  private uniqueName(qualname: string): string {
    const count = this.names.get(qualname) ?? 0;
    this.names.set(qualname, count + 1);
    return count === 0 ? `${this.module.name}.${qualname}` : `${this.module.name}.${qualname}#${count + 1}`;
  }

  private function(node: FunctionDef, owner: ClassSymbol | undefined): FunctionSymbol {
    const qualname = owner ? `${owner.qualname}.${node.name}` : node.name;
    const name = this.uniqueName(qualname);
    const { args } = node;
    const positional = [...args.posonlyargs, ...args.args];
    const parameters: Parameter[] = positional.map((arg, i) => ({
      name: arg.arg,
      annotation: arg.annotation,
      default: args.defaults[i - (positional.length - args.defaults.length)] ?? null,
      keywordOnly: false,
      positionalOnly: i < args.posonlyargs.length,
      node: arg,
    }));
    args.kwonlyargs.forEach((arg, i) => {
      parameters.push({
        name: arg.arg,
        annotation: arg.annotation,
        default: args.kw_defaults[i] ?? null,
        keywordOnly: true,
        positionalOnly: false,
        node: arg,
      });
    });
    const globals = new Set<string>();
    const locals = new Set(parameters.map((p) => p.name));
    for (const statement of everyStatement(node.body)) {
      if (statement.kind === 'Global') for (const n of statement.names) globals.add(n);
    }
    for (const statement of everyStatement(node.body)) {
      for (const [n] of targetsOf(statement)) if (!globals.has(n)) locals.add(n);
    }
    const firstDefault = parameters.findIndex((p) => p.default !== null);
    const defaultGlobals = new Map<string, string>();
    for (const p of parameters) {
      if (p.default && !isLiteral(p.default, this.module.runtime))
        defaultGlobals.set(p.name, `${name.slice(this.module.name.length + 1)}.${p.name}`);
    }
    const role = this.module.runtime ? functionRole(node.decorator_list) : undefined;
    const symbol: FunctionSymbol = {
      kind: 'function',
      name,
      qualname,
      binds: owner ? privateName(node.name, owner.qualname) : node.name,
      module: this.module,
      owner,
      node,
      body: node.body,
      parameters,
      min: firstDefault < 0 ? parameters.length : firstDefault,
      locals,
      globals,
      defaultGlobals,
      vectors: this.module.runtime ? decoratorStrings(node.decorator_list, 'trap') : [],
      ...(role === undefined ? {} : { role }),
    };
    this.module.functions.push(symbol);
    this.module.definitions.set(node, symbol);
    return symbol;
  }

  private class(node: ClassDef): ClassSymbol {
    const qualname = node.name;
    const named = this.module.runtime
      ? node.decorator_list.flatMap((d) => (d.kind === 'Call' ? d.keywords : [])).find((k) => k.arg === 'name')?.value
      : undefined;
    const symbol: ClassSymbol = {
      kind: 'class',
      name: this.uniqueName(qualname),
      qualname,
      pythonName: named?.kind === 'Constant' && named.value.type === 'str' ? named.value.value : node.name,
      module: this.module,
      node,
      base: undefined,
      methods: new Map(),
      values: new Map(),
      slots: [],
      tags: this.module.runtime ? decoratorStrings(node.decorator_list, 'builtin') : [],
    };
    const value = (name: string, expression: Expression | null, at: Positions) => {
      symbol.methods.delete(name);
      symbol.values.set(name, {
        name,
        value: expression,
        node: at,
        global:
          expression && isLiteral(expression) && !symbol.values.has(name) ? undefined : classValueGlobal(symbol, name),
      });
    };
    for (const statement of node.body) {
      if (statement.kind === 'FunctionDef') {
        const method = this.function(statement, symbol);
        symbol.values.delete(method.binds);
        symbol.methods.set(method.binds, method);
      } else if (statement.kind === 'Assign' && statement.targets.every((t) => t.kind === 'Name')) {
        for (const t of statement.targets) if (t.kind === 'Name') value(t.id, statement.value, statement);
      } else if (statement.kind === 'AnnAssign' && statement.target.kind === 'Name') {
        if (statement.value) value(statement.target.id, statement.value, statement);
      } else if (statement.kind !== 'Pass' && !(statement.kind === 'Expr' && statement.value.kind === 'Constant')) {
        this.diagnostics.report('PS1022', this.place(statement));
      }
    }
    this.module.classes.push(symbol);
    this.module.definitions.set(node, symbol);
    return symbol;
  }
}

/** Arguments of a decorator `@name('a', 'b')`. */
function decoratorStrings(decorators: readonly Expression[], name: string): string[] {
  return decorators.flatMap((d) =>
    d.kind === 'Call' && d.func.kind === 'Name' && d.func.id === name
      ? d.args.flatMap((a) => (a.kind === 'Constant' && a.value.type === 'str' ? [a.value.value] : []))
      : [],
  );
}

/** What `@role` says of a function of the runtime. */
function functionRole(decorators: readonly Expression[]): FunctionRole | undefined {
  const [text] = decoratorStrings(decorators, 'role');
  return FUNCTION_ROLES.find((role) => role === text);
}

/** A literal whose value is known without running anything: constants, signed numbers, tuples of them; in the runtime, UNBOUND. */
export function isLiteral(node: Expression, runtime = false): boolean {
  switch (node.kind) {
    case 'Constant':
      return true;
    case 'UnaryOp':
      if (node.op === 'Not' || node.operand.kind !== 'Constant') return false;
      return node.operand.value.type === 'int' || (node.operand.value.type === 'float' && node.op !== 'Invert');
    case 'Tuple':
      return node.ctx === 'Load' && node.elts.every((e) => isLiteral(e));
    case 'Name':
      return runtime && node.id === 'UNBOUND';
    default:
      return false;
  }
}

/** Statements nested in a statement's blocks, but not those of a def or class. */
export function* blocksOf(node: Statement): Generator<Statement> {
  switch (node.kind) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
    case 'ClassDef':
      return;
    case 'Match':
      for (const c of node.cases) yield* c.body;
      return;
    case 'Try':
    case 'TryStar':
      yield* node.body;
      for (const h of node.handlers) yield* h.body;
      yield* node.orelse;
      yield* node.finalbody;
      return;
    case 'If':
    case 'For':
    case 'AsyncFor':
    case 'While':
      yield* node.body;
      yield* node.orelse;
      return;
    case 'With':
    case 'AsyncWith':
      yield* node.body;
      return;
    default:
  }
}

/** All statements of a body, nested blocks included, defs and classes not entered. */
export function* everyStatement(body: readonly Statement[]): Generator<Statement> {
  for (const statement of body) {
    yield statement;
    yield* everyStatement([...blocksOf(statement)]);
  }
}

function* namesIn(target: Expression): Generator<[string, Positions]> {
  if (target.kind === 'Name') yield [target.id, target];
  else if (target.kind === 'Tuple' || target.kind === 'List') for (const e of target.elts) yield* namesIn(e);
  else if (target.kind === 'Starred') yield* namesIn(target.value);
}

/** Names that a statement itself binds (not those in its nested blocks). */
export function* targetsOf(node: Statement): Generator<[string, Positions]> {
  switch (node.kind) {
    case 'Assign':
      for (const t of node.targets) yield* namesIn(t);
      break;
    case 'AugAssign':
    case 'AnnAssign':
    case 'For':
    case 'AsyncFor':
      yield* namesIn(node.target);
      break;
    case 'Delete':
      for (const t of node.targets) yield* namesIn(t);
      break;
    case 'FunctionDef':
    case 'AsyncFunctionDef':
    case 'ClassDef':
      yield [node.name, node];
      break;
    case 'Import':
    case 'ImportFrom':
      for (const a of node.names) yield [a.asname ?? a.name.split('.')[0]!, node];
      break;
    default:
  }
}

/** Nodes in a body that bind `name`. */
function* boundNodes(body: readonly Statement[], name: string): Generator<Positions> {
  for (const statement of everyStatement(body)) {
    for (const [n, at] of targetsOf(statement)) if (n === name) yield at;
  }
}
