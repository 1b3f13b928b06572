/**
 * What one assembly instruction can do, from the instruction table and the closed world: its alternatives, each with
 * where control goes, what it costs and whom it calls. Nothing here looks at another instruction.
 */
import { type Instruction, type Outcome, type TagClass, type TagGroup, TIMING, type Trap } from '@pysm/isa';
import type { CostAssumption, CostReason } from '../api.js';
import { clearWords, directCall, entryFrame, vectorCall } from '../assembly/entry.js';
import { type AsmFunction, type AsmInstruction, type AsmOperand, isLabel } from '../assembly/model.js';
import { writtenOperands } from '../assembly/select.js';
import { GROUP_OF_CLASS, type World } from './world.js';

/** Where control goes: on, to the branch's label, out of the function, or to the raise routine. */
export type Way = 'next' | 'target' | 'exit' | 'raise';

/** One way an instruction can go. */
export interface Alternative {
  readonly way: Way;
  /** Retired instructions of its own: 1, or 2 with a trap and the re-issue. */
  readonly instructions: number;
  /** Cycles of its own. */
  readonly cycles: number;
  /** Function that it runs, whose cost comes on top. */
  readonly callee?: string;
  /** Instructions in front of the callee's entry: defaults that are filled in, and words that the call itself does not clear. */
  readonly before?: { readonly instructions: number; readonly cycles: number };
  /** It may take any time beyond `cycles`, itself or in what it calls; a note says why. */
  readonly unbounded?: 'own' | 'callee';
}

export interface Note {
  readonly kind: CostReason['kind'];
  readonly text: string;
}

export interface Assumed {
  readonly kind: CostAssumption['kind'];
  readonly text: string;
}

export interface Behaviour {
  readonly alternatives: readonly Alternative[];
  readonly notes: readonly Note[];
  readonly assumptions: readonly Assumed[];
}

/** What raising takes for granted by trap operation, where the operands' tags alone cannot lead to the trap. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  ADD: 'ints stay within 64 bits',
  SUB: 'ints stay within 64 bits',
  MUL: 'ints stay within 64 bits',
  NEG: 'ints stay within 64 bits',
  ABS: 'ints stay within 64 bits',
  SHL: 'ints stay within 64 bits and shift counts are not negative',
  SHR: 'shift counts are not negative',
  ZXT: 'shift counts are between 0 and 63',
  FLOOR: 'divisors are not zero',
  MOD: 'divisors are not zero',
  DIV: 'divisors are not zero',
  LOAD_ITEM: 'indices are in range',
  STORE_ITEM: 'indices are in range',
  UNPACK: 'as many items as are unpacked',
  LOAD_ATTR: 'attributes exist',
  STORE_ATTR: 'attributes exist',
  DELETE_ATTR: 'attributes exist',
  CONVERT: 'floats that become ints are finite and within 64 bits',
  SQRT: 'square roots are of numbers that are not negative',
  CALL: 'what is called takes the arguments given',
  IO_VALUE: 'values written to I/O registers are ints or bools',
  RESUME_GENERATOR: 'generators are not resumed while they run',
};

const SYSTEM: Readonly<Record<string, Assumed>> = {
  NAME: { kind: 'no exception', text: 'names are bound' },
  UNBOUND: { kind: 'no exception', text: 'names are bound' },
  UNBOUND_CELL: { kind: 'no exception', text: 'names are bound' },
  STACK: { kind: 'memory suffices', text: 'the stack suffices' },
  ALLOCATE: { kind: 'memory suffices', text: 'the heap suffices' },
  SAFE_POINT: { kind: 'no interrupt', text: 'no soft interrupt is pending' },
};

/** Values (not tags) with which the table leaves an operation to the runtime although it has a result. */
const VALUE_SLOW: Readonly<Record<string, string>> = {
  DIV: 'ints that are divided are at most 2**53 in magnitude',
  APPEND: 'lists that are appended to have room',
};

/** Tags that an operand's form alone tells. */
function classOf(operand: AsmOperand): readonly TagClass[] | undefined {
  if (operand.kind === 'int') return ['int'];
  if (operand.kind !== 'named') return undefined;
  if (operand.name === 'None') return ['none'];
  return operand.name === 'True' || operand.name === 'False' ? ['int'] : undefined;
}

/** Everything that deciding one instruction needs at hand. */
interface Scene {
  readonly item: AsmInstruction;
  readonly instruction: Instruction;
  readonly f: AsmFunction;
  readonly world: World;
  /** Whether the branch's label stands at or before the instruction. */
  readonly backward: boolean;
  readonly operands: ReadonlyMap<string, AsmOperand>;
  readonly alternatives: Alternative[];
  readonly notes: Note[];
  readonly assumptions: Assumed[];
}

const known = (s: Scene, operand: string): readonly TagClass[] | undefined => {
  const tags = s.item.known?.[operand];
  if (tags && !tags.includes('any')) return tags;
  const form = s.operands.get(operand);
  return form && classOf(form);
};

/** The operand as people know it: a local's name, a constant, or what the instruction calls it. */
function nameOf(s: Scene, operand: string): string {
  const form = s.operands.get(operand);
  if (form?.kind === 'local') {
    const name = s.f.locals[form.slot];
    if (name !== undefined && !name.startsWith('.')) return name;
  }
  if (form?.kind === 'int') return String(form.value);
  if (form?.kind === 'named') return form.name;
  const side: Record<string, string> = { a: 'the left operand', b: 'the right operand', h: 'what is iterated over' };
  const binary = s.operands.has('b') && s.instruction.operands.some((o) => o.name === 'b' && o.kind === 'source');
  if (operand === 'a' && !binary) return 'the operand';
  return side[operand] ?? `operand ${operand}`;
}

const extraOf = (o: Outcome, count: number): number =>
  o.extra ? o.extra.each * Math.max(0, count - o.extra.beyond) : 0;

const intOperand = (s: Scene, name: string): number => {
  const o = s.operands.get(name);
  return o?.kind === 'int' ? o.value : 0;
};

/** Words that an outcome's extra cycles count, where no callee decides. */
function ownCount(s: Scene, o: Outcome): number {
  if (o.extra?.count === 'n') return intOperand(s, 'n');
  // A generator saves its whole frame; what FORITER and GRES restore is not known here.
  const saves = s.item.mnemonic === 'YIELD' || s.item.mnemonic === 'MKGEN';
  return o.extra?.count === 'words' && saves ? s.f.locals.length : 0;
}

/** Adds an alternative for both ways of a branch, or for the next instruction. */
function addFlow(s: Scene, base: Omit<Alternative, 'way'>, taken?: boolean): void {
  if (!s.instruction.branch) {
    s.alternatives.push({ ...base, way: taken ? 'target' : 'next' });
    return;
  }
  for (const way of ['target', 'next'] as const) {
    const wrong = (way === 'target') !== s.backward;
    s.alternatives.push({ ...base, way, cycles: base.cycles + (wrong ? TIMING.mispredicted : 0) });
  }
}

function addOutcome(s: Scene, o: Outcome): void {
  addFlow(s, { instructions: 1, cycles: o.cycles + extraOf(o, ownCount(s, o)) }, o.taken);
}

/** Cycles of a trap's entry that writes `words` words, pushed and cleared ones together. */
const entryCycles = (trap: Trap, words: number): number =>
  trap.found + TIMING.trapEntry + Math.max(0, words - TIMING.entryWords);

/** What clearing the words takes that a call or a trap leaves to instructions of their own. */
function stub(words: number, more = 0): { instructions: number; cycles: number } {
  // CHKSP takes a cycle and each CLRL one a word.
  return words <= 0
    ? { instructions: 0, cycles: 0 }
    : { instructions: clearWords(words).length + more, cycles: 1 + words + more };
}

/** The instruction traps, a handler runs (its RET included) and the instruction is issued again. */
function addTrap(s: Scene, trap: Trap, groups: readonly (TagGroup | undefined)[]): void {
  if (trap.operation === 'SYSTEM') return;
  const handlers = s.world.handlers(trap.operation, groups);
  if (handlers.length === 0) {
    s.notes.push({ kind: 'slow path', text: `slow path: ${s.item.mnemonic} has no handler in this program` });
    s.alternatives.push({ way: 'raise', instructions: 1, cycles: entryCycles(trap, trap.pushes.length) });
    return;
  }
  for (const callee of handlers) {
    const { clear, stubWords } = vectorCall(s.world.function(callee)!);
    const cycles = entryCycles(trap, trap.pushes.length + clear);
    const called = { callee, before: stub(stubWords) };
    if (trap.resume === 'none') {
      s.alternatives.push({ way: 'raise', instructions: 1, cycles });
    } else if (trap.resume === 'item') {
      s.alternatives.push({ ...called, way: 'target', instructions: 2, cycles: cycles + TIMING.reissue });
      s.alternatives.push({ ...called, way: 'next', instructions: 2, cycles: cycles + TIMING.exhausted });
    } else if (trap.resume === 'callable') {
      // The handler's result is called as by CALLV, a function without words to clear at the least; nothing is known of it.
      s.alternatives.push({ ...called, way: 'next', instructions: 2, cycles: cycles + 3, unbounded: 'callee' });
    } else {
      const again =
        trap.resume === 'iterator'
          ? TIMING.reissueIterator
          : TIMING.reissue + (trap.resume === 'unpack' ? intOperand(s, 'n') : 0);
      addFlow(s, { ...called, instructions: 2, cycles: cycles + again });
    }
  }
  s.notes.push({
    kind: 'slow path',
    text: `slow path: ${s.item.mnemonic} is done by ${handlers.map(shortName).join(' or ')}`,
  });
}

/** A function's name without its module. */
export const shortName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** Whether an outcome can happen with these tags; operands without an entry may have any. */
function fits(o: Outcome, tags: Readonly<Record<string, TagClass | undefined>>): boolean {
  // Equality with None looks at no memory unless the other side is an object.
  if (o.name === 'None and any' && tags['b'] === 'object') return false;
  if (o.name === 'any and None' && tags['a'] === 'object') return false;
  return Object.entries(o.tags ?? {}).every(([name, want]) => want === 'any' || (tags[name] ?? want) === want);
}

/** Every combination of the known tags, unknown operands left out. */
function combinations(operands: readonly string[], s: Scene): Record<string, TagClass | undefined>[] {
  let list: Record<string, TagClass | undefined>[] = [{}];
  for (const name of operands) {
    const classes = known(s, name) ?? [undefined];
    list = list.flatMap((c) => classes.map((tag) => ({ ...c, [name]: tag })));
  }
  return list;
}

/** The outcomes of `candidates` that values, not tags, leave: what flow analysis says, and the sign of a constant index. */
function narrowed(s: Scene, candidates: readonly Outcome[]): readonly Outcome[] {
  let left = candidates;
  const names = s.item.outcomes;
  if (names) left = left.filter((o) => names.includes(o.name));
  const index = s.operands.get('b');
  if (s.item.mnemonic === 'LDX' && index?.kind === 'int') {
    left = left.filter((o) => o.name !== (index.value < 0 ? 'list' : 'list, negative index'));
  }
  return left.length > 0 ? left : candidates;
}

const isPossible = (s: Scene, o: Outcome): boolean => {
  const tags = Object.values(o.tags ?? {});
  return (s.world.generators || !tags.includes('generator')) && (s.world.closures || !tags.includes('closure'));
};

/** Operand-tag traps, outcomes and everything else that needs no callee of its own. */
function general(s: Scene): void {
  const { instruction } = s;
  const trap = instruction.traps.find((t) => t.operation !== 'SYSTEM');
  const relevant = new Set(trap?.pushes.filter((p) => p !== 'n' && s.operands.has(p)));
  for (const o of instruction.outcomes) for (const name of Object.keys(o.tags ?? {})) relevant.add(name);
  const names = [...relevant];
  const unknown = names.filter((n) => known(s, n) === undefined);
  const possible = new Set<Outcome>();
  const groups = new Map<string, readonly (TagGroup | undefined)[]>();
  let mayTrapUnseen = false;
  for (const tags of combinations(names, s)) {
    const inline = instruction.outcomes.filter((o) => isPossible(s, o) && fits(o, tags));
    for (const o of inline) possible.add(o);
    const open = names.some((n) => tags[n] === undefined);
    if (inline.length > 0) {
      mayTrapUnseen ||= open;
    } else if (trap) {
      const pushed = trap.pushes.map((p) => {
        if (p === 'n') return 'number';
        const tag = tags[p];
        return tag === undefined || tag === 'any' ? undefined : GROUP_OF_CLASS[tag];
      });
      groups.set(pushed.join(' '), pushed);
    }
  }
  const outcomes = narrowed(s, [...possible]);
  for (const o of outcomes) addOutcome(s, o);
  if (trap) {
    for (const pushed of groups.values()) addTrap(s, trap, pushed);
    if (outcomes.length > 0) assumeOf(s, trap, mayTrapUnseen && unknown.length > 0, unknown);
  }
  if (new Set(outcomes.map((o) => o.cycles)).size > 1) {
    if (unknown.length > 0) {
      const text = unknown.map((n) => nameOf(s, n)).join(' and ');
      s.notes.push({ kind: 'operand types', text: `operand types: nothing is known of ${text}` });
    } else {
      const text = outcomes.map((o) => `${o.name} ${o.cycles}`).join(', ');
      const kind = new Set(outcomes.map((o) => JSON.stringify(o.tags ?? {}))).size > 1 ? 'operand types' : 'outcome';
      s.notes.push({ kind, text: `${kind}: ${text}` });
    }
  }
}

/** What is taken for granted where an instruction has an outcome but may trap. */
function assumeOf(s: Scene, trap: Trap, byTag: boolean, unknown: readonly string[]): void {
  if (byTag && s.instruction.outcomes.some((o) => o.tags)) {
    const text = unknown.map((n) => nameOf(s, n)).join(' and ');
    s.notes.push({
      kind: 'slow path',
      text: `slow path: with other types than the core's own, ${text} would be left to the runtime`,
    });
    s.assumptions.push({
      kind: 'no slow path',
      text: `${text} stays with types that ${s.item.mnemonic} handles itself`,
    });
  }
  const slow = VALUE_SLOW[trap.operation];
  if (slow !== undefined && (trap.operation !== 'DIV' || !floatOnly(s))) {
    s.assumptions.push({ kind: 'no slow path', text: slow });
  }
  const exception = EXCEPTIONS[trap.operation];
  if (exception !== undefined && (s.instruction.group !== 'arithmetic' || trap.operation === 'DIV' || !floatOnly(s))) {
    s.assumptions.push({ kind: 'no exception', text: exception });
  }
}

/** Whether some operand is known to be a float, so that nothing overflows or exceeds a magnitude. */
const floatOnly = (s: Scene): boolean =>
  ['a', 'b'].some((n) => {
    const tags = known(s, n);
    return tags?.length === 1 && tags[0] === 'float';
  });

/** Defaults that a call with `given` arguments fills in, an instruction and a cycle each. */
function defaults(f: AsmFunction, given: number): { instructions: number; cycles: number } {
  const missing = Math.max(0, f.parameters.length - given);
  return { instructions: missing, cycles: missing };
}

/** Call of a function of the program with `given` arguments, where `n` words of its frame are on the stack. */
function addCall(s: Scene, callee: string, given: number, n: number, o: Outcome): void {
  const f = s.world.function(callee)!;
  s.alternatives.push({
    way: 'next',
    instructions: 1,
    cycles: o.cycles + extraOf(o, entryFrame(f) - n),
    callee,
    before: defaults(f, given),
  });
}

/** Calls of a value: every function of the program that is used as one and takes the arguments. */
function addValueCalls(s: Scene, outcomes: readonly Outcome[], n: number): void {
  let found = 0;
  for (const o of outcomes) {
    const bound = o.name.endsWith('bound');
    if (o.name.endsWith('closure') && !s.world.closures) continue;
    const given = bound ? n + 1 : n;
    for (const callee of bound ? s.world.bound : s.world.values) {
      if (!s.world.accepts(callee, given)) continue;
      addCall(s, callee, given, n, o);
      found += 1;
    }
  }
  if (found === 0) {
    const cycles = Math.min(...outcomes.map((o) => o.cycles));
    s.alternatives.push({ way: 'next', instructions: 1, cycles, unbounded: 'callee' });
    s.notes.push({ kind: 'callee', text: `callee: no function that is used as a value takes ${n} arguments` });
  }
}

function calleeNote(s: Scene): void {
  const names = [...new Set(s.alternatives.flatMap((a) => (a.callee === undefined ? [] : [shortName(a.callee)])))];
  if (names.length > 1) {
    const shown = names.slice(0, 4).join(', ') + (names.length > 4 ? `, and ${names.length - 4} more` : '');
    s.notes.push({ kind: 'callee', text: `callee: may be ${shown}` });
  }
}

function direct(s: Scene): void {
  const target = s.operands.get('f');
  const name = target?.kind === 'function' ? target.name : '';
  const f = s.world.function(name);
  const n = intOperand(s, 'n');
  const o = s.instruction.outcomes[0]!;
  if (!f) {
    s.alternatives.push({ way: 'next', instructions: 1, cycles: o.cycles, unbounded: 'callee' });
    s.notes.push({ kind: 'callee', text: `callee: ${shortName(name)} is not part of the program` });
    return;
  }
  const { clear, stubWords } = directCall(f, n);
  const [filled, cleared] = [defaults(f, n), stub(stubWords, 1)];
  const before = { instructions: filled.instructions + cleared.instructions, cycles: filled.cycles + cleared.cycles };
  if (s.item.mnemonic === 'CALL') {
    s.alternatives.push({ way: 'next', instructions: 1, cycles: o.cycles + extraOf(o, clear), callee: name, before });
    return;
  }
  s.alternatives.push({ way: 'exit', instructions: 1, cycles: o.cycles + extraOf(o, n + clear), callee: name, before });
}

function methodCall(s: Scene): void {
  const attribute = s.operands.get('attr');
  const name = attribute?.kind === 'attribute' ? attribute.name : '';
  const n = intOperand(s, 'n');
  const receiver = known(s, 'receiver');
  const uses = s.world.attribute(name);
  const method = s.instruction.outcomes.find((o) => o.name === 'method')!;
  for (const callee of s.world.methods(name, n, receiver)) {
    addCall(s, callee, n + 1, n, method);
  }
  if (uses.values && (receiver === undefined || receiver.includes('object') || receiver.includes('function'))) {
    addValueCalls(
      s,
      s.instruction.outcomes.filter((o) => o !== method),
      n,
    );
  }
  if (uses.getters.length > 0 || uses.slow || s.alternatives.length === 0) {
    const redirect = s.instruction.traps.find((t) => t.operation === 'CALL')!;
    addTrap(s, redirect, [undefined, 'number']);
    s.notes.push({ kind: 'callee', text: `callee: nothing is known of what the attribute ${name} gives` });
  }
  calleeNote(s);
  s.assumptions.push({ kind: 'no exception', text: EXCEPTIONS['LOAD_ATTR']! });
}

function attributeLoad(s: Scene): void {
  const attribute = s.operands.get('attr');
  const name = attribute?.kind === 'attribute' ? attribute.name : '';
  const uses = s.world.attribute(name);
  const trap = s.instruction.traps[0]!;
  if (uses.values) for (const o of s.instruction.outcomes) addOutcome(s, o);
  for (const callee of uses.getters) {
    // A getter is entered like a handler, and its result is stored by the re-issue.
    const cycles = entryCycles(trap, entryFrame(s.world.function(callee)!)) + TIMING.reissue;
    s.alternatives.push({ way: 'next', instructions: 2, cycles, callee });
  }
  if (s.alternatives.length === 0) {
    const receiver = known(s, 'a');
    for (const tag of receiver ?? ['any' as const]) addTrap(s, trap, [tag === 'any' ? undefined : GROUP_OF_CLASS[tag]]);
  } else if (uses.methods.length > 0 || uses.slow) {
    s.notes.push({ kind: 'slow path', text: `slow path: where ${name} is a method, a bound method is made` });
    s.assumptions.push({ kind: 'no slow path', text: `${name} is not a method here` });
  }
  if (uses.getters.length > 0) calleeNote(s);
  s.assumptions.push({ kind: 'no exception', text: EXCEPTIONS['LOAD_ATTR']! });
}

/** Instructions after which nothing of the program runs, or only the raise routine; MKGEN returns the new generator. */
const ENDS: Readonly<Record<string, Way>> = { RET: 'exit', MKGEN: 'exit', HALT: 'exit', ILL: 'raise', FAULT: 'raise' };

/** Whether a function's frame is a generator's, whose RET and YIELD go back to its consumer. */
const isGenerator = (f: AsmFunction): boolean => f.items.some((item) => !isLabel(item) && item.mnemonic === 'MKGEN');

/**
 * What an instruction of `f` can do: `instruction` is its row of the table, and `backward` says whether its label stands
 * at or before it.
 */
export function behaviourOf(
  item: AsmInstruction,
  instruction: Instruction,
  f: AsmFunction,
  world: World,
  backward: boolean,
): Behaviour {
  const operands = new Map<string, AsmOperand>();
  for (const [i, o] of writtenOperands(instruction).entries()) {
    const operand = item.operands[i];
    if (operand) operands.set(o.name, operand);
  }
  const s: Scene = { item, instruction, f, world, backward, operands, alternatives: [], notes: [], assumptions: [] };
  for (const t of instruction.traps) {
    const assumed = t.operation === 'SYSTEM' && t.cause !== undefined ? SYSTEM[t.cause] : undefined;
    // Only a generator needs room: stepping through a container enters no frame.
    if (assumed && (!entersGenerators(item) || mayRunGenerator(s))) s.assumptions.push(assumed);
  }
  const end = ENDS[item.mnemonic];
  if (end) {
    const name = isGenerator(f) ? 'from a generator' : 'return';
    const outcome = instruction.outcomes.find((o) => o.name === name) ?? instruction.outcomes[0];
    const cycles = outcome ? outcome.cycles + extraOf(outcome, ownCount(s, outcome)) : 1;
    s.alternatives.push({ way: end, instructions: 1, cycles });
  } else if (item.mnemonic === 'JMP') {
    s.alternatives.push({ way: 'target', instructions: 1, cycles: instruction.outcomes[0]!.cycles });
  } else if (item.mnemonic === 'RAISE' || item.mnemonic === 'RERAISE') {
    const trap = instruction.traps[0]!;
    s.alternatives.push({ way: 'raise', instructions: 1, cycles: entryCycles(trap, trap.pushes.length) });
    s.assumptions.push({ kind: 'no exception', text: 'nothing is raised' });
  } else if (item.mnemonic === 'BRK') {
    s.alternatives.push({ way: 'next', instructions: 1, cycles: 1 });
  } else if (item.mnemonic === 'CALL' || item.mnemonic === 'TAIL') {
    direct(s);
  } else if (item.mnemonic === 'CALLM') {
    methodCall(s);
  } else if (item.mnemonic === 'CALLV') {
    const callee = known(s, 'callee');
    const outcomes = instruction.outcomes.filter(
      (o) => callee === undefined || callee.includes(o.tags?.['callee'] ?? 'any'),
    );
    addValueCalls(s, outcomes.length > 0 ? outcomes : instruction.outcomes, intOperand(s, 'n'));
    calleeNote(s);
    s.assumptions.push({ kind: 'no exception', text: EXCEPTIONS['CALL']! });
  } else if (item.mnemonic === 'LDA') {
    attributeLoad(s);
  } else if (item.mnemonic === 'YIELD') {
    // The consumer's time between the two issues is not the generator's.
    const suspend = instruction.outcomes[0]!;
    const cycles = suspend.cycles + extraOf(suspend, ownCount(s, suspend)) + 1;
    s.alternatives.push({ way: 'next', instructions: 2, cycles });
  } else if (item.mnemonic === 'WAITP') {
    s.alternatives.push({ way: 'next', instructions: 1, cycles: instruction.outcomes[0]!.cycles, unbounded: 'own' });
    s.notes.push({ kind: 'external wait', text: 'external wait: until the pin has the awaited level' });
  } else if (entersGenerators(item) && mayRunGenerator(s)) {
    general(s);
    for (const [i, a] of s.alternatives.entries()) {
      if (a.way === 'target' || item.mnemonic === 'GRES') s.alternatives[i] = { ...a, unbounded: 'callee' };
    }
    s.notes.push({ kind: 'callee', text: 'callee: nothing is known of the generator' });
  } else {
    general(s);
  }
  return { alternatives: s.alternatives, notes: s.notes, assumptions: s.assumptions };
}

const entersGenerators = (item: AsmInstruction): boolean => item.mnemonic === 'FORITER' || item.mnemonic === 'GRES';

const mayRunGenerator = (s: Scene): boolean =>
  s.world.generators && (known(s, 'h') ?? ['generator']).includes('generator');
