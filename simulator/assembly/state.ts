/**
 * Registers of the core, faults, and access to cells.
 *
 * SP and FP are addresses of cells here and word numbers everywhere outside (see {@link wordOf}).
 */
import {
  FAULT_ADDRESS,
  FAULT_WRONG_TAG,
  MEMORY_DATA,
  MEMORY_RETURN_STACK,
  REF_ADDRESS_BITS,
  TAG_RAW,
  TAG_UNBOUND,
} from './generated/isa';
import { CELL, CELL_SHIFT, DATA, STACK, STACK_END } from './layout';

export let PC: i32 = 0;
export let SP: i32 = STACK;
export let FP: i32 = STACK;
/** Data address of the active handler descriptor, 0 = none. */
export let H: i32 = 0;
/** Return-stack entries in use. */
export let RSP: i32 = 0;
/** Resume word, and its state: 0 none, 1 value, 2 throw. */
export let RR_TAG: i32 = TAG_UNBOUND;
export let RR: i64 = 0;
export let RRV: i32 = 0;
export let CYCLES: i64 = 0;
export let RETIRED: i64 = 0;
/** Soft limits in words and entries, as CSRW set them. */
export let SLIM: i32 = 0;
export let RLIM: i32 = 0;
/** True from a STACK trap to the UNW that lands its exception: the soft limits are lifted. */
export let OVERFLOW: bool = false;
/** Limits in force: address of the first cell that no frame may reach, and number of return entries. */
export let STACK_LIMIT: i32 = STACK_END;
export let RETURN_LIMIT: i32 = MEMORY_RETURN_STACK;
export let HTOP: i32 = 0;
export let HLIM: i32 = 0;
/** First heap word of the image. */
export let HBASE: i32 = 0;
/** Most heap words in use so far. */
export let HPEAK: i32 = 0;
export let IE: bool = false;
/** Highest SP seen at a call, trap, interrupt or generator entry. */
export let SP_PEAK: i32 = STACK;

/** Words of code in the image. */
export let CODE_WORDS: i32 = 0;

/** State of the simulator: why it stopped, or RUNNING. */
export const RUNNING: i32 = 0;
export const EXITED: i32 = 1;
export const FAULTED: i32 = 2;
export const BREAK_INSTRUCTION: i32 = 3;
export const BREAKPOINT: i32 = 4;
/** The console buffer is full; the host empties it and goes on. */
export const OUTPUT_FULL: i32 = 5;
export const LIMIT_REACHED: i32 = 6;
export let STATUS: i32 = RUNNING;
export let EXIT_CODE: i32 = 0;
export let FAULT_CODE: i32 = 0;
export let FAULT_DETAIL: i32 = 0;

/** Cycle at which the fast loop hands back control: next device event, or end of the batch. 0 = plan anew. */
export let LIMIT: i64 = 0;
/** A breakpoint at this pc is passed over once: the instruction has issued before (re-issue after RETRY, resumed halt). */
export let PASS_PC: i32 = -1;
/** SP as the present instruction found it: what RETRY traps and faults go back to. */
export let SP_ISSUED: i32 = STACK;

/** Stops the core. The instruction has no effect beyond what its handler did before it found the fault. */
export function fault(code: i32, detail: i32): void {
  if (STATUS != RUNNING) return;
  STATUS = FAULTED;
  FAULT_CODE = code;
  FAULT_DETAIL = detail;
  SP = SP_ISSUED;
}

/** Word number of a stack address. */
// @ts-ignore: decorator
@inline
export function wordOf(address: i32): i32 {
  return (address - STACK) >> CELL_SHIFT;
}

// @ts-ignore: decorator
@inline
export function tagAt(cell: i32): i32 {
  return load<i32>(cell, 8);
}

// @ts-ignore: decorator
@inline
export function bitsAt(cell: i32): i64 {
  return load<i64>(cell);
}

// @ts-ignore: decorator
@inline
export function setCell(cell: i32, tag: i32, bits: i64): void {
  store<i64>(cell, bits);
  store<i32>(cell, tag, 8);
}

// @ts-ignore: decorator
@inline
export function copyCell(to: i32, from: i32): void {
  setCell(to, tagAt(from), bitsAt(from));
}

/** Writes UNBOUND from `from` up to `end`. */
export function clearCells(from: i32, end: i32): void {
  for (let cell = from; cell < end; cell += CELL) setCell(cell, TAG_UNBOUND, 0);
}

/** A field of a payload; `width` at most 32. */
// @ts-ignore: decorator
@inline
export function fieldOf(bits: i64, low: i32, width: i32): i32 {
  return <i32>((<u64>bits >> <u64>low) & ((<u64>1 << <u64>width) - 1));
}

/** Data address in a reference or RAW word. */
// @ts-ignore: decorator
@inline
export function addressOf(bits: i64): i32 {
  return <i32>bits & ((1 << REF_ADDRESS_BITS) - 1);
}

/**
 * Cell of a data word, or 0 after faulting ADDRESS. A negative `address` is a fault too.
 */
export function dataCell(address: i32): i32 {
  if (<u32>address >= <u32>MEMORY_DATA) {
    fault(FAULT_ADDRESS, address);
    return 0;
  }
  return DATA + (address << CELL_SHIFT);
}

/** True where `words` data words from `address` exist; faults ADDRESS otherwise. */
export function dataRange(address: i32, words: i32): bool {
  if (<u32>address < <u32>MEMORY_DATA && address + words <= MEMORY_DATA) return true;
  fault(FAULT_ADDRESS, address + words - 1);
  return false;
}

/** Cell of word 1 of the block of a reference, which must be RAW {address, length, ..}; 0 after a fault. */
export function describingCell(bits: i64): i32 {
  const cell = dataCell(addressOf(bits) + 1);
  if (cell != 0 && tagAt(cell) != TAG_RAW) {
    fault(FAULT_WRONG_TAG, addressOf(bits) + 1);
    return 0;
  }
  return cell;
}
