/** Public face of the command line: `pysm` as a function, and the forms of its output. */
export * from './diagnostics.js';
export { EXIT } from './exit-codes.js';
export { main } from './main.js';
export * from './statistics.js';
export type { Terminal } from './terminal.js';
