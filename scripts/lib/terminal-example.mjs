/** The example in the terminal: a diagnostic, what lines cost, a run, and the GPIO round trip beside its peers. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem, REPOSITORY } from './install.mjs';
import { run } from './processes.mjs';

/** A program that the core cannot run, the program that is costed and run, and the GPIO round trip. */
const REJECTED = 'examples/not_supported.py';
const EXAMPLE = 'examples/controller.py';
const ROUND_TRIP = 'examples/gpio_round_trip.py';

/** Time limit of each command, ms; together they stay within a minute. */
const LIMIT = 15_000;

/**
 * Shows and runs `pysm ARGS`; an exit code other than `expected` is a {@link Problem}.
 * @param {(line: string) => void} report
 */
async function pysm(report, args, expected = 0) {
  report(`\n$ pysm ${args.join(' ')}`);
  const { code, timedOut } = await run(process.execPath, ['cli/bin/pysm.mjs', ...args], {
    cwd: REPOSITORY,
    timeout: LIMIT,
  });
  if (timedOut) throw new Problem(`pysm ${args[0]} took longer than ${LIMIT / 1000} s.`);
  if (code !== expected) throw new Problem(`pysm ${args[0]} ended with ${code}; ${expected} was expected.`);
}

/** @param {(line: string) => void} report */
export async function showExample(report) {
  report('\nWhat the core cannot run is said while you type, with the reason and what to do instead:');
  await pysm(report, ['check', REJECTED], 1);
  report('\nWhat each line costs, in instructions and clock cycles of the core (100 MHz):');
  await pysm(report, ['cycles', EXAMPLE]);
  report('\nThe same program on the cycle-exact simulator:');
  await pysm(report, ['run', EXAMPLE]);

  report('\nA GPIO round trip: drive pin 1 high, wait until pin 2, joined to it by a wire, reads high:');
  const scratch = await mkdtemp(join(tmpdir(), 'pysm-start-'));
  try {
    const stats = join(scratch, 'stats.json');
    await pysm(report, ['run', ROUND_TRIP, '--jumper', '1:2', '--stats', stats]);
    const { main_result: nanoseconds, clock_hz: clock } = JSON.parse(await readFile(stats, 'utf8'));
    const cycles = Math.round((nanoseconds * clock) / 1e9);
    report(`PySM (simulator): ${nanoseconds} ns = ${cycles} cycles at ${clock / 1e6} MHz. Published: PyXL 480 ns;`);
    report('MicroPython on a Pyboard 14 to 25 us, about 0.4 us with @micropython.viper; C below 0.1 us.');
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
