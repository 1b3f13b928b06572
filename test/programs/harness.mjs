/**
 * Runs Python programs on CPython 3.11 and, through the command `pysm run` in this process, on the simulator.
 * What both give is a {@link Run}; conformance is their equality.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { main } from '@pysm/cli';

/**
 * @typedef {object} Run
 * @property {string} stdout
 * @property {string} stderr
 * @property {number} exit
 */

/** The interpreter that is the oracle; 3.11 because its messages and syntax are what PySM follows. */
export const PYTHON = process.env.PYSM_PYTHON ?? '/usr/bin/python3.11';

/** Most cycles that a program of the suite may take: 0.2 s of the core's time. */
const MAX_CYCLES = 20_000_000;

/** Why CPython 3.11 cannot be used, or undefined where it can. */
export function missingPython() {
  const { error, stdout } = spawnSync(PYTHON, ['-c', 'import sys; print(sys.version_info[:2])'], { encoding: 'utf8' });
  if (error) return `${PYTHON} is not installed (Debian: apt-get install python3.11)`;
  return stdout.trim() === '(3, 11)' ? undefined : `${PYTHON} is not CPython 3.11`;
}

/**
 * @param {string} folder working directory
 * @param {string} file relative to it
 * @returns {Run}
 */
export function runOnPython(folder, file) {
  const result = spawnSync(PYTHON, ['-B', '-W', 'ignore', file], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 30_000,
    env: { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONHASHSEED: '0' },
  });
  if (result.error) throw result.error;
  // CPython shows imported modules by their absolute paths, PySM as seen from the main file.
  return { stdout: result.stdout, stderr: result.stderr.replaceAll(`"${folder}/`, '"'), exit: result.status ?? -1 };
}

/** A stream that keeps what is written to it. */
class Capture extends Writable {
  #chunks = [];
  _write(chunk, _encoding, done) {
    this.#chunks.push(chunk);
    done();
  }
  get text() {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

/**
 * Runs `pysm ARGS` in this process with `folder` as the working directory.
 * @param {string} folder
 * @param {readonly string[]} args
 * @returns {Promise<Run>}
 */
export async function pysm(folder, args) {
  const terminal = { stdout: new Capture(), stderr: new Capture() };
  const before = process.cwd();
  process.chdir(folder);
  try {
    const exit = await main(args, terminal);
    return { stdout: terminal.stdout.text, stderr: terminal.stderr.text, exit };
  } finally {
    process.chdir(before);
  }
}

/**
 * @param {string} folder
 * @param {string} file
 * @param {readonly string[]} [options] further options of `pysm run`
 * @returns {Promise<Run & { mainResult: unknown }>}
 */
export async function runOnSimulator(folder, file, options = []) {
  const scratch = mkdtempSync(join(tmpdir(), 'pysm-run-'));
  try {
    const stats = join(scratch, 'stats.json');
    const run = await pysm(folder, ['run', file, '--max-cycles', String(MAX_CYCLES), '--stats', stats, ...options]);
    let mainResult;
    if (run.exit === 0 || run.exit === 1) mainResult = JSON.parse(readFileSync(stats, 'utf8')).main_result;
    // Warnings about the program stand before its own errors and are no part of what it does.
    const stderr = run.stderr.replace(/^\S+: PS\d{4} warning .*\n(?: {4}help: .*\n)*/gm, '');
    return { ...run, stderr, mainResult };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
