/** A problem that the checks of names and of the flow of control found. */

import type { SyntaxProblem } from './index.js';
import type { Positions } from './nodes.js';

/** Thrown to end the checks, as CPython reports one problem. */
export class SymbolFault {
  readonly problem: SyntaxProblem;

  constructor(message: string, at: Positions) {
    const { lineno, col_offset, end_lineno, end_col_offset } = at;
    this.problem = { message, kind: 'SyntaxError', lineno, col_offset, end_lineno, end_col_offset };
  }
}
