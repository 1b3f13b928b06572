/** How sessions start and end: refused launches, output, exceptions and faults. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { intWord } from '@pysm/isa';
import { DebugClient } from './support/client.js';
import { call, halt, local, nop, print, printError, ret, trap } from './support/machine.js';
import { CALLS, MAIN, session, start } from './support/session.js';

test('a program that does not compile is refused with its first error', async () => {
  const range = { line: 3, column: 4, endLine: 3, endColumn: 5 };
  const client = new DebugClient({
    build: async () => ({
      diagnostics: [{ code: 'PS1001', severity: 'error', message: 'no {braces}', path: MAIN, range }],
    }),
    createTarget: () => Promise.reject(new Error('not reached')),
    readSource: () => undefined,
  });
  await client.request('initialize', {});
  const answer = await client.send('launch', { program: MAIN });
  assert.equal(answer.success, false);
  assert.match(answer.message!, /main\.py:3:5: PS1001 no \{braces\}/);
});

const WRONG_LAUNCHES: readonly object[] = [
  {},
  { program: 5 },
  { program: MAIN, jumpers: [[1]] },
  { program: MAIN, jumpers: [[1, 99]] },
  { program: MAIN, maxCycles: -1 },
  { program: MAIN, stopOnEntry: 'yes' },
  { program: MAIN, target: 'board' },
];

for (const args of WRONG_LAUNCHES) {
  test(`refused launch: ${JSON.stringify(args)}`, async () => {
    const { client } = session(CALLS);
    await client.request('initialize', {});
    const answer = await client.send('launch', args);
    assert.equal(answer.success, false);
    assert.doesNotMatch(answer.message!, /\n\s+at /, 'no stack trace of ours');
  });
}

test('output, summary and exit code', async () => {
  const { client } = session({
    files: [MAIN, '<runtime>'],
    functions: [
      {
        name: '<module>',
        code: [
          [1, print('é\n')],
          [2, halt(0, intWord(480))],
        ],
      },
    ],
  });
  await client.start({ program: MAIN });
  assert.equal((await client.waitFor('exited')).exitCode, 0);
  assert.equal(client.output('stdout'), 'é\n');
  assert.equal(client.output('console'), 'main() returned 480. 2 cycles (20 ns), 2 instructions.\n');
});

test('an uncaught exception shows CPython’s traceback and its frames, then ends', async () => {
  const { client } = session({
    files: [MAIN, '<runtime>'],
    functions: [
      start,
      {
        name: '<module>',
        code: [
          [1, call('f')],
          [2, ret],
        ],
      },
      {
        name: 'f',
        locals: ['x'],
        code: [
          [10, local(0, intWord(1))],
          [11, trap('_raise')],
          [0, ret],
        ],
      },
      {
        name: '_raise',
        file: 1,
        runtime: true,
        code: [
          [0, printError('ValueError: bad\n')],
          [0, halt(1)],
        ],
      },
    ],
  });
  await client.start({ program: MAIN });
  assert.equal(await client.stop(), 'exception f:11 < <module>:1');
  assert.equal(
    client.output('stderr'),
    'Traceback (most recent call last):\n' +
      `  File "${MAIN}", line 1, in <module>\n    line1\n` +
      `  File "${MAIN}", line 11, in f\n    line11\n    ^^^^^\nValueError: bad\n`,
  );
  const info = await client.request('exceptionInfo', { threadId: 1 });
  assert.deepEqual([info.exceptionId, info.description], ['ValueError', 'ValueError: bad']);
  assert.deepEqual(await client.scope('Locals'), ['x=1']);
  await client.request('continue', { threadId: 1 });
  assert.equal((await client.waitFor('exited')).exitCode, 1);
});

test('what is called to report an exception is not in its traceback, and can be stopped in', async () => {
  const { client } = session({
    files: [MAIN, '<runtime>'],
    functions: [
      start,
      {
        name: '<module>',
        code: [
          [1, trap('_raise')],
          [0, ret],
        ],
      },
      {
        name: '_raise',
        file: 1,
        runtime: true,
        role: 'raise',
        code: [
          [0, printError('E: ')],
          [0, call('E.__str__')],
          [0, halt(1)],
        ],
      },
      {
        name: 'E.__str__',
        code: [
          [20, printError('bad\n')],
          [0, halt(1)],
          [0, ret],
        ],
      },
    ],
  });
  await client.start({ program: MAIN }, { [MAIN]: [20] });
  assert.equal(await client.stop(), 'breakpoint E.__str__:20 < <module>:1');
  assert.equal(client.output('stderr'), '');
  await client.request('continue', { threadId: 1 });
  await client.stop();
  assert.equal(
    client.output('stderr'),
    `Traceback (most recent call last):\n  File "${MAIN}", line 1, in <module>\n    line1\nE: bad\n`,
  );
});

test('a fault is explained', async () => {
  const { client } = session({
    files: [MAIN, '<runtime>'],
    functions: [
      {
        name: '<module>',
        code: [
          [1, (m) => m.finish({ kind: 'fault', fault: 3, pc: 17, detail: 0 })],
          [0, nop],
        ],
      },
    ],
  });
  await client.start({ program: MAIN });
  assert.equal((await client.waitFor('stopped')).reason, 'exception');
  assert.match(client.output('stderr'), /0x0011.*raw instruction.*WRONG_TAG/);
});
