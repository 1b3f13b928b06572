/** The language server on the real compiler: input that no one means, each within its time, and the server lives on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCompiler } from '@pysm/compiler/node';
import fc from 'fast-check';
import { Folder, LanguageClient, PULL } from '../../server/dist/test/support/client.js';

/** Longest time for diagnostics of any one file, ms. */
const LIMIT = 10_000;

const compiler = await loadCompiler();

async function scene(files, body) {
  const folder = new Folder(files);
  const client = await LanguageClient.connect(PULL, compiler);
  try {
    await body(client, folder);
  } finally {
    await client.stop();
    folder.dispose();
  }
}

const SOUND = '# pysm\nx = 1\nprint(x + 2)\n';

/** Name, text, and whether an error must be shown. */
const INPUTS = [
  ['empty', '', false],
  ['half a statement', 'def f(', true],
  ['10,000 parentheses', `x = ${'('.repeat(10_000)}1${')'.repeat(10_000)}\n`, true],
  ['10,000 open brackets', '['.repeat(10_000), true],
  ['10,000 nested blocks', Array.from({ length: 10_000 }, (_, i) => `${' '.repeat(i % 90)}if x:`).join('\n'), true],
  ['null characters', '\0\0\0', true],
  ['lone surrogates', 'x = "\ud800"\n', undefined],
  ['one line of a megabyte', `x = ${'1 + '.repeat(250_000)}1\n`, undefined],
  ['100,000 lines', 'x = 1\n'.repeat(100_000), undefined],
];

for (const [name, text, isWrong] of INPUTS) {
  test(`diagnostics of: ${name}`, { timeout: 60_000 }, () =>
    scene({ 'x.py': '' }, async (client, folder) => {
      const uri = folder.uri('x.py');
      await client.open(uri, `# pysm\n${text}`);
      const start = performance.now();
      const found = await client.diagnostics(uri);
      const time = performance.now() - start;
      assert.ok(time < LIMIT, `${time.toFixed(0)} ms`);
      if (isWrong !== undefined) assert.equal(found.length > 0, isWrong, found.join('\n'));
      for (const line of found)
        assert.doesNotMatch(line, /could not analyse|undefined|\n\s+at /, 'an error in the compiler');
      await client.edit(uri, [{ text: SOUND }]);
      assert.deepEqual(await client.diagnostics(uri), []);
      assert.match(await client.hover(uri, 3), /cycles?/);
    }),
  );
}

test('the assembly of a file', () =>
  scene({ 'x.py': SOUND }, async (client, folder) => {
    const { text } = await client.connection.sendRequest('pysm/assembly', { uri: folder.uri('x.py') });
    assert.match(text, /ADD|LDI|LDK/);
    assert.match(text, /print\(x \+ 2\)/, 'with its source');
  }));

test('an imported file that is not UTF-8', () =>
  scene({ 'main.py': '# pysm\nimport lib\n', 'lib.py': new Uint8Array([0x23, 0xff, 0xfe]) }, async (client, folder) => {
    await client.open(folder.uri('main.py'), '# pysm\nimport lib\n');
    const report = await client.pull(folder.uri('main.py'));
    const messages = [...report.items, ...Object.values(report.relatedDocuments).flatMap((related) => related.items)];
    assert.ok(
      messages.some(({ message }) => /UTF-8/i.test(message)),
      JSON.stringify(report),
    );
  }));

test(
  'random edits of a real program: always an answer, never an error of the compiler’s own',
  { timeout: 120_000 },
  () =>
    scene({ 'x.py': '' }, async (client, folder) => {
      const uri = folder.uri('x.py');
      await client.open(
        uri,
        `# pysm
class Point:
    def __init__(self, x, y=2):
        self.x = x
        self.y = y

    def norm(self):
        return self.x * self.x + self.y * self.y


def total(points):
    result = 0
    for p in points:
        if p.norm() > 3 and not p.x == 0:
            result += p.norm()
        else:
            continue
    return result


print(total([Point(1), Point(3, 4)]), "done")
`,
      );
      const piece = fc.oneof(
        fc.constantFrom(
          '(',
          ')',
          ':',
          '\n',
          '    ',
          '"',
          "'",
          '"""',
          'def ',
          'class ',
          'return',
          '= ',
          'lambda',
          'if ',
          '[',
          ']',
          '.',
          '#',
          '\\',
          'é',
          '\0',
          'for x in y',
          'self',
          '0',
          '',
        ),
        fc.string({ maxLength: 3 }),
      );
      const edit = fc.tuple(
        fc.integer({ min: 0, max: 22 }),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 8 }),
        piece,
      );
      for (const [line, character, length, text] of fc.sample(edit, { numRuns: 150, seed: 51 })) {
        await client.edit(uri, [
          { range: { start: { line, character }, end: { line, character: character + length } }, text },
        ]);
        for (const found of await client.diagnostics(uri)) assert.doesNotMatch(found, /could not analyse/);
        await client.hover(uri, line + 1);
      }
      await client.edit(uri, [{ text: SOUND }]);
      assert.match(await client.hover(uri, 3), /cycles?/);
    }),
);
