/**
 * The runtime against CPython 3.11: whole programs, programs that end in an exception, and its algorithms by themselves.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { missingPython, PYTHON, runOnPython, runOnSimulator } from '../programs/harness.mjs';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const PROGRAMS = join(FOLDER, 'programs');
const skip = missingPython() ?? false;

/** Programs that raise, in one file, separated by lines of `====`. */
const raising = readFileSync(join(FOLDER, 'raising.txt'), 'utf8').split('\n====\n');

const lastLine = (text) => text.trimEnd().split('\n').at(-1);

for (const file of readdirSync(PROGRAMS).filter((name) => name.endsWith('.py'))) {
  test(`programs/${file}`, { skip }, async () => {
    const expected = runOnPython(PROGRAMS, file);
    assert.equal(expected.exit, 0, expected.stderr);
    const run = await runOnSimulator(PROGRAMS, file);
    assert.equal(run.stdout, expected.stdout, run.stderr);
    assert.equal(run.exit, 0);
  });
}

let scratch;
before(() => {
  scratch = mkdtempSync(join(tmpdir(), 'pysm-raising-'));
});
after(() => rmSync(scratch, { recursive: true }));

raising.forEach((source, i) => {
  test(`raising: ${source.split('\n').join(' ; ').slice(0, 70)}`, { skip }, async () => {
    const file = `raising${i}.py`;
    writeFileSync(join(scratch, file), `${source}\n`);
    const expected = runOnPython(scratch, file);
    const run = await runOnSimulator(scratch, file);
    assert.equal(run.stdout, expected.stdout);
    assert.equal(lastLine(run.stderr), lastLine(expected.stderr));
    assert.equal(run.exit, expected.exit);
  });
});

test('algorithms under CPython, over many values', { skip }, () => {
  const { status, stderr } = spawnSync(PYTHON, ['-B', join(FOLDER, 'algorithms.py')], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});
