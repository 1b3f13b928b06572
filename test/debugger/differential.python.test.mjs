/**
 * Stepping as CPython's line tracing sees the same program: every simple statement is stopped at as often and in the same
 * order, with the same values in the locals. Headers of loops may be stopped at less often.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { stepThrough, TARGETS, TargetClient } from './session.mjs';

const PYTHON = process.env.PYSM_PYTHON ?? '/usr/bin/python3.11';
const PROGRAMS = fileURLToPath(new URL('./programs', import.meta.url));
const TRACE = fileURLToPath(new URL('./trace.py', import.meta.url));
const paths = readdirSync(PROGRAMS)
  .filter((file) => file.endsWith('.py'))
  .map((file) => join(PROGRAMS, file));

function traceOnPython() {
  const result = spawnSync(PYTHON, ['-B', TRACE], {
    input: JSON.stringify(paths),
    encoding: 'utf8',
    timeout: 30_000,
  });
  assert.equal(result.status, 0, result.stderr);
  return JSON.parse(result.stdout);
}

const traces = traceOnPython();

const cases = TARGETS.flatMap((target) => paths.map((path, i) => ({ target, path, trace: traces[i] })));

for (const { target, path, trace } of cases) {
  test(`stepping through ${path.slice(PROGRAMS.length + 1)} on ${target}`, async () => {
    const { stops, simple } = trace;
    const isSimple = ({ place }) => simple.includes(Number(place.split(':')[1])) && !place.startsWith('<module>:0');
    const expected = stops.filter(isSimple);
    const actual = (await stepThrough(path, target)).filter(isSimple);
    assert.deepEqual(
      actual.map(({ place }) => place),
      expected.map(({ place }) => place),
    );
    for (const [k, { place, locals }] of expected.entries()) {
      for (const [name, value] of Object.entries(locals)) {
        // Values whose repr holds an address or is the class's own are only there.
        if (value === '') assert.ok(name in actual[k].locals, `${name} at ${place}`);
        else assert.equal(actual[k].locals[name], value, `${name} at ${place}`);
      }
      if (!place.startsWith('<module>'))
        assert.deepEqual(Object.keys(actual[k].locals).sort(), Object.keys(locals).sort(), place);
    }
  });
}

for (const target of TARGETS) {
  test(`the traceback of an uncaught exception is CPython’s, on ${target}`, async () => {
    const path = join(PROGRAMS, 'raises.py');
    const client = new TargetClient(target);
    await client.start({ program: path });
    assert.equal((await client.waitFor('stopped')).reason, 'exception');
    const python = spawnSync(PYTHON, ['-B', path], { encoding: 'utf8' });
    assert.equal(client.output('stderr'), python.stderr);
    const { stackFrames } = await client.request('stackTrace', { threadId: 1 });
    assert.deepEqual(
      stackFrames.map(({ name, line }) => `${name}:${line}`),
      ['Account.draw:8', 'spend:16', '<module>:20'],
    );
    const self = await client.request('evaluate', { expression: 'self.balance', frameId: 1 });
    assert.equal(self.result, '5');
    const outer = await client.request('evaluate', { expression: 'spent', frameId: 2 });
    assert.equal(outer.result, '20');
    await client.request('disconnect');
  });
}
