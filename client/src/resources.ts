/** Where the bundles find their resources: in folders beside them (scripts/vsix.mjs puts them there). */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('.', import.meta.url));

export const COMPILER_RESOURCES = { wasm: join(DIST, 'wasm'), runtime: join(DIST, 'runtime') };

export const SIMULATOR_WASM = join(DIST, 'wasm', 'simulator.wasm');

/** There where the RTL had been built when the bundles were made. */
export const RTL_WASM = join(DIST, 'wasm', 'rtl.wasm');
