/**
 * A machine for tests: a few lines of assembly become an image, run on a simulator of their own.
 *
 * The notation is this package's own (the real assembler lives in the compiler, which the simulator must not know): one
 * instruction a line, operands in the table's order separated by commas, `name:` for labels, `;` for comments. Operands:
 * `L3` local, `S` stack, `_` discard, `env`, `None`, `True`, integers as sources or immediates, label names, `%name` a
 * constant or global by name, `.name` an attribute, tag names, `8:16` a bit field, `drop`.
 */
import {
  BY_MNEMONIC,
  CSR,
  type DataWord,
  type DispatchEntry,
  encode,
  encodeBitfield,
  FORMATS,
  type Image,
  INTERRUPT_LINES,
  type Instruction,
  ISA_VERSION,
  intSpecifier,
  type Operand,
  RUNTIME_CELLS,
  SPECIFIER,
  TAG,
  tagNumber,
  type VectorEntry,
  type Word,
} from '@pysm/isa';
import { createSimulator } from '../../src/node.js';
import type { Simulator } from '../../src/simulator.js';
import type { StopReason, Target } from '../../src/target.js';

/** What a test puts beside its code. */
export interface Setup {
  /** First words of the entry frame, written before the start. */
  readonly locals?: readonly Word[];
  /** Words pushed on the entry frame's operand stack before the start. */
  readonly stack?: readonly Word[];
  readonly frame?: number;
  /** Globals and constants by name, in this order in the globals RAM. */
  readonly globals?: Readonly<Record<string, Word | ((labels: Labels) => Word)>>;
  readonly data?: readonly DataWord[] | ((labels: Labels) => readonly DataWord[]);
  readonly dispatch?: readonly DispatchEntry[] | ((labels: Labels) => readonly DispatchEntry[]);
  /** Trap vectors: handler label and cleared words by vector index. */
  readonly vectors?: readonly { readonly index: number; readonly handler: string; readonly clear?: number }[];
  /** Handlers of interrupt lines: FUNC payload from labels. */
  readonly interrupts?: (labels: Labels) => readonly bigint[];
  readonly tagRows?: Readonly<Record<number, number>>;
  readonly attributes?: Readonly<Record<string, number>>;
  readonly heapBase?: number;
}

export type Labels = Readonly<Record<string, number>>;

const NAMED: Readonly<Record<string, number>> = {
  None: SPECIFIER.NONE,
  False: SPECIFIER.FALSE,
  True: SPECIFIER.TRUE,
  UNBOUND: SPECIFIER.UNBOUND,
  NotImplemented: SPECIFIER.NOTIMPLEMENTED,
  env: SPECIFIER.ENVIRONMENT,
  _: SPECIFIER.DISCARD,
  S: SPECIFIER.STACK,
};

interface Line {
  readonly instruction: Instruction;
  readonly operands: readonly string[];
  readonly text: string;
}

function specifier(text: string): number {
  const local = /^L(\d+)$/.exec(text);
  if (local) return Number(local[1]);
  const named = NAMED[text] ?? (/^-?\d+$/.test(text) ? intSpecifier(Number(text)) : undefined);
  if (named === undefined) throw new Error(`no specifier for ${text}`);
  return named;
}

/** The machine code of `source`, and where its labels are. */
export function assemble(source: string, setup: Setup = {}): { code: Uint32Array; labels: Labels } {
  const lines: Line[] = [];
  const labels: Record<string, number> = {};
  for (const raw of source.split('\n')) {
    let text = raw.replace(/;.*/, '').trim();
    for (let match = /^(\w+):\s*/.exec(text); match; match = /^(\w+):\s*/.exec(text)) {
      labels[match[1]!] = lines.length;
      text = text.slice(match[0].length);
    }
    if (text === '') continue;
    const [mnemonic, rest] = [text.split(/\s+/)[0]!, text.slice(text.split(/\s+/)[0]!.length).trim()];
    const instruction = BY_MNEMONIC.get(mnemonic);
    if (!instruction) throw new Error(`no instruction ${mnemonic}`);
    lines.push({ instruction, operands: rest === '' ? [] : rest.split(',').map((o) => o.trim()), text });
  }
  const names = Object.keys(setup.globals ?? {});
  const value = (operand: Operand, text: string, pc: number, format: Instruction['format']): number => {
    switch (operand.kind) {
      case 'source':
      case 'destination':
      case 'local':
      case 'local-group':
        return specifier(text);
      case 'label':
        return format === 'B' ? labels[text]! - pc : labels[text]!;
      case 'function':
        return labels[text]!;
      case 'global':
      case 'constant':
        return text.startsWith('%') ? names.indexOf(text.slice(1)) : Number(text);
      case 'attribute':
        return text.startsWith('.') ? setup.attributes![text.slice(1)]! : Number(text);
      case 'tag':
        return tagNumber(TAG[text as keyof typeof TAG]);
      case 'csr':
        return text in CSR ? CSR[text as keyof typeof CSR] : Number(text);
      case 'bitfield': {
        const [low, width] = text.split(':').map(Number);
        return encodeBitfield(low!, width!);
      }
      case 'drop':
        return text === 'drop' ? 1 : 0;
      default:
        return Number(text);
    }
  };
  const code = lines.map(({ instruction, operands, text }, pc) => {
    const values: Record<string, number> = {};
    instruction.operands.forEach((operand, i) => {
      if (operands[i] !== undefined) values[operand.field] = value(operand, operands[i]!, pc, instruction.format);
    });
    // A trailing `~1` sets the variant field.
    const variant = operands.find((o) => o.startsWith('~'));
    if (variant && 'variant' in FORMATS[instruction.format]) values['variant'] = Number(variant.slice(1));
    try {
      return encode(instruction, values);
    } catch (error) {
      throw new Error(`${text}: ${(error as Error).message}`);
    }
  });
  return { code: Uint32Array.from(code), labels };
}

/** The image of `source`. Execution starts at label `main`, or at 0. */
export function image(source: string, setup: Setup = {}): Image {
  const { code, labels } = assemble(source, setup);
  const resolve = <T>(value: T | ((labels: Labels) => T) | undefined, otherwise: T): T =>
    typeof value === 'function' ? (value as (labels: Labels) => T)(labels) : (value ?? otherwise);
  const vectors: VectorEntry[] = (setup.vectors ?? []).map(({ index, handler, clear }) => {
    if (labels[handler] === undefined) throw new Error(`no label ${handler}`);
    return { index, address: labels[handler], clear: clear ?? 0 };
  });
  const interrupts = setup.interrupts?.(labels) ?? [];
  return {
    version: ISA_VERSION,
    code,
    entry: labels['main'] ?? 0,
    entryFrame: setup.frame ?? setup.locals?.length ?? 0,
    data: resolve(setup.data, []),
    globals: Object.values(setup.globals ?? {}).map((word) => (typeof word === 'function' ? word(labels) : word)),
    dispatch: resolve(setup.dispatch, []),
    vectors,
    tagRows: Array.from({ length: 32 }, (_, tag) => setup.tagRows?.[tag] ?? 0),
    heapBase: setup.heapBase ?? RUNTIME_CELLS,
    interruptVectors: Array.from({ length: INTERRUPT_LINES }, (_, line) => interrupts[line] ?? 0n),
    debug: { files: [], functions: [], lines: [], globals: [], classes: [], attributes: [] },
  };
}

/** Loads `source` on a target, and the setup's words in its frame. */
export async function machineOn<T extends Target>(target: T, source: string, setup: Setup = {}): Promise<T> {
  await target.load(image(source, { ...setup, frame: frameOf(setup) + (setup.stack?.length ?? 0) }));
  const words = [...(setup.locals ?? []), ...Array(frameOf(setup) - (setup.locals?.length ?? 0)).fill(undefined)];
  for (const [i, word] of [...words, ...(setup.stack ?? [])].entries()) {
    if (word) await target.write('stack', i, word);
  }
  return target;
}

/** A simulator with `source` loaded and the setup's words in its frame. */
export const machine = async (source: string, setup: Setup = {}): Promise<Simulator> =>
  machineOn(await createSimulator(), source, setup);

const frameOf = (setup: Setup): number => setup.frame ?? setup.locals?.length ?? 0;

/** What a run ended with. */
export interface Outcome {
  readonly reason: StopReason;
  readonly simulator: Simulator;
  readonly cycles: number;
}

/** Runs to the end; the cycles include those of the HALT or RET that ended it. */
export async function run(source: string, setup: Setup = {}, limit = 1_000_000): Promise<Outcome> {
  const simulator = await machine(source, setup);
  const reason = await simulator.run({ untilCycle: limit });
  return { reason, simulator, cycles: (await simulator.state()).cycles };
}

/** Word that a program ended with; an Error where it ended otherwise. */
export function resultOf(outcome: Outcome): Word {
  if (outcome.reason.kind !== 'exited') throw new Error(`the program ended with ${JSON.stringify(outcome.reason)}`);
  return outcome.reason.value;
}
