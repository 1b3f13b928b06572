/** Texts of the debugger for people. */
import { FAULT } from '@pysm/isa';

const FAULT_TEXT: Readonly<Record<number, string>> = {
  [FAULT.ILLEGAL]: 'an instruction that does not exist was reached',
  [FAULT.WILD_PC]: 'execution left the program',
  [FAULT.WRONG_TAG]: 'a raw instruction met a word of the wrong type',
  [FAULT.ADDRESS]: 'a data address outside the memory was used',
  [FAULT.IO_ADDRESS]: 'an I/O register that does not exist was used',
  [FAULT.STACK]: 'the stack ran over while its overflow was being handled',
  [FAULT.RESUME]: 'a trap handler gave a result of the wrong type',
  [FAULT.NO_VECTOR]: 'an operation needs a part of the runtime that is not in the program',
  [FAULT.SOFTWARE]: 'the runtime found an inconsistency',
  [FAULT.FIELD]: 'an instruction has a field outside its range',
};

/** One sentence about a fault, and what it is not. `detail` is the fault value of the core. */
export function faultMessage(fault: number, pc: number, detail: number): string {
  const name = Object.entries(FAULT).find(([, code]) => code === fault)?.[0] ?? String(fault);
  const what = FAULT_TEXT[fault] ?? 'for an unknown reason';
  return (
    `The core stopped at address 0x${pc.toString(16).padStart(4, '0')}: ${what} (fault ${name}, detail ${detail}). ` +
    'A Python program cannot cause this by itself: it is an error in hand-written assembly or in PySM; please report it.'
  );
}

/** `1234567` as `1,234,567`. */
export const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** Time that a number of cycles takes: `480 ns`, `1.25 ms`. */
export function duration(cycles: number, clockHz: number): string {
  const seconds = cycles / clockHz;
  for (const [unit, scale] of [
    ['ns', 1e9],
    ['us', 1e6],
    ['ms', 1e3],
  ] as const) {
    const value = seconds * scale;
    if (value < 1000) return `${Number(value.toPrecision(4))} ${unit}`;
  }
  return `${Number(seconds.toPrecision(4))} s`;
}
