/** Tables of small programs, whose trees and errors are compared with CPython's. */

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { checkSymbols, decodeSource, LineColumns, NODE_TABLE } from '../../src/ast/index.js';
import { askPython, dumpText, loadParser, readCases, readData } from './support.js';

test("trees of small programs are CPython's", async () => {
  const cases = readCases('tree-cases.txt');
  const parser = await loadParser();
  const answers = askPython(cases.map((source) => ({ source })));
  cases.forEach((source, i) => {
    const { module, problems } = parser.parse(source);
    assert.deepEqual(problems, [], `problems in:\n${source}\nCPython: ${answers[i]!.error}`);
    assert.equal(dumpText(module), answers[i]!.dump, `the tree of:\n${source}`);
  });
});

test("errors are CPython's, with their lines and messages", async () => {
  const cases = JSON.parse(readData('error-cases.json')) as string[];
  const parser = await loadParser();
  const answers = askPython(cases.map((source) => ({ source })));
  cases.forEach((source, i) => {
    const answer = answers[i]!;
    const problem = parser.parse(source).problems[0];
    const shown = JSON.stringify(source.slice(0, 100));
    if (answer.dump !== undefined) assert.equal(problem, undefined, `${shown} is valid`);
    else if (answer.type === 'RecursionError') assert.ok(problem, `${shown} is too deep`);
    else {
      const expected = { message: answer.error, line: answer.line, kind: answer.type };
      assert.ok(problem, `${shown}: ${answer.error}`);
      const kind = problem.kind === 'UnsupportedSyntax' ? answer.type : problem.kind;
      const message = problem.kind === 'UnsupportedSyntax' ? answer.error : problem.message;
      assert.deepEqual({ message, line: problem.lineno, kind }, expected, shown);
    }
  });
});

test("what only the compiler rejects is rejected with CPython's message and line", async () => {
  const cases = readCases('compile-cases.txt');
  const parser = await loadParser();
  const answers = askPython(cases.map((source) => ({ compile: source })));
  cases.forEach((source, i) => {
    const { module, problems } = parser.parse(source);
    const problem = problems[0] ?? checkSymbols(module)[0];
    const found = problem === undefined ? 'accepted' : `${problem.message} (line ${problem.lineno})`;
    const answer = answers[i]!;
    assert.equal(found, answer.ok ? 'accepted' : `${answer.error} (line ${answer.line})`, source);
  });
});

test('source files are decoded as CPython decodes them', async () => {
  const parser = await loadParser();
  const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
  const cases = [
    'x = "a"\n',
    '\xef\xbb\xbfx = "\xc3\xa9"\n',
    '# coding: latin-1\nx = "\xe9"\n',
    '# -*- coding: iso-8859-15 -*-\nx = "\xa4"\n',
    '#!/bin/python\n# vim: set fileencoding=cp1252 :\nx = "\x80"\n',
    '# coding: ascii\nx = 1\n',
    '# coding: ascii\nx = "\xe9"\n',
    '# coding: nonsense\nx = 1\n',
    '\n\n# coding: nonsense\nx = 1\n',
    'x = 1\n# coding: nonsense\n',
    '\xef\xbb\xbf# coding: latin-1\nx = 1\n',
    '# coding: utf-8\nx = "\xe9"\n',
    'x = 1\ny = "\xff"\n',
    'x = "\xc3"\n',
    'x = 1\r\ny = """a\r\nb"""\rz = 2\r\n',
    'x = "a\x00b"\n',
    '\x0cx = 1\n',
    '',
    '\n',
    '# only',
  ];
  const answers = askPython(cases.map((text) => ({ bytes: Buffer.from(bytes(text)).toString('base64') })));
  cases.forEach((text, i) => {
    const decoded = decodeSource(bytes(text));
    const result = 'text' in decoded ? parser.parse(decoded.text) : null;
    const isValid = result !== null && result.problems.length === 0;
    assert.equal(isValid ? dumpText(result.module) : undefined, answers[i]!.dump, JSON.stringify(text));
  });
});

test("the table of nodes is CPython's", () => {
  const [classes] = askPython<Record<string, string[]>>([{ nodes: true }]);
  for (const [kind, info] of Object.entries(NODE_TABLE)) {
    assert.deepEqual(
      info.fields.map((field) => field.name),
      classes![kind],
      kind,
    );
  }
});

test('byte columns become UTF-16 columns', () => {
  const line = 'aé€😀b';
  const table: [bytes: number, units: number][] = [
    [0, 0],
    [1, 1],
    [3, 2],
    [6, 3],
    [10, 5],
    [11, 6],
    [99, 6],
  ];
  for (const [bytes, units] of table) assert.equal(new LineColumns(line).utf16(bytes), units);
});

test('byte columns of long lines become UTF-16 columns', () => {
  const character = fc.constantFrom('a', 'é', '€', '😀', '\ud800');
  const line = fc.array(character, { maxLength: 700 }).map((characters) => characters.join(''));
  fc.assert(
    fc.property(line, fc.nat(2500), (text, bytes) => {
      let units = 0;
      // Buffer counts as UTF-8 has it: three bytes for a lone surrogate's replacement.
      for (let at = 0; units < text.length && at < bytes; ) {
        const one = String.fromCodePoint(text.codePointAt(units)!);
        at += Buffer.byteLength(one);
        units += one.length;
      }
      const columns = new LineColumns(text);
      assert.equal(columns.utf16(bytes), units);
      assert.equal(columns.utf16(0), 0, 'a question does not change the answer to the next');
    }),
    { seed: 20, numRuns: 500 },
  );
});

test('the syntax of newer Pythons is named with its version', async () => {
  const parser = await loadParser();
  const table: [source: string, version: string | null][] = [
    ['type X = int', '3.12'],
    ['type X[T] = list[T]', '3.12'],
    ['def f[T](a: T): pass', '3.12'],
    ['class A[T = int](B): pass', '3.12'],
    ['if x:\n  y\n  async def f[T](): pass\n', '3.12'],
    ['try: pass\nexcept A, B: pass', '3.14'],
    ['x = t"a{b}"', '3.14'],
    ['x = f"{a["b"]}"', '3.12'],
    [`x = f"{'\\n'.join(a)}"`, '3.12'],
    ['x = (f"{a # c\n}")', '3.12'],
    ['x = f"{f"{f"{1}"}"}"', '3.12'],
    ['try: pass\nexcept A, B as c: pass', null],
    ['x = f"{a b}"', null],
    ['type x', null],
    ["x = f\"{'{'", null],
  ];
  for (const [source, version] of table) {
    const problem = parser.parse(source).problems[0];
    assert.equal(problem?.kind, version === null ? 'SyntaxError' : 'UnsupportedSyntax', source);
    if (version !== null) assert.ok(problem?.message.includes(`Python ${version}`), problem?.message);
  }
});

test('a bad statement is left out, and the rest of the tree is there', async () => {
  const parser = await loadParser();
  const table: [source: string, kinds: string][] = [
    ['x = 1\ny = = 2\nz = 3\n', 'Assign Assign'],
    ['def f():\n    x = (\n\ny = 1\n', 'FunctionDef Assign'],
    ['x = 1\ny = "abc\nz = 3\n', 'Assign Assign'],
    ['x = 1\ny = )\nz = 3\n', 'Assign Assign'],
    ['x = 1\nfoo(a,\n    b\nz = 3\nif z:\n    w\n', 'Assign Assign If'],
    ['x = 1\ny = 0777\nz = $\nw = 3\n', 'Assign Assign'],
    ['def f():\n    a b\n    return 1\nx = 2\n', 'FunctionDef Assign'],
    ['x = 1\nif a b:\n    c\n', 'Assign'],
    ['x = 1\nprint "a"\ny = 2\n', 'Assign Assign'],
  ];
  for (const [source, kinds] of table) {
    const { module, problems } = parser.parse(source);
    assert.equal(problems.length, 1, source);
    assert.equal(module.body.map((statement) => statement.kind).join(' '), kinds, source);
  }
});
