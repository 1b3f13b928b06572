/** Code layout: where each function, its defaults and its stubs lie, and the encoding of every instruction. */
import {
  encode,
  encodeBitfield,
  FUNC,
  FUNC_FLAG,
  type Instruction,
  type Operand,
  packFields,
  TAG,
  tagNumber,
  type Word,
} from '@pysm/isa';
import { clearWords, directCall, entryFrame, vectorCall } from '../assembly/entry.js';
import { type AsmInstruction, type AsmOperand, isLabel } from '../assembly/model.js';
import { labelOffsets } from '../assembly/relax.js';
import { select, specifierOf, writtenOperands } from '../assembly/select.js';
import { countOf } from '../assembly/stack-effect.js';
import type { Reached, ReachedFunction } from './reach.js';

/** Address of the first function: word 0 is ILL, so that address 0 is never code. */
export const FIRST_ADDRESS = 1;

/** A function with its place in code RAM, in words. */
export interface LaidOut {
  readonly reached: ReachedFunction;
  /** Position among the functions linked: FUNC.id and the index in the debug information. */
  readonly id: number;
  /** First word: of the vector stub, else of the defaults, else the entry. */
  readonly start: number;
  readonly entry: number;
  readonly end: number;
  /** Addresses of the labels. */
  readonly labels: ReadonlyMap<string, number>;
  /** Where a trap enters, and the words it clears beyond the operands. */
  readonly vector: { readonly address: number; readonly clear: number };
  /** Addresses for direct calls that need a stub, by argument count. */
  readonly callStubs: ReadonlyMap<number, number>;
  /** All instructions from `start` to `end`; entry stubs and prologue have no source. */
  readonly code: readonly AsmInstruction[];
}

/** Argument counts of direct calls, by callee. */
function directCalls(reached: Reached): Map<string, Set<number>> {
  const calls = new Map<string, Set<number>>();
  for (const { items, forms } of reached.functions.values()) {
    for (const item of items) {
      if (isLabel(item)) continue;
      const form = forms.get(item);
      const callee = item.operands.find((operand) => operand.kind === 'function');
      if (!form || callee?.kind !== 'function') continue;
      const counts = calls.get(callee.name) ?? new Set();
      calls.set(callee.name, counts.add(countOf(form, item.operands, 'n')));
    }
  }
  return calls;
}

/** Label of the entry that a call stub jumps to; no assembly label has a blank. */
const entryLabel = (missing: number): string => `entry ${missing}`;

/** Gives every reached function its addresses. */
export function layOut(reached: Reached): Map<string, LaidOut> {
  const calls = directCalls(reached);
  const placed = new Map<string, LaidOut>();
  let address = FIRST_ADDRESS;
  for (const [name, fn] of reached.functions) {
    const max = fn.fn.parameters.length;
    const vector = vectorCall(fn.fn);
    const vectorStub = fn.fn.vectors.length > 0 ? clearWords(vector.stubWords) : [];
    const entry = address + vectorStub.length + fn.defaults.length;
    const labels = new Map<string, number>();
    for (const [label, offset] of labelOffsets(fn.items)) labels.set(label, entry + offset);
    const code = [...vectorStub, ...fn.defaults, ...fn.items.filter((item): item is AsmInstruction => !isLabel(item))];
    const callStubs = new Map<number, number>();
    for (const n of [...(calls.get(name) ?? [])].sort((x, y) => x - y)) {
      const { stubWords } = directCall(fn.fn, n);
      if (stubWords <= 0) continue;
      callStubs.set(n, address + code.length);
      labels.set(entryLabel(max - n), entry - (max - n));
      code.push(...clearWords(stubWords), {
        mnemonic: 'JMP',
        operands: [{ kind: 'label', name: entryLabel(max - n) }],
      });
    }
    placed.set(name, {
      reached: fn,
      id: placed.size,
      start: address,
      entry,
      end: address + code.length,
      labels,
      vector: { address: vectorStub.length > 0 ? address : entry, clear: vector.clear },
      callStubs,
      code,
    });
    address += code.length;
  }
  return placed;
}

/** FUNC word of a function. */
export function functionWord({ reached: { fn }, entry, id }: LaidOut): Word {
  const first = fn.items.find((item) => !isLabel(item));
  const flags =
    (first && !isLabel(first) && first.mnemonic === 'MKGEN' ? FUNC_FLAG.GENERATOR : 0) |
    (fn.interrupt === undefined ? 0 : FUNC_FLAG.HARD_IRQ) |
    (fn.runtime ? FUNC_FLAG.RUNTIME : 0);
  return {
    tag: TAG.FUNC,
    payload: packFields([
      [FUNC.entry, entry],
      [FUNC.min, fn.min],
      [FUNC.max, fn.parameters.length],
      [FUNC.frame, entryFrame(fn)],
      [FUNC.flags, flags],
      [FUNC.id, id],
    ]),
  };
}

/** Numbers that only the whole program knows. */
export interface Resolver {
  readonly functions: ReadonlyMap<string, LaidOut>;
  constant(operand: AsmOperand & { kind: 'constant' }): number;
  global(name: string): number;
  attribute(name: string): number;
  /** Data address of a handler's descriptor. */
  handler(functionName: string, handler: string): number;
}

/** Field value of one operand. */
function fieldValue(
  instruction: AsmInstruction,
  form: Instruction,
  field: Operand,
  operand: AsmOperand,
  address: number,
  owner: LaidOut,
  resolver: Resolver,
): number {
  switch (operand.kind) {
    case 'label':
      if (form.mnemonic === 'SETH') return resolver.handler(owner.reached.fn.name, operand.name);
      return owner.labels.get(operand.name)! - (form.format === 'B' ? address : 0);
    case 'function': {
      const callee = resolver.functions.get(operand.name)!;
      const { fn } = callee.reached;
      const n = countOf(form, instruction.operands, 'n');
      return callee.callStubs.get(n) ?? callee.entry - (fn.parameters.length - n);
    }
    case 'clear': {
      const callee = instruction.operands.find((o) => o.kind === 'function')!;
      const { fn } = resolver.functions.get(callee.name)!.reached;
      return directCall(fn, countOf(form, instruction.operands, 'n')).clear;
    }
    case 'global':
      return resolver.global(operand.name);
    case 'constant':
      return resolver.constant(operand);
    case 'attribute':
      return resolver.attribute(operand.name);
    case 'tag':
      return tagNumber(TAG[operand.name]);
    case 'csr':
      return operand.number;
    case 'bitfield':
      return encodeBitfield(operand.low, operand.width);
    case 'int':
      if (field.kind === 'source') return specifierOf(operand);
      return operand.value;
    default:
      return specifierOf(operand);
  }
}

/** Instruction word at `address`. The instruction has been selected and its function verified. */
export function encodeAt(instruction: AsmInstruction, address: number, owner: LaidOut, resolver: Resolver): number {
  const form = owner.reached.forms.get(instruction) ?? select(instruction);
  const values: Record<string, number> = {};
  writtenOperands(form).forEach((field, i) => {
    values[field.field] = fieldValue(instruction, form, field, instruction.operands[i]!, address, owner, resolver);
  });
  if (instruction.drop) values['drop'] = 1;
  if (instruction.variant) values['variant'] = instruction.variant;
  return encode(form, values);
}
