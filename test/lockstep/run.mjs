/**
 * The core and the simulator side by side, at every retired instruction.
 *
 *     node test/lockstep/run.mjs [--target wasm|native|twin|icarus] [what] [options]
 *
 *     --seed S --instructions N   random streams from a seed (default: a fresh one, which is printed)
 *     --jobs J                    these streams in J processes side by side, from the seeds S to S + J - 1
 *     --directed                  each instruction with each class of operands, each outcome and each trap
 *     --programs                  every example, test program, benchmark and listing
 *     --costs [--seed S] [--instructions N]   whether an instruction costs the same whatever is around it
 *     --initial [--seed S]        random values in all registers and memories at the start (target native)
 *     FILE ..                     .pysm or .py files, for instance a stream that failed
 *
 *     --records N                 most records of a program (default 100,000)
 *     --no-float, --no-multiply   leave out what a core does not have
 *     --interval N                records between two comparisons of all memories (default 1000)
 *     --coverage                  print which rows of the instruction table were met
 *
 * Without `what` it does the first four; with the target icarus, which is slow, a few cases and streams (icarus.mjs). Ends with code 1 where the two differ.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { CORES, createCore } from './cores.mjs';
import { summary } from './coverage.mjs';
import { thirdOpinion } from './icarus.mjs';
import { randomStarts } from './initial.mjs';
import { Lockstep } from './lockstep.mjs';
import { freshSeed } from './random/choices.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    target: { type: 'string', default: 'native' },
    seed: { type: 'string' },
    instructions: { type: 'string' },
    jobs: { type: 'string', default: '1' },
    directed: { type: 'boolean' },
    programs: { type: 'boolean' },
    costs: { type: 'boolean' },
    initial: { type: 'boolean' },
    records: { type: 'string', default: '100000' },
    interval: { type: 'string', default: '1000' },
    'no-float': { type: 'boolean' },
    'no-multiply': { type: 'boolean' },
    coverage: { type: 'boolean' },
    root: { type: 'string' },
    out: { type: 'string' },
  },
});

if (!CORES.includes(values.target)) {
  console.error(`There is no target ${values.target}; the targets are ${CORES.join(', ')}.`);
  process.exit(2);
}
const say = (line) => console.error(line);
const { root, out } = values;
const build = { report: say, ...(root ? { root } : {}), ...(out ? { out } : {}) };
const core = await createCore(values.target, build);
const features = { floats: !values['no-float'], multiply: !values['no-multiply'] };
const records = Number(values.records);
const lockstep = await Lockstep.create(core, { features, interval: Number(values.interval), report: say });

const other = values.costs || values.initial;
const chosen = values.directed || values.programs || other || positionals.length > 0;
const short = values.target === 'icarus' && !chosen && values.instructions === undefined;
const random = !other && !short && (values.seed !== undefined || values.instructions !== undefined);
const everything = !random && !chosen && !short;
const seed = values.seed === undefined ? freshSeed() : Number(values.seed);
const instructions = Number(values.instructions ?? 1_000_000);
const jobs = Number(values.jobs);
let failed = false;

/** The random streams in several processes, each with a seed of its own: this command again. */
async function sideBySide() {
  const given = process.argv.slice(2);
  const children = Array.from({ length: jobs }, (_, i) => {
    const own = ['--jobs', '1', '--seed', `${seed + i}`, '--instructions', `${Math.ceil(instructions / jobs)}`];
    return spawn(process.execPath, [process.argv[1], ...given, ...own], { stdio: ['ignore', 'inherit', 'inherit'] });
  });
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
  failed = codes.some((code) => code !== 0);
}

const stage = async (name, run) => {
  if (failed) return;
  const begun = Date.now();
  const { records: compared, cycles, programs, difference } = await run();
  const seconds = (Date.now() - begun) / 1000;
  console.log(
    `${name}: ${programs} programs, ${compared} records, ${cycles} cycles in ${seconds.toFixed(1)} s` +
      ` (${Math.round(compared / seconds)} records/s) on ${core.name}`,
  );
  if (difference) {
    failed = true;
    console.log(difference);
  }
};

if (positionals.length > 0) await stage('files', () => lockstep.files(positionals, records));
if (everything || values.directed) await stage('directed', () => lockstep.directed());
if (everything || values.programs) await stage('programs', () => lockstep.programs(records));
if (everything || random || other || short) console.log(`seed ${seed}`);
if (random && jobs > 1) await sideBySide();
else if (everything || random) await stage('random streams', () => lockstep.random(seed, instructions));
if (everything || values.costs) await stage('costs in surroundings', () => lockstep.costs(seed, instructions));
if (values.initial) {
  const start = (initial) => createCore('native', { ...build, seed: initial });
  await stage('random initial values', () => randomStarts(start, seed, { features }));
}
if (short) await stage('third opinion', () => thirdOpinion(core, seed));
if (values.coverage) console.log(summary(lockstep.coverage, features));
await core.dispose();
process.exitCode = failed ? 1 : 0;
