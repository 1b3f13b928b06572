/** Raw words: the runtime's instructions on memory, payloads and tables. A wrong tag faults, it never raises. */
import {
  BITFIELD_WIDTHS,
  CYCLES_CLZ_DONE,
  CYCLES_CVT_FLOAT,
  CYCLES_CVT_INT,
  CYCLES_DTKD_DONE,
  CYCLES_DTRD_DONE,
  CYCLES_DTWR_DONE,
  CYCLES_EXT_DONE,
  CYCLES_FSQRT_FLOAT,
  CYCLES_FSQRT_INT,
  CYCLES_GLRD_DONE,
  CYCLES_HASH_FLOAT,
  CYCLES_HASH_INT,
  CYCLES_HASH_NONE,
  CYCLES_HASH_STR7,
  CYCLES_INS_DONE,
  CYCLES_LDB_DONE,
  CYCLES_LDHX_DONE,
  CYCLES_LDW_DONE,
  CYCLES_LDXR_DONE,
  CYCLES_MCLR_DONE,
  CYCLES_MCPY_DONE,
  CYCLES_MULHU_DONE,
  CYCLES_RADD_DONE,
  CYCLES_RMUL_DONE,
  CYCLES_RSHL_DONE,
  CYCLES_RSHR_DONE,
  CYCLES_RSUB_DONE,
  CYCLES_RULT_DONE,
  CYCLES_STB_DONE,
  CYCLES_STW_DONE,
  CYCLES_STXR_DONE,
  CYCLES_TAGR_DONE,
  CYCLES_TAGW_DONE,
  CYCLES_TINS_DONE,
  EACH_MCLR_DONE,
  EACH_MCPY_DONE,
  FAULT_ADDRESS,
  FAULT_FIELD,
  FAULT_STACK,
  FAULT_WRONG_TAG,
  FOUND_CVT_CONVERT,
  FOUND_FSQRT_SQRT,
  FOUND_HASH_HASH,
  LIST_CAPACITY,
  LIST_CAPACITY_BITS,
  MEMORY_CODE,
  MEMORY_DISPATCH,
  OP_MULHU,
  OP_RADD,
  OP_RMUL,
  OP_RSHL,
  OP_RSHR,
  OP_RSUB,
  OP_RULT,
  TAG_FLOAT,
  TAG_INT,
  TAG_NONE,
  TAG_RAW,
  TAG_STR7,
  TRAP_CONVERT,
  TRAP_HASH,
  TRAP_SQRT,
} from './generated/isa';
import { floatBits } from './arithmetic';
import { CELL_SHIFT, CODE, DISPATCH, DISPATCH_ENTRY, DISPATCH_VALUE } from './layout';
import { globalCell } from './moves';
import { fieldA, fieldB, fieldD, immediate, isInt, local, next, result, resultCell, source } from './operands';
import { byteAddress } from './subscripts';
import { RSP, addressOf, bitsAt, clearCells, copyCell, dataCell, dataRange, fault, setCell, tagAt } from './state';
import { entryAt, entryPc, trap1 } from './trap';

/** Words that one MCPY copies and one MCLR clears at most. */
const COPY_MAX: i32 = 16;
const CLEAR_MAX: i32 = 32;

/** Multiplier of the hash, 2**32 divided by the golden ratio. */
const HASH_FACTOR: u64 = 0x9e3779b1;

/** Data address in a reference or RAW cell, or a faulting -1. */
function baseOf(cell: i32): i32 {
  const tag = tagAt(cell);
  if ((tag & 0x80) != 0 || tag == TAG_RAW) return addressOf(bitsAt(cell));
  fault(FAULT_WRONG_TAG, tag);
  return -1;
}

/** INT in a cell; faults otherwise. */
function intOf(cell: i32): i64 {
  if (!isInt(tagAt(cell))) fault(FAULT_WRONG_TAG, tagAt(cell));
  return bitsAt(cell);
}

/** Cell of the data word at `base` + `offset`, or 0 after a fault. */
function wordCell(base: i32, offset: i64): i32 {
  if (base < 0) return 0;
  return dataCell(offset > -0x1000000 && offset < 0x1000000 ? base + <i32>offset : -1);
}

export function loadWord(): void {
  const cell = wordCell(baseOf(source(fieldA())), immediate());
  if (cell != 0) resultCell(fieldD(), cell, CYCLES_LDW_DONE);
}

export function storeWord(): void {
  const value = source(fieldD());
  const cell = wordCell(baseOf(source(fieldA())), immediate());
  if (cell == 0) return;
  copyCell(cell, value);
  next(CYCLES_STW_DONE);
}

export function loadIndexed(): void {
  const index = intOf(source(fieldB()));
  const cell = wordCell(baseOf(source(fieldA())), index);
  if (cell != 0) resultCell(fieldD(), cell, CYCLES_LDXR_DONE);
}

export function storeIndexed(): void {
  const value = source(fieldD());
  const index = intOf(source(fieldB()));
  const cell = wordCell(baseOf(source(fieldA())), index);
  if (cell == 0) return;
  copyCell(cell, value);
  next(CYCLES_STXR_DONE);
}

export function loadByte(): void {
  const index = intOf(source(fieldB()));
  const base = baseOf(source(fieldA()));
  const byte = base < 0 ? 0 : byteAddress(base, index);
  if (byte != 0) result(fieldD(), TAG_INT, load<u8>(byte), CYCLES_LDB_DONE);
}

export function storeByte(): void {
  const value = source(fieldD());
  const index = intOf(source(fieldB()));
  const base = baseOf(source(fieldA()));
  const byte = base < 0 ? 0 : byteAddress(base, index);
  if (byte == 0) return;
  store<u8>(byte, <u8>bitsAt(value));
  next(CYCLES_STB_DONE);
}

export function readTag(): void {
  result(fieldD(), TAG_INT, tagAt(source(fieldA())), CYCLES_TAGR_DONE);
}

export function writeTag(): void {
  result(fieldD(), immediate() & 0xff, bitsAt(source(fieldA())), CYCLES_TAGW_DONE);
}

/** High 64 bits of an unsigned product. */
function highProduct(x: u64, y: u64): u64 {
  const xl = x & 0xffffffff;
  const xh = x >> 32;
  const yl = y & 0xffffffff;
  const yh = y >> 32;
  const middle = xh * yl + ((xl * yl) >> 32);
  return xh * yh + (middle >> 32) + ((xl * yh + (middle & 0xffffffff)) >> 32);
}

/** RADD to RSHR: arithmetic on payloads of any tag. */
export function rawArithmetic(op: i32): void {
  const b = bitsAt(source(fieldB()));
  const a = bitsAt(source(fieldA()));
  const d = fieldD();
  switch (op) {
    case OP_RADD:
      return result(d, TAG_INT, a + b, CYCLES_RADD_DONE);
    case OP_RSUB:
      return result(d, TAG_INT, a - b, CYCLES_RSUB_DONE);
    case OP_RMUL:
      return result(d, TAG_INT, a * b, CYCLES_RMUL_DONE);
    case OP_MULHU:
      return result(d, TAG_INT, highProduct(a, b), CYCLES_MULHU_DONE);
    case OP_RULT:
      return result(d, TAG_INT, <u64>a < <u64>b ? 1 : 0, CYCLES_RULT_DONE);
    case OP_RSHL:
      return result(d, TAG_INT, a << (b & 63), CYCLES_RSHL_DONE);
    case OP_RSHR:
      return result(d, TAG_INT, <u64>a >> (<u64>b & 63), CYCLES_RSHR_DONE);
  }
}

export function leadingZeros(): void {
  result(fieldD(), TAG_INT, clz(bitsAt(source(fieldA()))), CYCLES_CLZ_DONE);
}

function fold(x: u64): i64 {
  return <i64>((((x ^ (x >> 32)) & 0xffffffff) * HASH_FACTOR) & 0xffffffff);
}

export function hash(): void {
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const bits = bitsAt(cell);
  if (isInt(tag)) result(fieldD(), TAG_INT, fold(bits), CYCLES_HASH_INT);
  else if (tag == TAG_STR7) result(fieldD(), TAG_INT, fold(bits), CYCLES_HASH_STR7);
  else if (tag == TAG_NONE) result(fieldD(), TAG_INT, fold(bits), CYCLES_HASH_NONE);
  else if (tag == TAG_FLOAT) {
    const value = reinterpret<f64>(bits);
    const whole = fitsInt(value) && Math.trunc(value) == value;
    result(fieldD(), TAG_INT, fold(whole ? <u64>(<i64>value) : bits), CYCLES_HASH_FLOAT);
  } else trap1(TRAP_HASH, FOUND_HASH_HASH, tag, bits);
}

/** LDHX: p RAW {address, used, mask}. */
export function loadHashed(): void {
  const hashed = intOf(source(fieldB()));
  const table = source(fieldA());
  if (tagAt(table) != TAG_RAW) return fault(FAULT_WRONG_TAG, tagAt(table));
  const mask = (bitsAt(table) >> LIST_CAPACITY) & ((1 << LIST_CAPACITY_BITS) - 1);
  const cell = wordCell(addressOf(bitsAt(table)), hashed & mask);
  if (cell != 0) resultCell(fieldD(), cell, CYCLES_LDHX_DONE);
}

/** MCPY copies upwards word by word. */
export function copyWords(): void {
  const count = immediate();
  if (count < 1 || count > COPY_MAX) return fault(FAULT_FIELD, count);
  const from = baseOf(source(fieldD()));
  const to = baseOf(source(fieldA()));
  if (from < 0 || to < 0 || !dataRange(from, count) || !dataRange(to, count)) return;
  const first = dataCell(from);
  const target = dataCell(to);
  for (let i = 0; i < count; i++) copyCell(target + (i << CELL_SHIFT), first + (i << CELL_SHIFT));
  next(CYCLES_MCPY_DONE + EACH_MCPY_DONE * count);
}

export function clearWords(): void {
  const count = immediate();
  if (count < 1 || count > CLEAR_MAX) return fault(FAULT_FIELD, count);
  const to = baseOf(source(fieldA()));
  if (to < 0 || !dataRange(to, count)) return;
  const first = dataCell(to);
  clearCells(first, first + (count << CELL_SHIFT));
  next(CYCLES_MCLR_DONE + EACH_MCLR_DONE * count);
}

/** Dispatch entry that an INT cell names, or 0 after a fault. */
function dispatchEntry(cell: i32): i32 {
  const index = intOf(cell);
  if (<u64>index < <u64>MEMORY_DISPATCH) return DISPATCH + <i32>index * DISPATCH_ENTRY;
  fault(FAULT_ADDRESS, <i32>index);
  return 0;
}

export function readDispatchValue(): void {
  const entry = dispatchEntry(source(fieldA()));
  if (entry != 0) resultCell(fieldD(), entry + DISPATCH_VALUE, CYCLES_DTRD_DONE);
}

export function writeDispatchValue(): void {
  const value = source(fieldB());
  const entry = dispatchEntry(source(fieldA()));
  if (entry == 0) return;
  copyCell(entry + DISPATCH_VALUE, value);
  next(CYCLES_DTWR_DONE);
}

/** Positions of DTKD's fields: attribute 12 bits, kind 4, slot 12. */
export function readDispatchKind(): void {
  const entry = dispatchEntry(source(fieldA()));
  if (entry == 0) return;
  const bits = load<u32>(entry) | (load<u32>(entry, 4) << 12) | (load<u32>(entry, 8) << 16);
  result(fieldD(), TAG_RAW, bits, CYCLES_DTKD_DONE);
}

export function trappedInstruction(): void {
  if (RSP == 0) return fault(FAULT_STACK, 0);
  const pc = entryPc(entryAt(0));
  if (pc >= MEMORY_CODE) return fault(FAULT_ADDRESS, pc);
  result(fieldD(), TAG_INT, load<u32>(CODE + (pc << 2)), CYCLES_TINS_DONE);
}

/** Whether the truncated value fits 64 bits. */
function fitsInt(value: f64): bool {
  return value >= -9223372036854775808.0 && value < 9223372036854775808.0;
}

export function convert(): void {
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const bits = bitsAt(cell);
  if (isInt(tag)) return result(fieldD(), TAG_FLOAT, reinterpret<i64>(<f64>bits), CYCLES_CVT_INT);
  if (tag == TAG_FLOAT && fitsInt(reinterpret<f64>(bits))) {
    return result(fieldD(), TAG_INT, <i64>reinterpret<f64>(bits), CYCLES_CVT_FLOAT);
  }
  trap1(TRAP_CONVERT, FOUND_CVT_CONVERT, tag, bits);
}

export function squareRoot(): void {
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const bits = bitsAt(cell);
  if (isInt(tag) && bits >= 0) {
    return result(fieldD(), TAG_FLOAT, floatBits(sqrt<f64>(<f64>bits)), CYCLES_FSQRT_INT);
  }
  if (tag == TAG_FLOAT && reinterpret<f64>(bits) >= 0) {
    return result(fieldD(), TAG_FLOAT, floatBits(sqrt<f64>(reinterpret<f64>(bits))), CYCLES_FSQRT_FLOAT);
  }
  trap1(TRAP_SQRT, FOUND_FSQRT_SQRT, tag, bits);
}

/** Bits that the coded bit field of EXT and INS covers, from bit 0 on; a field may reach beyond bit 63 and ends there. */
function fieldMask(): u64 {
  const width = unchecked(BITFIELD_WIDTHS[(immediate() >> 6) & 15]);
  return width == 64 ? u64.MAX_VALUE : (<u64>1 << width) - 1;
}

export function extract(): void {
  const a = <u64>bitsAt(source(fieldA()));
  result(fieldD(), TAG_INT, (a >> (immediate() & 63)) & fieldMask(), CYCLES_EXT_DONE);
}

export function insert(): void {
  const a = <u64>bitsAt(source(fieldA()));
  const low = <u64>(immediate() & 63);
  const d = local(fieldD());
  const mask = fieldMask() << low;
  setCell(d, tagAt(d), (<u64>bitsAt(d) & ~mask) | ((a << low) & mask));
  next(CYCLES_INS_DONE);
}

export function readGlobal(): void {
  const index = intOf(source(fieldA()));
  const cell = globalCell(<u64>index > <u64>i32.MAX_VALUE ? -1 : <i32>index);
  if (cell != 0) resultCell(fieldD(), cell, CYCLES_GLRD_DONE);
}
