/**
 * One program in lockstep: the core under test runs it, the simulator follows its trace, and at the end, and at every
 * debug halt, registers are compared too.
 */
import { setImmediate } from 'node:timers/promises';
import { CORE_STATUS } from '@pysm/rtl';
import { Comparator } from './compare.mjs';

import { compareMemories, compareRegisters } from './state.mjs';

/** Clock cycles between two pieces of trace, where nothing asks for fewer. */
const PIECE = 50_000;

/**
 * What happens from outside while the program runs, with the core halted for it: a debugger's doings, none of which may
 * change what the program does; and what comes in at this very cycle, of which both sides are told.
 * @typedef {object} Action
 * @property {number} after clock cycles to run before it
 * @property {'halt' | 'step' | 'breakpoint' | 'drive' | 'send'} kind
 * @property {number} [count] steps
 * @property {number} [pc] where the breakpoint stands from now on; it replaces the one before
 * @property {number} [pin] that is driven from now on, to `level`
 * @property {0 | 1} [level]
 * @property {readonly number[]} [bytes] for the UART receiver; none may be on the line, and none of another action either
 */

/**
 * @typedef {object} Run
 * @property {import('@pysm/isa').Image} image
 * @property {readonly (readonly [from: number, to: number])[]} [jumpers]
 * @property {readonly number[]} [input] bytes for the UART receiver, which are on their way when the program starts
 * @property {readonly Action[]} [actions]
 * @property {number} [records] most records; the program need not end within them
 * @property {number} [interval] records between two comparisons of all memories
 */

/**
 * @typedef {object} Outcome
 * @property {import('./compare.mjs').Difference | undefined} difference
 * @property {number} records
 * @property {number} cycles of the simulator
 * @property {'exit' | 'fault' | 'halt'} end `halt` where it would go on
 */

/**
 * @param {import('./cores.mjs').CoreUnderTest} core
 * @param {import('@pysm/simulator').Stepper} stepper
 * @param {Run} run
 * @param {import('./coverage.mjs').Coverage} [watch]
 * @returns {Promise<Outcome>}
 */
export async function lockstep(core, stepper, run, watch) {
  stepper.load(run.image);
  for (const [from, to] of run.jumpers ?? []) stepper.core.wirePins(from, to);
  for (const byte of run.input ?? []) stepper.core.giveInput(byte);
  // A debugger that does anything also reads all the time; that must not take a cycle either. It moves a halt by a cycle or
  // two, from run to run, and what comes from outside is to come in the same cycle again.
  const actions = run.actions ?? [];
  const reading = actions.some(({ kind }) => kind !== 'drive' && kind !== 'send');
  const receives = (run.input ?? []).length > 0 || actions.some(({ kind }) => kind === 'send');
  await core.load(run.image, { jumpers: run.jumpers ?? [], input: run.input ?? [], reading });
  watch?.restart();
  const comparator = new Comparator(stepper, { interval: run.interval ?? 1000, operands: core.operands, watch });
  const limit = run.records ?? Number.POSITIVE_INFINITY;
  let status = CORE_STATUS.RUNNING;
  const take = (result) => {
    status = result.status;
    comparator.feed(result.trace);
  };
  const going = () => !comparator.difference && status !== CORE_STATUS.EXITED && status !== CORE_STATUS.FAULTED;
  const more = () => going() && comparator.records < limit;
  const registers = async (why) => {
    const found = await compareRegisters(core, stepper, why, receives);
    if (found) comparator.report(found);
  };

  for (const action of actions) {
    if (!more()) break;
    take(await core.run(action.after));
    if (!more()) break;
    if (action.kind !== 'step') take(await core.halt());
    if (action.kind === 'breakpoint' && more()) await core.setBreakpoints([action.pc]);
    for (let i = 0; i < (action.kind === 'step' ? action.count : 0) && more(); i++) take(await core.step());
    if (more()) await registers('halt');
    if (more()) await outside(core, stepper, action);
  }
  while (more()) {
    // Hardly any program retires more than one record in each cycle, and most fewer than one in two.
    take(await core.run(Math.min(PIECE, 100 + 2 * (limit - comparator.records))));
    // A core that stands still for ever is a difference, too.
    if (stalled(comparator, status)) comparator.report({ field: 'progress', core: 'no record', simulator: 'goes on' });
    await setImmediate();
  }

  if (going()) take(await core.halt());
  const why = status === CORE_STATUS.EXITED ? 'exit' : status === CORE_STATUS.FAULTED ? 'fault' : 'halt';
  if (!comparator.difference && (why === 'halt') === stepper.ended) {
    comparator.report({ field: 'the end', core: why, simulator: stepper.ended ? 'ended' : 'goes on' });
  }
  if (!comparator.difference) await registers(why);
  // What an instruction had done when it faulted is its own affair.
  if (!comparator.difference && why !== 'fault') {
    comparator.compareState();
    const found = await compareMemories(core, comparator);
    if (found) comparator.report(found);
  }
  return {
    difference: comparator.difference,
    records: comparator.records,
    cycles: Number(stepper.core.cycles()),
    end: why,
  };
}

/** What comes in from outside, on both sides in the cycle at which both stand. */
async function outside(core, stepper, { kind, pin, level, bytes }) {
  if (kind === 'drive') {
    await core.drive(pin, level);
    stepper.core.drivePin(pin, level);
  }
  if (kind === 'send') {
    await core.send(bytes);
    for (const byte of bytes) stepper.core.giveInput(byte);
  }
}

/** Records of the last look at a comparator. @type {WeakMap<Comparator, number>} */
const seen = new WeakMap();

function stalled(comparator, status) {
  const before = seen.get(comparator);
  seen.set(comparator, comparator.records);
  return status === CORE_STATUS.RUNNING && before === comparator.records;
}
