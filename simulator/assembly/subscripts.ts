/** Items, lengths, unpacking, appending, and iteration over containers. */
import {
  CYCLES_FORITER_BYTEARRAY_EXHAUSTED,
  CYCLES_FORITER_BYTEARRAY_ITEM,
  CYCLES_FORITER_BYTES_EXHAUSTED,
  CYCLES_FORITER_BYTES_ITEM,
  CYCLES_FORITER_LIST_EXHAUSTED,
  CYCLES_FORITER_LIST_ITEM,
  CYCLES_FORITER_TUPLE_EXHAUSTED,
  CYCLES_FORITER_TUPLE_ITEM,
  CYCLES_GETITER_LIST,
  CYCLES_LAPP_ROOM,
  CYCLES_LDX_BYTEARRAY,
  CYCLES_LDX_BYTES,
  CYCLES_LDX_LIST,
  CYCLES_LDX_LIST_NEGATIVE_INDEX,
  CYCLES_LDX_STR,
  CYCLES_LDX_STR7,
  CYCLES_LDX_TUPLE,
  CYCLES_LEN_BYTEARRAY,
  CYCLES_LEN_BYTES,
  CYCLES_LEN_DICT,
  CYCLES_LEN_LIST,
  CYCLES_LEN_SET,
  CYCLES_LEN_STR,
  CYCLES_LEN_STR7,
  CYCLES_LEN_TUPLE,
  CYCLES_STX_BYTEARRAY,
  CYCLES_STX_LIST,
  CYCLES_UNPACK_LIST,
  CYCLES_UNPACK_TUPLE,
  EACH_UNPACK_LIST,
  EACH_UNPACK_TUPLE,
  FAULT_FIELD,
  FAULT_RESUME,
  FAULT_STACK,
  FAULT_WRONG_TAG,
  FOUND_DELX_DELETE_ITEM,
  FOUND_FORITER_NEXT,
  FOUND_GETITER_ITER,
  FOUND_LAPP_APPEND,
  FOUND_LDX_LOAD_ITEM,
  FOUND_LEN_LEN,
  FOUND_STX_STORE_ITEM,
  FOUND_UNPACK_UNPACK,
  LIST_CAPACITY,
  LIST_CAPACITY_BITS,
  LIST_LENGTH,
  LIST_LENGTH_BITS,
  STR_WIDE_BIT,
  TAG_BYTEARRAY,
  TAG_BYTES,
  TAG_DICT,
  TAG_GEN,
  TAG_INT,
  TAG_LIST,
  TAG_SET,
  TAG_STR,
  TAG_STR7,
  TAG_TUPLE,
  TAG_UNBOUND,
  TIMING_EXHAUSTED,
  TIMING_REISSUE,
  TIMING_REISSUE_ITERATOR,
  TRAP_APPEND,
  TRAP_DELETE_ITEM,
  TRAP_ITER,
  TRAP_LEN,
  TRAP_LOAD_ITEM,
  TRAP_NEXT,
  TRAP_STORE_ITEM,
  TRAP_UNPACK,
} from './generated/isa';
import { lengthOf } from './branches';
import { iterateGenerator } from './generators';
import { CELL, CELL_SHIFT, STACK_END } from './layout';
import {
  branchOffset,
  fieldA,
  fieldB,
  fieldD,
  immediate,
  isInt,
  local,
  next,
  put,
  result,
  resultCell,
  source,
} from './operands';
import {
  CYCLES,
  PC,
  RR,
  RR_TAG,
  SP,
  addressOf,
  bitsAt,
  copyCell,
  dataCell,
  dataRange,
  describingCell,
  fault,
  fieldOf,
  setCell,
  tagAt,
  wordOf,
} from './state';
import { trap1, trap2, trap3 } from './trap';

/** Words that UNPACK pushes at most. */
const UNPACK_MAX: i32 = 32;

/** An index as Python means it: from the end where negative; -1 where it is out of range. */
function position(index: i64, length: i32): i32 {
  const at = index < 0 ? index + length : index;
  return at >= 0 && at < length ? <i32>at : -1;
}

/** Address of byte `at` of the data words from `address` on, or 0 after a fault. */
export function byteAddress(address: i32, at: i64): i32 {
  if (at > i32.MAX_VALUE || at < i32.MIN_VALUE) {
    dataCell(-1);
    return 0;
  }
  const cell = dataCell(address + <i32>(at >> 3));
  return cell == 0 ? 0 : cell + (<i32>at & 7);
}

function byteResult(d: i32, address: i32, at: i32, cycles: i32): void {
  const byte = byteAddress(address, at);
  if (byte != 0) result(d, TAG_INT, load<u8>(byte), cycles);
}

/** STR7 of one character. */
function characterResult(d: i32, character: i32, cycles: i32): void {
  result(d, TAG_STR7, 1 | (<i64>character << 8), cycles);
}

/** LDX; true where the item was there. */
function loadInline(tag: i32, bits: i64, index: i64): bool {
  const d = fieldD();
  switch (tag) {
    case TAG_LIST: {
      const describing = describingCell(bits);
      if (describing == 0) return true;
      const list = bitsAt(describing);
      const at = position(index, fieldOf(list, LIST_LENGTH, LIST_LENGTH_BITS));
      if (at < 0) return false;
      const cell = dataCell(addressOf(list) + at);
      if (cell != 0) resultCell(d, cell, index < 0 ? CYCLES_LDX_LIST_NEGATIVE_INDEX : CYCLES_LDX_LIST);
      return true;
    }
    case TAG_TUPLE: {
      const at = position(index, lengthOf(tag, bits));
      if (at < 0) return false;
      const cell = dataCell(addressOf(bits) + 1 + at);
      if (cell != 0) resultCell(d, cell, CYCLES_LDX_TUPLE);
      return true;
    }
    case TAG_STR: {
      if ((bits >> STR_WIDE_BIT) & 1) return false;
      const at = position(index, lengthOf(tag, bits));
      if (at < 0) return false;
      const byte = byteAddress(addressOf(bits) + 1, at);
      if (byte != 0) characterResult(d, load<u8>(byte), CYCLES_LDX_STR);
      return true;
    }
    case TAG_STR7: {
      const at = position(index, <i32>(bits & 0xff));
      if (at < 0) return false;
      characterResult(d, <i32>((bits >> (8 * (at + 1))) & 0xff), CYCLES_LDX_STR7);
      return true;
    }
    case TAG_BYTES: {
      const at = position(index, lengthOf(tag, bits));
      if (at < 0) return false;
      byteResult(d, addressOf(bits) + 1, at, CYCLES_LDX_BYTES);
      return true;
    }
    case TAG_BYTEARRAY: {
      const describing = describingCell(bits);
      if (describing == 0) return true;
      const array = bitsAt(describing);
      const at = position(index, fieldOf(array, LIST_LENGTH, LIST_LENGTH_BITS));
      if (at < 0) return false;
      byteResult(d, addressOf(array), at, CYCLES_LDX_BYTEARRAY);
      return true;
    }
    default:
      return false;
  }
}

export function loadItem(): void {
  const cellB = source(fieldB());
  const tagB = tagAt(cellB);
  const b = bitsAt(cellB);
  const cellA = source(fieldA());
  const tagA = tagAt(cellA);
  const a = bitsAt(cellA);
  if (isInt(tagB) && loadInline(tagA, a, b)) return;
  trap2(TRAP_LOAD_ITEM, FOUND_LDX_LOAD_ITEM, tagA, a, tagB, b);
}

/** STX; true where the item was there. */
function storeInline(tag: i32, bits: i64, index: i64, value: i32): bool {
  if (tag != TAG_LIST && tag != TAG_BYTEARRAY) return false;
  if (tag == TAG_BYTEARRAY && (!isInt(tagAt(value)) || <u64>bitsAt(value) > 255)) return false;
  const describing = describingCell(bits);
  if (describing == 0) return true;
  const list = bitsAt(describing);
  const at = position(index, fieldOf(list, LIST_LENGTH, LIST_LENGTH_BITS));
  if (at < 0) return false;
  if (tag == TAG_LIST) {
    const cell = dataCell(addressOf(list) + at);
    if (cell == 0) return true;
    copyCell(cell, value);
    next(CYCLES_STX_LIST);
  } else {
    const byte = byteAddress(addressOf(list), at);
    if (byte == 0) return true;
    store<u8>(byte, <u8>bitsAt(value));
    next(CYCLES_STX_BYTEARRAY);
  }
  return true;
}

export function storeItem(): void {
  const value = source(fieldD());
  const tagV = tagAt(value);
  const v = bitsAt(value);
  const cellB = source(fieldB());
  const tagB = tagAt(cellB);
  const b = bitsAt(cellB);
  const cellA = source(fieldA());
  const tagA = tagAt(cellA);
  const a = bitsAt(cellA);
  if (isInt(tagB) && storeInline(tagA, a, b, value)) return;
  trap3(TRAP_STORE_ITEM, FOUND_STX_STORE_ITEM, tagA, a, tagB, b, tagV, v);
}

export function deleteItem(): void {
  const b = source(fieldB());
  const a = source(fieldA());
  trap2(TRAP_DELETE_ITEM, FOUND_DELX_DELETE_ITEM, tagAt(a), bitsAt(a), tagAt(b), bitsAt(b));
}

function containerLength(bits: i64, cycles: i32): void {
  const describing = describingCell(bits);
  if (describing != 0) {
    result(fieldD(), TAG_INT, fieldOf(bitsAt(describing), LIST_LENGTH, LIST_LENGTH_BITS), cycles);
  }
}

export function length(): void {
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const bits = bitsAt(cell);
  switch (tag) {
    case TAG_TUPLE:
      return result(fieldD(), TAG_INT, lengthOf(tag, bits), CYCLES_LEN_TUPLE);
    case TAG_STR:
      return result(fieldD(), TAG_INT, lengthOf(tag, bits), CYCLES_LEN_STR);
    case TAG_STR7:
      return result(fieldD(), TAG_INT, bits & 0xff, CYCLES_LEN_STR7);
    case TAG_BYTES:
      return result(fieldD(), TAG_INT, lengthOf(tag, bits), CYCLES_LEN_BYTES);
    case TAG_LIST:
      return containerLength(bits, CYCLES_LEN_LIST);
    case TAG_DICT:
      return containerLength(bits, CYCLES_LEN_DICT);
    case TAG_SET:
      return containerLength(bits, CYCLES_LEN_SET);
    case TAG_BYTEARRAY:
      return containerLength(bits, CYCLES_LEN_BYTEARRAY);
    default:
      return trap1(TRAP_LEN, FOUND_LEN_LEN, tag, bits);
  }
}

/** Pushes `count` items of the data RAM, the last first. */
function pushItems(address: i32, count: i32, cycles: i32): void {
  if (!dataRange(address, count)) return;
  if (SP + count * CELL > STACK_END) return fault(FAULT_STACK, wordOf(SP));
  const first = dataCell(address);
  for (let i = count - 1; i >= 0; i--) {
    copyCell(SP, first + (i << CELL_SHIFT));
    SP += CELL;
  }
  next(cycles);
}

export function unpack(): void {
  const count = immediate();
  if (<u32>count > <u32>UNPACK_MAX) return fault(FAULT_FIELD, count);
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const bits = bitsAt(cell);
  if (tag == TAG_TUPLE && lengthOf(tag, bits) == count) {
    return pushItems(addressOf(bits) + 1, count, CYCLES_UNPACK_TUPLE + EACH_UNPACK_TUPLE * count);
  }
  if (tag == TAG_LIST) {
    const describing = describingCell(bits);
    if (describing == 0) return;
    const list = bitsAt(describing);
    if (fieldOf(list, LIST_LENGTH, LIST_LENGTH_BITS) == count) {
      return pushItems(addressOf(list), count, CYCLES_UNPACK_LIST + EACH_UNPACK_LIST * count);
    }
  }
  trap1(TRAP_UNPACK, FOUND_UNPACK_UNPACK, tag, bits);
}

/** Re-issue of UNPACK: RR is a TUPLE of n. */
export function resumeUnpack(): void {
  const count = immediate();
  if (RR_TAG != TAG_TUPLE || lengthOf(RR_TAG, RR) != count) return fault(FAULT_RESUME, RR_TAG);
  pushItems(addressOf(RR) + 1, count, CYCLES_UNPACK_TUPLE + EACH_UNPACK_TUPLE * count);
}

export function append(): void {
  const value = source(fieldB());
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const bits = bitsAt(cell);
  if (tag == TAG_LIST) {
    const describing = describingCell(bits);
    if (describing == 0) return;
    const list = bitsAt(describing);
    const count = fieldOf(list, LIST_LENGTH, LIST_LENGTH_BITS);
    if (count < fieldOf(list, LIST_CAPACITY, LIST_CAPACITY_BITS)) {
      const item = dataCell(addressOf(list) + count);
      if (item == 0) return;
      copyCell(item, value);
      store<i64>(describing, list + (<i64>1 << LIST_LENGTH));
      return next(CYCLES_LAPP_ROOM);
    }
  }
  trap2(TRAP_APPEND, FOUND_LAPP_APPEND, tag, bits, tagAt(value), bitsAt(value));
}

/** Writes an iterator and position 0 to the group of two locals that GETITER names. */
function startIteration(tag: i32, bits: i64, cycles: i32): void {
  const group = local(fieldD());
  setCell(group, tag, bits);
  setCell(group + CELL, TAG_INT, 0);
  next(cycles);
}

export function getIterator(): void {
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const bits = bitsAt(cell);
  switch (tag) {
    case TAG_LIST:
    case TAG_TUPLE:
    case TAG_BYTES:
    case TAG_BYTEARRAY:
    case TAG_GEN:
      return startIteration(tag, bits, CYCLES_GETITER_LIST);
    default:
      return trap1(TRAP_ITER, FOUND_GETITER_ITER, tag, bits);
  }
}

/** Re-issue of GETITER: RR is the iterator. */
export function resumeGetIterator(): void {
  startIteration(RR_TAG, RR, TIMING_REISSUE_ITERATOR);
}

/** FORITER goes on with an item: the position first, then the destination. */
function item(group: i32, at: i64, tag: i32, bits: i64, cycles: i32): void {
  setCell(group + CELL, TAG_INT, at + 1);
  put(fieldA(), tag, bits);
  PC += branchOffset();
  CYCLES += cycles;
}

export function iterate(): void {
  const group = local(fieldB());
  const tag = tagAt(group);
  const bits = bitsAt(group);
  if (tag == TAG_GEN) return iterateGenerator(bits);
  if (tag != TAG_LIST && tag != TAG_TUPLE && tag != TAG_BYTES && tag != TAG_BYTEARRAY) {
    return trap1(TRAP_NEXT, FOUND_FORITER_NEXT, tag, bits);
  }
  if (tagAt(group + CELL) != TAG_INT) return fault(FAULT_WRONG_TAG, tagAt(group + CELL));
  const at = bitsAt(group + CELL);
  let address = addressOf(bits) + 1;
  let count = 0;
  if (tag == TAG_LIST || tag == TAG_BYTEARRAY) {
    const describing = describingCell(bits);
    if (describing == 0) return;
    address = addressOf(bitsAt(describing));
    count = fieldOf(bitsAt(describing), LIST_LENGTH, LIST_LENGTH_BITS);
  } else {
    count = lengthOf(tag, bits);
  }
  if (<u64>at >= <u64>count) {
    next(
      tag == TAG_LIST
        ? CYCLES_FORITER_LIST_EXHAUSTED
        : tag == TAG_TUPLE
          ? CYCLES_FORITER_TUPLE_EXHAUSTED
          : tag == TAG_BYTES
            ? CYCLES_FORITER_BYTES_EXHAUSTED
            : CYCLES_FORITER_BYTEARRAY_EXHAUSTED,
    );
    return;
  }
  if (tag == TAG_LIST || tag == TAG_TUPLE) {
    const cell = dataCell(address + <i32>at);
    if (cell == 0) return;
    const cycles = tag == TAG_LIST ? CYCLES_FORITER_LIST_ITEM : CYCLES_FORITER_TUPLE_ITEM;
    item(group, at, tagAt(cell), bitsAt(cell), cycles);
  } else {
    const byte = byteAddress(address, at);
    if (byte == 0) return;
    const cycles = tag == TAG_BYTES ? CYCLES_FORITER_BYTES_ITEM : CYCLES_FORITER_BYTEARRAY_ITEM;
    item(group, at, TAG_INT, load<u8>(byte), cycles);
  }
}

/** Re-issue of FORITER: RR is the next item, or UNBOUND at the end. */
export function resumeIterate(): void {
  if (RR_TAG == TAG_UNBOUND) return next(TIMING_EXHAUSTED);
  put(fieldA(), RR_TAG, RR);
  PC += branchOffset();
  CYCLES += TIMING_REISSUE;
}
