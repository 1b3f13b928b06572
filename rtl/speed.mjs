/**
 * Speed of the RTL in million clock cycles a second, on loops of the benchmarks, with nothing traced:
 *
 *     node rtl/speed.mjs [--cycles N]    as WebAssembly, and as a native process where Verilator is installed
 *
 * Each is measured three times over N cycles (default 2 million); the best counts. The last column is the sum of as many
 * native processes at once as there are processors, which is what a mass run has. Needs `npm run build`.
 */
import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { build } from '../bench/measure.mjs';
import { cutOut } from '../bench/programs.mjs';
import { RtlTarget } from './dist/src/index.js';
import { nativeChannel, rtlChannel } from './dist/src/node.js';

/** Calls, integer loops, floats. */
const WORKLOADS = ['w_fib24', 'w_crc16', 'w_mandel'];
const ROUNDS = 3;
/** Cycles before the measurement, in which the engine's compiler and the processor's caches warm up. */
const WARM_UP = 500_000;

const option = process.argv.indexOf('--cycles');
const cycles = option < 0 ? 2_000_000 : Number(process.argv[option + 1]);
if (!Number.isInteger(cycles) || cycles <= 0) throw new Error('--cycles wants a number of clock cycles');

const report = (line) => console.error(line);
const channels = { WebAssembly: () => rtlChannel({ report }) };
try {
  execFileSync('verilator', ['--version'], { stdio: 'ignore' });
  channels.native = () => nativeChannel({ report });
} catch {
  report('Verilator is not installed: no native process.');
}

/** Best speed over ROUNDS of an image that runs for long enough. */
async function speedOf(image, channel) {
  const target = new RtlTarget(channel);
  try {
    await target.load(image);
    let end = WARM_UP;
    await target.run({ untilCycle: end });
    let best = 0;
    for (let round = 0; round < ROUNDS; round++) {
      end += cycles;
      const start = performance.now();
      const { kind } = await target.run({ untilCycle: end });
      if (kind !== 'cycle-limit') throw new Error(`the program ended with ${kind}`);
      best = Math.max(best, cycles / (performance.now() - start) / 1000);
    }
    return Math.round(best * 100) / 100;
  } finally {
    await target.dispose();
  }
}

const table = {};
for (const name of WORKLOADS) {
  const built = await build(`${cutOut('workloads.py', name)}while True:\n    ${name}()\n`);
  if (!('image' in built)) throw new Error(`${name} does not compile: ${built.message}`);
  table[name] = {};
  for (const [kind, open] of Object.entries(channels)) {
    table[name][`${kind}, Mcycles/s`] = await speedOf(built.image, await open());
  }
  if (channels.native) {
    const processes = Array.from({ length: availableParallelism() }, channels.native);
    const speeds = await Promise.all(processes.map(async (open) => speedOf(built.image, await open)));
    const sum = speeds.reduce((all, speed) => all + speed, 0);
    table[name][`${processes.length} native at once`] = Math.round(sum * 100) / 100;
  }
}
console.table(table);
