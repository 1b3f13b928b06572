/**
 * The test suites in the order in which they run. Files are found when a suite runs, so that a new test file needs no
 * entry here. A file `*.python.test.*` needs CPython 3.11, and only such a file may.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY } from './install.mjs';

/**
 * @typedef {object} Suite
 * @property {string} name as in `--only=NAME`
 * @property {boolean} [portable] whether npm's packages are all it needs (default true)
 * @property {string} [folder] compiled (`dist/test`) or plain test files of Node's test runner
 * @property {readonly string[]} [command] a check that counts as one test: arguments of Node
 * @property {readonly string[]} [build] what to build first beyond `npm run build`: arguments of Node
 * @property {boolean} [sequential] one file after the other: they share an installation or the screen, or measure time
 * @property {number} minutes time limit, for what it builds and for its tests each
 */

const BIOME = 'node_modules/@biomejs/biome/bin/biome';

/** @type {readonly Suite[]} */
export const SUITES = [
  { name: 'lint', command: [BIOME, 'check', '.'], minutes: 2 },
  { name: 'generated', command: ['scripts/generate.mjs', '--check'], minutes: 2 },
  { name: 'isa', folder: 'isa/dist/test', minutes: 5 },
  { name: 'compiler', folder: 'compiler/dist/test', minutes: 15 },
  { name: 'simulator', folder: 'simulator/dist/test', minutes: 5 },
  { name: 'rtl', folder: 'rtl/dist/test/target', build: ['rtl/build.mjs'], minutes: 15 },
  { name: 'rtl-netlist', folder: 'rtl/test/netlist', minutes: 10 },
  {
    name: 'rtl-native',
    folder: 'rtl/dist/test/native',
    build: ['rtl/build.mjs', '--native'],
    portable: false,
    minutes: 10,
  },
  { name: 'debugger', folder: 'debugger/dist/test', minutes: 5 },
  { name: 'server', folder: 'server/dist/test', minutes: 5 },
  { name: 'client', folder: 'client/dist/test', minutes: 5 },
  { name: 'cli', folder: 'cli/dist/test', minutes: 5 },
  { name: 'commands', folder: 'test/cli', sequential: true, minutes: 20 },
  { name: 'runtime', folder: 'test/runtime', minutes: 5 },
  { name: 'programs', folder: 'test/programs', minutes: 10 },
  { name: 'timing', folder: 'test/timing', minutes: 5 },
  { name: 'lockstep', folder: 'test/lockstep', sequential: true, minutes: 10 },
  { name: 'debugging', folder: 'test/debugger', build: ['rtl/build.mjs'], minutes: 10 },
  { name: 'language-server', folder: 'test/server', minutes: 5 },
  { name: 'extension', folder: 'test/extension', minutes: 5 },
  { name: 'bench', folder: 'bench', build: ['rtl/build.mjs'], minutes: 15 },
  { name: 'scripts', folder: 'test/scripts', minutes: 5 },
  { name: 'rtl-io', folder: 'rtl/dist/test/io', portable: false, minutes: 6 },
  { name: 'rtl-arithmetic', folder: 'rtl/dist/test/arithmetic', portable: false, minutes: 6 },
  { name: 'rtl-lint', command: ['rtl/report.mjs', '--check'], portable: false, minutes: 3 },
  // `liveness` and `retire` take minutes: `node rtl/formal/run.mjs` proves them as well.
  {
    name: 'formal',
    command: [
      'rtl/formal/run.mjs',
      'stack',
      'read_ahead',
      'position',
      'block_size',
      'deep_ram',
      'entry',
      'decoded',
      'debug',
    ],
    portable: false,
    minutes: 5,
  },
  { name: 'headers', folder: 'test/headers', portable: false, minutes: 2 },
  {
    name: 'e2e',
    folder: 'test/e2e',
    build: ['rtl/build.mjs'],
    portable: false,
    sequential: true,
    minutes: 15,
  },
];

/** Whether a test file needs CPython 3.11. */
export const needsPython = (file) => /\.python\.test\.m?js$/.test(file);

/**
 * Test files of a suite, sorted.
 * @param {Suite} suite
 * @returns {Promise<string[]>} relative to the repository
 */
export async function testFiles({ folder }) {
  const entries = await readdir(join(REPOSITORY, folder), { recursive: true }).catch(() => []);
  return entries
    .filter((file) => /\.test\.m?js$/.test(file))
    .sort()
    .map((file) => `${folder}/${file}`);
}
