/** Runs the command `pysm` as a process of its own, with limits on time and memory. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PYSM = fileURLToPath(new URL('../../cli/bin/pysm.mjs', import.meta.url));

/** Limits that any input must keep to: 10 s of processor time and 1 GB of memory. */
export const CPU_LIMIT = 10_000;
export const MEMORY_LIMIT = 1_000;

/** Time after which a command hangs, ms. Far beyond the limit above, which does not depend on what else the machine does. */
const PATIENCE = 60_000;

/** Loaded into the command: on its end it tells on descriptor 3 what it used. */
const METER = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs';
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, megabytes: maxRSS / 1000 }));
  });`)}`;

/**
 * @param {readonly string[]} args
 * @param {{ cwd?: string, onStart?: (child: import('node:child_process').ChildProcess) => void }} [options]
 * @returns {Promise<{ exit: number | null, signal: string | null, stdout: string, stderr: string, cpu: number, megabytes: number }>}
 *   `cpu` in ms and peak `megabytes`; both NaN where the command was killed
 */
export function runPysm(args, { cwd, onStart } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', METER, PYSM, ...args], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    const output = ['', '', '', ''];
    for (const descriptor of [1, 2, 3]) {
      child.stdio[descriptor].setEncoding('utf8').on('data', (chunk) => {
        output[descriptor] += chunk;
      });
    }
    child.on('error', reject);
    child.on('close', (exit, signal) => {
      clearTimeout(timer);
      const used = output[3] === '' ? { cpu: Number.NaN, megabytes: Number.NaN } : JSON.parse(output[3]);
      resolve({ exit, signal, stdout: output[1], stderr: output[2], ...used });
    });
    onStart?.(child);
  });
}

/** A stack trace of ours, or Node's way of ending on an error that nobody handled. */
export const STACK_TRACE = /^\s+at .*[(/].*:\d+:\d+\)?$|UnhandledPromiseRejection|FATAL ERROR|node:internal/m;
