/** System instructions, moves between locals, constants, globals and the stack, and control registers. */
import {
  CAUSE_NAME,
  CAUSE_UNBOUND,
  CSR_FREE,
  CSR_HLIM,
  CSR_HPEAK,
  CSR_HTOP,
  CSR_IE,
  CSR_INSTRET,
  CSR_IPEND,
  CSR_IVEC,
  CSR_RLIM,
  CSR_SLIM,
  CSR_TROW,
  CYCLES_CLRL_DONE,
  CYCLES_CSRR_DONE,
  CYCLES_CSRW_DONE,
  CYCLES_DUP_DONE,
  CYCLES_HALT_DONE,
  CYCLES_IEN_DONE,
  CYCLES_JMP_DONE,
  CYCLES_LDG_DONE,
  CYCLES_LDI_DONE,
  CYCLES_LDK_DONE,
  CYCLES_LDW8_DONE,
  CYCLES_MOV_DONE,
  CYCLES_POP_DONE,
  CYCLES_STG_DONE,
  CYCLES_STW8_DONE,
  CYCLES_UNB_DONE,
  EACH_CLRL_DONE,
  FAULT_FIELD,
  FAULT_STACK,
  FOUND_LDG_NAME,
  FOUND_UNB_UNBOUND,
  INTERRUPT_LINES,
  MEMORY_DATA,
  MEMORY_GLOBALS,
  MEMORY_RETURN_STACK,
  MEMORY_STACK,
  SIZE_CLASS_COUNT,
  TAG_INT,
  TAG_UNBOUND,
} from './generated/isa';
import { pendingLines } from './devices';
import { CELL, CELL_SHIFT, FREE, GLOBALS, IVEC, STACK_END, TROW } from './layout';
import {
  WORD,
  fieldA,
  fieldD,
  fieldDofK,
  fieldK,
  immediate,
  local,
  next,
  result,
  resultCell,
  source,
} from './operands';
import {
  CYCLES,
  EXITED,
  EXIT_CODE,
  HLIM,
  HPEAK,
  HTOP,
  IE,
  LIMIT,
  PC,
  RETIRED,
  RLIM,
  RR,
  RR_TAG,
  SLIM,
  SP,
  STATUS,
  bitsAt,
  clearCells,
  copyCell,
  fault,
  setCell,
  tagAt,
  wordOf,
} from './state';
import { systemTrap, updateLimits } from './trap';

/** Words that CLRL clears at most: no instruction is longer than 40 cycles. */
const CLEAR_MAX: i32 = 32;

export function halt(): void {
  const cell = source(fieldA());
  exit(immediate(), tagAt(cell), bitsAt(cell), CYCLES_HALT_DONE);
}

/** The program ends: the core stops at this instruction with a value in RR. */
export function exit(code: i32, tag: i32, bits: i64, cycles: i32): void {
  RR_TAG = tag;
  RR = bits;
  EXIT_CODE = code;
  STATUS = EXITED;
  CYCLES += cycles;
}

export function jump(): void {
  PC = <i32>(WORD & 0x7fff);
  CYCLES += CYCLES_JMP_DONE;
}

export function move(): void {
  resultCell(fieldD(), source(fieldA()), CYCLES_MOV_DONE);
}

export function loadImmediate(): void {
  result(fieldDofK(), TAG_INT, (fieldK() << 15) >> 15, CYCLES_LDI_DONE);
}

/** Cell of a word of the globals RAM, or 0 after a fault. */
export function globalCell(index: i32): i32 {
  if (<u32>index < <u32>MEMORY_GLOBALS) return GLOBALS + (index << CELL_SHIFT);
  fault(FAULT_FIELD, index);
  return 0;
}

export function loadConstant(): void {
  const cell = globalCell(fieldK());
  if (cell != 0) resultCell(fieldDofK(), cell, CYCLES_LDK_DONE);
}

export function loadGlobal(): void {
  const cell = globalCell(fieldK());
  if (cell == 0) return;
  if (tagAt(cell) == TAG_UNBOUND) systemTrap(CAUSE_NAME, FOUND_LDG_NAME);
  else resultCell(fieldDofK(), cell, CYCLES_LDG_DONE);
}

export function storeGlobal(): void {
  const cell = globalCell(fieldK());
  if (cell == 0) return;
  copyCell(cell, source(fieldDofK()));
  next(CYCLES_STG_DONE);
}

export function loadWide(): void {
  if (fieldK() > 255) return fault(FAULT_FIELD, fieldK());
  resultCell(fieldDofK(), local(fieldK()), CYCLES_LDW8_DONE);
}

export function storeWide(): void {
  if (fieldK() > 255) return fault(FAULT_FIELD, fieldK());
  copyCell(local(fieldK()), source(fieldDofK()));
  next(CYCLES_STW8_DONE);
}

/** True where the stack holds `count` words; faults STACK otherwise. */
export function holds(count: i32): bool {
  if (<u32>count <= <u32>wordOf(SP)) return true;
  fault(FAULT_STACK, wordOf(SP));
  return false;
}

export function pop(): void {
  if (!holds(fieldK())) return;
  SP -= fieldK() << CELL_SHIFT;
  next(CYCLES_POP_DONE);
}

export function duplicate(): void {
  if (holds(fieldK() + 1)) resultCell(fieldDofK(), SP - ((fieldK() + 1) << CELL_SHIFT), CYCLES_DUP_DONE);
}

export function unbind(): void {
  const cell = local(fieldDofK());
  if (tagAt(cell) == TAG_UNBOUND) return systemTrap(CAUSE_UNBOUND, FOUND_UNB_UNBOUND);
  setCell(cell, TAG_UNBOUND, 0);
  next(CYCLES_UNB_DONE);
}

export function clearLocals(): void {
  const count = fieldK();
  if (count < 1 || count > CLEAR_MAX) return fault(FAULT_FIELD, count);
  const end = SP + count * CELL;
  if (end > STACK_END) return fault(FAULT_STACK, wordOf(SP));
  clearCells(SP, end);
  SP = end;
  next(CYCLES_CLRL_DONE + EACH_CLRL_DONE * count);
}

/** Whether there is a control register of this number. */
export function isControl(k: i32): bool {
  if (k >= CSR_FREE && k < CSR_FREE + SIZE_CLASS_COUNT) return true;
  if (k >= CSR_IVEC && k < CSR_IVEC + INTERRUPT_LINES) return true;
  if (k >= CSR_TROW && k < CSR_TROW + 32) return true;
  return k >= CSR_SLIM && k <= CSR_HPEAK;
}

/** Value of a control register that exists. */
export function controlValue(k: i32): i64 {
  if (k >= CSR_TROW) return load<u32>(TROW + ((k - CSR_TROW) << 2));
  if (k >= CSR_IVEC) return load<i64>(IVEC + ((k - CSR_IVEC) << 3));
  if (k >= CSR_FREE) return load<u32>(FREE + ((k - CSR_FREE) << 2));
  switch (k) {
    case CSR_SLIM:
      return SLIM;
    case CSR_RLIM:
      return RLIM;
    case CSR_HTOP:
      return HTOP;
    case CSR_HLIM:
      return HLIM;
    case CSR_INSTRET:
      return RETIRED;
    case CSR_IE:
      return IE ? 1 : 0;
    case CSR_IPEND:
      return pendingLines(CYCLES);
    default:
      return HPEAK;
  }
}

export function readControl(): void {
  if (!isControl(fieldK())) return fault(FAULT_FIELD, fieldK());
  result(fieldDofK(), TAG_INT, controlValue(fieldK()), CYCLES_CSRR_DONE);
}

/** A value beyond what a register can mean (a heap end beyond the memory) faults FIELD, as does a read-only register. */
export function writeControl(): void {
  const value = bitsAt(source(fieldDofK()));
  const k = fieldK();
  if (k >= CSR_FREE && k < CSR_FREE + SIZE_CLASS_COUNT) {
    if (<u64>value >= <u64>MEMORY_DATA) return fault(FAULT_FIELD, k);
    store<u32>(FREE + ((k - CSR_FREE) << 2), <u32>value);
  } else if (k >= CSR_IVEC && k < CSR_IVEC + INTERRUPT_LINES) {
    store<i64>(IVEC + ((k - CSR_IVEC) << 3), value);
    LIMIT = 0;
  } else if (k >= CSR_TROW && k < CSR_TROW + 32) {
    store<u32>(TROW + ((k - CSR_TROW) << 2), <u32>value & 0xffff);
  } else {
    switch (k) {
      case CSR_SLIM:
        if (<u64>value > <u64>MEMORY_STACK) return fault(FAULT_FIELD, k);
        SLIM = <i32>value;
        updateLimits();
        break;
      case CSR_RLIM:
        if (<u64>value > <u64>MEMORY_RETURN_STACK) return fault(FAULT_FIELD, k);
        RLIM = <i32>value;
        updateLimits();
        break;
      case CSR_HTOP:
        if (<u64>value > <u64>MEMORY_DATA) return fault(FAULT_FIELD, k);
        HTOP = <i32>value;
        break;
      case CSR_HLIM:
        if (<u64>value > <u64>MEMORY_DATA) return fault(FAULT_FIELD, k);
        HLIM = <i32>value;
        break;
      case CSR_IE:
        IE = (value & 1) != 0;
        LIMIT = 0;
        break;
      case CSR_HPEAK:
        if (<u64>value > <u64>MEMORY_DATA) return fault(FAULT_FIELD, k);
        HPEAK = <i32>value;
        break;
      default:
        return fault(FAULT_FIELD, k);
    }
  }
  next(CYCLES_CSRW_DONE);
}

export function enableInterrupts(): void {
  if (fieldK() > 1) return fault(FAULT_FIELD, fieldK());
  IE = fieldK() == 1;
  LIMIT = 0;
  next(CYCLES_IEN_DONE);
}
