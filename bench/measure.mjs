/** Compiles and runs one program on simulator or RTL and gives its cycles; the bench's only way to the toolchain. */
import { loadCompiler } from '@pysm/compiler/node';
import { TAG } from '@pysm/isa';
import { createRtl } from '@pysm/rtl/node';
import { createSimulator } from '@pysm/simulator/node';

/** Most cycles of a run: beyond, the program is taken to hang. */
const CYCLE_LIMIT = 200_000_000;

const PATH = 'bench.py';
let compiler;

/**
 * @typedef {{ image: import('@pysm/isa').Image }} Built
 * @typedef {{ stoppedBy: string, message: string }} Refused code and text of the first error
 */

/**
 * @param {string} source Python
 * @returns {Promise<Built | Refused>}
 */
export async function build(source) {
  compiler ??= await loadCompiler();
  const host = { read: (path) => (path === PATH ? source : undefined), resolveSibling: (_, name) => `${name}.py` };
  const compilation = compiler.compile(PATH, host);
  const errors = (diagnostics) => diagnostics.filter(({ severity }) => severity === 'error');
  const linked = errors(compilation.diagnostics).length === 0 ? compilation.link() : compilation;
  if ('image' in linked) return { image: linked.image };
  const [{ code, message }] = errors(linked.diagnostics);
  return { stoppedBy: code, message };
}

/**
 * Runs an image from reset to its end.
 * @param {import('@pysm/isa').Image} image
 * @param {(target: import('@pysm/simulator').Target) => Promise<void>} [prepare] wires, levels
 * @param {() => Promise<import('@pysm/simulator').Target>} [create]
 * @returns {Promise<{ cycles: number, instructions: number, stdout: string, result: import('@pysm/isa').Word }>}
 */
export async function runImage(image, prepare = async () => {}, create = createSimulator) {
  const target = await create();
  try {
    await target.load(image);
    await prepare(target);
    const output = { stdout: '', stderr: '' };
    target.onConsole((stream, bytes) => {
      output[stream] += Buffer.from(bytes).toString('utf8');
    });
    const stop = await target.run({ untilCycle: CYCLE_LIMIT });
    if (stop.kind !== 'exited' || stop.code !== 0) {
      throw new Error(
        `the program ended with ${JSON.stringify(stop, (_, v) => (typeof v === 'bigint' ? String(v) : v))}\n${output.stderr}`,
      );
    }
    const { cycles, instructions } = await target.statistics();
    return { cycles, instructions, stdout: output.stdout, result: stop.value };
  } finally {
    await target.dispose();
  }
}

/** As {@link runImage}, on the Verilog of the core, which is built first where it is not. */
export const runOnRtl = (image, prepare) => runImage(image, prepare, () => createRtl({ report: console.error }));

/** The int that main() returned. */
export function intResult({ result }) {
  if (result.tag !== TAG.INT) throw new Error(`main() returned a word with tag ${result.tag}, not an int`);
  return Number(result.payload);
}

/**
 * Million simulated cycles a second over repeated runs of an image, each from reset; the time of run() alone counts.
 * @param {import('@pysm/isa').Image} image
 * @param {{ rounds: number, cyclesPerRound: number, breakpoints: readonly number[] }} options
 * @returns {Promise<{ best: number, median: number }>}
 */
export async function simulatorSpeed(image, { rounds, cyclesPerRound, breakpoints }) {
  const target = await createSimulator();
  try {
    await target.load(image);
    await target.setBreakpoints(breakpoints);
    const speeds = [];
    // The first round warms the engine's compiler up and is not counted.
    for (let round = -1; round < rounds; round++) {
      let cycles = 0;
      let milliseconds = 0;
      while (cycles < cyclesPerRound) {
        await target.reset();
        const start = performance.now();
        const stop = await target.run({ untilCycle: CYCLE_LIMIT });
        milliseconds += performance.now() - start;
        if (stop.kind !== 'exited') throw new Error(`the program ended with ${stop.kind}`);
        cycles += (await target.statistics()).cycles;
      }
      if (round >= 0) speeds.push(cycles / milliseconds / 1000);
    }
    speeds.sort((a, b) => a - b);
    return { best: speeds.at(-1), median: speeds[speeds.length >> 1] };
  } finally {
    await target.dispose();
  }
}
