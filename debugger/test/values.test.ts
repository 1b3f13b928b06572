/** What the debugger shows of values, evaluates and assigns. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { floatWord, HDR, intWord, LIST, packFields, REF, str7Word, TAG, type Word } from '@pysm/isa';
import { call, global, local, nop, ret } from './support/machine.js';
import { MAIN, session, start } from './support/session.js';

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
