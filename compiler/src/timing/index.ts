/** Cycle analysis of assembly programs, and the forms in which its report is shown. */
export { analyseCosts, type CostOptions } from './analyse.js';
