/**
 * Child processes that never outlive the script: each runs in a process group of its own, which is ended on a time
 * limit, on Ctrl-C and when the script itself is ended. Plain Node, no dependency.
 */
import { spawn } from 'node:child_process';

/** Process groups that are running now, by the id of their first process. */
const running = new Set();

/** Time between asking a group to end and ending it, ms. */
const GRACE = 3_000;

/** Sends `signal` to the group of `pid`; true while it has a member. */
function signalGroup(pid, signal) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Ends the group of `pid`: first politely, then for good. */
async function endGroup(pid) {
  signalGroup(pid, 'SIGTERM');
  const deadline = Date.now() + GRACE;
  while (Date.now() < deadline && signalGroup(pid, 0)) await new Promise((resolve) => setTimeout(resolve, 50));
  signalGroup(pid, 'SIGKILL');
}

/** Things to do, besides ending children, before the script ends early. */
const cleanups = new Set();

/**
 * Registers `cleanup` to run when the script is ended by a signal. Returns a function that takes it back.
 * @param {() => unknown} cleanup
 */
export function onInterrupt(cleanup) {
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };
let interrupted = false;

/** Whether a signal is ending the script: failures that follow from it are not reported. */
export const isInterrupted = () => interrupted;

for (const [signal, number] of Object.entries(SIGNALS)) {
  process.on(signal, async () => {
    if (interrupted) return;
    interrupted = true;
    await Promise.allSettled([...[...cleanups].map((cleanup) => cleanup()), ...[...running].map(endGroup)]);
    process.exit(128 + number);
  });
}

/**
 * Runs a command to its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number, quiet?: boolean, input?: 'ignore' | 'inherit' }} [options]
 *   `timeout` in ms (default: none). With `quiet` the output is only collected; otherwise it goes to this script's own
 *   output as well, as it comes.
 * @returns {Promise<{ code: number | null, output: string, error: Error | null, timedOut: boolean }>}
 *   `code` is null where a signal ended the command; `error` is set where it could not be started (ENOENT: not found).
 */
export function run(command, args, { cwd, env, timeout, quiet = false, input = 'ignore' } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      stdio: [input, 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      shell: process.platform === 'win32' && command === 'npm',
    });
    let output = '';
    let timedOut = false;
    let failure = null;
    if (child.pid !== undefined) running.add(child.pid);
    const timer =
      timeout === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            endGroup(child.pid);
          }, timeout);
    const take = (stream) => (chunk) => {
      output += chunk;
      if (!quiet) stream.write(chunk);
    };
    child.stdout.setEncoding('utf8').on('data', take(process.stdout));
    child.stderr.setEncoding('utf8').on('data', take(process.stderr));
    child.on('error', (error) => {
      failure = error;
      if (child.pid === undefined) finish(null);
    });
    let finished = false;
    const finish = (code) => {
      if (finished) return;
      finished = true;
      clearTimeout(timer);
      // What the command left running in the background goes with it.
      if (child.pid !== undefined) {
        signalGroup(child.pid, 'SIGKILL');
        running.delete(child.pid);
      }
      resolve({ code, output, error: failure, timedOut });
    };
    child.on('exit', (code) => {
      // A background process of the command may hold the pipes open: give the output a moment, then go on.
      setTimeout(() => finish(code), 1_000).unref();
    });
    child.on('close', finish);
  });
}

/**
 * As {@link run} with collected output, but a failure is an Error with the tail of the output.
 * @param {string} what for people, e.g. "the TypeScript build"
 */
export async function runOrThrow(what, command, args, options = {}) {
  const result = await run(command, args, { quiet: true, ...options });
  if (result.error) throw new Error(`${what} could not be started: ${result.error.message}`);
  if (result.timedOut)
    throw new Error(`${what} took longer than ${options.timeout / 1000} s.\n${result.output.slice(-4000)}`);
  if (result.code !== 0) throw new Error(`${what} failed.\n${result.output.slice(-4000)}`);
  return result.output;
}
