/** What the tests of the parser share: the parser itself, and CPython 3.11 as the oracle. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createParser, dump, type Module, type PythonParser } from '../../src/ast/index.js';

/** The command that starts CPython 3.11: the system's, rather than another that a version manager puts first. */
const PYTHON = process.env['PYSM_PYTHON'] ?? ['/usr/bin/python3.11'].find((path) => existsSync(path)) ?? 'python3.11';

/** Whether the tests run in full rather than in the share that fits continuous integration. */
export const IS_FULL = process.env['PYSM_FULL'] === '1';

/** The folder of the tests' sources and data, found from that of their compiled form. */
const DATA = ((): string => {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (; ; folder = dirname(folder)) {
    for (const candidate of [folder, join(folder, 'test/ast'), join(folder, 'compiler/test/ast')]) {
      if (existsSync(join(candidate, 'oracle.py'))) return candidate;
    }
    if (dirname(folder) === folder) return join(process.cwd(), 'compiler/test/ast');
  }
})();

/** Reads a file of test data. */
export function readData(name: string): string {
  return readFileSync(join(DATA, name), 'utf8');
}

/** Reads test cases that are separated by lines of three hyphens. */
export function readCases(name: string): string[] {
  return readData(name).split(/^---\n/m);
}

/** Makes a parser with the grammar from the package. */
export function loadParser(): Promise<PythonParser> {
  const require = createRequire(import.meta.url);
  return createParser({ python: readFileSync(require.resolve('tree-sitter-python/tree-sitter-python.wasm')) });
}

/** The dump of a tree as one string. */
export const dumpText = (module: Module): string => Buffer.concat([...dump(module)]).toString();

/** What CPython answers; see `oracle.py`. */
export interface Answer {
  dump?: string;
  digest?: string;
  compiles?: boolean;
  ok?: boolean;
  error?: string;
  type?: string;
  line?: number | null;
  path?: string;
  text?: string;
}

/** Asks CPython. Its absence fails the test. */
export function askPython<T = Answer>(requests: readonly object[]): T[] {
  const result = spawnSync(PYTHON, [join(DATA, 'oracle.py')], {
    input: requests.map((request) => `${JSON.stringify(request)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  assert.ok(!result.error, `CPython 3.11 is needed as the oracle: ${PYTHON} does not start (${result.error?.message})`);
  assert.equal(result.status, 0, `the oracle failed: ${result.stderr}`);
  return result.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

/** The folder of CPython's library, with its test suite. */
export function libraryFolder(): string {
  const code = 'import sysconfig; print(sysconfig.get_path("stdlib"))';
  const result = spawnSync(PYTHON, ['-c', code], { encoding: 'utf8' });
  assert.ok(!result.error, `CPython 3.11 is needed as the oracle: ${PYTHON} does not start`);
  const folder = result.stdout.trim();
  const probe = join(folder, 'test/test_grammar.py');
  assert.ok(existsSync(probe), `CPython's own tests are needed (Debian: libpython3.11-testsuite): ${probe} is missing`);
  return folder;
}

/** The Python files of the library, by path inside it, in a fixed order. */
export function libraryFiles(folder: string): string[] {
  const found: string[] = [];
  const visit = (relative: string): void => {
    for (const name of readdirSync(join(folder, relative))) {
      const path = join(relative, name);
      if (name === '__pycache__' || name === 'dist-packages' || name === 'site-packages') continue;
      if (statSync(join(folder, path)).isDirectory()) visit(path);
      else if (name.endsWith('.py')) found.push(path);
    }
  };
  visit('');
  return found.sort();
}
