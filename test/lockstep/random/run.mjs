/** Random streams in lockstep, and the shortest one that fails. */
import { aroundOf, assembleText } from '../programs.mjs';
import { lockstep } from '../session.mjs';
import { shrink } from '../shrink.mjs';
import { randomStream } from './generate.mjs';
import { streamText } from './stream.mjs';

/** Records of a stream at most. */
export const STREAM_RECORDS = 8000;

/**
 * @typedef {object} RandomRun
 * @property {number} seed first seed; the streams have this one and those after it
 * @property {number} instructions records to compare
 * @property {{ floats?: boolean, multiply?: boolean }} features
 * @property {number} [most] records of a stream at most
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
  { seed, instructions, features, most = STREAM_RECORDS, milliseconds, shrinking, watch, report },
) {
  const begun = Date.now();
  const totals = { streams: 0, records: 0, cycles: 0 };
  for (let at = seed; totals.records < instructions; at = (at + 1) >>> 0) {
    if (milliseconds !== undefined && Date.now() - begun > milliseconds) break;
    const stream = randomStream(at, features);
    const outcome = await once(core, stepper, stream, most, watch);
    if (outcome.problem) throw new Error(`the stream of seed ${at} is refused: ${outcome.problem}`);
    totals.streams++;
    totals.records += outcome.records;
    totals.cycles += outcome.cycles;
    if (outcome.difference) {
      report?.(
        `seed ${at}: ${outcome.difference.field} differs at record ${outcome.difference.record}; looking for the shortest stream`,
      );
      core.forget();
      const again = await once(core, stepper, stream, most);
      // What shows only behind other streams is a write that no beat told of: the stream itself is not to blame.
      if (!again.difference) return { ...totals, failure: { ...outcome, seed: at } };
      return {
        ...totals,
        failure: (await smallest(core, stepper, stream, most, at, shrinking)) ?? { ...outcome, seed: at },
      };
    }
  }
  return totals;
}

async function once(core, stepper, stream, records, watch, interval) {
  const text = streamText(stream);
  const { image, problem } = await assembleText(text);
  if (!image) return { problem };
  const run = { image, ...aroundOf(text, image), records, interval };
  return { image, text, ...(await lockstep(core, stepper, run, watch)) };
}

/** The shortest stream that fails, or undefined where that one does not fail once more: halts may have come elsewhere. */
async function smallest(core, stepper, stream, most, seed, milliseconds) {
  const fails = async (candidate) => (await once(core, stepper, candidate, most)).difference !== undefined;
  const short = await shrink(stream, fails, { milliseconds });
  // All live state at every record: so a missed write shows where it was missed.
  const precise = await once(core, stepper, short, most, undefined, 1);
  const { text, difference, image } = precise.difference ? precise : await once(core, stepper, short, most);
  return difference && { seed, text, difference, image };
}
