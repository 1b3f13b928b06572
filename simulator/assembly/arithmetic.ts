/** Arithmetic on INT, BOOL and FLOAT; everything else, and every overflow, goes to the operation's vector. */
import {
  CYCLES_ABS_FLOAT,
  CYCLES_ABS_INT,
  CYCLES_ADD_FLOAT,
  CYCLES_ADD_FLOAT_INT,
  CYCLES_ADD_INT,
  CYCLES_AND_INT,
  CYCLES_DIV_FLOAT,
  CYCLES_DIV_FLOAT_INT,
  CYCLES_DIV_INT,
  CYCLES_FLOOR_INT,
  CYCLES_INV_INT,
  CYCLES_MOD_INT,
  CYCLES_MUL_FLOAT,
  CYCLES_MUL_FLOAT_INT,
  CYCLES_MUL_INT,
  CYCLES_NEG_FLOAT,
  CYCLES_NEG_INT,
  CYCLES_OR_INT,
  CYCLES_SHL_INT,
  CYCLES_SHR_INT,
  CYCLES_SUB_FLOAT,
  CYCLES_SUB_FLOAT_INT,
  CYCLES_SUB_INT,
  CYCLES_XOR_INT,
  CYCLES_ZXT_INT,
  FOUND_ABS_ABS,
  FOUND_ADD_ADD,
  FOUND_AND_AND,
  FOUND_DIV_DIV,
  FOUND_FLOOR_FLOOR,
  FOUND_INV_INV,
  FOUND_MOD_MOD,
  FOUND_MUL_MUL,
  FOUND_NEG_NEG,
  FOUND_OR_OR,
  FOUND_POW_POW,
  FOUND_SHL_SHL,
  FOUND_SHR_SHR,
  FOUND_SUB_SUB,
  FOUND_XOR_XOR,
  FOUND_ZXT_ZXT,
  OP_ADD,
  OP_ADDI,
  TAG_BOOL,
  TAG_FLOAT,
  TAG_INT,
  TRAP_ABS,
  TRAP_ADD,
  TRAP_AND,
  TRAP_DIV,
  TRAP_FLOOR,
  TRAP_INV,
  TRAP_MOD,
  TRAP_MUL,
  TRAP_NEG,
  TRAP_OR,
  TRAP_POW,
  TRAP_SHL,
  TRAP_SHR,
  TRAP_SUB,
  TRAP_XOR,
  TRAP_ZXT,
} from './generated/isa';
import { fieldA, fieldB, fieldD, immediate, isInt, result, source } from './operands';
import { bitsAt, tagAt } from './state';
import { trap1, trap2 } from './trap';

/** Largest integer magnitude up to which true division of integers is one correctly rounded double division. */
const EXACT: i64 = 1 << 53;
/** The NaN that arithmetic gives: quiet, sign and payload 0, whatever the host's NaN is. */
const NAN_BITS: i64 = 0x7ff8000000000000;

/** Payload of a FLOAT result. */
// @ts-ignore: decorator
@inline
export function floatBits(value: f64): i64 {
  return value == value ? reinterpret<i64>(value) : NAN_BITS;
}

/** The number in a FLOAT, INT or BOOL word as a double, rounded to nearest. */
// @ts-ignore: decorator
@inline
function numberOf(tag: i32, bits: i64): f64 {
  return tag == TAG_FLOAT ? reinterpret<f64>(bits) : <f64>bits;
}

/** Whether x * y leaves 64 bits. */
export function multiplyOverflows(x: i64, y: i64): bool {
  // 66 leading bits that repeat the signs leave a product below 2**62.
  if (clz(x ^ (x >> 63)) + clz(y ^ (y >> 63)) >= 66) return false;
  if (x == 0 || y == 0) return false;
  if (x == -1) return y == i64.MIN_VALUE;
  if (y == -1) return x == i64.MIN_VALUE;
  return (x * y) / y != x;
}

export function floorDivide(x: i64, y: i64): i64 {
  const quotient = x / y;
  return x % y != 0 && (x ^ y) < 0 ? quotient - 1 : quotient;
}

export function modulo(x: i64, y: i64): i64 {
  if (y == -1) return 0;
  const remainder = x % y;
  return remainder != 0 && (remainder ^ y) < 0 ? remainder + y : remainder;
}

/** ADD to ZXT on registers (`op` from OP_ADD) or with an immediate (from OP_ADDI). */
export function binary(op: i32): void {
  let tagB = TAG_INT;
  let b: i64;
  let operation: i32;
  if (op >= OP_ADDI) {
    operation = op - OP_ADDI;
    b = immediate();
  } else {
    operation = op - OP_ADD;
    const cell = source(fieldB());
    tagB = tagAt(cell);
    b = bitsAt(cell);
  }
  const cell = source(fieldA());
  const tagA = tagAt(cell);
  const a = bitsAt(cell);
  if (isInt(tagA) && isInt(tagB)) {
    if (integers(operation, a, b, tagA == TAG_BOOL && tagB == TAG_BOOL)) return;
  } else if ((tagA == TAG_FLOAT || isInt(tagA)) && (tagB == TAG_FLOAT || isInt(tagB))) {
    if (floats(operation, numberOf(tagA, a), numberOf(tagB, b), tagA != tagB)) return;
  }
  // The operations and their traps are numbered alike, see TRAP_OPERATION.
  trap2(TRAP_ADD + operation, foundIn(operation), tagA, a, tagB, b);
}

/** Execute cycle in which an operation finds its trap. */
function foundIn(operation: i32): i32 {
  switch (operation + TRAP_ADD) {
    case TRAP_SUB:
      return FOUND_SUB_SUB;
    case TRAP_MUL:
      return FOUND_MUL_MUL;
    case TRAP_AND:
      return FOUND_AND_AND;
    case TRAP_OR:
      return FOUND_OR_OR;
    case TRAP_XOR:
      return FOUND_XOR_XOR;
    case TRAP_SHL:
      return FOUND_SHL_SHL;
    case TRAP_SHR:
      return FOUND_SHR_SHR;
    case TRAP_FLOOR:
      return FOUND_FLOOR_FLOOR;
    case TRAP_MOD:
      return FOUND_MOD_MOD;
    case TRAP_DIV:
      return FOUND_DIV_DIV;
    case TRAP_POW:
      return FOUND_POW_POW;
    case TRAP_ZXT:
      return FOUND_ZXT_ZXT;
    default:
      return FOUND_ADD_ADD;
  }
}

/** INT and BOOL pairs; false where the operation traps. `booleans`: both are BOOL. */
function integers(operation: i32, x: i64, y: i64, booleans: bool): bool {
  const d = fieldD();
  switch (operation + TRAP_ADD) {
    case TRAP_ADD: {
      const sum = x + y;
      if (((x ^ sum) & (y ^ sum)) < 0) return false;
      result(d, TAG_INT, sum, CYCLES_ADD_INT);
      return true;
    }
    case TRAP_SUB: {
      const difference = x - y;
      if (((x ^ y) & (x ^ difference)) < 0) return false;
      result(d, TAG_INT, difference, CYCLES_SUB_INT);
      return true;
    }
    case TRAP_MUL:
      if (multiplyOverflows(x, y)) return false;
      result(d, TAG_INT, x * y, CYCLES_MUL_INT);
      return true;
    case TRAP_AND:
      result(d, booleans ? TAG_BOOL : TAG_INT, x & y, CYCLES_AND_INT);
      return true;
    case TRAP_OR:
      result(d, booleans ? TAG_BOOL : TAG_INT, x | y, CYCLES_OR_INT);
      return true;
    case TRAP_XOR:
      result(d, booleans ? TAG_BOOL : TAG_INT, x ^ y, CYCLES_XOR_INT);
      return true;
    case TRAP_SHL:
      if (y < 0 || (x != 0 && (y > 63 || (x << y) >> y != x))) return false;
      result(d, TAG_INT, x == 0 ? 0 : x << y, CYCLES_SHL_INT);
      return true;
    case TRAP_SHR:
      if (y < 0) return false;
      result(d, TAG_INT, x >> min<i64>(y, 63), CYCLES_SHR_INT);
      return true;
    case TRAP_FLOOR:
      if (y == 0 || (y == -1 && x == i64.MIN_VALUE)) return false;
      result(d, TAG_INT, floorDivide(x, y), CYCLES_FLOOR_INT);
      return true;
    case TRAP_MOD:
      if (y == 0) return false;
      result(d, TAG_INT, modulo(x, y), CYCLES_MOD_INT);
      return true;
    case TRAP_DIV:
      if (y == 0 || x > EXACT || x < -EXACT || y > EXACT || y < -EXACT) return false;
      result(d, TAG_FLOAT, floatBits(<f64>x / <f64>y), CYCLES_DIV_INT);
      return true;
    case TRAP_ZXT:
      if (<u64>y > 63) return false;
      result(d, TAG_INT, x & (((<i64>1) << y) - 1), CYCLES_ZXT_INT);
      return true;
    default:
      return false;
  }
}

/** Pairs with a FLOAT; false where the operation traps. `mixed`: one of them is INT or BOOL. */
function floats(operation: i32, x: f64, y: f64, mixed: bool): bool {
  const d = fieldD();
  switch (operation + TRAP_ADD) {
    case TRAP_ADD:
      result(d, TAG_FLOAT, floatBits(x + y), mixed ? CYCLES_ADD_FLOAT_INT : CYCLES_ADD_FLOAT);
      return true;
    case TRAP_SUB:
      result(d, TAG_FLOAT, floatBits(x - y), mixed ? CYCLES_SUB_FLOAT_INT : CYCLES_SUB_FLOAT);
      return true;
    case TRAP_MUL:
      result(d, TAG_FLOAT, floatBits(x * y), mixed ? CYCLES_MUL_FLOAT_INT : CYCLES_MUL_FLOAT);
      return true;
    case TRAP_DIV:
      if (y == 0) return false;
      result(d, TAG_FLOAT, floatBits(x / y), mixed ? CYCLES_DIV_FLOAT_INT : CYCLES_DIV_FLOAT);
      return true;
    default:
      return false;
  }
}

export function negate(): void {
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const a = bitsAt(cell);
  if (isInt(tag) && a != i64.MIN_VALUE) result(fieldD(), TAG_INT, -a, CYCLES_NEG_INT);
  else if (tag == TAG_FLOAT) result(fieldD(), TAG_FLOAT, a ^ i64.MIN_VALUE, CYCLES_NEG_FLOAT);
  else trap1(TRAP_NEG, FOUND_NEG_NEG, tag, a);
}

export function invert(): void {
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const a = bitsAt(cell);
  if (isInt(tag)) result(fieldD(), TAG_INT, ~a, CYCLES_INV_INT);
  else trap1(TRAP_INV, FOUND_INV_INV, tag, a);
}

export function absolute(): void {
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const a = bitsAt(cell);
  if (isInt(tag) && a != i64.MIN_VALUE) result(fieldD(), TAG_INT, a < 0 ? -a : a, CYCLES_ABS_INT);
  else if (tag == TAG_FLOAT) result(fieldD(), TAG_FLOAT, a & i64.MAX_VALUE, CYCLES_ABS_FLOAT);
  else trap1(TRAP_ABS, FOUND_ABS_ABS, tag, a);
}
