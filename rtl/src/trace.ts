/**
 * The binary trace: one record for each event of the core's retire port, each followed by the write beats that belong to
 * it. The harness (harness/trace.h) writes it, from either simulation of the Verilog; {@link TraceReader} reads it.
 *
 * All numbers are little-endian. A record:
 *
 *      0 u8  kind            one of {@link RETIRE}
 *      1 u8  state           bits 1:0 RRV, bit 2 IE
 *      2 u16 beats           number of beats behind the record
 *      4 u16 pc              6 u16 next pc
 *      8 u32 instruction word
 *     12 u16 vector index   14 u16 SP
 *     16 u64 cycle          24 u64 order
 *     32 u64 payload of a   40 of b   48 of c   56 of RR
 *     64 u8  tag of a       65 of b   66 of c   67 of RR
 *     68 u16 FP             70 u16 handler   72 u16 RSP   74 six bytes of 0
 *
 * and a beat: 0 u64 payload, 8 u8 tag, 9 u8 space (one of {@link BEAT}), 10 u16 address, 12 four bytes of 0. Entries of
 * the return stack have tag 0. So two traces can also be compared as bytes.
 */
import type { Word } from '@pysm/isa';

/** Kinds of a retire record. */
export const RETIRE = {
  /** An instruction completed. */ INSTRUCTION: 0,
  /** The instruction trapped; the state is that of the handler's entry. */ TRAP: 1,
  /** An interrupt handler was entered; no instruction was issued. */ INTERRUPT: 2,
  /** HALT. */ EXIT: 3,
  FAULT: 4,
} as const;

/** Memories that a beat writes. */
export const BEAT = { STACK: 0, DATA: 1, GLOBALS: 2, RETURN_STACK: 3, DISPATCH: 4 } as const;

/** Bytes of a record without its beats, and of a beat. */
export const RECORD_BYTES = 80;
export const BEAT_BYTES = 16;

/** One write to a memory, as the memory holds it afterwards (a whole word also for a byte store). */
export interface WriteBeat {
  /** One of {@link BEAT}. */
  readonly space: number;
  /** Word or entry number. */
  readonly address: number;
  readonly word: Word;
}

/** What the retire port reports of one instruction, trap entry, interrupt entry, exit or fault. */
export interface RetireRecord {
  /** One of {@link RETIRE}. */
  readonly kind: number;
  /** Number of the record since reset. */
  readonly order: number;
  /** Cycle counter in the first execute cycle. */
  readonly cycle: number;
  readonly pc: number;
  readonly nextPc: number;
  /** Instruction word. */
  readonly instruction: number;
  /** Operands as they were read; those that the instruction does not have are UNBOUND. */
  readonly a: Word;
  readonly b: Word;
  readonly c: Word;
  /** Registers after it. */
  readonly sp: number;
  readonly fp: number;
  /** Data address of the handler descriptor, 0 = none. */
  readonly handler: number;
  /** Return-stack entries in use. */
  readonly rsp: number;
  /** Pending trap result: 0 none, 1 value, 2 throw; and the word. */
  readonly resumePending: number;
  readonly resume: Word;
  readonly interruptsEnabled: boolean;
  /** Index of the trap vector; 0 where nothing trapped. */
  readonly vector: number;
  readonly beats: readonly WriteBeat[];
}

/**
 * A place in a trace, with the record there as {@link RetireRecord}. The reader is its own record: its fields are those
 * of the present place, read when they are asked for, so that comparing millions of records makes no garbage;
 * {@link copy} makes one that lasts.
 */
export class TraceReader implements RetireRecord {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  #end = 0;

  /** Reads whole records; {@link next} goes to the first. */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Goes to the next record; false at the end. Throws a RangeError where the bytes end inside a record. */
  next(): boolean {
    if (this.#end === this.bytes.length) return false;
    this.#at = this.#end;
    const head = this.#at + RECORD_BYTES;
    if (head <= this.bytes.length) this.#end = head + BEAT_BYTES * this.#view.getUint16(this.#at + 2, true);
    if (head > this.bytes.length || this.#end > this.bytes.length) {
      throw new RangeError(`the trace of ${this.bytes.length} bytes ends inside the record at ${this.#at}`);
    }
    return true;
  }

  /** Bytes of the present record and its beats; they share the trace's memory. */
  get raw(): Uint8Array {
    return this.bytes.subarray(this.#at, this.#end);
  }

  #u16(offset: number): number {
    return this.#view.getUint16(this.#at + offset, true);
  }

  #word(payload: number, tag: number): Word {
    return { tag: this.#view.getUint8(this.#at + tag), payload: this.#view.getBigInt64(this.#at + payload, true) };
  }

  get kind(): number {
    return this.#view.getUint8(this.#at);
  }
  get order(): number {
    return Number(this.#view.getBigUint64(this.#at + 24, true));
  }
  get cycle(): number {
    return Number(this.#view.getBigUint64(this.#at + 16, true));
  }
  get pc(): number {
    return this.#u16(4);
  }
  get nextPc(): number {
    return this.#u16(6);
  }
  get instruction(): number {
    return this.#view.getUint32(this.#at + 8, true);
  }
  get a(): Word {
    return this.#word(32, 64);
  }
  get b(): Word {
    return this.#word(40, 65);
  }
  get c(): Word {
    return this.#word(48, 66);
  }
  get sp(): number {
    return this.#u16(14);
  }
  get fp(): number {
    return this.#u16(68);
  }
  get handler(): number {
    return this.#u16(70);
  }
  get rsp(): number {
    return this.#u16(72);
  }
  get resumePending(): number {
    return this.#view.getUint8(this.#at + 1) & 3;
  }
  get resume(): Word {
    return this.#word(56, 67);
  }
  get interruptsEnabled(): boolean {
    return (this.#view.getUint8(this.#at + 1) & 4) !== 0;
  }
  get vector(): number {
    return this.#u16(12);
  }
  get beatCount(): number {
    return this.#u16(2);
  }

  /** The beats of the present record, in the order in which they were written. */
  get beats(): readonly WriteBeat[] {
    return Array.from({ length: this.beatCount }, (_, i) => {
      const at = RECORD_BYTES + BEAT_BYTES * i;
      return {
        space: this.#view.getUint8(this.#at + at + 9),
        address: this.#u16(at + 10),
        word: this.#word(at, at + 8),
      };
    });
  }

  /** The present record as a plain object, which stays when the reader goes on. */
  copy(): RetireRecord {
    const { kind, order, cycle, pc, nextPc, instruction, a, b, c, sp, fp, handler, rsp } = this;
    const { resumePending, resume, interruptsEnabled, vector, beats } = this;
    const registers = { sp, fp, handler, rsp, resumePending, resume, interruptsEnabled };
    return { kind, order, cycle, pc, nextPc, instruction, a, b, c, ...registers, vector, beats };
  }
}

/** All records of a trace, as objects that last. For short traces; {@link TraceReader} for long ones. */
export function readTrace(bytes: Uint8Array): RetireRecord[] {
  const reader = new TraceReader(bytes);
  const records: RetireRecord[] = [];
  while (reader.next()) records.push(reader.copy());
  return records;
}
