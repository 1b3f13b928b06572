/** Comparisons to a value and compare-and-branch: exact between INT and FLOAT, NaN unordered. */
import {
  CYCLES_BLT_FLOAT,
  CYCLES_BLT_FLOAT_INT,
  CYCLES_BLT_INT,
  CYCLES_BEQ_NONE_AND_ANY,
  CYCLES_BEQ_STR7,
  CYCLES_CIS_DONE,
  CYCLES_BIS_DONE,
  FOUND_CEQ_EQ,
  FOUND_CIN_IN,
  OP_BEQ,
  OP_BGE,
  OP_BGT,
  OP_BIN,
  OP_BIS,
  OP_BLE,
  OP_BLT,
  OP_BNE,
  OP_BNEQ,
  OP_BNGE,
  OP_BNGT,
  OP_BNLE,
  OP_BNLT,
  OP_BNNE,
  OP_CEQ,
  OP_CGE,
  OP_CGT,
  OP_CIN,
  OP_CIS,
  OP_CLE,
  OP_CLT,
  OP_CNE,
  TAG_BOOL,
  TAG_FLOAT,
  TAG_NONE,
  TAG_OBJ,
  TAG_OBJX,
  TAG_STR7,
  TRAP_EQ,
  TRAP_EQ_BRANCH,
  TRAP_GE,
  TRAP_GE_BRANCH,
  TRAP_GT,
  TRAP_GT_BRANCH,
  TRAP_IN,
  TRAP_LE,
  TRAP_LE_BRANCH,
  TRAP_LT,
  TRAP_LT_BRANCH,
  TRAP_NE,
  TRAP_NE_BRANCH,
  TRAP_NOT_IN,
} from './generated/isa';
import { branch, fieldA, fieldB, fieldD, isInt, result, source } from './operands';
import { bitsAt, tagAt } from './state';
import { trap2 } from './trap';

const LESS: i32 = 1;
const EQUAL: i32 = 2;
const GREATER: i32 = 4;
/** A NaN is among the operands: nothing but "not equal" holds. */
const UNORDERED: i32 = 8;
/** The core does not compare these words. */
const UNKNOWN: i32 = 0;

/** Cycles of the comparison that {@link relation} last made. */
let relationCycles: i32 = 0;

function orderOfFloats(x: f64, y: f64): i32 {
  if (x < y) return LESS;
  if (x > y) return GREATER;
  return x == y ? EQUAL : UNORDERED;
}

/** Order of an integer and a double without rounding either. */
function orderOfMixed(x: i64, y: f64): i32 {
  if (y != y) return UNORDERED;
  if (y >= 9223372036854775808.0) return LESS;
  if (y < -9223372036854775808.0) return GREATER;
  const whole = Math.trunc(y);
  const integer = <i64>whole;
  if (x != integer) return x < integer ? LESS : GREATER;
  return orderOfFloats(0, y - whole);
}

function isObject(tag: i32): bool {
  return tag == TAG_OBJ || tag == TAG_OBJX;
}

/** Relation of two words. For equality (`equality`), words that are no numbers may give EQUAL or UNORDERED. */
function relation(tagA: i32, a: i64, tagB: i32, b: i64, equality: bool): i32 {
  if (isInt(tagA)) {
    if (isInt(tagB)) {
      relationCycles = CYCLES_BLT_INT;
      return a < b ? LESS : a > b ? GREATER : EQUAL;
    }
    if (tagB == TAG_FLOAT) {
      relationCycles = CYCLES_BLT_FLOAT_INT;
      return orderOfMixed(a, reinterpret<f64>(b));
    }
  } else if (tagA == TAG_FLOAT) {
    if (tagB == TAG_FLOAT) {
      relationCycles = CYCLES_BLT_FLOAT;
      return orderOfFloats(reinterpret<f64>(a), reinterpret<f64>(b));
    }
    if (isInt(tagB)) {
      relationCycles = CYCLES_BLT_FLOAT_INT;
      const order = orderOfMixed(b, reinterpret<f64>(a));
      return order == LESS ? GREATER : order == GREATER ? LESS : order;
    }
  }
  if (!equality) return UNKNOWN;
  if (tagA == TAG_STR7 && tagB == TAG_STR7) {
    relationCycles = CYCLES_BEQ_STR7;
    return a == b ? EQUAL : UNORDERED;
  }
  if ((tagA == TAG_NONE && !isObject(tagB)) || (tagB == TAG_NONE && !isObject(tagA))) {
    relationCycles = CYCLES_BEQ_NONE_AND_ANY;
    return tagA == tagB && a == b ? EQUAL : UNORDERED;
  }
  return UNKNOWN;
}

/** Relations under which a comparison, named by its value form's trap operation, holds. */
function holdsFor(operation: i32): i32 {
  switch (operation) {
    case TRAP_LT:
      return LESS;
    case TRAP_LE:
      return LESS | EQUAL;
    case TRAP_EQ:
      return EQUAL;
    case TRAP_NE:
      return LESS | GREATER | UNORDERED;
    case TRAP_GT:
      return GREATER;
    default:
      return GREATER | EQUAL;
  }
}

function comparison(operation: i32, trapOperation: i32, branches: bool, inverted: bool): void {
  const cellB = source(fieldB());
  const tagB = tagAt(cellB);
  const b = bitsAt(cellB);
  const cellA = source(fieldA());
  const tagA = tagAt(cellA);
  const a = bitsAt(cellA);
  const found = relation(tagA, a, tagB, b, operation == TRAP_EQ || operation == TRAP_NE);
  if (found == UNKNOWN) return trap2(trapOperation, FOUND_CEQ_EQ, tagA, a, tagB, b);
  const holds = (found & holdsFor(operation)) != 0;
  if (branches) branch(holds != inverted, relationCycles);
  else result(fieldD(), TAG_BOOL, holds ? 1 : 0, relationCycles);
}

export function compare(op: i32): void {
  switch (op) {
    case OP_CLT:
      return comparison(TRAP_LT, TRAP_LT, false, false);
    case OP_CLE:
      return comparison(TRAP_LE, TRAP_LE, false, false);
    case OP_CEQ:
      return comparison(TRAP_EQ, TRAP_EQ, false, false);
    case OP_CNE:
      return comparison(TRAP_NE, TRAP_NE, false, false);
    case OP_CGT:
      return comparison(TRAP_GT, TRAP_GT, false, false);
    case OP_CGE:
      return comparison(TRAP_GE, TRAP_GE, false, false);
    case OP_BLT:
    case OP_BNLT:
      return comparison(TRAP_LT, TRAP_LT_BRANCH, true, op == OP_BNLT);
    case OP_BLE:
    case OP_BNLE:
      return comparison(TRAP_LE, TRAP_LE_BRANCH, true, op == OP_BNLE);
    case OP_BEQ:
    case OP_BNEQ:
      return comparison(TRAP_EQ, TRAP_EQ_BRANCH, true, op == OP_BNEQ);
    case OP_BNE:
    case OP_BNNE:
      return comparison(TRAP_NE, TRAP_NE_BRANCH, true, op == OP_BNNE);
    case OP_BGT:
    case OP_BNGT:
      return comparison(TRAP_GT, TRAP_GT_BRANCH, true, op == OP_BNGT);
    case OP_BGE:
    case OP_BNGE:
      return comparison(TRAP_GE, TRAP_GE_BRANCH, true, op == OP_BNGE);
  }
}

/** CIS, CNIS, BIS, BNIS: equal in tag and payload. */
export function identity(op: i32): void {
  const b = source(fieldB());
  const a = source(fieldA());
  const same = tagAt(a) == tagAt(b) && bitsAt(a) == bitsAt(b);
  if (op == OP_BIS || op == OP_BIS + 1) branch(same == (op == OP_BIS), CYCLES_BIS_DONE);
  else result(fieldD(), TAG_BOOL, same == (op == OP_CIS) ? 1 : 0, CYCLES_CIS_DONE);
}

/** CIN, CNIN, BIN, BNIN: always the runtime's; the container goes first. */
export function membership(op: i32): void {
  const b = source(fieldB());
  const a = source(fieldA());
  const operation = op == OP_CIN || op == OP_BIN ? TRAP_IN : TRAP_NOT_IN;
  trap2(operation, FOUND_CIN_IN, tagAt(b), bitsAt(b), tagAt(a), bitsAt(a));
}
