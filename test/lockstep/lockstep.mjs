/** What is run in lockstep: files, the repository's programs, directed programs, random streams. */
import { createStepper } from '@pysm/simulator/node';
import { costsInContext } from './costs/property.mjs';
import { Coverage } from './coverage.mjs';
import { directedPrograms } from './directed/programs.mjs';
import { loadProgram, programFiles } from './programs.mjs';
import { runRandom } from './random/run.mjs';
import { differenceText } from './report.mjs';
import { lockstep } from './session.mjs';

/**
 * @typedef {object} Result
 * @property {number} programs that were run
 * @property {number} records
 * @property {number} cycles
 * @property {string} [difference] the first one, for people; nothing is run behind it
 */

export class Lockstep {
  #core;
  #stepper;
  #options;
  coverage;

  constructor(core, stepper, options) {
    this.#core = core;
    this.#stepper = stepper;
    this.#options = options;
    this.coverage = new Coverage(stepper);
  }

  /**
   * @param {import('./cores.mjs').CoreUnderTest} core
   * @param {object} [options]
   * @param {{ floats?: boolean, multiply?: boolean }} [options.features] what the core has
   * @param {number} [options.interval] records between two comparisons of all memories
   * @param {(line: string) => void} [options.report]
   * @param {string} [options.simulator] another build of the simulator
   */
  static async create(core, { simulator, ...options } = {}) {
    return new Lockstep(core, await createStepper(simulator), options);
  }

  async #each(programs) {
    const totals = { programs: 0, records: 0, cycles: 0 };
    for await (const { name, ...run } of programs) {
      const outcome = await lockstep(
        this.#core,
        this.#stepper,
        { interval: this.#options.interval, ...run },
        this.coverage,
      );
      totals.programs++;
      totals.records += outcome.records;
      totals.cycles += outcome.cycles;
      if (outcome.difference) {
        return { ...totals, difference: `${name}: ${differenceText(outcome.difference, run.image)}` };
      }
    }
    return totals;
  }

  /** @param {readonly string[]} files relative to the working directory @returns {Promise<Result>} */
  async files(files, records) {
    return this.#each(loaded(files, records, process.cwd()));
  }

  /** Every program of the repository. @returns {Promise<Result>} */
  async programs(records, wanted = () => true) {
    return this.#each(loaded(programFiles().filter(wanted), records));
  }

  /**
   * @param {number} [part] one of so many pairs of operands
   * @param {number} [shift] which of them
   * @returns {Promise<Result>}
   */
  async directed(part = 1, shift = 0) {
    return this.#each(directedPrograms({ features: this.#options.features, part, shift }));
  }

  /** @returns {Promise<Result>} */
  async random(seed, instructions, { milliseconds, shrinking } = {}) {
    const { features = {}, report } = this.#options;
    const run = { seed, instructions, features, milliseconds, shrinking, watch: this.coverage, report };
    const { streams, records, cycles, failure } = await runRandom(this.#core, this.#stepper, run);
    const difference =
      failure &&
      `the shortest stream (seed ${failure.seed}):\n\n${failure.text}\n${differenceText(failure.difference, failure.image)}`;
    return { programs: streams, records, cycles, ...(difference ? { difference } : {}) };
  }

  /**
   * Whether an instruction costs the same whatever is around it; the simulator takes no part.
   * @returns {Promise<Result>}
   */
  async costs(seed, instructions, { milliseconds, shrinking } = {}) {
    const { features, report } = this.#options;
    return costsInContext(this.#core, { seed, instructions, features, milliseconds, shrinking, report });
  }
}

async function* loaded(files, records, folder) {
  for (const file of files) {
    const program = await loadProgram(file, folder);
    if (program) yield { name: file, ...program, records };
    else if (folder !== undefined) throw new Error(`${file} cannot be compiled; \`pysm check\` says why`);
  }
}
