/**
 * The instruction set as AssemblyScript source: what the simulator's assembly knows of opcodes, cycle counts, tags,
 * fields, registers and trap vectors. Every cycle that the simulator charges is a constant of this file.
 *
 * Names are made of the table's own: `OP_ADD`, `CYCLES_ADD_INT` (mnemonic and outcome), `EACH_` and `BEYOND_` for the
 * extra words of an outcome, `FOUND_ADD_ADD` (mnemonic and trap operation or system cause).
 */
import { BITFIELD_WIDTHS, SPECIFIER } from '../formats.js';
import { BY_OPCODE, INSTRUCTIONS } from '../instructions/index.js';
import type { Format, Instruction, OperandKind, Resume } from '../instructions/types.js';
import * as machine from '../machine.js';
import * as words from '../words.js';

/** Numbers of the instruction formats in the operand table; 0 stands for an opcode without an instruction. */
const FORMAT_NUMBER: Readonly<Record<Format, number>> = { T: 1, I: 2, B: 3, K: 4, J: 5, C: 6, A: 7, M: 8, L: 9 };

/** Numbers of the specifier fields in the operand table. */
const FIELD_NUMBER: Readonly<Record<string, number>> = { a: 1, b: 2, d: 3 };

/** What a re-issue does with the resume word, as numbers; 0: the instruction never has one. */
const RESUME_NUMBER: Readonly<Record<Resume, number>> = {
  none: 0,
  retry: 0,
  value: 1,
  branch: 2,
  next: 3,
  iterator: 4,
  item: 5,
  unpack: 6,
  callable: 7,
  result: 8,
};

const identifier = (text: string): string =>
  text
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase();

const constant = (name: string, value: number): string => `export const ${name}: i32 = ${value};`;

const constants = (prefix: string, values: Readonly<Record<string, number>>): string[] =>
  Object.entries(values).map(([name, value]) => constant(`${prefix}_${identifier(name)}`, value));

const fields = (prefix: string, layout: Readonly<Record<string, words.Field>>): string[] =>
  Object.entries(layout).flatMap(([name, [low, width]]) => [
    constant(`${prefix}_${identifier(name)}`, low),
    constant(`${prefix}_${identifier(name)}_BITS`, width),
  ]);

const table = (name: string, type: string, values: readonly number[]): string =>
  `export const ${name}: StaticArray<${type}> = [${values.join(', ')}];`;

function instructionConstants(instruction: Instruction): string[] {
  const name = identifier(instruction.mnemonic);
  const lines = [constant(`OP_${name}`, instruction.opcode)];
  for (const outcome of instruction.outcomes) {
    const suffix = `${name}_${identifier(outcome.name)}`;
    lines.push(constant(`CYCLES_${suffix}`, outcome.cycles));
    if (outcome.extra) {
      lines.push(constant(`EACH_${suffix}`, outcome.extra.each), constant(`BEYOND_${suffix}`, outcome.extra.beyond));
    }
  }
  for (const trap of instruction.traps) {
    lines.push(constant(`FOUND_${name}_${identifier(trap.cause ?? trap.operation)}`, trap.found));
  }
  return lines;
}

/**
 * Operands of an instruction in one number: bits 3:0 format, then two bits each for the fields of up to three sources
 * in the order in which they are pushed by a trap (the last is popped first), of the destination, of a local and of a
 * group of locals; bit 16: branch. A field is 0 where there is none.
 */
function operandNumber(instruction: Instruction): number {
  const fieldsOf = (kind: OperandKind): number[] =>
    instruction.operands.filter((o) => o.kind === kind).map((o) => FIELD_NUMBER[o.field]!);
  const sources = fieldsOf('source');
  const slots = [
    ...[0, 1, 2].map((i) => sources[i] ?? 0),
    ...(['destination', 'local', 'local-group'] as const).map((kind) => fieldsOf(kind)[0] ?? 0),
  ];
  const packed = slots.reduce((bits, value, i) => bits | (value << (4 + 2 * i)), FORMAT_NUMBER[instruction.format]);
  return packed | (instruction.branch ? 1 << 16 : 0);
}

/** What a re-issue does, from the traps that lead back to the instruction; YIELD and GRES are resumed by a generator. */
function resumeNumber(instruction: Instruction): number {
  if (instruction.mnemonic === 'YIELD') return RESUME_NUMBER.value;
  return Math.max(0, ...instruction.traps.map((trap) => RESUME_NUMBER[trap.resume]));
}

const byOpcode = (value: (instruction: Instruction) => number): number[] =>
  BY_OPCODE.map((instruction) => (instruction ? value(instruction) : 0));

/** Text of `simulator/assembly/generated/isa.ts`. */
export function assemblyScriptSource(): string {
  return `${[
    '// Generated from the instruction table by isa/src/generate/assemblyscript.ts. Do not edit.',
    '',
    ...constants('TAG', words.TAG),
    ...constants('KIND', words.ENTRY_KIND),
    ...fields('FUNC', words.FUNC),
    ...fields('CLASS', words.CLASS),
    ...fields('REF', words.REF),
    constant('STR_WIDE_BIT', words.STR_WIDE_BIT),
    ...fields('HDR', words.HDR),
    ...fields('LIST', words.LIST),
    ...fields('ENTRY', words.RETURN_ENTRY),
    ...fields('HANDLER', words.HANDLER),
    ...fields('GEN', words.GEN),
    ...fields('VECTOR', machine.VECTOR),
    ...constants('SPECIFIER', SPECIFIER),
    ...constants('MEMORY', machine.MEMORY),
    ...constants('CSR', machine.CSR),
    ...constants('DISPATCH', machine.DISPATCH_KIND),
    ...constants('IO', machine.IO),
    ...constants('TRAP', machine.TRAP_OPERATION),
    ...constants('CAUSE', machine.SYSTEM_CAUSE),
    ...constants('FAULT', machine.FAULT),
    ...constants('HALT', machine.HALT_CODE),
    ...constants('TIMING', machine.TIMING),
    constant('CLOCK_HZ', machine.CLOCK_HZ),
    constant('OPERAND_WORDS', machine.OPERAND_WORDS),
    constant('STACK_RESERVE', machine.STACK_RESERVE),
    constant('RETURN_RESERVE', machine.RETURN_RESERVE),
    constant('PINS', machine.PINS),
    constant('UART_FIFO', machine.UART_FIFO),
    constant('UART_DIVISOR_RESET', machine.UART_DIVISOR_RESET),
    constant('PIN_VISIBLE_AFTER', machine.PIN_VISIBLE_AFTER),
    constant('INTERRUPT_LINES', machine.INTERRUPT_LINES),
    constant('SIZE_CLASS_COUNT', machine.SIZE_CLASSES.length),
    ...Object.entries(FORMAT_NUMBER).map(([name, value]) => constant(`FORMAT_${name}`, value)),
    ...Object.entries(RESUME_NUMBER)
      .filter(([, value]) => value !== 0)
      .map(([name, value]) => constant(`RESUME_${identifier(name)}`, value)),
    ...INSTRUCTIONS.flatMap(instructionConstants),
    '',
    table(
      'GROUP_OF_TAG',
      'u8',
      machine.GROUP_OF_TAG.map((group) => machine.TAG_GROUP[group]),
    ),
    table('SIZE_CLASSES', 'u16', machine.SIZE_CLASSES),
    table('BITFIELD_WIDTHS', 'u8', BITFIELD_WIDTHS),
    table('OPERANDS', 'u32', byOpcode(operandNumber)),
    table('RESUME', 'u8', byOpcode(resumeNumber)),
  ].join('\n')}\n`;
}
