/**
 * The fast loop against step(): random programs end in the same state after the same cycles, whichever runs them. The
 * slow path is the reference of instructions.test.ts, so a wrong shortcut of the fast loop shows here.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BITFIELD_WIDTHS,
  encode,
  encodeBitfield,
  FORMATS,
  fieldRange,
  floatWord,
  type Image,
  INSTRUCTIONS,
  type Instruction,
  intWord,
  type Operand,
  SPECIFIER,
  str7Word,
} from '@pysm/isa';
import fc from 'fast-check';
import { createSimulator } from '../src/node.js';
import { dispatch, func, HEAP, HEAP_END, heap } from './support/heap.js';
import { image } from './support/machine.js';

/** Instructions of a random program: those that end it or wait for minutes say nothing here. */
const POOL: readonly Instruction[] = INSTRUCTIONS.filter(
  (i) => !['ILL', 'BRK', 'HALT', 'FAULT', 'UNW', 'CSRW', 'CATCH', 'POP'].includes(i.mnemonic),
);
/** Instructions that the fast loop has handlers for, wanted more often. */
const FREQUENT = POOL.filter((i) =>
  ['arithmetic', 'comparison', 'branch', 'loop', 'call', 'subscript'].includes(i.group),
);
const LENGTH = 40;
const LOCALS = 12;

const local = fc.integer({ min: 0, max: LOCALS - 1 });
const constant = fc.integer({ min: SPECIFIER.NONE, max: SPECIFIER.ZERO + 9 });

function operandValue(operand: Operand, instruction: Instruction, pc: number): fc.Arbitrary<number> {
  const range = fieldRange(instruction.format, operand.field);
  const within = (min: number, max: number) =>
    fc.integer({ min: Math.max(min, range.min), max: Math.min(max, range.max) });
  switch (operand.kind) {
    case 'source':
      return fc.oneof({ weight: 4, arbitrary: local }, constant, fc.constant(SPECIFIER.STACK));
    case 'destination':
      return fc.oneof({ weight: 4, arbitrary: local }, fc.constantFrom(SPECIFIER.DISCARD, SPECIFIER.STACK));
    case 'local':
      return local;
    case 'local-group':
      return fc.integer({ min: 0, max: LOCALS - 2 });
    case 'label':
      return instruction.format === 'B' ? within(-Math.min(pc, 8), 8) : within(0, LENGTH - 1);
    case 'function':
      return within(0, LENGTH - 1);
    case 'global':
    case 'constant':
      return within(0, 4);
    case 'attribute':
      return within(3, 15);
    case 'bitfield':
      return fc
        .tuple(fc.integer({ min: 0, max: 63 }), fc.constantFrom(...BITFIELD_WIDTHS))
        .map(([low, width]) => encodeBitfield(low, width));
    case 'immediate':
      return within(-3, 12);
    default:
      return within(0, operand.field === 'n' ? 3 : 9);
  }
}

const instructionAt = (pc: number): fc.Arbitrary<number> =>
  fc
    .oneof({ weight: 3, arbitrary: fc.constantFrom(...FREQUENT) }, fc.constantFrom(...POOL))
    .chain((instruction) =>
      fc
        .tuple(...instruction.operands.map((o) => operandValue(o, instruction, pc)))
        .map((values) =>
          encode(
            instruction,
            Object.fromEntries(
              instruction.operands
                .map((o, i) => [o.field, values[i]!])
                .filter(([f]) => f! in FORMATS[instruction.format]),
            ),
          ),
        ),
    );

const words = fc.constantFrom(
  intWord(0),
  intWord(3),
  intWord(-2),
  intWord(2n ** 62n),
  floatWord(1.5),
  floatWord(-0.25),
  str7Word('ab'),
  HEAP.list,
  HEAP.tuple,
  HEAP.object,
  HEAP.objectX,
  HEAP.closure,
  HEAP.bound,
  HEAP.bytes,
  HEAP.bytearray,
  HEAP.generator,
  HEAP.cell,
  HEAP.class,
  HEAP.raw,
);

/** Handlers and callees: a few ways to come back. Vectors lead to the first, calls to `callee`. */
const TAIL = 'handler: RET True\ncallee: ADD S,L0,1\nRET S\n';

function program(code: readonly number[]): Image {
  const vectors = Array.from({ length: 64 * 56 }, (_, index) => ({ index, handler: 'handler', clear: index % 4 }));
  const frame = image(`${'NOP\n'.repeat(LENGTH)}HALT 0,None\n${TAIL}`, {
    frame: LOCALS,
    vectors,
    data: heap,
    dispatch,
    heapBase: HEAP_END,
    globals: { a: intWord(1), b: floatWord(2), c: HEAP.class, d: HEAP.list, f: func(LENGTH + 2, 1, 3) },
  });
  const words = frame.code.slice();
  words.set(code);
  return { ...frame, code: words };
}

test('random programs go the same way on the fast loop and step by step', async () => {
  const [fast, slow] = [await createSimulator(), await createSimulator()];
  slow.trace(() => {});
  let trapped = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(...Array.from({ length: LENGTH }, (_, pc) => instructionAt(pc))),
      fc.array(words, { minLength: LOCALS, maxLength: LOCALS }),
      async (code, locals) => {
        const ends = [];
        for (const simulator of [fast, slow]) {
          await simulator.load(program(code));
          for (const [i, w] of locals.entries()) await simulator.write('stack', i, w);
          const reason = await simulator.run({ untilCycle: 1500 });
          const { bytes } = await simulator.snapshot();
          ends.push({ reason, state: await simulator.state(), statistics: await simulator.statistics(), bytes });
        }
        const [a, b] = ends as [(typeof ends)[0], (typeof ends)[0]];
        assert.deepEqual(a.reason, b.reason);
        assert.deepEqual(a.state, b.state);
        assert.deepEqual(a.statistics, b.statistics);
        assert.ok(Buffer.compare(a.bytes, b.bytes) === 0, 'memories');
        if (a.state.instructions > 10) trapped++;
      },
    ),
    { numRuns: 600, seed: 7 },
  );
  assert.ok(trapped > 100, `only ${trapped} programs ran for more than ten instructions`);
});
