/** The Verilog core as a {@link Target}: batches, stops, limits, console and pins over an {@link RtlSession}. */
import { CLOCK_HZ, CSR, type Image, PINS, UNBOUND_WORD, type Word } from '@pysm/isa';
import {
  BatchLength,
  type Capabilities,
  type ConsoleStream,
  type CoreState,
  checkJumper,
  checkLoadable,
  checkPin,
  checkWords,
  cycleLimit,
  emitConsole,
  eventLoopYield,
  type MemorySpace,
  type ReturnEntry,
  type RunOptions,
  type Snapshot,
  type Statistics,
  type StopReason,
  type Target,
  unpackReturnEntry,
  type Yield,
} from '@pysm/simulator';
import { CORE_STATUS, type RtlCore, SPACE, STATE } from './core.js';
import type { RtlChannel } from './protocol.js';
import { BOUNDARY_CYCLES, type Piece, RtlSession } from './session.js';

/** Bounds of a batch's length in cycles. */
const BATCH_MIN = 1000;
const BATCH_MAX = 5_000_000;

const SPACES: Readonly<Record<MemorySpace, number>> = {
  stack: SPACE.STACK,
  data: SPACE.DATA,
  globals: SPACE.GLOBALS,
};

export interface RtlOptions {
  /** How to give the event loop a turn; by default setImmediate or a message channel. */
  readonly yield?: Yield;
}

export class RtlTarget implements Target {
  readonly name = 'rtl';
  readonly clockHz = CLOCK_HZ;
  readonly capabilities: Capabilities = {
    breakpoints: Number.MAX_SAFE_INTEGER,
    snapshots: false,
    writable: true,
    jumpers: true,
    cycleExact: true,
  };

  readonly #session: RtlSession;
  readonly #core: RtlCore;
  readonly #yield: Yield;
  readonly #batch = new BatchLength(BATCH_MIN, BATCH_MAX);
  #image: Image | undefined;
  #jumpers: (readonly [from: number, to: number])[] = [];
  #console: ((stream: ConsoleStream, bytes: Uint8Array) => void) | null = null;
  #trace: ((records: Uint8Array) => void) | null = null;
  /** Breakpoints that were set while the program ran and are not in force yet. */
  #breakpoints: readonly number[] | undefined;
  #running = false;
  #haltRequested = false;
  #disposed = false;
  /** The program stopped at its present pc: a breakpoint there has been seen and is passed. */
  #seen = false;
  /** Cycle counter. */
  #cycles = 0n;
  /** Why the program stopped when something other than run() halted the core for a look at it. */
  #stopped: StopReason | undefined;
  /** Requests that belong together follow each other: the last of them all. */
  #last: Promise<unknown> = Promise.resolve();

  /** A target without an image. `channel`: a simulation of the Verilog, which is the target's own from now on. */
  constructor(channel: RtlChannel, options: RtlOptions = {}) {
    this.#session = new RtlSession(channel);
    this.#core = this.#session.core;
    this.#yield = options.yield ?? eventLoopYield();
  }

  /** Carries out what takes several requests, with none of others in between. */
  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }

  /**
   * As {@link #exclusive}, with a core that stands still: registers are not to change while they are read. A running
   * program notices nothing of it.
   */
  #inspect<T>(work: () => Promise<T>): Promise<T> {
    return this.#exclusive(async () => {
      if (!this.#session.isHalted) this.#stopped = await this.#take(await this.#session.halt());
      return work();
    });
  }

  async load(image: Image): Promise<void> {
    this.#refuseWhileRunning('load an image');
    checkLoadable(image, 'this core');
    this.#image = image;
    await this.#exclusive(() => this.#start(image));
  }

  async reset(): Promise<void> {
    this.#refuseWhileRunning('reset');
    const image = this.#loaded();
    await this.#exclusive(() => this.#start(image));
  }

  /** Jumpers and breakpoints are the host's and outlive a reset; levels that were driven and input do not. */
  async #start(image: Image): Promise<void> {
    await this.#session.load(image);
    for (const [from, to] of this.#jumpers) await this.#core.wire(from, to);
    this.#cycles = 0n;
    this.#seen = false;
    this.#stopped = undefined;
  }

  #loaded(): Image {
    if (!this.#image) throw new Error('no image is loaded: call load() first');
    return this.#image;
  }

  #refuseWhileRunning(what: string): void {
    if (this.#running) throw new Error(`the RTL is running: halt it to ${what}`);
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
      if (this.#disposed) this.#core.close();
    }
  }

  async #runBatches(limit: bigint): Promise<StopReason> {
    const ended = await this.#exclusive(() => this.#ended());
    if (ended) return ended;
    for (;;) {
      const start = performance.now();
      const reason = await this.#exclusive(() => this.#runBatch(limit));
      if (reason) return reason;
      this.#batch.adapt(performance.now() - start);
      await this.#yield();
    }
  }

  /** The end of a program that has ended. */
  async #ended(): Promise<StopReason | undefined> {
    const status = await this.#core.register(STATE.STATUS);
    const isEnd = status === CORE_STATUS.EXITED || status === CORE_STATUS.FAULTED;
    return isEnd ? this.#stopReason(status) : undefined;
  }

  /** Goes on for a batch; the reason if that ends the run. */
  async #runBatch(limit: bigint): Promise<StopReason | undefined> {
    const stopped = this.#stopped ?? (await this.#obey());
    this.#stopped = undefined;
    if (stopped) return stopped;
    const pass = this.#seen;
    this.#seen = false;
    const left = limit - this.#cycles;
    if (left <= BOUNDARY_CYCLES) return this.#stepTo(limit, pass);
    const batch = BigInt(this.#batch.cycles);
    const most = left - BigInt(BOUNDARY_CYCLES);
    return this.#take(await this.#session.run(batch < most ? batch : most, pass));
  }

  /** Halts where halt() was called, and for new breakpoints; the reason if that ends the run. */
  async #obey(): Promise<StopReason | undefined> {
    if (!this.#haltRequested && !this.#breakpoints) return undefined;
    const reason = this.#session.isHalted ? undefined : await this.#take(await this.#session.halt());
    if (this.#breakpoints) await this.#session.setBreakpoints(this.#breakpoints);
    this.#breakpoints = undefined;
    return reason ?? (this.#haltRequested ? { kind: 'halted' } : undefined);
  }

  /** The last cycles to the limit one instruction at a time: the program stops at the first boundary at or behind it. */
  async #stepTo(limit: bigint, pass: boolean): Promise<StopReason> {
    if (!this.#session.isHalted) {
      const reason = await this.#take(await this.#session.halt());
      if (reason) return reason;
    }
    for (let passes = pass; this.#cycles < limit; passes = false) {
      const reason = await this.#take(await this.#session.step(passes));
      if (reason) return reason;
    }
    return { kind: 'cycle-limit' };
  }

  /** Hands on what a piece brought; the reason if the program stopped by itself. */
  async #take(piece: Piece): Promise<StopReason | undefined> {
    this.#cycles += BigInt(piece.ticks);
    if (this.#console) emitConsole(piece.console, this.#console);
    if (this.#trace && piece.trace.length > 0) this.#trace(piece.trace);
    return this.#stopReason(piece.status);
  }

  async #stopReason(status: number): Promise<StopReason | undefined> {
    const register = (number: number) => this.#core.register(number);
    switch (status) {
      case CORE_STATUS.EXITED: {
        const [value] = await this.#core.read(SPACE.STATE, STATE.RR, 1);
        return { kind: 'exited', code: await register(STATE.EXIT_CODE), value: value! };
      }
      case CORE_STATUS.FAULTED: {
        const fault = await register(STATE.FAULT_CODE);
        const [detail] = await this.#core.read(SPACE.STATE, STATE.FAULT_DETAIL, 1);
        // Signed 32 bits, as the simulator gives it.
        return {
          kind: 'fault',
          fault,
          pc: await register(STATE.PC),
          detail: Number(BigInt.asIntN(32, detail!.payload)),
        };
      }
      case CORE_STATUS.BREAK_INSTRUCTION:
        return { kind: 'break-instruction', pc: await register(STATE.PC) };
      case CORE_STATUS.BREAKPOINT:
        return { kind: 'breakpoint', pc: await register(STATE.PC) };
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
    return this.#exclusive(async () => {
      const ended = await this.#ended();
      if (ended) return ended;
      this.#seen = true;
      return (await this.#take(await this.#session.step(true))) ?? { kind: 'step' };
    });
  }

  /** Set while the program runs, they are in force from the next batch on. */
  async setBreakpoints(pcs: readonly number[]): Promise<void> {
    if (this.#running) this.#breakpoints = [...pcs];
    else await this.#exclusive(() => this.#session.setBreakpoints(pcs));
  }

  /**
   * Gives `listener` the retire records and write beats of what is executed, for a TraceReader, in whole records; null
   * ends it. Takes effect with the next run() or step.
   */
  async trace(listener: ((records: Uint8Array) => void) | null): Promise<void> {
    this.#trace = listener;
    await this.#core.mode({ trace: listener !== null });
  }

  state(): Promise<CoreState> {
    return this.#inspect(async () => {
      const words = await this.#core.read(SPACE.STATE, 0, STATE.INSTRET + 1);
      const [enabled] = await this.#core.read(SPACE.CSR, CSR.IE, 1);
      const register = (number: number) => Number(BigInt.asUintN(64, words[number]!.payload));
      return {
        pc: register(STATE.PC),
        sp: register(STATE.SP),
        fp: register(STATE.FP),
        handler: register(STATE.H),
        rsp: register(STATE.RSP),
        cycles: register(STATE.CYCLE),
        instructions: register(STATE.INSTRET),
        resumePending: register(STATE.RRV) as 0 | 1 | 2,
        resume: this.#image ? words[STATE.RR]! : UNBOUND_WORD,
        interruptsEnabled: enabled!.payload !== 0n,
      };
    });
  }

  returnStack(): Promise<readonly ReturnEntry[]> {
    return this.#inspect(async () => {
      const count = await this.#core.register(STATE.RSP);
      const entries = await this.#core.read(SPACE.RETURN_STACK, 0, count);
      return entries.map(({ payload }) => unpackReturnEntry(payload)).reverse();
    });
  }

  async read(space: MemorySpace, address: number, count: number): Promise<readonly Word[]> {
    checkWords(space, address, count);
    return this.#inspect(() => this.#core.read(SPACES[space], address, count));
  }

  async write(space: MemorySpace, address: number, word: Word): Promise<void> {
    this.#refuseWhileRunning('write to its memories');
    checkWords(space, address, 1);
    await this.#exclusive(() => this.#core.write(SPACES[space], address, [word]));
  }

  statistics(): Promise<Statistics> {
    return this.#inspect(async () => {
      const [peak] = await this.#core.read(SPACE.CSR, CSR.HPEAK, 1);
      return {
        cycles: await this.#core.register(STATE.CYCLE),
        instructions: await this.#core.register(STATE.INSTRET),
        maxStackWords: await this.#core.register(STATE.SP_PEAK),
        heapPeakWords: Number(peak!.payload),
      };
    });
  }

  onConsole(listener: ((stream: ConsoleStream, bytes: Uint8Array) => void) | null): void {
    this.#console = listener;
  }

  async input(bytes: Uint8Array): Promise<void> {
    await this.#core.input(bytes);
  }

  async jumper(from: number, to: number): Promise<void> {
    checkJumper(from, to);
    this.#jumpers.push([from, to]);
    await this.#core.wire(from, to);
  }

  async drivePin(pin: number, level: 0 | 1): Promise<void> {
    checkPin(pin);
    await this.#core.drive(pin, level);
  }

  async pins(): Promise<readonly (0 | 1)[]> {
    const levels = await this.#core.pins();
    return Array.from({ length: PINS }, (_, pin) => ((levels >>> pin) & 1) as 0 | 1);
  }

  async snapshot(): Promise<Snapshot> {
    throw new Error('the RTL takes no snapshots: its capabilities say so');
  }

  async restore(_snapshot: Snapshot): Promise<void> {
    throw new Error('the RTL restores no snapshots: its capabilities say so');
  }

  async dispose(): Promise<void> {
    this.#console = null;
    this.#trace = null;
    this.#image = undefined;
    this.#haltRequested = true;
    this.#disposed = true;
    // A run that is under way ends first, or its next request would find the channel closed.
    if (!this.#running) this.#core.close();
  }
}
