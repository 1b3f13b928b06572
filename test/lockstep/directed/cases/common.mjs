/** What the listed cases of several subjects share: words, pairs of them, cases of overflow. */
import { CSR, floatWord, intWord, MEMORY, STACK_RESERVE, str7Word, UNBOUND_WORD } from '@pysm/isa';
import { word } from '../words.mjs';

export const NONE = word('NONE');

export const TRUE = word('BOOL', 1);

export const INT = (n) => intWord(n);

/** Free stack words that a soft limit leaves in cases of overflow. */
export const TIGHT = 60;

/** Words for operands that an instruction only copies. */
export const SOME = [INT(5), NONE, str7Word('copy'), floatWord(2.5), UNBOUND_WORD];

/** Every word of one list with every word of another. */
export function* pairs(as, bs) {
  for (const a of as) for (const b of bs) yield [a, b];
}

/** The soft limit of the stack as at the start. */
export const softLimits = (image) => {
  image.control(CSR.SLIM, MEMORY.stack - STACK_RESERVE);
};

/** A case in which the callee's frame passes the soft limit; the handler unwinds. */
export function* overflow(one, limit = TIGHT) {
  yield { ...one, before: (image) => image.control(CSR.SLIM, limit), after: softLimits, raises: true };
}
