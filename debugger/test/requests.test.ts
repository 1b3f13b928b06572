/** Requests and bytes from a client that does anything. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CALLS, MAIN, session } from './support/session.js';

const COMMANDS = [
  'initialize',
  'launch',
  'setBreakpoints',
  'setExceptionBreakpoints',
  'configurationDone',
  'threads',
  'stackTrace',
  'scopes',
  'variables',
  'setVariable',
  'evaluate',
  'exceptionInfo',
  'continue',
  'next',
  'stepIn',
  'stepOut',
  'pause',
  'attach',
  '__proto__',
];
const anyArguments = fc.oneof(
  fc.constant(undefined),
  fc.constant({ program: MAIN, stopOnEntry: true }),
  fc.record({
    source: fc.constant({ path: MAIN }),
    breakpoints: fc.array(fc.record({ line: fc.integer({ min: -5, max: 30 }) })),
  }),
  fc.record({
    threadId: fc.integer(),
    frameId: fc.integer(),
    variablesReference: fc.integer({ min: -2, max: 9 }),
    name: fc.string(),
    value: fc.string(),
    expression: fc.string(),
  }),
  fc.jsonValue(),
);

test('requests in any order with any arguments are answered once each', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...COMMANDS), anyArguments), { maxLength: 25 }),
      async (requests) => {
        const { client } = session(CALLS);
        const answers = await Promise.all(requests.map(([command, args]) => client.send(command, args)));
        for (const answer of answers) {
          assert.equal(typeof answer.success, 'boolean');
          if (!answer.success)
            assert.doesNotMatch(answer.message!, /\n\s+at |Debugger error|undefined/, 'an error for people');
        }
        await client.request('disconnect', {});
      },
    ),
    { numRuns: 150, seed: 21 },
  );
});

test('bytes that are no messages are dropped', async () => {
  const { client } = session(CALLS);
  client.raw('Content-Length: 5\r\n\r\n{{{{{');
  client.raw('Content-Length: 4\r\n\r\nnull');
  client.raw('Content-Length: 2\r\n\r\n[]');
  client.raw('nonsense\r\n\r\n');
  client.raw(new Uint8Array([0xff, 0xfe, 0x0d, 0x0a, 0x0d, 0x0a]));
  const { threads } = await client.request('threads');
  assert.equal(threads.length, 1);
});
