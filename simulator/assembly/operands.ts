/**
 * The present instruction: its word, its fields, its operands. Used by every instruction but those that fast.ts runs
 * from their decoded form.
 */
import {
  SPECIFIER_DISCARD,
  SPECIFIER_LOCAL_MAX,
  SPECIFIER_STACK,
  TAG_BOOL,
  TAG_INT,
  TIMING_MISPREDICTED,
} from './generated/isa';
import { CELL, CELL_SHIFT, CONSTANTS } from './layout';
import { CYCLES, FP, PC, SP, setCell } from './state';

/** Instruction word at the present PC. */
export let WORD: u32 = 0;

export function setWord(word: u32): void {
  WORD = word;
}

/** Specifier fields a and b of every format that has them, d of the formats T, I; of K; and of A. */
// @ts-ignore: decorator
@inline
export function fieldA(): i32 {
  return <i32>((WORD >> 7) & 127);
}
// @ts-ignore: decorator
@inline
export function fieldB(): i32 {
  return <i32>(WORD & 127);
}
// @ts-ignore: decorator
@inline
export function fieldD(): i32 {
  return <i32>((WORD >> 14) & 127);
}
// @ts-ignore: decorator
@inline
export function fieldDofK(): i32 {
  return <i32>((WORD >> 17) & 127);
}
/** Unsigned field k of format K. */
// @ts-ignore: decorator
@inline
export function fieldK(): i32 {
  return <i32>(WORD & 0x1ffff);
}
/** Signed immediate of format I: bits 23:21 above bits 6:0. */
export function immediate(): i32 {
  const bits = ((WORD >> 14) & 0x380) | (WORD & 127);
  return (<i32>(bits << 22)) >> 22;
}
/** Signed branch offset of format B. */
// @ts-ignore: decorator
@inline
export function branchOffset(): i32 {
  return (<i32>(WORD << 8)) >> 22;
}
/** Attribute numbers of the formats A and M. */
// @ts-ignore: decorator
@inline
export function attributeOfA(): i32 {
  return <i32>((WORD >> 14) & 0xfff);
}
// @ts-ignore: decorator
@inline
export function attributeOfM(): i32 {
  return <i32>((WORD >> 12) & 0xfff);
}

/** Cell of a local by number. */
// @ts-ignore: decorator
@inline
export function local(slot: i32): i32 {
  return FP + (slot << CELL_SHIFT);
}

/**
 * Cell of a source operand; a stack operand is popped (its cell stays readable). Sources are read last operand first.
 * That the stack holds as many words as the instruction pops is checked before it issues.
 */
export function source(specifier: i32): i32 {
  if (specifier <= SPECIFIER_LOCAL_MAX) return FP + (specifier << CELL_SHIFT);
  if (specifier < SPECIFIER_DISCARD) return CONSTANTS + (specifier << CELL_SHIFT);
  if (specifier == SPECIFIER_STACK) {
    SP -= CELL;
    return SP;
  }
  return FP - CELL;
}

/** Pushes a word. Room was checked before the instruction issued. */
// @ts-ignore: decorator
@inline
export function push(tag: i32, bits: i64): void {
  setCell(SP, tag, bits);
  SP += CELL;
}

/** Writes a destination operand: a local, the stack, or nothing. */
export function put(specifier: i32, tag: i32, bits: i64): void {
  if (specifier == SPECIFIER_STACK) push(tag, bits);
  else if (specifier <= SPECIFIER_LOCAL_MAX) setCell(local(specifier), tag, bits);
}

/** Goes on behind the instruction after `cycles`. */
// @ts-ignore: decorator
@inline
export function next(cycles: i32): void {
  PC += 1;
  CYCLES += cycles;
}

/** Writes the destination and goes on. */
export function result(specifier: i32, tag: i32, bits: i64, cycles: i32): void {
  put(specifier, tag, bits);
  next(cycles);
}

export function resultCell(specifier: i32, cell: i32, cycles: i32): void {
  result(specifier, load<i32>(cell, 8), load<i64>(cell), cycles);
}

/** Branches if `taken`. Backward branches are predicted taken and forward ones not, by the offset alone. */
export function branch(taken: bool, cycles: i32): void {
  const offset = branchOffset();
  CYCLES += cycles + (taken == offset <= 0 ? 0 : TIMING_MISPREDICTED);
  PC += taken ? offset : 1;
}

/** Cycles of an outcome with extra words: `each` for every one of `count` beyond `beyond`. */
// @ts-ignore: decorator
@inline
export function extra(cycles: i32, each: i32, count: i32, beyond: i32): i32 {
  return cycles + (count > beyond ? (count - beyond) * each : 0);
}

/** True for INT and BOOL, which compute alike. */
// @ts-ignore: decorator
@inline
export function isInt(tag: i32): bool {
  return tag == TAG_INT || tag == TAG_BOOL;
}
