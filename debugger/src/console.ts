/** The program's console on its way to people: bytes to text, in pieces of a sensible size, the two streams in order. */
import type { ConsoleStream } from '@pysm/simulator';

/** Time that output may wait for more, ms. */
const DELAY = 10;
/** Characters at which it does not wait. */
const LIMIT = 8192;

export class ConsoleBuffer {
  readonly #emit: (stream: ConsoleStream, text: string) => void;
  readonly #decoder = new TextDecoder();
  #standard = '';
  readonly #errorBytes: Uint8Array[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(emit: (stream: ConsoleStream, text: string) => void) {
    this.#emit = emit;
  }

  /**
   * Takes bytes from the target. Those of the error stream wait for {@link takeErrors}: the runtime writes the last line
   * of a traceback before it halts, and the lines above it come from here.
   */
  write(stream: ConsoleStream, bytes: Uint8Array): void {
    if (stream === 'stderr') {
      this.#errorBytes.push(bytes.slice());
      return;
    }
    this.#standard += this.#decoder.decode(bytes, { stream: true });
    if (this.#standard.length >= LIMIT) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), DELAY);
  }

  /** Sends the standard output that waits. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#standard;
    this.#standard = '';
    if (text !== '') this.#emit('stdout', text);
  }

  /** The error output so far, which is then forgotten here. */
  takeErrors(): string {
    const decoder = new TextDecoder();
    const text = this.#errorBytes.map((bytes) => decoder.decode(bytes, { stream: true })).join('') + decoder.decode();
    this.#errorBytes.length = 0;
    return text;
  }
}
