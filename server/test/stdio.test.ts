import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { sleep, until } from './support/client.js';

const SERVER = fileURLToPath(new URL('./support/stdio-server.js', import.meta.url));

const message = (value: unknown): string => {
  const json = typeof value === 'string' ? value : JSON.stringify(value);
  return `Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`;
};

const INITIALIZE = message({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { processId: null, rootUri: null, capabilities: {} },
});

async function talk(
  bytes: readonly (string | Uint8Array)[],
): Promise<{ output: string; errors: string; code: number | null }> {
  const child = spawn(process.execPath, [SERVER, '--stdio'], { stdio: 'pipe' });
  let output = '';
  let errors = '';
  let code: number | null | undefined;
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (errors += chunk));
  child.on('close', (value) => (code = value));
  child.stdin.on('error', () => {}); // It may have gone already.
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  try {
    child.stdin.write(INITIALIZE);
    await until(() => output.includes('"id":1'), 'an answer to initialize');
    for (const part of bytes) child.stdin.write(part);
    await sleep(50);
    child.stdin.end();
    await until(() => code !== undefined, 'the end of the server');
    return { output, errors, code: code ?? null };
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

test('bodies that are no requests are answered or dropped, and the next request is served', async () => {
  const { output, errors } = await talk([
    message('{{{'),
    message('null'),
    message('[]'),
    message('"text"'),
    message({ jsonrpc: '2.0', id: 5, method: 'textDocument/hover', params: 'x' }),
    message({ jsonrpc: '2.0', method: 'textDocument/didOpen', params: [] }),
    message({
      jsonrpc: '2.0',
      id: 6,
      method: 'textDocument/hover',
      params: { textDocument: { uri: 'file:///x.py' }, position: { line: 0, character: 0 } },
    }),
  ]);
  assert.match(output, /"id":6,"result":null/);
  assert.equal(errors, '');
});

test('random bytes end the server at most, never with a crash of ours', async () => {
  for (const bytes of fc.sample(fc.uint8Array({ minLength: 1, maxLength: 300 }), { numRuns: 5, seed: 41 })) {
    const { errors } = await talk([bytes, '\r\n\r\n', bytes, INITIALIZE]);
    assert.doesNotMatch(errors, /UnhandledPromiseRejection|server\/(src|dist)\//, errors);
  }
});

test('a client that goes leaves no server behind', async () => {
  const { code } = await talk([]);
  assert.equal(code, 1, 'as the protocol wants it without a shutdown request');
});
