import type { TrapOperation } from '../machine.js';
import { outcome, type Row, rows, trap } from './define.js';
import type { Instruction, Outcome } from './types.js';

const INT = { a: 'int', b: 'int' } as const;
const FLOAT = { a: 'float', b: 'float' } as const;

const mixed = (cycles: number): Outcome[] => [
  outcome('int-float', cycles, { a: 'int', b: 'float' }),
  outcome('float-int', cycles, { a: 'float', b: 'int' }),
];

/** [offset, mnemonic, outcomes, overflow found in cycle, doc] */
const BINARY: readonly [number, TrapOperation, Outcome[], number, string][] = [
  [0x0, 'ADD', [outcome('int', 1, INT), outcome('float', 6, FLOAT), ...mixed(9)], 1, 'Sum.'],
  [0x1, 'SUB', [outcome('int', 1, INT), outcome('float', 6, FLOAT), ...mixed(9)], 1, 'Difference a - b.'],
  [0x2, 'MUL', [outcome('int', 4, INT), outcome('float', 6, FLOAT), ...mixed(9)], 4, 'Product.'],
  [0x3, 'AND', [outcome('int', 1, INT)], 1, 'Bitwise and; BOOL of two BOOLs.'],
  [0x4, 'OR', [outcome('int', 1, INT)], 1, 'Bitwise or; BOOL of two BOOLs.'],
  [0x5, 'XOR', [outcome('int', 1, INT)], 1, 'Bitwise exclusive or; BOOL of two BOOLs.'],
  [0x6, 'SHL', [outcome('int', 1, INT)], 1, 'a << b. A negative count, or a result beyond 64 bits, traps.'],
  [
    0x7,
    'SHR',
    [outcome('int', 1, INT)],
    1,
    'a >> b, arithmetic; counts of 64 and more give 0 or -1. A negative count traps.',
  ],
  [
    0x8,
    'FLOOR',
    [outcome('int', 36, INT)],
    1,
    'Floor division. A zero divisor traps; -2**63 // -1 overflows and traps.',
  ],
  [0x9, 'MOD', [outcome('int', 36, INT)], 1, 'Remainder with the sign of b. A zero divisor traps.'],
  [
    0xa,
    'DIV',
    [outcome('float', 32, FLOAT), ...mixed(35), outcome('int', 35, INT, 'both magnitudes at most 2**53')],
    3,
    'True division, a FLOAT. A zero divisor traps; two INTs of which one is beyond 2**53 in magnitude trap.',
  ],
  [0xb, 'POW', [], 1, 'Power: always traps to the runtime.'],
  [
    0xc,
    'ZXT',
    [outcome('int', 1, INT, '0 <= b <= 63')],
    1,
    'a modulo 2**b, that is a & (2**b - 1): the low b bits. A count outside 0-63 traps.',
  ],
];

const UNARY: readonly [number, TrapOperation, Outcome[], string][] = [
  [0x2d, 'NEG', [outcome('int', 1, { a: 'int' }), outcome('float', 1, { a: 'float' })], '-a. NEG of -2**63 traps.'],
  [0x2e, 'INV', [outcome('int', 1, { a: 'int' })], '~a.'],
  [
    0x2f,
    'ABS',
    [outcome('int', 1, { a: 'int' }), outcome('float', 1, { a: 'float' })],
    'Magnitude. ABS of -2**63 traps.',
  ],
];

const binary = (immediate: boolean): Row[] =>
  BINARY.map(([offset, name, outcomes, found, doc]) => ({
    op: (immediate ? 0x30 : 0x20) + offset,
    name: immediate ? `${name}I` : name,
    format: immediate ? 'I' : 'T',
    args: immediate ? 'd:d@d a:s@a b:i@imm' : 'd:d@d a:s@a b:s@b',
    family: name,
    outcomes: outcomes.filter((o) => !immediate || o.tags?.['b'] === 'int'),
    traps: [trap(name, 'a b', 'overflow, a bad operand value, or any other pair of tags', 'value', found)],
    doc: immediate
      ? `${doc} b is the INT given by the immediate.`
      : `${doc} Variant bit 0 marks the in-place form (augmented assignment).`,
  }));

const COMPARE = ['LT', 'LE', 'EQ', 'NE'] as const;
const compareOutcomes: Outcome[] = [
  outcome('int', 1, INT),
  outcome('float', 1, FLOAT),
  outcome('int-float', 3, { a: 'int', b: 'float' }),
  outcome('float-int', 3, { a: 'float', b: 'int' }),
];
/** Equality of words that need no look at memory. */
const equalOutcomes: Outcome[] = [
  ...compareOutcomes,
  outcome('str7', 1, { a: 'str7', b: 'str7' }),
  outcome('None and any', 1, { a: 'none' }, 'b is no OBJ: compared as words'),
  outcome('any and None', 1, { b: 'none' }, 'a is no OBJ: compared as words'),
];
const IDENTITY = 'The words are equal in tag and payload';

export const ARITHMETIC: readonly Instruction[] = rows('arithmetic', [
  ...binary(false),
  ...UNARY.map(
    ([op, name, outcomes, doc]): Row => ({
      op,
      name,
      format: 'T',
      args: 'd:d@d a:s@a',
      outcomes,
      traps: [trap(name, 'a', 'overflow or any other tag')],
      doc,
    }),
  ),
  ...binary(true),
]);

export const COMPARISONS: readonly Instruction[] = rows('comparison', [
  ...COMPARE.map(
    (name, i): Row => ({
      op: 0x40 + i,
      name: `C${name}`,
      format: 'T',
      args: 'd:d@d a:s@a b:s@b',
      outcomes: i < 2 ? compareOutcomes : equalOutcomes,
      traps: [trap(name, 'a b', 'any other pair of tags')],
      doc: `BOOL of the comparison ${name}; INT with FLOAT is compared exactly, NaN is unordered.`,
    }),
  ),
  { op: 0x44, name: 'CIS', format: 'T', args: 'd:d@d a:s@a b:s@b', doc: `BOOL: ${IDENTITY} (is).` },
  { op: 0x45, name: 'CNIS', format: 'T', args: 'd:d@d a:s@a b:s@b', doc: 'BOOL: the words differ (is not).' },
  {
    op: 0x46,
    name: 'CIN',
    format: 'T',
    args: 'd:d@d a:s@a b:s@b',
    outcomes: [],
    traps: [trap('IN', 'b a', 'always')],
    doc: 'a in b, by the runtime. The container is pushed first and selects the handler.',
  },
  {
    op: 0x47,
    name: 'CNIN',
    format: 'T',
    args: 'd:d@d a:s@a b:s@b',
    outcomes: [],
    traps: [trap('NOT_IN', 'b a', 'always')],
    doc: 'a not in b, by the runtime.',
  },
  ...COMPARE.map(
    (name, i): Row => ({
      op: 0x48 + i,
      name: `B${name}`,
      format: 'B',
      args: 'a:s@a b:s@b target:L@offset',
      branch: true,
      outcomes: i < 2 ? compareOutcomes : equalOutcomes,
      traps: [trap(`${name}_BRANCH`, 'a b', 'any other pair of tags', 'branch')],
      doc: `Branch where a ${name} b, compared as by C${name}.`,
    }),
  ),
  ...(['GT', 'GE'] as const).flatMap((name, i): Row[] => [
    {
      op: 0x68 + i,
      name: `B${name}`,
      format: 'B',
      args: 'a:s@a b:s@b target:L@offset',
      branch: true,
      outcomes: compareOutcomes,
      traps: [trap(`${name}_BRANCH`, 'a b', 'any other pair of tags', 'branch')],
      doc: `Branch where a ${name} b, compared as by C${name}.`,
    },
    {
      op: 0x70 + i,
      name: `C${name}`,
      format: 'T',
      args: 'd:d@d a:s@a b:s@b',
      outcomes: compareOutcomes,
      traps: [trap(name, 'a b', 'any other pair of tags')],
      doc: `BOOL of the comparison ${name}.`,
    },
  ]),
  ...(['LT', 'LE', 'GT', 'GE', 'EQ', 'NE'] as const).map(
    (name, i): Row => ({
      op: 0x6a + i,
      name: `BN${name}`,
      format: 'B',
      args: 'a:s@a b:s@b target:L@offset',
      branch: true,
      outcomes: i < 4 ? compareOutcomes : equalOutcomes,
      traps: [trap(`${name}_BRANCH`, 'a b', 'any other pair of tags', 'branch')],
      doc: `Branch where a ${name} b does not hold: true of an unordered pair (NaN), which the opposite comparison is not. The handler returns the truth of a ${name} b; the re-issue inverts it.`,
    }),
  ),
  {
    op: 0x4c,
    name: 'BIS',
    format: 'B',
    args: 'a:s@a b:s@b target:L@offset',
    branch: true,
    doc: `Branch where: ${IDENTITY.toLowerCase()}.`,
  },
  {
    op: 0x4d,
    name: 'BNIS',
    format: 'B',
    args: 'a:s@a b:s@b target:L@offset',
    branch: true,
    doc: 'Branch where the words differ.',
  },
  {
    op: 0x4e,
    name: 'BIN',
    format: 'B',
    args: 'a:s@a b:s@b target:L@offset',
    branch: true,
    outcomes: [],
    traps: [trap('IN', 'b a', 'always', 'branch')],
    doc: 'Branch where a in b, by the runtime.',
  },
  {
    op: 0x4f,
    name: 'BNIN',
    format: 'B',
    args: 'a:s@a b:s@b target:L@offset',
    branch: true,
    outcomes: [],
    traps: [trap('NOT_IN', 'b a', 'always', 'branch')],
    doc: 'Branch where a not in b, by the runtime.',
  },
]);
