/** Registers in linear memory, so that a copy of memory is the whole machine. */
import {
  CHANGE_COUNT,
  CHANGE_FIRST,
  INPUT_COUNT,
  INPUT_FIRST,
  IRQ_ENABLE,
  IRQ_PENDING,
  IRQ_PINS,
  PADS,
  PADS_SEEN,
  PIN_DIRECTION,
  PIN_DRIVEN,
  PIN_DRIVEN_LEVEL,
  PIN_OUT,
  PIN_PULL_DOWN,
  PIN_PULL_UP,
  RX_COMPLETE,
  RX_COUNT,
  RX_FIRST,
  TIMER_COMPARE,
  TIMER_ENABLE,
  TIMER_FROM,
  TIMER_PERIOD,
  TX_IDLE,
  TX_WAITING,
  UART_DIVISOR,
} from './devices';
import { REGISTERS } from './layout';
import {
  CODE_WORDS,
  CYCLES,
  EXIT_CODE,
  FAULT_CODE,
  FAULT_DETAIL,
  FP,
  H,
  HBASE,
  HLIM,
  HPEAK,
  HTOP,
  IE,
  OVERFLOW,
  PASS_PC,
  PC,
  RETIRED,
  RLIM,
  RR,
  RRV,
  RR_TAG,
  RSP,
  SLIM,
  SP,
  SP_ISSUED,
  SP_PEAK,
  STATUS,
} from './state';
import { updateLimits } from './trap';

/** Address of register number n. */
// @ts-ignore: decorator
@inline
function at(n: i32): i32 {
  return REGISTERS + (n << 3);
}
// @ts-ignore: decorator
@inline
function load32(n: i32): i32 {
  return load<i32>(at(n));
}
// @ts-ignore: decorator
@inline
function load64(n: i32): i64 {
  return load<i64>(at(n));
}

/** Copies the registers to memory. */
export function saveRegisters(): void {
  store<i32>(at(0), PC);
  store<i32>(at(1), SP);
  store<i32>(at(2), FP);
  store<i32>(at(3), H);
  store<i32>(at(4), RSP);
  store<i32>(at(5), RR_TAG);
  store<i32>(at(6), RRV);
  store<i32>(at(7), SLIM);
  store<i32>(at(8), RLIM);
  store<i32>(at(9), HTOP);
  store<i32>(at(10), HLIM);
  store<i32>(at(11), HBASE);
  store<i32>(at(12), HPEAK);
  store<i32>(at(13), SP_PEAK);
  store<i32>(at(15), CODE_WORDS);
  store<i32>(at(16), STATUS);
  store<i32>(at(17), EXIT_CODE);
  store<i32>(at(18), FAULT_CODE);
  store<i32>(at(19), FAULT_DETAIL);
  store<i32>(at(21), CHANGE_FIRST);
  store<i32>(at(22), CHANGE_COUNT);
  store<i32>(at(23), TX_WAITING);
  store<i32>(at(24), RX_FIRST);
  store<i32>(at(25), RX_COUNT);
  store<i32>(at(26), INPUT_FIRST);
  store<i32>(at(27), INPUT_COUNT);
  store<i32>(at(28), PIN_OUT);
  store<i32>(at(29), PIN_DIRECTION);
  store<i32>(at(30), PIN_PULL_UP);
  store<i32>(at(31), PIN_PULL_DOWN);
  store<i32>(at(32), PIN_DRIVEN);
  store<i32>(at(33), PIN_DRIVEN_LEVEL);
  store<i32>(at(34), IRQ_ENABLE);
  store<i32>(at(35), IRQ_PENDING);
  store<i32>(at(36), IRQ_PINS);
  store<i32>(at(37), PADS);
  store<i32>(at(38), PADS_SEEN);
  store<i32>(at(39), OVERFLOW ? 1 : 0);
  store<i32>(at(40), IE ? 1 : 0);
  store<i32>(at(41), TIMER_ENABLE ? 1 : 0);
  store<i64>(at(42), RR);
  store<i64>(at(43), CYCLES);
  store<i64>(at(44), RETIRED);
  store<i64>(at(45), TIMER_COMPARE);
  store<i64>(at(46), TIMER_PERIOD);
  store<i64>(at(47), UART_DIVISOR);
  store<i64>(at(48), TX_IDLE);
  store<i64>(at(49), RX_COMPLETE);
  store<i64>(at(50), TIMER_FROM);
}

/** Takes the registers from memory. */
export function loadRegisters(): void {
  PC = load32(0);
  SP = load32(1);
  FP = load32(2);
  H = load32(3);
  RSP = load32(4);
  RR_TAG = load32(5);
  RRV = load32(6);
  SLIM = load32(7);
  RLIM = load32(8);
  HTOP = load32(9);
  HLIM = load32(10);
  HBASE = load32(11);
  HPEAK = load32(12);
  SP_PEAK = load32(13);
  CODE_WORDS = load32(15);
  STATUS = load32(16);
  EXIT_CODE = load32(17);
  FAULT_CODE = load32(18);
  FAULT_DETAIL = load32(19);
  CHANGE_FIRST = load32(21);
  CHANGE_COUNT = load32(22);
  TX_WAITING = load32(23);
  RX_FIRST = load32(24);
  RX_COUNT = load32(25);
  INPUT_FIRST = load32(26);
  INPUT_COUNT = load32(27);
  PIN_OUT = load32(28);
  PIN_DIRECTION = load32(29);
  PIN_PULL_UP = load32(30);
  PIN_PULL_DOWN = load32(31);
  PIN_DRIVEN = load32(32);
  PIN_DRIVEN_LEVEL = load32(33);
  IRQ_ENABLE = load32(34);
  IRQ_PENDING = load32(35);
  IRQ_PINS = load32(36);
  PADS = load32(37);
  PADS_SEEN = load32(38);
  OVERFLOW = load32(39) != 0;
  IE = load32(40) != 0;
  TIMER_ENABLE = load32(41) != 0;
  RR = load64(42);
  CYCLES = load64(43);
  RETIRED = load64(44);
  TIMER_COMPARE = load64(45);
  TIMER_PERIOD = load64(46);
  UART_DIVISOR = load64(47);
  TX_IDLE = load64(48);
  RX_COMPLETE = load64(49);
  TIMER_FROM = load64(50);
  // Neither outlives an instruction in a way that a later run could tell.
  SP_ISSUED = SP;
  PASS_PC = -1;
  updateLimits();
}
