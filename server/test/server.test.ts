import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Folder, LanguageClient, PULL, sleep, summary, until } from './support/client.js';

/** Runs a test with a folder and a client, and takes both away afterwards. */
async function scene(
  files: Readonly<Record<string, string | Uint8Array>>,
  body: (client: LanguageClient, folder: Folder) => Promise<void>,
  capabilities: Parameters<typeof LanguageClient.connect>[0] = PULL,
): Promise<void> {
  const folder = new Folder(files);
  const client = await LanguageClient.connect(capabilities);
  try {
    await body(client, folder);
  } finally {
    await client.stop();
    folder.dispose();
  }
}

const PROJECT = '[project]\nname = "x"\n\n[tool.pysm]\nentry = "main.py"\n';

/** Whose file is it? A file of the folder, its text, and what is pulled for it. */
const RECOGNITION: readonly {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly file: string;
  readonly expected: readonly string[];
}[] = [
  {
    name: 'the entry',
    files: { 'pyproject.toml': PROJECT, 'main.py': 'bad one\n' },
    file: 'main.py',
    expected: ['1:0 bad one'],
  },
  {
    name: 'a module that the entry imports',
    files: { 'pyproject.toml': PROJECT, 'main.py': 'import lib\n', 'lib.py': '\n  bad two\n' },
    file: 'lib.py',
    expected: ['2:2 bad two'],
  },
  {
    name: 'a file of the project that no entry reaches',
    files: { 'pyproject.toml': PROJECT, 'main.py': '\n', 'tests/test_x.py': 'bad test\n' },
    file: 'tests/test_x.py',
    expected: [],
  },
  {
    name: 'a list of entries',
    files: { 'pyproject.toml': '[tool.pysm]\nentry = ["a.py", "b/b.py"]\n', 'a.py': '', 'b/b.py': 'bad b\n' },
    file: 'b/b.py',
    expected: ['1:0 bad b'],
  },
  {
    name: 'the same error in two programs',
    files: {
      'pyproject.toml': '[tool.pysm]\nentry = ["a.py", "b.py"]\n',
      'a.py': 'import c',
      'b.py': 'import c',
      'c.py': 'bad c\n',
    },
    file: 'c.py',
    expected: ['1:0 bad c'],
  },
  {
    name: 'a project of others',
    files: { 'pyproject.toml': '[tool.ruff]\nx = 1\n', 'main.py': 'bad\n' },
    file: 'main.py',
    expected: [],
  },
  { name: 'no project', files: { 'main.py': 'import machine\nbad\n' }, file: 'main.py', expected: [] },
  { name: 'a lone file that opts in', files: { 'x.py': '# pysm\nbad x\n' }, file: 'x.py', expected: ['2:0 bad x'] },
  { name: 'opting in on the second line', files: { 'x.py': '\n# pysm\nbad x\n' }, file: 'x.py', expected: [] },
  { name: 'a word that begins like it', files: { 'x.py': '# pysmaller\nbad x\n' }, file: 'x.py', expected: [] },
  { name: 'hand-written assembly', files: { 'x.pysm': 'bad x\n' }, file: 'x.pysm', expected: ['1:0 bad x'] },
  {
    name: 'broken TOML',
    files: { 'pyproject.toml': '[tool.pysm]\nentry = \n' },
    file: 'pyproject.toml',
    expected: ['2:8 This is not valid TOML: '],
  },
  {
    name: 'broken TOML of others',
    files: { 'pyproject.toml': '[tool.x]\nentry = \n' },
    file: 'pyproject.toml',
    expected: [],
  },
  {
    name: 'no entry',
    files: { 'pyproject.toml': '[tool.pysm]\n' },
    file: 'pyproject.toml',
    expected: ['1:6 [tool.pysm] needs `entry`'],
  },
  {
    name: 'an entry that is missing',
    files: { 'pyproject.toml': '[project]\nname = "main.py"\n[tool.pysm]\nentry = "main.py"\n' },
    file: 'pyproject.toml',
    expected: ['4:9 The entry main.py does not exist.'],
  },
  {
    name: 'an entry of a wrong type',
    files: { 'pyproject.toml': '[tool.pysm]\nentry = [1]\n' },
    file: 'pyproject.toml',
    expected: ['2:0 `entry` must be a path'],
  },
  {
    name: 'other ways to write the table',
    files: { 'pyproject.toml': 'tool = { pysm = { entry = "main.py" } }', 'main.py': 'bad inline' },
    file: 'main.py',
    expected: ['1:0 bad inline'],
  },
  {
    name: 'a dotted key',
    files: { 'pyproject.toml': '[tool]\n"pysm".entry = "main.py"', 'main.py': 'bad dotted' },
    file: 'main.py',
    expected: ['1:0 bad dotted'],
  },
  {
    name: 'tool.pysm that is no table',
    files: { 'pyproject.toml': '[tool]\npysm = 3\n' },
    file: 'pyproject.toml',
    expected: ['2:0 `tool.pysm` must be a table.'],
  },
];

for (const { name, files, file, expected } of RECOGNITION) {
  test(`recognition: ${name}`, () =>
    scene(files, async (client, folder) => {
      await client.open(folder.uri(file), files[file]!);
      const found = await client.diagnostics(folder.uri(file));
      assert.equal(found.length, expected.length, found.join('\n'));
      for (const [i, text] of expected.entries()) assert.ok(found[i]!.startsWith(text), found[i]);
    }));
}

test('notebook cells, diff views and untitled buffers are not ours', () =>
  scene({ 'pyproject.toml': PROJECT, 'main.py': 'bad\n' }, async (client, folder) => {
    for (const scheme of ['vscode-notebook-cell', 'git', 'untitled', 'ftp']) {
      const uri = folder.uri('main.py').replace('file:', `${scheme}:`);
      await client.open(uri, '# pysm\nbad\n');
      assert.deepEqual(await client.diagnostics(uri), []);
      assert.equal(await client.hover(uri, 2), null);
    }
  }));

test('open buffers win over the disk, and the disk counts again when they close', () =>
  scene({ 'pyproject.toml': PROJECT, 'main.py': 'import lib\n', 'lib.py': 'bad disk\n' }, async (client, folder) => {
    await client.open(folder.uri('main.py'), 'import lib\n');
    await client.open(folder.uri('lib.py'), 'bad buffer\n');
    assert.deepEqual(await client.diagnostics(folder.uri('lib.py')), ['1:0 bad buffer']);
    await client.close(folder.uri('lib.py'));
    const report = await client.pull(folder.uri('main.py'));
    const related = report.relatedDocuments?.[folder.uri('lib.py')];
    assert.deepEqual(related && 'items' in related && related.items.map(summary), ['1:0 bad disk']);
    folder.write('lib.py', 'good\nlines\n');
    const after = await client.pull(folder.uri('main.py'));
    const items = after.relatedDocuments?.[folder.uri('lib.py')];
    assert.deepEqual(items && 'items' in items && items.items, []);
  }));

test('what a lone file imports belongs to it while it is open', () =>
  scene({ 'x.py': '', 'lib.py': 'bad lib\n' }, async (client, folder) => {
    await client.open(folder.uri('lib.py'), 'bad lib\n');
    assert.deepEqual(await client.diagnostics(folder.uri('lib.py')), []);
    await client.open(folder.uri('x.py'), '# pysm\nimport lib\n');
    assert.deepEqual(await client.diagnostics(folder.uri('x.py')), []);
    assert.deepEqual(await client.diagnostics(folder.uri('lib.py')), ['1:0 bad lib']);
    await client.close(folder.uri('x.py'));
    assert.deepEqual(await client.diagnostics(folder.uri('lib.py')), []);
  }));

test('a new error at the place of typing waits, an old one and one elsewhere do not', () =>
  scene({ 'pyproject.toml': PROJECT, 'main.py': '' }, async (client, folder) => {
    const uri = folder.uri('main.py');
    await client.open(uri, 'bad a\n\nx\n');
    assert.deepEqual(await client.diagnostics(uri), ['1:0 bad a']);
    const at = (line: number, character: number, text: string) => ({
      range: { start: { line, character }, end: { line, character } },
      text,
    });
    await sleep(50); // The refresh that belongs to opening.
    const refreshesBefore = client.refreshes;
    await client.edit(uri, [at(2, 0, 'bad b')]);
    assert.deepEqual(await client.diagnostics(uri), ['1:0 bad a']);
    await until(() => client.refreshes > refreshesBefore, 'a refresh');
    assert.deepEqual(await client.diagnostics(uri), ['1:0 bad a', '3:0 bad bx']);
    await client.edit(uri, [at(2, 0, ' ')]);
    assert.deepEqual(await client.diagnostics(uri), ['1:0 bad a', '3:1 bad bx'], 'shown before, so shown on');
    await client.edit(uri, [at(1, 0, 'y\n')]);
    assert.deepEqual(await client.diagnostics(uri), ['1:0 bad a', '4:1 bad bx'], 'moves with the text');
  }));

test('without refresh support the answer waits instead', () =>
  scene(
    { 'pyproject.toml': PROJECT, 'main.py': '' },
    async (client, folder) => {
      const uri = folder.uri('main.py');
      await client.open(uri, 'x\n');
      await client.edit(uri, [{ text: 'bad a\n' }]);
      assert.deepEqual(await client.diagnostics(uri), ['1:0 bad a']);
    },
    { textDocument: { diagnostic: {} } },
  ));

test('diagnostics are pushed to a client that cannot pull, and taken back', () =>
  scene(
    { 'pyproject.toml': PROJECT, 'main.py': 'import lib\n', 'lib.py': 'bad disk\n', 'other.py': 'bad other\n' },
    async (client, folder) => {
      const uri = folder.uri('main.py');
      await client.open(folder.uri('other.py'), 'bad other\n');
      await client.open(uri, 'import lib\nbad a\n');
      await until(() => client.pushed.has(uri), 'a push');
      assert.deepEqual(client.pushed.get(uri)?.map(summary), ['2:0 bad a']);
      assert.deepEqual(client.pushed.get(folder.uri('lib.py'))?.map(summary), ['1:0 bad disk']);
      assert.equal(client.pushed.has(folder.uri('other.py')), false, 'files of others are never mentioned');
      await client.edit(uri, [{ text: 'import lib\n' }]);
      await until(() => client.pushed.get(uri)?.length === 0, 'taking back');
      await client.close(uri);
      await until(() => client.pushed.get(folder.uri('lib.py'))?.length === 0, 'taking back the imported file');
      await assert.rejects(client.pull(uri), 'never both');
    },
    {},
  ));

test('nothing is pushed to a client that pulls', () =>
  scene({ 'pyproject.toml': PROJECT, 'main.py': '' }, async (client, folder) => {
    await client.open(folder.uri('main.py'), 'bad a\n');
    await sleep(300);
    assert.equal(client.pushed.size, 0);
  }));

/** Which program F5 starts: file in front, command or not, and the entry. */
const PROGRAMS: readonly (readonly [file: string | undefined, optIn: boolean, entry: string | null])[] = [
  ['main.py', false, 'main.py'],
  ['lib.py', false, 'main.py'],
  ['second.py', false, 'second.py'],
  ['tests/test_x.py', false, 'main.py'],
  ['tests/test_x.py', true, 'tests/test_x.py'],
  [undefined, false, 'main.py'],
];

test('the program that a file or a folder stands for', () =>
  scene(
    {
      'pyproject.toml': '[tool.pysm]\nentry = ["main.py", "second.py"]\n',
      'main.py': 'import lib\n',
      'lib.py': '',
      'second.py': '',
      'tests/test_x.py': 'bad x\n',
    },
    async (client, folder) => {
      for (const [file, optIn, entry] of PROGRAMS) {
        const params = { ...(file ? { file: folder.uri(file) } : {}), folder: folder.uri(''), optIn };
        const { program } = await client.connection.sendRequest<{ program: string | null }>('pysm/program', params);
        assert.equal(program, entry && `${folder.path}/${entry}`, file);
      }
      await client.open(folder.uri('tests/test_x.py'), 'bad x\n');
      assert.deepEqual(
        await client.diagnostics(folder.uri('tests/test_x.py')),
        ['1:0 bad x'],
        'the command opted it in',
      );
    },
  ));

test('nothing of PySM’s stands for no program', () =>
  scene({ 'app.py': '' }, async (client, folder) => {
    const params = { file: folder.uri('app.py'), folder: folder.uri('') };
    assert.deepEqual(await client.connection.sendRequest('pysm/program', params), { program: null });
    const { text } = await client.connection.sendRequest<{ text: string }>('pysm/assembly', {
      uri: folder.uri('app.py'),
    });
    assert.equal(text, '# This file is not part of a PySM program.\n');
  }));

const HOVERS: readonly { readonly name: string; readonly line: string; readonly expected: string | null }[] = [
  { name: 'exact', line: 'x cost 7', expected: '**PySM**: 7 instructions, 7 cycles (70 ns)' },
  { name: 'one', line: 'x cost 1', expected: '**PySM**: 1 instruction, 1 cycle (10 ns)' },
  {
    name: 'range with its reason',
    line: 'x cost 3..12000 branches 1',
    expected: '**PySM**: 3 to 12,000 instructions, 3 to 12,000 cycles (30 ns to 120 us)  \n- branch: way 0',
  },
  {
    name: 'no bound',
    line: 'x cost 5..',
    expected: '**PySM**: at least 5 instructions, at least 5 cycles (no upper bound known)',
  },
  {
    name: 'what the worst case takes for granted',
    line: 'x cost 2 assuming',
    expected: '**PySM**: 2 instructions, 2 cycles (20 ns)  \ntaken for granted: no exception',
  },
  { name: 'nothing', line: '# comment', expected: null },
];

for (const { name, line, expected } of HOVERS) {
  test(`hover: ${name}`, () =>
    scene({ 'x.py': '' }, async (client, folder) => {
      await client.open(folder.uri('x.py'), `# pysm\n${line}\n`);
      assert.equal(await client.hover(folder.uri('x.py'), 2), expected);
    }));
}

test('a hover has at most eight lines', () =>
  scene({ 'x.py': '' }, async (client, folder) => {
    for (const count of [6, 7, 8, 100]) {
      await client.open(folder.uri('x.py'), `# pysm\nx cost 1..2 branches ${count}\n`);
      const lines = (await client.hover(folder.uri('x.py'), 2))!.split('\n');
      await client.close(folder.uri('x.py'));
      assert.equal(lines.length, Math.min(8, count + 1));
      if (count > 7) assert.equal(lines[7], `- and ${count - 6} more`);
    }
  }));

test('a file in two programs shows the higher cost and names its entry', async () => {
  // The fake compiler charges `lib.py` alike in both programs, so the costs differ by what each program reads.
  const files = {
    'pyproject.toml': '[tool.pysm]\nentry = ["a.py", "b.py"]\n',
    'a.py': 'import lib\n',
    'b.py': 'import lib\n',
    'lib.py': 'x cost 4\n',
  };
  await scene(files, async (client, folder) => {
    await client.open(folder.uri('lib.py'), files['lib.py']);
    const text = await client.hover(folder.uri('lib.py'), 1);
    assert.equal(text, '**PySM**: 4 instructions, 4 cycles (40 ns)  \nhighest of 2 programs: entry `a.py`');
  });
});

test('a compiler that throws is reported and survived', () =>
  scene({ 'x.py': '' }, async (client, folder) => {
    const uri = folder.uri('x.py');
    await client.open(uri, '# pysm\ncrash\n');
    assert.match((await client.diagnostics(uri))[0]!, /could not analyse/);
    await client.edit(uri, [{ text: '# pysm\nx cost 2\n' }]);
    assert.deepEqual(await client.diagnostics(uri), []);
  }));

test('files that are not UTF-8, huge, or gone', () =>
  scene(
    { 'pyproject.toml': PROJECT, 'main.py': new Uint8Array([0xff, 0xfe, 0x00]), 'lib.py': '' },
    async (client, folder) => {
      await client.open(folder.uri('lib.py'), 'x cost 1\n'.repeat(100_000));
      await client.edit(folder.uri('lib.py'), [{ text: 'bad\n' }]);
      assert.deepEqual(await client.diagnostics(folder.uri('gone.py')), []);
      await client.open(folder.uri('main.py'), '\0'.repeat(1000));
      assert.deepEqual(await client.diagnostics(folder.uri('main.py')), []);
      assert.equal(await client.hover(folder.uri('main.py'), 1e9), null);
    },
  ));

const anyEdit = fc.record({
  line: fc.integer({ min: 0, max: 12 }),
  character: fc.integer({ min: 0, max: 20 }),
  length: fc.integer({ min: 0, max: 3 }),
  text: fc.oneof(
    fc.constantFrom('\n', 'bad ', 'import lib', 'crash', 'cost 1..2', '# pysm\n', ''),
    fc.string({ unit: 'binary', maxLength: 5 }),
  ),
});

test('random edits of a program and its project file never stop the server', async () => {
  const files = { 'pyproject.toml': PROJECT, 'main.py': 'import lib\nx cost 3\n', 'lib.py': 'bad lib\n' };
  const edits = fc.sample(fc.tuple(fc.constantFrom(...Object.keys(files)), anyEdit), { numRuns: 600, seed: 31 });
  for (const capabilities of [PULL, {}]) {
    await scene(
      files,
      async (client, folder) => {
        for (const [name, text] of Object.entries(files)) await client.open(folder.uri(name), text);
        for (const [i, [name, { line, character, length, text }]] of edits.entries()) {
          const range = { start: { line, character }, end: { line: line + length, character } };
          await client.edit(folder.uri(name), [{ range, text }]);
          if (i % 10 === 0) await client.hover(folder.uri('main.py'), line);
          if (i % 10 === 5 && capabilities === PULL) await client.pull(folder.uri(name));
        }
        await client.edit(folder.uri('pyproject.toml'), [{ text: PROJECT }]);
        await client.edit(folder.uri('main.py'), [{ text: 'x cost 3\n' }]);
        assert.equal(await client.hover(folder.uri('main.py'), 1), '**PySM**: 3 instructions, 3 cycles (30 ns)');
      },
      capabilities,
    );
  }
});

test('requests with wrong parameters get error responses', () =>
  scene({}, async (client) => {
    for (const params of [{}, null, 5, { textDocument: {} }, { textDocument: { uri: 3 }, position: 'x' }]) {
      const isAnswered = client.connection.sendRequest('textDocument/hover', params as object).then(
        () => true,
        () => true,
      );
      assert.equal(await isAnswered, true);
    }
    await client.connection.sendNotification('textDocument/didOpen', { nonsense: true });
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: 'file:///none.py', version: 1 },
      contentChanges: [],
    });
    await assert.rejects(client.connection.sendRequest('no/such/request', {}));
  }));
