/** Generated assembly for property tests: any instruction of the table with operands that fit it, in whole modules. */
import {
  BITFIELD_WIDTHS,
  FUNCTION_ROLES,
  fieldRange,
  INSTRUCTIONS,
  type Instruction,
  type Operand,
  TAG,
  type TagClass,
  type TagName,
} from '@pysm/isa';
import fc from 'fast-check';
import type { AsmFunction, AsmInstruction, AsmModule, AsmOperand, ConstantValue } from '../../src/assembly/model.js';
import { select, writtenOperands } from '../../src/assembly/select.js';

/** Records with an ordinary prototype, as assembly has them. */
export const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record<T>(model, { noNullPrototype: true });

/** Names as Python and code generation make them, and some that need quotes or clash with operand words. */
export const anyName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('a', 'b', 'x1', 'größe', '.h0', 'S', '_', 'None', 'ENV', 'f.<locals>.g', '<lambda>', '__init__'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
  fc.constantFrom('a b', 'a|b', 'a,b', 'x)', '"', ';c', '{}', 'a:', '0', '9x', '-1', '%3'),
);

export const anyConstant: fc.Arbitrary<ConstantValue> = fc.letrec<{ constant: ConstantValue }>((tie) => ({
  constant: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    record<ConstantValue & { type: 'int' }>({
      type: fc.constant('int'),
      value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    }),
    record<ConstantValue & { type: 'float' }>({
      type: fc.constant('float'),
      value: fc.oneof(fc.double(), fc.constantFrom(-0, Number.NaN, 1e21, 5e-324, 1)),
    }),
    record<ConstantValue & { type: 'bool' }>({ type: fc.constant('bool'), value: fc.boolean() }),
    fc.constantFrom<ConstantValue>({ type: 'none' }, { type: 'unbound' }),
    record<ConstantValue & { type: 'str' }>({
      type: fc.constant('str'),
      value: fc.string({ unit: 'binary', maxLength: 12 }),
    }),
    record<ConstantValue & { type: 'function' }>({ type: fc.constant('function'), name: anyName }),
    record<ConstantValue & { type: 'class' }>({ type: fc.constant('class'), name: anyName }),
    record<ConstantValue & { type: 'raw' }>({
      type: fc.constant('raw'),
      value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    }),
    record<ConstantValue & { type: 'tuple' }>({
      type: fc.constant('tuple'),
      items: fc.array(tie('constant'), { maxLength: 3 }),
    }),
  ),
})).constant;

const anyLocal = (slots: number): fc.Arbitrary<AsmOperand> =>
  fc.nat(slots - 1).map((slot): AsmOperand => ({ kind: 'local', slot }));
const int = (min: number, max: number): fc.Arbitrary<AsmOperand> =>
  fc.integer({ min, max }).map((value): AsmOperand => ({ kind: 'int', value }));

const namedOperand = (kind: 'function' | 'global' | 'label', name: fc.Arbitrary<string>): fc.Arbitrary<AsmOperand> =>
  name.map((text): AsmOperand => ({ kind, name: text }));

/** Operands that fit a field; frames have `slots` words (at most 110). */
function anyOperand(
  row: Instruction,
  field: Operand,
  slots: number,
  labels: readonly string[],
): fc.Arbitrary<AsmOperand> {
  switch (field.kind) {
    case 'source':
      return fc.oneof(
        anyLocal(slots),
        int(-1, 9),
        fc.constantFrom<AsmOperand>({ kind: 'stack' }, { kind: 'environment' }),
        fc
          .constantFrom('None', 'False', 'True', 'UNBOUND', 'NotImplemented')
          .map((name): AsmOperand => ({ kind: 'named', name: name as 'None' })),
      );
    case 'destination':
      return fc.oneof(anyLocal(slots), fc.constantFrom<AsmOperand>({ kind: 'stack' }, { kind: 'discard' }));
    case 'local':
    case 'local-group':
      return anyLocal(slots);
    case 'immediate':
    case 'unsigned':
    case 'bit': {
      const range = fieldRange(row.format, field.field);
      if (row.mnemonic === 'SETH') return int(0, 0);
      if (row.mnemonic === 'LDW8' || row.mnemonic === 'STW8') return anyLocal(slots);
      if (['n', 'k'].includes(field.name) && row.mnemonic !== 'LDI') return int(1, row.mnemonic === 'IEN' ? 1 : 15);
      return int(field.kind === 'immediate' ? range.min : 0, field.kind === 'bit' ? 63 : range.max);
    }
    case 'tag':
      return fc.constantFrom(...(Object.keys(TAG) as TagName[])).map((name): AsmOperand => ({ kind: 'tag', name }));
    case 'label':
      return fc.constantFrom(...labels).map((name): AsmOperand => ({ kind: 'label', name }));
    case 'function':
    case 'global':
      return namedOperand(field.kind, anyName);
    case 'constant':
      return anyConstant.map((value): AsmOperand => ({ kind: 'constant', value }));
    case 'attribute':
      return fc
        .oneof(
          anyName,
          anyName.map((name) => `isa ${name}`),
        )
        .map((name): AsmOperand => ({ kind: 'attribute', name }));
    case 'csr':
      return fc.nat(96).map((number): AsmOperand => ({ kind: 'csr', number }));
    case 'bitfield':
      return fc
        .tuple(fc.nat(63), fc.constantFrom(...BITFIELD_WIDTHS))
        .map(([low, width]): AsmOperand => ({ kind: 'bitfield', low, width }));
    case 'clear':
    case 'drop':
      return fc.constant({ kind: 'clear' });
  }
}

const anyFacts: fc.Arbitrary<Pick<AsmInstruction, 'known' | 'outcomes' | 'loopBound' | 'comment'>> = fc.oneof(
  fc.constant({}),
  fc
    .array(fc.constantFrom<TagClass>('int', 'float', 'any'), { minLength: 1, maxLength: 2 })
    .map((a) => ({ known: { a } })),
  fc.constant({ outcomes: ['list, negative index', 'int'] }),
  fc
    .tuple(fc.nat(9), fc.option(fc.nat(99), { nil: undefined }), fc.string({ unit: 'grapheme', maxLength: 5 }))
    .map(([min, max, reason]) => ({ loopBound: { min, max, reason } })),
  fc.constant({ comment: 'why; "because"' }),
);

/** An instruction as it is written: of a family, under the family's name. */
export function anyInstruction(slots: number, labels: readonly string[]): fc.Arbitrary<AsmInstruction> {
  return fc.constantFrom(...INSTRUCTIONS).chain((row) =>
    fc
      .tuple(
        fc.tuple(...writtenOperands(row).map((field) => anyOperand(row, field, slots, labels))),
        row.operands.some((o) => o.kind === 'drop') ? fc.boolean() : fc.constant(false),
        row.format === 'T' ? fc.nat(7) : fc.constant(0),
        anyFacts,
      )
      .map(([operands, drop, variant, facts]) => ({
        mnemonic: row.mnemonic,
        operands,
        ...(drop ? { drop } : {}),
        ...(variant ? { variant } : {}),
        ...facts,
      }))
      .filter((instruction) => select(instruction) === row),
  );
}

const LABELS = ['L', '.loop', 'a b', 'S'];

export const anyFunction: fc.Arbitrary<AsmFunction> = fc
  .record({
    name: anyName,
    qualname: anyName,
    parameters: fc.array(anyName, { maxLength: 4 }),
    others: fc.array(anyName, { minLength: 2, maxLength: 4 }),
    missing: fc.nat(4),
    defaults: fc.array(
      fc.oneof(
        anyConstant.map((value) => ({ kind: 'constant', value }) as const),
        anyName.map((name) => ({ kind: 'global', name }) as const),
      ),
      { minLength: 4, maxLength: 4 },
    ),
    role: fc.option(fc.constantFrom(...FUNCTION_ROLES), { nil: undefined }),
    interrupt: fc.option(fc.nat(7), { nil: undefined }),
    runtime: fc.boolean(),
  })
  .chain(({ parameters, others, missing, defaults, role, interrupt, ...rest }) => {
    const locals = [...parameters, ...others];
    const min = Math.max(0, parameters.length - missing);
    return fc.array(anyInstruction(locals.length, LABELS), { minLength: 1, maxLength: 8 }).map(
      (instructions): AsmFunction => ({
        ...rest,
        module: '__main__',
        parameters,
        locals,
        min,
        defaults: defaults.slice(0, parameters.length - min),
        items: [...LABELS.map((label) => ({ label })), ...instructions],
        handlers: [
          { name: 'h0', start: 'L', end: '.loop', target: 'a b' },
          { name: 'h1', start: 'L', end: 'S', target: 'S', outer: 'h0' },
        ],
        vectors: ['ADD str any', 'SYSTEM NAME'],
        ...(role === undefined ? {} : { role }),
        ...(interrupt === undefined ? {} : { interrupt }),
      }),
    );
  });

export const anyModule: fc.Arbitrary<AsmModule> = record<AsmModule>({
  name: fc.constant('__main__'),
  path: fc.constant('t.pysm'),
  runtime: fc.boolean(),
  globals: fc.array(anyName, { maxLength: 3 }),
  classes: fc.array(
    record<AsmModule['classes'][number]>({
      name: anyName,
      pythonName: anyName,
      base: fc.option(anyName, { nil: undefined }),
      slots: fc.array(anyName, { maxLength: 3 }),
      attributes: fc.array(
        fc.oneof(
          fc.tuple(anyName, anyName).map(([name, fn]) => ({ name, kind: 'method', function: fn }) as const),
          fc.tuple(anyName, anyName).map(([name, fn]) => ({ name, kind: 'getter', function: fn }) as const),
          fc.tuple(anyName, anyConstant).map(([name, initial]) => ({ name, kind: 'value', initial }) as const),
        ),
        { maxLength: 3 },
      ),
      constructor_: fc.option(anyName, { nil: undefined }),
      tags: fc.subarray<TagName>(['STR', 'STR7', 'INT']),
    }),
    { maxLength: 2 },
  ),
  functions: fc.array(anyFunction, { maxLength: 3 }),
}).map((module) => ({
  ...module,
  functions: module.functions.map((fn) => ({ ...fn, runtime: fn.runtime || module.runtime })),
}));
