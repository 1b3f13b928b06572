/** Arithmetic and comparisons against BigInt and JavaScript's doubles, on the fast path and on the slow one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boolWord,
  floatOf,
  floatWord,
  intWord,
  NONE_WORD,
  TAG,
  TRAP_OPERATION,
  UNBOUND_WORD,
  type Word,
} from '@pysm/isa';
import fc from 'fast-check';
import { word } from './support/heap.js';
import { machine } from './support/machine.js';

const RUNS = { numRuns: 400, seed: 0x5eed };
/** What a trapped operation gives here. */
const TRAPPED = word('NOTIMPLEMENTED');

const MIN = -(2n ** 63n);
const fits = (value: bigint): boolean => BigInt.asIntN(64, value) === value;

/** Runs one instruction (destination L2, sources L0 and L1) on many operands, on both paths of the simulator. */
async function evaluator(instruction: string): Promise<(a: Word, b: Word) => Promise<Word>> {
  const source = `loop: BRK\n${instruction}\nJMP loop\nhandler: RET NotImplemented`;
  const vectors = Array.from({ length: 64 * 56 }, (_, index) => ({ index, handler: 'handler' }));
  const setup = { locals: [NONE_WORD, NONE_WORD, UNBOUND_WORD], vectors };
  const [fast, slow] = [await machine(source, setup), await machine(source, setup)];
  slow.trace(() => {});
  for (const simulator of [fast, slow]) await simulator.run();
  return async (a, b) => {
    const results: Word[] = [];
    for (const simulator of [fast, slow]) {
      await simulator.write('stack', 0, a);
      await simulator.write('stack', 1, b);
      assert.equal((await simulator.run()).kind, 'break-instruction');
      results.push((await simulator.read('stack', 2, 1))[0]!);
    }
    assert.deepEqual(results[0], results[1], 'both paths');
    assert.equal((await fast.state()).cycles, (await slow.state()).cycles, 'cycles of both paths');
    return results[0]!;
  };
}

/** Integers of every size, and those around the edges. */
const int64 = fc.oneof(
  fc.bigInt({ min: MIN, max: -MIN - 1n }),
  fc.integer({ min: -40, max: 70 }).map(BigInt),
  fc.constantFrom(0n, 1n, -1n, MIN, MIN + 1n, -MIN - 1n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 53n + 1n, -(2n ** 62n)),
  fc
    .tuple(fc.integer({ min: 0, max: 62 }), fc.integer({ min: -2, max: 2 }))
    .map(([n, d]) => 2n ** BigInt(n) + BigInt(d)),
);
const double = fc.oneof(
  fc.double(),
  fc.integer({ min: -100, max: 100 }),
  int64.map(Number),
  fc.constantFrom(2 ** 63, -(2 ** 63), 2 ** 53, 0.5, -0, Number.MIN_VALUE, Number.MAX_VALUE),
);

const floorDivide = (a: bigint, b: bigint): bigint => (a % b !== 0n && a < 0n !== b < 0n ? a / b - 1n : a / b);

/** Result of an integer operation, or undefined where it traps. */
const INTEGERS: Readonly<Record<string, (a: bigint, b: bigint) => bigint | undefined>> = {
  ADD: (a, b) => a + b,
  SUB: (a, b) => a - b,
  MUL: (a, b) => a * b,
  AND: (a, b) => a & b,
  OR: (a, b) => a | b,
  XOR: (a, b) => a ^ b,
  SHL: (a, b) => (b < 0n ? undefined : a === 0n ? 0n : b > 63n ? undefined : a << b),
  SHR: (a, b) => (b < 0n ? undefined : a >> (b > 64n ? 64n : b)),
  FLOOR: (a, b) => (b === 0n ? undefined : floorDivide(a, b)),
  MOD: (a, b) => (b === 0n ? undefined : a - floorDivide(a, b) * b),
  ZXT: (a, b) => (b < 0n || b > 63n ? undefined : BigInt.asUintN(Number(b), a)),
};

for (const [name, expected] of Object.entries(INTEGERS)) {
  test(`${name} of integers is exact or traps`, async () => {
    const evaluate = await evaluator(`${name} L2,L0,L1`);
    await fc.assert(
      fc.asyncProperty(int64, int64, async (a, b) => {
        const value = expected(a, b);
        const wanted = value === undefined || !fits(value) ? TRAPPED : intWord(value);
        assert.deepEqual(await evaluate(intWord(a), intWord(b)), wanted);
      }),
      RUNS,
    );
  });
}

const FLOATS: Readonly<Record<string, (a: number, b: number) => number | undefined>> = {
  ADD: (a, b) => a + b,
  SUB: (a, b) => a - b,
  MUL: (a, b) => a * b,
  DIV: (a, b) => (b === 0 ? undefined : a / b),
};

/** The NaN of the core: quiet, positive, no payload. */
const NAN = { tag: TAG.FLOAT, payload: 0x7ff8000000000000n };
const floatResult = (value: number | undefined): Word =>
  value === undefined ? TRAPPED : Number.isNaN(value) ? NAN : floatWord(value);

for (const [name, expected] of Object.entries(FLOATS)) {
  test(`${name} of floats and mixed pairs is IEEE's, with one NaN`, async () => {
    const evaluate = await evaluator(`${name} L2,L0,L1`);
    await fc.assert(
      fc.asyncProperty(double, double, int64, async (x, y, i) => {
        assert.deepEqual(await evaluate(floatWord(x), floatWord(y)), floatResult(expected(x, y)));
        assert.deepEqual(await evaluate(intWord(i), floatWord(y)), floatResult(expected(Number(i), y)));
        assert.deepEqual(await evaluate(floatWord(x), intWord(i)), floatResult(expected(x, Number(i))));
      }),
      RUNS,
    );
  });
}

test('DIV of integers is correctly rounded up to 2**53 and traps beyond', async () => {
  const evaluate = await evaluator('DIV L2,L0,L1');
  const limit = 2n ** 53n;
  const small = (i: bigint): boolean => i <= limit && i >= -limit;
  await fc.assert(
    fc.asyncProperty(int64, int64, async (a, b) => {
      const wanted = b === 0n || !small(a) || !small(b) ? TRAPPED : floatWord(Number(a) / Number(b));
      assert.deepEqual(await evaluate(intWord(a), intWord(b)), wanted);
    }),
    RUNS,
  );
});

/** Exact order of an integer and a double: negative, 0, positive, or undefined for NaN. */
function order(i: bigint, x: number): number | undefined {
  if (Number.isNaN(x)) return undefined;
  if (!Number.isFinite(x)) return x > 0 ? -1 : 1;
  const whole = BigInt(Math.trunc(x));
  if (i !== whole) return i < whole ? -1 : 1;
  return -Math.sign(x - Math.trunc(x));
}

const HOLDS: Readonly<Record<string, (order: number | undefined) => boolean>> = {
  LT: (o) => o !== undefined && o < 0,
  LE: (o) => o !== undefined && o <= 0,
  GT: (o) => o !== undefined && o > 0,
  GE: (o) => o !== undefined && o >= 0,
  EQ: (o) => o === 0 || Object.is(o, -0),
  NE: (o) => !(o === 0 || Object.is(o, -0)),
};

for (const [name, holds] of Object.entries(HOLDS)) {
  test(`${name} is exact between all numbers, as value and as branches`, async () => {
    const forms = [
      await evaluator(`C${name} L2,L0,L1`),
      await evaluator(`MOV L2,True\nB${name} L0,L1,yes\nMOV L2,False\nyes: NOP`),
      await evaluator(`MOV L2,False\nBN${name} L0,L1,no\nMOV L2,True\nno: NOP`),
    ];
    const flip = (o: number | undefined): number | undefined => (o === undefined ? undefined : -o);
    await fc.assert(
      fc.asyncProperty(int64, int64, double, double, async (i, j, x, y) => {
        const floats = Number.isNaN(x) || Number.isNaN(y) ? undefined : x < y ? -1 : x > y ? 1 : 0;
        for (const evaluate of forms) {
          const check = async (a: Word, b: Word, o: number | undefined) =>
            assert.deepEqual(await evaluate(a, b), boolWord(holds(o)));
          await check(intWord(i), intWord(j), i < j ? -1 : i > j ? 1 : 0);
          await check(intWord(i), floatWord(x), order(i, x));
          await check(floatWord(x), intWord(i), flip(order(i, x)));
          await check(floatWord(x), floatWord(y), floats);
        }
      }),
      { ...RUNS, numRuns: 150 },
    );
  });
}

test('EXT and INS move bit fields', async () => {
  const widths = [1, 2, 3, 4, 6, 8, 10, 12, 15, 16, 20, 24, 32, 40, 48, 64];
  for (const [low, width] of widths.map((w, i) => [(i * 7) % (65 - w), w] as const)) {
    const extract = await evaluator(`EXT L2,L0,${low}:${width}`);
    const insert = await evaluator(`MOV L2,L1\nINS L2,L0,${low}:${width}`);
    await fc.assert(
      fc.asyncProperty(int64, int64, async (a, b) => {
        const mask = (2n ** BigInt(width) - 1n) << BigInt(low);
        const field = (BigInt.asUintN(64, a) & mask) >> BigInt(low);
        assert.deepEqual(await extract(intWord(a), NONE_WORD), intWord(BigInt.asIntN(64, field)));
        const inserted = (BigInt.asUintN(64, b) & ~mask) | ((a << BigInt(low)) & mask);
        assert.deepEqual(await insert(intWord(a), intWord(b)), intWord(BigInt.asIntN(64, inserted)));
      }),
      { ...RUNS, numRuns: 40 },
    );
  }
});

test('CVT truncates what fits 64 bits and traps otherwise; back it rounds to nearest even', async () => {
  const evaluate = await evaluator('CVT L2,L0');
  await fc.assert(
    fc.asyncProperty(double, int64, async (x, i) => {
      const inRange = x >= -(2 ** 63) && x < 2 ** 63;
      assert.deepEqual(await evaluate(floatWord(x), NONE_WORD), inRange ? intWord(BigInt(Math.trunc(x))) : TRAPPED);
      assert.equal(floatOf((await evaluate(intWord(i), NONE_WORD)).payload), Number(i));
    }),
    RUNS,
  );
});

test('the handler of every vector of these tests is the one that gives the trap away', () => {
  assert.ok(Math.max(...Object.values(TRAP_OPERATION)) < 56);
});
