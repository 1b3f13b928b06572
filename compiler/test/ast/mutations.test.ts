/** Library files with one token deleted, doubled or swapped: acceptance, line and message, compared with CPython. */

import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { askPython, IS_FULL, libraryFiles, libraryFolder, loadParser } from './support.js';

const COUNT = IS_FULL ? 10_000 : 1_500;
const LARGEST = 60_000;
const SEED = Number(process.env['PYSM_SEED'] ?? 20_260_000);
const LEAST_AGREEMENT = 0.995;
const LEAST_SAME_LINE = 0.95;

test("mutated files are accepted and rejected as by CPython, on CPython's line", async () => {
  const folder = libraryFolder();
  const paths = libraryFiles(folder)
    .filter((file) => !file.includes('lib2to3/tests/data') && statSync(join(folder, file)).size < LARGEST)
    .map((file) => join(folder, file));
  const parser = await loadParser();
  const differences: string[] = [];
  let count = 0;
  let agree = 0;
  let rejected = 0;
  let sameLine = 0;
  let sameMessage = 0;
  // A few hundred at a time keep the memory small.
  for (let seed = SEED; count < COUNT; seed++) {
    for (const answer of askPython([{ mutate: Math.min(500, COUNT - count), seed, paths }])) {
      count++;
      const problem = parser.parse(answer.text!).problems[0];
      const isAccepted = problem === undefined;
      if (isAccepted === (answer.ok === true)) agree++;
      else differences.push(`${answer.path}: CPython ${answer.error ?? 'accepts'}, we ${problem?.message ?? 'accept'}`);
      if (isAccepted || answer.ok) continue;
      rejected++;
      if (problem.lineno === answer.line) sameLine++;
      else differences.push(`${answer.path}: ${answer.error} (${answer.line}), ${problem.message} (${problem.lineno})`);
      if (problem.message === answer.error) sameMessage++;
    }
  }
  const percent = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(2)} %`;
  console.log(
    `mutations: ${count} from seed ${SEED}; same verdict ${percent(agree, count)}; of ${rejected} that both reject, ` +
      `same line ${percent(sameLine, rejected)}, same message ${percent(sameMessage, rejected)}`,
  );
  for (const difference of differences.slice(0, 20)) console.log(`  ${difference}`);
  assert.ok(agree / count >= LEAST_AGREEMENT);
  assert.ok(sameLine / rejected >= LEAST_SAME_LINE);
});
