/** What names and callees stand for where they are used. Shared by type inference and lowering. */
import type { Call, Expression } from '../ast/index.js';
import { resolveConstant } from './collect.js';
import type {
  BuiltinModule,
  ClassSymbol,
  FunctionSymbol,
  GlobalSymbol,
  ModuleSymbol,
  ProgramSymbols,
} from './symbols.js';
import { findMethod, onlyBinding } from './symbols.js';

/** Built-in functions that lowering knows; arity as [min, max]. */
export const BUILTIN_FUNCTIONS: Readonly<Record<string, readonly [min: number, max: number]>> = {
  abs: [1, 1],
  bool: [0, 1],
  float: [0, 1],
  int: [0, 1],
  len: [1, 1],
  max: [2, 31],
  min: [2, 31],
  print: [0, 31],
  range: [1, 3],
  repr: [1, 1],
  str: [0, 1],
};

/** Built-in names of CPython that PySM does not have, with what to do instead. */
export const UNSUPPORTED_BUILTINS: Readonly<Record<string, string>> = {
  aiter: 'The core runs one thread of control.',
  anext: 'The core runs one thread of control.',
  breakpoint: 'Set a breakpoint in the editor.',
  bytearray: 'Use a list of integers.',
  bytes: 'Use a list of integers.',
  classmethod: 'Use a function at module level.',
  compile: 'A program is compiled before it runs.',
  complex: 'Keep real and imaginary part in two variables.',
  dict: 'Use a list or a class.',
  eval: 'A program is compiled before it runs.',
  exec: 'A program is compiled before it runs.',
  __import__: 'Use an import statement.',
  property: 'Call a method.',
  set: 'Use a list.',
  frozenset: 'Use a tuple.',
  staticmethod: 'Use a function at module level.',
  KeyboardInterrupt: 'Nothing interrupts a program: raise an exception of your own.',
};

const OTHER_BUILTINS =
  'all any ascii bin callable chr delattr dir divmod enumerate filter format getattr globals hasattr hash help hex id input isinstance issubclass iter list locals map memoryview next object oct open ord pow reversed round setattr slice sorted sum super tuple type vars zip exit quit copyright credits license Ellipsis NotImplemented __name__ __file__ __doc__ __debug__ ExceptionGroup BaseExceptionGroup EnvironmentError IOError BlockingIOError BrokenPipeError ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError FileExistsError FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError PermissionError ProcessLookupError IndentationError SyntaxError SystemError TabError UnicodeDecodeError UnicodeEncodeError UnicodeTranslateError ReferenceError Warning BytesWarning DeprecationWarning EncodingWarning FutureWarning ImportWarning PendingDeprecationWarning ResourceWarning RuntimeWarning SyntaxWarning UnicodeWarning UserWarning';

const ALL_UNSUPPORTED = new Set([...Object.keys(UNSUPPORTED_BUILTINS), ...OTHER_BUILTINS.split(' ')]);

/** What a name means in a function. */
export type NameMeaning =
  | { readonly kind: 'local' }
  | { readonly kind: 'global'; readonly global: GlobalSymbol }
  | {
      readonly kind: 'constant';
      readonly symbol: FunctionSymbol | ClassSymbol | ModuleSymbol | BuiltinModule;
      readonly global: GlobalSymbol | undefined;
    }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'unsupported-builtin'; readonly name: string }
  | { readonly kind: 'missing'; readonly name: string };

/** What a call calls. */
export type Callee =
  | { readonly kind: 'function'; readonly symbol: FunctionSymbol; readonly global: GlobalSymbol | undefined }
  | { readonly kind: 'class'; readonly symbol: ClassSymbol; readonly global: GlobalSymbol | undefined }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'intrinsic'; readonly module: string; readonly name: string }
  /** `super().m(...)` or `Base.m(self, ...)`: a method known without dispatch. `bound`: self is given by the call. */
  | { readonly kind: 'known-method'; readonly symbol: FunctionSymbol; readonly bound: boolean }
  /** super().__init__() where no base has one: object.__init__. */
  | { readonly kind: 'object-init' }
  | { readonly kind: 'method'; readonly receiver: Expression; readonly name: string }
  | { readonly kind: 'value' };

/** Resolves names of one program. */
export class Resolver {
  constructor(readonly program: ProgramSymbols) {}

  name(id: string, scope: FunctionSymbol): NameMeaning {
    if (scope.locals.has(id)) return { kind: 'local' };
    return this.globalName(id, scope.module);
  }

  globalName(id: string, module: ModuleSymbol): NameMeaning {
    const global = module.globals.get(id);
    if (global) {
      const node: Expression = {
        kind: 'Name',
        id,
        ctx: 'Load',
        lineno: 0,
        col_offset: 0,
        end_lineno: 0,
        end_col_offset: 0,
      };
      const symbol = resolveConstant(node, module, this.program.builtins);
      if (symbol) return { kind: 'constant', symbol, global };
      return { kind: 'global', global };
    }
    if (Object.hasOwn(BUILTIN_FUNCTIONS, id)) return { kind: 'builtin', name: id };
    const builtin = this.program.builtins.globals.get(id);
    const symbol = builtin?.bindings[0]?.symbol;
    if (builtin && symbol && symbol.kind === 'class' && symbol.tags.length === 0)
      return { kind: 'constant', symbol, global: builtin };
    if (ALL_UNSUPPORTED.has(id)) return { kind: 'unsupported-builtin', name: id };
    return { kind: 'missing', name: id };
  }

  /** Module that an expression names at link time. */
  moduleOf(node: Expression, scope: FunctionSymbol): ModuleSymbol | BuiltinModule | undefined {
    const symbol = this.constantOf(node, scope);
    return symbol?.kind === 'module' || symbol?.kind === 'builtin-module' ? symbol : undefined;
  }

  /** Function, class or module that an expression names at link time. */
  constantOf(
    node: Expression,
    scope: FunctionSymbol,
  ): FunctionSymbol | ClassSymbol | ModuleSymbol | BuiltinModule | undefined {
    let root = node;
    while (root.kind === 'Attribute') root = root.value;
    if (root.kind !== 'Name' || scope.locals.has(root.id)) return undefined;
    return resolveConstant(node, scope.module, this.program.builtins);
  }

  /** Name of an intrinsic that a name or attribute stands for: `[module, name]`. */
  intrinsicOf(node: Expression, scope: FunctionSymbol): readonly [string, string] | undefined {
    if (node.kind === 'Name') {
      if (scope.locals.has(node.id)) return undefined;
      const target = onlyBinding(scope.module.globals.get(node.id))?.symbol;
      return target?.kind === 'import' && target.module.kind === 'builtin-module' && target.name !== undefined
        ? [target.module.name, target.name]
        : undefined;
    }
    if (node.kind === 'Attribute') {
      const module = this.moduleOf(node.value, scope);
      if (module?.kind === 'builtin-module' && module.name !== 'compiler') return [module.name, node.attr];
    }
    return undefined;
  }

  callee(call: Call, scope: FunctionSymbol): Callee {
    const { func } = call;
    const intrinsic = this.intrinsicOf(func, scope);
    if (intrinsic) return { kind: 'intrinsic', module: intrinsic[0], name: intrinsic[1] };
    const constant = this.constantOf(func, scope);
    if (constant?.kind === 'function')
      return { kind: 'function', symbol: constant, global: this.globalOf(func, scope) };
    if (constant?.kind === 'class') return { kind: 'class', symbol: constant, global: this.globalOf(func, scope) };
    if (func.kind === 'Name') {
      const meaning = this.name(func.id, scope);
      return meaning.kind === 'builtin' ? { kind: 'builtin', name: meaning.name } : { kind: 'value' };
    }
    if (func.kind === 'Attribute') {
      if (isSuperCall(func.value) && this.name('super', scope).kind === 'unsupported-builtin') {
        const method = findMethod(scope.owner?.base, func.attr);
        if (method && scope.parameters.length > 0) return { kind: 'known-method', symbol: method, bound: true };
        if (func.attr === '__init__' && scope.owner && scope.parameters.length > 0) return { kind: 'object-init' };
        return { kind: 'value' };
      }
      const cls = this.constantOf(func.value, scope);
      if (cls?.kind === 'class') {
        const method = findMethod(cls, func.attr);
        return method ? { kind: 'known-method', symbol: method, bound: false } : { kind: 'value' };
      }
      if (cls) return { kind: 'value' };
      return { kind: 'method', receiver: func.value, name: func.attr };
    }
    return { kind: 'value' };
  }

  /** Global variable through which a constant callee is reached, for the proof that it is bound. */
  private globalOf(node: Expression, scope: FunctionSymbol): GlobalSymbol | undefined {
    if (node.kind === 'Name') return scope.module.globals.get(node.id) ?? this.program.builtins.globals.get(node.id);
    if (node.kind === 'Attribute') {
      const module = this.moduleOf(node.value, scope);
      if (module?.kind === 'module') return module.globals.get(node.attr);
    }
    return undefined;
  }
}

/** `super()` without arguments. */
export function isSuperCall(node: Expression): boolean {
  return (
    node.kind === 'Call' &&
    node.func.kind === 'Name' &&
    node.func.id === 'super' &&
    node.args.length === 0 &&
    node.keywords.length === 0
  );
}

/** Argument of each parameter of a known function; undefined = its default. Or why the call fails, in CPython's words. */
export type BoundArguments =
  | { readonly values: readonly (Expression | undefined)[] }
  | { readonly error: string; readonly expressible: boolean };

/**
 * Binds the arguments of a call to a known function's parameters.
 * @param implicit leading parameters that the call gives by itself (self)
 */
export function bindArguments(symbol: FunctionSymbol, call: Call, implicit: number): BoundArguments {
  const { parameters } = symbol;
  const values: (Expression | undefined)[] = new Array(parameters.length).fill(undefined);
  const positional = parameters.filter((p) => !p.keywordOnly).length;
  const name = `${symbol.qualname}()`;
  if (call.args.length + implicit > positional) {
    const takes = symbol.min === positional ? `${positional}` : `from ${symbol.min} to ${positional}`;
    const given = call.args.length + implicit;
    return {
      error: `${name} takes ${takes} positional argument${symbol.min === 1 && positional === 1 ? '' : 's'} but ${given} ${given === 1 ? 'was' : 'were'} given`,
      expressible: call.keywords.length === 0,
    };
  }
  call.args.forEach((arg, i) => {
    values[i + implicit] = arg;
  });
  for (const keyword of call.keywords) {
    const index = parameters.findIndex((p, i) => p.name === keyword.arg && !p.positionalOnly && i >= implicit);
    if (index < 0) return { error: `${name} got an unexpected keyword argument '${keyword.arg}'`, expressible: false };
    if (values[index])
      return { error: `${name} got multiple values for argument '${keyword.arg}'`, expressible: false };
    values[index] = keyword.value;
  }
  const missing = parameters.filter((p, i) => i >= implicit && !values[i] && !p.default);
  if (missing.length > 0) {
    return {
      error: `${name} missing ${missing.length} required positional argument${missing.length === 1 ? '' : 's'}: ${missing.map((p) => `'${p.name}'`).join(', ')}`,
      expressible: call.keywords.length === 0,
    };
  }
  return { values };
}
