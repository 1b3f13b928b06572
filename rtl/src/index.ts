/** The Verilog core as a target. Imports nothing of Node: see node.ts. */
export * from './trace.js';
