/** The Verilog and the C header: the same constants in two syntaxes. */
import { INSTRUCTIONS } from '../instructions/index.js';
import { type IsaConstant, isaConstants } from './constants.js';

const hex = (value: number): string => value.toString(16).padStart(2, '0');

function verilogValue({ value, hex: inHex }: IsaConstant): string {
  return inHex ? `8'h${hex(value)}` : String(value);
}

/**
 * Text of `rtl/include/pysm_isa.svh`: `define` macros only, because they are what Icarus, Verilator and both Yosys take
 * from an include file in any place.
 */
export function verilogHeader(): string {
  const groups = isaConstants().flatMap(({ title, constants }) => [
    '',
    `// ${title}`,
    ...constants.map((c) => `\`define PYSM_${c.name} ${verilogValue(c)}`),
  ]);
  return `${[
    '// Generated from the instruction table by isa/generate.mjs. Do not edit.',
    '`ifndef PYSM_ISA_SVH',
    '`define PYSM_ISA_SVH',
    ...groups,
    '',
    '`endif',
  ].join('\n')}\n`;
}

/** Text of `host/include/pysm_isa.h`, C11: macros, and the instructions as a list to expand. */
export function cHeader(): string {
  const groups = isaConstants().flatMap(({ title, constants }) => [
    '',
    `/* ${title} */`,
    ...constants.map(
      (c) => `#define PYSM_${c.name} ${c.hex ? `0x${hex(c.value)}` : c.value < 0 ? `(${c.value})` : c.value}`,
    ),
  ]);
  const list = INSTRUCTIONS.map((i) => `  X(0x${hex(i.opcode)}, ${i.mnemonic})`).join(' \\\n');
  return `${[
    '/* Generated from the instruction table by isa/generate.mjs. Do not edit. */',
    '#ifndef PYSM_ISA_H',
    '#define PYSM_ISA_H',
    '',
    '#include <stdint.h>',
    ...groups,
    '',
    '/* X(opcode, mnemonic) for every instruction; instructions of format A stand at four opcodes from theirs on. */',
    `#define PYSM_INSTRUCTIONS(X) \\\n${list}`,
    '',
    '/* The field of `width` bits (1 to 63) at bit `low` of a payload, unsigned. */',
    'static inline uint64_t pysm_field(uint64_t payload, unsigned low, unsigned width) {',
    '  return (payload >> low) & ((UINT64_C(1) << width) - 1u);',
    '}',
    '',
    '/* Index of a trap vector from the operation and the groups (0 to 7) of its operands. */',
    'static inline unsigned pysm_vector_index(unsigned operation, unsigned group_a, unsigned group_b) {',
    '  return operation * 64u + group_a * 8u + group_b;',
    '}',
    '',
    '#endif',
  ].join('\n')}\n`;
}
