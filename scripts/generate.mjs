/**
 * Writes every generated file that is checked in: what is derived from the instruction table and the diagnostics.
 *
 *     node scripts/generate.mjs            writes those that differ
 *     node scripts/generate.mjs --check    writes nothing; exit code 1 and their names where some are stale
 *
 * The packages must have been built (`npm run build`).
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const GENERATORS = ['isa/generate.mjs', 'compiler/generate.mjs', 'rtl/generate.mjs'];

for (const generator of GENERATORS) {
  const { status } = spawnSync(process.execPath, [generator, ...process.argv.slice(2)], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
