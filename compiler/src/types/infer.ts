/**
 * Flow-sensitive type inference over a whole program: which types each expression may have where it stands, and which
 * locals may be unbound. The world is closed, so parameters take the types of all call sites, attributes and globals
 * those of all stores. Types narrow costs and select instructions that trap to the same behaviour; they never change
 * what a program does.
 */
import type { Expression } from '../ast/index.js';
import type { Resolver } from '../program/resolve.js';
import {
  type ClassSymbol,
  type FunctionSymbol,
  findMethod,
  type GlobalSymbol,
  type ProgramSymbols,
} from '../program/symbols.js';
import { Flow } from './flow.js';
import { ANY, INTLIKE, T, type TypeSet } from './typeset.js';

/** Rounds over the program after which whatever still grows is taken for anything. */
const MAX_ROUNDS = 30;

/** Result of inference. */
export interface Types {
  /** Types of an expression, UNBOUND included for names; ANY where it was never reached. */
  of(node: Expression): TypeSet;
}

/** @param stored names of the attributes that the program assigns */
export function inferTypes(program: ProgramSymbols, resolver: Resolver, stored: ReadonlySet<string>): Types {
  const inference = new Inference(program, resolver, stored);
  inference.run();
  return {
    of: (node) => inference.nodes.get(node) || ANY,
  };
}

/** What is known of the whole program: grows until nothing changes. */
export class Inference {
  nodes = new Map<Expression, TypeSet>();
  readonly returns = new Map<FunctionSymbol, TypeSet>();
  private readonly parameters = new Map<FunctionSymbol, TypeSet[]>();
  private readonly attributes = new Map<string, TypeSet>();
  private readonly globals = new Map<GlobalSymbol, TypeSet>();
  private readonly methodsByName = new Map<string, FunctionSymbol[]>();
  private changed = false;

  constructor(
    private readonly program: ProgramSymbols,
    readonly resolver: Resolver,
    private readonly stored: ReadonlySet<string>,
  ) {
    for (const module of program.modules) {
      for (const f of module.functions) {
        if (f.owner) this.methodsByName.set(f.binds, [...(this.methodsByName.get(f.binds) ?? []), f]);
        this.parameters.set(
          f,
          f.parameters.map((p, i) => this.initial(f, p.annotation, i)),
        );
      }
      for (const cls of module.classes) {
        for (const value of cls.values.values()) if (value.value) this.addAttribute(value.name, ANY);
      }
    }
  }

  run(): void {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      this.changed = false;
      if (round === MAX_ROUNDS - 1) this.giveUp();
      this.nodes = new Map();
      for (const module of this.program.modules) {
        if (module.body) new Flow(this, module.body).function();
        for (const f of module.functions) new Flow(this, f).function();
      }
      if (!this.changed) return;
    }
  }

  /** Takes everything that calls and stores feed for anything, which ends the growth soundly. */
  private giveUp(): void {
    for (const [f, types] of this.parameters)
      this.parameters.set(
        f,
        types.map(() => ANY),
      );
    for (const name of this.attributes.keys()) this.attributes.set(name, ANY);
    for (const global of this.globals.keys()) this.globals.set(global, ANY);
    for (const f of this.parameters.keys()) this.returns.set(f, ANY);
  }

  /** Types of a parameter before any call: its annotation, self, or nothing. Handlers and special methods are called by the hardware. */
  private initial(f: FunctionSymbol, annotation: Expression | null, index: number): TypeSet {
    if (f.owner && index === 0 && f.owner.tags.length === 0) return T.OBJECT;
    if (f.owner && f.owner.tags.length > 0) return ANY;
    if (f.vectors.length > 0) return ANY;
    if (f.owner && /^__\w+__$/.test(f.binds) && f.binds !== '__init__') return ANY;
    const promised = annotationTypes(annotation);
    return promised === undefined ? 0 : promised | T.ASSUMED;
  }

  record(node: Expression, types: TypeSet): TypeSet {
    this.nodes.set(node, (this.nodes.get(node) ?? 0) | types);
    return types;
  }

  private grow<K>(map: Map<K, TypeSet>, key: K, types: TypeSet): void {
    const old = map.get(key) ?? 0;
    if ((old | types) !== old) {
      map.set(key, old | types);
      this.changed = true;
    }
  }

  addReturn = (f: FunctionSymbol, types: TypeSet) => this.grow(this.returns, f, types & ~T.UNBOUND);
  addAttribute = (name: string, types: TypeSet) => this.grow(this.attributes, name, types & ~T.UNBOUND);
  addGlobal = (global: GlobalSymbol, types: TypeSet) => this.grow(this.globals, global, types & ~T.UNBOUND);

  addParameter(f: FunctionSymbol, index: number, types: TypeSet): void {
    const list = this.parameters.get(f);
    const p = f.parameters[index];
    if (!list || !p || annotationTypes(p.annotation) !== undefined) return;
    const old = list[index]!;
    const bound = types & ~T.UNBOUND;
    if ((old | bound) !== old) {
      list[index] = old | bound;
      this.changed = true;
    }
  }

  parameterTypes = (f: FunctionSymbol) => this.parameters.get(f) ?? [];
  /** Types of an attribute so far; one that nothing assigns may be anything. */
  attribute = (name: string) => this.attributes.get(name) ?? (this.stored.has(name) ? 0 : ANY);
  /** Whether instances may hold something under the name of a method. */
  mayHold = (name: string) => this.stored.has(name) || this.attributes.has(name);
  global = (symbol: GlobalSymbol) => this.globals.get(symbol) ?? 0;
  methods = (name: string) => this.methodsByName.get(name) ?? [];

  /** A function value that escapes may be called with anything. */
  escape(symbol: FunctionSymbol | ClassSymbol): void {
    const f = symbol.kind === 'function' ? symbol : findMethod(symbol, '__init__');
    f?.parameters.forEach((_, i) => {
      if (!(f.owner && i === 0)) this.addParameter(f, i, ANY);
    });
  }
}

/** Types that an annotation promises; undefined where it says nothing that is known here. */
function annotationTypes(node: Expression | null): TypeSet | undefined {
  if (!node) return undefined;
  if (node.kind === 'Constant' && node.value.type === 'None') return T.NONE;
  if (node.kind === 'BinOp' && node.op === 'BitOr') {
    const a = annotationTypes(node.left);
    const b = annotationTypes(node.right);
    return a === undefined || b === undefined ? undefined : a | b;
  }
  if (node.kind !== 'Name') return undefined;
  // An int is accepted where a float is asked for, and a bool where an int is (PEP 484).
  return (
    { int: INTLIKE, float: T.FLOAT | INTLIKE, bool: T.BOOL, str: T.STR, list: T.LIST, tuple: T.TUPLE } as Record<
      string,
      TypeSet
    >
  )[node.id];
}
