/**
 * Puts each mistake of faults/list.mjs into a copy of the Verilog or the simulator, builds it, and runs the bounded
 * comparison, which must find it.
 *
 *     node test/lockstep/faults.mjs [--target native|wasm|icarus] [--seed S] [--part NAME] [WORDS ..]
 *
 * --part: only this part of the comparison, by its name or the beginning of it.
 * WORDS: only faults whose name or file has one of them. Ends with code 1 where a fault was not found.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { boundedParts } from './bounded.mjs';
import { createCore } from './cores.mjs';
import { faultyRtl, faultySimulator } from './faults/apply.mjs';
import { FAULTS } from './faults/list.mjs';
import { thirdOpinion } from './icarus.mjs';
import { Lockstep } from './lockstep.mjs';
import { freshSeed } from './random/choices.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    target: { type: 'string', default: 'native' },
    seed: { type: 'string' },
    part: { type: 'string', default: '' },
  },
});
const seed = values.seed === undefined ? freshSeed() : Number(values.seed);
const wanted = FAULTS.filter(
  ({ name, file }) => positionals.length === 0 || positionals.some((w) => name.includes(w) || file.includes(w)),
);

/** Cores with random values at their start, which only Verilator makes. */
const startOf = (options) =>
  values.target === 'native' ? { start: (initial) => createCore('native', { ...options, seed: initial }) } : {};

/** What found the fault, or undefined. */
async function finds(core, { simulator, ...options }) {
  const all = { shrinking: 0, simulator, ...options };
  const parts =
    values.target === 'icarus'
      ? [['third opinion', () => thirdOpinion(core, seed, all)]]
      : boundedParts(await Lockstep.create(core, { simulator }), seed, all);
  for (const [name, run] of parts) {
    if (!name.startsWith(values.part)) continue;
    // A core that hangs is found, too.
    const { difference, records } = await run().catch((error) => ({ difference: error.message, records: 0 }));
    if (difference)
      return `${name}, record ${records}: ${difference.split('\n').find((line) => line.includes('differ')) ?? difference.split('\n')[0]}`;
  }
  return undefined;
}

async function tryFault(fault, folder) {
  const isRtl = fault.file.startsWith('rtl/');
  // Without a profile: the core is used once, and with its fault may not go on in the loop that gives one.
  const options = isRtl
    ? { root: await faultyRtl(join(folder, 'rtl'), fault), out: join(folder, 'build', 'rtl'), profile: false }
    : {};
  const core = await createCore(values.target, options);
  try {
    const simulator = isRtl ? undefined : await faultySimulator(folder, fault);
    return await finds(core, { simulator, ...startOf(options) });
  } finally {
    await core.dispose();
  }
}

console.log(`seed ${seed}, ${wanted.length} faults on ${values.target}`);
// Where the two differ without a fault, finding a difference proves nothing.
const sound = await createCore(values.target, { report: console.error });
const without = await finds(sound, startOf({}));
await sound.dispose();
if (without) {
  console.log(`Core and simulator differ without any fault (${without}): node test/lockstep/run.mjs shows it.`);
  process.exit(2);
}
let missed = 0;
for (const fault of wanted) {
  const folder = await mkdtemp(join(tmpdir(), 'pysm-fault-'));
  try {
    const found = await tryFault(fault, folder);
    if (!found) missed++;
    console.log(`${found ? 'found' : 'MISSED'}  ${fault.file}: ${fault.name}\n         ${found ?? ''}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
console.log(missed === 0 ? `all ${wanted.length} were found` : `${missed} of ${wanted.length} were not found`);
process.exitCode = missed === 0 ? 0 : 1;
