/**
 * I/O instructions. A register that does not exist faults IO_ADDRESS; a write to a read-only register does nothing, and
 * a write-only register reads 0. An address or pin number is INT, BOOL or RAW, anything else faults WRONG_TAG.
 */
import {
  CLOCK_HZ,
  CYCLES_IOB_DONE,
  CYCLES_IORI_DONE,
  CYCLES_IOR_DONE,
  CYCLES_IOWI_DONE,
  CYCLES_IOW_DONE,
  CYCLES_RDC_DONE,
  CYCLES_WAITP_LEVEL_SEEN,
  CYCLES_WAITP_WAITED,
  FAULT_IO_ADDRESS,
  FAULT_WRONG_TAG,
  FOUND_IOWI_IO_VALUE,
  FOUND_IOW_IO_VALUE,
  IO_CLOCK_HZ,
  IO_CONSOLE_ERR,
  IO_CYCLE,
  IO_IRQ_ENABLE,
  IO_IRQ_PENDING,
  IO_IRQ_PINS,
  IO_PIN,
  IO_PIN_DIRECTION,
  IO_PIN_PULL,
  IO_TIMER_COMPARE,
  IO_TIMER_ENABLE,
  IO_TIMER_PERIOD,
  IO_TIME_US,
  IO_UART_DIVISOR,
  IO_UART_RX,
  IO_UART_STATUS,
  IO_UART_TX,
  PINS,
  TAG_INT,
  TAG_RAW,
  TRAP_IO_VALUE,
} from './generated/isa';
import {
  IRQ_ENABLE,
  IRQ_PINS,
  PIN_DIRECTION,
  TIMER_COMPARE,
  TIMER_ENABLE,
  TIMER_PERIOD,
  UART_DIVISOR,
  clearPending,
  enableTimer,
  output,
  pendingLines,
  pinSeen,
  readPull,
  receive,
  setDivisor,
  setInterruptEnable,
  setInterruptPins,
  setTimerCompare,
  setTimerPeriod,
  transmit,
  uartStatus,
  writeDirection,
  writePin,
  writePull,
} from './devices';
import { branch, fieldA, fieldB, fieldD, immediate, isInt, next, result, source } from './operands';
import { CYCLES, IE, LIMIT, PASS_PC, PC, SP, SP_ISSUED, bitsAt, fault, tagAt } from './state';
import { trap1, trap2 } from './trap';

/** Cycles in which WAITP looks at the pin before it gives up until its next issue. */
const WAIT_SAMPLES: i32 = 32;
const CYCLES_PER_MICROSECOND: i64 = CLOCK_HZ / 1000000;

/** Value of a register, for an instruction that executes in the present cycle. Faults where there is none. */
function readRegister(address: i64): i64 {
  if (<u64>(address - IO_PIN) < <u64>PINS) return pinSeen(<i32>(address - IO_PIN), CYCLES);
  if (<u64>(address - IO_PIN_DIRECTION) < <u64>PINS) return (PIN_DIRECTION >> <u32>(address - IO_PIN_DIRECTION)) & 1;
  if (<u64>(address - IO_PIN_PULL) < <u64>PINS) return readPull(<i32>(address - IO_PIN_PULL));
  switch (<i32>min<u64>(address, i32.MAX_VALUE)) {
    case IO_UART_TX:
    case IO_CONSOLE_ERR:
      return 0;
    case IO_UART_STATUS:
      return uartStatus(CYCLES);
    case IO_UART_RX:
      LIMIT = 0;
      return receive(CYCLES);
    case IO_UART_DIVISOR:
      return UART_DIVISOR;
    case IO_TIME_US:
      return CYCLES / CYCLES_PER_MICROSECOND;
    case IO_CYCLE:
      return CYCLES;
    case IO_TIMER_COMPARE:
      pendingLines(CYCLES);
      return TIMER_COMPARE;
    case IO_TIMER_PERIOD:
      return TIMER_PERIOD;
    case IO_TIMER_ENABLE:
      pendingLines(CYCLES);
      return TIMER_ENABLE ? 1 : 0;
    case IO_IRQ_ENABLE:
      return IRQ_ENABLE;
    case IO_IRQ_PENDING:
      return pendingLines(CYCLES);
    case IO_IRQ_PINS:
      return IRQ_PINS;
    case IO_CLOCK_HZ:
      return CLOCK_HZ;
    default:
      fault(FAULT_IO_ADDRESS, <i32>address);
      return 0;
  }
}

/** Writes a register; false after a fault. */
function writeRegister(address: i64, value: i64): bool {
  // With interrupts on, any store may move the next event.
  if (IE) LIMIT = 0;
  if (<u64>(address - IO_PIN) < <u64>PINS) {
    writePin(<i32>(address - IO_PIN), value != 0, CYCLES);
    return true;
  }
  if (<u64>(address - IO_PIN_DIRECTION) < <u64>PINS) {
    writeDirection(<i32>(address - IO_PIN_DIRECTION), value != 0, CYCLES);
    return true;
  }
  if (<u64>(address - IO_PIN_PULL) < <u64>PINS) {
    writePull(<i32>(address - IO_PIN_PULL), value, CYCLES);
    return true;
  }
  switch (<i32>min<u64>(address, i32.MAX_VALUE)) {
    case IO_UART_TX:
      transmit(<i32>(value & 0xff), CYCLES);
      return true;
    case IO_CONSOLE_ERR:
      output(1, <i32>(value & 0xff));
      return true;
    case IO_UART_DIVISOR:
      setDivisor(value, CYCLES);
      return true;
    case IO_TIMER_COMPARE:
      setTimerCompare(value, CYCLES);
      return true;
    case IO_TIMER_PERIOD:
      setTimerPeriod(value, CYCLES);
      return true;
    case IO_TIMER_ENABLE:
      enableTimer(value != 0, CYCLES);
      return true;
    case IO_IRQ_ENABLE:
      setInterruptEnable(<u32>value);
      return true;
    case IO_IRQ_PENDING:
      pendingLines(CYCLES);
      clearPending(<u32>value);
      return true;
    case IO_IRQ_PINS:
      setInterruptPins(<u32>value, CYCLES);
      return true;
    case IO_UART_STATUS:
    case IO_UART_RX:
    case IO_TIME_US:
    case IO_CYCLE:
    case IO_CLOCK_HZ:
      return true;
    default:
      fault(FAULT_IO_ADDRESS, <i32>address);
      return false;
  }
}

function isAddress(tag: i32): bool {
  return isInt(tag) || tag == TAG_RAW;
}

export function writeIo(): void {
  const valueCell = source(fieldB());
  const tagV = tagAt(valueCell);
  const value = bitsAt(valueCell);
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const address = bitsAt(cell);
  if (!isAddress(tag)) return fault(FAULT_WRONG_TAG, tag);
  if (!isInt(tagV)) return trap2(TRAP_IO_VALUE, FOUND_IOW_IO_VALUE, tag, address, tagV, value);
  if (writeRegister(address, value)) next(CYCLES_IOW_DONE);
}

export function writeIoImmediate(): void {
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const value = bitsAt(cell);
  if (!isInt(tag)) return trap1(TRAP_IO_VALUE, FOUND_IOWI_IO_VALUE, tag, value);
  if (writeRegister(immediate(), value)) next(CYCLES_IOWI_DONE);
}

export function readIo(): void {
  const cell = source(fieldA());
  if (!isAddress(tagAt(cell))) return fault(FAULT_WRONG_TAG, tagAt(cell));
  result(fieldD(), TAG_INT, readRegister(bitsAt(cell)), CYCLES_IOR_DONE);
}

export function readIoImmediate(): void {
  result(fieldD(), TAG_INT, readRegister(immediate()), CYCLES_IORI_DONE);
}

/** Number of the pin in a cell, or -1 after a fault. */
function pinOf(cell: i32): i32 {
  if (!isAddress(tagAt(cell))) {
    fault(FAULT_WRONG_TAG, tagAt(cell));
    return -1;
  }
  if (<u64>bitsAt(cell) >= <u64>PINS) {
    fault(FAULT_IO_ADDRESS, <i32>bitsAt(cell));
    return -1;
  }
  return <i32>bitsAt(cell);
}

export function pinBranch(): void {
  const value = source(fieldB());
  const wanted = bitsAt(value);
  if (!isInt(tagAt(value))) return fault(FAULT_WRONG_TAG, tagAt(value));
  const pin = pinOf(source(fieldA()));
  if (pin >= 0) branch(pinSeen(pin, CYCLES) == wanted, CYCLES_IOB_DONE);
}

/** WAITP looks in 32 successive cycles; unsuccessful, it is issued again (interrupts pass, breakpoints do not fire). */
export function waitForPin(): void {
  const value = source(fieldB());
  const wanted = bitsAt(value);
  if (!isInt(tagAt(value))) return fault(FAULT_WRONG_TAG, tagAt(value));
  const pin = pinOf(source(fieldA()));
  if (pin < 0) return;
  for (let waited = 0; waited < WAIT_SAMPLES; waited++) {
    if (pinSeen(pin, CYCLES + waited) == wanted) return next(CYCLES_WAITP_LEVEL_SEEN + waited);
  }
  SP = SP_ISSUED;
  CYCLES += CYCLES_WAITP_WAITED;
  PASS_PC = PC;
}

export function readCycles(): void {
  result(fieldD(), TAG_INT, CYCLES, CYCLES_RDC_DONE);
}
