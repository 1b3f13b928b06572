/**
 * Builds everything: the instruction set and what is generated from it, the simulator's WebAssembly, all packages, and
 * the bundles of the editor extension. What did not change is not built again.
 *
 *     node scripts/build.mjs [--quiet]
 */
import { requireNode } from './lib/node-version.mjs';

requireNode();
import('./lib/build-steps.mjs')
  .then(({ buildAll }) =>
    buildAll({ report: process.argv.includes('--quiet') ? () => {} : (line) => console.log(line) }),
  )
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
