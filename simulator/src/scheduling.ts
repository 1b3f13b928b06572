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
