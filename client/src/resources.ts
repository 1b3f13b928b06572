/** Where the bundles find their resources: in folders beside them (scripts/vsix.mjs puts them there). */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('.', import.meta.url));

export const COMPILER_RESOURCES = { wasm: join(DIST, 'wasm'), runtime: join(DIST, 'runtime') };

export const SIMULATOR_WASM = join(DIST, 'wasm', 'simulator.wasm');
