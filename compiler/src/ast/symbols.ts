/**
 * What CPython's compiler rejects though its parser accepts it, part one: names and scopes. It walks the tree as
 * CPython's symbol table does, and hands what depends on the flow of control to `control.ts`.
 */

import { checkControl } from './control.js';
import { checkFuture, isFuture } from './future.js';
import type { SyntaxProblem } from './index.js';
import type { Arguments, Comprehension, Expression, Module, Node, Pattern, Positions, Statement } from './nodes.js';
import { visitChildren } from './nodes-table.js';
import { SymbolFault } from './symbol-fault.js';

/**
 * Checks a tree that the parser accepted.
 *
 * @returns what CPython's `compile()` would report: at most one problem, as CPython stops at the first
 */
export function checkSymbols(module: Module): SyntaxProblem[] {
  try {
    checkFuture(module);
    new ScopeChecker().module(module);
    checkControl(module);
    return [];
  } catch (error) {
    if (error instanceof SymbolFault) return [error.problem];
    if (!(error instanceof RangeError)) throw error;
    const at = { lineno: 1, col_offset: 0, end_lineno: 1, end_col_offset: 0 };
    return [{ message: 'too deeply nested', kind: 'SyntaxError', ...at }];
  }
}

/** What a scope knows of a name. */
interface Symbol {
  isParameter: boolean;
  isAssigned: boolean;
  isUsed: boolean;
  isAnnotated: boolean;
  global: Positions | null;
  nonlocal: Positions | null;
  /** Whether it is the iteration variable of a comprehension. */
  isIteration: boolean;
}

type ScopeKind = 'module' | 'class' | 'function' | 'comprehension';

class Scope {
  readonly symbols = new Map<string, Symbol>();
  readonly children: Scope[] = [];
  /** How deep inside the iterables of this scope's comprehensions the walk is. */
  iterables = 0;
  /** Whether the walk is at the targets of this comprehension. */
  isTargeting = false;

  constructor(
    readonly kind: ScopeKind,
    readonly parent: Scope | null,
    /** What CPython calls it: the kind of a comprehension, or of an annotation that may not hold some expressions. */
    readonly label = '',
  ) {
    parent?.children.push(this);
  }

  symbol(name: string): Symbol {
    let symbol = this.symbols.get(name);
    if (symbol === undefined) {
      symbol = {
        isParameter: false,
        isAssigned: false,
        isUsed: false,
        isAnnotated: false,
        global: null,
        nonlocal: null,
        isIteration: false,
      };
      this.symbols.set(name, symbol);
    }
    return symbol;
  }
}

const COMPREHENSIONS: Partial<Record<Node['kind'], string>> = {
  ListComp: 'list comprehension',
  SetComp: 'set comprehension',
  DictComp: 'dict comprehension',
  GeneratorExp: 'generator expression',
};

class ScopeChecker {
  private scope = new Scope('module', null);
  /** What encloses the walk and may not hold `yield`, `await` or `:=`. */
  private annotation = '';
  /** Whether annotations are not evaluated, which forbids some expressions in them. */
  private keepsAnnotations = false;

  module(module: Module): void {
    const top = this.scope;
    this.keepsAnnotations = module.body.some(
      (statement) => isFuture(statement) && statement.names.some((alias) => alias.name === 'annotations'),
    );
    this.statements(module.body);
    resolve(top, new Set());
  }

  private statements(statements: readonly Statement[]): void {
    for (const statement of statements) this.node(statement);
  }

  private node(node: Node): void {
    switch (node.kind) {
      case 'FunctionDef':
      case 'AsyncFunctionDef':
        this.bind(node.name, node);
        this.defaults(node.args);
        this.annotations(node.args, node.returns);
        for (const decorator of node.decorator_list) this.node(decorator);
        this.inside('function', '', () => {
          this.parameters(node.args);
          this.statements(node.body);
        });
        break;
      case 'Lambda':
        this.defaults(node.args);
        this.inside('function', '', () => {
          this.parameters(node.args);
          this.node(node.body);
        });
        break;
      case 'ClassDef':
        this.bind(node.name, node);
        for (const base of [...node.bases, ...node.keywords]) this.node(base);
        for (const decorator of node.decorator_list) this.node(decorator);
        this.inside('class', '', () => this.statements(node.body));
        break;
      case 'AnnAssign':
        this.annotated(node);
        break;
      case 'Global':
      case 'Nonlocal':
        this.declare(node.kind === 'Global' ? 'global' : 'nonlocal', node.names, node);
        break;
      case 'Import':
      case 'ImportFrom':
        this.imports(node);
        break;
      case 'ExceptHandler':
        if (node.type !== null) this.node(node.type);
        if (node.name !== null) this.bind(node.name, node);
        this.statements(node.body);
        break;
      case 'Name':
        if (node.ctx === 'Load') this.scope.symbol(node.id).isUsed = true;
        else this.bind(node.id, node, node.ctx);
        break;
      case 'Attribute':
        if (node.ctx !== 'Load') forbidDebug(node.attr, node, node.ctx);
        this.node(node.value);
        break;
      case 'keyword':
        if (node.arg !== null) forbidDebug(node.arg, node);
        this.node(node.value);
        break;
      case 'NamedExpr':
        this.namedExpression(node);
        break;
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
        this.comprehension(node, [node.elt], node.generators);
        break;
      case 'DictComp':
        this.comprehension(node, [node.key, node.value], node.generators);
        break;
      case 'Yield':
      case 'YieldFrom':
      case 'Await':
        this.generatorExpression(node);
        break;
      case 'MatchStar':
      case 'MatchAs':
      case 'MatchMapping':
        this.capture(node);
        break;
      default:
        visitChildren(node, (child) => this.node(child));
    }
  }

  private capture(node: Pattern): void {
    visitChildren(node, (child) => this.node(child));
    const name = node.kind === 'MatchMapping' ? node.rest : 'name' in node ? node.name : null;
    if (name !== null) this.bind(name, node);
  }

  private inside(kind: ScopeKind, label: string, walk: () => void): void {
    const outer = this.scope;
    const { annotation } = this;
    this.scope = new Scope(kind, outer, label);
    this.annotation = '';
    walk();
    this.scope = outer;
    this.annotation = annotation;
  }

  private bind(name: string, at: Positions, ctx: 'Store' | 'Del' = 'Store'): void {
    forbidDebug(name, at, ctx);
    const symbol = this.scope.symbol(name);
    if (this.scope.kind === 'comprehension' && this.scope.isTargeting) symbol.isIteration = true;
    symbol.isAssigned = true;
  }

  private defaults(args: Arguments): void {
    for (const value of [...args.defaults, ...args.kw_defaults]) if (value !== null) this.node(value);
  }

  private annotations(args: Arguments, returns: Expression | null): void {
    const all = [...args.posonlyargs, ...args.args, args.vararg, ...args.kwonlyargs, args.kwarg];
    for (const arg of all) if (arg?.annotation) this.annotationOf(arg.annotation);
    if (returns !== null) this.annotationOf(returns);
  }

  private annotationOf(expression: Expression): void {
    const { annotation } = this;
    if (this.keepsAnnotations) this.annotation = 'an annotation';
    this.node(expression);
    this.annotation = annotation;
  }

  private parameters(args: Arguments): void {
    const all = [...args.posonlyargs, ...args.args, ...args.kwonlyargs, args.vararg, args.kwarg];
    for (const arg of all) {
      if (arg === null) continue;
      forbidDebug(arg.arg, arg);
      const symbol = this.scope.symbol(arg.arg);
      if (symbol.isParameter) throw new SymbolFault(`duplicate argument '${arg.arg}' in function definition`, arg);
      symbol.isParameter = true;
    }
  }

  private annotated(node: Extract<Statement, { kind: 'AnnAssign' }>): void {
    if (node.target.kind === 'Name') {
      const { id } = node.target;
      const symbol = this.scope.symbol(id);
      if (node.simple === 1 && this.scope.kind !== 'module') {
        for (const kind of ['global', 'nonlocal'] as const) {
          if (symbol[kind] !== null) throw new SymbolFault(`annotated name '${id}' can't be ${kind}`, node);
        }
      }
      forbidDebug(id, node.target);
      if (node.simple === 1) symbol.isAnnotated = true;
      if (node.simple === 1 || node.value !== null) symbol.isAssigned = true;
    } else this.node(node.target);
    this.annotationOf(node.annotation);
    if (node.value !== null) this.node(node.value);
  }

  private declare(kind: 'global' | 'nonlocal', names: readonly string[], at: Positions): void {
    for (const name of names) {
      const symbol = this.scope.symbol(name);
      if (symbol.isParameter) throw new SymbolFault(`name '${name}' is parameter and ${kind}`, at);
      if (symbol.isUsed) throw new SymbolFault(`name '${name}' is used prior to ${kind} declaration`, at);
      if (symbol.isAnnotated) throw new SymbolFault(`annotated name '${name}' can't be ${kind}`, at);
      if (symbol.isAssigned) throw new SymbolFault(`name '${name}' is assigned to before ${kind} declaration`, at);
      symbol[kind] ??= at;
    }
  }

  private imports(node: Extract<Statement, { kind: 'Import' | 'ImportFrom' }>): void {
    for (const alias of node.names) {
      if (alias.name === '*') {
        if (this.scope.kind !== 'module') throw new SymbolFault('import * only allowed at module level', node);
        continue;
      }
      const name = alias.asname ?? alias.name.split('.')[0]!;
      this.bind(name, alias);
    }
  }

  private generatorExpression(node: Extract<Expression, { kind: 'Yield' | 'YieldFrom' | 'Await' }>): void {
    const word = node.kind === 'Await' ? 'await' : 'yield';
    if (this.annotation !== '') {
      throw new SymbolFault(`'${word} expression' can not be used within ${this.annotation}`, node);
    }
    visitChildren(node, (child) => this.node(child));
    if (word === 'yield' && this.scope.kind === 'comprehension') {
      throw new SymbolFault(`'yield' inside ${this.scope.label}`, node);
    }
  }

  /** `:=` binds in the scope around all comprehensions that it stands in. */
  private namedExpression(node: Extract<Expression, { kind: 'NamedExpr' }>): void {
    if (this.annotation !== '') {
      throw new SymbolFault(`'named expression' can not be used within ${this.annotation}`, node);
    }
    if (this.scope.iterables > 0) {
      throw new SymbolFault('assignment expression cannot be used in a comprehension iterable expression', node);
    }
    if (this.scope.kind === 'comprehension') this.bindAround(node.target.id, node.target);
    this.node(node.value);
    const { isTargeting } = this.scope;
    this.scope.isTargeting = false;
    if (this.scope.kind !== 'comprehension') this.bind(node.target.id, node.target);
    this.scope.isTargeting = isTargeting;
  }

  private bindAround(name: string, at: Positions): void {
    let scope: Scope | null = this.scope;
    for (; scope !== null && scope.kind === 'comprehension'; scope = scope.parent) {
      if (scope.symbols.get(name)?.isIteration) {
        const message = `assignment expression cannot rebind comprehension iteration variable '${name}'`;
        throw new SymbolFault(message, at);
      }
      scope.symbol(name).isUsed = true;
    }
    forbidDebug(name, at);
    if (scope === null) return;
    if (scope.kind === 'class') {
      const message = 'assignment expression within a comprehension cannot be used in a class body';
      throw new SymbolFault(message, at);
    }
    scope.symbol(name).isAssigned = true;
  }

  /** The first iterable belongs to the scope around the comprehension; the rest is a scope of its own. */
  private comprehension(node: Expression, elements: readonly Expression[], generators: readonly Comprehension[]): void {
    const label = COMPREHENSIONS[node.kind]!;
    const [first, ...rest] = generators;
    if (this.annotation !== '' && generators.some((generator) => generator.is_async === 1)) {
      throw new SymbolFault(`'await expression' can not be used within ${this.annotation}`, node);
    }
    this.iterable(first!.iter);
    const iterables = this.scope.iterables;
    this.inside('comprehension', label, () => {
      this.scope.iterables = iterables;
      this.target(first!.target);
      for (const condition of first!.ifs) this.node(condition);
      for (const generator of rest) {
        this.target(generator.target);
        this.iterable(generator.iter);
        for (const condition of generator.ifs) this.node(condition);
      }
      for (const element of [...elements].reverse()) this.node(element);
    });
  }

  private iterable(expression: Expression): void {
    const { scope } = this;
    scope.iterables++;
    this.node(expression);
    scope.iterables--;
  }

  private target(expression: Expression): void {
    const { scope } = this;
    scope.isTargeting = true;
    this.node(expression);
    scope.isTargeting = false;
  }
}

function forbidDebug(name: string, at: Positions, ctx: 'Store' | 'Del' = 'Store'): void {
  if (name !== '__debug__') return;
  throw new SymbolFault(`cannot ${ctx === 'Del' ? 'delete' : 'assign to'} __debug__`, at);
}

/** Checks, once all names are known, that each `nonlocal` has a binding around it. */
function resolve(scope: Scope, bound: ReadonlySet<string>): void {
  for (const [name, symbol] of scope.symbols) {
    if (symbol.nonlocal === null) continue;
    if (symbol.global !== null) {
      const isGlobalFirst = symbol.global.lineno < symbol.nonlocal.lineno;
      const first = isGlobalFirst ? symbol.global : symbol.nonlocal;
      throw new SymbolFault(`name '${name}' is nonlocal and global`, first);
    }
    if (scope.kind === 'module')
      throw new SymbolFault('nonlocal declaration not allowed at module level', symbol.nonlocal);
    if (!bound.has(name)) throw new SymbolFault(`no binding for nonlocal '${name}' found`, symbol.nonlocal);
  }
  let inner: Set<string> | null = null;
  if (scope.kind === 'class') inner = new Set(bound).add('__class__');
  else if (scope.kind === 'function' || scope.kind === 'comprehension') {
    inner = new Set(bound);
    for (const [name, symbol] of scope.symbols) {
      if (symbol.global !== null) inner.delete(name);
      else if (symbol.nonlocal === null && (symbol.isParameter || symbol.isAssigned)) inner.add(name);
    }
  }
  for (const child of scope.children) resolve(child, inner ?? bound);
}
