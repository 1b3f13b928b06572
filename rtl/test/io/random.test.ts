/**
 * The I/O space in Verilog against the simulator, on random programs. Needs Verilator and g++.
 *
 *     node --test rtl/dist/test/io/random.test.js
 *
 * PYSM_SEED (a number) repeats a run, PYSM_CASES says how many programs there are.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Stepper } from '@pysm/simulator';
import { createStepper } from '@pysm/simulator/node';
import { buildBench } from './bench.js';
import { runCase } from './cases.js';

const SEED = Number(process.env['PYSM_SEED'] ?? Date.now() % 1_000_000_000);
const CASES = Number(process.env['PYSM_CASES'] ?? 300);

let folder: string;
let bench: string;
let stepper: Stepper;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pysm-io-'));
  [bench, stepper] = await Promise.all([buildBench(folder), createStepper()]);
});

after(() => rm(folder, { recursive: true, force: true }));

test(`${CASES} random programs of seed ${SEED}`, async (t) => {
  const total = { accesses: 0, interrupts: 0, sent: 0 };
  for (let index = 0; index < CASES; index++) {
    const { difference, accesses, interrupts, sent } = await runCase(bench, stepper, SEED, index);
    assert.equal(difference, undefined, `seed ${SEED}, program ${index}: ${difference}`);
    total.accesses += accesses;
    total.interrupts += interrupts;
    total.sent += sent;
  }
  t.diagnostic(`${total.accesses} accesses, ${total.interrupts} interrupts, ${total.sent} bytes on the line`);
});
