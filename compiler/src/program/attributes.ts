/** Instance attributes: which slots each class has, by the assignments of the whole program. */
import { type Expression, type Node, visitChildren } from '../ast/index.js';
import type { Diagnostics } from '../diagnostics/report.js';
import type { Resolver } from './resolve.js';
import { type ClassSymbol, classValueGlobal, type FunctionSymbol, type ProgramSymbols } from './symbols.js';

/** Fills in {@link ClassSymbol.slots} of every class. Gives the names that instances hold. */
export function assignSlots(
  program: ProgramSymbols,
  resolver: Resolver,
  diagnostics: Diagnostics,
): ReadonlySet<string> {
  const classes = inheritanceOrder(program.modules.flatMap((m) => m.classes));
  const own = new Map<ClassSymbol, Set<string>>(classes.map((c) => [c, new Set<string>()]));
  const foreign = new Set<string>();
  for (const module of program.modules) {
    const bodies = [...module.functions, ...(module.body ? [module.body] : [])];
    for (const f of bodies) {
      for (const target of storedAttributes(f)) {
        if (isSelf(target.value, f)) own.get(f.owner!)?.add(target.attr);
        else {
          const of = resolver.constantOf(target.value, f);
          if (!of) foreign.add(target.attr);
          if (of?.kind === 'class') keepInGlobal(of, target.attr);
        }
      }
    }
  }
  const names = new Set([...own.values()].flatMap((s) => [...s]));
  // An attribute that outsiders assign may be one of any class of the program.
  for (const name of foreign) {
    for (const c of classes) {
      const taken = classes.some((d) => isDerived(d, c) && d.methods.has(name));
      if (!c.module.runtime && (!c.base || c.base.module.runtime) && !taken) own.get(c)!.add(name);
    }
    names.add(name);
  }
  for (const c of classes) {
    const inherited = new Set<string>();
    for (let b = c.base; b; b = b.base) for (const name of b.slots) inherited.add(name);
    c.slots = [...own.get(c)!].filter((name) => !inherited.has(name));
    const place = { path: c.module.source.path, range: c.module.source.range(c.node) };
    for (let b: ClassSymbol | undefined = c; b; b = b.base) {
      for (const name of [...c.slots, ...inherited]) {
        if (b.methods.has(name)) diagnostics.report('PS3001', place, name, c.pythonName);
      }
    }
  }
  return names;
}

/** A class value that is assigned to later lives in a global. */
function keepInGlobal(cls: ClassSymbol, name: string): void {
  const value = cls.values.get(name);
  if (value) value.global ??= classValueGlobal(cls, name);
}

function isDerived(cls: ClassSymbol, from: ClassSymbol): boolean {
  for (let c: ClassSymbol | undefined = cls; c; c = c.base) if (c === from) return true;
  return false;
}

/** Bases before the classes that derive from them. */
export function inheritanceOrder(classes: readonly ClassSymbol[]): readonly ClassSymbol[] {
  const done = new Set<ClassSymbol>();
  const visit = (c: ClassSymbol) => {
    if (done.has(c)) return;
    if (c.base) visit(c.base);
    done.add(c);
  };
  for (const c of classes) visit(c);
  return [...done];
}

const isSelf = (node: Expression, f: FunctionSymbol): boolean =>
  f.owner !== undefined && node.kind === 'Name' && node.id === f.parameters[0]?.name;

/** Attributes that a function assigns, in source order. */
function storedAttributes(f: FunctionSymbol): (Expression & { kind: 'Attribute' })[] {
  const found: (Expression & { kind: 'Attribute' })[] = [];
  const visit = (node: Node) => {
    if (node.kind === 'FunctionDef' || node.kind === 'ClassDef') return;
    if (node.kind === 'Attribute' && node.ctx === 'Store') found.push(node);
    visitChildren(node, visit);
  };
  for (const statement of f.body) visit(statement);
  return found;
}
