/** The bench's own machinery, and that the figures that a release promises hold. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { goals, gpioFigures, kernelFigures, speedFigures, workloadFigures } from './figures.mjs';
import { cutOut, expectedValues } from './programs.mjs';

/** Workloads within the language of today: each must run, be right, and stay within 1.5 times its goal. */
const COVERED = ['w_fib24', 'w_mandel', 'w_crc16', 'w_vec', 'w_pid'];

describe('bench', () => {
  it('cuts out a function with what it needs and nothing else', () => {
    const program = cutOut('kernels.py', 'k_meth_inh');
    assert.match(program, /^class C:/m);
    assert.match(program, /^class D\(C\):/m);
    assert.doesNotMatch(program, /^G=|def f2|k_meth0/m);
    assert.match(cutOut('kernels_pin.py', 'k_pin_on'), /^from machine import Pin\n/);
    assert.equal(Object.keys(expectedValues()).length, Object.keys(goals.workloads).length);
  });

  it('measures an operation net of its loop', async () => {
    const rows = await kernelFigures((name) => ['empty_for', 'add_local'].includes(name));
    for (const row of rows) assert.equal(row.cycles, 1, row.label);
  });

  for (const name of COVERED) {
    it(`${name} is right and within 1.5 times its goal`, async () => {
      const [row] = await workloadFigures((workload) => workload === name);
      assert.equal(row.stoppedBy, undefined, row.message);
      assert.ok(row.correct, `value ${row.value}`);
      assert.ok(row.cycles <= 1.5 * row.goal, `${row.cycles} cycles, goal ${row.goal}`);
    });
  }

  it('GPIO round trips stay within their limits', async () => {
    for (const row of await gpioFigures()) {
      assert.equal(row.stoppedBy, undefined, row.message);
      assert.ok(row.cycles <= row.limit, `${row.label}: ${row.cycles} cycles`);
    }
  });

  it('GPIO round trips and workloads take the same cycles on the Verilog', async () => {
    const workloads = await workloadFigures((workload) => COVERED.includes(workload), { rtl: true });
    const rows = [...(await gpioFigures({ rtl: true })), ...workloads];
    assert.equal(rows.length, Object.keys(goals.gpio).length + COVERED.length);
    for (const { label, cycles, rtlCycles } of rows) assert.equal(rtlCycles, cycles, label);
  });

  it('simulates at least 100 million cycles a second', async () => {
    const rows = await speedFigures({ rounds: 3, cyclesPerRound: 20_000_000 });
    assert.equal(rows.length, COVERED.length);
    for (const { label, best } of rows) {
      assert.ok(
        best >= goals.simulator.limit_million_cycles_per_second,
        `${label}: ${best.toFixed(0)} million cycles/s`,
      );
    }
  });
});
