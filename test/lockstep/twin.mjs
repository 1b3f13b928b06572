/**
 * A second simulator that writes the trace of a core under test. With it the comparison, the generators and the shrinker
 * are tested without any Verilog, and faults of the simulator are applied to it (faults/).
 */
import { BEAT, BEAT_BYTES, CORE_STATUS, RECORD_BYTES, RETIRE, SPACE } from '@pysm/rtl';
import { createStepper } from '@pysm/simulator/node';

import { copyMemories, memoriesOf } from './shadow.mjs';
import { stateRegister } from './state.mjs';

/** Bytes of a trace while it is written. */
class TraceWriter {
  #bytes = Buffer.alloc(1 << 16);
  #length = 0;

  #room(bytes) {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = Buffer.alloc(2 * this.#bytes.length + bytes);
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }

  record(step, order, beats) {
    this.#room(RECORD_BYTES + BEAT_BYTES * beats.length);
    const [bytes, at] = [this.#bytes, this.#length];
    bytes.fill(0, at, at + RECORD_BYTES + BEAT_BYTES * beats.length);
    bytes.writeUInt8(step.kind, at);
    bytes.writeUInt8(step.pending | (step.interruptsEnabled << 2), at + 1);
    bytes.writeUInt16LE(beats.length, at + 2);
    bytes.writeUInt16LE(step.pc & 0xffff, at + 4);
    bytes.writeUInt16LE(step.nextPc & 0xffff, at + 6);
    bytes.writeUInt32LE(step.word, at + 8);
    bytes.writeUInt16LE(Math.max(0, step.vector), at + 12);
    bytes.writeUInt16LE(step.sp, at + 14);
    bytes.writeBigUInt64LE(step.cycle, at + 16);
    bytes.writeBigUInt64LE(BigInt(order), at + 24);
    bytes.writeBigInt64LE(step.result, at + 56);
    bytes.writeUInt8(step.resultTag, at + 67);
    bytes.writeUInt16LE(step.fp, at + 68);
    bytes.writeUInt16LE(step.handler, at + 70);
    bytes.writeUInt16LE(step.rsp, at + 72);
    beats.forEach(({ space, address, word }, i) => {
      const beat = at + RECORD_BYTES + BEAT_BYTES * i;
      bytes.writeBigInt64LE(word.payload, beat);
      bytes.writeUInt8(word.tag, beat + 8);
      bytes.writeUInt8(space, beat + 9);
      bytes.writeUInt16LE(address, beat + 10);
    });
    this.#length += RECORD_BYTES + BEAT_BYTES * beats.length;
  }

  take() {
    const bytes = this.#bytes.subarray(0, this.#length);
    this.#bytes = Buffer.alloc(1 << 16);
    this.#length = 0;
    return bytes;
  }
}

/** Memories by the number of their debug space. */
const MEMORY_OF_SPACE = {
  [SPACE.DATA]: BEAT.DATA,
  [SPACE.STACK]: BEAT.STACK,
  [SPACE.RETURN_STACK]: BEAT.RETURN_STACK,
  [SPACE.GLOBALS]: BEAT.GLOBALS,
  [SPACE.DISPATCH_VALUE]: BEAT.DISPATCH,
};

/** @implements {import('./cores.mjs').CoreUnderTest} */
export class Twin {
  name = 'twin';
  /** Its trace has no operands. */
  operands = false;
  #stepper;
  #mutate;
  #memories;
  #before;
  #order = 0;
  #breakpoints = new Set();
  /** Address of a breakpoint that has been seen, or -1. */
  #seen = -1;

  constructor(stepper, mutate) {
    this.#stepper = stepper;
    this.#mutate = mutate;
  }

  /**
   * @param {object} [options]
   * @param {string} [options.wasm] another build of the simulator
   * @param {(step: import('@pysm/simulator').StepRecord, beats: object[], order: number) => void} [options.mutate]
   *   changes what the twin reports
   */
  static async create({ wasm, mutate } = {}) {
    return new Twin(await createStepper(wasm), mutate ?? (() => {}));
  }

  async load(image, { jumpers = [], input = [] } = {}) {
    this.#stepper.load(image);
    for (const [from, to] of jumpers) this.#stepper.core.wirePins(from, to);
    for (const byte of input) this.#stepper.core.giveInput(byte);
    this.#memories = memoriesOf(this.#stepper);
    this.#before = copyMemories(this.#memories);
    this.#order = 0;
    this.#seen = -1;
    this.#breakpoints.clear();
  }

  #write(writer) {
    const step = { ...this.#stepper.step() };
    const beats = [];
    this.#memories.forEach((memory, space) => {
      const before = this.#before[space];
      for (let at = memory.firstDifference(before, memory.words); at >= 0; ) {
        const word = memory.word(at);
        beats.push({ space, address: at, word });
        before.write(at, word.tag, word.payload);
        at = memory.firstDifference(before, memory.words, at + 1);
      }
    });
    this.#mutate(step, beats, this.#order);
    writer.record(step, this.#order++, beats);
  }

  get #status() {
    const { kind } = this.#stepper.record;
    return kind === RETIRE.EXIT
      ? CORE_STATUS.EXITED
      : kind === RETIRE.FAULT
        ? CORE_STATUS.FAULTED
        : CORE_STATUS.RUNNING;
  }

  async run(cycles) {
    const writer = new TraceWriter();
    const { core } = this.#stepper;
    const end = core.cycles() + BigInt(cycles);
    while (core.cycles() < end && this.#status === CORE_STATUS.RUNNING) {
      const pc = core.pc();
      if (this.#breakpoints.has(pc) && this.#seen !== pc && core.resumePending() === 0) {
        this.#seen = pc;
        return { trace: writer.take(), status: CORE_STATUS.BREAKPOINT };
      }
      this.#seen = -1;
      this.#write(writer);
    }
    return { trace: writer.take(), status: this.#status };
  }

  async halt() {
    return {
      trace: new Uint8Array(0),
      status: this.#status === CORE_STATUS.RUNNING ? CORE_STATUS.HALTED : this.#status,
    };
  }

  async step() {
    const writer = new TraceWriter();
    if (this.#status === CORE_STATUS.RUNNING) this.#write(writer);
    return { trace: writer.take(), status: this.#status === CORE_STATUS.RUNNING ? CORE_STATUS.STEPPED : this.#status };
  }

  async setBreakpoints(pcs) {
    this.#breakpoints = new Set(pcs);
  }

  async read(space, address, count) {
    const memory = this.#memories[MEMORY_OF_SPACE[space]];
    const { core } = this.#stepper;
    return Array.from({ length: count }, (_, i) => {
      if (space === SPACE.CSR) return { tag: 0, payload: core.control(address + i) };
      if (space === SPACE.STATE) return { tag: 0, payload: stateRegister(core, address + i) };
      return memory.word(address + i);
    });
  }

  async drive(pin, level) {
    this.#stepper.core.drivePin(pin, level);
  }

  async send(bytes) {
    for (const byte of bytes) this.#stepper.core.giveInput(byte);
  }

  async pads() {
    return this.#stepper.core.padLevels() >>> 0;
  }

  async console() {
    return this.#stepper.takeConsole();
  }

  forget() {}

  async dispose() {}
}
