/**
 * The part that Icarus runs, as a third opinion on the Verilog: of its thousand or two cycles a second, and with memories
 * that are filled only where these programs need it. Its values are four: what neither reset nor loader has set is an
 * Error at the first output that shows it.
 */
import { createStepper } from '@pysm/simulator/node';
import { ALONE, contextProgram } from './costs/program.mjs';
import { drawCases } from './costs/property.mjs';
import { Choices } from './random/choices.mjs';
import { runRandom } from './random/run.mjs';
import { differenceText } from './report.mjs';
import { lockstep } from './session.mjs';

/** Directed cases, one after the other in one program, and its records at most. */
const CASES = 150;
const CASE_RECORDS = 4000;
/** Records of random streams, and the words of their heaps. */
const STREAM_RECORDS = 2500;
const HEAP = [900, 1000];

/**
 * @param {import('./cores.mjs').CoreUnderTest} core
 * @param {number} seed
 * @returns {Promise<import('./lockstep.mjs').Result>}
 */
export async function thirdOpinion(core, seed, { shrinking, simulator } = {}) {
  const stepper = await createStepper(simulator);
  const subjects = drawCases(new Choices(seed), {}).slice(0, CASES);
  const { image } = contextProgram(
    subjects,
    subjects.map(() => ALONE),
  );
  const cases = await lockstep(core, stepper, { image, records: CASE_RECORDS });
  const totals = { programs: 1, records: cases.records, cycles: cases.cycles };
  if (cases.difference) return { ...totals, difference: `directed cases: ${differenceText(cases.difference, image)}` };
  const run = { seed, instructions: STREAM_RECORDS, most: STREAM_RECORDS, features: { heap: HEAP }, shrinking };
  const { streams, records, cycles, failure } = await runRandom(core, stepper, run);
  totals.programs += streams;
  totals.records += records;
  totals.cycles += cycles;
  if (!failure) return totals;
  return {
    ...totals,
    difference: `seed ${failure.seed}:\n\n${failure.text}\n${differenceText(failure.difference, failure.image)}`,
  };
}
