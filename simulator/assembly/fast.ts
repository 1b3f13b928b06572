/**
 * The fast loop: common outcomes of common instructions, from their decoded form, with PC, SP, FP and the counters in
 * variables of the function. Whatever is not common (another tag, an overflow, a fault, an instruction without a handler
 * here) leaves the switch and runs through step(), which knows everything. So the loop needs one comparison an
 * instruction besides its work: the cycle limit, which is the next device event.
 */
import {
  BEYOND_CALLM_METHOD,
  BEYOND_CALL_ENTER,
  BITFIELD_WIDTHS,
  CYCLES_ADD_FLOAT,
  CYCLES_ADD_INT,
  CYCLES_AND_INT,
  CYCLES_BT_INT,
  CYCLES_CALLM_METHOD,
  CYCLES_CALL_ENTER,
  CYCLES_CEQ_FLOAT,
  CYCLES_CEQ_INT,
  CYCLES_CGE_FLOAT,
  CYCLES_CGE_INT,
  CYCLES_CGT_FLOAT,
  CYCLES_CGT_INT,
  CYCLES_CLE_FLOAT,
  CYCLES_CLE_INT,
  CYCLES_CLT_FLOAT,
  CYCLES_CLT_INT,
  CYCLES_CNE_FLOAT,
  CYCLES_CNE_INT,
  CYCLES_DIV_FLOAT,
  CYCLES_EXT_DONE,
  CYCLES_FLOOR_INT,
  CYCLES_FORITER_LIST_ITEM,
  CYCLES_FORS_DONE,
  CYCLES_JMP_DONE,
  CYCLES_LDA_SLOT,
  CYCLES_LDG_DONE,
  CYCLES_LDI_DONE,
  CYCLES_LDW_DONE,
  CYCLES_LDX_LIST,
  CYCLES_LEN_LIST,
  CYCLES_MOD_INT,
  CYCLES_MOV_DONE,
  CYCLES_MUL_FLOAT,
  CYCLES_MUL_INT,
  CYCLES_OR_INT,
  CYCLES_RET_RETURN,
  CYCLES_SHL_INT,
  CYCLES_SHR_INT,
  CYCLES_STA_DONE,
  CYCLES_STW_DONE,
  CYCLES_STX_LIST,
  CYCLES_SUB_FLOAT,
  CYCLES_SUB_INT,
  CYCLES_XOR_INT,
  CYCLES_ZXT_INT,
  DISPATCH_METHOD,
  DISPATCH_SLOT,
  EACH_CALLM_METHOD,
  EACH_CALL_ENTER,
  ENTRY_DROP,
  ENTRY_FP,
  ENTRY_FP_BITS,
  ENTRY_HANDLER,
  ENTRY_HANDLER_BITS,
  ENTRY_HOLE,
  ENTRY_KIND,
  ENTRY_KIND_BITS,
  ENTRY_PC_BITS,
  FUNC_ENTRY,
  FUNC_ENTRY_BITS,
  FUNC_FRAME,
  FUNC_FRAME_BITS,
  FUNC_MAX,
  FUNC_MAX_BITS,
  FUNC_MIN,
  FUNC_MIN_BITS,
  KIND_CALL,
  LIST_LENGTH,
  LIST_LENGTH_BITS,
  MEMORY_CODE,
  MEMORY_DATA,
  MEMORY_DISPATCH,
  OPERAND_WORDS,
  REF_ROW,
  TAG_BOOL,
  TAG_FLOAT,
  TAG_FUNC,
  TAG_INT,
  TAG_LIST,
  TAG_OBJ,
  TAG_RAW,
  TAG_UNBOUND,
} from './generated/isa';
import { floatBits, floorDivide, modulo, multiplyOverflows } from './arithmetic';
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
} from './decode';
import {
  F_ADD,
  F_AND,
  F_BBC,
  F_BBND,
  F_BBS,
  F_BEQ,
  F_BF,
  F_BGE,
  F_BGT,
  F_BIS,
  F_BLE,
  F_BLT,
  F_BNE,
  F_BNEQ,
  F_BNGE,
  F_BNGT,
  F_BNIS,
  F_BNLE,
  F_BNLT,
  F_BNNE,
  F_BNTAG,
  F_BREAK,
  F_BT,
  F_BTAG,
  F_BUNB,
  F_CALL,
  F_CALLM,
  F_CEQ,
  F_CGE,
  F_CGT,
  F_CLE,
  F_CLT,
  F_CNE,
  F_DIV,
  F_EXT,
  F_FLOOR,
  F_FORITER,
  F_FORR,
  F_FORS,
  F_JMP,
  F_LDA,
  F_LDG,
  F_LDI,
  F_LDW,
  F_LDX,
  F_LEN,
  F_MOD,
  F_MOVE,
  F_MUL,
  F_OR,
  F_RET,
  F_SHL,
  F_SHR,
  F_STA,
  F_STW,
  F_STX,
  F_SUB,
  F_XOR,
  F_ZXT,
} from './handlers';
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
} from './layout';
import { extra, isInt } from './operands';
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
} from './state';
import { step } from './step';

// @ts-ignore: decorator
@inline
function cellA(e: i32, fp: i32, sp: i32): i32 {
  return load<i32>(e, A_AT) + (fp & load<i8>(e, A_FRAME_AT)) + (sp & load<i8>(e, A_STACK_AT));
}
// @ts-ignore: decorator
@inline
function cellB(e: i32, fp: i32, sp: i32): i32 {
  return load<i32>(e, B_AT) + (fp & load<i8>(e, B_FRAME_AT)) + (sp & load<i8>(e, B_STACK_AT));
}
// @ts-ignore: decorator
@inline
function cellD(e: i32, fp: i32, sp: i32): i32 {
  return load<i32>(e, D_AT) + (fp & load<i8>(e, D_FRAME_AT)) + (sp & load<i8>(e, D_STACK_AT));
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

/** A return to where no code can be: step() faults with that pc. */
function leaveTo(pc: i32): void {
  PC = pc;
  step();
}

/** Runs until LIMIT, or until something else has to be looked at: a stop, a pending resume word. */
export function fast(): void {
  // Whatever the loop does not know the bounds of is checked where it is made: PC here and after each step().
  if (<u32>PC > <u32>MEMORY_CODE) return step();
  let e: i32 = DECODED + (PC << DECODED_SHIFT);
  let sp = SP;
  let fp = FP;
  let cycles = CYCLES;
  let retired = RETIRED;
  let limit = LIMIT;
  while (cycles < limit) {
    switch (<i32>load<u8>(e, HANDLER_AT)) {
      case F_BREAK: {
        if (PASS_PC != (e - DECODED) >> DECODED_SHIFT) {
          STATUS = BREAKPOINT;
          save(e, sp, fp, cycles, retired);
          return;
        }
        break;
      }
      case F_MOVE: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        copyCell(cellD(e, fp, sp), cellA(e, fp, sp));
        sp = stack;
        e += DECODED_ENTRY;
        cycles += CYCLES_MOV_DONE;
        retired += 1;
        continue;
      }
      case F_LDG: {
        const stack = sp + change(e);
        const a = cellA(e, fp, sp);
        if (outside(stack) || tagAt(a) == TAG_UNBOUND) break;
        copyCell(cellD(e, fp, sp), a);
        sp = stack;
        e += DECODED_ENTRY;
        cycles += CYCLES_LDG_DONE;
        retired += 1;
        continue;
      }
      case F_LDI: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        setCell(cellD(e, fp, sp), TAG_INT, load<i32>(e, IMMEDIATE_AT));
        sp = stack;
        e += DECODED_ENTRY;
        cycles += CYCLES_LDI_DONE;
        retired += 1;
        continue;
      }
      case F_ADD: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          const sum = x + y;
          if (((x ^ sum) & (y ^ sum)) < 0) break;
          setCell(cellD(e, fp, sp), TAG_INT, sum);
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_ADD_INT;
          retired += 1;
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          setCell(cellD(e, fp, sp), TAG_FLOAT, floatBits(reinterpret<f64>(x) + reinterpret<f64>(y)));
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_ADD_FLOAT;
          retired += 1;
          continue;
        }
        break;
      }
      case F_SUB: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          const difference = x - y;
          if (((x ^ y) & (x ^ difference)) < 0) break;
          setCell(cellD(e, fp, sp), TAG_INT, difference);
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_SUB_INT;
          retired += 1;
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          setCell(cellD(e, fp, sp), TAG_FLOAT, floatBits(reinterpret<f64>(x) - reinterpret<f64>(y)));
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_SUB_FLOAT;
          retired += 1;
          continue;
        }
        break;
      }
      case F_MUL: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          if (multiplyOverflows(x, y)) break;
          setCell(cellD(e, fp, sp), TAG_INT, x * y);
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_MUL_INT;
          retired += 1;
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          setCell(cellD(e, fp, sp), TAG_FLOAT, floatBits(reinterpret<f64>(x) * reinterpret<f64>(y)));
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_MUL_FLOAT;
          retired += 1;
          continue;
        }
        break;
      }
      case F_AND: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          setCell(cellD(e, fp, sp), TAG_INT, x & y);
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_AND_INT;
          retired += 1;
          continue;
        }
        break;
      }
      case F_OR: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          setCell(cellD(e, fp, sp), TAG_INT, x | y);
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_OR_INT;
          retired += 1;
          continue;
        }
        break;
      }
      case F_XOR: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          setCell(cellD(e, fp, sp), TAG_INT, x ^ y);
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_XOR_INT;
          retired += 1;
          continue;
        }
        break;
      }
      case F_SHL: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          if (<u64>y > 63 || (x << y) >> y != x) break;
          setCell(cellD(e, fp, sp), TAG_INT, x << y);
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_SHL_INT;
          retired += 1;
          continue;
        }
        break;
      }
      case F_SHR: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          if (<u64>y > 63) break;
          setCell(cellD(e, fp, sp), TAG_INT, x >> y);
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_SHR_INT;
          retired += 1;
          continue;
        }
        break;
      }
      case F_ZXT: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          if (<u64>y > 63) break;
          setCell(cellD(e, fp, sp), TAG_INT, x & ((<i64>1 << y) - 1));
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_ZXT_INT;
          retired += 1;
          continue;
        }
        break;
      }
      case F_FLOOR: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          if (y == 0 || y == -1) break;
          setCell(cellD(e, fp, sp), TAG_INT, floorDivide(x, y));
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_FLOOR_INT;
          retired += 1;
          continue;
        }
        break;
      }
      case F_MOD: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          if (y == 0) break;
          setCell(cellD(e, fp, sp), TAG_INT, modulo(x, y));
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_MOD_INT;
          retired += 1;
          continue;
        }
        break;
      }
      case F_DIV: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = reinterpret<f64>(bitsAt(a));
        const y = reinterpret<f64>(bitsAt(b));
        if (!both(a, b, TAG_FLOAT) || y == 0) break;
        setCell(cellD(e, fp, sp), TAG_FLOAT, floatBits(x / y));
        sp = stack;
        e += DECODED_ENTRY;
        cycles += CYCLES_DIV_FLOAT;
        retired += 1;
        continue;
      }
      case F_BLT: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          sp = stack;
          retired += 1;
          if (x < y) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          sp = stack;
          retired += 1;
          if (reinterpret<f64>(x) < reinterpret<f64>(y)) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        break;
      }
      case F_BLE: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          sp = stack;
          retired += 1;
          if (x <= y) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          sp = stack;
          retired += 1;
          if (reinterpret<f64>(x) <= reinterpret<f64>(y)) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        break;
      }
      case F_BEQ: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          sp = stack;
          retired += 1;
          if (x == y) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          sp = stack;
          retired += 1;
          if (reinterpret<f64>(x) == reinterpret<f64>(y)) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        break;
      }
      case F_BNE: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          sp = stack;
          retired += 1;
          if (x != y) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          sp = stack;
          retired += 1;
          if (reinterpret<f64>(x) != reinterpret<f64>(y)) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        break;
      }
      case F_BGT: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          sp = stack;
          retired += 1;
          if (x > y) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          sp = stack;
          retired += 1;
          if (reinterpret<f64>(x) > reinterpret<f64>(y)) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        break;
      }
      case F_BGE: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          sp = stack;
          retired += 1;
          if (x >= y) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          sp = stack;
          retired += 1;
          if (reinterpret<f64>(x) >= reinterpret<f64>(y)) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        break;
      }
      case F_BNLT: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          sp = stack;
          retired += 1;
          if (!(x < y)) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          sp = stack;
          retired += 1;
          if (!(reinterpret<f64>(x) < reinterpret<f64>(y))) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        break;
      }
      case F_BNLE: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          sp = stack;
          retired += 1;
          if (!(x <= y)) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          sp = stack;
          retired += 1;
          if (!(reinterpret<f64>(x) <= reinterpret<f64>(y))) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        break;
      }
      case F_BNGT: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          sp = stack;
          retired += 1;
          if (!(x > y)) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          sp = stack;
          retired += 1;
          if (!(reinterpret<f64>(x) > reinterpret<f64>(y))) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        break;
      }
      case F_BNGE: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          sp = stack;
          retired += 1;
          if (!(x >= y)) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          sp = stack;
          retired += 1;
          if (!(reinterpret<f64>(x) >= reinterpret<f64>(y))) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        break;
      }
      case F_BNEQ: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          sp = stack;
          retired += 1;
          if (!(x == y)) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          sp = stack;
          retired += 1;
          if (!(reinterpret<f64>(x) == reinterpret<f64>(y))) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        break;
      }
      case F_BNNE: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          sp = stack;
          retired += 1;
          if (!(x != y)) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          sp = stack;
          retired += 1;
          if (!(reinterpret<f64>(x) != reinterpret<f64>(y))) {
            cycles += load<u8>(e, TAKEN_AT);
            e = load<i32>(e, IMMEDIATE_AT);
          } else {
            cycles += load<u8>(e, FALL_AT);
            e += DECODED_ENTRY;
          }
          continue;
        }
        break;
      }
      case F_CLT: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          setCell(cellD(e, fp, sp), TAG_BOOL, i64(x < y));
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_CLT_INT;
          retired += 1;
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          setCell(cellD(e, fp, sp), TAG_BOOL, i64(reinterpret<f64>(x) < reinterpret<f64>(y)));
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_CLT_FLOAT;
          retired += 1;
          continue;
        }
        break;
      }
      case F_CLE: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          setCell(cellD(e, fp, sp), TAG_BOOL, i64(x <= y));
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_CLE_INT;
          retired += 1;
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          setCell(cellD(e, fp, sp), TAG_BOOL, i64(reinterpret<f64>(x) <= reinterpret<f64>(y)));
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_CLE_FLOAT;
          retired += 1;
          continue;
        }
        break;
      }
      case F_CEQ: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          setCell(cellD(e, fp, sp), TAG_BOOL, i64(x == y));
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_CEQ_INT;
          retired += 1;
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          setCell(cellD(e, fp, sp), TAG_BOOL, i64(reinterpret<f64>(x) == reinterpret<f64>(y)));
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_CEQ_FLOAT;
          retired += 1;
          continue;
        }
        break;
      }
      case F_CNE: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          setCell(cellD(e, fp, sp), TAG_BOOL, i64(x != y));
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_CNE_INT;
          retired += 1;
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          setCell(cellD(e, fp, sp), TAG_BOOL, i64(reinterpret<f64>(x) != reinterpret<f64>(y)));
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_CNE_FLOAT;
          retired += 1;
          continue;
        }
        break;
      }
      case F_CGT: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          setCell(cellD(e, fp, sp), TAG_BOOL, i64(x > y));
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_CGT_INT;
          retired += 1;
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          setCell(cellD(e, fp, sp), TAG_BOOL, i64(reinterpret<f64>(x) > reinterpret<f64>(y)));
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_CGT_FLOAT;
          retired += 1;
          continue;
        }
        break;
      }
      case F_CGE: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        const x = bitsAt(a);
        const y = bitsAt(b);
        if (both(a, b, TAG_INT)) {
          setCell(cellD(e, fp, sp), TAG_BOOL, i64(x >= y));
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_CGE_INT;
          retired += 1;
          continue;
        }
        if (both(a, b, TAG_FLOAT)) {
          setCell(cellD(e, fp, sp), TAG_BOOL, i64(reinterpret<f64>(x) >= reinterpret<f64>(y)));
          sp = stack;
          e += DECODED_ENTRY;
          cycles += CYCLES_CGE_FLOAT;
          retired += 1;
          continue;
        }
        break;
      }
      case F_BIS: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        sp = stack;
        retired += 1;
        if (tagAt(a) == tagAt(b) && bitsAt(a) == bitsAt(b)) {
          cycles += load<u8>(e, TAKEN_AT);
          e = load<i32>(e, IMMEDIATE_AT);
        } else {
          cycles += load<u8>(e, FALL_AT);
          e += DECODED_ENTRY;
        }
        continue;
      }
      case F_BNIS: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        sp = stack;
        retired += 1;
        if (tagAt(a) != tagAt(b) || bitsAt(a) != bitsAt(b)) {
          cycles += load<u8>(e, TAKEN_AT);
          e = load<i32>(e, IMMEDIATE_AT);
        } else {
          cycles += load<u8>(e, FALL_AT);
          e += DECODED_ENTRY;
        }
        continue;
      }
      case F_BT: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        if (!isInt(tagAt(a))) break;
        sp = stack;
        retired += 1;
        if (bitsAt(a) != 0) {
          cycles += load<u8>(e, TAKEN_AT);
          e = load<i32>(e, IMMEDIATE_AT);
        } else {
          cycles += load<u8>(e, FALL_AT);
          e += DECODED_ENTRY;
        }
        continue;
      }
      case F_BF: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        if (!isInt(tagAt(a))) break;
        sp = stack;
        retired += 1;
        if (bitsAt(a) == 0) {
          cycles += load<u8>(e, TAKEN_AT);
          e = load<i32>(e, IMMEDIATE_AT);
        } else {
          cycles += load<u8>(e, FALL_AT);
          e += DECODED_ENTRY;
        }
        continue;
      }
      case F_BBS: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const bit = codeOf(e) & 127;
        if (!isInt(tagAt(a)) || bit > 63) break;
        sp = stack;
        retired += 1;
        if ((bitsAt(a) >> bit) & 1) {
          cycles += load<u8>(e, TAKEN_AT);
          e = load<i32>(e, IMMEDIATE_AT);
        } else {
          cycles += load<u8>(e, FALL_AT);
          e += DECODED_ENTRY;
        }
        continue;
      }
      case F_BBC: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const bit = codeOf(e) & 127;
        if (!isInt(tagAt(a)) || bit > 63) break;
        sp = stack;
        retired += 1;
        if (((bitsAt(a) >> bit) & 1) == 0) {
          cycles += load<u8>(e, TAKEN_AT);
          e = load<i32>(e, IMMEDIATE_AT);
        } else {
          cycles += load<u8>(e, FALL_AT);
          e += DECODED_ENTRY;
        }
        continue;
      }
      case F_BTAG: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        sp = stack;
        retired += 1;
        if (((tagAt(a) ^ <i32>codeOf(e)) & 31) == 0) {
          cycles += load<u8>(e, TAKEN_AT);
          e = load<i32>(e, IMMEDIATE_AT);
        } else {
          cycles += load<u8>(e, FALL_AT);
          e += DECODED_ENTRY;
        }
        continue;
      }
      case F_BNTAG: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        sp = stack;
        retired += 1;
        if (((tagAt(a) ^ <i32>codeOf(e)) & 31) != 0) {
          cycles += load<u8>(e, TAKEN_AT);
          e = load<i32>(e, IMMEDIATE_AT);
        } else {
          cycles += load<u8>(e, FALL_AT);
          e += DECODED_ENTRY;
        }
        continue;
      }
      case F_BUNB: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        sp = stack;
        retired += 1;
        if (tagAt(a) == TAG_UNBOUND) {
          cycles += load<u8>(e, TAKEN_AT);
          e = load<i32>(e, IMMEDIATE_AT);
        } else {
          cycles += load<u8>(e, FALL_AT);
          e += DECODED_ENTRY;
        }
        continue;
      }
      case F_BBND: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        sp = stack;
        retired += 1;
        if (tagAt(a) != TAG_UNBOUND) {
          cycles += load<u8>(e, TAKEN_AT);
          e = load<i32>(e, IMMEDIATE_AT);
        } else {
          cycles += load<u8>(e, FALL_AT);
          e += DECODED_ENTRY;
        }
        continue;
      }
      case F_FORR: {
        const stack = sp + change(e);
        const i = cellA(e, fp, sp);
        const last = cellB(e, fp, sp);
        if (outside(stack) || !both(i, last, TAG_INT)) break;
        const x = bitsAt(i);
        sp = stack;
        retired += 1;
        if (x < bitsAt(last)) {
          store<i64>(i, x + 1);
          cycles += load<u8>(e, TAKEN_AT);
          e = load<i32>(e, IMMEDIATE_AT);
        } else {
          cycles += load<u8>(e, FALL_AT);
          e += DECODED_ENTRY;
        }
        continue;
      }
      case F_FORS: {
        const i = cellA(e, fp, sp);
        const group = cellB(e, fp, sp);
        if (!both(i, group, TAG_INT) || tagAt(group + CELL) != TAG_INT) break;
        const step = bitsAt(group);
        const x = bitsAt(i) + step;
        const last = bitsAt(group + CELL);
        if (((bitsAt(i) ^ x) & (step ^ x)) < 0) break;
        retired += 1;
        if (step > 0 ? x <= last : x >= last) {
          store<i64>(i, x);
          cycles += load<u8>(e, TAKEN_AT) + (CYCLES_FORS_DONE - CYCLES_BT_INT);
          e = load<i32>(e, IMMEDIATE_AT);
        } else {
          cycles += load<u8>(e, FALL_AT) + (CYCLES_FORS_DONE - CYCLES_BT_INT);
          e += DECODED_ENTRY;
        }
        continue;
      }
      case F_JMP: {
        e = load<i32>(e, IMMEDIATE_AT);
        cycles += CYCLES_JMP_DONE;
        retired += 1;
        continue;
      }
      case F_CALL: {
        const word = codeOf(e);
        const base = sp - (((word >> 19) & 15) << CELL_SHIFT);
        const cleared = (word >> 15) & 15;
        const end = sp + (cleared << CELL_SHIFT);
        if (base < STACK || end + OPERAND_WORDS * CELL > STACK_LIMIT || RSP >= RETURN_LIMIT) break;
        const entry =
          (<i64>(((e - DECODED) >> DECODED_SHIFT) + 1)) |
          (<i64>wordOf(fp) << ENTRY_FP) |
          (<i64>H << ENTRY_HANDLER) |
          (<i64>KIND_CALL << ENTRY_KIND) |
          (<i64>((word >> 23) & 1) << ENTRY_DROP);
        store<i64>(RETURNS + (RSP << 3), entry);
        RSP += 1;
        for (let cell = sp; cell < end; cell += CELL) setCell(cell, TAG_UNBOUND, 0);
        fp = base;
        sp = end;
        H = 0;
        if (sp > SP_PEAK) SP_PEAK = sp;
        e = load<i32>(e, IMMEDIATE_AT);
        cycles += extra(CYCLES_CALL_ENTER, EACH_CALL_ENTER, cleared, BEYOND_CALL_ENTER);
        retired += 1;
        continue;
      }
      case F_RET: {
        if (outside(sp + change(e)) || RSP == 0) break;
        const entry = load<i64>(RETURNS + ((RSP - 1) << 3));
        if (fieldOf(entry, ENTRY_KIND, ENTRY_KIND_BITS) != KIND_CALL) break;
        const base = fp - (fieldOf(entry, ENTRY_HOLE, 1) << CELL_SHIFT);
        if (fieldOf(entry, ENTRY_DROP, 1)) sp = base;
        else {
          copyCell(base, cellA(e, fp, sp));
          sp = base + CELL;
        }
        RSP -= 1;
        fp = STACK + (fieldOf(entry, ENTRY_FP, ENTRY_FP_BITS) << CELL_SHIFT);
        H = fieldOf(entry, ENTRY_HANDLER, ENTRY_HANDLER_BITS);
        const pc = fieldOf(entry, 0, ENTRY_PC_BITS);
        cycles += CYCLES_RET_RETURN;
        retired += 1;
        if (pc > MEMORY_CODE) {
          save(DECODED, sp, fp, cycles, retired);
          return leaveTo(pc);
        }
        e = DECODED + (pc << DECODED_SHIFT);
        continue;
      }
      case F_LDX: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        if (tagAt(a) != TAG_LIST || tagAt(b) != TAG_INT) break;
        const list = describingBits(bitsAt(a));
        const index = bitsAt(b);
        if (<u64>index >= <u64>fieldOf(list, LIST_LENGTH, LIST_LENGTH_BITS)) break;
        const address = addressOf(list) + <i32>index;
        if (<u32>address >= <u32>MEMORY_DATA) break;
        copyCell(cellD(e, fp, sp), DATA + (address << CELL_SHIFT));
        sp = stack;
        e += DECODED_ENTRY;
        cycles += CYCLES_LDX_LIST;
        retired += 1;
        continue;
      }
      case F_STX: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const b = cellB(e, fp, sp);
        if (tagAt(a) != TAG_LIST || tagAt(b) != TAG_INT) break;
        const list = describingBits(bitsAt(a));
        const index = bitsAt(b);
        if (<u64>index >= <u64>fieldOf(list, LIST_LENGTH, LIST_LENGTH_BITS)) break;
        const address = addressOf(list) + <i32>index;
        if (<u32>address >= <u32>MEMORY_DATA) break;
        copyCell(DATA + (address << CELL_SHIFT), cellD(e, fp, sp));
        sp = stack;
        e += DECODED_ENTRY;
        cycles += CYCLES_STX_LIST;
        retired += 1;
        continue;
      }
      case F_LDA: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        if (tagAt(a) != TAG_OBJ) break;
        const slot = slotOf(bitsAt(a), load<i32>(e, IMMEDIATE_AT));
        if (slot == 0 || tagAt(slot) == TAG_UNBOUND) break;
        copyCell(cellD(e, fp, sp), slot);
        sp = stack;
        e += DECODED_ENTRY;
        cycles += CYCLES_LDA_SLOT;
        retired += 1;
        continue;
      }
      case F_STA: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        if (tagAt(a) != TAG_OBJ) break;
        const slot = slotOf(bitsAt(a), load<i32>(e, IMMEDIATE_AT));
        if (slot == 0) break;
        copyCell(slot, cellD(e, fp, sp));
        sp = stack;
        e += DECODED_ENTRY;
        cycles += CYCLES_STA_DONE;
        retired += 1;
        continue;
      }
      case F_CALLM: {
        const word = codeOf(e);
        const count = <i32>((word >> 7) & 31) + 1;
        const base = sp - (count << CELL_SHIFT);
        if (base < STACK || tagAt(base) != TAG_OBJ) break;
        const attribute = load<i32>(e, IMMEDIATE_AT);
        const index = <i32>(<u64>bitsAt(base) >> REF_ROW) + attribute;
        if (index >= MEMORY_DISPATCH) break;
        const probed = DISPATCH + index * DISPATCH_ENTRY;
        if (load<i32>(probed) != attribute || load<i32>(probed, 4) != DISPATCH_METHOD) break;
        if (tagAt(probed + DISPATCH_VALUE) != TAG_FUNC) break;
        const func = bitsAt(probed + DISPATCH_VALUE);
        const missing = fieldOf(func, FUNC_MAX, FUNC_MAX_BITS) - count;
        if (missing < 0 || count < fieldOf(func, FUNC_MIN, FUNC_MIN_BITS)) break;
        const end = max(sp, base + (fieldOf(func, FUNC_FRAME, FUNC_FRAME_BITS) << CELL_SHIFT));
        const pc = fieldOf(func, FUNC_ENTRY, FUNC_ENTRY_BITS) - missing;
        if (end + OPERAND_WORDS * CELL > STACK_LIMIT || RSP >= RETURN_LIMIT || <u32>pc >= <u32>MEMORY_CODE) break;
        const entry =
          (<i64>(((e - DECODED) >> DECODED_SHIFT) + 1)) |
          (<i64>wordOf(fp) << ENTRY_FP) |
          (<i64>H << ENTRY_HANDLER) |
          (<i64>KIND_CALL << ENTRY_KIND) |
          (<i64>((word >> 6) & 1) << ENTRY_DROP);
        store<i64>(RETURNS + (RSP << 3), entry);
        RSP += 1;
        cycles += extra(CYCLES_CALLM_METHOD, EACH_CALLM_METHOD, (end - sp) >> CELL_SHIFT, BEYOND_CALLM_METHOD);
        for (let cell = sp; cell < end; cell += CELL) setCell(cell, TAG_UNBOUND, 0);
        fp = base;
        sp = end;
        H = 0;
        if (sp > SP_PEAK) SP_PEAK = sp;
        e = DECODED + (pc << DECODED_SHIFT);
        retired += 1;
        continue;
      }
      case F_LEN: {
        const stack = sp + change(e);
        const a = cellA(e, fp, sp);
        if (outside(stack) || tagAt(a) != TAG_LIST) break;
        const list = describingBits(bitsAt(a));
        if (list == 0) break;
        setCell(cellD(e, fp, sp), TAG_INT, fieldOf(list, LIST_LENGTH, LIST_LENGTH_BITS));
        sp = stack;
        e += DECODED_ENTRY;
        cycles += CYCLES_LEN_LIST;
        retired += 1;
        continue;
      }
      case F_FORITER: {
        const stack = sp + change(e);
        const group = cellB(e, fp, sp);
        if (outside(stack) || tagAt(group) != TAG_LIST || tagAt(group + CELL) != TAG_INT) break;
        const list = describingBits(bitsAt(group));
        const index = bitsAt(group + CELL);
        if (<u64>index >= <u64>fieldOf(list, LIST_LENGTH, LIST_LENGTH_BITS)) break;
        const address = addressOf(list) + <i32>index;
        if (<u32>address >= <u32>MEMORY_DATA) break;
        store<i64>(group + CELL, index + 1);
        copyCell(cellD(e, fp, sp), DATA + (address << CELL_SHIFT));
        sp = stack;
        e = load<i32>(e, IMMEDIATE_AT);
        cycles += CYCLES_FORITER_LIST_ITEM;
        retired += 1;
        continue;
      }
      case F_LDW: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const tag = tagAt(a);
        if ((tag & 0x80) == 0 && tag != TAG_RAW) break;
        const address = addressOf(bitsAt(a)) + load<i32>(e, IMMEDIATE_AT);
        if (<u32>address >= <u32>MEMORY_DATA) break;
        copyCell(cellD(e, fp, sp), DATA + (address << CELL_SHIFT));
        sp = stack;
        e += DECODED_ENTRY;
        cycles += CYCLES_LDW_DONE;
        retired += 1;
        continue;
      }
      case F_STW: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const a = cellA(e, fp, sp);
        const tag = tagAt(a);
        if ((tag & 0x80) == 0 && tag != TAG_RAW) break;
        const address = addressOf(bitsAt(a)) + load<i32>(e, IMMEDIATE_AT);
        if (<u32>address >= <u32>MEMORY_DATA) break;
        copyCell(DATA + (address << CELL_SHIFT), cellD(e, fp, sp));
        sp = stack;
        e += DECODED_ENTRY;
        cycles += CYCLES_STW_DONE;
        retired += 1;
        continue;
      }
      case F_EXT: {
        const stack = sp + change(e);
        if (outside(stack)) break;
        const field = load<i32>(e, IMMEDIATE_AT);
        const width = <u64>unchecked(BITFIELD_WIDTHS[(field >> 6) & 15]);
        if (width == 64) break;
        const bits = (<u64>bitsAt(cellA(e, fp, sp)) >> (field & 63)) & ((<u64>1 << width) - 1);
        setCell(cellD(e, fp, sp), TAG_INT, bits);
        sp = stack;
        e += DECODED_ENTRY;
        cycles += CYCLES_EXT_DONE;
        retired += 1;
        continue;
      }
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
