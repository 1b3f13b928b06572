/**
 * A small machine that is a Target: each instruction is a function. It has what the debugger cares about (frames, return
 * entries, traps with a re-issue, console, exits) and none of the instruction set.
 */
import {
  type DebugClass,
  type DebugFunction,
  type DebugGlobal,
  type DebugLine,
  ENTRY_KIND,
  type FunctionRole,
  type Image,
  ISA_VERSION,
  NONE_WORD,
  UNBOUND_WORD,
  type Word,
} from '@pysm/isa';
import type {
  Capabilities,
  ConsoleStream,
  CoreState,
  MemorySpace,
  ReturnEntry,
  RunOptions,
  Snapshot,
  Statistics,
  StopReason,
  Target,
} from '@pysm/simulator';

/** One instruction; the pc has been advanced to the next already. */
export type Instruction = (machine: Machine) => void;

export interface FunctionText {
  readonly name: string;
  readonly file?: number;
  readonly runtime?: boolean;
  readonly role?: FunctionRole;
  readonly locals?: readonly string[];
  /** `[line, instruction]`: a line starts a statement; 0 goes on with the one before. */
  readonly code: readonly (readonly [line: number, instruction: Instruction])[];
}

export interface ProgramText {
  readonly files: readonly string[];
  readonly functions: readonly FunctionText[];
  readonly globals?: readonly string[];
  readonly classes?: readonly DebugClass[];
}

export interface Program {
  readonly image: Image;
  readonly instructions: readonly Instruction[];
}

/** Lays out functions one after the other; the first one is where the machine starts. */
export function layOut(text: ProgramText): Program {
  const instructions: Instruction[] = [];
  const functions: DebugFunction[] = [];
  const lines: DebugLine[] = [];
  for (const fn of text.functions) {
    const start = instructions.length;
    for (const [line, instruction] of fn.code) {
      const range = { line, column: 4, endLine: line, endColumn: 9 };
      if (line > 0) lines.push({ pc: instructions.length, file: fn.file ?? 0, range, statement: true });
      instructions.push(instruction);
    }
    functions.push({
      name: fn.name,
      qualname: fn.name,
      file: fn.file ?? 0,
      start,
      entry: start,
      end: instructions.length,
      frame: fn.locals?.length ?? 0,
      locals: (fn.locals ?? []).map((name, slot) => ({ name, slot, parameter: false })),
      runtime: fn.runtime ?? false,
      ...(fn.role === undefined ? {} : { role: fn.role }),
    });
  }
  const globals: DebugGlobal[] = (text.globals ?? []).map((name, index) => ({ name, module: '__main__', index }));
  const image: Image = {
    version: ISA_VERSION,
    code: new Uint32Array(instructions.length),
    entry: 0,
    entryFrame: 0,
    data: [],
    globals: globals.map(() => UNBOUND_WORD),
    dispatch: [],
    vectors: [],
    tagRows: new Array(32).fill(0),
    heapBase: 256,
    interruptVectors: [],
    debug: {
      files: text.files.map((path, i) => ({
        path,
        module: i === 0 ? '__main__' : `m${i}`,
        runtime: path.startsWith('<'),
      })),
      functions,
      lines,
      globals,
      classes: text.classes ?? [],
      attributes: [],
    },
  };
  return { image, instructions };
}

interface Entry {
  pc: number;
  fp: number;
  kind: number;
}

/** Instructions that one batch of `run` executes before it looks for a halt request. */
const BATCH = 200;

export class Machine implements Target {
  readonly name = 'test machine';
  readonly clockHz = 100_000_000;
  readonly capabilities: Capabilities;
  readonly memory: Record<MemorySpace, Word[]> = { stack: [], data: [], globals: [] };
  readonly jumpers: (readonly [number, number])[] = [];
  pc = 0;
  fp = 0;
  sp = 0;
  entries: Entry[] = [];
  cycles = 0;
  resumePending: 0 | 1 | 2 = 0;
  isDisposed = false;
  #program: Program;
  #breakpoints = new Set<number>();
  #haltRequested = false;
  #stop: StopReason | undefined;
  #listener: ((stream: ConsoleStream, bytes: Uint8Array) => void) | null = null;

  constructor(program: Program, breakpoints = 10_000) {
    this.#program = program;
    this.capabilities = { breakpoints, snapshots: false, writable: true, jumpers: true, cycleExact: true };
  }

  // --- what instructions do

  /** Entry address of a function by its name. */
  entryOf(name: string): number {
    return this.#program.image.debug.functions.find((fn) => fn.name === name)!.entry;
  }

  enter(name: string, kind: number, pc: number): void {
    this.entries.push({ pc, fp: this.fp, kind });
    this.fp = this.sp;
    const fn = this.#program.image.debug.functions.find((f) => f.name === name)!;
    this.sp += fn.frame;
    for (let i = this.fp; i < this.sp; i++) this.memory.stack[i] = UNBOUND_WORD;
    this.pc = fn.entry;
  }

  leave(): void {
    const entry = this.entries.pop()!;
    this.sp = this.fp;
    this.fp = entry.fp;
    this.pc = entry.pc;
    if (entry.kind === ENTRY_KIND.RESUME) this.resumePending = 1;
  }

  finish(reason: StopReason): void {
    this.#stop = reason;
  }

  print(stream: ConsoleStream, text: string): void {
    this.#listener?.(stream, new TextEncoder().encode(text));
  }

  // --- Target

  async load(): Promise<void> {}
  async reset(): Promise<void> {}

  #execute(): StopReason | undefined {
    if (this.#stop) return this.#stop;
    const instruction = this.#program.instructions[this.pc];
    if (!instruction) return { kind: 'fault', fault: 2, pc: this.pc, detail: 0 };
    this.cycles++;
    this.pc++;
    if (this.resumePending) this.resumePending = 0;
    else instruction(this);
    return this.#stop;
  }

  async run(options: RunOptions = {}): Promise<StopReason> {
    this.#haltRequested = false;
    for (let isFirst = true; ; isFirst = false) {
      for (let i = 0; i < BATCH; i++) {
        if (this.#haltRequested) {
          this.#haltRequested = false;
          return { kind: 'halted' };
        }
        if (options.untilCycle !== undefined && this.cycles >= options.untilCycle) return { kind: 'cycle-limit' };
        const isFresh = !isFirst || i > 0;
        if (isFresh && !this.resumePending && this.#breakpoints.has(this.pc))
          return { kind: 'breakpoint', pc: this.pc };
        const stop = this.#execute();
        if (stop) return stop;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  halt(): void {
    this.#haltRequested = true;
  }

  async stepInstruction(): Promise<StopReason> {
    return this.#execute() ?? { kind: 'step' };
  }

  async setBreakpoints(pcs: readonly number[]): Promise<void> {
    if (pcs.length > this.capabilities.breakpoints) throw new Error('too many breakpoints');
    this.#breakpoints = new Set(pcs);
  }

  async state(): Promise<CoreState> {
    return {
      pc: this.pc,
      sp: this.sp,
      fp: this.fp,
      handler: 0,
      rsp: this.entries.length,
      cycles: this.cycles,
      instructions: this.cycles,
      resumePending: this.resumePending,
      resume: NONE_WORD,
      interruptsEnabled: false,
    };
  }

  async returnStack(): Promise<readonly ReturnEntry[]> {
    return this.entries.map((entry) => ({ ...entry, handler: 0, drop: false, hole: false })).reverse();
  }

  async read(space: MemorySpace, address: number, count: number): Promise<readonly Word[]> {
    return Array.from({ length: count }, (_, i) => this.memory[space][address + i] ?? UNBOUND_WORD);
  }

  async write(space: MemorySpace, address: number, word: Word): Promise<void> {
    this.memory[space][address] = word;
  }

  async statistics(): Promise<Statistics> {
    return { cycles: this.cycles, instructions: this.cycles, maxStackWords: 0, heapPeakWords: 0 };
  }

  onConsole(listener: ((stream: ConsoleStream, bytes: Uint8Array) => void) | null): void {
    this.#listener = listener;
  }

  async jumper(from: number, to: number): Promise<void> {
    this.jumpers.push([from, to]);
  }

  async input(): Promise<void> {}
  async drivePin(): Promise<void> {}
  async pins(): Promise<readonly (0 | 1)[]> {
    return [];
  }
  snapshot(): Promise<Snapshot> {
    return Promise.reject(new Error('no snapshots'));
  }
  async restore(): Promise<void> {}
  async dispose(): Promise<void> {
    this.isDisposed = true;
    this.halt();
  }
}

export const nop: Instruction = () => {};
export const ret: Instruction = (m) => m.leave();
export const call =
  (name: string): Instruction =>
  (m) =>
    m.enter(name, ENTRY_KIND.CALL, m.pc);
/** An operation that the runtime function `name` carries out. */
export const trap =
  (name: string): Instruction =>
  (m) =>
    m.enter(name, ENTRY_KIND.RESUME, m.pc - 1);
export const local =
  (slot: number, word: Word): Instruction =>
  (m) => {
    m.memory.stack[m.fp + slot] = word;
  };
export const global =
  (index: number, word: Word): Instruction =>
  (m) => {
    m.memory.globals[index] = word;
  };
export const print =
  (text: string): Instruction =>
  (m) =>
    m.print('stdout', text);
export const printError =
  (text: string): Instruction =>
  (m) =>
    m.print('stderr', text);
export const halt =
  (code: number, value: Word = NONE_WORD): Instruction =>
  (m) =>
    m.finish({ kind: 'exited', code, value });
/** Goes back by `distance` instructions while the global counter `index` is above 0, and counts it down. */
export const loop =
  (distance: number, index: number): Instruction =>
  (m) => {
    const count = m.memory.globals[index]!.payload;
    if (count === 0n) return;
    m.memory.globals[index] = { ...m.memory.globals[index]!, payload: count - 1n };
    m.pc -= distance + 1;
  };
export const forever: Instruction = (m) => {
  m.pc--;
};
