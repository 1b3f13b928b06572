/**
 * Checks the arithmetic unit (rtl/arithmetic) against the host's IEEE arithmetic and exact integers:
 *
 *     node rtl/test/arithmetic/run.mjs [--count N] [--seed S] [--only NAME] [--icarus N]
 *
 * N operand pairs for each operation under Verilator (default 20000; the full run is --count 1000000, some minutes), then
 * the first of them (--icarus, default 100 for each operation) under Icarus as a second opinion on the Verilog. The seed
 * is the clock's unless given, and printed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const RTL = join(FOLDER, '..', '..');
const ARITHMETIC = join(RTL, 'arithmetic');
const HOST_INCLUDE = join(RTL, '..', 'host', 'include');

/** Operations in bench.cc's table, and the most vectors that icarus.sv takes. */
const OPERATIONS = 26;
const ICARUS_LIMIT = 65536;

/** Longest times, ms: a build; a million pairs of every operation. */
const BUILD_LIMIT = 10 * 60_000;
const RUN_LIMIT = 60 * 60_000;

class Failure extends Error {}

/**
 * Runs a tool.
 * @param {string} tool
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean, limit?: number }} [options] quiet: its output is shown only if it fails
 * @returns {string} its standard output where quiet
 * @throws {Failure} where it is missing or fails
 */
function run(tool, args, { quiet = false, limit = RUN_LIMIT } = {}) {
  const { error, status, signal, stdout, stderr } = spawnSync(tool, args, {
    stdio: quiet ? 'pipe' : ['ignore', 'inherit', 'inherit'],
    encoding: 'utf8',
    timeout: limit,
    maxBuffer: 1 << 28,
  });
  if (error?.code === 'ENOENT') {
    throw new Failure(`${tool} is not installed. Debian and Ubuntu: apt-get install iverilog verilator g++ make`);
  }
  if (status === 0) return stdout ?? '';
  if (quiet) process.stderr.write(`${stdout}${stderr}`);
  throw new Failure(
    error?.code === 'ETIMEDOUT'
      ? `${tool}: stopped after ${limit / 60_000} min`
      : `${tool}: failed (${signal ?? status})`,
  );
}

/** Whole number of an option. */
function number(name, text, most) {
  if (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most) return text;
  throw new Failure(`--${name} is a whole number from 1 to ${most}, not '${text}'`);
}

function main() {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '20000' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000_007) },
      only: { type: 'string' },
      icarus: { type: 'string', default: '100' },
    },
  });
  const count = number('count', values.count, 1_000_000_000);
  const seed = number('seed', values.seed, Number.MAX_SAFE_INTEGER);
  const perOperation = number('icarus', values.icarus, Math.floor(ICARUS_LIMIT / OPERATIONS));
  const sources = readdirSync(ARITHMETIC)
    .filter((name) => name.endsWith('.sv'))
    .sort()
    .map((name) => join(ARITHMETIC, name));

  mkdirSync(tmpdir(), { recursive: true });
  const build = mkdtempSync(join(tmpdir(), 'pysm-arithmetic-'));
  try {
    console.log(`seed ${seed}`);
    run(
      'verilator',
      [
        ...['--cc', '--exe', '--build', '-O3', '-Wall', '--x-assign', 'unique', '--x-initial', 'unique'],
        ...['--top-module', 'bench', '--Mdir', build, `-I${ARITHMETIC}`, '-MAKEFLAGS', 'OPT_FAST=-O3 OPT_GLOBAL=-O2'],
        // No fused multiply-add: the host rounds each operation.
        ...['-CFLAGS', `-O2 -std=c++17 -ffp-contract=off -Wall -I${FOLDER} -I${HOST_INCLUDE}`],
        ...[join(FOLDER, 'bench.sv'), join(FOLDER, 'bench.cc')],
      ],
      { quiet: true, limit: BUILD_LIMIT },
    );
    const bench = join(build, 'Vbench');
    run(bench, ['--count', count, '--seed', seed, ...(values.only ? ['--only', values.only] : [])]);

    const vectors = join(build, 'vectors.hex');
    const simulation = join(build, 'icarus.vvp');
    const total = OPERATIONS * Number(perOperation);
    run(bench, ['--vectors', vectors, '--count', perOperation, '--seed', seed]);
    const files = [join(FOLDER, 'icarus.sv'), join(FOLDER, 'bench.sv'), ...sources];
    run('iverilog', ['-g2012', '-s', 'icarus', `-I${ARITHMETIC}`, '-o', simulation, ...files], {
      quiet: true,
      limit: BUILD_LIMIT,
    });
    const output = run('vvp', ['-n', simulation, `+vectors=${vectors}`, `+count=${total}`], { quiet: true });
    process.stdout.write(`Icarus: ${output}`);
    if (!output.includes(`${total} operations, 0 wrong`)) throw new Failure('Icarus found differences');
  } finally {
    rmSync(build, { recursive: true, force: true });
  }
}

try {
  main();
} catch (error) {
  if (!(error instanceof Failure) && error.code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw error;
  console.error(error.message);
  process.exitCode = 1;
}
