/**
 * Instruction selection: from a mnemonic and operands to the row of the instruction table that takes them.
 *
 * `ADD c,a,1`, `ADD c,a,300` and `ADD c,a,b` are one instruction to code generation and to people; here, and nowhere
 * else, it is decided that the first takes a constant specifier (format T) and the second an immediate (ADDI, format I).
 * Assembler, linker and cost analysis all ask this module.
 */
import {
  BITFIELD_WIDTHS,
  fieldRange,
  INSTRUCTIONS,
  type Instruction,
  intSpecifier,
  type Operand,
  SPECIFIER,
} from '@pysm/isa';
import type { AsmInstruction, AsmOperand } from './model.js';
import { didYouMean } from './nearest.js';

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
export const writtenOperands = (row: Instruction): readonly Operand[] => WRITTEN.get(row)!;
const WRITTEN: ReadonlyMap<Instruction, readonly Operand[]> = new Map(
  INSTRUCTIONS.map((row) => [row, row.operands.filter((o) => o.kind !== 'drop')]),
);

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

/** Counts of words that the instruction limits below what its field holds, as `MNEMONIC operand`. */
const COUNT_LIMITS: ReadonlyMap<string, readonly [min: number, max: number]> = new Map([
  ['CLRL n', [1, 32]],
  ['BTUP n', [0, 32]],
  ['BLIST n', [0, 32]],
  ['UNPACK n', [0, 32]],
  ['MKCLO n', [0, 32]],
  ['MCPY n', [1, 16]],
  ['MCLR n', [1, 32]],
  ['IEN k', [0, 1]],
]);

function intProblem(row: Instruction, field: Operand, value: number): string | undefined {
  const range = fieldRange(row.format, field.field);
  const count = COUNT_LIMITS.get(`${row.mnemonic} ${field.name}`);
  const min = count ? count[0] : field.kind === 'immediate' ? range.min : 0;
  const max = count ? count[1] : field.kind === 'bit' ? 63 : range.max;
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

/** The table's row for an instruction; a {@link SelectError} where its operands fit none. */
export function select(instruction: Pick<AsmInstruction, 'mnemonic' | 'operands' | 'drop' | 'variant'>): Instruction {
  const { mnemonic, operands } = instruction;
  const rows = candidates(mnemonic);
  if (rows.length === 0) {
    const hint = didYouMean(mnemonic.toUpperCase(), CANDIDATES.keys());
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
      const { variant } = instruction;
      if (variant && row.format !== 'T') {
        const text = `${row.mnemonic} has no variants`;
        error ??= new SelectError(
          row === rows[0] ? text : `${text}: load the constant with LDI or LDK first`,
          undefined,
        );
        continue;
      }
      if (variant && (variant < 0 || variant > 7)) {
        throw new SelectError(`variant ${variant} of ${mnemonic} is outside 0 to 7`, undefined);
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
