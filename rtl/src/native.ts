/** The harness as a process (harness/native.cc), as a channel: requests and answers behind their lengths over pipes. */
import type { ChildProcess } from 'node:child_process';
import type { RtlChannel } from './protocol.js';

/** Bytes of the length before a request or an answer. */
const LENGTH_BYTES = 4;

interface Waiting {
  resolve(answer: Uint8Array): void;
  reject(error: Error): void;
}

export class NativeChannel implements RtlChannel {
  readonly #process: ChildProcess;
  /** Requests without an answer yet, the oldest first. */
  #waiting: Waiting[] = [];
  #failure: Error | undefined;
  /** The answer that is coming in, its length first. */
  #answer = new Uint8Array(LENGTH_BYTES);
  #filled = 0;
  #isLength = true;

  constructor(process: ChildProcess) {
    this.#process = process;
    process.stdout!.on('data', (chunk: Uint8Array) => this.#take(chunk));
    process.stdin!.on('error', (error) => this.#fail(error));
    process.on('error', (error) => this.#fail(error));
    process.on('exit', (code, signal) => this.#fail(new Error(`the RTL process has ended (${signal ?? code})`)));
  }

  exchange(request: Uint8Array): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      this.#waiting.push({ resolve, reject });
      const length = new Uint8Array(LENGTH_BYTES);
      new DataView(length.buffer).setUint32(0, request.length, true);
      this.#process.stdin!.write(length);
      this.#process.stdin!.write(request);
    });
  }

  #take(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      const count = Math.min(chunk.length - at, this.#answer.length - this.#filled);
      this.#answer.set(chunk.subarray(at, at + count), this.#filled);
      this.#filled += count;
      at += count;
      if (this.#filled === this.#answer.length) this.#complete();
    }
  }

  #complete(): void {
    const whole = this.#answer;
    this.#filled = 0;
    this.#isLength = !this.#isLength;
    if (this.#isLength) {
      this.#answer = new Uint8Array(LENGTH_BYTES);
      this.#waiting.shift()?.resolve(whole);
    } else {
      this.#answer = new Uint8Array(new DataView(whole.buffer).getUint32(0, true));
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { reject } of waiting) reject(this.#failure);
  }

  close(): void {
    this.#failure ??= new Error('the RTL process was closed');
    this.#process.stdin!.end();
    this.#process.kill();
  }
}
