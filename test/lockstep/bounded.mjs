/** The bounded comparison: what the suite runs, and what must catch every fault of faults/list.mjs. */

import { randomStarts } from './initial.mjs';

/** One of so many pairs of operands of instructions with two: together with the seed over many runs all of them. */
export const PART = 25;
/** Records of a program of the repository, and of all random streams; and how long those may take, ms. */
const PROGRAM_RECORDS = 3000;
const RANDOM_RECORDS = 150_000;
const RANDOM_TIME = 30_000;
/** Records of cases in surroundings, and how long they may take, ms: about two rounds over all instructions. */
const COST_RECORDS = 150_000;
const COST_TIME = 15_000;

/** Programs of the repository that are short, or of a kind of their own. */
const PROGRAMS = /^(isa\/listings|examples|test\/programs\/(algorithms|classes|limits|exceptions))\//;

/**
 * The parts by name, each to be called once.
 * @param {import('./lockstep.mjs').Lockstep} lockstep
 * @param {number} seed
 * @param {object} [options]
 * @param {number} [options.shrinking] time for shrinking, ms
 * @param {(seed: number) => Promise<import('./cores.mjs').CoreUnderTest>} [options.start] a core with random values at its
 *   start; where none is given, that part is left out
 * @param {string} [options.simulator] another build of the simulator
 * @returns {readonly (readonly [name: string, run: () => Promise<import('./lockstep.mjs').Result>])[]}
 */
export function boundedParts(lockstep, seed, { shrinking, start, simulator } = {}) {
  const parts = [
    ['directed programs', () => lockstep.directed(PART, seed % PART)],
    ['programs of the repository', () => lockstep.programs(PROGRAM_RECORDS, (file) => PROGRAMS.test(file))],
    ['random streams', () => lockstep.random(seed, RANDOM_RECORDS, { milliseconds: RANDOM_TIME, shrinking })],
    ['costs in surroundings', () => lockstep.costs(seed, COST_RECORDS, { milliseconds: COST_TIME, shrinking })],
  ];
  if (start) parts.push(['random initial values', () => randomStarts(start, seed, { shrinking, simulator })]);
  return parts;
}
