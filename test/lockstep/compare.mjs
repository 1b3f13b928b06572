/**
 * The comparison: the simulator makes one step for each record of the core under test, and the two must agree on
 * everything that the record says and on every word that was written.
 *
 * What is not compared, because the two need not agree: stack words at SP and above, the detail of a fault and what a
 * faulting instruction had done before, the registers behind an exit.
 */
import { decode, SPECIFIER, TAG } from '@pysm/isa';
import { BEAT, BEAT_BYTES, RECORD_BYTES, RETIRE, TraceReader } from '@pysm/rtl';
import { copyMemories, memoriesOf, SPACES } from './shadow.mjs';

/** Records that a report shows before the first difference. */
const HISTORY = 20;

/**
 * @typedef {object} Difference
 * @property {number} record number of the record since the start
 * @property {string} field what differs
 * @property {unknown} core its value in the core under test; words as { tag, payload }
 * @property {unknown} simulator
 * @property {import('@pysm/rtl').RetireRecord[]} history the last records, the differing one at the end
 */

/** Number of the constant that a specifier stands for. */
const constantWord = (specifier) => {
  switch (specifier) {
    case SPECIFIER.NONE:
      return { tag: TAG.NONE, payload: 0n };
    case SPECIFIER.FALSE:
    case SPECIFIER.TRUE:
      return { tag: TAG.BOOL, payload: BigInt(specifier - SPECIFIER.FALSE) };
    case SPECIFIER.UNBOUND:
      return { tag: TAG.UNBOUND, payload: 0n };
    case SPECIFIER.NOTIMPLEMENTED:
      return { tag: TAG.NOTIMPLEMENTED, payload: 0n };
    default:
      return { tag: TAG.INT, payload: BigInt(specifier - SPECIFIER.ZERO) };
  }
};

/** Port of the trace that an operand field is read through. */
const PORT = { a: 'a', b: 'b', d: 'c' };

/**
 * The source operands of an instruction word in the order in which the stack gives them up.
 * @param {number} word
 * @returns {readonly { port: 'a' | 'b' | 'c', specifier: number }[]}
 */
function sourcesOf(word) {
  const decoded = decode(word);
  if (!decoded || !'TIB'.includes(decoded.instruction.format)) return [];
  return decoded.instruction.operands
    .filter((o) => o.kind === 'source' && o.field in PORT)
    .map((o) => ({ port: PORT[o.field], specifier: decoded.fields[o.field] }))
    .sort((x, y) => (x.port < y.port ? 1 : -1));
}

export class Comparator {
  #stepper;
  #shadow;
  #interval;
  #operands;
  #watch;
  #ring = [];
  #ringAt = 0;
  /** Source operands by instruction word. */
  #sources = new Map();
  /** Memories of the simulator by the number of their beats. */
  #memories;
  /** Words that beats have written, a byte each, by the number of their memory. @type {Uint8Array[]} */
  written;
  /** Records compared so far. */
  records = 0;
  /** @type {Difference | undefined} */
  difference;

  /**
   * @param {import('@pysm/simulator').Stepper} stepper with the image loaded, at its start
   * @param {object} [options]
   * @param {number} [options.interval] records between two comparisons of all live state; 1 finds the very record
   * @param {boolean} [options.operands] compare the operands as they were read
   * @param {import('./coverage.mjs').Coverage} [options.watch] is shown every step
   */
  constructor(stepper, { interval = 1000, operands = true, watch } = {}) {
    this.#watch = watch;
    this.#stepper = stepper;
    this.#memories = memoriesOf(stepper);
    this.#shadow = copyMemories(this.#memories);
    this.written = this.#memories.map((memory) => new Uint8Array(memory.words));
    this.#interval = interval;
    this.#operands = operands;
  }

  get stepper() {
    return this.#stepper;
  }

  /** Whether the program has ended, by an exit or a fault. */
  get ended() {
    return this.#stepper.ended;
  }

  /**
   * Compares the records of a piece of trace.
   * @param {Uint8Array} bytes whole records
   * @returns {Difference | undefined} the first difference; nothing is compared behind it
   */
  feed(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.length && !this.difference; ) {
      const end = at + RECORD_BYTES + BEAT_BYTES * view.getUint16(at + 2, true);
      this.#remember(bytes, at, end);
      this.#one(view, at, end);
      at = end;
    }
    return this.difference;
  }

  #remember(bytes, at, end) {
    if (this.#ring.length < HISTORY) this.#ring.push(bytes.slice(at, end));
    else this.#ring[this.#ringAt++ % HISTORY] = bytes.slice(at, end);
  }

  /** A difference that somebody else has found, at the last record. @param {{ field, core, simulator }} found */
  report({ field, core, simulator }) {
    this.#differs(field, core, simulator);
  }

  #differs(field, core, simulator) {
    if (this.difference) return;
    const history = Array.from({ length: this.#ring.length }, (_, i) => {
      const reader = new TraceReader(this.#ring[(this.#ringAt + i) % this.#ring.length]);
      reader.next();
      return reader.copy();
    });
    this.difference = { record: this.records, field, core, simulator, history };
  }

  #one(view, at, end) {
    const stepper = this.#stepper;
    if (stepper.ended) return this.#differs('a record behind the end of the program', 'is there', 'is not');
    const kind = view.getUint8(at);
    const word = view.getUint32(at + 8, true);
    const plain = kind === RETIRE.INSTRUCTION || kind === RETIRE.TRAP;
    // Operands are compared before the step, which may overwrite them.
    if (this.#operands && plain && stepper.core.resumePending() === 0) this.#compareOperands(view, at, word);
    this.#watch?.before();
    const expected = stepper.step();
    this.#watch?.after(expected);
    this.#number('kind', kind, expected.kind);
    // Wild addresses have as many bits as the program counter.
    this.#number('pc', view.getUint16(at + 4, true), expected.pc & 0xffff);
    if (kind === RETIRE.FAULT) {
      this.records++;
      return;
    }
    if (kind !== RETIRE.INTERRUPT) this.#number('instruction word', word, expected.word);
    this.#number('cycle', Number(view.getBigUint64(at + 16, true)), Number(expected.cycle));
    this.#number('order', Number(view.getBigUint64(at + 24, true)), this.records);
    if (kind !== RETIRE.EXIT) {
      this.#number('next pc', view.getUint16(at + 6, true), expected.nextPc & 0xffff);
      this.#number('SP', view.getUint16(at + 14, true), expected.sp);
      this.#number('FP', view.getUint16(at + 68, true), expected.fp);
      this.#number('H', view.getUint16(at + 70, true), expected.handler);
      this.#number('RSP', view.getUint16(at + 72, true), expected.rsp);
      const state = view.getUint8(at + 1);
      this.#number('RRV', state & 3, expected.pending);
      this.#number('IE', (state >> 2) & 1, expected.interruptsEnabled);
    }
    if (kind === RETIRE.EXIT || expected.pending !== 0) {
      const tag = view.getUint8(at + 67);
      const payload = view.getBigInt64(at + 56, true);
      if (tag !== expected.resultTag || payload !== expected.result) {
        this.#differs('RR', { tag, payload }, { tag: expected.resultTag, payload: expected.result });
      }
    }
    if (expected.vector >= 0) this.#number('trap vector', view.getUint16(at + 12, true), expected.vector);
    this.#beats(view, at + RECORD_BYTES, end, expected);
    this.records++;
    if (!this.difference && this.records % this.#interval === 0) this.compareState();
  }

  #number(field, core, simulator) {
    if (core !== simulator) this.#differs(field, core, simulator);
  }

  #compareOperands(view, at, word) {
    let sources = this.#sources.get(word);
    if (!sources) {
      sources = sourcesOf(word);
      this.#sources.set(word, sources);
    }
    const { core } = this.#stepper;
    const stack = this.#memories[BEAT.STACK];
    let sp = core.sp();
    for (const { port, specifier } of sources) {
      const offset = port === 'a' ? 0 : port === 'b' ? 1 : 2;
      let tag = 0;
      let payload = 0n;
      if (specifier <= SPECIFIER.LOCAL_MAX || specifier === SPECIFIER.STACK || specifier === SPECIFIER.ENVIRONMENT) {
        if (specifier === SPECIFIER.STACK) sp--;
        const fp = core.fp();
        const slot = specifier === SPECIFIER.STACK ? sp : specifier === SPECIFIER.ENVIRONMENT ? fp - 1 : fp + specifier;
        // What lies below the stack, or above it, is nobody's operand.
        if (slot < 0 || slot >= stack.words) continue;
        tag = stack.tag(slot);
        payload = stack.payload(slot);
      } else ({ tag, payload } = constantWord(specifier));
      const read = { tag: view.getUint8(at + 64 + offset), payload: view.getBigInt64(at + 32 + 8 * offset, true) };
      if (read.tag !== tag || read.payload !== payload) this.#differs(`operand ${port}`, read, { tag, payload });
    }
  }

  /** Applies the beats, then compares each word that they wrote with the simulator's. */
  #beats(view, from, end, expected) {
    for (let at = from; at < end; at += BEAT_BYTES) {
      const space = view.getUint8(at + 9);
      const address = view.getUint16(at + 10, true);
      if (address >= (this.#shadow[space]?.words ?? 0)) {
        return this.#differs('a write', `${SPACES[space] ?? `memory ${space}`} word ${address}`, 'no such word');
      }
      this.#shadow[space].write(address, view.getUint8(at + 8), view.getBigInt64(at, true));
      this.written[space][address] = 1;
    }
    for (let at = from; at < end; at += BEAT_BYTES) {
      const space = view.getUint8(at + 9);
      const address = view.getUint16(at + 10, true);
      if (space === BEAT.STACK && address >= expected.sp) continue;
      if (space === BEAT.RETURN_STACK && address >= expected.rsp) continue;
      this.#compareWord(space, address);
    }
  }

  #compareWord(space, address) {
    const [core, simulator] = [this.#shadow[space], this.#memories[space]];
    if (core.payload(address) !== simulator.payload(address) || core.tag(address) !== simulator.tag(address)) {
      this.#differs(`${SPACES[space]} word ${address}`, core.word(address), simulator.word(address));
    }
  }

  /** Compares all live state that beats tell of: the words that a write was missed of show here. */
  compareState() {
    this.#memories.forEach((memory, space) => {
      const { core } = this.#stepper;
      const live = space === BEAT.STACK ? core.sp() : space === BEAT.RETURN_STACK ? core.rsp() : memory.words;
      const address = this.#shadow[space].firstDifference(memory, live);
      if (address >= 0) this.#compareWord(space, address);
    });
    return this.difference;
  }
}
