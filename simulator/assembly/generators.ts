/**
 * Generators: MKGEN, YIELD, GRES, and FORITER over a generator.
 *
 * A GEN block is header; RAW {pc, H, words, state}; the callee word of its function while it can be resumed, its result
 * once it is done; the saved frame. Where the callee is a CLOSURE, entering puts it back below the frame (within the
 * cycles of the table), so LDENV works wherever the frame lies. An exception thrown in is raised at the pc where the
 * generator stands, a fresh one's first instruction included; a value sent to a fresh one is dropped. A generator that
 * runs or is done cannot be entered: NEXT or RESUME_GENERATOR traps.
 */
import {
  BEYOND_FORITER_GENERATOR_ENTERS,
  BEYOND_GRES_ENTER,
  CAUSE_ALLOCATE,
  CYCLES_FORITER_GENERATOR_ENTERS,
  CYCLES_GRES_ENTER,
  CYCLES_MKGEN_DONE,
  CYCLES_YIELD_SUSPEND,
  EACH_FORITER_GENERATOR_ENTERS,
  EACH_GRES_ENTER,
  EACH_MKGEN_DONE,
  EACH_YIELD_SUSPEND,
  ENTRY_GENERATOR,
  ENTRY_GENERATOR_BITS,
  FAULT_FIELD,
  FAULT_RESUME,
  FAULT_WRONG_TAG,
  FOUND_FORITER_NEXT,
  FOUND_FORITER_STACK,
  FOUND_GRES_RESUME_GENERATOR,
  FOUND_GRES_STACK,
  FOUND_MKGEN_ALLOCATE,
  GEN_HANDLER,
  GEN_HANDLER_BITS,
  GEN_PC_BITS,
  GEN_STATE,
  GEN_STATE_BITS,
  GEN_WORDS,
  GEN_WORDS_BITS,
  HDR_LENGTH,
  HDR_LENGTH_BITS,
  KIND_GEN,
  TAG_CLOSURE,
  TAG_GEN,
  TAG_NONE,
  TAG_RAW,
  TIMING_GENERATOR_STATE,
  TRAP_NEXT,
  TRAP_RESUME_GENERATOR,
} from './generated/isa';
import { allocate, available, blockWords, reference, rowOfTag } from './build';
import { returnWord } from './calls';
import { CELL, CELL_SHIFT } from './layout';
import { WORD, extra, fieldA, fieldB, source } from './operands';
import {
  CYCLES,
  FP,
  H,
  PC,
  RR,
  RRV,
  RR_TAG,
  RSP,
  SP,
  addressOf,
  bitsAt,
  copyCell,
  dataCell,
  dataRange,
  fault,
  fieldOf,
  setCell,
  tagAt,
} from './state';
import {
  ENTRY_HAS_HOLE,
  entryAt,
  entryFp,
  entryHandler,
  entryKind,
  entryPc,
  fits,
  generatorEntry,
  notePeak,
  overflow,
  packEntry,
  pushEntry,
  retryTrap,
  trap1,
  trap2,
} from './trap';

/** Generator states, see GEN. */
const FRESH: i32 = 0;
const SUSPENDED: i32 = 1;
const RUNS: i32 = 2;
const DONE: i32 = 3;

/** Words before the saved frame. */
const FRAME_AT: i32 = 3;
/** Words of a frame that can be saved: no instruction is longer than 40 cycles. */
const FRAME_MAX: i32 = 32;
/** GRES variant bit: throw instead of send. */
const THROW_BIT: u32 = 1 << 21;

function describe(address: i32, pc: i32, handler: i32, words: i32, state: i32): void {
  setCell(
    dataCell(address + 1),
    TAG_RAW,
    <i64>pc | (<i64>handler << GEN_HANDLER) | (<i64>words << GEN_WORDS) | (<i64>state << GEN_STATE),
  );
}

/** Saves the frame from FP up to SP. */
function saveFrame(address: i32, words: i32): void {
  if (words > 0) memory.copy(dataCell(address + FRAME_AT), FP, words << CELL_SHIFT);
}

export function makeGenerator(): void {
  const words = (SP - FP) >> CELL_SHIFT;
  if (<u32>words > <u32>FRAME_MAX) return fault(FAULT_FIELD, words);
  if (RSP == 0) return fault(FAULT_RESUME, 0);
  if (!available(FRAME_AT + words, 0)) return retryTrap(CAUSE_ALLOCATE, FOUND_MKGEN_ALLOCATE);
  const row = rowOfTag(TAG_GEN);
  const address = allocate(FRAME_AT + words, row);
  if (address < 0) return;
  describe(address, PC + 1, 0, words, FRESH);
  if (entryAt(0) & ENTRY_HAS_HOLE) copyCell(dataCell(address + 2), FP - CELL);
  saveFrame(address, words);
  returnWord(TAG_GEN, reference(address, 0, row), CYCLES_MKGEN_DONE + EACH_MKGEN_DONE * words);
}

/** Enters a generator; a frame that does not fit is found in execute cycle k. False where it runs or is done: nothing has changed then. */
function enterGenerator(bits: i64, tag: i32, value: i64, thrown: bool, cycles: i32, each: i32, beyond: i32, k: i32): bool {
  const address = addressOf(bits);
  if (!dataRange(address, FRAME_AT)) return true;
  const describing = dataCell(address + 1);
  if (tagAt(describing) != TAG_RAW) {
    fault(FAULT_WRONG_TAG, address + 1);
    return true;
  }
  const state = bitsAt(describing);
  const stage = fieldOf(state, GEN_STATE, GEN_STATE_BITS);
  if (stage == RUNS || stage == DONE) return false;
  const words = fieldOf(state, GEN_WORDS, GEN_WORDS_BITS);
  if (words > FRAME_MAX) {
    fault(FAULT_FIELD, words);
    return true;
  }
  if (!dataRange(address, FRAME_AT + words)) return true;
  const environment = dataCell(address + 2);
  const closure = tagAt(environment) == TAG_CLOSURE;
  const base = closure ? SP + CELL : SP;
  const end = base + (words << CELL_SHIFT);
  if (!fits(end)) {
    overflow(k);
    return true;
  }
  pushEntry(generatorEntry(packEntry(PC, KIND_GEN), address) | (closure ? ENTRY_HAS_HOLE : 0));
  if (closure) copyCell(SP, environment);
  FP = base;
  if (words > 0) memory.copy(FP, dataCell(address + FRAME_AT), words << CELL_SHIFT);
  SP = end;
  PC = fieldOf(state, 0, GEN_PC_BITS);
  H = fieldOf(state, GEN_HANDLER, GEN_HANDLER_BITS);
  describe(address, PC, H, words, RUNS);
  RR_TAG = tag;
  RR = value;
  RRV = thrown ? 2 : stage == SUSPENDED ? 1 : 0;
  CYCLES += extra(cycles, each, words, beyond);
  notePeak();
  return true;
}

export function iterateGenerator(bits: i64): void {
  const entered = enterGenerator(
    bits,
    TAG_NONE,
    0,
    false,
    CYCLES_FORITER_GENERATOR_ENTERS,
    EACH_FORITER_GENERATOR_ENTERS,
    BEYOND_FORITER_GENERATOR_ENTERS,
    FOUND_FORITER_STACK,
  );
  if (!entered) trap1(TRAP_NEXT, FOUND_FORITER_NEXT + TIMING_GENERATOR_STATE, TAG_GEN, bits);
}

export function resumeGenerator(): void {
  const valueCell = source(fieldB());
  const tagV = tagAt(valueCell);
  const value = bitsAt(valueCell);
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const bits = bitsAt(cell);
  let found = FOUND_GRES_RESUME_GENERATOR;
  if (tag == TAG_GEN) {
    const entered = enterGenerator(
      bits,
      tagV,
      value,
      (WORD & THROW_BIT) != 0,
      CYCLES_GRES_ENTER,
      EACH_GRES_ENTER,
      BEYOND_GRES_ENTER,
      FOUND_GRES_STACK,
    );
    if (entered) return;
    found += TIMING_GENERATOR_STATE;
  }
  trap2(TRAP_RESUME_GENERATOR, found, tag, bits, tagV, value);
}

/** YIELD: a frame that has outgrown its block (operands on the stack) faults FIELD; the compiler spills them before. */
export function yieldValue(): void {
  const cell = source(fieldA());
  const tag = tagAt(cell);
  const bits = bitsAt(cell);
  if (RSP == 0 || entryKind(entryAt(0)) != KIND_GEN) return fault(FAULT_RESUME, 0);
  const entry = entryAt(0);
  const address = fieldOf(entry, ENTRY_GENERATOR, ENTRY_GENERATOR_BITS);
  if (!dataRange(address, FRAME_AT)) return;
  const words = (SP - FP) >> CELL_SHIFT;
  const room = blockWords(fieldOf(bitsAt(dataCell(address)), HDR_LENGTH, HDR_LENGTH_BITS)) - FRAME_AT;
  if (<u32>words > <u32>min(room, FRAME_MAX) || !dataRange(address, FRAME_AT + words)) {
    return fault(FAULT_FIELD, words);
  }
  saveFrame(address, words);
  describe(address, PC, H, words, SUSPENDED);
  RSP -= 1;
  SP = entry & ENTRY_HAS_HOLE ? FP - CELL : FP;
  FP = entryFp(entry);
  H = entryHandler(entry);
  PC = entryPc(entry);
  RR_TAG = tag;
  RR = bits;
  RRV = 1;
  CYCLES += CYCLES_YIELD_SUSPEND + EACH_YIELD_SUSPEND * words;
}

/** RET from generator code: the generator is done, its result kept. False after a fault. */
export function finishGenerator(address: i32, tag: i32, bits: i64): bool {
  if (!dataRange(address, FRAME_AT)) return false;
  const state = bitsAt(dataCell(address + 1));
  describe(address, fieldOf(state, 0, GEN_PC_BITS), 0, 0, DONE);
  setCell(dataCell(address + 2), tag, bits);
  return true;
}
