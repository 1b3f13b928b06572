/** Compiled Python through assembly text: printed, read back and linked, it is the same program. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { printProgram } from '../../src/assembly/print.js';
import { parseAssembly } from '../../src/assembly/text.js';
import { link } from '../../src/link/index.js';
import { loadCompiler, nodeHost } from '../../src/node.js';

/** The repository's examples, seen from the compiled test. */
const EXAMPLES = fileURLToPath(new URL('../../../../examples/', import.meta.url));
const compiler = await loadCompiler();
const programs = readdirSync(EXAMPLES)
  .filter((file) => file.endsWith('.py'))
  .map((file) => ({ file, compilation: compiler.compile(`${EXAMPLES}${file}`, nodeHost()) }))
  .filter(({ compilation }) => compilation.program !== undefined);

test('some examples compile', () => assert.ok(programs.length > 0));
for (const { file, compilation } of programs) {
  test(`${file}: text and image are fixed points`, () => {
    const program = compilation.program!;
    const text = printProgram(program, { facts: true });
    const { modules, start, problems } = parseAssembly(text, 'back.pysm');
    assert.deepEqual(problems, []);
    assert.equal(printProgram({ modules, start: start! }, { facts: true }), text);
    const [first, second] = [link(program), link({ modules, start: start! })];
    assert.ok('image' in first && 'image' in second);
    const { debug: _first, ...image } = first.image;
    const { debug: _second, ...back } = second.image;
    assert.deepEqual(back, image);
  });
}
