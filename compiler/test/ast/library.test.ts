/** The trees of CPython's whole library, compared with CPython's. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { checkSymbols, decodeSource } from '../../src/ast/index.js';
import { askPython, dumpText, libraryFiles, libraryFolder, loadParser, readData } from './support.js';

const LEAST_SHARE = 0.997;

test("trees equal CPython's on its library, and what it compiles passes", async () => {
  const exceptions = JSON.parse(readData('ast-exceptions.json')) as Record<string, string>;
  const folder = libraryFolder();
  const files = libraryFiles(folder);
  const answers = askPython(files.map((file) => ({ digest: join(folder, file) })));
  const parser = await loadParser();
  const wrong: string[] = [];
  const fixed: string[] = [];
  let valid = 0;
  let same = 0;
  files.forEach((file, i) => {
    const answer = answers[i]!;
    const decoded = decodeSource(readFileSync(join(folder, file)));
    const result = 'problem' in decoded ? { module: null, problems: [decoded.problem] } : parser.parse(decoded.text);
    if (answer.digest === undefined) {
      assert.ok(result.problems.length > 0, `${file} is accepted, but CPython says: ${answer.error}`);
      return;
    }
    valid++;
    const problem = result.problems[0];
    assert.equal(problem, undefined, `${file}:${problem?.lineno}: ${problem?.message}`);
    const text = dumpText(result.module!);
    if (createHash('sha256').update(text, 'utf8').digest('hex') === answer.digest) {
      same++;
      if (file in exceptions) fixed.push(file);
    } else if (!(file in exceptions)) wrong.push(file);
    if (!answer.compiles) return;
    const fault = checkSymbols(result.module!)[0];
    assert.equal(fault, undefined, `${file}:${fault?.lineno}: ${fault?.message}, but CPython compiles it`);
  });
  console.log(`trees: ${same} of ${valid} valid files (of ${files.length}) are CPython's, ${(same / valid) * 100} %`);
  assert.deepEqual(wrong, [], 'files whose trees differ without being listed in ast-exceptions.json');
  assert.deepEqual(fixed, [], 'files in ast-exceptions.json whose trees no longer differ');
  assert.ok(same / valid >= LEAST_SHARE);
});
