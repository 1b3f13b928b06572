/** What the names of a program stand for: modules, globals, functions and classes. Plain data, made by collect.ts. */
import type { FunctionRole } from '@pysm/isa';
import type { Arg, ClassDef, Expression, FunctionDef, Module, Positions, Statement } from '../ast/index.js';
import type { Source } from './source.js';

export interface Parameter {
  readonly name: string;
  readonly annotation: Expression | null;
  readonly default: Expression | null;
  readonly keywordOnly: boolean;
  readonly positionalOnly: boolean;
  readonly node: Arg;
}

/** A `def` at module level or in a class body, or the body of a module. */
export interface FunctionSymbol {
  readonly kind: 'function';
  /** Unique assembly name: `module.qualname`, numbered where a module defines the name again. */
  readonly name: string;
  readonly qualname: string;
  /** Name that the def binds in its module or class; `_Class__name` for a private method. */
  readonly binds: string;
  readonly module: ModuleSymbol;
  readonly owner: ClassSymbol | undefined;
  /** The def; undefined for a module's body. */
  readonly node: FunctionDef | undefined;
  readonly body: readonly Statement[];
  readonly parameters: readonly Parameter[];
  /** Fewest positional arguments. */
  readonly min: number;
  /** Names bound in the body, parameters included; empty for a module's body, whose names are globals. */
  readonly locals: ReadonlySet<string>;
  /** Names declared `global`. */
  readonly globals: ReadonlySet<string>;
  /** Where a default that is no constant is kept between def and call, by parameter name. */
  readonly defaultGlobals: ReadonlyMap<string, string>;
  /** Trap vectors (`@trap`), runtime only. */
  readonly vectors: readonly string[];
  /** What it is to a debugger (`@role`), runtime only. */
  readonly role?: FunctionRole;
}

/** A name bound in a class body to something other than a method. */
export interface ClassValue {
  readonly name: string;
  readonly value: Expression | null;
  readonly node: Positions;
  /** Global that holds the value, where it is no constant or is assigned to elsewhere. */
  global: string | undefined;
}

export interface ClassSymbol {
  readonly kind: 'class';
  readonly name: string;
  readonly qualname: string;
  readonly pythonName: string;
  readonly module: ModuleSymbol;
  readonly node: ClassDef;
  /** Filled in when all modules are known. */
  base: ClassSymbol | undefined;
  readonly methods: Map<string, FunctionSymbol>;
  readonly values: Map<string, ClassValue>;
  /** Instance attributes that the class adds to its base's, in slot order. */
  slots: string[];
  /** Tags of built-in types (`@builtin`), runtime only. */
  readonly tags: readonly string[];
}

/** One place that binds a global name. */
export interface Binding {
  readonly kind: 'function' | 'class' | 'import' | 'assignment';
  readonly node: Positions;
  /** Index of the module's top-level statement that holds the binding; undefined inside a function. */
  readonly statement: number | undefined;
  /** The binding is a top-level statement itself, so it runs exactly once. */
  readonly topLevel: boolean;
  readonly symbol: FunctionSymbol | ClassSymbol | ImportTarget | undefined;
}

/** What an import binds a name to. */
export interface ImportTarget {
  readonly kind: 'import';
  readonly module: ModuleSymbol | BuiltinModule;
  /** Name in that module, undefined for the module itself. */
  readonly name: string | undefined;
}

/** A module that the compiler knows without a file. */
export interface BuiltinModule {
  readonly kind: 'builtin-module';
  readonly name: string;
}

export interface GlobalSymbol {
  readonly name: string;
  readonly module: ModuleSymbol;
  readonly bindings: Binding[];
}

export interface ModuleSymbol {
  readonly kind: 'module';
  /** Python's name; `__main__` for the entry. */
  readonly name: string;
  readonly source: Source;
  readonly runtime: boolean;
  readonly tree: Module;
  readonly globals: Map<string, GlobalSymbol>;
  readonly functions: FunctionSymbol[];
  readonly classes: ClassSymbol[];
  /** What each def and class of the module made. */
  readonly definitions: Map<Statement, FunctionSymbol | ClassSymbol>;
  /** The module's body as a function, `module.<module>`. */
  body: FunctionSymbol | undefined;
  /** Imports in order, by top-level statement. */
  readonly imports: { readonly statement: number; readonly module: ModuleSymbol }[];
}

/** A whole program: the modules in the order in which their bodies start to run, `_builtins` first. */
export interface ProgramSymbols {
  readonly modules: readonly ModuleSymbol[];
  readonly main: ModuleSymbol;
  readonly builtins: ModuleSymbol;
}

/** Global of the class's module that keeps a class value; classes of one name have globals of their own. */
export function classValueGlobal(cls: ClassSymbol, name: string): string {
  return `${cls.name.slice(cls.module.name.length + 1)}.${name}`;
}

/** Method that an instance of the class finds under `name`. */
export function findMethod(cls: ClassSymbol | undefined, name: string): FunctionSymbol | undefined {
  for (let c = cls; c; c = c.base) {
    const method = c.methods.get(name);
    if (method) return method;
    if (c.values.has(name)) return undefined;
  }
  return undefined;
}

/** Class-level value that `C.name` finds, with the class that defines it. */
export function findClassValue(cls: ClassSymbol | undefined, name: string): ClassValue | undefined {
  for (let c = cls; c; c = c.base) {
    const value = c.values.get(name);
    if (value) return value;
    if (c.methods.has(name)) return undefined;
  }
  return undefined;
}

/** The binding of a global that is bound once, or again and again by imports of the same thing. */
export function onlyBinding(global: GlobalSymbol | undefined): Binding | undefined {
  const [first, ...others] = global?.bindings ?? [];
  const target = first?.symbol;
  if (!first || others.length === 0) return first;
  if (target?.kind !== 'import') return undefined;
  const alike = others.every(
    ({ symbol, topLevel }) =>
      topLevel && symbol?.kind === 'import' && symbol.module === target.module && symbol.name === target.name,
  );
  return alike ? first : undefined;
}

/** The only binding of a global that nothing else rebinds, where it is a top-level def, class or import. */
export function constantBinding(global: GlobalSymbol | undefined): Binding | undefined {
  const only = onlyBinding(global);
  return only?.topLevel && only.kind !== 'assignment' && only.symbol ? only : undefined;
}
