/**
 * One program in lockstep: the core under test runs it, the simulator follows its trace, and at the end, and at every
 * debug halt, registers are compared too.
 */
import { setImmediate } from 'node:timers/promises';
import { CORE_STATUS } from '@pysm/rtl';
import { Comparator } from './compare.mjs';

import { memoriesOf } from './shadow.mjs';
import { compareMemories, compareRegisters } from './state.mjs';

/** Clock cycles between two pieces of trace, where nothing asks for fewer. */
const PIECE = 50_000;

/**
 * What a debugger does while the program runs; none of it may change what the program does.
 * @typedef {object} DebugAction
 * @property {number} after clock cycles to run before it
 * @property {'halt' | 'step' | 'breakpoint'} kind
 * @property {number} [count] steps
 * @property {number} [pc] where the breakpoint stands from now on; it replaces the one before
 */

/**
 * @typedef {object} Run
 * @property {import('@pysm/isa').Image} image
 * @property {readonly (readonly [from: number, to: number])[]} [jumpers]
 * @property {readonly DebugAction[]} [debug]
 * @property {number} [records] most records; the program need not end within them
 * @property {number} [interval] records between two comparisons of all memories
 */

/**
 * @typedef {object} Outcome
 * @property {import('./compare.mjs').Difference | undefined} difference
 * @property {number} records
 * @property {number} cycles of the simulator
 * @property {'exit' | 'fault' | 'limit'} end
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
  await core.load(run.image, { jumpers: run.jumpers ?? [] });
  watch?.restart();
  const comparator = new Comparator(stepper, { interval: run.interval ?? 1000, operands: core.operands, watch });
  const limit = run.records ?? Number.POSITIVE_INFINITY;
  let status = CORE_STATUS.RUNNING;
  const take = (result) => {
    status = result.status;
    comparator.feed(result.trace);
  };
  const more = () =>
    !comparator.difference &&
    comparator.records < limit &&
    status !== CORE_STATUS.EXITED &&
    status !== CORE_STATUS.FAULTED;
  const registers = async (why) => {
    const found = await compareRegisters(core, stepper, why);
    if (found) comparator.report(found);
  };

  for (const action of run.debug ?? []) {
    if (!more()) break;
    take(await core.run(action.after));
    if (!more()) break;
    if (action.kind === 'breakpoint') await core.setBreakpoints([action.pc]);
    else if (action.kind === 'halt') take(await core.halt());
    for (let i = 0; i < (action.kind === 'step' ? action.count : 0) && more(); i++) take(await core.step());
    if (more() && action.kind !== 'breakpoint') await registers('halt');
  }
  while (more()) {
    // Hardly any program retires more than one record in each cycle, and most fewer than one in two.
    take(await core.run(Math.min(PIECE, 100 + 2 * (limit - comparator.records))));
    // A core that stands still for ever is a difference, too.
    if (stalled(comparator, status)) comparator.report({ field: 'progress', core: 'no record', simulator: 'goes on' });
    await setImmediate();
  }

  if (!comparator.difference) comparator.compareState();
  const end = status === CORE_STATUS.EXITED ? 'exit' : status === CORE_STATUS.FAULTED ? 'fault' : 'limit';
  if (end !== 'limit' && !comparator.difference) {
    if (!stepper.ended) comparator.report({ field: 'the end', core: end, simulator: 'goes on' });
    else await registers(end);
    if (end === 'exit' && !comparator.difference) {
      const found = await compareMemories(core, stepper, memoriesOf(stepper));
      if (found) comparator.report(found);
    }
  }
  return { difference: comparator.difference, records: comparator.records, cycles: Number(stepper.core.cycles()), end };
}

/** Records of the last look at a comparator. @type {WeakMap<Comparator, number>} */
const seen = new WeakMap();

function stalled(comparator, status) {
  const before = seen.get(comparator);
  seen.set(comparator, comparator.records);
  return status === CORE_STATUS.RUNNING && before === comparator.records;
}
