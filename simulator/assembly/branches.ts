/** Branches on truth, bits and tags, and the counted loops. */
import {
  CYCLES_BBS_INT,
  CYCLES_BTAG_DONE,
  CYCLES_BT_BYTES,
  CYCLES_BT_DICT,
  CYCLES_BT_FLOAT,
  CYCLES_BT_FUNCTION,
  CYCLES_BT_GENERATOR,
  CYCLES_BT_INT,
  CYCLES_BT_LIST,
  CYCLES_BT_NONE,
  CYCLES_BT_SET,
  CYCLES_BT_STR,
  CYCLES_BT_STR7,
  CYCLES_BT_TUPLE,
  CYCLES_BUNB_DONE,
  CYCLES_FORR_DONE,
  CYCLES_FORS_DONE,
  CYCLES_RNGCK_INT,
  FAULT_WRONG_TAG,
  FOUND_BBS_BIT_TEST,
  FOUND_BT_TRUTH,
  FOUND_RNGCK_INDEX,
  LIST_LENGTH,
  LIST_LENGTH_BITS,
  REF_LENGTH,
  REF_LENGTH_BITS,
  STR_WIDE_BIT,
  TAG_BOOL,
  TAG_BYTES,
  TAG_CLASS,
  TAG_DICT,
  TAG_FLOAT,
  TAG_FUNC,
  TAG_GEN,
  TAG_INT,
  TAG_LIST,
  TAG_NONE,
  TAG_SET,
  TAG_STR,
  TAG_STR7,
  TAG_TUPLE,
  TAG_UNBOUND,
  TRAP_BIT_TEST,
  TRAP_INDEX,
  TRAP_TRUTH,
} from './generated/isa';
import { CELL } from './layout';
import { branch, fieldA, fieldB, fieldD, isInt, local, result, source } from './operands';
import { bitsAt, describingCell, fault, fieldOf, setCell, tagAt } from './state';
import { trap1 } from './trap';

/** Items of a TUPLE, BYTES or STR, from the reference. */
export function lengthOf(tag: i32, bits: i64): i32 {
  return fieldOf(bits, REF_LENGTH, tag == TAG_STR ? STR_WIDE_BIT - REF_LENGTH : REF_LENGTH_BITS);
}

/** BT (`wanted` true) and BF. */
export function truthBranch(wanted: bool): void {
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const bits = bitsAt(cell);
  switch (tag) {
    case TAG_BOOL:
    case TAG_INT:
      return branch((bits != 0) == wanted, CYCLES_BT_INT);
    case TAG_FLOAT:
      return branch((reinterpret<f64>(bits) != 0) == wanted, CYCLES_BT_FLOAT);
    case TAG_NONE:
      return branch(!wanted, CYCLES_BT_NONE);
    case TAG_STR7:
      return branch(((bits & 0xff) != 0) == wanted, CYCLES_BT_STR7);
    case TAG_STR:
      return branch((lengthOf(tag, bits) != 0) == wanted, CYCLES_BT_STR);
    case TAG_TUPLE:
      return branch((lengthOf(tag, bits) != 0) == wanted, CYCLES_BT_TUPLE);
    case TAG_BYTES:
      return branch((lengthOf(tag, bits) != 0) == wanted, CYCLES_BT_BYTES);
    case TAG_FUNC:
    case TAG_CLASS:
      return branch(wanted, CYCLES_BT_FUNCTION);
    case TAG_GEN:
      return branch(wanted, CYCLES_BT_GENERATOR);
    case TAG_LIST:
      return containerBranch(bits, wanted, CYCLES_BT_LIST);
    case TAG_DICT:
      return containerBranch(bits, wanted, CYCLES_BT_DICT);
    case TAG_SET:
      return containerBranch(bits, wanted, CYCLES_BT_SET);
    default:
      return trap1(TRAP_TRUTH, FOUND_BT_TRUTH, tag, bits);
  }
}

function containerBranch(bits: i64, wanted: bool, cycles: i32): void {
  const cell = describingCell(bits);
  if (cell != 0) branch((fieldOf(bitsAt(cell), LIST_LENGTH, LIST_LENGTH_BITS) != 0) == wanted, cycles);
}

/** BBS (`wanted` true) and BBC. Bits from 63 on are the sign. */
export function bitBranch(wanted: bool): void {
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const bits = bitsAt(cell);
  if (!isInt(tag)) return trap1(TRAP_BIT_TEST, FOUND_BBS_BIT_TEST, tag, bits);
  branch((((bits >> min(fieldB(), 63)) & 1) != 0) == wanted, CYCLES_BBS_INT);
}

/** BTAG (`wanted` true) and BNTAG; the field holds a tag number. */
export function tagBranch(wanted: bool): void {
  const cell = source(fieldA());
  branch(((tagAt(cell) & 31) == (fieldB() & 31)) == wanted, CYCLES_BTAG_DONE);
}

/** BUNB (`wanted` true) and BBND. */
export function unboundBranch(wanted: bool): void {
  branch((tagAt(source(fieldA())) == TAG_UNBOUND) == wanted, CYCLES_BUNB_DONE);
}

/** FORR: while i < last, i += 1 and branch. */
export function rangeLoop(): void {
  const last = source(fieldB());
  const i = local(fieldA());
  if (tagAt(i) != TAG_INT || tagAt(last) != TAG_INT) return fault(FAULT_WRONG_TAG, tagAt(i));
  const value = bitsAt(i);
  const again = value < bitsAt(last);
  if (again) setCell(i, TAG_INT, value + 1);
  branch(again, CYCLES_FORR_DONE);
}

/** FORS: a next value beyond 64 bits ends the loop. A step of 0 counts as negative; the compiler never makes one. */
export function stepLoop(): void {
  const i = local(fieldA());
  const group = local(fieldB());
  if (tagAt(i) != TAG_INT || tagAt(group) != TAG_INT || tagAt(group + CELL) != TAG_INT) {
    return fault(FAULT_WRONG_TAG, tagAt(i));
  }
  const value = bitsAt(i);
  const step = bitsAt(group);
  const last = bitsAt(group + CELL);
  const following = value + step;
  const overflows = ((value ^ following) & (step ^ following)) < 0;
  const again = !overflows && (step > 0 ? following <= last : following >= last);
  if (again) setCell(i, TAG_INT, following);
  branch(again, CYCLES_FORS_DONE);
}

export function rangeCheck(): void {
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const bits = bitsAt(cell);
  if (isInt(tag)) result(fieldD(), TAG_INT, bits, CYCLES_RNGCK_INT);
  else trap1(TRAP_INDEX, FOUND_RNGCK_INDEX, tag, bits);
}
