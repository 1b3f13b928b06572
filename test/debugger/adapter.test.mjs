/** The adapter as processes: the one that the editor extension starts, and `pysm dap`, on every target. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildWasm } from '../../rtl/build.mjs';
import { bundleExtension } from '../../scripts/vsix.mjs';
import { TargetClient } from './session.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const MOTOR = path('fixtures/motor.py');
const SPIN = path('fixtures/spin.py');
const DIST = mkdtempSync(join(tmpdir(), 'pysm-adapter-'));
const ADAPTERS = {
  'of the extension': [join(DIST, 'debugger.cjs')],
  'pysm dap': [path('../../cli/bin/pysm.mjs'), 'dap'],
};

/** Longest time that an adapter may take to end once its client is done with it, ms. */
const END_LIMIT = 5_000;

before(async () => {
  await buildWasm();
  await bundleExtension(DIST);
});
after(() => rmSync(DIST, { recursive: true }));

/** A session with an adapter in a process of its own, which must end by itself, quietly, when the session does. */
async function withAdapter(args, target, drive) {
  const adapter = spawn(process.execPath, args, { stdio: 'pipe' });
  const errors = [];
  adapter.stderr.on('data', (chunk) => errors.push(chunk));
  const ended = once(adapter, 'exit');
  try {
    const client = new TargetClient(target, { input: adapter.stdin, output: adapter.stdout });
    await drive(client);
    await client.request('disconnect', {});
    adapter.stdin.end();
    const late = setTimeout(() => adapter.kill('SIGKILL'), END_LIMIT);
    assert.deepEqual(await ended, [0, null], 'exit code and signal');
    clearTimeout(late);
    assert.equal(Buffer.concat(errors).toString(), '');
    return client.transcript;
  } finally {
    adapter.kill('SIGKILL');
  }
}

const [extension, pysm] = Object.values(ADAPTERS);

test('a session is the same with either adapter, on either target, and once more', async () => {
  const transcripts = [];
  for (const [args, target] of [
    [extension, 'sim'],
    [extension, 'rtl'],
    // An editor restarts a program by a new adapter.
    [extension, 'rtl'],
    [pysm, 'rtl'],
  ]) {
    const transcript = await withAdapter(args, target, async (client) => {
      await client.start({ program: MOTOR }, { [MOTOR]: [24] });
      assert.equal(await client.next(), 'breakpoint drive:24 < <module>:28');
      assert.equal(await client.evaluate('motor.speed'), '70');
      assert.equal(await client.go('next'), 'step drive:22 < <module>:28');
      await client.request('setBreakpoints', { source: { path: MOTOR }, breakpoints: [] });
      assert.equal(await client.go('continue'), 'end 0');
      assert.equal(client.output('stdout'), '142.0 76 90\n');
    });
    transcripts.push(transcript);
  }
  for (const other of transcripts.slice(1)) assert.deepEqual(other, transcripts[0]);
});

for (const [name, args] of Object.entries(ADAPTERS)) {
  test(`the client leaves while a program runs, adapter ${name}`, () =>
    withAdapter(args, 'rtl', async (client) => {
      await client.start({ program: SPIN });
      await new Promise((resolve) => setTimeout(resolve, 40));
    }));

  test(`a target that there is not, adapter ${name}`, () =>
    withAdapter(args, 'board', async (client) => {
      await client.request('initialize', {});
      const { success, message } = await client.send('launch', { program: MOTOR });
      assert.equal(success, false);
      assert.equal(message, 'There is no target "board"; this version has "sim" and "rtl".');
    }));
}

test('an extension without the Verilog says so', async () => {
  rmSync(join(DIST, 'wasm', 'rtl.wasm'));
  await withAdapter(ADAPTERS['of the extension'], 'rtl', async (client) => {
    await client.request('initialize', {});
    const { success, message } = await client.send('launch', { program: MOTOR });
    assert.equal(success, false);
    assert.match(message, /^Target "rtl" cannot be used: the Verilog was not built with this version/);
  });
});
