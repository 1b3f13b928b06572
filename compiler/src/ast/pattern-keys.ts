/** Literal keys of mapping patterns in a form that can be compared and shown. */

import { reprConstant } from './dump.js';
import type { Expression } from './nodes.js';

/** What Python shows of a literal key, or null for a key that is no literal. */
export function literalKey(key: Expression): string | null {
  if (key.kind === 'Constant') return reprConstant(key.value);
  if (key.kind === 'UnaryOp' && key.operand.kind === 'Constant') return `-${reprConstant(key.operand.value)}`;
  return null;
}
