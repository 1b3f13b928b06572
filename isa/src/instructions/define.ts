/** Short constructors for the rows of the instruction table. */
import type { TrapOperation } from '../machine.js';
import type { Format, Instruction, Operand, OperandKind, Outcome, Resume, TagClass, Trap } from './types.js';

/** Operand notation of the table: `name:kind@field`. */
const KINDS: Record<string, OperandKind> = {
  s: 'source',
  d: 'destination',
  l: 'local',
  g: 'local-group',
  i: 'immediate',
  u: 'unsigned',
  bit: 'bit',
  tag: 'tag',
  L: 'label',
  fn: 'function',
  gl: 'global',
  k: 'constant',
  attr: 'attribute',
  csr: 'csr',
  bf: 'bitfield',
  drop: 'drop',
  clear: 'clear',
};

export function operand(text: string): Operand {
  const match = /^(\w+):(\w+)@(\w+)$/.exec(text);
  const kind = match ? KINDS[match[2]!] : undefined;
  if (!match || !kind) throw new Error(`operand ${text} of the instruction table is malformed`);
  return { name: match[1]!, kind, field: match[3]! };
}

export interface Row {
  readonly op: number;
  readonly name: string;
  readonly format: Format;
  /** Operands in assembly order, separated by blanks. */
  readonly args: string;
  readonly outcomes?: readonly Outcome[];
  readonly cycles?: number;
  readonly traps?: readonly Trap[];
  readonly branch?: boolean;
  readonly family?: string;
  readonly doc: string;
}

export function rows(group: string, list: readonly Row[]): Instruction[] {
  return list.map((row) => ({
    opcode: row.op,
    mnemonic: row.name,
    format: row.format,
    group,
    operands: row.args === '' ? [] : row.args.split(' ').map(operand),
    outcomes: row.outcomes ?? [{ name: 'done', cycles: row.cycles ?? 1 }],
    traps: row.traps ?? [],
    branch: row.branch ?? false,
    ...(row.family === undefined ? {} : { family: row.family }),
    doc: row.doc,
  }));
}

export const outcome = (name: string, cycles: number, tags?: Record<string, TagClass>, when?: string): Outcome => ({
  name,
  cycles,
  ...(tags ? { tags } : {}),
  ...(when ? { when } : {}),
});

export const trap = (
  operation: TrapOperation,
  pushes: string,
  when: string,
  resume: Resume = 'value',
  found = 1,
): Trap => ({ operation, pushes: pushes === '' ? [] : pushes.split(' '), when, resume, found });

export const systemTrap = (cause: string, when: string, resume: Resume, found = 1, pushes = ''): Trap => ({
  operation: 'SYSTEM',
  cause,
  pushes: pushes === '' ? [] : pushes.split(' '),
  when,
  resume,
  found,
});
