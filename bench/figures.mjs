/** All figures of the bench: kernels, workloads, GPIO round trips, simulator speed. Plain data for tables and JSON. */
import { readFileSync } from 'node:fs';
import { build, intResult, runImage, runOnRtl, simulatorSpeed } from './measure.mjs';
import { cutOut, expectedValues, readProgram } from './programs.mjs';

const json = (file) => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
export const goals = json('goals.json');
export const peers = json('peers.json');

/** Repetitions N of a kernel; a multiple of 100, which some kernels divide by. Objects of 2N repetitions fit the heap. */
const REPETITIONS = 1000;

/** Outer calls that make a workload long enough to time the simulator; those that allocate run out of heap sooner. */
const SPEED_CYCLES = 4_000_000;
const ALLOCATING = new Set(['w_vec', 'w_matmul', 'w_nqueens6', 'w_sieve', 'w_bubble']);

/** Pins that kernels_pin.py reads show what it waits for. */
const drivePins = async (target) => {
  await target.drivePin(0, 1);
  await target.drivePin(1, 0);
};

/** Cycles of one repetition: (cost(2N) - cost(N)) / N; or what stops it from compiling. */
async function kernelCycles(name, { file }) {
  const program = cutOut(file, `k_${name}`);
  const costs = [];
  for (const n of [REPETITIONS, 2 * REPETITIONS]) {
    const built = await build(`${program}k_${name}(${n})\n`);
    if (!('image' in built)) return built;
    try {
      costs.push((await runImage(built.image, drivePins)).cycles);
    } catch (error) {
      return { stoppedBy: 'run', message: error.message };
    }
  }
  return { cycles: (costs[1] - costs[0]) / REPETITIONS };
}

/** @param {(name: string) => boolean} wanted */
export async function kernelFigures(wanted = () => true) {
  const rows = [];
  const empty = (await kernelCycles('empty_for', goals.kernels.empty_for)).cycles;
  for (const [name, entry] of Object.entries(goals.kernels)) {
    if (!wanted(name)) continue;
    const measured = await kernelCycles(name, entry);
    const micropython = peers.micro_micropython[name]?.[entry.net ? 'bytecode_net' : 'bytecode'];
    const cycles = measured.cycles === undefined ? undefined : measured.cycles - (entry.net ? (empty ?? 0) : 0);
    const { label, goal, goalNote, allocates } = entry;
    rows.push({ name, label, goal, goalNote, allocates, ...measured, cycles, micropython });
  }
  return rows;
}

/**
 * @param {(name: string) => boolean} [wanted]
 * @param {{ rtl?: boolean }} [options] `rtl`: run them on the Verilog as well
 */
export async function workloadFigures(wanted = () => true, { rtl = false } = {}) {
  const expected = expectedValues();
  const rows = [];
  for (const [name, { label, goal, allocates, cNote }] of Object.entries(goals.workloads)) {
    if (!wanted(name)) continue;
    const peer = peers.workloads[name];
    const row = {
      name,
      label,
      goal,
      allocates,
      cNote,
      micropython: peer.micropython_bytecode,
      c: peer.c_O2_double ?? peer.c_O2,
    };
    const built = await build(`${cutOut('workloads.py', name)}def main():\n    return ${name}()\n`);
    if (!('image' in built)) {
      rows.push({ ...row, ...built });
      continue;
    }
    try {
      const run = await runImage(built.image);
      const value = intResult(run);
      rows.push({
        ...row,
        cycles: run.cycles,
        instructions: run.instructions,
        rtlCycles: rtl ? (await runOnRtl(built.image)).cycles : undefined,
        value,
        correct: value === expected[name],
      });
    } catch (error) {
      rows.push({ ...row, stoppedBy: 'run', message: error.message });
    }
  }
  return rows;
}

/** @param {{ rtl?: boolean }} [options] `rtl`: run them on the Verilog as well */
export async function gpioFigures({ rtl = false } = {}) {
  const rows = [];
  for (const [name, entry] of Object.entries(goals.gpio)) {
    const built = await build(readProgram(`${name}.py`));
    if (!('image' in built)) {
      rows.push({ name, ...entry, ...built });
      continue;
    }
    try {
      const wire = (target) => target.jumper(1, 2);
      const run = await runImage(built.image, wire);
      const rtlCycles = rtl ? intResult(await runOnRtl(built.image, wire)) : undefined;
      rows.push({ name, ...entry, cycles: intResult(run), rtlCycles });
    } catch (error) {
      rows.push({ name, ...entry, stoppedBy: 'run', message: error.message });
    }
  }
  return rows;
}

/** Simulator speed on each workload that compiles, in million cycles a second, with a breakpoint set that is never hit. */
export async function speedFigures({ rounds = 5, cyclesPerRound = 40_000_000 } = {}) {
  const rows = [];
  for (const [name, { label, goal }] of Object.entries(goals.workloads)) {
    const calls = ALLOCATING.has(name) ? 1 : Math.max(1, Math.round(SPEED_CYCLES / goal));
    const program = cutOut('workloads.py', name);
    const built = await build(
      `${program}for _ in range(${calls}):\n    ${name}()\ndef never(): pass\nif ${calls} < 0: never()\n`,
    );
    if (!('image' in built)) continue;
    const never = built.image.debug.functions.find((fn) => fn.name === 'never' && !fn.runtime);
    const breakpoints = never ? [never.entry] : [];
    try {
      rows.push({ name, label, ...(await simulatorSpeed(built.image, { rounds, cyclesPerRound, breakpoints })) });
    } catch {
      // The workload's own row already says why it does not run.
    }
  }
  return rows;
}
