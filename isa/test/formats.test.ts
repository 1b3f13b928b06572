/** Encoding and decoding of instruction words: every format, every instruction, all field values. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  BITFIELD_WIDTHS,
  BY_OPCODE,
  decode,
  decodeBitfield,
  encode,
  encodeBitfield,
  FORMATS,
  type Format,
  fieldRange,
  INSTRUCTIONS,
  intSpecifier,
  SPECIFIER_NAME,
} from '../src/index.js';

const fieldsOf = (format: Format): fc.Arbitrary<Record<string, number>> =>
  fc.record(
    Object.fromEntries(Object.keys(FORMATS[format]).map((name) => [name, fc.integer(fieldRange(format, name))])),
    { noNullPrototype: true },
  );

test('every instruction decodes to the fields that it was encoded from', () => {
  for (const instruction of INSTRUCTIONS) {
    fc.assert(
      fc.property(fieldsOf(instruction.format), (fields) => {
        const decoded = decode(encode(instruction, fields));
        assert.equal(decoded?.instruction, instruction);
        assert.deepEqual(decoded?.fields, fields);
      }),
      { seed: 1, numRuns: 50 },
    );
  }
});

test('the extreme values of every field survive, and one beyond them is refused by name', () => {
  for (const instruction of INSTRUCTIONS) {
    for (const name of Object.keys(FORMATS[instruction.format])) {
      const { min, max } = fieldRange(instruction.format, name);
      for (const value of [min, max]) {
        assert.equal(
          decode(encode(instruction, { [name]: value }))?.fields[name],
          value,
          `${instruction.mnemonic}.${name}`,
        );
      }
      for (const value of [min - 1, max + 1, min + 0.5]) {
        assert.throws(() => encode(instruction, { [name]: value }), new RegExp(`${instruction.mnemonic}: ${name} = `));
      }
    }
  }
});

test('fields of a format do not overlap each other or the opcode', () => {
  for (const [format, layout] of Object.entries(FORMATS)) {
    const instruction = INSTRUCTIONS.find((row) => row.format === format)!;
    const opcodeBits = format === 'A' ? 26 : 24;
    let used = 0n;
    for (const [name, { pieces }] of Object.entries(layout)) {
      for (const [low, width] of pieces) {
        const bits = ((1n << BigInt(width)) - 1n) << BigInt(low);
        assert.equal(used & bits, 0n, `${format}.${name} of ${instruction.mnemonic}`);
        used |= bits;
      }
    }
    assert.equal(used >> BigInt(opcodeBits), 0n, `format ${format} reaches into the opcode`);
  }
});

test('every operand of the table names a field of its format', () => {
  for (const { mnemonic, format, operands } of INSTRUCTIONS) {
    for (const operand of operands) {
      assert.ok(
        FORMATS[format][operand.field],
        `${mnemonic} ${operand.name}: format ${format} has no ${operand.field}`,
      );
    }
    assert.equal(new Set(operands.map((o) => o.field)).size, operands.length, `${mnemonic} uses a field twice`);
  }
});

test('a word whose opcode is not in the table decodes to nothing', () => {
  const free = BY_OPCODE.flatMap((row, opcode) => (row ? [] : [opcode]));
  assert.ok(free.length > 0);
  for (const opcode of free) assert.equal(decode((opcode * 0x1000000) >>> 0), undefined);
});

test('bit fields: every lowest bit with every width comes back', () => {
  for (const width of BITFIELD_WIDTHS) {
    for (let low = 0; low < 64; low++) assert.deepEqual(decodeBitfield(encodeBitfield(low, width)), { low, width });
  }
  assert.throws(() => encodeBitfield(0, 5), RangeError);
  assert.throws(() => encodeBitfield(64, 1), RangeError);
});

test('INT specifiers are -1 to 9 and have the names that assembly writes', () => {
  for (let value = -1; value <= 9; value++) assert.equal(SPECIFIER_NAME.get(intSpecifier(value)!), String(value));
  for (const value of [-2, 10, 0.5, 2n ** 63n]) assert.equal(intSpecifier(value), undefined);
});
