/** Public face of the debug adapter. */
export * from './engine.js';
export * from './evaluator.js';
export * from './frames.js';
export * from './launch.js';
export * from './messages.js';
export * from './repr.js';
export * from './session.js';
export * from './symbols.js';
export * from './traceback.js';
export * from './values.js';
