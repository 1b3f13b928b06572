/**
 * Faults to put into the arithmetic unit, each of which the bench must find.
 *
 *     node rtl/test/arithmetic/faults.mjs [PART OF A NAME]...
 *
 * applies them one by one to a copy, builds that and runs 20000 pairs of every operation on it. Exit code 1 where one was
 * not found. A fault takes about twenty seconds.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAULTS, putInto } from './fault-list.mjs';
import { buildBench, command, Failure } from './tools.mjs';

/** Lines of the bench about operations that went wrong; empty where the fault was not found. */
function find(fault) {
  const folder = mkdtempSync(join(tmpdir(), 'pysm-fault-'));
  try {
    const sources = join(folder, 'arithmetic');
    putInto(sources, fault);
    // A fault may leave something unused.
    const bench = buildBench(join(folder, 'build'), sources, ['-Wno-lint']);
    const { status, stdout } = spawnSync(bench, ['--count', '20000', '--seed', '1'], { encoding: 'utf8' });
    return status === 1 ? stdout.split('\n').filter((line) => / pairs, .* [1-9]\d* wrong$/.test(line)) : [];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await command(() => {
  const parts = process.argv.slice(2);
  const faults = FAULTS.filter(({ name }) => !parts.length || parts.some((part) => name.includes(part)));
  const missed = [];
  for (const fault of faults) {
    const lines = find(fault);
    const operations = lines.map((line) => line.split(' ', 1)[0]);
    console.log(`${fault.name}: ${lines.length ? `found by ${operations.join(', ')}` : 'NOT FOUND'}`);
    if (!lines.length) missed.push(fault.name);
  }
  if (missed.length) throw new Failure(`${missed.length} of ${faults.length} faults not found`);
});
