/**
 * Every number of the architecture under the name that Verilog and C know it by, in groups. The two headers differ in
 * syntax alone.
 *
 * Names are made of the table's own: `OP_ADD`, `CYCLES_ADD_INT` (mnemonic and outcome) with `_EACH` and `_BEYOND` for the
 * words that cost extra, `FOUND_ADD_ADD` (mnemonic and trap operation or system cause), `FUNC_ENTRY_LOW` and `_WIDTH` for
 * a field.
 */
import { BITFIELD_WIDTHS, FORMATS, SPECIFIER } from '../formats.js';
import { INSTRUCTIONS } from '../instructions/index.js';
import * as machine from '../machine.js';
import * as words from '../words.js';

export interface IsaConstant {
  readonly name: string;
  readonly value: number;
  /** Written in hexadecimal. */
  readonly hex?: true;
}

export interface ConstantGroup {
  readonly title: string;
  readonly constants: readonly IsaConstant[];
}

/** A name in capitals: `frame - n` becomes FRAME_N, `outputFile` becomes OUTPUT_FILE. */
export const identifier = (text: string): string =>
  text
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase();

const group = (title: string, prefix: string, values: Readonly<Record<string, number>>, hex?: true): ConstantGroup => ({
  title,
  constants: Object.entries(values).map(([name, value]) => ({
    name: `${prefix}_${identifier(name)}`,
    value,
    ...(hex ? { hex } : {}),
  })),
});

const fieldGroup = (
  title: string,
  layouts: Readonly<Record<string, Readonly<Record<string, words.Field>>>>,
): ConstantGroup => ({
  title,
  constants: Object.entries(layouts).flatMap(([prefix, layout]) =>
    Object.entries(layout).flatMap(([name, [low, width]]) => [
      { name: `${prefix}_${identifier(name)}_LOW`, value: low },
      { name: `${prefix}_${identifier(name)}_WIDTH`, value: width },
    ]),
  ),
});

/** Fields of the instruction formats; a field in two pieces has `_HIGH_` for the upper one. */
function formatFields(): ConstantGroup {
  const constants: IsaConstant[] = [];
  for (const [format, layout] of Object.entries(FORMATS)) {
    for (const [name, { pieces }] of Object.entries(layout)) {
      pieces.forEach(([low, width], i) => {
        const piece = pieces.length > 1 && i === 0 ? 'HIGH_' : '';
        const stem = `FORMAT_${format}_${identifier(name)}_${piece}`;
        constants.push({ name: `${stem}LOW`, value: low }, { name: `${stem}WIDTH`, value: width });
      });
    }
  }
  return { title: 'Fields of the instruction formats', constants };
}

function cycles(): ConstantGroup {
  const constants: IsaConstant[] = [];
  for (const { mnemonic, outcomes, traps } of INSTRUCTIONS) {
    for (const outcome of outcomes) {
      const name = `CYCLES_${mnemonic}_${identifier(outcome.name)}`;
      constants.push({ name, value: outcome.cycles });
      if (outcome.extra) {
        constants.push({ name: `${name}_EACH`, value: outcome.extra.each });
        constants.push({ name: `${name}_BEYOND`, value: outcome.extra.beyond });
      }
    }
    for (const trap of traps) {
      constants.push({ name: `FOUND_${mnemonic}_${trap.cause ?? trap.operation}`, value: trap.found });
    }
  }
  return { title: 'Execute cycles by outcome, and the cycle in which a trap is found', constants };
}

/** All constants of the instruction set. Names are unique. */
export function isaConstants(): readonly ConstantGroup[] {
  const single: Readonly<Record<string, number>> = {
    ISA_VERSION: machine.ISA_VERSION,
    CLOCK_HZ: machine.CLOCK_HZ,
    OPERAND_WORDS: machine.OPERAND_WORDS,
    STACK_RESERVE: machine.STACK_RESERVE,
    RETURN_RESERVE: machine.RETURN_RESERVE,
    RUNTIME_CELLS: machine.RUNTIME_CELLS,
    ATTR_CLASS: machine.ATTR_CLASS,
    ATTR_NAME: machine.ATTR_NAME,
    ATTR_FIRST: machine.ATTR_FIRST,
    INTERRUPT_LINES: machine.INTERRUPT_LINES,
    PINS: machine.PINS,
    UART_FIFO: machine.UART_FIFO,
    UART_DIVISOR_RESET: machine.UART_DIVISOR_RESET,
    UART_DIVISOR_MIN: machine.UART_DIVISOR_MIN,
    PIN_VISIBLE_AFTER: machine.PIN_VISIBLE_AFTER,
    STR7_MAX: words.STR7_MAX,
    STR_WIDE_BIT: words.STR_WIDE_BIT,
  };
  return [
    { title: 'Sizes and limits', constants: Object.entries(single).map(([name, value]) => ({ name, value })) },
    group('Memories, words', 'MEMORY', machine.MEMORY),
    {
      title: 'Block sizes of the allocator',
      constants: machine.SIZE_CLASSES.map((value, i) => ({ name: `SIZE_CLASS_${i}`, value })),
    },
    group('Tags', 'TAG', words.TAG, true),
    fieldGroup('Payload fields', {
      FUNC: words.FUNC,
      CLASS: words.CLASS,
      REF: words.REF,
      HDR: words.HDR,
      LIST: words.LIST,
      GEN: words.GEN,
      RETURN_ENTRY: words.RETURN_ENTRY,
      HANDLER: words.HANDLER,
      VECTOR: machine.VECTOR,
    }),
    group('Flags of functions and classes', 'FUNC_FLAG', words.FUNC_FLAG),
    group('Kinds of a return-stack entry', 'ENTRY_KIND', words.ENTRY_KIND),
    group('Specifiers', 'SPECIFIER', SPECIFIER),
    {
      title: 'Widths of EXT and INS by code',
      constants: BITFIELD_WIDTHS.map((value, i) => ({ name: `BITFIELD_WIDTH_${i}`, value })),
    },
    group('Kinds of a dispatch-table entry', 'DISPATCH', machine.DISPATCH_KIND),
    group('Control and status registers', 'CSR', machine.CSR),
    group('I/O registers', 'IO', machine.IO),
    group('Groups of the vector table', 'GROUP', machine.TAG_GROUP),
    {
      title: 'Group of each tag number',
      constants: machine.GROUP_OF_TAG.map((name, i) => ({ name: `GROUP_OF_TAG_${i}`, value: machine.TAG_GROUP[name] })),
    },
    group('Trap operations', 'TRAP', machine.TRAP_OPERATION),
    group('Causes of the SYSTEM operation', 'CAUSE', machine.SYSTEM_CAUSE),
    group('Faults', 'FAULT', machine.FAULT),
    group('Exit codes of HALT', 'HALT', machine.HALT_CODE),
    group('Cycles that belong to no single instruction', 'TIMING', machine.TIMING),
    formatFields(),
    {
      title: 'Opcodes',
      constants: INSTRUCTIONS.map((i) => ({ name: `OP_${i.mnemonic}`, value: i.opcode, hex: true as const })),
    },
    cycles(),
  ];
}
