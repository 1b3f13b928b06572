/** Cycle analysis of assembly programs, and the forms in which its report is shown. */
export { analyseCosts, type CostOptions } from './analyse.js';
export { CYCLES_JSON_VERSION, type CyclesJson, costsToJson } from './json.js';
export { formatCostTable, formatSpan, formatTime } from './table.js';
