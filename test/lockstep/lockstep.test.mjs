/**
 * The bounded part of the comparison: the Verilog as WebAssembly against the simulator on a sample of the directed
 * programs, some programs of the repository and random streams of a fresh seed, which is printed; costs in surroundings;
 * and where Verilator and Icarus are installed, random initial values and a third opinion. PYSM_LOCKSTEP_SEED repeats a
 * seed; PYSM_LOCKSTEP_TARGET names another core.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { boundedParts } from './bounded.mjs';
import { createCore } from './cores.mjs';
import { inFeatures, rowsOf } from './coverage.mjs';
import { thirdOpinion } from './icarus.mjs';
import { Lockstep } from './lockstep.mjs';
import { freshSeed } from './random/choices.mjs';

const seed = Number(process.env.PYSM_LOCKSTEP_SEED ?? freshSeed());
const target = process.env.PYSM_LOCKSTEP_TARGET ?? 'wasm';
let core;
let lockstep;

before(async () => {
  console.log(`lockstep of ${target}, seed ${seed}: PYSM_LOCKSTEP_SEED=${seed} repeats it`);
  core = await createCore(target, { report: console.log });
  lockstep = await Lockstep.create(core, { report: console.log });
});
after(() => core?.dispose());

/** Records that each part must at least have compared: a program that ends at once says nothing. */
const LEAST = {
  'directed programs': 100_000,
  'programs of the repository': 30_000,
  'random streams': 10_000,
  'costs in surroundings': 30_000,
  'random initial values': 4000,
};

/** Only Verilator gives registers and memories random values. */
const start = (initial) => createCore('native', { seed: initial, report: console.log });
/**
 * Seed of the part that Icarus runs, always the same one: its memories are not filled to their ends, and a program that goes
 * beyond what is filled finds an unknown word, which is no fault. Others: `run.mjs --target icarus`.
 */
const ICARUS_SEED = 1;

/** Whether to skip what needs a tool, and why. */
const without = (tool, option) => (spawnSync(tool, [option]).status === 0 ? false : `${tool} is not installed`);
const skips = { 'random initial values': without('verilator', '--version') };

for (const [index, name] of Object.keys(LEAST).entries()) {
  test(name, { skip: skips[name] }, async () => {
    const [, run] = boundedParts(lockstep, seed, { start })[index];
    const { difference, records } = await run();
    assert.equal(difference, undefined, difference);
    assert.ok(records >= LEAST[name], `only ${records} records`);
  });
}

test('Icarus agrees', { skip: without('iverilog', '-V') }, async () => {
  const icarus = await createCore('icarus', { report: console.log });
  try {
    const { difference, records } = await thirdOpinion(icarus, ICARUS_SEED);
    assert.equal(difference, undefined, difference);
    assert.ok(records >= 3000, `only ${records} records`);
  } finally {
    await icarus.dispose();
  }
});

test('every outcome and every trap of the instruction table was met', () => {
  const { outcomes, traps } = rowsOf(inFeatures({}));
  assert.deepEqual(lockstep.coverage.missing([...outcomes, ...traps]), []);
  const wrong = [...lockstep.coverage.hits.keys()].filter((row) => row.includes('in no row of the table'));
  assert.deepEqual(wrong, [], 'cycles that the table does not give');
});
