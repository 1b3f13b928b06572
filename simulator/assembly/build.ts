/**
 * Allocation, and the instructions that make objects, cells and closures.
 *
 * A block comes from the free list of its size class, else from the unused heap. The header's length field holds the
 * words asked for (header included); the block itself has the words of its size class, and where it is larger than the
 * largest class, as many as asked for and the last class's number. Blocks on a free list hold UNBOUND.
 */
import {
  CAUSE_ALLOCATE,
  CAUSE_UNBOUND_CELL,
  CLASS_ROW,
  CLASS_ROW_BITS,
  CLASS_WORDS,
  CLASS_WORDS_BITS,
  CYCLES_ALLOC_DONE,
  CYCLES_BLIST_DONE,
  CYCLES_BTUP_DONE,
  CYCLES_LDCELL_DONE,
  CYCLES_LDDEREF_DONE,
  CYCLES_LDENV_DONE,
  CYCLES_MKCELL_DONE,
  CYCLES_MKCLO_DONE,
  CYCLES_NEW_DONE,
  CYCLES_STCELL_DONE,
  CYCLES_STDEREF_DONE,
  EACH_BLIST_DONE,
  EACH_BTUP_DONE,
  EACH_MKCLO_DONE,
  FAULT_FIELD,
  FAULT_WRONG_TAG,
  FOUND_ALLOC_ALLOCATE,
  FOUND_BLIST_ALLOCATE,
  FOUND_BMAP_BUILD_MAP,
  FOUND_BSET_BUILD_SET,
  FOUND_BSLICE_BUILD_SLICE,
  FOUND_BTUP_ALLOCATE,
  FOUND_LDCELL_UNBOUND_CELL,
  FOUND_LDDEREF_UNBOUND_CELL,
  FOUND_LDENV_UNBOUND_CELL,
  FOUND_MKCELL_ALLOCATE,
  FOUND_MKCLO_ALLOCATE,
  FOUND_NEW_ALLOCATE,
  HDR_LENGTH,
  HDR_LINK,
  HDR_LINK_BITS,
  HDR_ROW,
  HDR_SIZE_CLASS,
  LIST_CAPACITY,
  LIST_LENGTH,
  MEMORY_DATA,
  OP_BMAP,
  OP_BSET,
  OP_BSLICE,
  REF_LENGTH,
  REF_ROW,
  SIZE_CLASSES,
  SIZE_CLASS_COUNT,
  TAG_CELL,
  TAG_CLASS,
  TAG_CLOSURE,
  TAG_FUNC,
  TAG_HDR,
  TAG_INT,
  TAG_LIST,
  TAG_OBJ,
  TAG_RAW,
  TAG_TUPLE,
  TAG_UNBOUND,
  TIMING_REISSUE,
  TRAP_BUILD_MAP,
  TRAP_BUILD_SET,
  TRAP_BUILD_SLICE,
} from './generated/isa';
import { CELL, CELL_SHIFT, FREE, TROW } from './layout';
import { globalCell, holds } from './moves';
import {
  fieldA,
  fieldB,
  fieldD,
  fieldDofK,
  fieldK,
  immediate,
  next,
  put,
  result,
  resultCell,
  source,
} from './operands';
import {
  FP,
  HBASE,
  HLIM,
  HPEAK,
  HTOP,
  RR,
  RR_TAG,
  SP,
  addressOf,
  bitsAt,
  copyCell,
  dataCell,
  dataRange,
  fault,
  setCell,
  tagAt,
} from './state';
import { retryTrap, systemTrap, trap0 } from './trap';

/** Words that the build instructions take from the stack at most. */
const ITEMS_MAX: i32 = 32;
/** Items that a new list has room for at least. */
const LIST_ROOM: i32 = 4;
/** Words of a list's or dict's own block. */
const DESCRIBED_WORDS: i32 = 2;

/** Size class of a block; that of the largest blocks is the last one too. */
function classOf(words: i32): i32 {
  for (let i = 0; i < SIZE_CLASS_COUNT; i++) if (<i32>unchecked(SIZE_CLASSES[i]) >= words) return i;
  return SIZE_CLASS_COUNT - 1;
}

/** Words that a block of `words` occupies. */
export function blockWords(words: i32): i32 {
  const size = <i32>unchecked(SIZE_CLASSES[classOf(words)]);
  return size >= words ? size : words;
}

/** Head of the free list that a block of `words` comes from; 0 where it comes from the unused heap. */
function freeBlock(words: i32): i32 {
  const sizeClass = classOf(words);
  return <i32>unchecked(SIZE_CLASSES[sizeClass]) >= words ? load<u32>(FREE + (sizeClass << 2)) : 0;
}

/** Whether two blocks, of different size classes, can be had at once; `second` 0 for one only. */
export function available(first: i32, second: i32): bool {
  let heap = 0;
  if (freeBlock(first) == 0) heap = blockWords(first);
  if (second != 0 && freeBlock(second) == 0) heap += blockWords(second);
  return HTOP + heap <= HLIM;
}

function linkOf(address: i32): i32 {
  const cell = dataCell(address);
  return cell == 0 ? 0 : <i32>(bitsAt(cell) >> HDR_LINK) & ((1 << HDR_LINK_BITS) - 1);
}

/**
 * Takes a block that is known to be available and writes its header. Address of the block, or -1 after a fault (a free
 * list that leads outside the memory).
 */
export function allocate(words: i32, row: i32): i32 {
  const sizeClass = classOf(words);
  let address = freeBlock(words);
  if (address != 0) {
    if (!dataRange(address, blockWords(words))) return -1;
    store<u32>(FREE + (sizeClass << 2), linkOf(address));
  } else {
    address = HTOP;
    HTOP += blockWords(words);
    if (HTOP - HBASE > HPEAK) HPEAK = HTOP - HBASE;
    if (!dataRange(address, blockWords(words))) return -1;
  }
  setCell(
    dataCell(address),
    TAG_HDR,
    (<i64>row << HDR_ROW) | (<i64>words << HDR_LENGTH) | (<i64>sizeClass << HDR_SIZE_CLASS),
  );
  return address;
}

// @ts-ignore: decorator
@inline
export function rowOfTag(tag: i32): i32 {
  return load<u32>(TROW + ((tag & 31) << 2));
}

/** Payload of a reference. */
export function reference(address: i32, length: i32, row: i32): i64 {
  return <i64>address | (<i64>length << REF_LENGTH) | (<i64>row << REF_ROW);
}

/** NEW: an instance of the CLASS in a constant. */
export function newObject(): void {
  const cell = globalCell(fieldK());
  if (cell == 0) return;
  if (tagAt(cell) != TAG_CLASS) return fault(FAULT_WRONG_TAG, tagAt(cell));
  const words = max(1, <i32>(bitsAt(cell) >> CLASS_WORDS) & ((1 << CLASS_WORDS_BITS) - 1));
  const row = <i32>(bitsAt(cell) >> CLASS_ROW) & ((1 << CLASS_ROW_BITS) - 1);
  if (!available(words, 0)) return retryTrap(CAUSE_ALLOCATE, FOUND_NEW_ALLOCATE);
  const address = allocate(words, row);
  if (address >= 0) result(fieldDofK(), TAG_OBJ, reference(address, 0, row), CYCLES_NEW_DONE);
}

/** True where `count` is 0 to 32 and the stack holds as many words. */
function itemsOnStack(count: i32): bool {
  if (<u32>count > <u32>ITEMS_MAX) {
    fault(FAULT_FIELD, count);
    return false;
  }
  return holds(count);
}

/** Pops `count` words into the data words from `address` on. */
function popItems(address: i32, count: i32): void {
  SP -= count << CELL_SHIFT;
  if (count > 0) memory.copy(dataCell(address), SP, count << CELL_SHIFT);
}

export function buildTuple(): void {
  const count = fieldK();
  if (!itemsOnStack(count)) return;
  if (!available(1 + count, 0)) return retryTrap(CAUSE_ALLOCATE, FOUND_BTUP_ALLOCATE);
  const row = rowOfTag(TAG_TUPLE);
  const address = allocate(1 + count, row);
  if (address < 0) return;
  popItems(address + 1, count);
  result(fieldDofK(), TAG_TUPLE, reference(address, count, row), CYCLES_BTUP_DONE + EACH_BTUP_DONE * count);
}

export function buildList(): void {
  const count = fieldK();
  if (!itemsOnStack(count)) return;
  // At least 5 words: never of the size class of the list's own block.
  const storage = 1 + max(LIST_ROOM, count);
  if (!available(DESCRIBED_WORDS, storage)) return retryTrap(CAUSE_ALLOCATE, FOUND_BLIST_ALLOCATE);
  const row = rowOfTag(TAG_LIST);
  const address = allocate(DESCRIBED_WORDS, row);
  if (address < 0) return;
  const items = allocate(storage, 0);
  if (items < 0) return;
  popItems(items + 1, count);
  const capacity = blockWords(storage) - 1;
  setCell(
    dataCell(address + 1),
    TAG_RAW,
    <i64>(items + 1) | (<i64>count << LIST_LENGTH) | (<i64>capacity << LIST_CAPACITY),
  );
  result(fieldDofK(), TAG_LIST, reference(address, 0, row), CYCLES_BLIST_DONE + EACH_BLIST_DONE * count);
}

/** MKCLO: the FUNC is popped before the captured words where it is on the stack. */
export function makeClosure(): void {
  const count = immediate();
  const func = source(fieldA());
  const code = bitsAt(func);
  if (tagAt(func) != TAG_FUNC) return fault(FAULT_WRONG_TAG, tagAt(func));
  if (!itemsOnStack(count)) return;
  if (!available(2 + count, 0)) return retryTrap(CAUSE_ALLOCATE, FOUND_MKCLO_ALLOCATE);
  const row = rowOfTag(TAG_CLOSURE);
  const address = allocate(2 + count, row);
  if (address < 0) return;
  setCell(dataCell(address + 1), TAG_FUNC, code);
  popItems(address + 2, count);
  result(fieldD(), TAG_CLOSURE, reference(address, 0, row), CYCLES_MKCLO_DONE + EACH_MKCLO_DONE * count);
}

export function makeCell(): void {
  const value = source(fieldA());
  if (!available(2, 0)) return retryTrap(CAUSE_ALLOCATE, FOUND_MKCELL_ALLOCATE);
  const row = rowOfTag(TAG_CELL);
  const address = allocate(2, row);
  if (address < 0) return;
  copyCell(dataCell(address + 1), value);
  result(fieldD(), TAG_CELL, reference(address, 0, row), CYCLES_MKCELL_DONE);
}

/** ALLOC: a raw block. More words than the memory has are "no block left", not a fault. */
export function allocateRaw(): void {
  const cell = source(fieldA());
  const words = bitsAt(cell);
  if (tagAt(cell) != TAG_INT) return fault(FAULT_WRONG_TAG, tagAt(cell));
  if (words < 1) return fault(FAULT_FIELD, <i32>words);
  if (words > MEMORY_DATA || !available(<i32>words, 0)) return retryTrap(CAUSE_ALLOCATE, FOUND_ALLOC_ALLOCATE);
  const address = allocate(<i32>words, 0);
  if (address >= 0) result(fieldD(), TAG_RAW, address, CYCLES_ALLOC_DONE);
}

/** BMAP, BSET, BSLICE: the runtime builds from the words on the stack, which stay there until the re-issue. */
export function buildByRuntime(op: i32): void {
  if (op == OP_BMAP) trap0(TRAP_BUILD_MAP, FOUND_BMAP_BUILD_MAP);
  else if (op == OP_BSET) trap0(TRAP_BUILD_SET, FOUND_BSET_BUILD_SET);
  else trap0(TRAP_BUILD_SLICE, FOUND_BSLICE_BUILD_SLICE);
}

/** Words on the stack that a start, stop and step take. */
const SLICE_WORDS: i32 = 3;

export function resumeBuild(op: i32): void {
  const count = op == OP_BSLICE ? SLICE_WORDS : op == OP_BSET ? fieldK() : 2 * fieldK();
  if (!holds(count)) return;
  SP -= count << CELL_SHIFT;
  put(fieldDofK(), RR_TAG, RR);
  next(TIMING_REISSUE);
}

/** Cell of captured word k of the running closure, or 0 after a fault. */
function captured(k: i32): i32 {
  const environment = FP - CELL;
  if (tagAt(environment) != TAG_CLOSURE) {
    fault(FAULT_WRONG_TAG, tagAt(environment));
    return 0;
  }
  return dataCell(addressOf(bitsAt(environment)) + 2 + k);
}

/** Cell of the content of a CELL word, or 0 after a fault. */
function contentOf(cell: i32): i32 {
  if (tagAt(cell) != TAG_CELL) {
    fault(FAULT_WRONG_TAG, tagAt(cell));
    return 0;
  }
  return dataCell(addressOf(bitsAt(cell)) + 1);
}

export function loadCaptured(): void {
  const cell = captured(fieldK());
  if (cell == 0) return;
  if (tagAt(cell) == TAG_UNBOUND) systemTrap(CAUSE_UNBOUND_CELL, FOUND_LDENV_UNBOUND_CELL);
  else resultCell(fieldDofK(), cell, CYCLES_LDENV_DONE);
}

export function loadThroughCell(): void {
  const cell = captured(fieldK());
  if (cell == 0) return;
  const content = contentOf(cell);
  if (content == 0) return;
  if (tagAt(content) == TAG_UNBOUND) systemTrap(CAUSE_UNBOUND_CELL, FOUND_LDDEREF_UNBOUND_CELL);
  else resultCell(fieldDofK(), content, CYCLES_LDDEREF_DONE);
}

export function storeThroughCell(): void {
  const value = source(fieldDofK());
  const cell = captured(fieldK());
  if (cell == 0) return;
  const content = contentOf(cell);
  if (content == 0) return;
  copyCell(content, value);
  next(CYCLES_STDEREF_DONE);
}

export function loadCell(): void {
  const content = contentOf(source(fieldA()));
  if (content == 0) return;
  if (tagAt(content) == TAG_UNBOUND) systemTrap(CAUSE_UNBOUND_CELL, FOUND_LDCELL_UNBOUND_CELL);
  else resultCell(fieldD(), content, CYCLES_LDCELL_DONE);
}

export function storeCell(): void {
  const value = source(fieldB());
  const content = contentOf(source(fieldA()));
  if (content == 0) return;
  copyCell(content, value);
  next(CYCLES_STCELL_DONE);
}
