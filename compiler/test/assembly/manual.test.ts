/** What stands beside the code is checked against it: the manual's example, the listings, the editor's grammar. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { printProgram } from '../../src/assembly/print.js';
import { parseAssembly } from '../../src/assembly/text.js';
import { disassemble } from '../../src/disassemble.js';
import { link } from '../../src/link/index.js';

/** The repository, seen from the compiled test. */
const REPOSITORY = new URL('../../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, REPOSITORY), 'utf8');

function check(text: string, path: string): void {
  const { modules, start, problems } = parseAssembly(text, path);
  assert.deepEqual(problems, []);
  assert.ok(start !== undefined, 'no start directive');
  const printed = printProgram({ modules, start }, { facts: true });
  const back = parseAssembly(printed, path);
  assert.deepEqual(back.problems, []);
  assert.equal(printProgram({ modules: back.modules, start }, { facts: true }), printed);
  const result = link({ modules, start });
  assert.ok('image' in result, 'diagnostics' in result ? result.diagnostics[0]?.message : '');
  for (const fn of result.image.debug.functions) assert.ok(disassemble(result.image).includes(`func ${fn.name}(`));
}

test("the manual's example assembles and links", () => {
  const example = /```\n(; Sum[^`]*)```/.exec(read('docs/assembly.md'))![1]!;
  check(example, 'manual.pysm');
});

test('the manual lists every directive, as the assembler describes it', () => {
  const manual = read('docs/assembly.md');
  const { problems } = parseAssembly('nonsense x', '');
  assert.match(problems[0]!.message, /no directive nonsense/);
  for (const word of 'start module global const class func slot method getter value constructor tags default handler vector role interrupt qualname'.split(
    ' ',
  )) {
    assert.ok(manual.includes(`\`${word} `), word);
  }
});

const LISTINGS = readdirSync(new URL('isa/listings/', REPOSITORY)).filter((file) => file.endsWith('.pysm'));
test('there are listings', () => assert.ok(LISTINGS.length > 30));
for (const file of LISTINGS) {
  test(`isa/listings/${file} assembles, links and states its cycles`, () => {
    const text = read(`isa/listings/${file}`);
    assert.match(text, /^; [^\n]+\n; expect \d+\n/);
    check(text, file);
  });
}

/** All regular expressions of the grammar, which editors compile with Oniguruma; these keep to what JavaScript shares. */
function patterns(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    ['match', 'begin', 'end'].includes(key) && typeof value === 'string' ? [value] : patterns(value),
  );
}

test("the editor's grammar: expressions compile, includes exist, and the parts of a line are told apart", () => {
  const grammar = JSON.parse(read('syntaxes/pysm.tmLanguage.json'));
  for (const pattern of patterns(grammar)) assert.doesNotThrow(() => new RegExp(pattern, 'u'), pattern);
  for (const [, name] of JSON.stringify(grammar).matchAll(/"include":"#(\w+)"/g))
    assert.ok(grammar.repository[name!], name);
  const rule = (name: string): RegExp =>
    new RegExp(grammar.repository[name].match ?? grammar.repository[name].begin, 'u');
  assert.deepEqual(rule('instruction').exec('  ADD.inplace a,a,S')?.slice(1), ['ADD', '.inplace']);
  assert.deepEqual(rule('label').exec('.skip0:')?.slice(1), ['.skip0', ':']);
  assert.deepEqual(rule('function').exec('func a.<locals>.f(x | y) min 0')?.slice(1), ['func', 'a.<locals>.f']);
  assert.deepEqual(rule('class').exec('class m.C(m.B) "C"')?.slice(1), ['class', 'm.C', 'm.B']);
});
