/**
 * The bounded part of the comparison: the Verilog as WebAssembly against the simulator on a sample of the directed
 * programs, some programs of the repository and random streams of a fresh seed, which is printed. PYSM_LOCKSTEP_SEED
 * repeats a seed; PYSM_LOCKSTEP_TARGET names another core.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createCore } from './cores.mjs';
import { inFeatures, rowsOf } from './coverage.mjs';
import { Lockstep } from './lockstep.mjs';
import { freshSeed } from './random/choices.mjs';

/** One of so many pairs of operands of instructions with two: together with the seed over many runs all of them. */
const PART = 25;
/** Records of a program of the repository, and of all random streams; and how long those may take, ms. */
const PROGRAM_RECORDS = 3000;
const RANDOM_RECORDS = 150_000;
const RANDOM_TIME = 30_000;

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

test('each instruction with each class of operands, outcome and trap', async () => {
  const { difference } = await lockstep.directed(PART, seed % PART);
  assert.equal(difference, undefined, difference);
  const { outcomes, traps } = rowsOf(inFeatures({}));
  assert.deepEqual(lockstep.coverage.missing([...outcomes, ...traps]), [], 'rows of the instruction table never met');
  const wrong = [...lockstep.coverage.hits.keys()].filter((row) => row.includes('in no row of the table'));
  assert.deepEqual(wrong, []);
});

test('every listing, and programs of every kind', async () => {
  const wanted = (file) =>
    /^(isa\/listings|examples|test\/programs\/(algorithms|classes|limits|exceptions))\//.test(file);
  const { difference, programs } = await lockstep.programs(PROGRAM_RECORDS, wanted);
  assert.equal(difference, undefined, difference);
  assert.ok(programs > 60, `only ${programs} programs`);
});

test('random streams', async () => {
  const { difference, records } = await lockstep.random(seed, RANDOM_RECORDS, { milliseconds: RANDOM_TIME });
  assert.equal(difference, undefined, difference);
  assert.ok(records > 10_000, `only ${records} records`);
});
