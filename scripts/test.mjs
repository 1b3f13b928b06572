/**
 * Installs what the tests need, builds, runs every suite, and ends with one line `N passed, N failed`.
 *
 *     npm test                         everything
 *     npm test -- --only=portable      what needs npm's packages alone (no CPython, no Chromium)
 *     npm test -- --only=SUITE[,..]    those suites; `--list` names them
 */
import { requireNode } from './lib/node-version.mjs';

requireNode();
import('./lib/test-run.mjs')
  .then(({ runTests }) => runTests(process.argv.slice(2)))
  .then((code) => {
    process.exitCode = code;
  });
