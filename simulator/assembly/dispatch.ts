/**
 * The dispatch table, and the attribute instructions that probe it.
 *
 * A probe reads the entry at row + attribute number and hits where that entry's attribute is the one asked for. The row
 * is in a reference, in a CLASS word, in TROW for other immediates; an OBJX has it in its header. A CLASS word gives its
 * class values only; ISA, which asks for an attribute of whatever kind, answers for the class itself there (issubclass).
 */
import {
  CLASS_ROW,
  CLASS_ROW_BITS,
  CYCLES_DELA_DONE,
  CYCLES_ISA_DONE,
  CYCLES_LDA_CLASS_VALUE,
  CYCLES_LDA_SLOT,
  CYCLES_STA_DONE,
  DISPATCH_CLASS_VALUE,
  DISPATCH_EMPTY,
  DISPATCH_GETTER,
  DISPATCH_SLOT,
  DISPATCH_SLOT_ELSE_CLASS,
  FOUND_DELA_DELETE_ATTR,
  FOUND_LDA_LOAD_ATTR,
  FOUND_STA_STORE_ATTR,
  HDR_ROW,
  HDR_ROW_BITS,
  MEMORY_DISPATCH,
  REF_ROW,
  REF_ROW_BITS,
  TAG_BOOL,
  TAG_CLASS,
  TAG_FUNC,
  TAG_OBJX,
  TAG_UNBOUND,
  TIMING_HEADER_ROW,
  TRAP_DELETE_ATTR,
  TRAP_LOAD_ATTR,
  TRAP_STORE_ATTR,
} from './generated/isa';
import { takes } from './calls';
import { DISPATCH, DISPATCH_ENTRY, DISPATCH_VALUE, TROW } from './layout';
import { attributeOfA, fieldA, fieldB, next, result, resultCell, source } from './operands';
import { addressOf, bitsAt, copyCell, dataCell, fieldOf, setCell, tagAt } from './state';
import { enterGetter, trap1, trap2 } from './trap';

/** Entry that the last probe hit. */
let probed: i32 = 0;

// @ts-ignore: decorator
@inline
function isReference(tag: i32): bool {
  return (tag & 0x80) != 0;
}

/** Whether the row of a word with this tag costs a look into its header. */
// @ts-ignore: decorator
@inline
export function headerRow(tag: i32): bool {
  return tag == TAG_OBJX;
}

/** Row that a word's attributes are found by, or -1 after a fault. */
function rowOf(tag: i32, bits: i64): i32 {
  if (tag == TAG_OBJX) {
    const header = dataCell(addressOf(bits));
    return header == 0 ? -1 : fieldOf(bitsAt(header), HDR_ROW, HDR_ROW_BITS);
  }
  if (isReference(tag)) return fieldOf(bits, REF_ROW, REF_ROW_BITS);
  if (tag == TAG_CLASS) return fieldOf(bits, CLASS_ROW, CLASS_ROW_BITS);
  return load<u32>(TROW + ((tag & 31) << 2));
}

/** Looks an attribute up; true on a hit, which the other functions then describe. An index beyond the table misses. */
export function probe(tag: i32, bits: i64, attribute: i32): bool {
  const row = rowOf(tag, bits);
  if (row < 0 || row + attribute >= MEMORY_DISPATCH) return false;
  probed = DISPATCH + (row + attribute) * DISPATCH_ENTRY;
  return load<i32>(probed) == attribute && load<i32>(probed, 4) != DISPATCH_EMPTY;
}

export function probedKind(): i32 {
  return load<i32>(probed, 4);
}

/** Cell of the entry's value. */
export function probedValue(): i32 {
  return probed + DISPATCH_VALUE;
}

/** Cell of the instance slot that the entry names; 0 where the word is no object and has none, -1 after a fault. */
export function probedSlot(tag: i32, bits: i64): i32 {
  if (!isReference(tag)) return 0;
  const cell = dataCell(addressOf(bits) + load<i32>(probed, 8));
  return cell == 0 ? -1 : cell;
}

export function loadAttribute(): void {
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const bits = bitsAt(cell);
  const late = headerRow(tag) ? TIMING_HEADER_ROW : 0;
  if (probe(tag, bits, attributeOfA())) {
    const kind = probedKind();
    const value = probedValue();
    if (kind == DISPATCH_CLASS_VALUE) return resultCell(fieldB(), value, CYCLES_LDA_CLASS_VALUE + late);
    if (kind == DISPATCH_SLOT || kind == DISPATCH_SLOT_ELSE_CLASS) {
      const slot = probedSlot(tag, bits);
      if (slot == -1) return;
      if (slot != 0 && tagAt(slot) != TAG_UNBOUND) return resultCell(fieldB(), slot, CYCLES_LDA_SLOT + late);
      if (slot != 0 && kind == DISPATCH_SLOT_ELSE_CLASS) {
        return resultCell(fieldB(), value, CYCLES_LDA_CLASS_VALUE + late);
      }
    } else if (kind == DISPATCH_GETTER && tag != TAG_CLASS && tagAt(value) == TAG_FUNC && takes(bitsAt(value), 1)) {
      return enterGetter(bitsAt(value), FOUND_LDA_LOAD_ATTR + late, tag, bits);
    }
  }
  trap1(TRAP_LOAD_ATTR, FOUND_LDA_LOAD_ATTR + late, tag, bits);
}

/** Slot of the attribute that STA and DELA name; 0 where there is none, -1 after a fault. */
function attributeSlot(tag: i32, bits: i64): i32 {
  if (!probe(tag, bits, attributeOfA())) return 0;
  const kind = probedKind();
  return kind == DISPATCH_SLOT || kind == DISPATCH_SLOT_ELSE_CLASS ? probedSlot(tag, bits) : 0;
}

export function storeAttribute(): void {
  const value = source(fieldB());
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const bits = bitsAt(cell);
  const late = headerRow(tag) ? TIMING_HEADER_ROW : 0;
  const slot = attributeSlot(tag, bits);
  if (slot == -1) return;
  if (slot == 0) {
    return trap2(TRAP_STORE_ATTR, FOUND_STA_STORE_ATTR + late, tag, bits, tagAt(value), bitsAt(value));
  }
  copyCell(slot, value);
  next(CYCLES_STA_DONE + late);
}

export function deleteAttribute(): void {
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const bits = bitsAt(cell);
  const late = headerRow(tag) ? TIMING_HEADER_ROW : 0;
  const slot = attributeSlot(tag, bits);
  if (slot == -1) return;
  if (slot == 0 || tagAt(slot) == TAG_UNBOUND) {
    return trap1(TRAP_DELETE_ATTR, FOUND_DELA_DELETE_ATTR + late, tag, bits);
  }
  setCell(slot, TAG_UNBOUND, 0);
  next(CYCLES_DELA_DONE + late);
}

export function isInstance(): void {
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const late = headerRow(tag) ? TIMING_HEADER_ROW : 0;
  const hit = probe(tag, bitsAt(cell), attributeOfA());
  result(fieldB(), TAG_BOOL, hit ? 1 : 0, CYCLES_ISA_DONE + late);
}
