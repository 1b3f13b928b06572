/** A real CPython 3.11, which the tests compare with. */
import { spawnSync } from 'node:child_process';

const CANDIDATES = ['/usr/bin/python3.11', 'python3.11', 'python3'];

let found: string | undefined;

/** Path of a CPython 3.11; fails with what to install where there is none. */
function interpreter(): string {
  found ??= CANDIDATES.find((path) => {
    const answer = spawnSync(path, ['-c', 'import sys; print(sys.version_info[:2] == (3, 11))'], { encoding: 'utf8' });
    return answer.stdout?.trim() === 'True';
  });
  if (!found) throw new Error('These tests compare with CPython 3.11: apt-get install python3.11');
  return found;
}

/** Runs a script with JSON as its standard input; gives what it printed, as JSON. */
export function runPython(script: string, input: unknown): unknown {
  const result = spawnSync(interpreter(), ['-I', '-X', 'utf8', '-c', script], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 60_000,
  });
  if (result.status !== 0) throw new Error(`python ended with ${result.status}: ${result.stderr}`);
  return JSON.parse(result.stdout);
}
