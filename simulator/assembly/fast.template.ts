/*
 * Frame of the fast loop: simulator/generate/fast-loop.mjs puts the handlers in place of the mark and writes the result
 * to generated/fast.ts, which the paths below are relative to.
 */
import { floatBits, floorDivide, modulo, multiplyOverflows } from '../arithmetic';
import {
  A_AT,
  A_FRAME_AT,
  A_STACK_AT,
  B_AT,
  B_FRAME_AT,
  B_STACK_AT,
  DELTA_AT,
  D_AT,
  D_FRAME_AT,
  D_STACK_AT,
  FALL_AT,
  HANDLER_AT,
  IMMEDIATE_AT,
  TAKEN_AT,
} from '../decode';
import {
  CELL,
  CELL_SHIFT,
  CODE,
  DATA,
  DECODED,
  DECODED_ENTRY,
  DECODED_SHIFT,
  DISPATCH,
  DISPATCH_ENTRY,
  DISPATCH_VALUE,
  RETURNS,
  STACK,
  STACK_END,
} from '../layout';
import { extra, isInt } from '../operands';
import {
  BREAKPOINT,
  CYCLES,
  FP,
  H,
  LIMIT,
  PASS_PC,
  PC,
  RETIRED,
  RETURN_LIMIT,
  RRV,
  RSP,
  RUNNING,
  SP,
  SP_PEAK,
  STACK_LIMIT,
  STATUS,
  addressOf,
  bitsAt,
  copyCell,
  fieldOf,
  setCell,
  tagAt,
  wordOf,
} from '../state';
import { step } from '../step';

/** Cells of operands, for instructions without a stack operand and for those with one. */
// @ts-ignore: decorator
@inline
function frameCellA(e: i32, fp: i32): i32 {
  return load<i32>(e, A_AT) + (fp & load<i8>(e, A_FRAME_AT));
}
// @ts-ignore: decorator
@inline
function frameCellB(e: i32, fp: i32): i32 {
  return load<i32>(e, B_AT) + (fp & load<i8>(e, B_FRAME_AT));
}
// @ts-ignore: decorator
@inline
function frameCellD(e: i32, fp: i32): i32 {
  return load<i32>(e, D_AT) + (fp & load<i8>(e, D_FRAME_AT));
}
// @ts-ignore: decorator
@inline
function stackCellA(e: i32, fp: i32, sp: i32): i32 {
  return frameCellA(e, fp) + (sp & load<i8>(e, A_STACK_AT));
}
// @ts-ignore: decorator
@inline
function stackCellB(e: i32, fp: i32, sp: i32): i32 {
  return frameCellB(e, fp) + (sp & load<i8>(e, B_STACK_AT));
}
// @ts-ignore: decorator
@inline
function stackCellD(e: i32, fp: i32, sp: i32): i32 {
  return frameCellD(e, fp) + (sp & load<i8>(e, D_STACK_AT));
}
/** Bytes by which the operands move SP. */
// @ts-ignore: decorator
@inline
function change(e: i32): i32 {
  return load<i16>(e, DELTA_AT);
}
/** Whether SP would leave the stack. */
// @ts-ignore: decorator
@inline
function outside(stack: i32): bool {
  return <u32>(stack - STACK) > <u32>(STACK_END - STACK);
}
/** Whether two cells both have a tag. */
// @ts-ignore: decorator
@inline
function both(a: i32, b: i32, tag: i32): bool {
  return ((tagAt(a) ^ tag) | (tagAt(b) ^ tag)) == 0;
}
/** Instruction word of an entry. */
// @ts-ignore: decorator
@inline
function codeOf(e: i32): u32 {
  return load<u32>(CODE + ((e - DECODED) >> (DECODED_SHIFT - 2)));
}

/** Payload of word 1 of a block; 0 (a list without items) where there is none or it is no RAW word. */
// @ts-ignore: decorator
@inline
function describingBits(reference: i64): i64 {
  const address = addressOf(reference) + 1;
  if (<u32>address >= <u32>MEMORY_DATA) return 0;
  const cell = DATA + (address << CELL_SHIFT);
  return tagAt(cell) == TAG_RAW ? bitsAt(cell) : 0;
}

/** Cell of an object's slot for an attribute; 0 where the probe finds anything but a slot. */
// @ts-ignore: decorator
@inline
function slotOf(object: i64, attribute: i32): i32 {
  const index = <i32>(<u64>object >> REF_ROW) + attribute;
  if (index >= MEMORY_DISPATCH) return 0;
  const probed = DISPATCH + index * DISPATCH_ENTRY;
  if (load<i32>(probed) != attribute || load<i32>(probed, 4) != DISPATCH_SLOT) return 0;
  const address = addressOf(object) + load<i32>(probed, 8);
  return <u32>address < <u32>MEMORY_DATA ? DATA + (address << CELL_SHIFT) : 0;
}

/** Writes the loop's variables to the registers. */
// @ts-ignore: decorator
@inline
function save(e: i32, sp: i32, fp: i32, cycles: i64, retired: i64): void {
  PC = (e - DECODED) >> DECODED_SHIFT;
  SP = sp;
  FP = fp;
  CYCLES = cycles;
  RETIRED = retired;
}

/** Runs until LIMIT, or until something else has to be looked at: a stop, a pending resume word. */
export function fast(): void {
  // A pc without a decoded entry: step() faults with it.
  if (<u32>PC > <u32>MEMORY_CODE) return step();
  let e: i32 = DECODED + (PC << DECODED_SHIFT);
  let sp = SP;
  let fp = FP;
  let cycles = CYCLES;
  let retired = RETIRED;
  let limit = LIMIT;
  while (cycles < limit) {
    switch (<i32>load<u8>(e, HANDLER_AT)) {
      case 0:
        break;
      case 1:
        // A breakpoint.
        if (PASS_PC != (e - DECODED) >> DECODED_SHIFT) {
          STATUS = BREAKPOINT;
          save(e, sp, fp, cycles, retired);
          return;
        }
        break;
    // @handlers
      default:
        break;
    }
    save(e, sp, fp, cycles, retired);
    step();
    if (STATUS != RUNNING || RRV != 0 || <u32>PC > <u32>MEMORY_CODE) return;
    e = DECODED + (PC << DECODED_SHIFT);
    sp = SP;
    fp = FP;
    cycles = CYCLES;
    retired = RETIRED;
    limit = LIMIT;
  }
  save(e, sp, fp, cycles, retired);
}
