/**
 * The comparison with random values in every register and memory at the start, as flip-flops and RAMs have them when power
 * comes: what no reset reaches and no loader writes shows as a difference, sooner or later with another seed.
 */
import { Lockstep } from './lockstep.mjs';

/** Cores that are started, each with values of its own. */
const STARTS = 4;
/** Records of each of these: programs that use the devices, then a random stream. */
const PROGRAM_RECORDS = 400;
const STREAM_RECORDS = 1500;
const PROGRAMS = /^isa\/listings\//;

/**
 * @param {(seed: number) => Promise<import('./cores.mjs').CoreUnderTest>} start a core whose initial values are random
 * @param {number} seed
 * @param {object} [options] of Lockstep.create()
 * @returns {Promise<import('./lockstep.mjs').Result>}
 */
export async function randomStarts(start, seed, { shrinking, ...options } = {}) {
  const totals = { programs: 0, records: 0, cycles: 0 };
  for (let i = 0; i < STARTS; i++) {
    // Verilator takes positive numbers of 31 bits.
    const values = ((seed + i) & 0x3fffffff) + 1;
    const core = await start(values);
    try {
      const lockstep = await Lockstep.create(core, options);
      for (const run of [
        // A stream comes first: what only the first program meets must not be a short one.
        () => lockstep.random((seed + i) >>> 0, STREAM_RECORDS, { shrinking }),
        () => lockstep.programs(PROGRAM_RECORDS, (file) => PROGRAMS.test(file)),
      ]) {
        const { programs, records, cycles, difference } = await run();
        totals.programs += programs;
        totals.records += records;
        totals.cycles += cycles;
        if (difference) return { ...totals, difference: `initial values of seed ${values}: ${difference}` };
      }
    } finally {
      await core.dispose();
    }
  }
  return totals;
}
