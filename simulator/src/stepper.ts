/**
 * The core one record at a time: what an implementation of the same core in hardware is compared with, instruction by
 * instruction. A record is an instruction that was issued and completed, the entry of a trap or interrupt, the
 * program's exit, or a fault.
 *
 * Everything is synchronous and nothing is copied: memories are given as views of the core's own.
 */
import { checkImage, ENTRY_KIND, getField, type Image, MEMORY, RETURN_ENTRY } from '@pysm/isa';
import { CELL_BYTES, type CoreExports, DISPATCH_BYTES, instantiate, STATUS } from './core.js';
import { Memories } from './memories.js';
import type { MemorySpace } from './target.js';

/** Kinds of records, as the retire port of the hardware numbers them. */
export const RECORD_KIND = { instruction: 0, trap: 1, interrupt: 2, exit: 3, fault: 4 } as const;

/** One step of the core. Registers are those after it. */
export interface StepRecord {
  /** One of {@link RECORD_KIND}. */
  kind: number;
  pc: number;
  /** Instruction word at `pc`; where an interrupt was taken, that of the instruction it came before. */
  word: number;
  nextPc: number;
  /** Cycle counter when it began: its first execute cycle. */
  cycle: bigint;
  /** Words; `fp` and `handler` as in the registers. */
  sp: number;
  fp: number;
  handler: number;
  /** Return-stack entries in use. */
  rsp: number;
  /** Pending result: 0 none, 1 value, 2 throw; and the word. */
  pending: number;
  resultTag: number;
  result: bigint;
  interruptsEnabled: number;
  /** Index of the vector of a trap; -1 where a getter was entered, and for other kinds. */
  vector: number;
}

/** A console byte: stream 0 is the output, 1 the errors. */
export interface ConsoleByte {
  readonly stream: number;
  readonly byte: number;
}

/** Return-entry kinds that a trap pushes. */
const TRAP_ENTRIES: ReadonlySet<number> = new Set([ENTRY_KIND.RESUME, ENTRY_KIND.RETRY, ENTRY_KIND.REDIRECT]);

export class Stepper {
  /** The core's own functions: devices, registers, control registers. */
  readonly core: CoreExports;
  /** The last step. One object for all: copy what is kept. */
  readonly record: StepRecord = {
    kind: 0,
    pc: 0,
    word: 0,
    nextPc: 0,
    cycle: 0n,
    sp: 0,
    fp: 0,
    handler: 0,
    rsp: 0,
    pending: 0,
    resultTag: 0,
    result: 0n,
    interruptsEnabled: 0,
    vector: -1,
  };
  /** Bytes that the program has written, in order; whoever reads them empties it. */
  readonly console: ConsoleByte[] = [];
  readonly #memories: Memories;
  readonly #view: DataView;

  private constructor(core: CoreExports) {
    this.core = core;
    this.#memories = new Memories(core);
    // Linear memory does not grow after initialize().
    this.#view = new DataView(core.memory.buffer);
  }

  /** `wasm`: the simulator's module, or its bytes. */
  static async create(wasm: Uint8Array | WebAssembly.Module): Promise<Stepper> {
    return new Stepper(await instantiate(wasm));
  }

  /** Loads an image, which is checked, and resets the core. No jumper and no breakpoint is left. */
  load(image: Image): void {
    checkImage(image);
    this.#memories.load(image);
    this.core.start(image.code.length, image.entry, image.entryFrame, image.heapBase);
    this.console.length = 0;
    this.record.kind = RECORD_KIND.instruction;
  }

  /** Whether the core has stopped for good. */
  get ended(): boolean {
    return this.record.kind === RECORD_KIND.exit || this.record.kind === RECORD_KIND.fault;
  }

  /**
   * One step, which {@link record} then describes. A BRK instruction is passed over (it takes no time and is no record).
   * After an exit or a fault nothing happens any more.
   */
  step(): StepRecord {
    const { core, record } = this;
    const pc = core.pc();
    record.pc = pc;
    record.word = this.#memories.code(pc);
    record.cycle = core.cycles();
    const issued = core.retired();
    const depth = core.rsp();
    const status = core.stepOne();
    if (status === STATUS.breakInstruction) {
      core.proceed(true);
      core.stepOne();
      return this.step();
    }
    if (status === STATUS.outputFull) {
      this.takeConsole();
      core.proceed(false);
    }
    record.nextPc = core.pc();
    record.sp = core.sp();
    record.fp = core.fp();
    record.handler = core.handler();
    record.rsp = core.rsp();
    record.pending = core.resumePending();
    record.resultTag = core.resumeTag();
    record.result = core.resumePayload();
    record.interruptsEnabled = core.interruptsEnabled();
    record.kind = this.#kind(status, core.retired() === issued, depth);
    record.vector = record.kind === RECORD_KIND.trap ? core.vector() : -1;
    return record;
  }

  #kind(status: number, unissued: boolean, depth: number): number {
    if (status === STATUS.exited) return RECORD_KIND.exit;
    if (status === STATUS.faulted) return RECORD_KIND.fault;
    if (unissued) return RECORD_KIND.interrupt;
    if (this.record.rsp === depth + 1) {
      const top = this.#view.getBigInt64((this.core.RETURNS.value as number) + 8 * depth, true);
      if (TRAP_ENTRIES.has(getField(top, RETURN_ENTRY.kind))) return RECORD_KIND.trap;
    }
    return RECORD_KIND.instruction;
  }

  /** Moves what the program has written since the last call to {@link console}. */
  takeConsole(): readonly ConsoleByte[] {
    const count = this.core.takeOutput();
    const entries = new Uint16Array(this.core.memory.buffer, this.core.OUTPUT.value as number, count);
    for (const entry of entries) this.console.push({ stream: entry >> 8, byte: entry & 0xff });
    return this.console;
  }

  /** Cells of a memory: 16 bytes a word, payload at 0, tag at 8, little-endian. */
  cells(space: MemorySpace): Uint8Array {
    const { STACK, DATA, GLOBALS, memory } = this.core;
    const base = (space === 'stack' ? STACK : space === 'data' ? DATA : GLOBALS).value as number;
    return new Uint8Array(memory.buffer, base, MEMORY[space] * CELL_BYTES);
  }

  /** The return stack from the bottom: 8 bytes an entry. */
  returns(): Uint8Array {
    const { RETURNS, memory } = this.core;
    return new Uint8Array(memory.buffer, RETURNS.value as number, MEMORY.returnStack * 8);
  }

  /** The dispatch table: 32 bytes an entry, attribute, kind and slot at 0, 4 and 8, the value's cell at 16. */
  dispatchEntries(): Uint8Array {
    const { DISPATCH, memory } = this.core;
    return new Uint8Array(memory.buffer, DISPATCH.value as number, MEMORY.dispatch * DISPATCH_BYTES);
  }

  /** Code word at `pc`, 0 beyond the memory. */
  code(pc: number): number {
    return this.#memories.code(pc);
  }
}
