/** Every program of this folder does on the simulator what CPython 3.11 does, or what it states itself. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { programs, recordedResults, statedResult } from './catalogue.mjs';
import { runOnSimulator } from './harness.mjs';

const recorded = recordedResults();

describe('programs', () => {
  for (const program of programs()) {
    it(program.name, async () => {
      if (program.stated) {
        const expected = statedResult(program);
        const run = await runOnSimulator(program.folder, program.file, expected.options);
        const lastLine = run.stderr.trimEnd().split('\n').at(-1);
        if (expected.lastLine === undefined) assert.equal(run.stderr, '');
        else assert.ok(lastLine.startsWith(expected.lastLine), `last line of standard error: ${lastLine}`);
        assert.equal(run.stdout, expected.stdout);
        assert.equal(run.exit, expected.exit);
        if (expected.mainResult !== undefined) assert.equal(run.mainResult, expected.mainResult);
      } else {
        const { stdout, stderr, exit } = await runOnSimulator(program.folder, program.file);
        assert.ok(recorded[program.name], 'not recorded yet: run `node test/programs/record.mjs`');
        assert.deepEqual({ stdout, stderr, exit }, recorded[program.name]);
      }
    });
  }
});
