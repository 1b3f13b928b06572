/**
 * The arithmetic unit in Verilog against the host's arithmetic and exact integers. Needs Verilator, Icarus and g++.
 *
 *     node --test rtl/dist/test/arithmetic/arithmetic.test.js
 *
 * PYSM_SEED (a number) repeats a run, PYSM_CASES says how many operand pairs each operation gets.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The command, seen from dist/test/arithmetic. */
const RUN = fileURLToPath(new URL('../../../test/arithmetic/run.mjs', import.meta.url));
const SEED = process.env['PYSM_SEED'] ?? String(1 + (Date.now() % 1_000_000_000));
const CASES = process.env['PYSM_CASES'] ?? '20000';
const LIMIT_MS = 10 * 60_000;

test(`${CASES} operand pairs of every operation, seed ${SEED}`, async (t) => {
  const options = { timeout: LIMIT_MS, maxBuffer: 1 << 26 };
  const { stdout } = await promisify(execFile)(process.execPath, [RUN, '--count', CASES, '--seed', SEED], options);
  assert.match(stdout, /Icarus: \d+ operations, 0 wrong/);
  assert.doesNotMatch(stdout, /\b[1-9]\d* wrong/);
  t.diagnostic(stdout);
});
