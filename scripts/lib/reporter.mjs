/**
 * Reporter for Node's test runner: a line for each test at the top of its file, all of a failure, and the counts as JSON
 * into the file that PYSM_TEST_COUNTS names.
 */
import { writeFileSync } from 'node:fs';
import { inspect } from 'node:util';

const COUNTS = new Set(['tests', 'pass', 'fail', 'cancelled', 'skipped', 'todo']);

const indent = (text) => text.replace(/^/gm, '    ');

/** What is worth showing of a failure: the cause, without the runner's own wrapping. */
function describe(error) {
  const cause = error?.cause ?? error;
  return typeof cause === 'string' ? cause : inspect(cause, { depth: 4, maxStringLength: 8000 });
}

export default async function* report(source) {
  const counts = {};
  for await (const { type, data } of source) {
    switch (type) {
      case 'test:pass':
        if (data.skip !== undefined)
          yield `  skipped: ${data.name}${typeof data.skip === 'string' ? ` (${data.skip})` : ''}\n`;
        else if (data.nesting === 0) yield `  ok ${data.name} (${Math.round(data.details.duration_ms)} ms)\n`;
        break;
      case 'test:fail':
        // A group fails because a test in it did, which was shown already.
        if (data.details.error?.failureType === 'subtestsFailed') break;
        yield `  FAILED ${data.name} (${data.file ?? 'unknown file'}:${data.line ?? 0})\n${indent(describe(data.details.error))}\n`;
        break;
      case 'test:stderr':
      case 'test:stdout':
        yield `${indent(data.message.trimEnd())}\n`;
        break;
      case 'test:diagnostic': {
        const [, name, count] = /^(\w+) (\d+)$/.exec(data.message) ?? [];
        if (data.nesting === 0 && COUNTS.has(name)) counts[name] = Number(count);
        break;
      }
    }
  }
  if (process.env.PYSM_TEST_COUNTS) writeFileSync(process.env.PYSM_TEST_COUNTS, JSON.stringify(counts));
}
