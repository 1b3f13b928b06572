/** Tells syntax of newer Pythons from plain errors. */

import type { SyntaxProblem } from './index.js';
import type { Fault, Source } from './source.js';

/** The problem that a fault is. */
export function describeFault(_source: Source, fault: Fault): SyntaxProblem {
  return {
    message: fault.message,
    kind: fault.type,
    lineno: fault.start.line,
    col_offset: fault.start.column,
    end_lineno: fault.end.line,
    end_col_offset: fault.end.column,
  };
}
