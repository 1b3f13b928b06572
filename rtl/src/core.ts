/**
 * The core behind the harness, one method a command: debug bus, clock, pins, UART. It knows the debug bus's map and no
 * program image. The same over WebAssembly and over the native process.
 */
import type { Word } from '@pysm/isa';
import { Answer, COMMAND, Request, type RtlChannel } from './protocol.js';

/** Spaces of the debug bus. */
export const SPACE = {
  STATE: 0,
  /** Bits 31:0 the instruction, bit 32 a breakpoint. */ CODE: 1,
  DATA: 2,
  STACK: 3,
  RETURN_STACK: 4,
  GLOBALS: 5,
  DISPATCH_VALUE: 6,
  /** See {@link DISPATCH_KEY}. */ DISPATCH_KEY: 7,
  VECTORS: 8,
  /** By their number in the instruction set. */ CSR: 9,
} as const;

/** Bit of a code word that makes it a breakpoint. */
export const BREAKPOINT_BIT = 32n;

/** Payload of a dispatch entry's key. */
export const DISPATCH_KEY = { attribute: [0, 12], kind: [12, 4], slot: [16, 12] } as const;

/** State registers. All but STATUS can be written while the core is halted. */
export const STATE = {
  CONTROL: 0,
  STATUS: 1,
  PC: 2,
  SP: 3,
  FP: 4,
  H: 5,
  RSP: 6,
  RR: 7,
  RRV: 8,
  CYCLE: 9,
  INSTRET: 10,
  EXIT_CODE: 11,
  FAULT_CODE: 12,
  FAULT_DETAIL: 13,
  CODE_WORDS: 14,
  HBASE: 15,
  OVERFLOW: 16,
  SP_PEAK: 17,
  /** Bit 16: bits 15:0 are a pc whose breakpoint is passed over once. */ PASS_PC: 18,
} as const;

/** Bits of the CONTROL register. */
export const CONTROL = { HALT: 1, RESUME: 2, STEP: 4, PASS: 8 } as const;

/** Values of the STATUS register. */
export const CORE_STATUS = {
  RUNNING: 0,
  EXITED: 1,
  FAULTED: 2,
  BREAK_INSTRUCTION: 3,
  BREAKPOINT: 4,
  /** By request, or after a reset. */ HALTED: 5,
  STEPPED: 6,
} as const;

/** Why {@link RtlCore.run} returned. */
export const RUN_END = {
  HALTED: 0,
  /** The cycles asked for have passed. */ TICKS: 1,
  TRACE_FULL: 2,
  CONSOLE_FULL: 3,
} as const;

/** End of a run whose core neither halts nor counts: a defect of the Verilog, reported as an Error. */
const RUN_STUCK = 4;

export interface RunResult {
  /** One of {@link RUN_END}. */
  readonly end: number;
  /** Core cycles that passed since the last run, those in accesses to a running core included. */
  readonly ticks: number;
  /** Clock cycles simulated since then: more than the ticks by those in which the core was halted or filled its pipeline. */
  readonly clocks: number;
  /** Bytes that the program wrote: stream * 256 + byte. */
  readonly console: Uint16Array;
  /** Retire records since the last run, for a TraceReader; empty unless tracing. */
  readonly trace: Uint8Array;
}

export interface CoreMode {
  /** Collect retire records and write beats. */
  readonly trace: boolean;
  /** Evaluate both clock phases apart, which is slower and must make no difference. WebAssembly only. */
  readonly twoPhase?: boolean;
  /** Something is always being read over the debug bus while the core runs; that must change nothing. */
  readonly reading?: boolean;
}

/** Trace bytes after which a run returns, where the caller does not say. */
const TRACE_LIMIT = 4 * 1024 * 1024;

export class RtlCore {
  readonly #channel: RtlChannel;

  constructor(channel: RtlChannel) {
    this.#channel = channel;
  }

  async #ask(request: Request): Promise<Answer> {
    return new Answer(await this.#channel.exchange(request.finish()));
  }

  /**
   * Pulses reset: the core is halted, its registers and devices are those of reset, jumpers, drivers and input are gone.
   * Memories keep their contents.
   */
  async reset(): Promise<void> {
    await this.#ask(new Request(COMMAND.RESET));
  }

  /** `count` words of a {@link SPACE} from `address`. */
  async read(space: number, address: number, count: number): Promise<Word[]> {
    const answer = await this.#ask(new Request(COMMAND.READ).u32(space).u32(address).u32(count));
    return Array.from({ length: count }, () => answer.cell());
  }

  /** Writes words to a {@link SPACE} from `address` on. The core must be halted. */
  async write(space: number, address: number, words: readonly Word[]): Promise<void> {
    if (words.length === 0) return;
    const request = new Request(COMMAND.WRITE, Request.cells(words.length));
    request.u32(space).u32(address).u32(words.length);
    for (const word of words) request.cell(word);
    await this.#ask(request);
  }

  /** Writes the same word `count` times. The core must be halted. */
  async fill(space: number, address: number, count: number, word: Word): Promise<void> {
    await this.#ask(new Request(COMMAND.FILL, Request.cells(1)).u32(space).u32(address).u32(count).cell(word));
  }

  /** A state register's payload, unsigned. */
  async register(number: number): Promise<number> {
    const [word] = await this.read(SPACE.STATE, number, 1);
    return Number(BigInt.asUintN(64, word!.payload));
  }

  /** Writes CONTROL: bits of {@link CONTROL}. A core that this starts runs once {@link run} clocks it. */
  async control(bits: number): Promise<void> {
    const starts = (bits & (CONTROL.RESUME | CONTROL.STEP)) !== 0;
    await this.#ask(new Request(COMMAND.CONTROL).u32(bits).u32(starts ? 1 : 0));
  }

  async mode({ trace, twoPhase = false, reading = false }: CoreMode): Promise<void> {
    await this.#ask(new Request(COMMAND.MODE).u32((trace ? 1 : 0) | (twoPhase ? 2 : 0) | (reading ? 4 : 0)));
  }

  /**
   * Clocks a core that has been started until it halts, at most `ticks` core cycles. It then still runs, and another call
   * goes on. Returns earlier where console or trace (`traceLimit` bytes) is full.
   */
  async run(ticks: bigint, traceLimit = TRACE_LIMIT): Promise<RunResult> {
    const answer = await this.#ask(new Request(COMMAND.RUN).u64(ticks).u32(traceLimit));
    const end = answer.u32();
    const consoleEntries = answer.u32();
    const passed = answer.u64();
    const clocks = answer.u64();
    const traceBytes = answer.u32();
    answer.u32();
    const console = answer.u16s(consoleEntries);
    if (end === RUN_STUCK) {
      throw new Error('the core neither halts nor counts cycles: this is a defect of the Verilog');
    }
    return { end, ticks: passed, clocks, console, trace: answer.bytes(traceBytes) };
  }

  /** Drives an input pin from outside from now on. */
  async drive(pin: number, level: 0 | 1): Promise<void> {
    await this.#ask(new Request(COMMAND.DRIVE).u32(pin).u32(level));
  }

  /** Joins two pins by a wire. */
  async wire(from: number, to: number): Promise<void> {
    await this.#ask(new Request(COMMAND.WIRE).u32(from).u32(to));
  }

  /** Bytes for the UART line. */
  async input(bytes: Uint8Array): Promise<void> {
    if (bytes.length > 0) await this.#ask(new Request(COMMAND.INPUT, bytes.length).u32(bytes.length).bytes(bytes));
  }

  /** Levels at the pads, one bit a pin. */
  async pins(): Promise<number> {
    return (await this.#ask(new Request(COMMAND.PINS))).u32();
  }

  close(): void {
    this.#channel.close();
  }
}
