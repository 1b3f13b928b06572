/**
 * What the compiler gives to language server, command line and debugger: plain data. Nothing here knows LSP, DAP, Node
 * or VS Code.
 */
import type { Image, SourceRange } from '@pysm/isa';
import type { AsmProgram } from './assembly/model.js';

/** How the compiler reaches files. Paths are opaque to it but for `resolveSibling`. */
export interface SourceHost {
  /** Bytes or text of a file, undefined where there is none. Text is preferred by editors, whose buffers win over the disk. */
  read(path: string): string | Uint8Array | undefined;
  /** Path of the module `name` (`a` or `a.b`) imported from `fromPath`, whether or not it exists: `a.py`, `a/b.py` beside it. */
  resolveSibling(fromPath: string, name: string): string;
}

export type Severity = 'error' | 'warning' | 'information' | 'hint';

export interface Diagnostic {
  /** Stable code, e.g. `PS1001`; see docs/language.md. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong and why. */
  readonly message: string;
  /** What to do instead; empty where the message says it all. */
  readonly help: string;
  readonly path: string;
  readonly range: SourceRange;
}

/** Where a range of cycles comes from. */
export interface CostReason {
  readonly kind:
    | 'branch'
    | 'operand types'
    | 'slow path'
    | 'callee'
    | 'loop'
    | 'recursion'
    | 'external wait'
    | 'outcome';
  /** For people, e.g. "operand types: a may be int or float". */
  readonly text: string;
  readonly path: string;
  readonly line: number;
}

/** Something that a worst value takes for granted; where it does not hold, the run may take longer. */
export interface CostAssumption {
  readonly kind: /** Nothing is raised: no overflow, index out of range, missing attribute, failed assertion. */
    | 'no exception'
    /** Operands stay with the types that the instruction handles itself, where nothing is known of them. */
    | 'no slow path'
    /** Stack and heap suffice. */
    | 'memory suffices'
    /** No interrupt is taken. */
    | 'no interrupt';
  /** For people, e.g. "ints stay within 64 bits". */
  readonly text: string;
  readonly path: string;
  /** Lines where it is taken for granted, ascending. */
  readonly lines: readonly number[];
}

/**
 * Instructions and cycles. A worst value of null means no bound is known; a reason says why. An instruction that traps
 * counts twice: once for the trap, once for its re-issue.
 */
export interface Cost {
  readonly instructions: { readonly best: number; readonly worst: number | null };
  readonly cycles: { readonly best: number; readonly worst: number | null };
  /** Why best and worst differ, or why there is no worst; by path and line. A slow path that `worst` excludes is named even where they are equal. */
  readonly reasons: readonly CostReason[];
  /** What `worst` takes for granted, by kind and text. */
  readonly assumptions: readonly CostAssumption[];
}

/**
 * Cost of one visit of a line: from where control arrives on the line to where it leaves it; a call does not leave it.
 * So the costs of the visits along a path add up to the cycles measured for it. A visit that ends in a raise is counted
 * up to the entry of the raise routine, and only where the line has no other end. For the line that closes a loop
 * (a `for` or `while` header) a visit is one test, and what comes before the first one is `entry`.
 */
export interface LineCost {
  readonly path: string;
  readonly line: number;
  /** Assembly name of the function that the instructions are in: a line may have some in several (`lambda`, `def`). */
  readonly function: string;
  /** One visit, without what it calls. */
  readonly own: Cost;
  /** The same with the functions that it calls. */
  readonly total: Cost;
  /** Loop headers only, where setting up takes instructions: the visit before the loop, with what it calls. */
  readonly entry?: Cost;
}

/** One call of a function with all its arguments; each argument left to its default adds 1 instruction and 1 cycle to the caller. */
export interface FunctionCost {
  readonly name: string;
  readonly path: string;
  readonly range: SourceRange;
  readonly own: Cost;
  readonly total: Cost;
}

export interface LoopCost {
  readonly path: string;
  /** Assembly name of the function that the loop is in. */
  readonly function: string;
  /** Where the loop's closing branch comes from: the `for` or `while` header. */
  readonly range: SourceRange;
  /** Iterations of the body; max null = unknown. */
  readonly iterations: { readonly min: number; readonly max: number | null; readonly reason: string };
  /** One time round with the test, callees included. */
  readonly perIteration: Cost;
  /** From the loop's first instruction to its end, callees included; setting up is not part of it. */
  readonly total: Cost;
}

export interface CostReport {
  readonly clockHz: number;
  readonly lines: readonly LineCost[];
  readonly functions: readonly FunctionCost[];
  readonly loops: readonly LoopCost[];
}

/** Result of compiling one program. `program` and what follows from it exist only where there is no error. */
export interface Compilation {
  /** Files of the program (entry and the modules it imports), as far as they could be read. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  readonly program: AsmProgram | undefined;
  /** Costs of all functions of the program's own files. Functions without errors are costed even where others have some. */
  costs(): CostReport;
  /** Linked image, or the linker's diagnostics (program too large for the core, ...). */
  link(): { readonly image: Image } | { readonly diagnostics: readonly Diagnostic[] };
}

export interface CompilerResources {
  /** tree-sitter-python.wasm. */
  readonly pythonGrammar: Uint8Array;
  /** web-tree-sitter.wasm; undefined where the library finds its own file (Node). */
  readonly parserRuntime: Uint8Array | undefined;
  /** Runtime modules: text by module name (`_builtins`, `machine`, `time`, ...). */
  readonly runtime: Readonly<Record<string, string>>;
}

export interface Compiler {
  /** Compiles the program whose entry is `path`. Never throws for bad input. */
  compile(path: string, host: SourceHost): Compilation;
  /**
   * CPython's `ast.dump(tree, include_attributes=True, indent=2)`, or the syntax errors. The dump is UTF-8 in chunks of some
   * ten kilobytes, made as they are asked for: it can be thousands of times as long as the source.
   */
  ast(
    path: string,
    host: SourceHost,
  ): { readonly dump: Iterable<Uint8Array> } | { readonly diagnostics: readonly Diagnostic[] };
  /** Assembles hand-written `.pysm` text into a program. */
  assemble(path: string, host: SourceHost): Compilation;
}
