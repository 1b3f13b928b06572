/**
 * What a command may do with its surroundings: two text streams and a working directory. Commands get it as an argument,
 * so that tests run them in the same process.
 */
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface Terminal {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** Writes one line, or several. */
export function writeLine(stream: Writable, text: string): void {
  stream.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Writes chunk after chunk, each when the stream is done with the one before: a slow reader costs no memory. */
export async function writeChunks(stream: Writable, chunks: Iterable<Uint8Array>): Promise<void> {
  await pipeline(Readable.from(chunks), stream, { end: false });
}

/** Writes `value` as indented JSON. */
export function writeJson(stream: Writable, value: unknown): void {
  stream.write(`${JSON.stringify(value, null, 2)}\n`);
}

/**
 * A reader that went away (`pysm asm x.py | head -1`) ends the command quietly: the output is not wanted any more.
 */
export function endQuietlyOnBrokenPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      process.exit(1);
    });
  }
}
