/** Questions about a program's debug information: which function, line, statement or name is where. Holds no machine state. */
import {
  type DebugClass,
  type DebugFunction,
  type DebugGlobal,
  type DebugInfo,
  type DebugLine,
  decode,
  type Image,
} from '@pysm/isa';
import { samePath } from './paths.js';

/** Where a breakpoint that was asked for ends up. */
export type BreakpointPlace =
  | { readonly line: number; readonly pcs: readonly number[] }
  /** Why it cannot be set, for people. */
  | { readonly reason: string };

export class Symbols {
  readonly image: Image;
  readonly #debug: DebugInfo;
  readonly #functions: readonly DebugFunction[];
  readonly #classes: ReadonlyMap<number, DebugClass>;
  /** Statement starts where a program can be stopped. */
  readonly #statements: readonly DebugLine[];
  /** Statement starts of functions that are not the runtime's, sorted. */
  readonly userStatements: readonly number[];

  constructor(image: Image) {
    this.image = image;
    this.#debug = image.debug;
    this.#functions = [...image.debug.functions].sort((a, b) => a.start - b.start);
    this.#classes = new Map(image.debug.classes.map((c) => [c.row, c]));
    this.#statements = image.debug.lines.filter((line) => line.statement && !this.#onlyLeads(line));
    this.userStatements = this.#statements.filter(({ pc }) => isShown(this.functionAt(pc))).map(({ pc }) => pc);
  }

  /**
   * Whether a statement's first instruction does nothing but jump to where the same line begins in earnest: a loop is
   * entered by a jump to its condition, and people would see the program stop there twice.
   */
  #onlyLeads({ pc, file, range }: DebugLine): boolean {
    const target = this.#jumpTarget(pc);
    if (target === undefined || this.#jumpTarget(target) !== undefined) return false;
    const line = this.lineAt(target);
    return line?.pc === target && line.statement && line.file === file && line.range.line === range.line;
  }

  /** Where the instruction at `pc` always goes to, if that is all it does. */
  #jumpTarget(pc: number): number | undefined {
    const decoded = decode(this.image.code[pc] ?? 0);
    return decoded?.instruction.mnemonic === 'JMP' ? decoded.fields['target'] : undefined;
  }

  /** Whether a BRK stands at `pc`. */
  isBreak(pc: number): boolean {
    return decode(this.image.code[pc] ?? 0)?.instruction.mnemonic === 'BRK';
  }

  /** The function whose code `pc` lies in. */
  functionAt(pc: number): DebugFunction | undefined {
    const i = lastAtOrBelow(this.#functions, pc, (f) => f.start);
    const found = this.#functions[i];
    return found && pc < found.end ? found : undefined;
  }

  /** The source place of the instruction at `pc`, undefined where its function gives none. */
  lineAt(pc: number): DebugLine | undefined {
    const line = this.#debug.lines[lastAtOrBelow(this.#debug.lines, pc, (l) => l.pc)];
    const fn = this.functionAt(pc);
    return line && fn && line.pc >= fn.start ? line : undefined;
  }

  /** Statement starts within a function. */
  statementsOf(fn: DebugFunction): readonly number[] {
    return this.userStatements.filter((pc) => pc >= fn.start && pc < fn.end);
  }

  /** Path of a file by its index, undefined for hand-written assembly without a source. */
  pathOf(file: number): string | undefined {
    return this.#debug.files[file]?.path;
  }

  /** Module that a function belongs to, or an empty string. */
  moduleOf(fn: DebugFunction): string {
    return this.#debug.files[fn.file]?.module ?? '';
  }

  /** Globals of a module, in the order of the debug information. */
  globalsOf(module: string): readonly DebugGlobal[] {
    return this.#debug.globals.filter((g) => g.module === module);
  }

  classOfRow(row: number): DebugClass | undefined {
    return this.#classes.get(row);
  }

  /** Number of an attribute name in the dispatch table, -1 where the program never uses it. */
  attributeNumber(name: string): number {
    return this.#debug.attributes.indexOf(name);
  }

  /** A breakpoint on `line` (from 1) goes to the first statement on that line, else on the next line that has one. */
  placeBreakpoint(path: string, line: number): BreakpointPlace {
    const file = this.#debug.files.findIndex((f) => !f.runtime && samePath(f.path, path));
    if (file < 0) return { reason: 'This file is not part of the program that is being debugged.' };
    const candidates = this.#statements.filter((l) => l.file === file && l.range.line >= line);
    if (candidates.length === 0) return { reason: 'No statement stands on this line or below it.' };
    const target = Math.min(...candidates.map((l) => l.range.line));
    const onLine = candidates.filter((l) => l.range.line === target);
    // Several statements may share a line, and copies of one (of a loop's condition, say) several places in the code.
    const column = Math.min(...onLine.map((l) => l.range.column));
    return { line: target, pcs: onLine.filter((l) => l.range.column === column).map((l) => l.pc) };
  }
}

/** Whether people see this function in call stacks: not the runtime's, and not code without debug information. */
export const isShown = (fn: DebugFunction | undefined): fn is DebugFunction => fn !== undefined && !fn.runtime;

/** Index of the last element whose key is at most `key`, or -1; `list` is sorted by it. */
function lastAtOrBelow<T>(list: readonly T[], key: number, keyOf: (element: T) => number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyOf(list[middle]!) <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
