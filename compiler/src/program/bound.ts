/**
 * Proves that a global def, class or import is bound whenever a function that names it runs, so that it can be used
 * without a look at the variable. Python raises NameError where a def has not run yet; where this proof fails, the
 * variable is loaded and the core checks it.
 */
import { type Node, type Statement, visitChildren } from '../ast/index.js';
import { isLiteral } from './collect.js';
import type { Resolver } from './resolve.js';
import type { FunctionSymbol, GlobalSymbol, ModuleSymbol, ProgramSymbols } from './symbols.js';
import { constantBinding } from './symbols.js';

export class BoundProof {
  private readonly bodyNames = new Map<FunctionSymbol, ReadonlySet<string>>();
  private readonly early = new Map<string, ReadonlySet<FunctionSymbol>>();
  private readonly cyclic: ReadonlySet<ModuleSymbol>;
  private readonly functions: readonly FunctionSymbol[];

  constructor(
    program: ProgramSymbols,
    private readonly resolver: Resolver,
  ) {
    this.functions = program.modules.flatMap((m) => m.functions);
    this.cyclic = cyclicModules(program.modules);
  }

  /**
   * Whether `global` is bound when `user` uses it.
   * @param statement index of the top-level statement in which it is used, where `user` is its module's body
   */
  isBound(global: GlobalSymbol, user: FunctionSymbol, statement: number | undefined): boolean {
    const binding = constantBinding(global);
    if (!binding) return false;
    const { module } = global;
    if (module.runtime) return true;
    if (this.cyclic.has(module)) return false;
    if (user.module.body === user && user.module === module)
      return statement !== undefined && statement > binding.statement!;
    return !this.runsEarly(module, binding.statement!).has(user);
  }

  /** Functions that may run before the top-level statement `limit` of a module. */
  private runsEarly(module: ModuleSymbol, limit: number): ReadonlySet<FunctionSymbol> {
    const key = `${module.name}:${limit}`;
    let result = this.early.get(key);
    if (!result) {
      const names = new Set<string>();
      for (const statement of module.tree.body.slice(0, limit)) if (!isInert(statement)) collectNames(statement, names);
      result = names.size === 0 ? new Set() : this.reach(names);
      this.early.set(key, result);
    }
    return result;
  }

  /** Functions that code with these names may call, by name alone; special methods may be called by any code. */
  private reach(names: Set<string>): ReadonlySet<FunctionSymbol> {
    const reached = new Set<FunctionSymbol>();
    for (let grew = true; grew; ) {
      grew = false;
      for (const f of this.functions) {
        const name = f.binds;
        if (reached.has(f) || !(names.has(name) || /^__\w+__$/.test(name))) continue;
        reached.add(f);
        grew = true;
        for (const n of this.namesOf(f)) names.add(n);
      }
    }
    return reached;
  }

  private namesOf(f: FunctionSymbol): ReadonlySet<string> {
    let names = this.bodyNames.get(f);
    if (!names) {
      const set = new Set<string>();
      for (const statement of f.body) collectNames(statement, set, f.locals);
      // An imported name may rename a function.
      for (const n of [...set]) {
        const meaning = this.resolver.globalName(n, f.module);
        if (meaning.kind === 'constant' && meaning.symbol.kind === 'function') set.add(meaning.symbol.binds);
      }
      names = set;
      this.bodyNames.set(f, names);
    }
    return names;
  }
}

/** A statement that runs no code of the program. */
function isInert(node: Statement): boolean {
  switch (node.kind) {
    case 'FunctionDef':
      return [...node.args.defaults, ...node.args.kw_defaults].every((d) => d === null || isLiteral(d));
    case 'ClassDef':
      return node.body.every(isInert);
    case 'Import':
    case 'ImportFrom':
    case 'Pass':
    case 'Global':
      return true;
    case 'Expr':
      return node.value.kind === 'Constant';
    case 'Assign':
      return isLiteral(node.value) && node.targets.every((t) => t.kind === 'Name');
    case 'AnnAssign':
      return node.target.kind === 'Name' && (node.value === null || isLiteral(node.value));
    default:
      return false;
  }
}

/** Names that code may call something by; a local stands for what other code has named. */
function collectNames(node: Node, into: Set<string>, locals?: ReadonlySet<string>): void {
  if (node.kind === 'Name') {
    if (!locals?.has(node.id)) into.add(node.id);
  } else if (node.kind === 'Attribute') into.add(node.attr);
  visitChildren(node, (child) => collectNames(child, into, locals));
}

/** Modules that import themselves over others. */
function cyclicModules(modules: readonly ModuleSymbol[]): ReadonlySet<ModuleSymbol> {
  const cyclic = new Set<ModuleSymbol>();
  for (const start of modules) {
    const seen = new Set<ModuleSymbol>();
    const work = start.imports.map((i) => i.module);
    for (let m = work.pop(); m; m = work.pop()) {
      if (m === start) cyclic.add(start);
      if (seen.has(m)) continue;
      seen.add(m);
      work.push(...m.imports.map((i) => i.module));
    }
  }
  return cyclic;
}
