/**
 * Where the machine lies in linear memory.
 *
 * A word of the core is a cell of 16 bytes: payload at 0, tag at 8. One address per word serves both, which made the
 * loop faster than tags and payloads in arrays of their own. Everything that an operand specifier or the instruction's
 * immediate can name (small integers, constants, globals, stack) lies in cells, so reading an operand is one address.
 *
 * What lies between {@link SAVED} and {@link SAVED_END}, with the registers, is the whole state of the machine.
 */
import {
  MEMORY_CODE,
  MEMORY_DATA,
  MEMORY_DISPATCH,
  MEMORY_GLOBALS,
  MEMORY_RETURN_STACK,
  MEMORY_STACK,
  MEMORY_VECTORS,
  UART_FIFO,
} from './generated/isa';

/** Bytes of a cell, and its binary logarithm. */
export const CELL: i32 = 16;
export const CELL_SHIFT: i32 = 4;

/** Values of the I format's 10-bit immediate as INT cells, -512 first. */
export const IMMEDIATES: i32 = 0x10000;
export const IMMEDIATE_MIN: i32 = -512;
export const IMMEDIATE_COUNT: i32 = 1024;
/** Cells that the constant specifiers stand for, at CONSTANTS + specifier * CELL. */
export const CONSTANTS: i32 = IMMEDIATES + IMMEDIATE_COUNT * CELL;

/** Destination of results that nobody wants. */
export const DISCARD: i32 = CONSTANTS + 128 * CELL;

export const SAVED: i32 = DISCARD + CELL;
/** Copy of the registers, written by saveRegisters() only. */
export const REGISTERS: i32 = SAVED;
export const GLOBALS: i32 = REGISTERS + 1024;
/** Cell below the stack: what `[FP-1]` is at the bottom. */
export const STACK_GUARD: i32 = GLOBALS + MEMORY_GLOBALS * CELL;
export const STACK: i32 = STACK_GUARD + CELL;
export const STACK_END: i32 = STACK + MEMORY_STACK * CELL;
/** Behind the stack, room for the highest local of a frame at its very end: a local needs no bounds check. */
export const STACK_SLACK: i32 = 256 * CELL;
/** Return stack: one 64-bit entry each, laid out as RETURN_ENTRY. */
export const RETURNS: i32 = STACK_END + STACK_SLACK;
export const DATA: i32 = RETURNS + MEMORY_RETURN_STACK * 8;
/** Dispatch entries of 32 bytes: attribute i32, kind i32, slot i32, pad, value cell at 16. */
export const DISPATCH: i32 = DATA + MEMORY_DATA * CELL;
export const DISPATCH_ENTRY: i32 = 32;
export const DISPATCH_VALUE: i32 = 16;
/** Trap vectors: u32 each, laid out as VECTOR. */
export const VECTORS: i32 = DISPATCH + MEMORY_DISPATCH * DISPATCH_ENTRY;
/** Free-list heads, u32 each. */
export const FREE: i32 = VECTORS + MEMORY_VECTORS * 4;
/** Interrupt vectors, u64 each. */
export const IVEC: i32 = FREE + 16 * 4;
/** Dispatch rows of the tag numbers, u32 each. */
export const TROW: i32 = IVEC + 8 * 8;
/** Wires of each pin, u32 each: bit q of pin p is set where a jumper joins them. */
export const WIRES: i32 = TROW + 32 * 4;
/** Pad changes that the synchroniser has yet to show: {cycle i64, levels u32, pad}, a ring. */
export const PAD_CHANGES: i32 = WIRES + 32 * 4;
export const PAD_CHANGES_MAX: i32 = 16;
/** Bytes that the UART has received and nobody has read. */
export const RECEIVED: i32 = PAD_CHANGES + PAD_CHANGES_MAX * 16;
/** Bytes on their way to the UART receiver: a ring. */
export const INPUT: i32 = RECEIVED + UART_FIFO;
export const INPUT_BYTES: i32 = 65536;
export const CODE: i32 = INPUT + INPUT_BYTES;
export const SAVED_END: i32 = CODE + MEMORY_CODE * 4;

/** Decoded instructions, see decode.ts; one more than the code memory has, which faults. */
export const DECODED: i32 = SAVED_END;
export const DECODED_ENTRY: i32 = 32;
export const DECODED_SHIFT: i32 = 5;
/** Console output of the batch: u16 each, stream * 256 + byte. */
export const OUTPUT: i32 = DECODED + (MEMORY_CODE + 1) * DECODED_ENTRY;
export const OUTPUT_MAX: i32 = 16384;
/** First byte beyond. */
export const MEMORY_END: i32 = OUTPUT + OUTPUT_MAX * 2;
