/** Instructions in words: the same texts for the manual and for the editor's hover, from the table. */
import { BY_MNEMONIC, INSTRUCTIONS, type Instruction, type Outcome } from './instructions/index.js';
import { TIMING } from './machine.js';

/** How an instruction is written: mnemonic, operands, and `[drop]` where its result may be dropped. */
export function instructionSyntax(i: Instruction): string {
  const written = i.operands.filter((o) => o.kind !== 'drop').map((o) => o.name);
  const drop = i.operands.some((o) => o.kind === 'drop') ? ' [drop]' : '';
  return `${i.mnemonic}${written.length > 0 ? ` ${written.join(', ')}` : ''}${drop}`;
}

const COUNT: Readonly<Record<NonNullable<Outcome['extra']>['count'], string>> = {
  n: 'n',
  clear: 'clear',
  'n + clear': 'n + clear',
  'frame - n': 'frame - n',
  words: 'frame words',
};

/** Cycles of an outcome as a formula. */
export function cyclesText(o: Outcome): string {
  if (!o.extra) return String(o.cycles);
  const { each, count, beyond } = o.extra;
  const times = each === 1 ? '' : `${each} x `;
  const words = beyond === 0 ? COUNT[count] : `max(0, ${COUNT[count]} - ${beyond})`;
  return o.cycles === 0 ? `${times}${words}` : `${o.cycles} + ${times}${words}`;
}

/** What an editor shows of an instruction. */
export interface InstructionHelp {
  readonly syntax: string;
  readonly doc: string;
  /** Cycles by outcome, e.g. `int 1, float 6`; empty where it always traps. */
  readonly cycles: string;
  /** Trap vectors that it may take, without repetition. */
  readonly traps: readonly string[];
}

/** Help on a mnemonic as assembly writes it (in-place and other variants without their suffix); undefined for another word. */
export function describeInstruction(mnemonic: string): InstructionHelp | undefined {
  const instruction = BY_MNEMONIC.get(mnemonic) ?? INSTRUCTIONS.find((i) => i.family === mnemonic);
  if (!instruction) return undefined;
  const [only] = instruction.outcomes;
  const cycles =
    instruction.outcomes.length === 1 && only
      ? cyclesText(only)
      : instruction.outcomes.map((o) => `${o.name} ${cyclesText(o)}`).join(', ');
  return {
    syntax: instructionSyntax(instruction),
    doc: instruction.doc,
    cycles: instruction.branch ? `${cycles} (+${TIMING.mispredicted} against the prediction)` : cycles,
    traps: [...new Set(instruction.traps.map((t) => (t.operation === 'SYSTEM' ? t.cause! : t.operation)))],
  };
}
