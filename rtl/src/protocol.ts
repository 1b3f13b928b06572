/**
 * Requests to the harness and its answers as bytes: the host's side of harness/protocol.h. All numbers are
 * little-endian; an answer starts with its status and a 0.
 */
import type { Word } from '@pysm/isa';

/** What carries requests to a simulation of the Verilog, and its answers back, in order. */
export interface RtlChannel {
  /** The answer belongs to the caller: nothing overwrites it. A later request may be sent before it is there. */
  exchange(request: Uint8Array): Uint8Array | Promise<Uint8Array>;
  /** Ends the simulation. */
  close(): void;
}

export const COMMAND = {
  RESET: 0,
  READ: 1,
  WRITE: 2,
  FILL: 3,
  CONTROL: 4,
  MODE: 5,
  RUN: 6,
  DRIVE: 7,
  WIRE: 8,
  INPUT: 9,
  PINS: 10,
} as const;

/** Bytes of a word in a request or an answer: payload, tag, seven bytes of 0. */
const CELL_BYTES = 16;
/** Bytes of an answer before its content. */
const ANSWER_HEAD = 8;

const FAILURES: Readonly<Record<number, string>> = {
  1: 'the request is malformed: harness and host are of different versions; build both again',
  2: 'the debug bus of the core does not answer: this is a defect of the Verilog',
};

/** Puts a request together. */
export class Request {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  /** `extra`: bytes beyond the command and four numbers. */
  constructor(command: number, extra = 0) {
    this.#bytes = new Uint8Array(20 + extra);
    this.#view = new DataView(this.#bytes.buffer);
    this.u32(command);
  }

  u32(value: number): this {
    this.#view.setUint32(this.#at, value, true);
    this.#at += 4;
    return this;
  }

  u64(value: bigint): this {
    this.#view.setBigUint64(this.#at, value, true);
    this.#at += 8;
    return this;
  }

  cell(word: Word): this {
    this.#view.setBigInt64(this.#at, word.payload, true);
    this.#view.setUint8(this.#at + 8, word.tag);
    this.#at += CELL_BYTES;
    return this;
  }

  bytes(bytes: Uint8Array): this {
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
    return this;
  }

  /** Bytes to allow for `count` words. */
  static cells(count: number): number {
    return count * CELL_BYTES;
  }

  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }
}

/** Takes an answer apart; its constructor throws an Error where the harness refused the request. */
export class Answer {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = ANSWER_HEAD;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const status = this.#view.getUint32(0, true);
    if (status !== 0) throw new Error(FAILURES[status] ?? `the RTL harness reports status ${status}`);
  }

  u32(): number {
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4, true);
  }

  u64(): number {
    this.#at += 8;
    return Number(this.#view.getBigUint64(this.#at - 8, true));
  }

  cell(): Word {
    this.#at += CELL_BYTES;
    const at = this.#at - CELL_BYTES;
    return { tag: this.#view.getUint8(at + 8), payload: this.#view.getBigInt64(at, true) };
  }

  /** `count` numbers of 16 bits, and what fills them up to a multiple of eight bytes. */
  u16s(count: number): Uint16Array {
    const values = Uint16Array.from({ length: count }, (_, i) => this.#view.getUint16(this.#at + 2 * i, true));
    this.#at = (this.#at + 2 * count + 7) & ~7;
    return values;
  }

  bytes(count: number): Uint8Array {
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }
}
