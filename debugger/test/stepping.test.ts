/** Stepping, breakpoints and pausing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { intWord } from '@pysm/isa';
import { Engine } from '../src/engine.js';
import { within } from './support/client.js';
import { call, forever, global, layOut, loop, Machine, nop, type ProgramText, ret } from './support/machine.js';
import { CALLS, MAIN, session, start } from './support/session.js';

/** Steps and where they lead: a table of one session each. */
const STEPPING: Readonly<Record<string, readonly string[]>> = {
  'over a call': ['entry <module>:1', 'next step <module>:2', 'next step <module>:3', 'next step <module>:4'],
  'into, and back by over': [
    'entry <module>:1',
    'next step <module>:2',
    'stepIn step f:10 < <module>:2',
    'next step f:11 < <module>:2',
    'next step f:12 < <module>:2',
    'next step f:13 < <module>:2',
    'next step <module>:2',
    'next step <module>:3',
  ],
  'into the runtime is over it': [
    'entry <module>:1',
    'next step <module>:2',
    'stepIn step f:10 < <module>:2',
    'stepIn step f:11 < <module>:2',
    'stepIn step g:20 < f:11 < <module>:2',
    'stepIn step g:21 < f:11 < <module>:2',
    'stepIn step f:11 < <module>:2',
    'stepIn step f:12 < <module>:2',
    'stepIn step f:13 < <module>:2',
  ],
  out: [
    'entry <module>:1',
    'next step <module>:2',
    'stepIn step f:10 < <module>:2',
    'next step f:11 < <module>:2',
    'stepIn step g:20 < f:11 < <module>:2',
    'stepOut step f:11 < <module>:2',
    'stepOut step <module>:2',
    'stepOut terminated',
  ],
  'continue to the end': ['entry <module>:1', 'continue terminated'],
};

for (const comparators of [10_000, 2]) {
  for (const [name, steps] of Object.entries(STEPPING)) {
    test(`stepping ${name}, ${comparators} comparators`, async () => {
      const { client } = session(CALLS, comparators);
      await client.start({ program: MAIN, stopOnEntry: true });
      assert.equal(await client.stop(), steps[0]);
      for (const step of steps.slice(1)) {
        const [command, ...place] = step.split(' ');
        await client.request(command!, { threadId: 1 });
        if (place[0] === 'terminated') await client.waitFor('terminated');
        else assert.equal(await client.stop(), place.join(' '));
      }
    });
  }
}

test('a step over a call stops at a breakpoint in it', async () => {
  const { client } = session(CALLS);
  await client.start({ program: MAIN, stopOnEntry: true }, { [MAIN]: [21] });
  await client.stop();
  await client.request('next', { threadId: 1 });
  await client.stop();
  await client.request('next', { threadId: 1 });
  assert.equal(await client.stop(), 'breakpoint g:21 < f:11 < <module>:2');
});

test('breakpoints move to the next statement, or say why they cannot be', async () => {
  const { client } = session(CALLS);
  await client.request('initialize', { pathFormat: 'path' });
  const early = await client.request('setBreakpoints', { source: { path: MAIN }, breakpoints: [{ line: 5 }] });
  assert.equal(early.breakpoints[0].verified, false);
  await client.request('launch', { program: MAIN });
  const changed = await client.waitFor('breakpoint');
  assert.deepEqual([changed.breakpoint.verified, changed.breakpoint.line], [true, 10]);
  const { breakpoints } = await client.request('setBreakpoints', {
    source: { path: `file://${MAIN}` },
    breakpoints: [{ line: 3 }, { line: 14 }, { line: 22 }],
  });
  assert.deepEqual(
    breakpoints.map((b: { verified: boolean; line?: number }) => [b.verified, b.line]),
    [
      [true, 3],
      [true, 20],
      [false, undefined],
    ],
  );
  assert.match(breakpoints[2].message, /No statement/);
  const other = await client.request('setBreakpoints', {
    source: { path: '/project/other.py' },
    breakpoints: [{ line: 1 }],
  });
  assert.match(other.breakpoints[0].message, /not part of the program/);
  await client.request('configurationDone');
  const stopped = await client.waitFor('stopped');
  assert.deepEqual(stopped.hitBreakpointIds, [breakpoints[1].id]);
  assert.match(stopped.description, /^Paused on breakpoint at cycle \d+$/);
  const { threads } = await client.request('threads');
  assert.match(threads[0].name, /^core @ \d+ cycles$/);
});

test('recursion: over stays in its own frame, out goes one frame up', async () => {
  const deeper = (m: Machine): void => {
    const n = m.memory.globals[0]!.payload;
    m.memory.globals[0] = intWord(n - 1n);
    if (n > 0n) call('f')(m);
  };
  const { client } = session({
    files: [MAIN, '<runtime>'],
    globals: ['n'],
    functions: [
      start,
      {
        name: '<module>',
        code: [
          [1, global(0, intWord(5))],
          [2, call('f')],
          [3, ret],
        ],
      },
      {
        name: 'f',
        locals: ['x'],
        code: [
          [10, nop],
          [11, deeper],
          [12, nop],
          [0, ret],
        ],
      },
    ],
  });
  await client.start({ program: MAIN }, { [MAIN]: [10] });
  assert.equal(await client.stop(), 'breakpoint f:10 < <module>:2');
  await client.request('continue', { threadId: 1 });
  assert.equal(await client.stop(), 'breakpoint f:10 < f:11 < <module>:2');
  await client.request('setBreakpoints', { source: { path: MAIN }, breakpoints: [] });
  await client.request('next', { threadId: 1 });
  assert.equal(await client.stop(), 'step f:11 < f:11 < <module>:2');
  await client.request('next', { threadId: 1 });
  assert.equal(await client.stop(), 'step f:12 < f:11 < <module>:2');
  await client.request('stepOut', { threadId: 1 });
  assert.equal(await client.stop(), 'step f:12 < <module>:2');
});

test('a loop stops at its breakpoint in every turn', async () => {
  const { client } = session({
    files: [MAIN, '<runtime>'],
    globals: ['n'],
    functions: [
      start,
      {
        name: '<module>',
        code: [
          [1, global(0, intWord(3))],
          [2, nop],
          [0, loop(1, 0)],
          [3, ret],
        ],
      },
    ],
  });
  await client.start({ program: MAIN }, { [MAIN]: [2] });
  for (const n of ['3', '2', '1', '0']) {
    assert.equal(await client.stop(), 'breakpoint <module>:2');
    assert.deepEqual(await client.scope('Globals'), [`n=${n}`]);
    await client.request('continue', { threadId: 1 });
  }
  await client.waitFor('terminated');
});

const SPIN: ProgramText = {
  files: [MAIN, '<runtime>'],
  functions: [
    start,
    {
      name: '<module>',
      code: [
        [1, nop],
        [2, nop],
        [3, forever],
      ],
    },
  ],
};

test('pause, breakpoints set while it runs, cycle limit, disconnect', async () => {
  const { client, machine } = session(SPIN);
  await client.start({ program: MAIN });
  await client.request('pause', { threadId: 1 });
  assert.equal(await client.stop(), 'pause <module>:3');
  await client.request('continue', { threadId: 1 });
  await client.request('setBreakpoints', { source: { path: MAIN }, breakpoints: [{ line: 3 }] });
  assert.equal(await client.stop(), 'breakpoint <module>:3');
  await client.request('disconnect', {});
  assert.equal(machine.isDisposed, true);

  const limited = session(SPIN);
  await limited.client.start({ program: MAIN, maxCycles: 5000 });
  assert.equal((await limited.client.waitFor('exited')).exitCode, 3);
  assert.match(limited.client.output('stderr'), /stopped after 5,000 cycles/);
});

test('a request between a step and the run behind it is not lost', async () => {
  const program = layOut(SPIN);
  const machine = new Machine(program);
  const engine = new Engine(machine, program.image);
  const set = machine.setBreakpoints.bind(machine);
  machine.setBreakpoints = async (pcs) => {
    await set(pcs);
    if (pcs.length > 0) engine.pause();
  };
  engine.setBreakpoints([machine.entryOf('_start')]);
  const stop = within(engine.resume('continue'), 'pause', 2000).finally(() => machine.halt());
  assert.deepEqual(await stop, { kind: 'pause' });
});
