/**
 * Raising, unwinding and catching.
 *
 * UNW leaves the exception in RR with a resume word pending: the handler's first instruction, CATCH, is its re-issue,
 * so no interrupt comes between. UNW to an interrupt's return entry gives back its interrupt enable.
 */
import {
  CAUSE_RAISE,
  CAUSE_RERAISE,
  CYCLES_CATCH_DONE,
  CYCLES_HSEL_DONE,
  CYCLES_RSRD_DONE,
  CYCLES_SETH_DONE,
  CYCLES_UNW_DONE,
  ENTRY_PC_BITS,
  FAULT_STACK,
  FAULT_WRONG_TAG,
  FOUND_RAISE_RAISE,
  FOUND_RERAISE_RERAISE,
  HANDLER_END,
  HANDLER_END_BITS,
  HANDLER_OUTER,
  HANDLER_OUTER_BITS,
  HANDLER_START_BITS,
  HANDLER_TARGET,
  HANDLER_TARGET_BITS,
  KIND_CALL,
  KIND_IRQ,
  MEMORY_DATA,
  FAULT_ADDRESS,
  TAG_INT,
  TAG_RAW,
} from './generated/isa';
import { CELL_SHIFT, STACK_END } from './layout';
import { fieldA, fieldB, fieldD, fieldK, next, push, result, source } from './operands';
import {
  CYCLES,
  FP,
  H,
  IE,
  LIMIT,
  OVERFLOW,
  PASS_PC,
  PC,
  RR,
  RRV,
  RR_TAG,
  RSP,
  SP,
  bitsAt,
  dataCell,
  fault,
  fieldOf,
  tagAt,
  wordOf,
} from './state';
import { ENTRY_ENABLED, entryAt, entryFp, entryKind, systemTrap1, updateLimits } from './trap';

export function setHandler(): void {
  if (fieldK() >= MEMORY_DATA) return fault(FAULT_ADDRESS, fieldK());
  H = fieldK();
  next(CYCLES_SETH_DONE);
}

export function raise(): void {
  const cell = source(fieldA());
  systemTrap1(CAUSE_RAISE, FOUND_RAISE_RAISE, tagAt(cell), bitsAt(cell));
}

export function reraise(): void {
  const cell = source(fieldA());
  systemTrap1(CAUSE_RERAISE, FOUND_RERAISE_RERAISE, tagAt(cell), bitsAt(cell));
}

/** An exception thrown into a generator is raised at the pc where it stands. */
export function raiseThrown(): void {
  systemTrap1(CAUSE_RAISE, FOUND_RAISE_RAISE, RR_TAG, RR);
}

/** Re-issue of CATCH: SP := FP + n, which brings no words back, then the exception. */
export function catchException(): void {
  const sp = FP + (fieldK() << CELL_SHIFT);
  if (sp > SP || sp >= STACK_END) return fault(FAULT_STACK, wordOf(FP) + fieldK());
  SP = sp;
  push(RR_TAG, RR);
  next(CYCLES_CATCH_DONE);
}

/** Number of a return entry below the top, from an INT word; -1 after a fault. */
function depthOf(cell: i32): i32 {
  if (tagAt(cell) != TAG_INT) {
    fault(FAULT_WRONG_TAG, tagAt(cell));
    return -1;
  }
  if (<u64>bitsAt(cell) >= <u64>RSP) {
    fault(FAULT_STACK, <i32>bitsAt(cell));
    return -1;
  }
  return <i32>bitsAt(cell);
}

/** Cell of a handler descriptor named by an INT or RAW word, or 0 after a fault. */
function descriptor(tag: i32, bits: i64): i32 {
  if (tag != TAG_INT && tag != TAG_RAW) {
    fault(FAULT_WRONG_TAG, tag);
    return 0;
  }
  const cell = dataCell(<u64>bits < <u64>MEMORY_DATA ? <i32>bits : -1);
  if (cell != 0 && tagAt(cell) != TAG_RAW) {
    fault(FAULT_WRONG_TAG, <i32>bits);
    return 0;
  }
  return cell;
}

export function readEntry(): void {
  const depth = depthOf(source(fieldA()));
  if (depth >= 0) result(fieldD(), TAG_RAW, entryAt(depth), CYCLES_RSRD_DONE);
}

/** HSEL. Descriptor 0 covers nothing and has no outer one: RAW 0. */
export function selectHandler(): void {
  const handler = source(fieldB());
  const tag = tagAt(handler);
  const bits = bitsAt(handler);
  const entryCell = source(fieldA());
  if (tagAt(entryCell) != TAG_RAW) return fault(FAULT_WRONG_TAG, tagAt(entryCell));
  const entry = bitsAt(entryCell);
  if (bits == 0 && (tag == TAG_INT || tag == TAG_RAW)) return result(fieldD(), TAG_RAW, 0, CYCLES_HSEL_DONE);
  const cell = descriptor(tag, bits);
  if (cell == 0) return;
  const range = bitsAt(cell);
  let pc = fieldOf(entry, 0, ENTRY_PC_BITS);
  if (entryKind(entry) == KIND_CALL) pc -= 1;
  const covers = pc >= fieldOf(range, 0, HANDLER_START_BITS) && pc < fieldOf(range, HANDLER_END, HANDLER_END_BITS);
  if (covers) result(fieldD(), TAG_INT, bits, CYCLES_HSEL_DONE);
  else result(fieldD(), TAG_RAW, fieldOf(range, HANDLER_OUTER, HANDLER_OUTER_BITS), CYCLES_HSEL_DONE);
}

/** UNW k, x, h. SP stays where it is until CATCH sets it. */
export function unwind(): void {
  const handler = source(fieldD());
  const tagH = tagAt(handler);
  const address = bitsAt(handler);
  const exception = source(fieldB());
  const tagX = tagAt(exception);
  const x = bitsAt(exception);
  const depth = depthOf(source(fieldA()));
  if (depth < 0) return;
  const cell = descriptor(tagH, address);
  if (cell == 0) return;
  // The one entry that is read; those above it are dropped unseen.
  const entry = entryAt(depth);
  RSP -= depth + 1;
  FP = entryFp(entry);
  if (entryKind(entry) == KIND_IRQ) {
    IE = (entry & ENTRY_ENABLED) != 0;
    LIMIT = 0;
  }
  H = <i32>address;
  PC = fieldOf(bitsAt(cell), HANDLER_TARGET, HANDLER_TARGET_BITS);
  RR_TAG = tagX;
  RR = x;
  RRV = 1;
  PASS_PC = -1;
  OVERFLOW = false;
  updateLimits();
  CYCLES += CYCLES_UNW_DONE;
}
