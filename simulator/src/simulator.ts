/**
 * The cycle-exact simulator as a {@link Target}: batches, stops, breakpoints, console, pins, snapshots. What executes
 * is in assembly/.
 */
import { CLOCK_HZ, type Image, PINS, UNBOUND_WORD, type Word } from '@pysm/isa';
import { checkJumper, checkLoadable, checkPin } from './checks.js';
import { emitConsole } from './console.js';
import { type CoreExports, instantiate, STATUS } from './core.js';
import { Memories } from './memories.js';
import { BatchLength, cycleLimit, eventLoopYield, type Yield } from './scheduling.js';
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
} from './target.js';

export interface SimulatorOptions {
  /** The module: bytes of build/simulator.wasm, or what they compile to. */
  readonly wasm: Uint8Array | WebAssembly.Module;
  /** How to give the event loop a turn; by default setImmediate or a message channel. */
  readonly yield?: Yield;
}

/** One executed instruction, as {@link Simulator.trace} reports it. */
export interface Retired {
  readonly pc: number;
  /** Instruction word. */
  readonly word: number;
  /** Cycle counter when it issued: its first execute cycle. */
  readonly cycle: number;
  /** Registers after it, in words and entries. */
  readonly sp: number;
  readonly fp: number;
  readonly rsp: number;
}

/** Bounds of a batch's length in cycles. */
const BATCH_MIN = 20_000;
const BATCH_MAX = 50_000_000;
/** Instructions between two turns of the event loop while a trace listener is set. */
const TRACE_BATCH = 20_000;

/** Creates a simulator without an image. */
export async function createSimulator(options: SimulatorOptions): Promise<Simulator> {
  return new Simulator(await instantiate(options.wasm), options.yield ?? eventLoopYield());
}

export class Simulator implements Target {
  readonly name = 'simulator';
  readonly clockHz = CLOCK_HZ;
  readonly capabilities: Capabilities = {
    breakpoints: Number.MAX_SAFE_INTEGER,
    snapshots: true,
    writable: true,
    jumpers: true,
    cycleExact: true,
  };

  readonly #core: CoreExports;
  readonly #memories: Memories;
  readonly #yield: Yield;
  #image: Image | undefined;
  #breakpoints: readonly number[] = [];
  #jumpers: (readonly [from: number, to: number])[] = [];
  #console: ((stream: ConsoleStream, bytes: Uint8Array) => void) | null = null;
  #trace: ((retired: Retired) => void) | null = null;
  /** Input that the core has no room for yet. */
  #input: number[] = [];
  #running = false;
  #haltRequested = false;
  /** The core stopped at its present pc: a breakpoint there has been seen and is passed. */
  #seen = false;
  readonly #batch = new BatchLength(BATCH_MIN, BATCH_MAX);

  constructor(core: CoreExports, yieldTurn: Yield) {
    this.#core = core;
    this.#memories = new Memories(core);
    this.#yield = yieldTurn;
  }

  async load(image: Image): Promise<void> {
    this.#refuseWhileRunning('load an image');
    checkLoadable(image, 'this simulator');
    this.#image = image;
    this.#start(image);
  }

  async reset(): Promise<void> {
    this.#refuseWhileRunning('reset');
    this.#start(this.#loaded());
  }

  /** Jumpers and breakpoints are the host's and outlive a reset; levels that were driven and input do not. */
  #start(image: Image): void {
    this.#memories.load(image);
    this.#core.start(image.code.length, image.entry, image.entryFrame, image.heapBase);
    this.#input = [];
    this.#seen = false;
    for (const [from, to] of this.#jumpers) this.#core.wirePins(from, to);
    for (const pc of this.#breakpoints) this.#core.setBreakpoint(pc, true);
  }

  #loaded(): Image {
    if (!this.#image) throw new Error('no image is loaded: call load() first');
    return this.#image;
  }

  #refuseWhileRunning(what: string): void {
    if (this.#running) throw new Error(`the simulator is running: halt it to ${what}`);
  }

  async run(options: RunOptions = {}): Promise<StopReason> {
    this.#refuseWhileRunning('run it again');
    this.#loaded();
    this.#running = true;
    this.#haltRequested = false;
    try {
      return await this.#runBatches(cycleLimit(options.untilCycle));
    } finally {
      this.#running = false;
      this.#seen = true;
    }
  }

  async #runBatches(limit: bigint): Promise<StopReason> {
    this.#core.proceed(this.#seen);
    for (;;) {
      this.#feedInput();
      const start = performance.now();
      const status = this.#trace ? this.#traceBatch(limit) : this.#core.run(this.#batchEnd(limit));
      this.#flushConsole();
      const reason = this.#stopReason(status);
      if (reason) return reason;
      if (status === STATUS.outputFull) {
        this.#core.proceed(false);
        continue;
      }
      if (this.#core.cycles() >= limit) return { kind: 'cycle-limit' };
      this.#batch.adapt(performance.now() - start);
      await this.#yield();
      if (this.#haltRequested) return { kind: 'halted' };
    }
  }

  #batchEnd(limit: bigint): bigint {
    const end = this.#core.cycles() + BigInt(this.#batch.cycles);
    return end < limit ? end : limit;
  }

  #traceBatch(limit: bigint): number {
    for (let i = 0; i < TRACE_BATCH && this.#core.cycles() < limit; i++) {
      const status = this.#traceOne();
      if (status !== STATUS.running) return status;
    }
    return STATUS.limitReached;
  }

  /** One step, reported unless it was an interrupt's entry or stopped before it issued. */
  #traceOne(): number {
    const core = this.#core;
    const pc = core.pc();
    const reissue = core.resumePending() !== 0 || core.passedPc() === pc;
    if (!reissue && this.#breakpoints.includes(pc)) return STATUS.breakpoint;
    const cycle = Number(core.cycles());
    const issued = core.retired();
    const status = core.stepOne();
    if (core.retired() !== issued) {
      const word = this.#memories.code(pc);
      this.#trace?.({ pc, word, cycle, sp: core.sp(), fp: core.fp(), rsp: core.rsp() });
    }
    return status;
  }

  #stopReason(status: number): StopReason | undefined {
    const core = this.#core;
    switch (status) {
      case STATUS.exited:
        return { kind: 'exited', code: core.exitCode(), value: this.#resumeWord() };
      case STATUS.faulted:
        return { kind: 'fault', fault: core.faultCode(), pc: core.pc(), detail: core.faultDetail() };
      case STATUS.breakInstruction:
        return { kind: 'break-instruction', pc: core.pc() };
      case STATUS.breakpoint:
        return { kind: 'breakpoint', pc: core.pc() };
      default:
        return undefined;
    }
  }

  halt(): void {
    this.#haltRequested = true;
  }

  async stepInstruction(): Promise<StopReason> {
    this.#refuseWhileRunning('step');
    this.#loaded();
    this.#core.proceed(true);
    this.#feedInput();
    let status = this.#trace ? this.#traceOne() : this.#core.stepOne();
    this.#seen = true;
    if (status === STATUS.outputFull) {
      this.#core.proceed(false);
      status = STATUS.running;
    }
    this.#flushConsole();
    return this.#stopReason(status) ?? { kind: 'step' };
  }

  async setBreakpoints(pcs: readonly number[]): Promise<void> {
    for (const pc of this.#breakpoints) this.#core.setBreakpoint(pc, false);
    this.#breakpoints = [...pcs];
    for (const pc of this.#breakpoints) this.#core.setBreakpoint(pc, true);
  }

  /**
   * Reports every executed instruction to `listener`, by a slower path of the simulator with the same cycles; null
   * ends it. Takes effect with the next run() or step.
   */
  trace(listener: ((retired: Retired) => void) | null): void {
    this.#trace = listener;
  }

  async state(): Promise<CoreState> {
    const core = this.#core;
    return {
      pc: core.pc(),
      sp: core.sp(),
      fp: core.fp(),
      handler: core.handler(),
      rsp: core.rsp(),
      cycles: Number(core.cycles()),
      instructions: Number(core.retired()),
      resumePending: core.resumePending() as 0 | 1 | 2,
      resume: this.#resumeWord(),
      interruptsEnabled: core.interruptsEnabled() === 1,
    };
  }

  #resumeWord(): Word {
    if (!this.#image) return UNBOUND_WORD;
    return { tag: this.#core.resumeTag(), payload: this.#core.resumePayload() };
  }

  async returnStack(): Promise<readonly ReturnEntry[]> {
    return this.#memories.returnStack();
  }

  async read(space: MemorySpace, address: number, count: number): Promise<readonly Word[]> {
    return this.#memories.read(space, address, count);
  }

  async write(space: MemorySpace, address: number, word: Word): Promise<void> {
    this.#refuseWhileRunning('write to its memories');
    this.#memories.write(space, address, word);
  }

  async statistics(): Promise<Statistics> {
    const core = this.#core;
    return {
      cycles: Number(core.cycles()),
      instructions: Number(core.retired()),
      maxStackWords: core.stackPeak(),
      heapPeakWords: core.heapPeak(),
    };
  }

  onConsole(listener: ((stream: ConsoleStream, bytes: Uint8Array) => void) | null): void {
    this.#console = listener;
  }

  /** Hands on what the program has written. */
  #flushConsole(): void {
    const count = this.#core.takeOutput();
    if (count === 0 || !this.#console) return;
    const entries = new Uint16Array(this.#core.memory.buffer, this.#core.OUTPUT.value as number, count);
    emitConsole(entries, this.#console);
  }

  async input(bytes: Uint8Array): Promise<void> {
    for (const byte of bytes) this.#input.push(byte);
    this.#feedInput();
  }

  #feedInput(): void {
    const count = Math.min(this.#input.length, this.#core.inputRoom());
    for (let i = 0; i < count; i++) this.#core.giveInput(this.#input[i]!);
    if (count > 0) this.#input = this.#input.slice(count);
  }

  async jumper(from: number, to: number): Promise<void> {
    checkJumper(from, to);
    this.#jumpers.push([from, to]);
    this.#core.wirePins(from, to);
  }

  async drivePin(pin: number, level: 0 | 1): Promise<void> {
    checkPin(pin);
    this.#core.drivePin(pin, level === 1);
  }

  async pins(): Promise<readonly (0 | 1)[]> {
    const levels = this.#core.padLevels();
    return Array.from({ length: PINS }, (_, pin) => ((levels >>> pin) & 1) as 0 | 1);
  }

  async snapshot(): Promise<Snapshot> {
    this.#refuseWhileRunning('take a snapshot');
    this.#loaded();
    const core = this.#core;
    core.save();
    const machine = new Uint8Array(core.memory.buffer, core.SAVED.value as number, this.#savedBytes());
    const bytes = new Uint8Array(machine.length + this.#input.length);
    bytes.set(machine);
    bytes.set(this.#input, machine.length);
    return { cycles: Number(core.cycles()), bytes };
  }

  async restore(snapshot: Snapshot): Promise<void> {
    this.#refuseWhileRunning('restore a snapshot');
    this.#loaded();
    const core = this.#core;
    const size = this.#savedBytes();
    if (snapshot.bytes.length < size) {
      throw new Error(`the snapshot has ${snapshot.bytes.length} bytes and this simulator's state has ${size}`);
    }
    new Uint8Array(core.memory.buffer).set(snapshot.bytes.subarray(0, size), core.SAVED.value as number);
    this.#input = [...snapshot.bytes.subarray(size)];
    core.restore();
    this.#seen = false;
    for (const pc of this.#breakpoints) core.setBreakpoint(pc, true);
  }

  #savedBytes(): number {
    return (this.#core.SAVED_END.value as number) - (this.#core.SAVED.value as number);
  }

  async dispose(): Promise<void> {
    this.#console = null;
    this.#trace = null;
    this.#image = undefined;
    this.#haltRequested = true;
  }
}
