/** Runs the command `pysm` as a process of its own, with limits on time and memory. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PYSM = fileURLToPath(new URL('../../cli/bin/pysm.mjs', import.meta.url));

/** Limits that any input must keep to: 10 s from start to end on a machine that does nothing else, and 1 GB of memory. */
export const TIME_LIMIT = 10_000;
export const MEMORY_LIMIT = 1_000;

/** Time after which a command hangs, ms. */
const PATIENCE = 60_000;
/** Most characters of an output that are kept: a syntax tree's dump can take gigabytes. */
const KEPT = 16_000_000;

/**
 * Loaded into the command: on its end it tells on descriptor 3 what it used, and how long its main thread was ready but
 * had to wait because other processes had the processors (ms; Linux counts it, elsewhere it is 0).
 */
const METER = `data:text/javascript,${encodeURIComponent(`
  import { readFileSync, writeSync } from 'node:fs';
  const waited = () => {
    try {
      return Number(readFileSync('/proc/self/schedstat', 'latin1').split(' ')[1]) / 1e6;
    } catch {
      return 0;
    }
  };
  process.on('exit', () => {
    writeSync(3, JSON.stringify({ megabytes: process.resourceUsage().maxRSS / 1000, waited: waited() }));
  });`)}`;

/** What the meter told; NaN where the command was killed. */
const usage = (text) => (text === '' ? { megabytes: Number.NaN, waited: Number.NaN } : JSON.parse(text));

/** Starts `pysm ARGS`. */
function startPysm(args, { cwd, stdin = 'ignore' } = {}) {
  return spawn(process.execPath, ['--import', METER, PYSM, ...args], { cwd, stdio: [stdin, 'pipe', 'pipe', 'pipe'] });
}

/**
 * @param {readonly string[]} args
 * @param {{ cwd?: string, onStart?: (child: import('node:child_process').ChildProcess) => void }} [options]
 * @returns {Promise<{ exit: number | null, signal: string | null, stdout: string, stderr: string, time: number, megabytes: number }>}
 *   `time` from start to end in ms, without what it waited for other processes; peak `megabytes`; both NaN where the
 *   command was killed
 */
export function runPysm(args, { cwd, onStart } = {}) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = startPysm(args, { cwd });
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    const output = ['', '', '', ''];
    for (const descriptor of [1, 2, 3]) {
      child.stdio[descriptor].on('data', (chunk) => {
        if (output[descriptor].length < KEPT) output[descriptor] += chunk.toString('latin1');
      });
    }
    child.on('error', reject);
    child.on('close', (exit, signal) => {
      clearTimeout(timer);
      const [stdout, stderr] = [output[1], output[2]].map((text) => Buffer.from(text, 'latin1').toString());
      const { megabytes, waited } = usage(output[3]);
      resolve({ exit, signal, stdout, stderr, time: performance.now() - start - waited, megabytes });
    });
    onStart?.(child);
  });
}

/**
 * Talks to `pysm lsp` or `pysm dap` as an editor does: messages of JSON behind a Content-Length header.
 */
export class Server {
  #child;
  #buffer = Buffer.alloc(0);
  #waiting = [];
  #stderr = '';
  #used = '';
  #closed;

  constructor(args) {
    this.#child = startPysm(args, { stdin: 'pipe' });
    this.#child.stdin.on('error', () => {}); // It may have gone already; `stop` tells how.
    this.#child.stdout.on('data', (chunk) => this.#receive(chunk));
    this.#child.stderr.on('data', (chunk) => {
      this.#stderr += chunk;
    });
    this.#child.stdio[3].on('data', (chunk) => {
      this.#used += chunk;
    });
    this.#closed = new Promise((resolve) => this.#child.on('close', (exit, signal) => resolve({ exit, signal })));
  }

  #receive(chunk) {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const head = this.#buffer.indexOf('\r\n\r\n');
      if (head < 0) return;
      const end = head + 4 + Number(/Content-Length: (\d+)/.exec(this.#buffer.toString('latin1', 0, head))[1]);
      if (this.#buffer.length < end) return;
      const message = JSON.parse(this.#buffer.toString('utf8', head + 4, end));
      this.#buffer = this.#buffer.subarray(end);
      this.#waiting = this.#waiting.filter(({ accepts, resolve }) => {
        if (accepts(message)) resolve(message);
        return !accepts(message);
      });
    }
  }

  send(message) {
    const json = JSON.stringify(message);
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`);
  }

  /** Sends a message and waits for one that `accepts` takes. Gives it with the time that it took, in ms of the clock. */
  async ask(message, accepts) {
    const start = performance.now();
    const answer = new Promise((resolve) => this.#waiting.push({ accepts, resolve }));
    this.send(message);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), PATIENCE);
    const found = await Promise.race([answer, this.#closed.then((end) => ({ end }))]);
    clearTimeout(timer);
    if (found.end) throw new Error(`the server ended (${JSON.stringify(found.end)}): ${this.#stderr}`);
    return { answer: found, time: performance.now() - start };
  }

  /** Closes its input and waits for its end. */
  async stop() {
    this.#child.stdin.end();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), PATIENCE);
    const end = await this.#closed;
    clearTimeout(timer);
    return { ...end, stderr: this.#stderr, ...usage(this.#used) };
  }
}

/** A stack trace of ours, or Node's way of ending on an error that nobody handled. */
export const STACK_TRACE = /^\s+at .*[(/].*:\d+:\d+\)?$|UnhandledPromiseRejection|FATAL ERROR|node:internal/m;
