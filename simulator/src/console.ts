/** The console of a core: bytes of two streams in the order in which the program wrote them. */
import type { ConsoleStream } from './target.js';

const STREAMS: readonly ConsoleStream[] = ['stdout', 'stderr'];

/** Hands on entries of the form stream * 256 + byte, in pieces of one stream each. */
export function emitConsole(entries: Uint16Array, listener: (stream: ConsoleStream, bytes: Uint8Array) => void): void {
  for (let start = 0; start < entries.length; ) {
    const stream = entries[start]! >> 8;
    let end = start;
    while (end < entries.length && entries[end]! >> 8 === stream) end++;
    listener(
      STREAMS[stream]!,
      Uint8Array.from(entries.subarray(start, end), (entry) => entry & 0xff),
    );
    start = end;
  }
}
