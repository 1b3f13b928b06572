/**
 * Sizes, control registers, I/O map, dispatch kinds, trap vectors and fault causes of the core: the parts of the
 * architecture that are not instructions.
 */
import { TAG, type TagName } from './words.js';

/** Version of the instruction set and of everything derived from it; an image of another version is refused. */
export const ISA_VERSION = 1;

/** Memory sizes in words (XC7Z020 sizes, see docs/isa.md); parameters of simulator and RTL. */
export const MEMORY = {
  code: 32768,
  data: 32768,
  stack: 2048,
  returnStack: 1024,
  dispatch: 2048,
  globals: 2048,
  vectors: 4096,
  io: 4096,
} as const;

/** Core clock that times are given for, in Hz (Arty Z7-20). */
export const CLOCK_HZ = 100_000_000;

/** Operand words that every frame may push beyond its locals; call and trap entry check for them. */
export const OPERAND_WORDS = 48;
/** Stack words and return entries kept back for raising RecursionError. */
export const STACK_RESERVE = 96;
export const RETURN_RESERVE = 16;
/** Data words 0-255 are runtime cells; word 0 is never a valid block. */
export const RUNTIME_CELLS = 256;

/** Block sizes in words of the allocator's size classes, header included; larger blocks are cut from the unused heap only. */
export const SIZE_CLASSES = [2, 3, 4, 5, 6, 8, 10, 12, 16, 24, 32, 48, 64, 96, 128, 256] as const;

/** Control and status registers of CSRR and CSRW. FREE, IVEC and TROW are arrays that start at the number given. */
export const CSR = {
  /** Stack soft limit, words. */ SLIM: 0,
  /** Return-stack soft limit, entries. */ RLIM: 1,
  /** First unused heap word. */ HTOP: 2,
  /** End of the heap (first word beyond). */ HLIM: 3,
  /** Retired instructions. */ INSTRET: 4,
  /** Interrupts enabled. */ IE: 5,
  /** Pending interrupt lines, one bit each; read only. */ IPEND: 6,
  /** Most heap words in use so far. */ HPEAK: 7,
  /** Free-list heads by size class, data address or 0. */ FREE: 16,
  /** FUNC payload of each interrupt line's handler. */ IVEC: 32,
  /** Dispatch row of each tag number's immediates. */ TROW: 64,
} as const;

/** Kinds of a dispatch-table entry. */
export const DISPATCH_KIND = {
  EMPTY: 0,
  SLOT: 1,
  CLASS_VALUE: 2,
  SLOT_ELSE_CLASS: 3,
  METHOD: 4,
  GETTER: 5,
  DESCRIPTOR: 6,
  SLOW: 7,
  ISA: 8,
} as const;

/** Attribute numbers that the linker reserves in every row. */
export const ATTR_CLASS = 1;
export const ATTR_NAME = 2;
/** First attribute number for program and runtime names. */
export const ATTR_FIRST = 3;

/** Registers of the I/O space (word addresses). */
export const IO = {
  /** 0-31: pin level. Write drives the output register with the truth of an INT or BOOL; read gives the synchronised input as INT. */ PIN: 0,
  /** 32-63: pin direction, 1 = output. */ PIN_DIRECTION: 32,
  /** 64-95: pull resistor of an input: 0 none, 1 up, 2 down. */ PIN_PULL: 64,
  /** Write: send a byte. */ UART_TX: 128,
  /** Bit 0: transmitter has room; bit 1: a received byte waits. */ UART_STATUS: 129,
  /** Read: the oldest received byte, or -1. */ UART_RX: 130,
  /** Clock cycles a bit, at least 2 (10 bits a byte). */ UART_DIVISOR: 131,
  /** Write: a byte of the error stream (console message port, always ready). */ CONSOLE_ERR: 132,
  /** Microseconds since reset. */ TIME_US: 144,
  /** Cycles since reset (frozen in debug). */ CYCLE: 145,
  /** Cycle at which timer 0 fires next; one that has passed fires at once, and the period counts from there. */ TIMER_COMPARE: 146,
  /** Timer 0 reload, cycles; 0 = single shot. */ TIMER_PERIOD: 147,
  /** Timer 0 runs while 1. */ TIMER_ENABLE: 148,
  /** Interrupt lines enabled, one bit each. Line 0 is timer 0, line 1 pin change, line 2 UART receive. */ IRQ_ENABLE: 160,
  /** Read: pending lines. Write: clears the bits written as 1. */ IRQ_PENDING: 161,
  /** Pins whose changes raise line 1, one bit each. */ IRQ_PINS: 162,
  /** Core clock, Hz; read only. */ CLOCK_HZ: 170,
} as const;

/** Interrupt lines, each with a vector in IVEC. */
export const INTERRUPT_LINES = 8;
/** Number of GPIO pins. */
export const PINS = 32;
/** Bytes that the UART transmitter buffers. */
export const UART_FIFO = 64;
/** UART divisor after reset: 1 Mbaud at 100 MHz. */
export const UART_DIVISOR_RESET = 100;
/** Smallest UART divisor, which smaller values count as: with it the receiver still has a byte when its stop bit ends. */
export const UART_DIVISOR_MIN = 2;
/** Cycles from a store to an output pin until an instruction that reads the pin over a jumper sees it (output register, then two flops). */
export const PIN_VISIBLE_AFTER = 3;

/** Group of an operand's tag, which a trap vector is selected by. */
export const TAG_GROUP = {
  number: 0,
  float: 1,
  str: 2,
  sequence: 3,
  mapping: 4,
  object: 5,
  callable: 6,
  other: 7,
} as const;
export type TagGroup = keyof typeof TAG_GROUP;

const GROUP_MEMBERS: Record<TagGroup, readonly TagName[]> = {
  number: ['BOOL', 'INT', 'BIGINT'],
  float: ['FLOAT'],
  str: ['STR7', 'STR'],
  sequence: ['TUPLE', 'BYTES', 'LIST', 'BYTEARRAY', 'RANGE'],
  mapping: ['DICT', 'SET'],
  object: ['OBJ', 'OBJX'],
  callable: ['FUNC', 'CLASS', 'CLOSURE', 'BOUND', 'GEN', 'ITER'],
  other: ['UNBOUND', 'NONE', 'NOTIMPLEMENTED', 'ELLIPSIS', 'RAW', 'HDR', 'CELL', 'SLICE'],
};

/** Group by tag number (0-31); numbers without a tag are in `other`. */
export const GROUP_OF_TAG: readonly TagGroup[] = (() => {
  const groups: TagGroup[] = new Array(32).fill('other');
  for (const [group, tags] of Object.entries(GROUP_MEMBERS) as [TagGroup, readonly TagName[]][]) {
    for (const tag of tags) groups[TAG[tag] & 0x1f] = group;
  }
  return groups;
})();

/**
 * Operation part of a trap vector's index: `index = operation * 64 + group(a) * 8 + group(b)`; operations with one
 * operand take group(b) as 0, and SYSTEM takes the cause ({@link SYSTEM_CAUSE}) in the low six bits.
 */
export const TRAP_OPERATION = {
  SYSTEM: 0,
  ADD: 1,
  SUB: 2,
  MUL: 3,
  AND: 4,
  OR: 5,
  XOR: 6,
  SHL: 7,
  SHR: 8,
  FLOOR: 9,
  MOD: 10,
  DIV: 11,
  POW: 12,
  ZXT: 13,
  NEG: 14,
  INV: 15,
  ABS: 16,
  /** Comparisons to a value: the handler's result is any object. */ LT: 17,
  LE: 18,
  EQ: 19,
  NE: 20,
  /** Compare-and-branch: the handler returns BOOL. */ LT_BRANCH: 21,
  LE_BRANCH: 22,
  EQ_BRANCH: 23,
  NE_BRANCH: 24,
  /** Membership, both forms: the handler returns BOOL. */ IN: 25,
  NOT_IN: 26,
  /** Truth of a value: BOOL. */ TRUTH: 27,
  /** `__index__` for RNGCK, INT. */ INDEX: 28,
  ITER: 29,
  NEXT: 30,
  LOAD_ATTR: 31,
  STORE_ATTR: 32,
  DELETE_ATTR: 33,
  LOAD_ITEM: 34,
  STORE_ITEM: 35,
  DELETE_ITEM: 36,
  LEN: 37,
  UNPACK: 38,
  APPEND: 39,
  HASH: 40,
  /** Call redirection: the handler returns the callable to call. */ CALL: 41,
  CALL_KEYWORDS: 42,
  BUILD_MAP: 43,
  BUILD_SET: 44,
  BUILD_SLICE: 45,
  /** Conversion int <-> float that does not fit. */ CONVERT: 46,
  SQRT: 47,
  BIT_TEST: 48,
  RESUME_GENERATOR: 49,
  /** I/O write of a value that is neither INT nor BOOL: the handler raises TypeError and never returns. */ IO_VALUE: 50,
  /** As LT and LE: `a > b` asks a's `__gt__` first, so it is not `b < a`. */ GT: 51,
  GE: 52,
  GT_BRANCH: 53,
  GE_BRANCH: 54,
} as const;
export type TrapOperation = keyof typeof TRAP_OPERATION;

/** Causes below TRAP_OPERATION.SYSTEM. */
export const SYSTEM_CAUSE = {
  /** LDG of an unbound global. */ NAME: 0,
  /** UNB of an unbound local. */ UNBOUND: 1,
  /** Load through an unbound cell. */ UNBOUND_CELL: 2,
  /** Stack or return stack beyond its soft limit. */ STACK: 3,
  /** No block left for an allocation; RETRY. */ ALLOCATE: 4,
  /** Safe point with a soft interrupt pending; RETRY. */ SAFE_POINT: 5,
  RAISE: 6,
  RERAISE: 7,
} as const;
export type SystemCause = keyof typeof SYSTEM_CAUSE;

/** Vector-table entry: code address of the handler and words to clear beyond the pushed operands (0-7). 0 = no handler. */
export const VECTOR = { address: [0, 15], clear: [15, 3] } as const;

/** Index of a trap vector. Groups are numbers 0-7. */
export const vectorIndex = (operation: number, groupA: number, groupB: number): number =>
  operation * 64 + groupA * 8 + groupB;

/** Why the core stopped by itself. Never a Python exception: a fault is a wrong program image or a runtime error of ours. */
export const FAULT = {
  NONE: 0,
  ILLEGAL: 1,
  /** Program counter outside the image. */ WILD_PC: 2,
  /** Raw instruction on a word of the wrong tag. */ WRONG_TAG: 3,
  /** Data address outside the memory. */ ADDRESS: 4,
  /** I/O register that does not exist. */ IO_ADDRESS: 5,
  /** Stack overflow inside the overflow handler, or beyond the memory. */ STACK: 6,
  /** Re-issue with a resume word of the wrong kind. */ RESUME: 7,
  /** Trap without a handler. */ NO_VECTOR: 8,
  /** FAULT instruction; the operand is in the fault value. */ SOFTWARE: 9,
  /** Field of an instruction outside its range. */ FIELD: 10,
} as const;
export type FaultName = keyof typeof FAULT;

/** Exit codes of HALT: the program ran to its end, ended by an uncaught exception, or by SystemExit with the status (0 to 255) in RR. */
export const HALT_CODE = { FINISHED: 0, UNCAUGHT: 1, EXIT: 2 } as const;

/** Cycle counts that belong to no single instruction. All other counts are in the instruction table. */
export const TIMING = {
  /** From the execute cycle that finds a trap (its `found`) to the handler's first instruction. */ trapEntry: 3,
  /** From an instruction boundary to an interrupt handler's first instruction. */ interruptEntry: 4,
  /** Words, pushed and cleared together, that either entry writes without a further cycle. */ entryWords: 3,
  /** On top of the outcome where a branch does not go as its direction predicts. */ mispredicted: 2,
  /** Re-issue of an instruction with its pending result; {@link mispredicted} comes on top for branches. */ reissue: 1,
  /** Re-issue of GETITER: it writes two words, as GETITER itself does. */ reissueIterator: 2,
  /** Re-issue of FORITER with UNBOUND: the loop ends. */ exhausted: 3,
  /** On top of the outcome, and of the cycle a trap is found in, where the row comes from an OBJX's header. */ headerRow: 2,
  /** On top of the cycle in which CALLV finds its traps, where CALLM calls the value that an attribute holds. */ throughAttribute: 4,
  /** On top of the cycle in which FORITER and GRES find NEXT and RESUME_GENERATOR, where a GEN's state leads there: it runs or is done. */ generatorState: 1,
} as const;
