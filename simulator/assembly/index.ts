/**
 * What the host calls. The host writes the image into the memories itself (see layout.ts) and then calls reset.
 */
import {
  MEMORY_DATA,
  MEMORY_RETURN_STACK,
  MEMORY_STACK,
  RETURN_RESERVE,
  STACK_RESERVE,
  TAG_UNBOUND,
  KIND_BASE,
} from './generated/isa';
import { decodeAll, patchBreakpoint, writeConstants } from './decode';
import * as devices from './devices';
import { fast } from './generated/fast';
import { CELL_SHIFT, MEMORY_END, STACK, STACK_GUARD, STACK_END, STACK_SLACK } from './layout';
import { controlValue, isControl } from './moves';
import { loadRegisters, saveRegisters } from './registers';
import * as state from './state';
import { step } from './step';
import { VECTOR, enterInterrupt, packEntry, pushEntry, updateLimits } from './trap';

export {
  CODE,
  DATA,
  DISPATCH,
  FREE,
  GLOBALS,
  IVEC,
  MEMORY_END,
  OUTPUT,
  RETURNS,
  SAVED,
  SAVED_END,
  STACK,
  TROW,
  VECTORS,
} from './layout';
export { LIMIT_REACHED, OUTPUT_FULL } from './state';

/** Makes linear memory large enough and writes what never changes. Once, before anything else. */
export function initialize(): void {
  const pages = (MEMORY_END + 0xffff) >> 16;
  if (memory.size() < pages) memory.grow(pages - memory.size());
  writeConstants();
}

/**
 * Starts an image whose memories the host has written: the registers of reset, the frame of the entry point cleared, a
 * BASE entry below it.
 */
export function start(codeWords: i32, entry: i32, entryFrame: i32, heapBase: i32): void {
  // The host has zeroed the saved region, and with it every register.
  loadRegisters();
  state.CODE_WORDS = codeWords;
  state.SP = STACK;
  state.FP = STACK;
  state.RR_TAG = TAG_UNBOUND;
  state.PASS_PC = -1;
  state.SLIM = MEMORY_STACK - STACK_RESERVE;
  state.RLIM = MEMORY_RETURN_STACK - RETURN_RESERVE;
  state.HBASE = heapBase;
  state.HTOP = heapBase;
  state.HLIM = MEMORY_DATA;
  updateLimits();
  devices.resetDevices();
  state.clearCells(STACK_GUARD, STACK_END + STACK_SLACK);
  pushEntry(packEntry(0, KIND_BASE));
  state.SP = STACK + (entryFrame << CELL_SHIFT);
  state.SP_PEAK = state.SP;
  state.SP_ISSUED = state.SP;
  state.PC = entry;
  decodeAll();
}

/** Whether an interrupt is taken at this boundary: then its handler has been entered. */
function interrupted(): bool {
  if (!state.IE || state.RRV != 0) return false;
  const lines = devices.takeable();
  if (lines == 0) return false;
  const line = <i32>ctz(lines);
  devices.clearPending(1 << line);
  enterInterrupt(line);
  return true;
}

/** Runs until the cycle counter reaches `until` or something stops the core; returns the status. */
export function run(until: i64): i32 {
  while (state.STATUS == state.RUNNING) {
    if (state.CYCLES >= until) return state.LIMIT_REACHED;
    devices.advance(state.CYCLES);
    if (interrupted()) continue;
    const event = state.IE ? devices.nextEvent() : until;
    state.LIMIT = max(min(until, event), state.CYCLES + 1);
    if (state.RRV != 0) step();
    else fast();
  }
  return state.STATUS;
}

/** Executes one instruction, or one interrupt entry. */
export function stepOne(): i32 {
  if (state.STATUS == state.RUNNING) {
    devices.advance(state.CYCLES);
    if (!interrupted()) step();
  }
  return state.STATUS;
}

/** Goes on after a stop that is not final; `pass`: a breakpoint or BRK at the present pc does not stop again. */
export function proceed(pass: bool): void {
  if (state.STATUS == state.EXITED || state.STATUS == state.FAULTED) return;
  state.STATUS = state.RUNNING;
  if (pass) state.PASS_PC = state.PC;
}

export function setBreakpoint(pc: i32, set: bool): void {
  patchBreakpoint(pc, set);
}

export function drivePin(pin: i32, high: bool): void {
  devices.drive(pin, high, state.CYCLES);
}

export function wirePins(from: i32, to: i32): void {
  devices.wire(from, to, state.CYCLES);
}

export function padLevels(): u32 {
  return devices.PADS;
}

export function inputRoom(): i32 {
  return devices.inputRoom();
}

export function giveInput(byte: i32): void {
  devices.giveInput(byte, state.CYCLES);
}

/** Number of console bytes since the last call; they stay in OUTPUT until the core runs again. */
export function takeOutput(): i32 {
  return devices.takeOutput();
}

export function save(): void {
  saveRegisters();
}

/** Takes the machine from a restored memory. */
export function restore(): void {
  loadRegisters();
  decodeAll();
}

export function pc(): i32 {
  return state.PC;
}
export function sp(): i32 {
  return state.wordOf(state.SP);
}
export function fp(): i32 {
  return state.wordOf(state.FP);
}
export function handler(): i32 {
  return state.H;
}
export function rsp(): i32 {
  return state.RSP;
}
export function cycles(): i64 {
  return state.CYCLES;
}
export function retired(): i64 {
  return state.RETIRED;
}
export function resumePending(): i32 {
  return state.RRV;
}
export function resumeTag(): i32 {
  return state.RR_TAG;
}
export function resumePayload(): i64 {
  return state.RR;
}
/** The pc whose breakpoint is passed over once, or -1. */
export function passedPc(): i32 {
  return state.PASS_PC;
}
export function interruptsEnabled(): i32 {
  return state.IE ? 1 : 0;
}
export function exitCode(): i32 {
  return state.EXIT_CODE;
}
export function faultCode(): i32 {
  return state.FAULT_CODE;
}
export function faultDetail(): i32 {
  return state.FAULT_DETAIL;
}
export function stackPeak(): i32 {
  return state.wordOf(state.SP_PEAK);
}
export function heapPeak(): i32 {
  return state.HPEAK;
}
export function overflowing(): i32 {
  return state.OVERFLOW ? 1 : 0;
}
/** Index of the vector that the last trap took, or -1 where it entered a getter. */
export function vector(): i32 {
  return VECTOR;
}
/** Value of a control register, 0 where there is none. */
export function control(k: i32): i64 {
  return isControl(k) ? controlValue(k) : 0;
}
