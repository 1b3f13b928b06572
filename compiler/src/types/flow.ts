/** Abstract interpretation of one function body: which types its names and expressions may have where they stand. */
import type { Call, ConstantValue, Expression, Statement } from '../ast/index.js';
import { everyStatement, targetsOf } from '../program/collect.js';
import { bindArguments } from '../program/resolve.js';
import { type ClassSymbol, type FunctionSymbol, findMethod } from '../program/symbols.js';
import type { Inference } from './infer.js';
import { ANY, binaryResult, T, type TypeSet, unaryResult, within } from './typeset.js';

/** Types of a function's locals at one point of its body. */
type Env = Map<string, TypeSet>;

/** One pass over one function, which feeds what it finds to the inference. */
export class Flow {
  private env: Env | undefined;
  private readonly breaks: Env[][] = [];
  private readonly continues: Env[][] = [];

  constructor(
    private readonly inference: Inference,
    private readonly scope: FunctionSymbol,
  ) {}

  function(): void {
    const types = this.inference.parameterTypes(this.scope);
    this.env = new Map();
    for (const name of this.scope.locals) this.env.set(name, T.UNBOUND);
    this.scope.parameters.forEach((p, i) => {
      // A missing argument takes the default.
      const fallback = p.default ? this.expression(p.default) : 0;
      const isMarker = p.default?.kind === 'Name' && p.default.id === 'UNBOUND';
      this.env!.set(p.name, types[i]! | (isMarker ? ANY : fallback));
    });
    this.block(this.scope.body);
    if (this.env) this.inference.addReturn(this.scope, T.NONE);
  }

  private block(body: readonly Statement[]): void {
    for (const statement of body) {
      if (!this.env) return;
      this.statement(statement);
    }
  }

  private statement(node: Statement): void {
    switch (node.kind) {
      case 'Expr':
        this.expression(node.value);
        return;
      case 'Assign': {
        const parallel = node.value.kind === 'Tuple' ? node.value.elts.map((e) => this.expression(e)) : undefined;
        const types = parallel ? this.inference.record(node.value, T.TUPLE) : this.expression(node.value);
        for (const target of node.targets) {
          if (
            parallel &&
            (target.kind === 'Tuple' || target.kind === 'List') &&
            target.elts.length === parallel.length
          ) {
            target.elts.forEach((e, i) => {
              this.assign(e, parallel[i]!);
            });
          } else this.assign(target, types);
        }
        return;
      }
      case 'AnnAssign':
        if (node.value) this.assign(node.target, this.expression(node.value));
        return;
      case 'AugAssign': {
        const target = this.expression(node.target);
        const value = this.expression(node.value);
        this.assign(node.target, binaryResult(node.op, target & ~T.UNBOUND, value & ~T.UNBOUND));
        return;
      }
      case 'Return':
        this.inference.addReturn(this.scope, node.value ? this.expression(node.value) : T.NONE);
        this.env = undefined;
        return;
      case 'Raise':
        if (node.exc) this.expression(node.exc);
        this.env = undefined;
        return;
      case 'Assert': {
        this.expression(node.test);
        const after = clone(this.env);
        if (node.msg) this.expression(node.msg);
        this.env = after;
        return;
      }
      case 'If': {
        this.expression(node.test);
        const before = clone(this.env);
        this.block(node.body);
        const afterBody = this.env;
        this.env = before;
        this.block(node.orelse);
        this.env = join(afterBody, this.env);
        return;
      }
      case 'While': {
        const always = node.test.kind === 'Constant' && node.test.value.type === 'bool' && node.test.value.value;
        this.loop(
          () => {
            this.expression(node.test);
            return always ? undefined : clone(this.env);
          },
          node.body,
          node.orelse,
        );
        return;
      }
      case 'For': {
        const item = this.iteration(node.iter);
        this.loop(
          () => {
            const exit = clone(this.env);
            this.assign(node.target, item);
            return exit;
          },
          node.body,
          node.orelse,
        );
        return;
      }
      case 'Break':
        this.breaks.at(-1)?.push(this.env!);
        this.env = undefined;
        return;
      case 'Continue':
        this.continues.at(-1)?.push(this.env!);
        this.env = undefined;
        return;
      case 'ClassDef':
        this.classBody(node);
        return;
      case 'FunctionDef':
        for (const d of [...node.args.defaults, ...node.args.kw_defaults]) if (d) this.expression(d);
        return;
      default:
    }
  }

  /** Values of a class body, in which names that it has bound hide those of the module. */
  private classBody(node: Statement & { kind: 'ClassDef' }): void {
    const outer = this.env;
    this.env = new Map(outer);
    for (const inner of node.body) {
      if (inner.kind === 'FunctionDef') this.statement(inner);
      if (inner.kind !== 'Assign' && inner.kind !== 'AnnAssign') continue;
      if (inner.value) this.expression(inner.value);
      for (const [name] of targetsOf(inner)) this.env.set(name, ANY);
    }
    this.env = outer;
  }

  /** Runs a loop to its fixed point. `head` evaluates the test and gives the state in which the loop ends normally. */
  private loop(head: () => Env | undefined, body: readonly Statement[], orelse: readonly Statement[]): void {
    let entry: Env | undefined = clone(this.env);
    for (let round = 0; ; round++) {
      this.env = clone(entry);
      this.breaks.push([]);
      this.continues.push([]);
      const exit = head();
      this.block(body);
      let back = this.env;
      for (const state of this.continues.pop()!) back = join(back, state);
      const breaks = this.breaks.pop()!;
      const next = join(entry, back);
      if (same(next, entry)) {
        this.env = exit;
        this.block(orelse);
        for (const state of breaks) this.env = join(this.env, state);
        return;
      }
      // The lattice has twelve bits a variable; three rounds settle all but contrived chains.
      entry = round < 3 ? next : widen(next, body);
    }
  }

  private iteration(node: Expression): TypeSet {
    if (
      node.kind === 'Call' &&
      this.inference.resolver.callee(node, this.scope).kind === 'builtin' &&
      node.func.kind === 'Name' &&
      node.func.id === 'range'
    ) {
      for (const arg of node.args) this.expression(arg);
      return T.INT;
    }
    const types = this.expression(node);
    return within(types, T.STR) ? T.STR : ANY;
  }

  private assign(target: Expression, types: TypeSet): void {
    const bound = types & ~T.UNBOUND;
    switch (target.kind) {
      case 'Name':
        if (this.scope.locals.has(target.id)) this.env!.set(target.id, bound);
        else {
          const global = this.scope.module.globals.get(target.id);
          if (global) this.inference.addGlobal(global, bound);
        }
        return;
      case 'Attribute': {
        const module = this.inference.resolver.moduleOf(target.value, this.scope);
        if (module?.kind === 'module') {
          const global = module.globals.get(target.attr);
          if (global) this.inference.addGlobal(global, bound);
          return;
        }
        this.expression(target.value);
        this.inference.addAttribute(target.attr, bound);
        return;
      }
      case 'Subscript':
        this.expression(target.value);
        this.expression(target.slice);
        return;
      case 'Tuple':
      case 'List':
        for (const e of target.elts) this.assign(e, ANY);
        return;
      default:
    }
  }

  private expression(node: Expression): TypeSet {
    return this.inference.record(node, this.evaluate(node));
  }

  private evaluate(node: Expression): TypeSet {
    switch (node.kind) {
      case 'Constant':
        return CONSTANT_TYPES[node.value.type];
      case 'Name':
        return this.nameTypes(node.id);
      case 'BinOp':
        return binaryResult(node.op, this.expression(node.left) & ~T.UNBOUND, this.expression(node.right) & ~T.UNBOUND);
      case 'UnaryOp':
        return unaryResult(node.op, this.expression(node.operand) & ~T.UNBOUND);
      case 'BoolOp': {
        let result = 0;
        for (const value of node.values) {
          result |= this.expression(value);
        }
        return result & ~T.UNBOUND;
      }
      case 'Compare': {
        const types = [node.left, ...node.comparators].map((e) => this.expression(e) & ~T.UNBOUND);
        const plain = node.ops.every(
          (op, i) =>
            op === 'Is' ||
            op === 'IsNot' ||
            op === 'In' ||
            op === 'NotIn' ||
            (!(types[i]! & (T.OBJECT | T.OTHER)) && !(types[i + 1]! & (T.OBJECT | T.OTHER))),
        );
        return plain ? T.BOOL : ANY;
      }
      case 'IfExp': {
        this.expression(node.test);
        return (this.expression(node.body) | this.expression(node.orelse)) & ~T.UNBOUND;
      }
      case 'Call':
        return this.call(node);
      case 'Attribute': {
        const constant = this.inference.resolver.constantOf(node, this.scope);
        if (constant) return this.constant(constant);
        const module = this.inference.resolver.moduleOf(node.value, this.scope);
        if (module?.kind === 'module') {
          const global = module.globals.get(node.attr);
          return global ? this.inference.global(global) : ANY;
        }
        this.expression(node.value);
        const methods = this.inference.methods(node.attr);
        // The runtime reads a constructor's argument counts for its messages, and calls it no other way than programs do.
        const reads = this.scope.module.runtime && node.attr === '__init__';
        if (!reads) for (const m of methods) this.inference.escape(m);
        return methods.length > 0 ? ANY : this.inference.attribute(node.attr);
      }
      case 'Subscript': {
        const of = this.expression(node.value);
        this.expression(node.slice);
        if (within(of, T.STR)) return T.STR;
        return node.slice.kind === 'Slice' && within(of, T.LIST | T.TUPLE) ? of : ANY;
      }
      case 'Slice':
        for (const part of [node.lower, node.upper, node.step]) if (part) this.expression(part);
        return ANY;
      case 'Tuple':
        for (const e of node.elts) this.expression(e);
        return T.TUPLE;
      case 'List':
        for (const e of node.elts) this.expression(e);
        return T.LIST;
      default:
        return ANY;
    }
  }

  private constant(symbol: FunctionSymbol | ClassSymbol | { readonly kind: string }): TypeSet {
    if (symbol.kind === 'function' || symbol.kind === 'class') {
      this.inference.escape(symbol as FunctionSymbol | ClassSymbol);
      return T.CALLABLE;
    }
    return ANY;
  }

  private nameTypes(id: string): TypeSet {
    const local = this.env!.get(id);
    if (local !== undefined) return local;
    const meaning = this.inference.resolver.name(id, this.scope);
    switch (meaning.kind) {
      case 'constant':
        return this.constant(meaning.symbol);
      case 'global': {
        const types = this.inference.global(meaning.global);
        for (const b of meaning.global.bindings) {
          if (b.symbol?.kind === 'function' || b.symbol?.kind === 'class') this.inference.escape(b.symbol);
          if (b.kind !== 'assignment') return ANY;
        }
        return types;
      }
      default:
        return ANY;
    }
  }

  private call(node: Call): TypeSet {
    const { inference } = this;
    const callee = inference.resolver.callee(node, this.scope);
    const types = new Map<Expression, TypeSet>();
    if (callee.kind === 'method' || callee.kind === 'value') {
      this.expression(callee.kind === 'method' ? callee.receiver : node.func);
    }
    for (const arg of node.args) types.set(arg, this.expression(arg));
    for (const keyword of node.keywords) types.set(keyword.value, this.expression(keyword.value));
    const bind = (f: FunctionSymbol, implicit: number) => {
      const bound = bindArguments(f, node, implicit);
      if ('error' in bound) inference.escape(f);
      else
        bound.values.forEach((value, i) => {
          if (value) inference.addParameter(f, i, types.get(value)!);
        });
    };
    switch (callee.kind) {
      case 'function':
        bind(callee.symbol, 0);
        return inference.returns.get(callee.symbol) ?? 0;
      case 'known-method':
        bind(callee.symbol, callee.bound ? 1 : 0);
        return inference.returns.get(callee.symbol) ?? 0;
      case 'class': {
        const init = findMethod(callee.symbol, '__init__');
        if (init) bind(init, 1);
        return callee.symbol.tags.length > 0 ? ANY : T.OBJECT;
      }
      case 'method': {
        const methods = inference.methods(callee.name);
        let result: TypeSet = inference.mayHold(callee.name) ? ANY : 0;
        for (const m of methods) {
          bind(m, 1);
          result |= inference.returns.get(m) ?? 0;
        }
        return methods.length > 0 ? result : ANY;
      }
      case 'builtin':
        return BUILTIN_TYPES[callee.name] || this.builtinResult(callee.name, [...types.values()]);
      case 'intrinsic':
        return intrinsicTypes(callee.name);
      case 'object-init':
        return T.NONE;
      default:
        return ANY;
    }
  }

  private builtinResult(name: string, types: readonly TypeSet[]): TypeSet {
    if (name === 'abs') return unaryResult('UAdd', types[0] ?? ANY);
    return types.reduce((a, b) => a | b, 0) || ANY;
  }
}

const CONSTANT_TYPES: Readonly<Record<ConstantValue['type'], TypeSet>> = {
  int: T.INT,
  float: T.FLOAT,
  complex: ANY,
  str: T.STR,
  bytes: ANY,
  bool: T.BOOL,
  None: T.NONE,
  Ellipsis: ANY,
};

const BUILTIN_TYPES: Readonly<Record<string, TypeSet>> = {
  bool: T.BOOL,
  float: T.FLOAT,
  int: T.INT,
  len: T.INT,
  print: T.NONE,
  range: T.RANGE,
  repr: T.STR,
  str: T.STR,
};

/** Result of an intrinsic: most give INT; those that load words give anything. */
function intrinsicTypes(name: string): TypeSet {
  if (
    /^(load|load_at|load_hashed|dispatch_value|global_word|retag|class_of|convert|global_names|attribute_names|function_names)$/.test(
      name,
    )
  )
    return ANY | T.UNBOUND;
  if (/^(is_|has_)/.test(name)) return T.BOOL;
  if (name === 'type_name') return T.STR;
  if (name === 'square_root') return T.FLOAT;
  if (/^(select_handler|return_entry|allocate|dispatch_key)$/.test(name)) return ANY;
  return name.startsWith('pyxl_write') ? T.NONE : T.INT;
}

const clone = (env: Env | undefined): Env | undefined => (env ? new Map(env) : undefined);

function join(a: Env | undefined, b: Env | undefined): Env | undefined {
  if (!a || !b) return clone(a ?? b);
  const result = new Map(a);
  for (const [name, types] of b) result.set(name, (result.get(name) ?? 0) | types);
  return result;
}

function same(a: Env | undefined, b: Env | undefined): boolean {
  if (!a || !b) return a === b;
  for (const [name, types] of a) if (b.get(name) !== types) return false;
  return true;
}

/** Takes every name that the loop binds for anything. */
function widen(env: Env | undefined, body: readonly Statement[]): Env | undefined {
  if (!env) return env;
  const result = new Map(env);
  for (const statement of everyStatement(body)) {
    if (statement.kind === 'Assign' || statement.kind === 'AugAssign' || statement.kind === 'For') {
      for (const name of result.keys()) result.set(name, result.get(name)! | ANY);
      return result;
    }
  }
  return result;
}
