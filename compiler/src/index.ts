/** Public face of the compiler. Nothing here knows Node, VS Code, LSP or DAP. */
export * from './api.js';
export * from './assembly/model.js';
export { type PrintOptions, printModule, printProgram } from './assembly/print.js';
export { decodeSource } from './ast/index.js';
export { createCompiler } from './compiler.js';
export { CODES, type Code } from './diagnostics/codes.js';
export { type DisassembleOptions, disassemble, instructionPrinter, wordText } from './disassemble.js';
export {
  analyseCosts,
  type CostOptions,
  CYCLES_JSON_VERSION,
  type CyclesJson,
  costsToJson,
  formatCostTable,
  formatSpan,
  formatTime,
} from './timing/index.js';
