/**
 * The instruction set as AssemblyScript source: what the simulator's assembly knows of opcodes, cycle counts, tags,
 * fields, registers and trap vectors. Every cycle that the simulator charges is a constant of this file.
 *
 * Names are made of the table's own: `OP_ADD`, `CYCLES_ADD_INT` (mnemonic and outcome), `EACH_` and `BEYOND_` for the
 * extra words of an outcome, `FOUND_ADD_ADD` (mnemonic and trap operation or system cause).
 */
import { BITFIELD_WIDTHS, SPECIFIER } from '../formats.js';
import { BY_OPCODE, INSTRUCTIONS } from '../instructions/index.js';
import type { Instruction } from '../instructions/types.js';
import * as machine from '../machine.js';
import * as words from '../words.js';
import { FORMAT_NUMBER, OPERAND_BITS, operandNumber, RESUME_NUMBER } from './operands.js';

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

const byOpcode = (value: (instruction: Instruction) => number): number[] =>
  BY_OPCODE.map((instruction) => (instruction ? value(instruction) : 0));

const [resumeLow, resumeWidth] = OPERAND_BITS.resume;

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
    constant('UART_DIVISOR_MIN', machine.UART_DIVISOR_MIN),
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
    table(
      'RESUME',
      'u8',
      byOpcode((i) => (operandNumber(i) >> resumeLow) & (2 ** resumeWidth - 1)),
    ),
  ].join('\n')}\n`;
}
