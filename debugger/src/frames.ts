/** The call stack of people: return-stack entries with the runtime's frames left out. */
import { type DebugFunction, type DebugLine, ENTRY_KIND } from '@pysm/isa';
import type { CoreState, ReturnEntry } from '@pysm/simulator';
import { isShown, type Symbols } from './symbols.js';
import type { TracebackFrame } from './traceback.js';

export interface Frame {
  readonly fn: DebugFunction;
  /** Address of the instruction that the frame is at. */
  readonly pc: number;
  /** Stack address of the frame's first local. */
  readonly fp: number;
  /** Return-stack entries in use while this frame is the running one. */
  readonly depth: number;
  /** Where a RET from the frame's callee comes back to; undefined where the instruction is issued again (traps) and for the innermost frame. */
  readonly returnPc: number | undefined;
  readonly line: DebugLine | undefined;
  /** The frame has an attribute looked up: at a call of a method, it has not come to the call. */
  readonly looksUp: boolean;
  /** The frame is at what raised an exception; frames inside of it belong to the exception's report. */
  readonly raises: boolean;
}

/**
 * Frames of functions that are not the runtime's, innermost first.
 * @param entries the return stack, top first
 */
export function shownFrames(state: CoreState, entries: readonly ReturnEntry[], symbols: Symbols): Frame[] {
  const frames: Frame[] = [];
  let looksUp = false;
  let raises = false;
  const add = (pc: number, fp: number, depth: number, returnPc: number | undefined): void => {
    const fn = symbols.functionAt(pc);
    looksUp ||= fn?.role === 'attribute';
    raises ||= fn?.role === 'raise';
    if (!isShown(fn)) return;
    frames.push({ fn, pc, fp, depth, returnPc, line: symbols.lineAt(pc), looksUp, raises });
    looksUp = false;
    raises = false;
  };
  add(state.pc, state.fp, state.rsp, undefined);
  for (const [i, entry] of entries.entries()) {
    if (entry.kind === ENTRY_KIND.BASE) break;
    // A CALL entry holds the return address, all others the address of the instruction itself.
    const isCall = entry.kind === ENTRY_KIND.CALL;
    add(isCall ? entry.pc - 1 : entry.pc, entry.fp, state.rsp - 1 - i, isCall ? entry.pc : undefined);
  }
  return frames;
}

/** The frames in the form that {@link formatTraceback} takes: outermost first. */
export function tracebackFrames(frames: readonly Frame[], symbols: Symbols): TracebackFrame[] {
  const raising = frames.map((frame) => frame.raises).lastIndexOf(true);
  return frames
    .slice(Math.max(0, raising))
    .map((frame) => ({
      path: symbols.pathOf(frame.line?.file ?? frame.fn.file) ?? '<assembly>',
      // `co_name` is the last part of `__qualname__`; the function's own name is the linker's.
      name: frame.fn.qualname.slice(frame.fn.qualname.lastIndexOf('.') + 1),
      range: (frame.looksUp && frame.line?.attribute) || frame.line?.range,
    }))
    .reverse();
}
