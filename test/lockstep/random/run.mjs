/** Random streams in lockstep, and the shortest one that fails. */
import { assembleText, jumpersOf } from '../programs.mjs';
import { lockstep } from '../session.mjs';
import { shrink } from '../shrink.mjs';
import { Choices } from './choices.mjs';
import { randomStream } from './generate.mjs';
import { streamText } from './stream.mjs';

/** Records of a stream at most. */
export const STREAM_RECORDS = 8000;

/**
 * What a debugger does while a stream runs: halts, steps and breakpoints at random cycles.
 * @param {number} seed of the stream
 * @param {number} codeWords
 * @returns {import('../session.mjs').DebugAction[]}
 */
export function debugActions(seed, codeWords) {
  const c = new Choices(seed ^ 0x5bd1e995);
  if (c.chance(50)) return [];
  return Array.from({ length: c.between(1, 25) }, () => ({
    after: c.between(1, c.pick([3, 50, 500])),
    kind: c.weighted([
      [5, 'halt'],
      [3, 'step'],
      [2, 'breakpoint'],
    ]),
    count: c.between(1, 6),
    pc: c.below(codeWords),
  }));
}

/**
 * @typedef {object} RandomRun
 * @property {number} seed first seed; the streams have this one and those after it
 * @property {number} instructions records to compare
 * @property {{ floats?: boolean, multiply?: boolean }} features
 * @property {number} [milliseconds] time after which no further stream begins
 * @property {number} [shrinking] time for shrinking, ms
 * @property {import('../coverage.mjs').Coverage} [watch]
 * @property {(line: string) => void} [report]
 */

/**
 * @typedef {object} Failure
 * @property {number} seed of the stream
 * @property {string} text the shortest stream that fails, as PySM assembly
 * @property {import('../compare.mjs').Difference} difference of that stream
 * @property {import('@pysm/isa').Image} image
 */

/**
 * Compares random streams until enough instructions have retired.
 * @param {import('../cores.mjs').CoreUnderTest} core
 * @param {import('@pysm/simulator').Stepper} stepper
 * @param {RandomRun} run
 * @returns {Promise<{ streams: number, records: number, cycles: number, failure?: Failure }>}
 */
export async function runRandom(
  core,
  stepper,
  { seed, instructions, features, milliseconds, shrinking, watch, report },
) {
  const begun = Date.now();
  const totals = { streams: 0, records: 0, cycles: 0 };
  for (let at = seed; totals.records < instructions; at = (at + 1) >>> 0) {
    if (milliseconds !== undefined && Date.now() - begun > milliseconds) break;
    const stream = randomStream(at, features);
    const outcome = await once(core, stepper, stream, at, watch);
    if (outcome.problem) throw new Error(`the stream of seed ${at} is refused: ${outcome.problem}`);
    totals.streams++;
    totals.records += outcome.records;
    totals.cycles += outcome.cycles;
    if (outcome.difference) {
      report?.(
        `seed ${at}: ${outcome.difference.field} differs at record ${outcome.difference.record}; looking for the shortest stream`,
      );
      core.forget();
      const again = await once(core, stepper, stream, at);
      // What shows only behind other streams is a write that no beat told of: the stream itself is not to blame.
      if (!again.difference) return { ...totals, failure: { ...outcome, seed: at } };
      return { ...totals, failure: await smallest(core, stepper, stream, at, shrinking) };
    }
  }
  return totals;
}

async function once(core, stepper, stream, seed, watch, interval) {
  const text = streamText(stream);
  const { image, problem } = await assembleText(text);
  if (!image) return { problem };
  const debug = debugActions(seed, image.code.length);
  const run = { image, jumpers: jumpersOf(text), debug, records: STREAM_RECORDS, interval };
  return { image, text, ...(await lockstep(core, stepper, run, watch)) };
}

async function smallest(core, stepper, stream, seed, milliseconds) {
  const fails = async (candidate) => (await once(core, stepper, candidate, seed)).difference !== undefined;
  const short = await shrink(stream, fails, { milliseconds });
  // All live state at every record: so a missed write shows where it was missed.
  const precise = await once(core, stepper, short, seed, undefined, 1);
  const { text, difference, image } = precise.difference ? precise : await once(core, stepper, short, seed);
  return { seed, text, difference, image };
}
