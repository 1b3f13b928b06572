/**
 * PySM assembly as data: what code generation gives, what the assembler reads from `.pysm` text, what the cost analysis
 * costs and what the linker links.
 */
import type { FunctionRole, SourceRange, TagClass, TagName } from '@pysm/isa';

/** A compile-time constant that a word, or a word and heap data, can be made of. */
export type ConstantValue =
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'none' }
  | { readonly type: 'unbound' }
  /** Strings beyond seven ASCII characters become read-only heap words. */
  | { readonly type: 'str'; readonly value: string }
  | { readonly type: 'tuple'; readonly items: readonly ConstantValue[] }
  | { readonly type: 'function'; readonly name: string }
  | { readonly type: 'class'; readonly name: string }
  | { readonly type: 'raw'; readonly value: bigint }
  /** INT: index of an attribute's entry in the row of a class, 0 where the linked program has no such entry. */
  | { readonly type: 'entry'; readonly class: string; readonly attribute: string };

/** Operand of an assembly instruction. */
export type AsmOperand =
  | { readonly kind: 'local'; readonly slot: number }
  /** Pop as a source, push as a destination. */
  | { readonly kind: 'stack' }
  | { readonly kind: 'discard' }
  | { readonly kind: 'environment' }
  /** None, False, True, UNBOUND, NotImplemented as a source. */
  | { readonly kind: 'named'; readonly name: 'None' | 'False' | 'True' | 'UNBOUND' | 'NotImplemented' }
  /** An INT source, an immediate, a count: by the instruction's operand kind. */
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'label'; readonly name: string }
  /** Function by its unique assembly name, e.g. `__main__.fib`. */
  | { readonly kind: 'function'; readonly name: string }
  /** Global variable `module.name`. */
  | { readonly kind: 'global'; readonly name: string }
  | { readonly kind: 'constant'; readonly value: ConstantValue }
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'tag'; readonly name: TagName }
  | { readonly kind: 'csr'; readonly number: number }
  | { readonly kind: 'bitfield'; readonly low: number; readonly width: number }
  /** CALL's clear count: filled in by the linker from the callee's frame. */
  | { readonly kind: 'clear' };

/**
 * What flow analysis knows of an operand's tag when the instruction runs; absent = anything. Beside the operands of the
 * instruction table there are `receiver` (CALLM) and `callee` (CALLV), the word below the arguments.
 */
export type KnownTags = Readonly<Record<string, readonly TagClass[]>>;

export interface AsmInstruction {
  readonly mnemonic: string;
  /** In the order of the instruction table's operands, `drop` left out. */
  readonly operands: readonly AsmOperand[];
  /** Call whose result is not wanted. */
  readonly drop?: boolean;
  /** In-place arithmetic (variant bit 0) and other variants. */
  readonly variant?: number;
  readonly range?: SourceRange;
  /** CALLM: the part of `range` that looks the method up. */
  readonly attribute?: SourceRange;
  /** First instruction of a statement. */
  readonly statement?: boolean;
  /** Known operand tags by operand name of the instruction table. */
  readonly known?: KnownTags;
  /** Names of the table's outcomes that are left where flow analysis knows more than tags, e.g. `list` for an index that is never negative. */
  readonly outcomes?: readonly string[];
  /** Most iterations of the loop that this backward branch closes, where they are known. */
  readonly loopBound?: LoopBound;
  readonly comment?: string;
}

/** Iterations of a loop's body: exact where min = max; max is undefined where nothing is known. */
export interface LoopBound {
  readonly min: number;
  readonly max: number | undefined;
  /** Why, for people: "range(10)", "list of unknown length". */
  readonly reason: string;
}

/** An instruction or a label. */
export type AsmItem = { readonly label: string } | AsmInstruction;

/** An exception region [start, end) with its handler, by labels; `outer` is another region's name. */
export interface AsmHandler {
  readonly name: string;
  readonly start: string;
  readonly end: string;
  readonly target: string;
  readonly outer?: string;
}

export interface AsmFunction {
  /** Unique: `module.qualname`. */
  readonly name: string;
  readonly qualname: string;
  readonly module: string;
  readonly parameters: readonly string[];
  /** Fewest positional arguments. */
  readonly min: number;
  /** Names of all frame slots, parameters first; hidden ones begin with a dot. The frame has this many words (0-255). */
  readonly locals: readonly string[];
  /** Default of each of the last (max - min) parameters, in order. */
  readonly defaults: readonly AsmDefault[];
  readonly items: readonly AsmItem[];
  readonly handlers: readonly AsmHandler[];
  readonly runtime: boolean;
  /** Trap vectors that this function handles, e.g. `ADD str str`, `SYSTEM NAME`. A group may be `any`. */
  readonly vectors: readonly string[];
  /** What it is to a debugger, for some functions of the runtime. */
  readonly role?: FunctionRole;
  /** Interrupt line, for a hard handler. */
  readonly interrupt?: number;
  readonly range?: SourceRange;
}

/** The instruction before the entry that fills a missing argument: a constant, or a global that holds the value evaluated at the def. */
export type AsmDefault =
  | { readonly kind: 'constant'; readonly value: ConstantValue }
  | { readonly kind: 'global'; readonly name: string };

/** One attribute of a class's dispatch row. */
export type AsmAttribute =
  | { readonly name: string; readonly kind: 'method'; readonly function: string }
  | { readonly name: string; readonly kind: 'getter'; readonly function: string }
  /** A class-level value; `initial` is UNBOUND where the class body sets it when it runs. */
  | { readonly name: string; readonly kind: 'value'; readonly initial: ConstantValue };

export interface AsmClass {
  /** Unique: `module.qualname`. */
  readonly name: string;
  /** Name as Python shows it. */
  readonly pythonName: string;
  readonly base: string | undefined;
  /** Instance attributes that this class adds to its base's, in slot order. */
  readonly slots: readonly string[];
  readonly attributes: readonly AsmAttribute[];
  /** Constructor stub: a function with __init__'s parameters but self. */
  readonly constructor_: string | undefined;
  /** Tags whose immediates or references are of this class (built-in types). */
  readonly tags: readonly TagName[];
}

export interface AsmModule {
  /** Python module name; '__main__' for the entry. */
  readonly name: string;
  /** Path shown to people; empty for synthesised code. */
  readonly path: string;
  readonly runtime: boolean;
  readonly functions: readonly AsmFunction[];
  readonly classes: readonly AsmClass[];
  /** Global variables that the module owns (unqualified names). */
  readonly globals: readonly string[];
}

/** Everything that is linked together. `start` is the function that the core enters. */
export interface AsmProgram {
  readonly modules: readonly AsmModule[];
  readonly start: string;
}

export const isLabel = (item: AsmItem): item is { readonly label: string } => 'label' in item;
