/** The Verilog core as a target. Imports nothing of Node: the module's bytes are passed in. */
export * from './core.js';
export * from './image.js';
export * from './protocol.js';
export * from './session.js';
export * from './target.js';
export * from './trace.js';
export * from './wasm.js';
