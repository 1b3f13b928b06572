/** The Verilog function that describes the operands of an opcode. */
import { INSTRUCTIONS } from '../instructions/index.js';
import { FIELD_NUMBER, FORMAT_NUMBER, OPERAND_BITS, OPERAND_WIDTH, operandNumber, RESUME_NUMBER } from './operands.js';

const defines = (prefix: string, values: Readonly<Record<string, number>>): string[] =>
  Object.entries(values).map(([name, value]) => `\`define PYSM_${prefix}_${name.toUpperCase()} ${value}`);

const MEANINGS: Readonly<Record<keyof typeof OPERAND_BITS, string>> = {
  format: 'format, PYSM_FMT_*',
  source1: 'field of the first source in assembly order, PYSM_FIELD_*',
  source2: 'field of the second source; stack operands are popped last source first',
  source3: 'field of the third source',
  destination: 'field of the destination',
  local: 'field of a local that is read and written',
  group: 'field of the first of two locals',
  resume: 'what a re-issue does with RR, PYSM_RESUME_*',
  valid: 'the opcode has an instruction (ILL has not)',
  branch: 'branch predicted by the direction of its offset: backward taken, forward not taken',
};

/** A number in binary with its fields parted, highest first. */
function binary(value: number): string {
  const digits = value.toString(2).padStart(OPERAND_WIDTH, '0');
  const pieces = Object.values(OPERAND_BITS).map(([low, width]) =>
    digits.slice(OPERAND_WIDTH - low - width, OPERAND_WIDTH - low),
  );
  return `${OPERAND_WIDTH}'b${pieces.reverse().join('_')}`;
}

/**
 * Text of `rtl/include/pysm_decode.svh`: macros, which are defined once, and a function, which every module that includes
 * the file gets for itself, because Verilog-2005 has functions in modules only.
 */
export function verilogDecode(): string {
  const layout = Object.entries(OPERAND_BITS).map(([name, [low, width]]) => {
    const bits = width === 1 ? `[${low}]` : `[${low + width - 1}:${low}]`;
    return `//   ${bits.padEnd(8)}${MEANINGS[name as keyof typeof OPERAND_BITS]}`;
  });
  const positions = Object.entries(OPERAND_BITS).flatMap(([name, [low, width]]) => [
    `\`define PYSM_OPERANDS_${name.toUpperCase()}_LOW ${low}`,
    `\`define PYSM_OPERANDS_${name.toUpperCase()}_WIDTH ${width}`,
  ]);
  const cases = INSTRUCTIONS.filter((i) => operandNumber(i) !== 0).map((i) => {
    // The attribute number of format A begins in the low two bits of the opcode byte.
    const opcodes = (i.format === 'A' ? [0, 1, 2, 3] : [0]).map(
      (n) => `8'h${(i.opcode + n).toString(16).padStart(2, '0')}`,
    );
    return `    ${opcodes.join(', ')}: pysm_operands = ${binary(operandNumber(i))}; // ${i.mnemonic}`;
  });
  return `${[
    '`ifndef PYSM_DECODE_SVH',
    '// Generated from the instruction table by isa/generate.mjs. Do not edit.',
    '//',
    '// To be included inside a module. pysm_operands describes an opcode by',
    ...layout,
    '// A field is 0 where the instruction has no such operand. Fields a and b are bits 13:7 and 6:0 of the instruction word;',
    '// d is bits 20:14 in the formats T and I, 23:17 in K and L, 6:0 in A.',
    '`define PYSM_DECODE_SVH',
    '',
    ...defines('FMT', FORMAT_NUMBER),
    '',
    ...defines('FIELD', { none: 0, ...FIELD_NUMBER }),
    '',
    ...defines('RESUME', RESUME_NUMBER),
    '',
    ...positions,
    '`endif',
    '',
    `function automatic [${OPERAND_WIDTH - 1}:0] pysm_operands(input [7:0] opcode);`,
    '  case (opcode)',
    ...cases,
    `    default: pysm_operands = ${binary(0)};`,
    '  endcase',
    'endfunction',
  ].join('\n')}\n`;
}
