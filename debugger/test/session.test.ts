import assert from 'node:assert/strict';
import { test } from 'node:test';
import { floatWord, HDR, intWord, LIST, packFields, REF, str7Word, TAG, type Word } from '@pysm/isa';
import fc from 'fast-check';
import type { Launcher } from '../src/launch.js';
import { DebugClient } from './support/client.js';
import {
  call,
  forever,
  global,
  halt,
  layOut,
  local,
  loop,
  Machine,
  nop,
  type ProgramText,
  print,
  printError,
  ret,
  trap,
} from './support/machine.js';

const MAIN = '/project/main.py';

function session(text: ProgramText, breakpoints?: number): { client: DebugClient; machine: Machine } {
  const program = layOut(text);
  const machine = new Machine(program, breakpoints);
  const launcher: Launcher = {
    build: async () => ({ image: program.image }),
    createTarget: async (kind) => {
      if (kind !== 'sim') throw new Error(`there is no target ${kind}`);
      return machine;
    },
    readSource: () => Array.from({ length: 40 }, (_, i) => `    line${i + 1}`).join('\n'),
  };
  return { client: new DebugClient(launcher), machine };
}

const start = {
  name: '_start',
  file: 1,
  runtime: true,
  code: [
    [0, call('<module>')],
    [0, halt(0)],
  ],
} as const;

/** Module code on lines 1-4 calls f (lines 10-13), which calls g (20-21) and a runtime function. */
const CALLS: ProgramText = {
  files: [MAIN, '<runtime>'],
  globals: ['n', 'text'],
  functions: [
    start,
    {
      name: '<module>',
      code: [
        [1, global(0, intWord(2))],
        [2, nop],
        [0, call('f')],
        [0, nop],
        [3, call('f')],
        [4, print('done\n')],
        [0, ret],
      ],
    },
    {
      name: 'f',
      locals: ['x', 'y'],
      code: [
        [10, local(0, intWord(7))],
        [11, nop],
        [0, call('g')],
        [0, local(1, floatWord(0.5))],
        [12, trap('_add')],
        [13, nop],
        [0, ret],
      ],
    },
    {
      name: 'g',
      code: [
        [20, nop],
        [21, call('_print')],
        [0, ret],
      ],
    },
    {
      name: '_print',
      file: 1,
      runtime: true,
      code: [
        [0, print('hello\n')],
        [0, ret],
      ],
    },
    {
      name: '_add',
      file: 1,
      runtime: true,
      code: [
        [0, nop],
        [0, call('_print')],
        [0, ret],
      ],
    },
  ],
};

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

test('pause, breakpoints set while it runs, cycle limit, disconnect', async () => {
  const spin: ProgramText = {
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
  const { client, machine } = session(spin);
  await client.start({ program: MAIN });
  await client.request('pause', { threadId: 1 });
  assert.equal(await client.stop(), 'pause <module>:3');
  await client.request('continue', { threadId: 1 });
  await client.request('setBreakpoints', { source: { path: MAIN }, breakpoints: [{ line: 3 }] });
  assert.equal(await client.stop(), 'breakpoint <module>:3');
  await client.request('disconnect', {});
  assert.equal(machine.isDisposed, true);

  const limited = session(spin);
  await limited.client.start({ program: MAIN, maxCycles: 5000 });
  assert.equal((await limited.client.waitFor('exited')).exitCode, 3);
  assert.match(limited.client.output('stderr'), /stopped after 5,000 cycles/);
});

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

const ref = (tag: number, address: number, length = 0, row = 0): Word => ({
  tag,
  payload: packFields([
    [REF.address, address],
    [REF.length, length],
    [REF.row, row],
  ]),
});

/** Values in memory and how Python writes them. */
const VALUES: Readonly<
  Record<string, { readonly word: Word; readonly data?: Readonly<Record<number, Word>>; readonly text: string }>
> = {
  int: { word: intWord(-5), text: '-5' },
  float: { word: floatWord(1e16), text: '1e+16' },
  short: { word: str7Word("it's"), text: `"it's"` },
  ascii: {
    word: ref(TAG.STR, 300, 10),
    data: { 301: { tag: TAG.RAW, payload: 0x6867666564636261n }, 302: { tag: TAG.RAW, payload: 0x6a69n } },
    text: "'abcdefghij'",
  },
  wide: {
    word: ref(TAG.STR, 300, 2 ** 23 + 3),
    data: { 301: { tag: TAG.RAW, payload: 0x1f600_000000e9n }, 302: { tag: TAG.RAW, payload: 0x61n } },
    text: "'é😀a'",
  },
  tuple: { word: ref(TAG.TUPLE, 300, 1), data: { 301: intWord(1) }, text: '(1,)' },
  list: {
    word: ref(TAG.LIST, 300),
    data: {
      301: {
        tag: TAG.RAW,
        payload: packFields([
          [LIST.address, 311],
          [LIST.length, 2],
          [LIST.capacity, 4],
        ]),
      },
      311: intWord(1),
      312: ref(TAG.TUPLE, 320, 0),
    },
    text: '[1, ()]',
  },
  instance: { word: ref(TAG.OBJ, 300, 0, 40), data: { 301: intWord(3) }, text: '<Point object at 0x012c>' },
  moved: {
    word: ref(TAG.OBJX, 300, 0, 0),
    data: { 300: { tag: TAG.HDR, payload: packFields([[HDR.row, 40]]) } },
    text: '<Point object at 0x012c>',
  },
  wild: { word: ref(TAG.TUPLE, 2 ** 24 - 1, 2 ** 24 - 1), text: '()' },
};

for (const [name, { word, data, text }] of Object.entries(VALUES)) {
  test(`value: ${name}`, async () => {
    const { client, machine } = session({
      files: [MAIN, '<runtime>'],
      globals: ['v'],
      classes: [{ name: 'Point', row: 40, slots: ['', 'x', 'y'] }],
      functions: [
        start,
        {
          name: '<module>',
          code: [
            [1, global(0, word)],
            [2, ret],
          ],
        },
      ],
    });
    for (const [address, content] of Object.entries(data ?? {})) machine.memory.data[Number(address)] = content;
    await client.start({ program: MAIN }, { [MAIN]: [2] });
    await client.stop();
    assert.deepEqual(await client.scope('Globals'), [`v=${text}`]);
  });
}

test('parts, paths and assignment', async () => {
  const { client, machine } = session({
    files: [MAIN, '<runtime>'],
    globals: ['l', 'p'],
    classes: [{ name: 'Point', row: 40, slots: ['', 'x', 'items'] }],
    functions: [
      start,
      {
        name: '<module>',
        code: [
          [1, global(0, ref(TAG.LIST, 300))],
          [0, global(1, ref(TAG.OBJ, 320, 0, 40))],
          [2, call('f')],
          [3, ret],
        ],
      },
      {
        name: 'f',
        locals: ['x', 'unused'],
        code: [
          [10, local(0, intWord(7))],
          [11, nop],
          [0, ret],
        ],
      },
    ],
  });
  Object.assign(machine.memory.data, {
    301: {
      tag: TAG.RAW,
      payload: packFields([
        [LIST.address, 311],
        [LIST.length, 2],
      ]),
    },
    311: intWord(1),
    312: str7Word('two'),
    321: intWord(9),
    322: ref(TAG.LIST, 300),
  });
  await client.start({ program: MAIN }, { [MAIN]: [11] });
  await client.stop();
  assert.deepEqual(await client.scope('Locals'), ['x=7'], 'unbound locals are not shown');
  assert.deepEqual(
    (await client.scope('PySM core')).map((row) => row.split('=')[0]),
    ['cycles', 'time', 'instructions', 'pc', 'sp', 'fp'],
  );

  const evaluate = async (expression: string): Promise<string> =>
    client.request('evaluate', { expression, frameId: 1, context: 'watch' }).then(
      (body) => body.result,
      (error: Error) => error.message,
    );
  assert.equal(await evaluate('x'), '7');
  assert.equal(await evaluate(' p . items [ -1 ] '), "'two'");
  assert.equal(await evaluate('l[l[0]][0]'), "'t'");
  assert.equal(await evaluate('(-x)'), '-7');
  assert.equal(await evaluate('unused'), "evaluate: name 'unused' is not defined");
  assert.equal(await evaluate('p.z'), "evaluate: 'Point' object has no attribute 'z'");
  assert.equal(await evaluate('l[5]'), "evaluate: 'list' object has no item 5");
  assert.equal(await evaluate('x(1)'), 'evaluate: Calls cannot be evaluated while the program is halted.');
  assert.match(await evaluate('{x}'), /cannot be evaluated here/);
  assert.match(await evaluate('1 +'), /cannot be evaluated here/);
  assert.match(await evaluate(''), /evaluate: ./);

  const point = await client.request('evaluate', { expression: 'p', frameId: 1 });
  assert.deepEqual(await client.children(point.variablesReference), ['x=9', "items=[1, 'two']"]);
  const set = await client.request('setVariable', {
    variablesReference: point.variablesReference,
    name: 'x',
    value: '-2.5',
  });
  assert.equal(set.value, '-2.5');
  assert.equal(await evaluate('p.x'), '-2.5');
  for (const [value, expected] of [
    ['0x10', '16'],
    ['True', 'True'],
    ['None', 'None'],
    ['"a\\n"', "'a\\n'"],
    ['1e3', '1000.0'],
  ] as const) {
    await client.request('setVariable', { variablesReference: point.variablesReference, name: 'x', value });
    assert.equal(await evaluate('p.x'), expected);
  }
  for (const value of ['"12345678"', 'x', '9223372036854775808', '[]', '']) {
    const answer = await client.send('setVariable', { variablesReference: point.variablesReference, name: 'x', value });
    assert.equal(answer.success, false, value);
  }
});

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
