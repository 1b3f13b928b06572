/**
 * What every instruction of a case cost in one run, from the retire records alone: the cycles from its first one to the
 * first one of whatever came next. Pieces, what they call, and interrupt handlers do not belong to a case; the handlers of
 * its own traps and what it calls do.
 */
import { BEAT_BYTES, CORE_STATUS, RECORD_BYTES, RETIRE, SPACE, STATE } from '@pysm/rtl';

/** Clock cycles between two looks at a core that nothing stops. */
const PIECE = 200_000;

/**
 * An event of a case: what was executed, how it ended, and its cycles.
 * @typedef {object} Event
 * @property {number} pc
 * @property {number} word
 * @property {string} outcome instruction, kind of end, trap vector, and whether the next instruction is the one behind it
 * @property {number} cycles
 */

class Reader {
  /** Events by case. @type {Event[][]} */
  cases;
  records = 0;
  cycles = 0;
  #program;
  #case = -1;
  /** Return entries in use when something foreign was entered: what is deeper is foreign, too. */
  #depth = Number.POSITIVE_INFINITY;
  /** Return entries in use behind the record before. */
  #rsp = 1;
  /** The event under way, which the next record ends. */
  #open;

  constructor(program) {
    this.#program = program;
    this.cases = program.ranges.map(() => []);
  }

  /** @param {Uint8Array} trace */
  take(trace) {
    const view = new DataView(trace.buffer, trace.byteOffset, trace.byteLength);
    for (let at = 0; at < trace.length; at += RECORD_BYTES + BEAT_BYTES * view.getUint16(at + 2, true)) {
      this.#one(view, at);
    }
  }

  #one(view, at) {
    const kind = view.getUint8(at);
    const pc = view.getUint16(at + 4, true);
    const cycle = Number(view.getBigUint64(at + 16, true));
    const rsp = view.getUint16(at + 72, true);
    const before = this.#rsp;
    this.#rsp = rsp;
    this.records++;
    this.cycles = cycle;
    if (this.#open) this.#open.cycles = cycle - this.#open.cycles;
    this.#open = undefined;
    if (before > this.#depth) return;
    this.#depth = Number.POSITIVE_INFINITY;
    if (kind === RETIRE.INTERRUPT || this.#program.foreign[pc]) {
      if (rsp > before) this.#depth = before;
      return;
    }
    if (kind === RETIRE.EXIT || kind === RETIRE.FAULT) return;
    this.#case = this.#program.starts.get(pc) ?? this.#case;
    if (this.#case < 0) return;
    const word = view.getUint32(at + 8, true);
    const vector = kind === RETIRE.TRAP ? view.getUint16(at + 12, true) : '';
    const straight = view.getUint16(at + 6, true) === pc + 1;
    this.#open = { pc, word, outcome: `${word >>> 24} ${kind} ${vector} ${straight}`, cycles: cycle };
    this.cases[this.#case].push(this.#open);
  }
}

/**
 * Runs a program to its end.
 * @param {import('../cores.mjs').CoreUnderTest} core
 * @param {import('./program.mjs').Program} program
 * @param {boolean} reading whether something is always being read over the debug bus
 * @returns {Promise<{ cases: Event[][], records: number, cycles: number, end: 'exit' | 'fault' }>}
 */
export async function measure(core, program, reading) {
  const reader = new Reader(program);
  await core.load(program.image, { reading });
  await core.setBreakpoints([...program.stops.keys()]);
  let status = CORE_STATUS.RUNNING;
  const take = (piece) => {
    reader.take(piece.trace);
    status = piece.status;
  };
  const going = () => status !== CORE_STATUS.EXITED && status !== CORE_STATUS.FAULTED;
  while (going()) {
    const before = reader.records;
    take(await core.run(PIECE));
    if (status === CORE_STATUS.RUNNING && reader.records === before) {
      throw new Error(
        `no instruction has ended in ${PIECE} cycles, case ${reader.cases.findLastIndex((c) => c.length > 0)}`,
      );
    }
    if (status !== CORE_STATUS.BREAKPOINT) continue;
    const [word] = await core.read(SPACE.STATE, STATE.PC, 1);
    const stop = program.stops.get(Number(word.payload));
    if (stop.ticks > 0) {
      take(await core.run(stop.ticks));
      if (going()) take(await core.halt());
    }
    for (let i = 0; i < stop.steps && going(); i++) take(await core.step());
  }
  const { cases, records, cycles } = reader;
  return { cases, records, cycles, end: status === CORE_STATUS.EXITED ? 'exit' : 'fault' };
}
