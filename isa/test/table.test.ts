/** The instruction table and the layouts beside it are consistent in themselves. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BY_MNEMONIC,
  BY_OPCODE,
  CLASS,
  CSR,
  ENTRY_KIND,
  type Field,
  FORMATS,
  FUNC,
  GEN,
  GROUP_OF_TAG,
  HANDLER,
  HDR,
  INSTRUCTIONS,
  INTERRUPT_LINES,
  type Instruction,
  IO,
  LIST,
  MEMORY,
  REF,
  RETURN_ENTRY,
  SIZE_CLASSES,
  SYSTEM_CAUSE,
  TAG,
  TAG_GROUP,
  TIMING,
  TRAP_OPERATION,
  tagNumber,
  VECTOR,
  vectorIndex,
} from '../src/index.js';

/** No instruction may take longer (interrupts are taken at instruction boundaries). */
const LONGEST = 40;
/** Most words that instructions with a count or a frame move: what the assembler and the linker allow. */
const MOST: Readonly<Record<string, number>> = {
  MCPY: 16,
  'frame - n': 32,
  words: 32,
  clear: 15,
  n: 32,
  'n + clear': 30,
};

/** Runs the check for every instruction and names those that fail it. */
function every(what: string, check: (i: Instruction) => boolean): void {
  test(what, () => {
    const wrong = INSTRUCTIONS.filter((i) => !check(i)).map((i) => i.mnemonic);
    assert.deepEqual(wrong, []);
  });
}

const bits = ([low, width]: readonly [number, number]): number[] => Array.from({ length: width }, (_, i) => low + i);

const unique = <T>(list: readonly T[]): boolean => new Set(list).size === list.length;

every('opcodes belong to one instruction each, format A at four bytes', (i) => {
  const span = i.format === 'A' ? 4 : 1;
  return i.opcode % span === 0 && Array.from({ length: span }, (_, k) => BY_OPCODE[i.opcode + k] === i).every(Boolean);
});
every('mnemonics are unique', (i) => BY_MNEMONIC.get(i.mnemonic) === i);
every('operands have unique names and fields of the format', (i) => {
  const fields = i.operands.map((o) => o.field);
  return unique(fields) && unique(i.operands.map((o) => o.name)) && fields.every((f) => f in FORMATS[i.format]);
});
every('the documentation is sentences', (i) => /^\S.*\.$/s.test(i.doc));
every('outcomes have unique names, and tags of operands or of the callee', (i) => {
  const names = new Set([...i.operands.map((o) => o.name), 'callee']);
  return (
    unique(i.outcomes.map((o) => o.name)) &&
    i.outcomes.every((o) => Object.keys(o.tags ?? {}).every((t) => names.has(t)))
  );
});
every('outcomes that branch are those of instructions with a label', (i) =>
  i.outcomes.every((o) => o.taken === undefined || i.operands.some((op) => op.kind === 'label')),
);
every(
  'predicted branches have format B and a label',
  (i) => !i.branch || (i.format === 'B' && i.operands.some((o) => o.kind === 'label')),
);
every(
  'what an instruction cannot do itself it traps, or it ends the program',
  (i) => i.outcomes.length > 0 || i.traps.length > 0 || ['ILL', 'BRK', 'FAULT'].includes(i.mnemonic),
);
every('traps name operations and causes that exist', (i) =>
  i.traps.every(
    (t) =>
      t.operation in TRAP_OPERATION && (t.operation === 'SYSTEM' ? t.cause! in SYSTEM_CAUSE : t.cause === undefined),
  ),
);
every('traps push values that the instruction has', (i) => {
  const names = new Set([...i.operands.map((o) => o.name), 'callee']);
  return i.traps.every((t) => t.pushes.length <= 3 && t.pushes.every((p) => names.has(p)));
});
every('a trap is found in a cycle that the instruction has', (i) => {
  const longest = Math.max(0, ...i.outcomes.map((o) => o.cycles));
  return i.traps.every((t) => t.found >= 1 && (i.outcomes.length === 0 || t.found <= Math.max(longest, 1)));
});
every(`no outcome takes more than ${LONGEST} cycles`, (i) =>
  i.outcomes.every((o) => {
    const words = o.extra ? Math.min(MOST[i.mnemonic] ?? LONGEST, MOST[o.extra.count]!) : 0;
    const extra = o.extra ? o.extra.each * Math.max(0, words - o.extra.beyond) : 0;
    return o.cycles + extra + (i.branch ? TIMING.mispredicted : 0) <= LONGEST;
  }),
);
every('the forms of a family have the same traps, and no form has an outcome that its plain one has not', (i) => {
  const plain = i.family === undefined ? i : BY_MNEMONIC.get(i.family);
  if (!plain) return false;
  const names = new Set(plain.outcomes.map((o) => `${o.name} ${o.cycles}`));
  return (
    i.outcomes.every((o) => names.has(`${o.name} ${o.cycles}`)) &&
    i.traps.every((t, k) => t.operation === plain.traps[k]?.operation && t.found === plain.traps[k]?.found)
  );
});

for (const [format, layout] of Object.entries(FORMATS)) {
  test(`the fields of format ${format} do not overlap, and leave the opcode alone`, () => {
    const taken = Object.values(layout).flatMap((f) => f.pieces.flatMap(bits));
    assert.ok(unique(taken));
    assert.ok(Math.max(...taken) < (format === 'A' ? 26 : 24));
  });
}

const without = (layout: Readonly<Record<string, Field>>, name: string): Record<string, Field> =>
  Object.fromEntries(Object.entries(layout).filter(([field]) => field !== name));

const LAYOUTS: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  FUNC,
  CLASS,
  REF,
  HDR,
  LIST,
  GEN,
  // A generator's entry has its block where an interrupt's has the enable bit.
  'RETURN_ENTRY of a generator': without(RETURN_ENTRY, 'ie'),
  'RETURN_ENTRY of other kinds': without(RETURN_ENTRY, 'generator'),
  HANDLER,
  VECTOR,
};
for (const [name, layout] of Object.entries(LAYOUTS)) {
  test(`the fields of ${name} do not overlap and fit 64 bits`, () => {
    const taken = Object.values(layout).flatMap(bits);
    assert.ok(unique(taken));
    assert.ok(Math.max(...taken) < 64);
  });
}

test('a class is called as a function is: the fields that a call reads are the same', () => {
  for (const field of ['entry', 'min', 'max', 'frame', 'flags'] as const) assert.deepEqual(CLASS[field], FUNC[field]);
});

test('tags have numbers of their own, and a group each', () => {
  assert.ok(unique(Object.values(TAG).map(tagNumber)));
  assert.equal(GROUP_OF_TAG.length, 32);
  for (const group of GROUP_OF_TAG) assert.ok(group in TAG_GROUP);
  assert.deepEqual(new Set(Object.values(TAG).map((t) => GROUP_OF_TAG[tagNumber(t)])), new Set(Object.keys(TAG_GROUP)));
});

test('numbers of one kind are unique', () => {
  for (const kind of [TRAP_OPERATION, SYSTEM_CAUSE, TAG_GROUP, ENTRY_KIND, IO, CSR])
    assert.ok(unique(Object.values(kind)));
});

test('every vector lies inside the vector table, and groups and causes inside an operation', () => {
  const last = Math.max(...Object.values(TRAP_OPERATION));
  assert.ok(vectorIndex(last, 7, 7) < MEMORY.vectors);
  assert.ok(Math.max(...Object.values(TAG_GROUP)) <= 7);
  assert.ok(Math.max(...Object.values(SYSTEM_CAUSE)) < 64);
});

test('every trap operation and cause is raised by some instruction', () => {
  const raised = new Set(INSTRUCTIONS.flatMap((i) => i.traps.map((t) => t.cause ?? t.operation)));
  const all = [...Object.keys(TRAP_OPERATION).filter((o) => o !== 'SYSTEM'), ...Object.keys(SYSTEM_CAUSE)];
  assert.deepEqual(
    all.filter((o) => !raised.has(o)),
    [],
  );
});

test('register arrays and the I/O map do not run into each other', () => {
  assert.ok(CSR.FREE + SIZE_CLASSES.length <= CSR.IVEC);
  assert.ok(CSR.IVEC + INTERRUPT_LINES <= CSR.TROW);
  assert.ok(Math.max(...Object.values(IO)) < MEMORY.io);
});

test('size classes grow, and a header can name each', () => {
  assert.deepEqual(
    [...SIZE_CLASSES],
    [...SIZE_CLASSES].sort((a, b) => a - b),
  );
  assert.ok(SIZE_CLASSES.length <= 2 ** HDR.sizeClass[1]);
});

test("a list's own block and its storage are never of one size class, as core and simulator assume of BLIST", () => {
  const sizeClass = (words: number) => SIZE_CLASSES.findIndex((size) => size >= words);
  const header = 1;
  const [ownWords, leastItems] = [header + 1, 4];
  assert.notEqual(sizeClass(ownWords), sizeClass(header + leastItems));
});
