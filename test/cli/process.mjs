/** Runs the command `pysm` as a process of its own, with limits on time and memory. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PYSM = fileURLToPath(new URL('../../cli/bin/pysm.mjs', import.meta.url));

/** Limits that any input must keep to: the issue of bad input allows 10 s and 1 GB. */
export const TIME_LIMIT = 10_000;
const HEAP_LIMIT = 900;

/**
 * @param {readonly string[]} args
 * @param {{ cwd?: string, timeout?: number, onStart?: (child: import('node:child_process').ChildProcess) => void }} [options]
 * @returns {Promise<{ exit: number | null, signal: string | null, stdout: string, stderr: string, milliseconds: number, peakMegabytes: number }>}
 */
export function runPysm(args, { cwd, timeout = TIME_LIMIT, onStart } = {}) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, [`--max-old-space-size=${HEAP_LIMIT}`, PYSM, ...args], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), timeout);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (exit, signal) => {
      clearTimeout(timer);
      resolve({ exit, signal, stdout, stderr, milliseconds: performance.now() - start });
    });
    onStart?.(child);
  });
}

/** A stack trace of ours, or Node's way of ending on an error that nobody handled. */
export const STACK_TRACE = /^\s+at .*[(/].*:\d+:\d+\)?$|UnhandledPromiseRejection|FATAL ERROR|node:internal/m;
