/**
 * How a function is entered: what a call clears, what the function's own first instructions clear, and the instructions
 * that fill missing arguments. Linker and cost analysis share it.
 *
 * A call may clear few words (CALL's field holds 15, a vector's 7, and no instruction may take more than 40 cycles), so
 * a function has an *entry frame*: the part of its frame that every call clears, the number in its FUNC word. The rest
 * is pushed by CLRL instructions at the entry, behind which all ways of calling meet:
 *
 *     vector stub    CHKSP, CLRL    a trap enters here when 7 words do not reach the entry frame
 *     defaults       LDK or LDG     one for each parameter that may be missing, the first one first
 *     entry          CHKSP, CLRL    only where the frame is larger than the entry frame
 *                    ...            the function's instructions
 *     call stubs     CHKSP, CLRL, JMP   for direct calls that leave out so many arguments that 15 words do not reach
 *
 * A direct call with n arguments therefore clears (entry frame - n) words, which is what CALLV and CALLM do with the
 * frame field of the FUNC word, and the frame is complete and cleared before the first instruction of the body.
 */
import { OPERAND_WORDS } from '@pysm/isa';
import type { AsmFunction, AsmInstruction, AsmOperand } from './model.js';

/** Most words that a CALL clears: its field has four bits. */
export const CALL_CLEAR_MAX = 15;
/** Most words that a trap entry clears beyond the pushed operands: three bits. */
export const VECTOR_CLEAR_MAX = 7;
/** Most words that one CLRL clears. */
export const CLRL_MAX = 32;
/** Most parameters: FUNC.min and FUNC.max have six bits. */
export const PARAMETERS_MAX = 63;
/** Most arguments that a CALL counts: four bits. CALLV and CALLM count five. */
export const CALL_ARGUMENTS_MAX = 15;

const int = (value: number): AsmOperand => ({ kind: 'int', value });

/** Words that every call of the function clears or fills: parameters and the first locals. */
export function entryFrame(fn: AsmFunction): number {
  const frame = fn.locals.length;
  return Math.max(fn.parameters.length, Math.min(frame, fn.min + CALL_CLEAR_MAX));
}

/** Instructions that push `words` cleared locals: the stack is checked once, for them and the operands beyond. */
export function clearWords(words: number): AsmInstruction[] {
  if (words <= 0) return [];
  const list: AsmInstruction[] = [{ mnemonic: 'CHKSP', operands: [int(words + OPERAND_WORDS)] }];
  for (let left = words; left > 0; left -= CLRL_MAX) {
    list.push({ mnemonic: 'CLRL', operands: [int(Math.min(left, CLRL_MAX))] });
  }
  return list;
}

/** Instructions at the entry, before the body. */
export const prologue = (fn: AsmFunction): AsmInstruction[] => clearWords(fn.locals.length - entryFrame(fn));

/** Instructions before the entry, one for each of the last (max - min) parameters; a call with n arguments runs those from parameter n on. */
export function defaultInstructions(fn: AsmFunction): AsmInstruction[] {
  return fn.defaults.map((value, i): AsmInstruction => {
    const slot: AsmOperand = { kind: 'local', slot: fn.min + i };
    return value.kind === 'constant'
      ? { mnemonic: 'LDK', operands: [slot, { kind: 'constant', value: value.value }] }
      : { mnemonic: 'LDG', operands: [slot, { kind: 'global', name: value.name }] };
  });
}

/** What a CALL with `n` arguments clears, and the words that a stub has to clear before the defaults run (0: no stub). */
export function directCall(fn: AsmFunction, n: number): { readonly clear: number; readonly stubWords: number } {
  const words = entryFrame(fn) - n;
  const clear = Math.min(words, CALL_CLEAR_MAX);
  return { clear, stubWords: words - clear };
}

/** The same for a trap that pushes all parameters. */
export function vectorCall(fn: AsmFunction): { readonly clear: number; readonly stubWords: number } {
  const words = entryFrame(fn) - fn.parameters.length;
  const clear = Math.min(words, VECTOR_CLEAR_MAX);
  return { clear, stubWords: words - clear };
}
