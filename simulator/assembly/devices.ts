/**
 * Pins, UART, timer and interrupt controller.
 *
 * Nothing here runs every cycle: a device's state is computed from the cycle counter when an instruction or the run
 * loop asks for it ({@link advance}), and {@link nextEvent} says when it must be asked again because an interrupt line
 * would be raised. Cycle numbers: a register written in cycle c is in force for an instruction that executes in c + 1;
 * a pad then changes in c + 1, and the two flops of the synchroniser show a pad's change of cycle t from t + 2 on.
 */
import {
  INTERRUPT_LINES,
  PINS,
  PIN_VISIBLE_AFTER,
  UART_DIVISOR_MIN,
  UART_DIVISOR_RESET,
  UART_FIFO,
} from './generated/isa';
import {
  INPUT,
  INPUT_BYTES,
  IVEC,
  OUTPUT,
  OUTPUT_MAX,
  PAD_CHANGES,
  PAD_CHANGES_MAX,
  RECEIVED,
  WIRES,
} from './layout';
import { OUTPUT_FULL, RUNNING, STATUS } from './state';

/** Cycles from a pad's change to the cycle that reads it, beyond the store's own. */
const SYNCHRONISER: i64 = PIN_VISIBLE_AFTER - 1;
/** Bits of a byte on the UART line, start and stop bit included. */
const UART_BITS: i64 = 10;
const NEVER: i64 = i64.MAX_VALUE;

/** Interrupt lines. */
const LINE_TIMER: u32 = 1 << 0;
const LINE_PINS: u32 = 1 << 1;
const LINE_UART: u32 = 1 << 2;

// Registers, one bit a pin where not said otherwise.
export let PIN_OUT: u32 = 0;
export let PIN_DIRECTION: u32 = 0;
export let PIN_PULL_UP: u32 = 0;
export let PIN_PULL_DOWN: u32 = 0;
/** Pins driven from outside, and their levels. */
export let PIN_DRIVEN: u32 = 0;
export let PIN_DRIVEN_LEVEL: u32 = 0;
export let IRQ_ENABLE: u32 = 0;
export let IRQ_PENDING: u32 = 0;
export let IRQ_PINS: u32 = 0;
export let TIMER_COMPARE: i64 = 0;
/** Cycle from which the timer's registers are in force as they are: it does not fire before. */
export let TIMER_FROM: i64 = 0;
export let TIMER_PERIOD: i64 = 0;
export let TIMER_ENABLE: bool = false;
export let UART_DIVISOR: i64 = UART_DIVISOR_RESET;

/** Levels at the pads, and those that the synchroniser shows. */
export let PADS: u32 = 0;
export let PADS_SEEN: u32 = 0;
/** Pad changes not yet shown: a ring of PAD_CHANGES. */
export let CHANGE_FIRST: i32 = 0;
export let CHANGE_COUNT: i32 = 0;

/** UART transmitter: cycle in which the shift register falls idle, and bytes waiting behind it. */
export let TX_IDLE: i64 = 0;
export let TX_WAITING: i32 = 0;
/** UART receiver: bytes received, the ring of bytes to come, and the cycle in which the next one is complete. */
export let RX_FIRST: i32 = 0;
export let RX_COUNT: i32 = 0;
export let INPUT_FIRST: i32 = 0;
export let INPUT_COUNT: i32 = 0;
export let RX_COMPLETE: i64 = NEVER;

/** Entries of the console buffer; the host empties it. */
export let OUTPUT_COUNT: i32 = 0;

/** Pins joined to `pin` by wires, itself included. */
function netOf(pin: i32): u32 {
  let net: u32 = 1 << pin;
  let before: u32 = 0;
  while (net != before) {
    before = net;
    for (let p = 0; p < PINS; p++) if ((net >> p) & 1) net |= load<u32>(WIRES + (p << 2));
  }
  return net;
}

/**
 * Level at a pad. An output shows its register; an input the lowest-numbered output on its net, else an outside driver,
 * else its own pull, else another pull on the net, else 0.
 */
function padLevel(pin: i32): u32 {
  const own: u32 = 1 << pin;
  if (PIN_DIRECTION & own) return PIN_OUT & own ? 1 : 0;
  if (PIN_DRIVEN & own) return PIN_DRIVEN_LEVEL & own ? 1 : 0;
  const net = load<u32>(WIRES + (pin << 2)) != 0 ? netOf(pin) : own;
  const outputs = net & PIN_DIRECTION;
  if (outputs) return (PIN_OUT >> ctz(outputs)) & 1;
  const driven = net & PIN_DRIVEN;
  if (driven) return (PIN_DRIVEN_LEVEL >> ctz(driven)) & 1;
  if (PIN_PULL_UP & own) return 1;
  if (PIN_PULL_DOWN & own) return 0;
  return net & PIN_PULL_UP ? 1 : 0;
}

/**
 * Computes the pads after a change that takes effect in cycle `at`. There is one level a cycle: a second change of the
 * same cycle takes the place of the first.
 */
function updatePads(at: i64): void {
  let pads: u32 = 0;
  for (let pin = 0; pin < PINS; pin++) pads |= padLevel(pin) << pin;
  if (pads == PADS) return;
  PADS = pads;
  const newest = changeAt(CHANGE_COUNT - 1);
  if (CHANGE_COUNT > 0 && load<i64>(newest) == at) {
    store<u32>(newest, pads, 8);
    return;
  }
  if (CHANGE_COUNT == PAD_CHANGES_MAX) showChange();
  const entry = changeAt(CHANGE_COUNT);
  store<i64>(entry, at);
  store<u32>(entry, pads, 8);
  CHANGE_COUNT += 1;
}

/** Entry of the pad change number `n` of those not yet shown. */
// @ts-ignore: decorator
@inline
function changeAt(n: i32): i32 {
  return PAD_CHANGES + ((CHANGE_FIRST + n + PAD_CHANGES_MAX) % PAD_CHANGES_MAX) * 16;
}

/** The oldest pad change reaches the synchroniser's output. */
function showChange(): void {
  const entry = changeAt(0);
  const levels = load<u32>(entry, 8);
  if ((levels ^ PADS_SEEN) & IRQ_PINS) IRQ_PENDING |= LINE_PINS;
  PADS_SEEN = levels;
  CHANGE_FIRST = (CHANGE_FIRST + 1) % PAD_CHANGES_MAX;
  CHANGE_COUNT -= 1;
}

// @ts-ignore: decorator
@inline
function oldestChange(): i64 {
  return load<i64>(changeAt(0));
}

/** Brings pins, receiver and timer to what an instruction sees that executes in cycle `now`. */
export function advance(now: i64): void {
  while (CHANGE_COUNT > 0 && oldestChange() + SYNCHRONISER <= now) showChange();
  while (RX_COMPLETE <= now) receiveByte();
  if (TIMER_ENABLE && timerFires() <= now) {
    IRQ_PENDING |= LINE_TIMER;
    if (TIMER_PERIOD > 0) {
      const last = timerFires();
      TIMER_COMPARE = last + TIMER_PERIOD * ((now - last) / TIMER_PERIOD + 1);
      if (TIMER_COMPARE < 0) TIMER_COMPARE = NEVER;
    } else TIMER_ENABLE = false;
  }
}

/** Cycle in which the timer fires next, if it is enabled: a compare that had passed when it came into force fires then. */
// @ts-ignore: decorator
@inline
function timerFires(): i64 {
  return max(TIMER_COMPARE, TIMER_FROM);
}

/** Brings the timer to cycle `now`, before a store of that cycle to one of its registers, in force from the next on. */
function beforeTimerStore(now: i64): void {
  advance(now);
  TIMER_FROM = now + 1;
}

/** First cycle after the present one in which an enabled interrupt line could be raised. */
export function nextEvent(): i64 {
  let at = NEVER;
  if (IRQ_ENABLE & LINE_TIMER && TIMER_ENABLE) at = timerFires();
  if (IRQ_ENABLE & LINE_UART && RX_COMPLETE < at) at = RX_COMPLETE;
  if (IRQ_ENABLE & LINE_PINS && CHANGE_COUNT > 0 && oldestChange() + SYNCHRONISER < at) {
    at = oldestChange() + SYNCHRONISER;
  }
  return at;
}

export function pendingLines(now: i64): u32 {
  advance(now);
  return IRQ_PENDING;
}

export function clearPending(lines: u32): void {
  IRQ_PENDING &= ~lines;
}

export function setInterruptEnable(lines: u32): void {
  IRQ_ENABLE = lines;
}

/** The mask holds for changes that are first seen after cycle `now`. */
export function setInterruptPins(pins: u32, now: i64): void {
  advance(now);
  IRQ_PINS = pins;
}

/** Synchronised level of a pin, for an instruction that executes in cycle `now`. */
export function pinSeen(pin: i32, now: i64): u32 {
  advance(now);
  return (PADS_SEEN >> pin) & 1;
}

// @ts-ignore: decorator
@inline
function withBit(bits: u32, pin: i32, value: bool): u32 {
  return value ? bits | (1 << pin) : bits & ~(1 << pin);
}

/** The stores below execute in cycle `now`. */
export function writePin(pin: i32, high: bool, now: i64): void {
  advance(now);
  PIN_OUT = withBit(PIN_OUT, pin, high);
  updatePads(now + 1);
}

export function writeDirection(pin: i32, output: bool, now: i64): void {
  advance(now);
  PIN_DIRECTION = withBit(PIN_DIRECTION, pin, output);
  updatePads(now + 1);
}

/** Pull of a pin: 0 none, 1 up, 2 down; other values count as none. */
export function writePull(pin: i32, pull: i64, now: i64): void {
  advance(now);
  PIN_PULL_UP = withBit(PIN_PULL_UP, pin, pull == 1);
  PIN_PULL_DOWN = withBit(PIN_PULL_DOWN, pin, pull == 2);
  updatePads(now + 1);
}

export function readPull(pin: i32): i64 {
  return (PIN_PULL_UP >> pin) & 1 ? 1 : (PIN_PULL_DOWN >> pin) & 1 ? 2 : 0;
}

/** The host drives a pin from cycle `now` on. */
export function drive(pin: i32, high: bool, now: i64): void {
  advance(now);
  PIN_DRIVEN |= 1 << pin;
  PIN_DRIVEN_LEVEL = withBit(PIN_DRIVEN_LEVEL, pin, high);
  updatePads(now);
}

/** The host joins two pins by a wire. */
export function wire(from: i32, to: i32, now: i64): void {
  advance(now);
  store<u32>(WIRES + (from << 2), load<u32>(WIRES + (from << 2)) | (1 << to));
  store<u32>(WIRES + (to << 2), load<u32>(WIRES + (to << 2)) | (1 << from));
  updatePads(now);
}

/** Brings the transmitter to cycle `now`: bytes that have left the shift register make room for the next. */
function advanceTransmitter(now: i64): void {
  while (TX_WAITING > 0 && TX_IDLE <= now) {
    TX_WAITING -= 1;
    TX_IDLE += UART_BITS * UART_DIVISOR;
  }
}

/** A byte to send. One that finds the transmitter full is lost, as in the hardware. */
export function transmit(byte: i32, now: i64): void {
  advanceTransmitter(now);
  if (TX_WAITING == 0 && TX_IDLE <= now) TX_IDLE = now + UART_BITS * UART_DIVISOR;
  else if (TX_WAITING < UART_FIFO) TX_WAITING += 1;
  else return;
  output(0, byte);
}

/** Status bits: 0 the transmitter has room, 1 a received byte waits. */
export function uartStatus(now: i64): i64 {
  advanceTransmitter(now);
  advance(now);
  return (TX_WAITING < UART_FIFO ? 1 : 0) | (RX_COUNT > 0 ? 2 : 0);
}

/** The divisor holds for bytes that begin after cycle `now`, in either direction. */
export function setDivisor(divisor: i64, now: i64): void {
  advanceTransmitter(now);
  advance(now);
  UART_DIVISOR = max<i64>(UART_DIVISOR_MIN, divisor & 0xffffffff);
}

/** A byte of a console stream (0 output, 1 errors) for the host. */
export function output(stream: i32, byte: i32): void {
  store<u16>(OUTPUT + (OUTPUT_COUNT << 1), <u16>((stream << 8) | (byte & 0xff)));
  OUTPUT_COUNT += 1;
  if (OUTPUT_COUNT == OUTPUT_MAX && STATUS == RUNNING) STATUS = OUTPUT_FULL;
}

/** The next byte of the input is complete. */
function receiveByte(): void {
  store<u8>(RECEIVED + ((RX_FIRST + RX_COUNT) % UART_FIFO), load<u8>(INPUT + INPUT_FIRST));
  RX_COUNT += 1;
  INPUT_FIRST = (INPUT_FIRST + 1) % INPUT_BYTES;
  INPUT_COUNT -= 1;
  IRQ_PENDING |= LINE_UART;
  const complete = RX_COMPLETE;
  RX_COMPLETE = NEVER;
  startReceiving(complete);
}

/** The sender (which respects a full receiver, as with hardware flow control) starts its next byte in cycle `now`. */
function startReceiving(now: i64): void {
  if (RX_COMPLETE == NEVER && INPUT_COUNT > 0 && RX_COUNT < UART_FIFO) RX_COMPLETE = now + UART_BITS * UART_DIVISOR;
}

/** The oldest received byte, or -1. */
export function receive(now: i64): i64 {
  advance(now);
  if (RX_COUNT == 0) return -1;
  const byte = load<u8>(RECEIVED + RX_FIRST);
  RX_FIRST = (RX_FIRST + 1) % UART_FIFO;
  RX_COUNT -= 1;
  // The line that tells the sender of the room follows the receiver's registers.
  startReceiving(now + 1);
  return byte;
}

/** Room for input bytes; the host keeps the rest and gives it later. */
export function inputRoom(): i32 {
  return INPUT_BYTES - INPUT_COUNT;
}

/** A byte from the host; there must be room. */
export function giveInput(byte: i32, now: i64): void {
  advance(now);
  store<u8>(INPUT + ((INPUT_FIRST + INPUT_COUNT) % INPUT_BYTES), <u8>byte);
  INPUT_COUNT += 1;
  startReceiving(now);
}

export function setTimerCompare(cycle: i64, now: i64): void {
  beforeTimerStore(now);
  TIMER_COMPARE = cycle;
}

/** A negative period counts as 0. */
export function setTimerPeriod(cycles: i64, now: i64): void {
  beforeTimerStore(now);
  TIMER_PERIOD = max<i64>(0, cycles);
}

export function enableTimer(enable: bool, now: i64): void {
  beforeTimerStore(now);
  TIMER_ENABLE = enable;
}

/** Lines that are pending, enabled, and have a handler: the core takes the lowest. */
export function takeable(): u32 {
  let lines = IRQ_PENDING & IRQ_ENABLE & ((1 << INTERRUPT_LINES) - 1);
  for (let line = 0; line < INTERRUPT_LINES; line++) {
    if ((lines >> line) & 1 && load<i64>(IVEC + (line << 3)) == 0) lines &= ~(1 << line);
  }
  return lines;
}

/** Values of reset other than 0. */
export function resetDevices(): void {
  UART_DIVISOR = UART_DIVISOR_RESET;
  RX_COMPLETE = NEVER;
  OUTPUT_COUNT = 0;
}

/** Number of entries in the console buffer, which is empty from now on. */
export function takeOutput(): i32 {
  const count = OUTPUT_COUNT;
  OUTPUT_COUNT = 0;
  return count;
}
