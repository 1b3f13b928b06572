/**
 * Python that PySM does not support is a diagnostic with its code at its place, and `pysm run` refuses it: never a wrong
 * result. The programs stand in rejected.mjs.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pysm } from './harness.mjs';
import { CASES, SYNTAX_ERRORS } from './rejected.mjs';

const lineOfMark = (source) => source.split('\n').findIndex((line) => line.includes('#!')) + 1;

describe('rejected programs', () => {
  let folder;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'pysm-rejected-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Errors of `pysm check`, and proof that `pysm run` does not run the program. */
  async function errorsOf(source) {
    writeFileSync(join(folder, 'program.py'), `${source}\n`);
    const checked = await pysm(folder, ['check', '--json', 'program.py']);
    const run = await pysm(folder, ['run', 'program.py', '--max-cycles', '1000000']);
    assert.equal(run.exit, 2, `run exits with 2\n${run.stderr}`);
    assert.equal(run.stdout, '');
    assert.equal(checked.exit, 1);
    return JSON.parse(checked.stdout).diagnostics.filter(({ severity }) => severity === 'error');
  }

  for (const [code, sources] of CASES) {
    for (const source of sources) {
      it(`${code} ${source.split('\n').find((line) => line.includes('#!'))}`, async () => {
        const errors = await errorsOf(source);
        const found = errors.map((error) => `${error.code} line ${error.line}`);
        assert.ok(found.includes(`${code} line ${lineOfMark(source)}`), `found: ${JSON.stringify(errors, null, 1)}`);
        const { message, help } = errors.find((error) => error.code === code);
        assert.doesNotMatch(message + help, /undefined|\{\d\}|\[object/);
      });
    }
  }
  for (const source of SYNTAX_ERRORS) {
    it(`syntax: ${source.split('\n').find((line) => line.includes('#!')) ?? source.split('\n')[0]}`, async () => {
      const errors = await errorsOf(source);
      assert.match(errors[0]?.code ?? '', /^PS000[123]$/);
      if (lineOfMark(source) > 0) assert.equal(errors[0].line, lineOfMark(source), errors[0].message);
    });
  }
});
