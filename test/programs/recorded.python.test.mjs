/** recorded.json is what CPython 3.11 does today. Needs CPython. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { programs, recordedResults } from './catalogue.mjs';
import { missingPython, runOnPython } from './harness.mjs';

const recorded = recordedResults();

describe('recorded results', () => {
  it('finds CPython 3.11', () => assert.equal(missingPython(), undefined));
  for (const { name, folder, file, stated } of programs()) {
    if (stated) continue;
    it(name, () => assert.deepEqual(recorded[name], runOnPython(folder, file)));
  }
});
