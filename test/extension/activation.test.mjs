/** What the extension costs where it is not wanted: the activation stub alone, within its time. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bundleExtension } from '../../scripts/vsix.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const HOST = path('./stub-host.cjs');
const DIST = mkdtempSync(join(tmpdir(), 'pysm-extension-'));
const STUB = join(DIST, 'extension.cjs');

/** Longest time that the stub may take, ms (design: a good guest). */
const LIMIT = 20;
/** Starts in processes of their own; the fastest counts, since other work on the machine only adds. */
const STARTS = 5;

const activate = (folder) =>
  JSON.parse(execFileSync(process.execPath, [HOST, STUB, path(folder)], { encoding: 'utf8', timeout: 30_000 }));

before(() => bundleExtension(DIST));
after(() => rmSync(DIST, { recursive: true }));

test('in an ordinary Python project only the stub is loaded, within 20 ms', () => {
  const starts = Array.from({ length: STARTS }, () => activate('../e2e/fixtures/ordinary'));
  for (const { loaded, calls } of starts) {
    assert.deepEqual(loaded, [STUB]);
    assert.deepEqual(
      calls.filter(([name]) => !name.startsWith('register')),
      [],
    );
  }
  const fastest = Math.min(...starts.map(({ milliseconds }) => milliseconds));
  assert.ok(fastest <= LIMIT, `${fastest.toFixed(1)} ms`);
});

test('in a PySM project it wakes', () => {
  const { calls } = activate('../e2e/fixtures/project');
  assert.deepEqual(
    calls.find(([name]) => name === 'executeCommand'),
    ['executeCommand', 'setContext', 'pysm.project', true],
  );
});

test('the bundles find their resources beside them', () => {
  for (const file of [
    'client.cjs',
    'server.cjs',
    'debugger.cjs',
    'wasm/simulator.wasm',
    'wasm/tree-sitter-python.wasm',
    'runtime/_builtins.py',
  ]) {
    assert.ok(existsSync(join(DIST, file)), file);
  }
});
