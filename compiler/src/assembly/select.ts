/**
 * Instruction selection: from a mnemonic and operands to the row of the instruction table that takes them.
 *
 * `ADD c,a,1`, `ADD c,a,300` and `ADD c,a,b` are one instruction to code generation and to people; here, and nowhere
 * else, it is decided that the first takes a constant specifier (format T) and the second an immediate (ADDI, format I).
 * Assembler, linker and cost analysis all ask this module.
 */
import {
  BITFIELD_WIDTHS,
  BY_MNEMONIC,
  fieldRange,
  INSTRUCTIONS,
  type Instruction,
  intSpecifier,
  type Operand,
  SPECIFIER,
} from '@pysm/isa';
import type { AsmInstruction, AsmOperand } from './model.js';

/** An instruction that no row of the table takes; the message is for people. */
export class SelectError extends Error {
  override readonly name = 'SelectError';
  constructor(
    message: string,
    /** Index of the operand at fault, undefined where the instruction as a whole is. */
    readonly operand: number | undefined,
  ) {
    super(message);
  }
}

const NAMED_SPECIFIER = {
  None: SPECIFIER.NONE,
  False: SPECIFIER.FALSE,
  True: SPECIFIER.TRUE,
  UNBOUND: SPECIFIER.UNBOUND,
  NotImplemented: SPECIFIER.NOTIMPLEMENTED,
} as const;

/** Rows by the name that assembly gives them: a row's own mnemonic first, then the others of its family. */
const CANDIDATES: ReadonlyMap<string, readonly Instruction[]> = new Map(
  INSTRUCTIONS.map((row) => [
    row.mnemonic,
    [row, ...INSTRUCTIONS.filter((other) => other !== row && other.family === row.mnemonic)],
  ]),
);

/** Operands that assembly writes: all of the table's but `drop`, which is a flag of the instruction. */
export const writtenOperands = (row: Instruction): readonly Operand[] => row.operands.filter((o) => o.kind !== 'drop');

/** The rows that an instruction of this name may become; empty for an unknown mnemonic. */
export const candidates = (mnemonic: string): readonly Instruction[] => CANDIDATES.get(mnemonic) ?? [];

/** Most frame slots that a specifier reaches; the others are reached by LDW8 and STW8 alone. */
export const SPECIFIER_LOCALS = SPECIFIER.LOCAL_MAX + 1;

const takesWideLocal = (row: Instruction): boolean => row.mnemonic === 'LDW8' || row.mnemonic === 'STW8';

function localProblem(slot: number): string | undefined {
  if (Number.isInteger(slot) && slot >= 0 && slot < SPECIFIER_LOCALS) return undefined;
  return `local ${slot} is beyond the ${SPECIFIER_LOCALS} that an operand can name: use LDW8 or STW8`;
}

const describe = (operand: AsmOperand): string =>
  operand.kind === 'int' ? `the constant ${operand.value}` : `a ${operand.kind}`;

function intProblem(row: Instruction, field: Operand, value: number): string | undefined {
  const range = fieldRange(row.format, field.field);
  const min = field.kind === 'immediate' ? range.min : 0;
  const max = field.kind === 'bit' ? 63 : range.max;
  if (Number.isInteger(value) && value >= min && value <= max) return undefined;
  return `${value} is outside ${min} to ${max}`;
}

/** Why the operand does not fit the field, or undefined where it does. */
function problem(row: Instruction, field: Operand, operand: AsmOperand): string | undefined {
  const wanted = (what: string): string => `${field.name} must be ${what}, not ${describe(operand)}`;
  switch (field.kind) {
    case 'source':
      if (operand.kind === 'local') return localProblem(operand.slot);
      if (operand.kind === 'int') {
        if (intSpecifier(operand.value) !== undefined) return undefined;
        return `the constant ${operand.value} is outside -1 to 9: it needs LDI or LDK into a local or the stack first`;
      }
      if (operand.kind === 'stack' || operand.kind === 'named' || operand.kind === 'environment') return undefined;
      return wanted('a local, S, a small constant or ENV');
    case 'destination':
      if (operand.kind === 'local') return localProblem(operand.slot);
      return operand.kind === 'stack' || operand.kind === 'discard' ? undefined : wanted('a local, S or _');
    case 'local':
    case 'local-group':
      return operand.kind === 'local' ? localProblem(operand.slot) : wanted('a local');
    case 'immediate':
    case 'unsigned':
    case 'bit':
      if (operand.kind === 'int') return intProblem(row, field, operand.value);
      if (operand.kind === 'local' && takesWideLocal(row)) {
        return operand.slot >= 0 && operand.slot <= 255
          ? undefined
          : `local ${operand.slot} is beyond a frame's 255 words`;
      }
      if (operand.kind === 'label' && row.mnemonic === 'SETH') return undefined;
      return wanted(
        row.mnemonic === 'SETH' ? 'the name of a handler, or 0' : takesWideLocal(row) ? 'a local' : 'a number',
      );
    case 'bitfield':
      if (operand.kind !== 'bitfield') return wanted('a bit field, LOW:WIDTH');
      if (operand.low < 0 || operand.low > 63) return `bit ${operand.low} is outside 0 to 63`;
      if (!(BITFIELD_WIDTHS as readonly number[]).includes(operand.width)) {
        return `no bit field is ${operand.width} wide; the widths are ${BITFIELD_WIDTHS.join(', ')}`;
      }
      return undefined;
    case 'tag':
    case 'label':
    case 'function':
    case 'global':
    case 'constant':
    case 'attribute':
    case 'csr':
    case 'clear':
      return operand.kind === field.kind ? undefined : wanted(`a ${field.kind}`);
    case 'drop':
      return undefined;
  }
}

/** Names of the table nearest to a misspelt one (edit distance at most 2, at most three of them). */
export function nearestMnemonics(name: string): string[] {
  const upper = name.toUpperCase();
  const near = [...BY_MNEMONIC.keys()].map((m) => [editDistance(upper, m), m] as const).filter(([d]) => d <= 2);
  return near
    .sort((x, y) => x[0] - y[0])
    .slice(0, 3)
    .map(([, m]) => m);
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(previous[j]! + 1, row[j - 1]! + 1, replaced));
    }
    previous = row;
  }
  return previous[b.length]!;
}

/** The table's row for an instruction; a {@link SelectError} where its operands fit none. */
export function select(instruction: Pick<AsmInstruction, 'mnemonic' | 'operands' | 'drop' | 'variant'>): Instruction {
  const { mnemonic, operands } = instruction;
  const rows = candidates(mnemonic);
  if (rows.length === 0) {
    const near = nearestMnemonics(mnemonic);
    const hint = near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '';
    throw new SelectError(`there is no instruction ${mnemonic}${hint}`, undefined);
  }
  let error: SelectError | undefined;
  for (const row of rows) {
    const fields = writtenOperands(row);
    if (fields.length !== operands.length) {
      const list = fields.map((f) => f.name).join(', ') || 'none';
      error ??= new SelectError(
        `${mnemonic} takes ${fields.length} operands (${list}), not ${operands.length}`,
        undefined,
      );
      continue;
    }
    const at = fields.findIndex((field, i) => problem(row, field, operands[i]!) !== undefined);
    if (at < 0) {
      if (instruction.drop && !row.operands.some((o) => o.kind === 'drop')) {
        throw new SelectError(`${mnemonic} has no result to drop`, undefined);
      }
      if (instruction.variant && row.format === 'T' && (instruction.variant < 0 || instruction.variant > 7)) {
        throw new SelectError(`variant ${instruction.variant} of ${mnemonic} is outside 0 to 7`, undefined);
      }
      return row;
    }
    const text = problem(row, fields[at]!, operands[at]!)!;
    // The last form's complaint is the widest: what does not fit an immediate does not fit a specifier either.
    const better = operands[at]!.kind === 'int' && rows.length > 1 && row !== rows[0];
    if (!error || better) error = new SelectError(better ? `${text}: load it with LDI or LDK first` : text, at);
  }
  throw error!;
}

/** Field value of a specifier operand. The operand must fit (see {@link select}). */
export function specifierOf(operand: AsmOperand): number {
  switch (operand.kind) {
    case 'local':
      return operand.slot;
    case 'stack':
      return SPECIFIER.STACK;
    case 'discard':
      return SPECIFIER.DISCARD;
    case 'environment':
      return SPECIFIER.ENVIRONMENT;
    case 'named':
      return NAMED_SPECIFIER[operand.name];
    case 'int':
      return intSpecifier(operand.value)!;
    default:
      throw new Error(`${operand.kind} is no specifier`);
  }
}
