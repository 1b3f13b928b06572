/**
 * The steps of the build, in order. A step runs only if the contents of its inputs changed since it last succeeded, or
 * one of its outputs is missing; `tsc -b` decides for itself.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem, REPOSITORY } from './install.mjs';
import { run } from './processes.mjs';

/** Longest time for one step, ms. */
const STEP_LIMIT = 5 * 60_000;
const STAMPS = join(REPOSITORY, '.cache', 'build');
const TSC = join(REPOSITORY, 'node_modules', 'typescript', 'bin', 'tsc');

/**
 * `inputs` and `outputs` are files or folders of the repository. A step without inputs always runs.
 * @type {readonly { name: string, what: string, command: readonly string[], inputs?: readonly string[], outputs?: readonly string[] }[]}
 */
const STEPS = [
  { name: 'isa', what: 'instruction set', command: [TSC, '-b', 'isa'] },
  {
    name: 'simulator',
    what: 'simulator (WebAssembly)',
    command: ['simulator/build.mjs'],
    inputs: ['isa/src', 'simulator/assembly', 'simulator/generate', 'simulator/build.mjs'],
    outputs: ['simulator/build'],
  },
  { name: 'packages', what: 'packages', command: [TSC, '-b'] },
  {
    name: 'extension',
    what: 'bundles of the editor extension',
    command: ['scripts/vsix.mjs', '--bundle'],
    inputs: [
      ...['isa/src', 'compiler/src', 'simulator/src', 'simulator/assembly', 'debugger/src', 'server/src', 'client/src'],
      ...['rtl/src', 'rtl/build/rtl.wasm', 'runtime', 'scripts/vsix.mjs', 'package-lock.json'],
    ],
    outputs: ['dist/extension.cjs', 'dist/client.cjs', 'dist/server.cjs', 'dist/debugger.cjs'],
  },
];

/** Hash of the names and contents of `paths`, folders included. */
async function fingerprint(paths) {
  const hash = createHash('sha256');
  const visit = async (path) => {
    const entries = await readdir(join(REPOSITORY, path), { withFileTypes: true }).catch(() => null);
    if (entries === null) {
      hash.update(`${path}\0`).update(await readFile(join(REPOSITORY, path)).catch(() => ''));
      return;
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) await visit(`${path}/${entry.name}`);
  };
  for (const path of paths) await visit(path);
  return hash.digest('hex');
}

async function isCurrent(step) {
  if (!step.inputs) return false;
  if (step.outputs?.some((path) => !existsSync(join(REPOSITORY, path)))) return false;
  const stamp = await readFile(join(STAMPS, step.name), 'utf8').catch(() => '');
  return stamp === (await fingerprint(step.inputs));
}

/**
 * Builds what is not current. A failing step is a {@link Problem} with the tool's own messages.
 * @param {{ report: (line: string) => void }} options
 */
export async function buildAll({ report }) {
  await mkdir(STAMPS, { recursive: true }).catch((error) => {
    throw new Problem(`${STAMPS} cannot be written to (${error.code}). Clone the repository to a place of your own.`);
  });
  for (const step of STEPS) {
    if (await isCurrent(step)) continue;
    const start = performance.now();
    const result = await run(process.execPath, step.command, { cwd: REPOSITORY, quiet: true, timeout: STEP_LIMIT });
    if (result.code !== 0) {
      const why = result.timedOut ? `it took longer than ${STEP_LIMIT / 60_000} minutes` : 'see above';
      throw new Problem(`${result.output.trim()}\nBuilding the ${step.what} failed: ${why}.`);
    }
    if (step.inputs) await writeFile(join(STAMPS, step.name), await fingerprint(step.inputs));
    const seconds = (performance.now() - start) / 1000;
    if (seconds > 0.5) report(`Built the ${step.what} (${seconds.toFixed(1)} s)`);
  }
}
