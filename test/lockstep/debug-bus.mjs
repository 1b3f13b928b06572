/** Numbers of the core's debug bus: spaces, state registers, and why the core stands still. */

export const SPACE = {
  STATE: 0,
  CODE: 1,
  DATA: 2,
  STACK: 3,
  RETURN_STACK: 4,
  GLOBALS: 5,
  DISPATCH_VALUE: 6,
  DISPATCH_KEY: 7,
  VECTORS: 8,
  CSR: 9,
};

export const STATE = {
  CONTROL: 0,
  STATUS: 1,
  PC: 2,
  SP: 3,
  FP: 4,
  H: 5,
  RSP: 6,
  RR: 7,
  RRV: 8,
  CYCLE: 9,
  INSTRET: 10,
  EXIT_CODE: 11,
  FAULT_CODE: 12,
  FAULT_DETAIL: 13,
  CODE_WORDS: 14,
  HBASE: 15,
  OVERFLOW: 16,
  SP_PEAK: 17,
  PASS_PC: 18,
};

export const STATUS = {
  RUNNING: 0,
  EXITED: 1,
  FAULTED: 2,
  BREAK_INSTRUCTION: 3,
  BREAKPOINT: 4,
  HALTED: 5,
  STEPPED: 6,
};
