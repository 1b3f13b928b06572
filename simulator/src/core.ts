/** The WebAssembly module of the simulator, as TypeScript sees it. See assembly/index.ts and assembly/layout.ts. */

/** What assembly/index.ts exports. Memories are addresses in linear memory. */
export interface CoreExports {
  readonly memory: WebAssembly.Memory;
  readonly CODE: WebAssembly.Global;
  readonly DATA: WebAssembly.Global;
  readonly DISPATCH: WebAssembly.Global;
  readonly GLOBALS: WebAssembly.Global;
  readonly IVEC: WebAssembly.Global;
  readonly OUTPUT: WebAssembly.Global;
  readonly RETURNS: WebAssembly.Global;
  readonly SAVED: WebAssembly.Global;
  readonly SAVED_END: WebAssembly.Global;
  readonly STACK: WebAssembly.Global;
  readonly TROW: WebAssembly.Global;
  readonly VECTORS: WebAssembly.Global;
  initialize(): void;
  start(codeWords: number, entry: number, entryFrame: number, heapBase: number): void;
  run(until: bigint): number;
  stepOne(): number;
  proceed(pass: boolean): void;
  setBreakpoint(pc: number, set: boolean): void;
  drivePin(pin: number, high: boolean): void;
  wirePins(from: number, to: number): void;
  padLevels(): number;
  inputRoom(): number;
  giveInput(byte: number): void;
  takeOutput(): number;
  save(): void;
  restore(): void;
  pc(): number;
  sp(): number;
  fp(): number;
  handler(): number;
  rsp(): number;
  cycles(): bigint;
  retired(): bigint;
  resumePending(): number;
  resumeTag(): number;
  resumePayload(): bigint;
  passedPc(): number;
  interruptsEnabled(): number;
  exitCode(): number;
  faultCode(): number;
  faultDetail(): number;
  stackPeak(): number;
  heapPeak(): number;
  overflowing(): number;
  vector(): number;
  control(k: number): bigint;
}

/** Status numbers of the run loop, as in assembly/state.ts. */
export const STATUS = {
  running: 0,
  exited: 1,
  faulted: 2,
  breakInstruction: 3,
  breakpoint: 4,
  outputFull: 5,
  limitReached: 6,
} as const;

/** Bytes of a word's cell (payload at 0, tag at 8) and of a dispatch entry (attribute, kind, slot, value cell at 16). */
export const CELL_BYTES = 16;
export const DISPATCH_BYTES = 32;

/** Instantiates the module. `wasm` is its bytes or a module that was compiled before. */
export async function instantiate(wasm: Uint8Array | WebAssembly.Module): Promise<CoreExports> {
  const imports: WebAssembly.Imports = {
    env: {
      abort: () => {
        throw new Error('the simulator core aborted: this is a defect of the simulator');
      },
    },
  };
  const instance =
    wasm instanceof WebAssembly.Module
      ? await WebAssembly.instantiate(wasm, imports)
      : (await WebAssembly.instantiate(wasm as BufferSource, imports)).instance;
  const core = instance.exports as unknown as CoreExports;
  core.initialize();
  return core;
}
