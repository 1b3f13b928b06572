/** Builds the bench of bench.cc around the Verilog, and runs scripts on it. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The package's folder, seen from dist/test/io. */
export const RTL = fileURLToPath(new URL('../../../', import.meta.url));
/** Verilog of the I/O space. */
export const SOURCES = join(RTL, 'io');
const HOST_INCLUDE = join(RTL, '..', 'host', 'include');
const BUILD_LIMIT_MS = 5 * 60_000;
const RUN_LIMIT_MS = 60_000;

const run = promisify(execFile);

/** Verilog files of a folder, in order. */
export async function verilogFiles(folder: string = SOURCES): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.sv')).sort();
}

/**
 * Compiles the Verilog in `sources` with the bench into `folder`; all warnings of Verilator are on and count as errors,
 * unless `options` say otherwise.
 * @returns the program's path
 */
export async function buildBench(
  folder: string,
  sources: string = SOURCES,
  options: readonly string[] = [],
): Promise<string> {
  const compiler = `-O1 -std=c++17 -I${HOST_INCLUDE} -I${join(RTL, 'harness')}`;
  await run(
    'verilator',
    [
      ...['--cc', '--exe', '--build', '-O3', '-Wall', ...options, '--x-assign', 'unique', '--x-initial', 'unique'],
      ...['--top-module', 'pysm_io', `-I${join(RTL, 'include')}`, '-y', sources, '--Mdir', folder, '-o', 'bench'],
      ...['-CFLAGS', compiler, join(sources, 'pysm_io.sv'), join(RTL, 'test', 'io', 'bench.cc')],
    ],
    { timeout: BUILD_LIMIT_MS, maxBuffer: 1 << 26 },
  );
  return join(folder, 'bench');
}

/** Lines that the bench answers `script` with. `seed`: of the values that registers have before the reset. */
export async function runBench(bench: string, script: readonly string[], seed: number): Promise<string[]> {
  const arguments_ = ['+verilator+rand+reset+2', `+verilator+seed+${1 + (seed % 0x7fffffff)}`];
  const child = spawn(bench, arguments_, { stdio: ['pipe', 'pipe', 'inherit'], timeout: RUN_LIMIT_MS });
  const output = text(child.stdout);
  const exit = once(child, 'exit');
  child.stdin.end(`${script.join('\n')}\n`);
  const [code, signal] = await exit;
  if (code !== 0) throw new Error(`the bench ended with ${code ?? signal}`);
  const lines = (await output).split('\n');
  lines.pop();
  return lines;
}
