/**
 * Reports every construct of a module that PySM does not compile. What depends on what a name means (builtins, modules,
 * callees) is reported where it is lowered; here is what the syntax alone shows.
 */
import { type Expression, type Node, type Positions, type Statement, visitChildren } from '../ast/index.js';
import type { Code } from '../diagnostics/codes.js';
import type { Diagnostics } from '../diagnostics/report.js';
import type { ModuleSymbol } from './symbols.js';

type Rule = readonly [Code, ...string[]];

/** Node kinds that are refused wherever they stand. */
const REFUSED: Readonly<Partial<Record<Node['kind'], Rule>>> = {
  AsyncFunctionDef: ['PS1001'],
  AsyncFor: ['PS1001'],
  AsyncWith: ['PS1001'],
  Await: ['PS1001'],
  Yield: ['PS1002'],
  YieldFrom: ['PS1002'],
  Lambda: ['PS1003'],
  Try: ['PS1006'],
  TryStar: ['PS1006'],
  With: ['PS1007'],
  Delete: ['PS1008'],
  Match: ['PS1009'],
  ListComp: ['PS1010'],
  SetComp: ['PS1010'],
  DictComp: ['PS1010'],
  GeneratorExp: ['PS1010'],
  Dict: ['PS1011', 'dict'],
  Set: ['PS1011', 'set'],
  Starred: ['PS1013'],
  JoinedStr: ['PS1014'],
  NamedExpr: ['PS1016'],
  Nonlocal: ['PS1020'],
};

/** Special methods that the runtime calls. */
export const SPECIAL_METHODS: ReadonlySet<string> = new Set(
  `__init__ __str__ __repr__ __bool__ __len__ __contains__ __getitem__ __setitem__ __call__ __neg__ __pos__ __abs__ __invert__
  __eq__ __ne__ __lt__ __le__ __gt__ __ge__
  __add__ __sub__ __mul__ __truediv__ __floordiv__ __mod__ __pow__ __and__ __or__ __xor__ __lshift__ __rshift__
  __radd__ __rsub__ __rmul__ __rtruediv__ __rfloordiv__ __rmod__ __rpow__ __rand__ __ror__ __rxor__ __rlshift__ __rrshift__
  __iadd__ __isub__ __imul__ __itruediv__ __ifloordiv__ __imod__ __ipow__ __iand__ __ior__ __ixor__ __ilshift__ __irshift__`.split(
    /\s+/,
  ),
);

const isSpecial = (name: string): boolean => /^__\w+__$/.test(name);

const INT_MIN = -(2n ** 63n);
const INT_MAX = 2n ** 63n - 1n;

export function checkSubset(module: ModuleSymbol, diagnostics: Diagnostics): void {
  new SubsetChecker(module, diagnostics).check();
}

class SubsetChecker {
  constructor(
    private readonly module: ModuleSymbol,
    private readonly diagnostics: Diagnostics,
  ) {}

  check(): void {
    for (const statement of this.module.tree.body) this.visit(statement, 'module');
  }

  private report(node: Positions, code: Code, ...args: string[]): void {
    this.diagnostics.report(code, { path: this.module.source.path, range: this.module.source.range(node) }, ...args);
  }

  private visit(node: Node, scope: 'module' | 'class' | 'function'): void {
    const refused = REFUSED[node.kind];
    if (refused) {
      this.report(node as Statement | Expression, ...(refused as [Code, ...string[]]));
      return;
    }
    switch (node.kind) {
      case 'FunctionDef':
        this.functionDef(node, scope);
        return;
      case 'ClassDef':
        if (scope !== 'module') {
          this.report(node, 'PS1004', 'class');
          return;
        }
        if (node.decorator_list.length > 0 && !this.module.runtime) this.report(node.decorator_list[0]!, 'PS1005');
        for (const statement of node.body) {
          if (!this.module.runtime) this.classValue(statement);
          this.visit(statement, 'class');
        }
        return;
      case 'Import':
      case 'ImportFrom':
        if (scope === 'function') this.report(node, 'PS1024', 'function');
        return;
      case 'Raise':
        if (node.exc === null) this.report(node, 'PS1031');
        else if (node.cause !== null) this.report(node.cause, 'PS1023');
        break;
      case 'BinOp':
      case 'AugAssign':
        if (node.op === 'MatMult') this.report(node, 'PS1019');
        break;
      case 'UnaryOp':
        // The literal -2**63 fits, though its operand does not.
        if (
          node.op === 'USub' &&
          node.operand.kind === 'Constant' &&
          node.operand.value.type === 'int' &&
          -node.operand.value.value === INT_MIN
        )
          return;
        break;
      case 'Subscript':
        if (node.slice.kind === 'Slice' && node.ctx !== 'Load') this.report(node.slice, 'PS1012');
        else if (node.slice.kind === 'Tuple' && node.slice.elts.some((e) => e.kind === 'Slice'))
          this.report(node.slice, 'PS1012');
        break;
      case 'Constant':
        this.constant(node);
        return;
      case 'Expr':
        // A docstring is never printed.
        if (node.value.kind === 'Constant' && node.value.value.type === 'str') return;
        break;
      case 'Attribute':
        if (node.ctx === 'Store' && isSpecial(node.attr) && !this.module.runtime) {
          const help = 'Keep what is needed in an attribute of your own.';
          this.report(node, 'PS1029', `assignment to the special attribute ${node.attr}`, help);
        }
        break;
      case 'For':
        if (node.target.kind !== 'Name' && node.target.kind !== 'Tuple' && node.target.kind !== 'List') {
          this.report(node.target, 'PS1029', 'a loop variable other than names', 'Assign inside the loop.');
        }
        break;
      default:
    }
    visitChildren(node, (child) => this.visit(child, scope));
  }

  private functionDef(node: Statement & { kind: 'FunctionDef' }, scope: 'module' | 'class' | 'function'): void {
    if (scope === 'function') {
      this.report(node, 'PS1004', 'function');
      return;
    }
    const { args } = node;
    if (node.decorator_list.length > 0 && !this.module.runtime) this.report(node.decorator_list[0]!, 'PS1005');
    if (args.vararg) this.report(args.vararg, 'PS1015', args.vararg.arg);
    if (args.kwarg) this.report(args.kwarg, 'PS1015', `*${args.kwarg.arg}`);
    const special = args.posonlyargs[0] ?? args.kwonlyargs[0];
    if (special && !this.module.runtime) this.report(special, 'PS1030');
    if (scope === 'class' && /^__\w+__$/.test(node.name) && !SPECIAL_METHODS.has(node.name)) {
      this.report(node, 'PS1028', node.name);
    }
    for (const d of [...args.defaults, ...args.kw_defaults]) if (d) this.visit(d, scope);
    for (const statement of node.body) this.visit(statement, 'function');
  }

  /** Names that mean something to Python where a class body assigns them. */
  private classValue(node: Statement): void {
    const targets = node.kind === 'Assign' ? node.targets : node.kind === 'AnnAssign' ? [node.target] : [];
    for (const target of targets) {
      if (target.kind === 'Name' && isSpecial(target.id)) {
        const help = 'Leave it out, or define a method that calls the other one.';
        this.report(target, 'PS1029', `the special name ${target.id} as a class value`, help);
      }
    }
  }

  private constant(node: Expression & { kind: 'Constant' }): void {
    const { value } = node;
    switch (value.type) {
      case 'str': {
        const surrogate = this.surrogateIn(value.value, node);
        if (surrogate) this.report(node, 'PS1033', surrogate);
        break;
      }
      case 'int':
        if (value.value > INT_MAX)
          this.report(node, 'PS1018', String(value.value).length > 40 ? 'literal' : String(value.value));
        break;
      case 'complex':
        this.report(node, 'PS1017', 'complex', 'Keep real and imaginary part in two variables.');
        break;
      case 'bytes':
        this.report(node, 'PS1017', 'bytes', 'Use a list of integers.');
        break;
      case 'Ellipsis':
        this.report(node, 'PS1017', 'ellipsis', 'Use pass for an empty body, None for a marker.');
        break;
      default:
    }
  }

  /** The surrogate that a string literal holds, as Python writes it. Two in a row are one character here, but not in Python. */
  private surrogateIn(text: string, node: Positions): string | undefined {
    const lone = /\p{Cs}/u.exec(text)?.[0];
    if (lone !== undefined) return `\\u${lone.charCodeAt(0).toString(16)}`;
    if (!/[\ud800-\udfff]/.test(text)) return undefined;
    const written = this.module.source.textOf(node);
    for (const [pairOfEscapes, high, low] of written.matchAll(/\\(?:u|U0000)(d[89ab]..)\\(?:u|U0000)(d[c-f]..)/gi)) {
      const pair = String.fromCharCode(Number.parseInt(high!, 16), Number.parseInt(low!, 16));
      if (text.includes(pair)) return pairOfEscapes.slice(0, pairOfEscapes.indexOf('\\', 1));
    }
    return undefined;
  }
}
