/**
 * Calls and returns.
 *
 * Words that a call clears are those of the callee's frame beyond its arguments (a method's receiver and a bound
 * method's self are arguments). A re-issued CALLV or CALLM goes on as CALLV with the callable in RR at that callable's
 * cost; a function or closure, which is written below the arguments, counts as one more word. If it takes other
 * arguments than there are, the instruction traps again with the new callee, so that the runtime can raise the TypeError.
 */
import {
  BEYOND_CALLM_METHOD,
  BEYOND_CALLV_BOUND,
  BEYOND_CALLV_CLOSURE,
  BEYOND_CALLV_FUNCTION,
  BEYOND_CALL_ENTER,
  CYCLES_CALLM_ATTRIBUTE_HOLDING_A_BOUND,
  CYCLES_CALLM_ATTRIBUTE_HOLDING_A_CLOSURE,
  CYCLES_CALLM_ATTRIBUTE_HOLDING_A_FUNCTION,
  CYCLES_CALLM_METHOD,
  CYCLES_CALLV_BOUND,
  CYCLES_CALLV_CLOSURE,
  CYCLES_CALLV_FUNCTION,
  CYCLES_CALL_ENTER,
  CYCLES_CHKSP_DONE,
  CYCLES_RET_FROM_A_GENERATOR,
  CYCLES_RET_RETURN,
  CYCLES_TAIL_ENTER,
  DISPATCH_CLASS_VALUE,
  DISPATCH_METHOD,
  DISPATCH_SLOT,
  DISPATCH_SLOT_ELSE_CLASS,
  EACH_CALLV_FUNCTION,
  EACH_CALL_ENTER,
  EACH_TAIL_ENTER,
  ENTRY_GENERATOR,
  ENTRY_GENERATOR_BITS,
  FAULT_RESUME,
  FAULT_STACK,
  FAULT_WRONG_TAG,
  FOUND_CALLKW_CALL_KEYWORDS,
  FOUND_CALLM_CALL,
  FOUND_CALLM_STACK,
  FOUND_CALLV_CALL,
  FOUND_CALLV_STACK,
  FOUND_CALL_STACK,
  FOUND_CHKSP_STACK,
  FOUND_TAIL_STACK,
  FUNC_ENTRY,
  FUNC_ENTRY_BITS,
  FUNC_FRAME,
  FUNC_FRAME_BITS,
  FUNC_MAX,
  FUNC_MAX_BITS,
  FUNC_MIN,
  FUNC_MIN_BITS,
  HALT_FINISHED,
  KIND_BASE,
  KIND_CALL,
  KIND_GEN,
  KIND_IRQ,
  KIND_REDIRECT,
  KIND_RESUME,
  KIND_RETRY,
  OPERAND_WORDS,
  TAG_BOUND,
  TAG_CLASS,
  TAG_CLOSURE,
  TAG_FUNC,
  TAG_INT,
  TAG_UNBOUND,
  TIMING_HEADER_ROW,
  TIMING_THROUGH_ATTRIBUTE,
  TRAP_CALL,
  TRAP_CALL_KEYWORDS,
} from './generated/isa';
import { headerRow, probe, probedKind, probedSlot, probedValue } from './dispatch';
import { finishGenerator } from './generators';
import { CELL, CELL_SHIFT } from './layout';
import { exit, holds } from './moves';
import { WORD, attributeOfM, extra, fieldA, fieldDofK, fieldK, next, push, source } from './operands';
import {
  CYCLES,
  FP,
  H,
  IE,
  LIMIT,
  PASS_PC,
  PC,
  RR,
  RRV,
  RR_TAG,
  RSP,
  SP,
  STACK_LIMIT,
  addressOf,
  bitsAt,
  clearCells,
  copyCell,
  dataCell,
  dataRange,
  fault,
  fieldOf,
  setCell,
  tagAt,
} from './state';
import {
  ENTRY_DROPS,
  ENTRY_ENABLED,
  ENTRY_HAS_HOLE,
  entryAt,
  entryFp,
  entryHandler,
  entryKind,
  entryPc,
  fits,
  notePeak,
  overflow,
  packEntry,
  pushEntry,
  trap2,
} from './trap';

/**
 * Enters a callee whose frame is [base, end): the words from SP on are cleared. `flags`: drop and hole of the entry.
 * False where the frame does not fit, which execute cycle k finds: nothing has changed then but by the STACK trap.
 */
function enter(pc: i32, base: i32, end: i32, flags: i64, cycles: i32, k: i32): bool {
  if (!fits(end)) {
    overflow(k);
    return false;
  }
  pushEntry(packEntry(PC + 1, KIND_CALL) | flags);
  clearCells(SP, end);
  FP = base;
  SP = end;
  H = 0;
  PC = pc;
  CYCLES += cycles;
  notePeak();
  return true;
}

export function call(): void {
  const count = <i32>((WORD >> 19) & 15);
  const cleared = <i32>((WORD >> 15) & 15);
  if (!holds(count)) return;
  enter(
    <i32>(WORD & 0x7fff),
    SP - (count << CELL_SHIFT),
    SP + (cleared << CELL_SHIFT),
    WORD & 0x800000 ? ENTRY_DROPS : 0,
    extra(CYCLES_CALL_ENTER, EACH_CALL_ENTER, cleared, BEYOND_CALL_ENTER),
    FOUND_CALL_STACK,
  );
}

export function tailCall(): void {
  const count = <i32>((WORD >> 19) & 15);
  const cleared = <i32>((WORD >> 15) & 15);
  if (!holds(count)) return;
  const end = FP + ((count + cleared) << CELL_SHIFT);
  // No entry is pushed: only the stack can overflow.
  if (end + OPERAND_WORDS * CELL > STACK_LIMIT) return overflow(FOUND_TAIL_STACK);
  const from = SP - (count << CELL_SHIFT);
  for (let i = 0; i < count; i++) copyCell(FP + (i << CELL_SHIFT), from + (i << CELL_SHIFT));
  clearCells(FP + (count << CELL_SHIFT), end);
  SP = end;
  H = 0;
  PC = <i32>(WORD & 0x7fff);
  CYCLES += CYCLES_TAIL_ENTER + EACH_TAIL_ENTER * (count + cleared);
  notePeak();
}

export function checkStack(): void {
  if (SP + (min(fieldK(), 4096) << CELL_SHIFT) > STACK_LIMIT) overflow(FOUND_CHKSP_STACK);
  else next(CYCLES_CHKSP_DONE);
}

/** Whether a FUNC or CLASS payload takes `count` positional arguments. */
export function takes(callee: i64, count: i32): bool {
  return (
    count >= fieldOf(callee, FUNC_MIN, FUNC_MIN_BITS) && count <= fieldOf(callee, FUNC_MAX, FUNC_MAX_BITS)
  );
}

/** Enters a FUNC or CLASS payload with `count` arguments from `base` on; `written` words count as cleared ones do. False as of {@link enter}. */
function enterFunction(
  callee: i64,
  base: i32,
  count: i32,
  flags: i64,
  cycles: i32,
  beyond: i32,
  k: i32,
  written: i32 = 0,
): bool {
  const missing = fieldOf(callee, FUNC_MAX, FUNC_MAX_BITS) - count;
  const frame = max(count, fieldOf(callee, FUNC_FRAME, FUNC_FRAME_BITS));
  return enter(
    fieldOf(callee, FUNC_ENTRY, FUNC_ENTRY_BITS) - missing,
    base,
    base + (frame << CELL_SHIFT),
    flags,
    extra(cycles, EACH_CALLV_FUNCTION, frame - count + written, beyond),
    k,
  );
}

/** Outcome of {@link callWord}. */
const CALLED: i32 = 0;
const NOT_CALLABLE: i32 = 1;
const WRONG_COUNT: i32 = 2;

/**
 * Calls the word (tag, bits) with the `count` arguments on the stack; the callee's place is the cell below them.
 * Nothing has changed where the result is not CALLED. `written`: 1 where writing a function there takes time, in a re-issue.
 */
function callWord(
  tag: i32,
  bits: i64,
  count: i32,
  drops: i64,
  onFunction: i32,
  onClosure: i32,
  onBound: i32,
  k: i32,
  written: i32 = 0,
): i32 {
  const place = SP - ((count + 1) << CELL_SHIFT);
  if (tag == TAG_FUNC || tag == TAG_CLASS) {
    if (!takes(bits, count)) return WRONG_COUNT;
    const flags = drops | ENTRY_HAS_HOLE;
    if (enterFunction(bits, place + CELL, count, flags, onFunction, BEYOND_CALLV_FUNCTION, k, written)) {
      setCell(place, tag, bits);
    }
    return CALLED;
  }
  if (tag == TAG_CLOSURE || tag == TAG_BOUND) {
    const address = addressOf(bits);
    if (!dataRange(address, tag == TAG_BOUND ? 3 : 2)) return CALLED;
    const code = dataCell(address + 1);
    if (tagAt(code) != TAG_FUNC) {
      fault(FAULT_WRONG_TAG, address + 1);
      return CALLED;
    }
    if (tag == TAG_CLOSURE) {
      if (!takes(bitsAt(code), count)) return WRONG_COUNT;
      const flags = drops | ENTRY_HAS_HOLE;
      if (enterFunction(bitsAt(code), place + CELL, count, flags, onClosure, BEYOND_CALLV_CLOSURE, k, written)) {
        setCell(place, tag, bits);
      }
    } else {
      if (!takes(bitsAt(code), count + 1)) return WRONG_COUNT;
      if (enterFunction(bitsAt(code), place, count + 1, drops, onBound, BEYOND_CALLV_BOUND, k)) {
        copyCell(place, code + CELL);
      }
    }
    return CALLED;
  }
  return NOT_CALLABLE;
}

/** Redirection trap with the callee or receiver and the number of arguments. */
function redirect(place: i32, count: i32, k: i32): void {
  trap2(TRAP_CALL, k, tagAt(place), bitsAt(place), TAG_INT, count, KIND_REDIRECT);
}

// @ts-ignore: decorator
@inline
function argumentsOfM(): i32 {
  return <i32>((WORD >> 7) & 31);
}

// @ts-ignore: decorator
@inline
function dropOfM(): i64 {
  return WORD & 64 ? ENTRY_DROPS : 0;
}

export function callValue(): void {
  const count = argumentsOfM();
  if (!holds(count + 1)) return;
  const place = SP - ((count + 1) << CELL_SHIFT);
  const outcome = callWord(
    tagAt(place),
    bitsAt(place),
    count,
    dropOfM(),
    CYCLES_CALLV_FUNCTION,
    CYCLES_CALLV_CLOSURE,
    CYCLES_CALLV_BOUND,
    FOUND_CALLV_STACK,
  );
  if (outcome != CALLED) redirect(place, count, FOUND_CALLV_CALL);
}

export function callMethod(): void {
  const count = argumentsOfM();
  if (!holds(count + 1)) return;
  const place = SP - ((count + 1) << CELL_SHIFT);
  const tag = tagAt(place);
  const bits = bitsAt(place);
  // A class has no method of its own: the runtime finds the function in it.
  const hit = tag != TAG_CLASS && probe(tag, bits, attributeOfM());
  const late = headerRow(tag) ? TIMING_HEADER_ROW : 0;
  if (hit) {
    const kind = probedKind();
    if (kind == DISPATCH_METHOD) {
      const method = probedValue();
      if (tagAt(method) == TAG_FUNC && takes(bitsAt(method), count + 1)) {
        enterFunction(
          bitsAt(method),
          place,
          count + 1,
          dropOfM(),
          CYCLES_CALLM_METHOD + late,
          BEYOND_CALLM_METHOD,
          FOUND_CALLM_STACK + late,
        );
        return;
      }
    } else {
      let value = 0;
      if (kind == DISPATCH_SLOT || kind == DISPATCH_SLOT_ELSE_CLASS) {
        value = probedSlot(tag, bits);
        if (value == -1) return;
      }
      const unbound = value != 0 && tagAt(value) == TAG_UNBOUND;
      if (kind == DISPATCH_CLASS_VALUE || (kind == DISPATCH_SLOT_ELSE_CLASS && unbound)) {
        value = probedValue();
      }
      if (value != 0) {
        const through = TIMING_THROUGH_ATTRIBUTE + late;
        const outcome = callWord(
          tagAt(value),
          bitsAt(value),
          count,
          dropOfM(),
          CYCLES_CALLM_ATTRIBUTE_HOLDING_A_FUNCTION + late,
          CYCLES_CALLM_ATTRIBUTE_HOLDING_A_CLOSURE + late,
          CYCLES_CALLM_ATTRIBUTE_HOLDING_A_BOUND + late,
          FOUND_CALLM_STACK + through,
        );
        if (outcome != CALLED) redirect(place, count, FOUND_CALLV_CALL + through);
        return;
      }
    }
  }
  redirect(place, count, FOUND_CALLM_CALL + late);
}

/** Re-issue of CALLV and CALLM: RR is the callable to call. */
export function resumeCall(): void {
  const count = argumentsOfM();
  if (!holds(count + 1)) return;
  const place = SP - ((count + 1) << CELL_SHIFT);
  const outcome = callWord(
    RR_TAG,
    RR,
    count,
    dropOfM(),
    CYCLES_CALLV_FUNCTION,
    CYCLES_CALLV_CLOSURE,
    CYCLES_CALLV_BOUND,
    FOUND_CALLV_STACK,
    1,
  );
  if (outcome == NOT_CALLABLE) return fault(FAULT_RESUME, RR_TAG);
  if (outcome == WRONG_COUNT) {
    setCell(place, RR_TAG, RR);
    redirect(place, count, FOUND_CALLV_CALL);
  }
}

export function callKeywords(): void {
  const count = fieldDofK();
  if (!holds(count + 1)) return;
  const place = SP - ((count + 1) << CELL_SHIFT);
  trap2(TRAP_CALL_KEYWORDS, FOUND_CALLKW_CALL_KEYWORDS, tagAt(place), bitsAt(place), TAG_INT, count);
}

/** Re-issue of CALLKW: RR is the call's result. */
export function resumeCallKeywords(cycles: i32): void {
  const count = fieldDofK();
  if (!holds(count + 1)) return;
  SP -= (count + 1) << CELL_SHIFT;
  push(RR_TAG, RR);
  next(cycles);
}

export function ret(): void {
  const cell = source(fieldA());
  const kind = RSP > 0 ? entryKind(entryAt(0)) : KIND_BASE;
  returnWord(tagAt(cell), bitsAt(cell), kind == KIND_GEN ? CYCLES_RET_FROM_A_GENERATOR : CYCLES_RET_RETURN);
}

/** Returns a word by the kind of the top return entry. */
export function returnWord(tag: i32, bits: i64, cycles: i32): void {
  if (RSP == 0) return fault(FAULT_STACK, 0);
  const entry = entryAt(0);
  const kind = entryKind(entry);
  const base = entry & ENTRY_HAS_HOLE ? FP - CELL : FP;
  switch (kind) {
    case KIND_CALL:
      if (entry & ENTRY_DROPS) SP = base;
      else {
        setCell(base, tag, bits);
        SP = base + CELL;
      }
      break;
    case KIND_RESUME:
    case KIND_REDIRECT:
      SP = FP;
      RR_TAG = tag;
      RR = bits;
      RRV = 1;
      break;
    case KIND_RETRY:
      SP = FP;
      PASS_PC = entryPc(entry);
      break;
    case KIND_IRQ:
      SP = FP;
      IE = (entry & ENTRY_ENABLED) != 0;
      LIMIT = 0;
      break;
    case KIND_GEN:
      if (!finishGenerator(fieldOf(entry, ENTRY_GENERATOR, ENTRY_GENERATOR_BITS), tag, bits)) return;
      SP = base;
      RR_TAG = TAG_UNBOUND;
      RR = 0;
      RRV = 1;
      break;
    default:
      return exit(HALT_FINISHED, tag, bits, cycles);
  }
  RSP -= 1;
  FP = entryFp(entry);
  H = entryHandler(entry);
  PC = entryPc(entry);
  CYCLES += cycles;
}
