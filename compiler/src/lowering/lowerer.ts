/** State of lowering one function, and the small steps that expressions, conditions, statements and calls share. */
import type { SourceRange } from '@pysm/isa';
import type { AsmOperand, ConstantValue, KnownTags } from '../assembly/model.js';
import type { Expression, Positions } from '../ast/index.js';
import type { Code } from '../diagnostics/codes.js';
import type { ClassSymbol, ClassValue, FunctionSymbol, GlobalSymbol } from '../program/symbols.js';
import { T, type TypeSet, tagClasses } from '../types/typeset.js';
import { FunctionBuilder, int, labelRef, local, NONE, STACK } from './builder.js';
import { constantOf } from './constants.js';
import { globalName, type ProgramContext } from './context.js';

/** Labels of an enclosing loop. */
export interface LoopLabels {
  readonly breakTo: string;
  readonly continueTo: string;
}

/** Deepest tree that lowering recurses into; what needs more operand words than the core has, the linker refuses. */
const MAX_NESTING = 400;

export class Lowerer {
  readonly b = new FunctionBuilder();
  readonly loops: LoopLabels[] = [];
  /** Index of the top-level statement being lowered, in a module's body. */
  statementIndex: number | undefined;
  /** Class whose body is being evaluated: its values are names there. */
  classBody: { readonly values: ReadonlyMap<string, ClassValue> } | undefined;
  /** Where CPython places the truth tests of the condition that is being lowered; each comparison in it moves the place. */
  condition: SourceRange | undefined;
  private depth = 0;

  constructor(
    readonly context: ProgramContext,
    readonly scope: FunctionSymbol,
  ) {
    for (const p of scope.parameters) this.b.slot(p.name);
  }

  get path(): string {
    return this.scope.module.source.path;
  }

  get isRuntime(): boolean {
    return this.scope.module.runtime;
  }

  report(node: Positions, code: Code, ...args: string[]): void {
    this.context.diagnostics.report(code, { path: this.path, range: this.scope.module.source.range(node) }, ...args);
  }

  /** Source place of the instructions that follow is that of `node`. */
  at(node: Positions): void {
    this.b.at(this.scope.module.source.range(node));
  }

  /** Lowers a condition whose truth tests are placed at `place`. */
  inCondition(place: SourceRange, build: () => void): void {
    const before = this.condition;
    this.condition = place;
    build();
    this.condition = before;
  }

  /** Runs `build` with a guard on the depth of the tree. */
  nested<R>(node: Positions, build: () => R, otherwise: R): R {
    if (this.depth >= MAX_NESTING) {
      this.report(node, 'PS0005');
      return otherwise;
    }
    this.depth++;
    try {
      return build();
    } finally {
      this.depth--;
    }
  }

  types(node: Expression): TypeSet {
    return this.context.types.of(node);
  }

  /** Tags of operands as the cost analysis wants them: `known({ a: node, b: node })`. */
  known(operands: Readonly<Record<string, Expression | TypeSet>>): { known?: KnownTags } {
    const known: Record<string, readonly never[]> = {};
    for (const [name, of] of Object.entries(operands)) {
      const classes = tagClasses(typeof of === 'number' ? of : this.types(of));
      if (classes) known[name] = classes as readonly never[];
    }
    return Object.keys(known).length > 0 ? { known } : {};
  }

  // Values

  /** Operand of a constant: a specifier, an immediate where the instruction takes one, or a loaded word. */
  constant(value: ConstantValue, immediate: boolean): AsmOperand {
    switch (value.type) {
      case 'none':
        return NONE;
      case 'bool':
        return { kind: 'named', name: value.value ? 'True' : 'False' };
      case 'unbound':
        return { kind: 'named', name: 'UNBOUND' };
      case 'int':
        if (value.value >= -1n && value.value <= 9n) return int(Number(value.value));
        if (immediate && value.value >= -512n && value.value <= 511n) return int(Number(value.value));
        break;
      default:
    }
    return this.b.constant(value);
  }

  /** A constant put into a destination. */
  moveConstant(value: ConstantValue, to: AsmOperand): void {
    if (
      value.type === 'none' ||
      value.type === 'bool' ||
      value.type === 'unbound' ||
      (value.type === 'int' && value.value >= -1n && value.value <= 9n)
    ) {
      this.b.emit('MOV', [to, this.constant(value, false)]);
    } else this.b.loadConstant(value, to);
  }

  /** Puts an operand into a destination, where it is not there already. */
  move(from: AsmOperand, to: AsmOperand): void {
    if (
      from.kind === to.kind &&
      (from.kind === 'stack' || (from.kind === 'local' && to.kind === 'local' && from.slot === to.slot))
    )
      return;
    if (to.kind === 'discard') {
      if (from.kind === 'stack') this.b.emit('POP', [int(1)]);
      return;
    }
    this.b.emit('MOV', [to, from]);
  }

  /**
   * An operand that survives the evaluation of other expressions: a word on the stack goes to a hidden local, and a hidden
   * local that holds an intermediate value is taken back. The caller releases it.
   */
  hold(operand: AsmOperand): AsmOperand {
    if (operand.kind !== 'stack') {
      this.b.retain(operand);
      return operand;
    }
    const temp = this.b.temp();
    this.b.emit('MOV', [temp, STACK]);
    return temp;
  }

  /** Whether evaluating the expression leaves its value in an operand without touching the stack. */
  isDirect(node: Expression, immediate = false): boolean {
    if (node.kind === 'Name') return this.scope.locals.has(node.id);
    const value = constantOf(node);
    if (!value) return false;
    if (value.type === 'none' || value.type === 'bool') return true;
    return (
      value.type === 'int' &&
      ((value.value >= -1n && value.value <= 9n) || (immediate && value.value >= -512n && value.value <= 511n))
    );
  }

  /** Operand of a local that is read here; a check is emitted where flow cannot prove it bound. */
  readLocal(node: Expression & { kind: 'Name' }): AsmOperand {
    const operand = local(this.b.slot(node.id));
    if ((this.types(node) & T.UNBOUND) !== 0) {
      const unbound = this.b.label('unbound');
      this.at(node);
      this.b.emit('BUNB', [operand, labelRef(unbound)]);
      this.b.defer(() => {
        this.b.place(unbound);
        this.moveConstant({ type: 'str', value: node.id }, STACK);
        this.callRuntime('raise_unbound_local', 1, true);
        this.b.emit('RET', [NONE]);
      });
    }
    return operand;
  }

  loadGlobal(module: GlobalSymbol['module'], name: string, to: AsmOperand): void {
    const full = globalName(module, name);
    this.context.loadedGlobals.add(full);
    this.b.emit('LDG', [to, { kind: 'global', name: full }]);
  }

  storeGlobal(module: GlobalSymbol['module'], name: string, from: AsmOperand): void {
    this.b.emit('STG', [{ kind: 'global', name: globalName(module, name) }, from]);
  }

  /** Constant word of a function or class that is used as a value. */
  symbolConstant(symbol: FunctionSymbol | ClassSymbol): ConstantValue {
    return { type: symbol.kind, name: symbol.name };
  }

  /** Call of a function of `_builtins` whose arguments are on the stack; the result is pushed unless dropped. */
  callRuntime(name: string, count: number, drop: boolean): void {
    const meaning = this.context.resolver.globalName(name, this.context.program.builtins);
    if (meaning.kind !== 'constant' || meaning.symbol.kind !== 'function')
      throw new Error(`the runtime has no function ${name}`);
    this.b.emit('CALL', [{ kind: 'function', name: meaning.symbol.name }, int(count), { kind: 'clear' }], { drop });
  }

  /** Whether a global def or class may be used here without a look at its variable. */
  isBound(global: GlobalSymbol | undefined): boolean {
    return global !== undefined && this.context.proof.isBound(global, this.scope, this.statementIndex);
  }
}
