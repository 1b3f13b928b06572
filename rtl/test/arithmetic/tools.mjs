/** What the commands of this folder share: running tools, and building the bench of bench.cc. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const FOLDER = fileURLToPath(new URL('.', import.meta.url));
/** The arithmetic unit. */
export const ARITHMETIC = join(FOLDER, '..', '..', 'arithmetic');
const HOST_INCLUDE = join(FOLDER, '..', '..', '..', 'host', 'include');

/** Longest times, ms: a build or a proof; a million pairs of every operation. */
export const BUILD_LIMIT = 10 * 60_000;
/** Debian's packages of all the tools. */
const PACKAGES = 'iverilog verilator g++ make yosys z3';
const RUN_LIMIT = 60 * 60_000;

/** Something that the person at the command can act on; no trace is shown. */
export class Failure extends Error {}

/**
 * Runs a tool.
 * @param {string} tool
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean, limit?: number, cwd?: string, accept?: readonly number[] }} [options] quiet: its output is
 *   shown only if it fails; accept: exit codes that are no failure
 * @returns {string} its standard output where quiet
 * @throws {Failure} where it is missing or fails
 */
export function run(tool, args, { quiet = false, limit = RUN_LIMIT, cwd, accept = [0] } = {}) {
  const { error, status, signal, stdout, stderr } = spawnSync(tool, args, {
    stdio: quiet ? 'pipe' : ['ignore', 'inherit', 'inherit'],
    encoding: 'utf8',
    timeout: limit,
    cwd,
    maxBuffer: 1 << 28,
  });
  if (error?.code === 'ENOENT') {
    throw new Failure(`${tool} is not installed. Debian and Ubuntu: apt-get install ${PACKAGES}`);
  }
  if (accept.includes(status)) return stdout ?? '';
  if (quiet) process.stderr.write(`${stdout}${stderr}`);
  throw new Failure(
    error?.code === 'ETIMEDOUT'
      ? `${tool}: stopped after ${limit / 60_000} min`
      : `${tool}: failed (${signal ?? status})`,
  );
}

/**
 * Builds the bench around the unit's Verilog.
 * @param {string} folder where to
 * @param {string} [sources] folder of the Verilog
 * @param {readonly string[]} [options] of Verilator
 * @returns {string} the program
 */
export function buildBench(folder, sources = ARITHMETIC, options = []) {
  run(
    'verilator',
    [
      ...['--cc', '--exe', '--build', '-O3', '-Wall', ...options, '--x-assign', 'unique', '--x-initial', 'unique'],
      ...['--top-module', 'bench', '--Mdir', folder, `-I${sources}`, '-MAKEFLAGS', 'OPT_FAST=-O3 OPT_GLOBAL=-O2'],
      // No fused multiply-add: the host rounds each operation.
      ...['-CFLAGS', `-O2 -std=c++17 -ffp-contract=off -Wall -I${FOLDER} -I${HOST_INCLUDE}`],
      ...[join(FOLDER, 'bench.sv'), join(FOLDER, 'bench.cc')],
    ],
    { quiet: true, limit: BUILD_LIMIT },
  );
  return join(folder, 'Vbench');
}

/** Runs `main` of a command, which may be asynchronous: a Failure is a line on stderr and exit code 1. */
export async function command(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Failure) && !String(error.code).startsWith('ERR_PARSE_ARGS')) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
