import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pythonFloatRepr, pythonStringRepr } from '../src/repr.js';
import { runPython } from './support/python.js';

const FLOATS = [
  0,
  -0,
  1,
  -1,
  0.1,
  1 / 3,
  100,
  1e15,
  1e16,
  9999999999999998,
  1e17,
  123456789012345680,
  1e22,
  1e100,
  0.0001,
  0.00001,
  1.5e-5,
  5e-324,
  1.7976931348623157e308,
  2 ** 53,
  2 ** 63,
  -1e-7,
  1e-10,
  12345.678,
  NaN,
  Infinity,
  -Infinity,
];

/** Doubles of every exponent alike: from their bits, not from a distribution of values. */
const anyDouble = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((bits) => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
});

test('floats are written as CPython writes them', () => {
  const values = [
    ...FLOATS,
    ...fc.sample(anyDouble, { numRuns: 20_000, seed: 3 }),
    ...fc.sample(fc.double(), { numRuns: 5_000, seed: 4 }),
    ...fc.sample(
      fc.integer({ min: -(10 ** 9), max: 10 ** 9 }).map((n) => n / 1000),
      { numRuns: 5_000, seed: 5 },
    ),
  ];
  const bits = values.map((value) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    return view.getBigUint64(0).toString(16).padStart(16, '0');
  });
  const expected = runPython(
    'import json,struct,sys\nprint(json.dumps([repr(struct.unpack(">d", bytes.fromhex(b))[0]) for b in json.load(sys.stdin)]))',
    bits,
  ) as string[];
  values.forEach((value, i) => {
    assert.equal(pythonFloatRepr(value), expected[i], `bits ${bits[i]}`);
  });
});

test('strings are written as CPython writes them', () => {
  const values = [
    '',
    'a',
    "it's",
    '"',
    `'"`,
    'a\\b\n\r\t\0\x7f\x80\xa0\xadé',
    '日本 😀 \u200b\u2028\u3000\ue000',
    ...fc.sample(fc.string({ unit: 'binary-ascii', maxLength: 12 }), { numRuns: 2_000, seed: 6 }),
    ...fc.sample(fc.string({ unit: fc.integer({ min: 0, max: 0x24f }).map((c) => String.fromCharCode(c)) }), {
      numRuns: 1_000,
      seed: 7,
    }),
  ];
  const expected = runPython(
    'import json,sys\nprint(json.dumps([repr(s) for s in json.load(sys.stdin)]))',
    values,
  ) as string[];
  values.forEach((value, i) => {
    assert.equal(pythonStringRepr(value), expected[i]);
  });
});
