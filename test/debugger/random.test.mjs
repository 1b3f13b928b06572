/**
 * Random debugging of programs of test/programs on every target: the same breakpoints, steps and questions. Every answer,
 * cycle counts included, must be the same on all of them, and the program must not have noticed any of it.
 *
 * A core in hardware goes on sending while it is halted, or a byte on the wire would be torn: a program that waits for
 * its UART waits less there. So where the output is longer than the transmitter's queue, times are not compared.
 *
 * PYSM_SEED repeats a run, PYSM_RUNS sets the number of programs.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { UART_FIFO } from '@pysm/isa';
import { Choices, freshSeed } from '../lockstep/random/choices.mjs';
import { programs, statedResult } from '../programs/catalogue.mjs';
import { TARGETS, TargetClient } from './session.mjs';

const seed = process.env.PYSM_SEED ? Number(process.env.PYSM_SEED) : freshSeed();
const runs = Number(process.env.PYSM_RUNS ?? 12);

/** Cycles after which a program is ended: about a second of the Verilog. */
const MAX_CYCLES = 400_000;
/** Exit code of a program that has not ended by then. */
const LIMIT_EXIT = 3;
/** Stops after which a program is let go on to its end. */
const STOPS = 25;

const choices = new Choices(seed);

/** What a session does at each stop, chosen before any is started: targets cannot lead it astray. */
function plan(lines) {
  const somewhere = () => Array.from({ length: choices.between(1, 4) }, () => choices.between(1, lines));
  return {
    breakpoints: somewhere(),
    stops: Array.from({ length: STOPS }, () => ({
      command: choices.weighted([
        [3, 'next'],
        [4, 'stepIn'],
        [1, 'stepOut'],
        [2, 'continue'],
      ]),
      breakpoints: choices.chance(15) ? somewhere() : undefined,
      frame: choices.below(3),
      scope: choices.pick(['Locals', 'Globals', 'PySM core']),
    })),
  };
}

const setBreakpoints = (client, path, lines) =>
  client.request('setBreakpoints', { source: { path }, breakpoints: lines.map((line) => ({ line })) });

/** Plays a plan; resolves at the program's end. */
async function debug(client, launch, { breakpoints, stops }) {
  const path = launch.program;
  await client.start({ ...launch, stopOnEntry: true }, { [path]: breakpoints });
  for (const [i, stop] of stops.entries()) {
    const { event, body } = await client.waitForAny(['stopped', 'terminated']);
    if (event === 'terminated') return;
    const { stackFrames } = await client.request('stackTrace', { threadId: 1 });
    const frame = stackFrames[Math.min(stop.frame, stackFrames.length - 1)];
    await client.variables(stop.scope, frame.id);
    const isLast = i === stops.length - 1 || body.reason === 'exception';
    if (isLast) await setBreakpoints(client, path, []);
    else if (stop.breakpoints) await setBreakpoints(client, path, stop.breakpoints);
    await client.request(isLast ? 'continue' : stop.command, { threadId: 1 });
  }
  // Behind the last stop there may be one more, where an exception is uncaught.
  const { event } = await client.waitForAny(['stopped', 'terminated']);
  if (event === 'stopped') await client.go('continue');
}

/** What of a session the program itself determines. */
function effects({ events, stdout, stderr, console }) {
  return { stdout, stderr, console, exits: events.filter(({ event }) => event === 'exited') };
}

const TIMES = new Set(['cycles', 'time', 'instructions']);

/** Anything of a transcript with all that counts cycles or instructions left out. */
function withoutTimes(anything) {
  const text = JSON.stringify(anything, (_, value) => (TIMES.has(value?.name) ? { ...value, value: '' } : value));
  return text.replace(/[\d,]+ cycles \([^)]*\), [\d,]+ instructions|(cycle|core @) [\d,]+/g, '');
}

/** The program without a debugger. */
async function run(launch) {
  const client = new TargetClient('sim');
  await client.start({ ...launch, noDebug: true });
  await client.waitFor('terminated');
  await client.request('disconnect', {});
  return effects(client.transcript);
}

/** As many programs as there are runs, of those that end in time, and what is done to each. */
async function choose() {
  const chosen = [];
  const pool = [...programs()];
  while (chosen.length < runs && pool.length > 0) {
    const [program] = pool.splice(choices.below(pool.length), 1);
    const path = join(program.folder, program.file);
    const jumpers = statedResult(program)
      .options.filter((option) => option !== '--jumper')
      .map((wire) => wire.split(':').map(Number));
    const launch = { program: path, jumpers, maxCycles: MAX_CYCLES };
    const free = await run(launch);
    if (free.exits[0].body.exitCode === LIMIT_EXIT) continue;
    const steps = plan(readFileSync(path, 'utf8').split('\n').length);
    chosen.push({ name: program.name, launch, free, steps });
  }
  return chosen;
}

for (const { name, launch, free, steps } of await choose()) {
  const isQuiet = Buffer.byteLength(free.stdout) <= UART_FIFO;
  const compared = isQuiet ? structuredClone : withoutTimes;

  test(`${name}, PYSM_SEED=${seed}`, async () => {
    const transcripts = [];
    for (const target of TARGETS) {
      const client = new TargetClient(target);
      await debug(client, launch, steps);
      await client.request('disconnect', {});
      transcripts.push(client.transcript);
      const noticed = target === TARGETS[0] ? structuredClone : compared;
      assert.deepEqual(noticed(effects(client.transcript)), noticed(free), `${target}: the program noticed`);
    }
    for (const other of transcripts.slice(1)) assert.deepEqual(compared(other), compared(transcripts[0]));
  });
}
