/**
 * The linked program image: what a loader writes into the core's memories, and the debug information beside it.
 *
 * The file is `PYSM`, a version, a JSON section table, the sections and a CRC-32; see image-file.ts. Here is what it means.
 */
import type { Word } from './words.js';

export interface DataWord extends Word {
  readonly address: number;
}

/** A dispatch-table entry as loaded. `index` = row + attribute number. */
export interface DispatchEntry {
  readonly index: number;
  readonly attribute: number;
  /** One of DISPATCH_KIND. */
  readonly kind: number;
  readonly slot: number;
  readonly value: Word;
}

export interface VectorEntry {
  readonly index: number;
  readonly address: number;
  /** Words cleared beyond the pushed operands, 0-7. */
  readonly clear: number;
}

/** Lines and columns as people count lines (from 1) and as editors count columns (UTF-16 units from 0). */
export interface SourceRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where a named value of a function lives. */
export interface DebugLocal {
  readonly name: string;
  /** Frame slot (word offset from FP). */
  readonly slot: number;
  readonly parameter: boolean;
}

/**
 * What a function of the runtime does where reports of exceptions depend on it: `attribute` looks an attribute up for
 * whoever called it; `raise` looks for the handler of an exception, and reports it where there is none.
 */
export const FUNCTION_ROLES = ['attribute', 'raise'] as const;
export type FunctionRole = (typeof FUNCTION_ROLES)[number];

export interface DebugFunction {
  readonly name: string;
  /** Name with the enclosing classes, as in `__qualname__`. */
  readonly qualname: string;
  /** Index into {@link DebugInfo.files}, or -1 for hand-written assembly without a source. */
  readonly file: number;
  /** First code address, DEFAULT instructions included; `end` is the first address beyond. */
  readonly start: number;
  readonly entry: number;
  readonly end: number;
  readonly frame: number;
  readonly locals: readonly DebugLocal[];
  /** Part of the runtime: hidden from tracebacks, skipped by stepping. */
  readonly runtime: boolean;
  readonly role?: FunctionRole;
  readonly range?: SourceRange;
}

/** Code addresses from `pc` up to the next entry belong to this place. `statement` marks a statement's first instruction: where a breakpoint goes. */
export interface DebugLine {
  readonly pc: number;
  readonly file: number;
  readonly range: SourceRange;
  readonly statement: boolean;
  /** Call of a method: the part of `range` that looks the method up, where a missing one is reported. */
  readonly attribute?: SourceRange;
}

export interface DebugGlobal {
  readonly name: string;
  readonly module: string;
  /** Index in the globals RAM. */
  readonly index: number;
}

export interface DebugClass {
  readonly name: string;
  readonly row: number;
  /** Attribute name of each instance slot; index 0 is the header and empty. */
  readonly slots: readonly string[];
}

export interface DebugFile {
  /** Path as the compiler was given it; absolute where the host's paths are. */
  readonly path: string;
  /** Module name, e.g. `__main__`. */
  readonly module: string;
  readonly runtime: boolean;
}

export interface DebugInfo {
  readonly files: readonly DebugFile[];
  readonly functions: readonly DebugFunction[];
  /** Sorted by pc. */
  readonly lines: readonly DebugLine[];
  readonly globals: readonly DebugGlobal[];
  readonly classes: readonly DebugClass[];
  /** Attribute names by number (index = number, holes are empty). */
  readonly attributes: readonly string[];
}

export interface Image {
  /** ISA_VERSION it was linked for. */
  readonly version: number;
  /** Code words; pc of the first is 0. */
  readonly code: Uint32Array;
  /** Code address at which the core starts, in a frame of `entryFrame` cleared words. */
  readonly entry: number;
  readonly entryFrame: number;
  /** Initialised data words; all others are UNBOUND. */
  readonly data: readonly DataWord[];
  /** Contents of the globals RAM from index 0: constants and globals. */
  readonly globals: readonly Word[];
  readonly dispatch: readonly DispatchEntry[];
  readonly vectors: readonly VectorEntry[];
  /** Dispatch row of each tag number (32 entries). */
  readonly tagRows: readonly number[];
  /** First heap word; HTOP starts here and HLIM is the end of data RAM. */
  readonly heapBase: number;
  /** FUNC payload of each interrupt line's handler, 0 = none. */
  readonly interruptVectors: readonly bigint[];
  readonly debug: DebugInfo;
}
