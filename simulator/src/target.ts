/**
 * The Target interface: everything a debugger, the command line or a test may ask of something that runs PySM images.
 * Simulator, RTL and board implement it; what one of them cannot do is said in its {@link Capabilities}, never found out
 * by a failing call.
 *
 * Cycles and addresses are numbers (a run of 2**53 cycles lasts years). All calls are asynchronous because a target may
 * be a worker or a board.
 */
import type { Image, Word } from '@pysm/isa';

export interface Capabilities {
  /** Most breakpoints at once. */
  readonly breakpoints: number;
  readonly snapshots: boolean;
  /** Memory and registers can be written while halted. */
  readonly writable: boolean;
  readonly jumpers: boolean;
  /** Every cycle count is exact to the instruction table. */
  readonly cycleExact: boolean;
}

export type StopReason =
  | { readonly kind: 'breakpoint'; readonly pc: number }
  | { readonly kind: 'step' }
  /** halt() was called. */
  | { readonly kind: 'halted' }
  /** A BRK instruction of the program. */
  | { readonly kind: 'break-instruction'; readonly pc: number }
  /** HALT: the program ended. `value` is RR. */
  | { readonly kind: 'exited'; readonly code: number; readonly value: Word }
  | { readonly kind: 'cycle-limit' }
  /** The core stopped by itself; `fault` is one of FAULT. */
  | { readonly kind: 'fault'; readonly fault: number; readonly pc: number; readonly detail: number };

export interface CoreState {
  readonly pc: number;
  readonly sp: number;
  readonly fp: number;
  /** Handler descriptor address, 0 = none. */
  readonly handler: number;
  /** Return-stack entries in use. */
  readonly rsp: number;
  readonly cycles: number;
  readonly instructions: number;
  /** Pending trap result: 0 none, 1 value, 2 throw. */
  readonly resumePending: 0 | 1 | 2;
  readonly resume: Word;
  readonly interruptsEnabled: boolean;
}

/** Return-stack entry, the top first. */
export interface ReturnEntry {
  readonly pc: number;
  readonly fp: number;
  readonly handler: number;
  /** One of ENTRY_KIND. */
  readonly kind: number;
  readonly drop: boolean;
  readonly hole: boolean;
}

export interface RunOptions {
  /** Stop with `cycle-limit` once the cycle counter reaches this value. */
  readonly untilCycle?: number;
}

export interface Statistics {
  readonly cycles: number;
  readonly instructions: number;
  /** Highest SP so far. */
  readonly maxStackWords: number;
  /** Highest number of heap words in use so far. */
  readonly heapPeakWords: number;
}

/** A complete state of the target; opaque to everyone else. */
export interface Snapshot {
  readonly cycles: number;
  readonly bytes: Uint8Array;
}

/** Memories that a debugger may read and write. */
export type MemorySpace = 'stack' | 'data' | 'globals';

export type ConsoleStream = 'stdout' | 'stderr';

export interface Target {
  readonly name: string;
  readonly clockHz: number;
  readonly capabilities: Capabilities;

  /** Loads an image and resets the core; an image that does not fit or is of another version is refused with an Error that says why. */
  load(image: Image): Promise<void>;
  /** Back to the state after load(). */
  reset(): Promise<void>;

  /** Runs until something stops it. */
  run(options?: RunOptions): Promise<StopReason>;
  /** Asks a running target to stop; run() then resolves with `halted`. */
  halt(): void;
  /** Executes one instruction (a trap's entry counts as its own). */
  stepInstruction(): Promise<StopReason>;
  /** Replaces all breakpoints. They fire before the instruction at the pc issues, and not on a re-issue after a trap. */
  setBreakpoints(pcs: readonly number[]): Promise<void>;

  state(): Promise<CoreState>;
  returnStack(): Promise<readonly ReturnEntry[]>;
  read(space: MemorySpace, address: number, count: number): Promise<readonly Word[]>;
  write(space: MemorySpace, address: number, word: Word): Promise<void>;
  statistics(): Promise<Statistics>;

  /** Bytes that the program writes, in order. One listener; null removes it. */
  onConsole(listener: ((stream: ConsoleStream, bytes: Uint8Array) => void) | null): void;
  /** Bytes for the UART receiver. */
  input(bytes: Uint8Array): Promise<void>;
  /** Joins two pins (an output and an input) by a wire. */
  jumper(from: number, to: number): Promise<void>;
  /** Drives an input pin from outside, from the present cycle on. */
  drivePin(pin: number, level: 0 | 1): Promise<void>;
  /** Level that the world sees on each pin. */
  pins(): Promise<readonly (0 | 1)[]>;

  snapshot(): Promise<Snapshot>;
  restore(snapshot: Snapshot): Promise<void>;
  dispose(): Promise<void>;
}
