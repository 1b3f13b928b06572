/**
 * A program on the core in the steps of a debugger: load, go on, halt, single step. What runs it, and when it stops, is
 * the caller's; target.ts makes a Target of it, and a comparison with another core takes its pieces of trace.
 */
import type { Image } from '@pysm/isa';
import { BREAKPOINT_BIT, CONTROL, CORE_STATUS, RtlCore, RUN_END, SPACE, STATE } from './core.js';
import { loadImage } from './image.js';
import type { RtlChannel } from './protocol.js';

/** What happened since the last piece. */
export interface Piece {
  /** One of CORE_STATUS: RUNNING, or why the core stands still. */
  readonly status: number;
  /** Core cycles that passed. */
  readonly ticks: number;
  /** Clock cycles simulated. */
  readonly clocks: number;
  /** Bytes that the program wrote: stream * 256 + byte. */
  readonly console: Uint16Array;
  /** Whole retire records, for a TraceReader; empty unless tracing. */
  readonly trace: Uint8Array;
}

/** Cycles within which a core that is asked to halt, or to execute one instruction, has done so: no instruction and no entry takes as many. */
export const BOUNDARY_CYCLES = 64;
/** Cycles to wait for that at most, before it is a defect. */
const HALT_LIMIT = 10_000n;

export class RtlSession {
  readonly core: RtlCore;
  #image: Image | undefined;
  #breakpoints: ReadonlySet<number> = new Set();
  #halted = true;
  /** A breakpoint or BRK at the present pc stopped the core: going on passes it. */
  #seen = false;

  constructor(channel: RtlChannel) {
    this.core = new RtlCore(channel);
  }

  /** Whether the core stands still. */
  get isHalted(): boolean {
    return this.#halted;
  }

  /** Resets the core and loads an image, which must have passed checkImage(). Breakpoints stay, jumpers and input go. */
  async load(image: Image): Promise<void> {
    await this.core.reset();
    await loadImage(this.core, image);
    this.#image = image;
    this.#halted = true;
    this.#seen = false;
    await this.#mark(this.#breakpoints, true);
  }

  /** Replaces all breakpoints; the core must stand still. */
  async setBreakpoints(pcs: Iterable<number>): Promise<void> {
    const wanted = new Set(pcs);
    await this.#mark(
      [...this.#breakpoints].filter((pc) => !wanted.has(pc)),
      false,
    );
    await this.#mark(
      [...wanted].filter((pc) => !this.#breakpoints.has(pc)),
      true,
    );
    this.#breakpoints = wanted;
  }

  async #mark(pcs: Iterable<number>, set: boolean): Promise<void> {
    const code = this.#image?.code;
    if (!code) return;
    for (const pc of pcs) {
      if (pc < 0 || pc >= code.length) continue;
      const payload = BigInt(code[pc]!) | (BigInt(set) << BREAKPOINT_BIT);
      await this.core.write(SPACE.CODE, pc, [{ tag: 0, payload }]);
    }
  }

  /**
   * Lets the core go on for about `ticks` cycles, fewer where it writes or retires much. It is then still running unless
   * it stopped by itself. `pass`: a breakpoint or BRK at the present pc does not stop it, which is so anyway where it did.
   */
  async run(ticks: bigint, pass = false): Promise<Piece> {
    if (this.#halted) await this.#go(CONTROL.RESUME, pass);
    return this.#piece(ticks);
  }

  /** Stops the core at the next boundary of instructions. */
  async halt(): Promise<Piece> {
    if (!this.#halted) await this.core.control(CONTROL.HALT);
    return this.#stop();
  }

  /** Executes one instruction, or enters one trap or interrupt. `pass` as in {@link run}. */
  async step(pass = false): Promise<Piece> {
    await this.#go(CONTROL.STEP, pass);
    return this.#stop();
  }

  async #go(how: number, pass: boolean): Promise<void> {
    await this.core.control(how | (pass || this.#seen ? CONTROL.PASS : 0));
    this.#halted = false;
    this.#seen = false;
  }

  async #stop(): Promise<Piece> {
    const piece = await this.#piece(HALT_LIMIT);
    if (!this.#halted) throw new Error('the core does not halt: this is a defect of the Verilog');
    return piece;
  }

  async #piece(ticks: bigint): Promise<Piece> {
    const { end, console, trace, ticks: passed, clocks } = await this.core.run(ticks);
    this.#halted = end === RUN_END.HALTED;
    const status = this.#halted ? await this.core.register(STATE.STATUS) : CORE_STATUS.RUNNING;
    this.#seen = status === CORE_STATUS.BREAKPOINT || status === CORE_STATUS.BREAK_INSTRUCTION;
    return { status, ticks: passed, clocks, console, trace };
  }
}
