/** The cycle-exact simulator of the PySM core. Imports nothing of Node: the module's bytes are passed in. */
export * from './checks.js';
export * from './console.js';
export { unpackReturnEntry } from './memories.js';
export * from './scheduling.js';
export * from './simulator.js';
export * from './stepper.js';
export * from './target.js';
