/**
 * Decoding at load time.
 *
 * Each code word becomes an entry of 32 bytes: which handler of the fast loop runs it, where its operands lie and what
 * it costs. An operand's cell is `offset + (FP & frame mask) + (SP & stack mask)`: locals, constants, immediates and
 * the stack are read alike, without a branch. The offsets of stack operands are from SP before the instruction.
 *
 *     0 handler u8   1 handler while no breakpoint is set u8   2 change of SP i16
 *     4 a i32        8 b i32       12 d i32 (offsets)
 *     16 masks i8: a frame, a stack, b frame, b stack, d frame, d stack
 *     22 valid u8    23 bytes popped u8
 *     24 immediate, or entry of the branch target i32
 *     28 cycles where the branch is taken u8   29 where it is not u8   30 bytes pushed u8
 *
 * An entry that is not valid faults when it issues: no such opcode, or a specifier that names nothing in its place.
 */
import {
  CYCLES_BT_INT,
  FORMAT_A,
  FORMAT_B,
  FORMAT_C,
  FORMAT_I,
  FORMAT_J,
  FORMAT_K,
  FORMAT_L,
  FORMAT_M,
  FORMAT_T,
  MEMORY_CODE,
  MEMORY_GLOBALS,
  OP_LDG,
  OP_LDI,
  OP_LDK,
  OP_LDW8,
  OP_MOV,
  OP_STG,
  OP_STW8,
  OPERANDS,
  SPECIFIER_DISCARD,
  SPECIFIER_FALSE,
  SPECIFIER_LOCAL_MAX,
  SPECIFIER_MINUS_ONE,
  SPECIFIER_NONE,
  SPECIFIER_NOTIMPLEMENTED,
  SPECIFIER_STACK,
  SPECIFIER_TRUE,
  SPECIFIER_ZERO,
  TAG_BOOL,
  TAG_INT,
  TAG_NONE,
  TAG_NOTIMPLEMENTED,
  TIMING_MISPREDICTED,
} from './generated/isa';
import { F_BREAK, F_LDG, F_MOVE, F_STEP, handlerOf } from './generated/handlers';
import {
  CELL,
  CELL_SHIFT,
  CODE,
  CONSTANTS,
  DECODED,
  DECODED_ENTRY,
  DISCARD,
  GLOBALS,
  IMMEDIATES,
  IMMEDIATE_COUNT,
  IMMEDIATE_MIN,
} from './layout';
import { attributeOfA, attributeOfM, branchOffset, immediate, setWord } from './operands';
import { CODE_WORDS, setCell } from './state';

export const HANDLER_AT: usize = 0;
export const ORIGINAL_AT: usize = 1;
export const DELTA_AT: usize = 2;
export const A_AT: usize = 4;
export const B_AT: usize = 8;
export const D_AT: usize = 12;
export const A_FRAME_AT: usize = 16;
export const A_STACK_AT: usize = 17;
export const B_FRAME_AT: usize = 18;
export const B_STACK_AT: usize = 19;
export const D_FRAME_AT: usize = 20;
export const D_STACK_AT: usize = 21;
export const VALID_AT: usize = 22;
export const POPS_AT: usize = 23;
export const IMMEDIATE_AT: usize = 24;
export const TAKEN_AT: usize = 28;
export const FALL_AT: usize = 29;
export const PUSHES_AT: usize = 30;

/** Locals that LDW8 and STW8 reach. */
const WIDE_LOCALS: i32 = 256;

/** Writes the cells that constant specifiers and immediates stand for. */
export function writeConstants(): void {
  for (let i = 0; i < IMMEDIATE_COUNT; i++) setCell(IMMEDIATES + (i << CELL_SHIFT), TAG_INT, IMMEDIATE_MIN + i);
  setCell(CONSTANTS + SPECIFIER_NONE * CELL, TAG_NONE, 0);
  setCell(CONSTANTS + SPECIFIER_FALSE * CELL, TAG_BOOL, 0);
  setCell(CONSTANTS + SPECIFIER_TRUE * CELL, TAG_BOOL, 1);
  setCell(CONSTANTS + SPECIFIER_NOTIMPLEMENTED * CELL, TAG_NOTIMPLEMENTED, 0);
  setCell(CONSTANTS + SPECIFIER_MINUS_ONE * CELL, TAG_INT, -1);
  for (let i = 0; i < 10; i++) setCell(CONSTANTS + (SPECIFIER_ZERO + i) * CELL, TAG_INT, i);
}

/** Whether the table has an instruction with this opcode; ILL is none. */
export function isOpcode(op: i32): bool {
  return unchecked(OPERANDS[op]) != 0;
}

/** Decodes the whole code memory; words beyond the image's code stay invalid. */
export function decodeAll(): void {
  memory.fill(DECODED, 0, (MEMORY_CODE + 1) * DECODED_ENTRY);
  for (let pc = 0; pc < CODE_WORDS; pc++) decode(pc);
}

/** Specifier in a field (1 a, 2 b, 3 d) of a format. */
function specifierOf(word: u32, format: u32, field: u32): i32 {
  if (field == 1) return <i32>((word >> 7) & 127);
  if (field == 2 || format == FORMAT_A) return <i32>(word & 127);
  return <i32>((word >> (format == FORMAT_K || format == FORMAT_L ? 17 : 14)) & 127);
}

/** Place of the slot of an operand field in the entry, and of its masks. */
function slotAt(field: u32): u32 {
  return field == 1 ? <u32>A_AT : field == 2 ? <u32>B_AT : <u32>D_AT;
}

function writeOperand(entry: i32, field: u32, offset: i32, frame: bool, stack: bool): void {
  store<i32>(entry + slotAt(field), offset);
  const masks = entry + <i32>A_FRAME_AT + ((field - 1) << 1);
  store<i8>(masks, frame ? -1 : 0);
  store<i8>(masks, stack ? -1 : 0, 1);
}

/** Operand that does not lie on the stack; false where the specifier names nothing. */
function writeFixed(entry: i32, field: u32, specifier: i32): void {
  if (specifier <= SPECIFIER_LOCAL_MAX) writeOperand(entry, field, specifier << CELL_SHIFT, true, false);
  else if (specifier == SPECIFIER_DISCARD) writeOperand(entry, field, -CELL, true, false);
  else writeOperand(entry, field, CONSTANTS + (specifier << CELL_SHIFT), false, false);
}

/** Decodes the word at `pc`. */
function decode(pc: i32): void {
  const word = load<u32>(CODE + (pc << 2));
  const op = <i32>(word >> 24);
  const entry = DECODED + pc * DECODED_ENTRY;
  const operands = unchecked(OPERANDS[op]);
  if (operands == 0) return;
  const format = operands & 15;
  setWord(word);

  let popped = 0;
  for (let i = 2; i >= 0; i--) {
    const field = (operands >> (4 + 2 * i)) & 3;
    if (field == 0) continue;
    const specifier = specifierOf(word, format, field);
    if (specifier == SPECIFIER_STACK) {
      popped += CELL;
      writeOperand(entry, field, -popped, false, true);
    } else writeFixed(entry, field, specifier);
  }
  let pushed = 0;
  const destination = (operands >> 10) & 3;
  if (destination != 0) {
    const specifier = specifierOf(word, format, destination);
    if (specifier == SPECIFIER_STACK) {
      pushed = CELL;
      writeOperand(entry, 3, -popped, false, true);
    } else if (specifier == SPECIFIER_DISCARD) writeOperand(entry, 3, DISCARD, false, false);
    else if (specifier <= SPECIFIER_LOCAL_MAX) writeOperand(entry, 3, specifier << CELL_SHIFT, true, false);
    else return;
  }
  for (let shift = 12; shift <= 14; shift += 2) {
    const field = (operands >> shift) & 3;
    if (field == 0) continue;
    const slot = specifierOf(word, format, field);
    // A group has a second local.
    if (slot + (shift == 14 ? 1 : 0) > SPECIFIER_LOCAL_MAX) return;
    writeOperand(entry, field, slot << CELL_SHIFT, true, false);
  }

  let target = -1;
  if (format == FORMAT_I) {
    if ((operands & 0x3f0) == 0x010) {
      // The only source is a: the immediate takes the place of b.
      writeOperand(entry, 2, IMMEDIATES + ((immediate() - IMMEDIATE_MIN) << CELL_SHIFT), false, false);
    }
    store<i32>(entry, immediate(), IMMEDIATE_AT);
  } else if (format == FORMAT_B) {
    target = pc + branchOffset();
    const backward = branchOffset() <= 0;
    store<u8>(entry, CYCLES_BT_INT + (backward ? 0 : TIMING_MISPREDICTED), TAKEN_AT);
    store<u8>(entry, CYCLES_BT_INT + (backward ? TIMING_MISPREDICTED : 0), FALL_AT);
  } else if (format == FORMAT_K || format == FORMAT_L) store<i32>(entry, word & 0x1ffff, IMMEDIATE_AT);
  else if (format == FORMAT_J || format == FORMAT_C) target = word & 0x7fff;
  else if (format == FORMAT_A) store<i32>(entry, attributeOfA(), IMMEDIATE_AT);
  else if (format == FORMAT_M) store<i32>(entry, attributeOfM(), IMMEDIATE_AT);
  else if (format != FORMAT_T) return;

  store<u8>(entry, 1, VALID_AT);
  store<u8>(entry, <u8>popped, POPS_AT);
  store<u8>(entry, <u8>pushed, PUSHES_AT);
  store<i16>(entry, <i16>(pushed - popped), DELTA_AT);
  const leaves = format == FORMAT_B || format == FORMAT_J || format == FORMAT_C;
  if (leaves) store<i32>(entry, DECODED + target * DECODED_ENTRY, IMMEDIATE_AT);
  // A branch out of the code faults where it lands: with the very pc, so the fast loop leaves it alone.
  let handler = (leaves && <u32>target >= <u32>CODE_WORDS) ? F_STEP : prepare(op, entry);
  if (handler != F_STEP && (popped | pushed) != 0) handler += 1;
  store<u8>(entry, <u8>handler, HANDLER_AT);
  store<u8>(entry, <u8>handler, ORIGINAL_AT);
}

/** Makes operand a a word of the globals RAM. */
function globalSource(entry: i32): void {
  store<i32>(entry, GLOBALS + (load<i32>(entry, IMMEDIATE_AT) << CELL_SHIFT), A_AT);
}

/** The source in field d becomes operand a; what is left of d is free for the destination. */
function swapSource(entry: i32): void {
  store<i32>(entry, load<i32>(entry, D_AT), A_AT);
  store<u16>(entry, load<u16>(entry, D_FRAME_AT), A_FRAME_AT);
  store<u16>(entry, 0, D_FRAME_AT);
}

/**
 * Handler of an instruction. Moves between locals, constants, globals and the stack are all one: they differ by where
 * their operands lie, which is fixed here.
 */
function prepare(op: i32, entry: i32): i32 {
  const k = load<i32>(entry, IMMEDIATE_AT);
  switch (op) {
    case OP_MOV:
      return F_MOVE;
    case OP_LDI:
      store<i32>(entry, (k << 15) >> 15, IMMEDIATE_AT);
      return handlerOf(op);
    case OP_LDK:
    case OP_LDG:
      if (k >= MEMORY_GLOBALS) return F_STEP;
      globalSource(entry);
      return op == OP_LDK ? F_MOVE : F_LDG;
    case OP_STG:
      if (k >= MEMORY_GLOBALS) return F_STEP;
      swapSource(entry);
      store<i32>(entry, GLOBALS + (k << CELL_SHIFT), D_AT);
      return F_MOVE;
    case OP_LDW8:
      if (k >= WIDE_LOCALS) return F_STEP;
      store<i32>(entry, k << CELL_SHIFT, A_AT);
      store<i8>(entry, -1, A_FRAME_AT);
      return F_MOVE;
    case OP_STW8:
      if (k >= WIDE_LOCALS) return F_STEP;
      swapSource(entry);
      store<i32>(entry, k << CELL_SHIFT, D_AT);
      store<i8>(entry, -1, D_FRAME_AT);
      return F_MOVE;
    default:
      return handlerOf(op);
  }
}

/** Sets or removes the breakpoint at `pc`: it costs nothing where it is not hit. */
export function patchBreakpoint(pc: i32, set: bool): void {
  if (<u32>pc >= <u32>MEMORY_CODE) return;
  const entry = DECODED + pc * DECODED_ENTRY;
  store<u8>(entry, set ? <u8>F_BREAK : load<u8>(entry, ORIGINAL_AT), HANDLER_AT);
}
