/** Giving the event loop a turn between batches, so that halt(), input and the debugger's requests get through. */

/** Resolves after everything that waits in the event loop has had its turn. */
export type Yield = () => Promise<void>;

/** Node's setImmediate where there is one, a message channel elsewhere (timers are clamped to milliseconds there). */
export function eventLoopYield(): Yield {
  const { setImmediate } = globalThis as { setImmediate?: (callback: () => void) => unknown };
  if (setImmediate) return () => new Promise((resolve) => setImmediate(resolve));
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      channel.port2.postMessage(null);
    });
}

/** Time that a batch should take, ms. */
const BATCH_MS = 8;

/** Length of the batches, in cycles, in which a simulation runs: short enough to answer a halt, long enough not to matter. */
export class BatchLength {
  readonly #least: number;
  readonly #most: number;
  #cycles: number;

  constructor(least: number, most: number) {
    this.#least = least;
    this.#most = most;
    this.#cycles = least;
  }

  get cycles(): number {
    return this.#cycles;
  }

  /** Fits the length to the time that a batch took, in ms. */
  adapt(elapsed: number): void {
    if (elapsed < BATCH_MS / 2) this.#cycles = Math.min(this.#most, this.#cycles * 2);
    else if (elapsed > BATCH_MS * 2) this.#cycles = Math.max(this.#least, Math.floor(this.#cycles / 2));
  }
}

/** A cycle limit of RunOptions, as the cycle counter counts; none is one that no run reaches. */
export const cycleLimit = (untilCycle: number | undefined): bigint =>
  untilCycle === undefined || untilCycle >= Number.MAX_SAFE_INTEGER
    ? 2n ** 62n
    : BigInt(Math.max(0, Math.ceil(untilCycle)));
