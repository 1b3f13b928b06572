/**
 * Traps, return-stack entries, stack limits and interrupt entry: the ways into a handler.
 *
 * When a trap is raised nothing architectural has changed but that the instruction's stack operands are popped; a RETRY
 * trap puts even those back. A trap whose handler's frame would pass a stack limit becomes a STACK trap of the same
 * execute cycle, as if the instruction had found it itself.
 */
import {
  CAUSE_STACK,
  ENTRY_DROP,
  ENTRY_FP,
  ENTRY_GENERATOR,
  ENTRY_HANDLER,
  ENTRY_HOLE,
  ENTRY_IE,
  ENTRY_KIND,
  ENTRY_KIND_BITS,
  ENTRY_FP_BITS,
  ENTRY_HANDLER_BITS,
  ENTRY_PC_BITS,
  FAULT_NO_VECTOR,
  FAULT_STACK,
  FUNC_ENTRY,
  FUNC_ENTRY_BITS,
  FUNC_FRAME,
  FUNC_FRAME_BITS,
  FUNC_MAX,
  FUNC_MAX_BITS,
  GROUP_OF_TAG,
  KIND_IRQ,
  KIND_RESUME,
  KIND_RETRY,
  MEMORY_RETURN_STACK,
  OPERAND_WORDS,
  TIMING_ENTRY_WORDS,
  TIMING_INTERRUPT_ENTRY,
  TIMING_TRAP_ENTRY,
  TRAP_SYSTEM,
  VECTOR_ADDRESS_BITS,
  VECTOR_CLEAR,
  VECTOR_CLEAR_BITS,
} from './generated/isa';
import { CELL, CELL_SHIFT, IVEC, RETURNS, STACK, STACK_END, VECTORS } from './layout';
import { extra } from './operands';
import {
  CYCLES,
  FP,
  H,
  IE,
  OVERFLOW,
  PC,
  RETURN_LIMIT,
  RLIM,
  RRV,
  RSP,
  RUNNING,
  SLIM,
  SP,
  SP_ISSUED,
  SP_PEAK,
  STACK_LIMIT,
  STATUS,
  clearCells,
  fault,
  fieldOf,
  setCell,
  wordOf,
} from './state';

/** Operands on their way to the handler, a first. */
let ARGUMENT_TAG_A: i32 = 0;
let ARGUMENT_TAG_B: i32 = 0;
let ARGUMENT_TAG_C: i32 = 0;
let ARGUMENT_A: i64 = 0;
let ARGUMENT_B: i64 = 0;
let ARGUMENT_C: i64 = 0;

/** Vector of the last trap's handler; -1 where a getter was entered. For whoever follows the core step by step. */
export let VECTOR: i32 = -1;

/** Recomputes the limits in force from SLIM, RLIM and the overflow flag. */
export function updateLimits(): void {
  STACK_LIMIT = OVERFLOW ? STACK_END : STACK + (SLIM << CELL_SHIFT);
  RETURN_LIMIT = OVERFLOW ? MEMORY_RETURN_STACK : RLIM;
}

/** Whether a frame that ends at `end` may be entered with one more return entry. */
// @ts-ignore: decorator
@inline
export function fits(end: i32): bool {
  return end + OPERAND_WORDS * CELL <= STACK_LIMIT && RSP < RETURN_LIMIT;
}

export function packEntry(pc: i32, kind: i32): i64 {
  return (
    <i64>(pc & ((1 << ENTRY_PC_BITS) - 1)) |
    (<i64>wordOf(FP) << ENTRY_FP) |
    (<i64>H << ENTRY_HANDLER) |
    (<i64>kind << ENTRY_KIND)
  );
}

// @ts-ignore: decorator
@inline
export function pushEntry(entry: i64): void {
  store<i64>(RETURNS + (RSP << 3), entry);
  RSP += 1;
}

/** Entry `depth` below the top, which must exist. */
// @ts-ignore: decorator
@inline
export function entryAt(depth: i32): i64 {
  return load<i64>(RETURNS + ((RSP - 1 - depth) << 3));
}

export function entryPc(entry: i64): i32 {
  return fieldOf(entry, 0, ENTRY_PC_BITS);
}
export function entryFp(entry: i64): i32 {
  return STACK + (fieldOf(entry, ENTRY_FP, ENTRY_FP_BITS) << CELL_SHIFT);
}
export function entryHandler(entry: i64): i32 {
  return fieldOf(entry, ENTRY_HANDLER, ENTRY_HANDLER_BITS);
}
export function entryKind(entry: i64): i32 {
  return fieldOf(entry, ENTRY_KIND, ENTRY_KIND_BITS);
}
export const ENTRY_DROPS: i64 = 1 << <i64>ENTRY_DROP;
export const ENTRY_HAS_HOLE: i64 = 1 << <i64>ENTRY_HOLE;
export const ENTRY_ENABLED: i64 = 1 << <i64>ENTRY_IE;
export function generatorEntry(entry: i64, address: i32): i64 {
  return entry | (<i64>address << ENTRY_GENERATOR);
}

// @ts-ignore: decorator
@inline
export function notePeak(): void {
  if (SP > SP_PEAK) SP_PEAK = SP;
}

/** Enters a frame over `pushed` argument words: they are written, the words up to `end` cleared, an entry of `kind` pushed. */
function enterFrame(address: i32, pushed: i32, end: i32, kind: i32, cycles: i32): void {
  pushEntry(packEntry(PC, kind));
  FP = SP;
  if (pushed > 0) setCell(SP, ARGUMENT_TAG_A, ARGUMENT_A);
  if (pushed > 1) setCell(SP + CELL, ARGUMENT_TAG_B, ARGUMENT_B);
  if (pushed > 2) setCell(SP + 2 * CELL, ARGUMENT_TAG_C, ARGUMENT_C);
  clearCells(SP + pushed * CELL, end);
  SP = end;
  H = 0;
  RRV = 0;
  PC = address;
  CYCLES += extra(cycles, 1, (end - FP) >> CELL_SHIFT, TIMING_ENTRY_WORDS);
  notePeak();
}

/** Enters the handler of a vector with `pushed` argument words; k is the execute cycle that found the trap. Not after a fault. */
function enterVector(index: i32, pushed: i32, kind: i32, k: i32): void {
  if (STATUS != RUNNING) return;
  const vector = load<u32>(VECTORS + (index << 2));
  const address = <i32>(vector & ((1 << VECTOR_ADDRESS_BITS) - 1));
  if (address == 0) return fault(FAULT_NO_VECTOR, index);
  const cleared = <i32>((vector >> VECTOR_CLEAR) & ((1 << VECTOR_CLEAR_BITS) - 1));
  const end = SP + ((pushed + cleared) << CELL_SHIFT);
  if (!fits(end)) return overflow(k);
  VECTOR = index;
  enterFrame(address, pushed, end, kind, k + TIMING_TRAP_ENTRY);
}

/**
 * A frame or return entry does not fit: STACK trap, found in execute cycle k. It pushes nothing, may use the reserve,
 * and lifts the soft limits until an UNW lands; where even the memory is at its end, the core faults.
 */
export function overflow(k: i32): void {
  if (OVERFLOW) return fault(FAULT_STACK, wordOf(SP));
  SP = SP_ISSUED;
  OVERFLOW = true;
  updateLimits();
  enterVector(TRAP_SYSTEM * 64 + CAUSE_STACK, 0, KIND_RETRY, k);
}

// @ts-ignore: decorator
@inline
function groupOf(tag: i32): i32 {
  return unchecked(GROUP_OF_TAG[tag & 31]);
}

/** RETRY trap: the instruction has done nothing and will run from the start. */
export function retryTrap(cause: i32, k: i32): void {
  SP = SP_ISSUED;
  enterVector(TRAP_SYSTEM * 64 + cause, 0, KIND_RETRY, k);
}

/** RESUME trap of the system operation without operands. */
export function systemTrap(cause: i32, k: i32): void {
  enterVector(TRAP_SYSTEM * 64 + cause, 0, KIND_RESUME, k);
}

/** RESUME trap of the system operation that pushes one word. */
export function systemTrap1(cause: i32, k: i32, tag: i32, bits: i64): void {
  ARGUMENT_TAG_A = tag;
  ARGUMENT_A = bits;
  enterVector(TRAP_SYSTEM * 64 + cause, 1, KIND_RESUME, k);
}

/** RESUME trap of an operation without operands. */
export function trap0(operation: i32, k: i32): void {
  enterVector(operation * 64, 0, KIND_RESUME, k);
}

export function trap1(operation: i32, k: i32, tagA: i32, a: i64): void {
  ARGUMENT_TAG_A = tagA;
  ARGUMENT_A = a;
  enterVector(operation * 64 + groupOf(tagA) * 8, 1, KIND_RESUME, k);
}

export function trap2(operation: i32, k: i32, tagA: i32, a: i64, tagB: i32, b: i64, kind: i32 = KIND_RESUME): void {
  ARGUMENT_TAG_A = tagA;
  ARGUMENT_A = a;
  ARGUMENT_TAG_B = tagB;
  ARGUMENT_B = b;
  enterVector(operation * 64 + groupOf(tagA) * 8 + groupOf(tagB), 2, kind, k);
}

export function trap3(operation: i32, k: i32, tagA: i32, a: i64, tagB: i32, b: i64, tagC: i32, c: i64): void {
  ARGUMENT_TAG_A = tagA;
  ARGUMENT_A = a;
  ARGUMENT_TAG_B = tagB;
  ARGUMENT_B = b;
  ARGUMENT_TAG_C = tagC;
  ARGUMENT_C = c;
  enterVector(operation * 64 + groupOf(tagA) * 8 + groupOf(tagB), 3, KIND_RESUME, k);
}

/** Enters a Python function (a property's getter) as the handler of the present instruction, with one argument. */
export function enterGetter(func: i64, k: i32, tag: i32, bits: i64): void {
  const frame = max(1, fieldOf(func, FUNC_FRAME, FUNC_FRAME_BITS));
  const end = SP + (frame << CELL_SHIFT);
  if (!fits(end)) return overflow(k);
  ARGUMENT_TAG_A = tag;
  ARGUMENT_A = bits;
  VECTOR = -1;
  const entry = fieldOf(func, FUNC_ENTRY, FUNC_ENTRY_BITS) - (fieldOf(func, FUNC_MAX, FUNC_MAX_BITS) - 1);
  enterFrame(entry, 1, end, KIND_RESUME, k + TIMING_TRAP_ENTRY);
}

/**
 * Enters the handler of an interrupt line before the instruction at PC issues. The line's pending bit is the caller's
 * to clear. The frame may use the stack reserve: an interrupt is nobody's recursion.
 */
export function enterInterrupt(line: i32): void {
  SP_ISSUED = SP;
  const func = load<i64>(IVEC + (line << 3));
  const frame = fieldOf(func, FUNC_FRAME, FUNC_FRAME_BITS);
  const end = SP + (frame << CELL_SHIFT);
  if (end + OPERAND_WORDS * CELL > STACK_END || RSP >= MEMORY_RETURN_STACK) return fault(FAULT_STACK, wordOf(SP));
  enterFrame(fieldOf(func, FUNC_ENTRY, FUNC_ENTRY_BITS), 0, end, KIND_IRQ, TIMING_INTERRUPT_ENTRY);
  store<i64>(RETURNS + ((RSP - 1) << 3), entryAt(0) | ENTRY_ENABLED);
  IE = false;
}
