/** The run of all suites behind `npm test`. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAll } from './build-steps.mjs';
import { ensureDebianPackages } from './debian.mjs';
import { ensurePackages, Problem, REPOSITORY } from './install.mjs';
import { isInterrupted, onInterrupt, run } from './processes.mjs';
import { needsPython, SUITES, testFiles } from './suites.mjs';

const REPORTER = fileURLToPath(new URL('reporter.mjs', import.meta.url));
const PORTABLE = 'portable';

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * Suites and whether files that need CPython belong to the run.
 * @param {readonly string[]} args
 */
function select(args) {
  const unknown = args.filter((arg) => !/^--only=./.test(arg) && arg !== '--list');
  if (unknown.length > 0)
    throw new Problem(`Unknown: ${unknown.join(' ')}. Use --only=portable, --only=SUITE or --list.`);
  const names = args.flatMap((arg) => (arg.startsWith('--only=') ? arg.slice('--only='.length).split(',') : []));
  const known = new Set([PORTABLE, ...SUITES.map(({ name }) => name)]);
  const wrong = names.filter((name) => !known.has(name));
  if (wrong.length > 0)
    throw new Problem(`There is no suite ${wrong.join(', ')}. There are: ${[...known].join(', ')}.`);
  const portable = names.includes(PORTABLE);
  const wanted = names.filter((name) => name !== PORTABLE);
  const suites = SUITES.filter(
    (suite) => (wanted.length === 0 || wanted.includes(suite.name)) && (!portable || suite.portable !== false),
  );
  return { suites, portable };
}

/** A check that is one test: it passes where its command does. */
async function runCheck(suite) {
  const result = await run(process.execPath, suite.command, { cwd: REPOSITORY, timeout: suite.minutes * 60_000 });
  if (result.timedOut) console.log(`  FAILED: took longer than ${suite.minutes} minutes`);
  return result.code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Node's test runner over the files of a suite. A test that was skipped did not run, which is a failure. */
async function runFiles(suite, files, scratch) {
  const counts = join(scratch, `${suite.name}.json`);
  const result = await run(
    process.execPath,
    [
      '--test',
      `--test-concurrency=${suite.sequential ? 1 : Math.max(1, Math.min(2, availableParallelism()))}`,
      `--test-reporter=${REPORTER}`,
      '--test-reporter-destination=stdout',
      ...files,
    ],
    { cwd: REPOSITORY, timeout: suite.minutes * 60_000, env: { ...process.env, PYSM_TEST_COUNTS: counts } },
  );
  if (result.timedOut) {
    console.log(`  FAILED: took longer than ${suite.minutes} minutes`);
    return { passed: 0, failed: 1 };
  }
  const text = await readFile(counts, 'utf8').catch(() => undefined);
  if (text === undefined) {
    console.log('  FAILED: the test runner ended before it was done');
    return { passed: 0, failed: 1 };
  }
  const { pass = 0, fail = 0, cancelled = 0, skipped = 0 } = JSON.parse(text);
  if (skipped > 0) console.log(`  FAILED: ${skipped} skipped tests; a test that cannot run must fail and say why`);
  const failed = fail + cancelled + skipped;
  return { passed: pass, failed: failed === 0 && (result.code !== 0 || pass === 0) ? 1 : failed };
}

/** @returns {Promise<Counts>} */
async function runSuite(suite, portable, scratch) {
  if (suite.command) return runCheck(suite);
  if (suite.build) {
    const built = await run(process.execPath, suite.build, { cwd: REPOSITORY, timeout: suite.minutes * 60_000 });
    if (built.code !== 0) {
      console.log(`  FAILED: it could not be built${built.timedOut ? ` within ${suite.minutes} minutes` : ''}`);
      return { passed: 0, failed: 1 };
    }
  }
  const all = await testFiles(suite);
  const files = portable ? all.filter((file) => !needsPython(file)) : all;
  if (files.length === 0) {
    console.log(`  FAILED: there is no test file in ${suite.folder}`);
    return { passed: 0, failed: 1 };
  }
  return runFiles(suite, files, scratch);
}

/**
 * Runs the tests and gives the exit code.
 * @param {readonly string[]} args
 */
export async function runTests(args) {
  let passed = 0;
  let failed = 0;
  const scratch = await mkdtemp(join(tmpdir(), 'pysm-test-'));
  const removeScratch = () => rm(scratch, { recursive: true, force: true });
  onInterrupt(removeScratch);
  const report = (line) => console.log(line);
  try {
    const { suites, portable } = select(args);
    if (args.includes('--list')) {
      for (const { name, portable: isPortable } of suites)
        report(`${name}${isPortable === false ? ' (not portable)' : ''}`);
      return 0;
    }
    await ensurePackages(report);
    if (!portable) await ensureDebianPackages(report);
    await buildAll({ report });
    const lines = [];
    for (const suite of suites) {
      report(`\n== ${suite.name}`);
      const start = performance.now();
      const counts = await runSuite(suite, portable, scratch);
      if (isInterrupted()) return 130;
      passed += counts.passed;
      failed += counts.failed;
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      lines.push(
        `${counts.failed ? 'FAILED' : 'ok    '} ${suite.name}: ${counts.passed} of ${counts.passed + counts.failed} (${seconds} s)`,
      );
      report(lines.at(-1));
    }
    report(`\n${lines.join('\n')}`);
  } catch (error) {
    console.error(error instanceof Problem ? error.message : error);
    failed += 1;
  } finally {
    await removeScratch();
  }
  report(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
