/** Units that compute: arithmetic, comparisons, raw operations on INTs, chains through the operand stack. */
import { READABLE } from './operands.mjs';
import { leaf } from './stream.mjs';

const ARITHMETIC = ['ADD', 'SUB', 'AND', 'OR', 'XOR', 'SHL', 'SHR', 'ZXT', 'POW'];
const MULTIPLY = ['MUL', 'FLOOR', 'MOD'];
const COMPARISONS = ['CLT', 'CLE', 'CEQ', 'CNE', 'CGT', 'CGE', 'CIS', 'CNIS', 'CIN', 'CNIN'];
const CONTROL = [
  'SLIM',
  'RLIM',
  'HTOP',
  'HLIM',
  'INSTRET',
  'IE',
  'IPEND',
  'HPEAK',
  'FREE+1',
  'FREE+5',
  'IVEC',
  'TROW+5',
  'TROW+12',
];

/** Arithmetic of a core with some features. */
const arithmeticOf = ({ floats, multiply }) => [
  ...ARITHMETIC,
  ...(multiply ? MULTIPLY : []),
  ...(floats && multiply ? ['DIV'] : []),
];

/** Instructions on INTs that never trap. */
export function harmless(operands, frame) {
  const c = operands.choices;
  const push = [];
  const int = () => operands.int(frame, push);
  const line = c.weighted([
    [
      4,
      () => {
        const [a, b] = [int(), int()];
        return `${c.pick(['RADD', 'RSUB', 'RULT', 'RSHL', 'RSHR', ...(operands.features.multiply ? ['RMUL', 'MULHU'] : [])])} ${operands.intDestination(frame)},${a},${b}`;
      },
    ],
    [
      2,
      () => {
        const a = int();
        return `${c.pick(['CLZ', 'TAGR', 'HASH', 'RNGCK'])} ${operands.intDestination(frame)},${a}`;
      },
    ],
    [
      2,
      () => {
        const a = int();
        return `EXT ${operands.intDestination(frame)},${a},${operands.bitfield()}`;
      },
    ],
    [
      2,
      () => {
        const a = int();
        return `INS ${operands.intDestination(frame)},${a},${operands.bitfield()}`;
      },
    ],
    [2, () => `LDI ${operands.intDestination(frame)},${c.between(-65536, 65535)}`],
    [1, () => `RDC ${operands.intDestination(frame)}`],
    [1, () => `AND ${operands.intDestination(frame)},${c.pick(frame.ints)},${c.between(0, 511)}`],
    [1, () => `CSRR ${operands.intDestination(frame)},${c.pick(CONTROL)}`],
    [1, () => 'NOP'],
    [1, () => `MOV ${operands.intDestination(frame)},${c.pick(frame.ints)}`],
    [1, () => `STG @__main__.count,${c.pick(frame.ints)}`],
    [1, () => `LDG ${operands.intDestination(frame)},@__main__.count`],
    [1, () => `IOR ${operands.intDestination(frame)},${c.pick(READABLE)}`],
    [1, () => `RSRD ${c.pick(frame.any)},0`],
  ])();
  return leaf(...push, line);
}

/** Arithmetic of two operands of any kind. */
export function binary(operands, frame) {
  const c = operands.choices;
  const push = [];
  const name = c.pick(arithmeticOf(operands.features));
  const a = operands.any(frame, push);
  // A number as b is an immediate unless it has a specifier: both forms. The immediate one has no variant.
  const immediate = c.chance(25);
  const b = immediate ? String(c.between(-512, 511)) : operands.any(frame, push);
  const [d, after] = operands.destination(frame);
  return leaf(...push, `${name}${!immediate && c.chance(10) ? '.inplace' : ''} ${d},${a},${b}`, ...after);
}

/** An instruction of one operand of any kind. */
export function unary(operands, frame) {
  const c = operands.choices;
  const push = [];
  const a = operands.any(frame, push);
  const [d, after] = operands.destination(frame);
  const names = [
    'NEG',
    'INV',
    'ABS',
    'MOV',
    'MOV',
    'LEN',
    'TAGR',
    'CLZ',
    'RNGCK',
    ...(operands.features.floats ? ['CVT', 'FSQRT'] : []),
  ];
  return leaf(...push, `${c.pick(names)} ${d},${a}`, ...after);
}

/** A comparison that makes a BOOL. */
export function comparison(operands, frame) {
  const push = [];
  const a = operands.any(frame, push);
  const b = operands.any(frame, push);
  const [d, after] = operands.destination(frame);
  return leaf(...push, `${operands.choices.pick(COMPARISONS)} ${d},${a},${b}`, ...after);
}

/** A chain through the operand stack: several pushes, then instructions that pop what was just pushed. */
export function chain(operands, frame) {
  const c = operands.choices;
  const lines = [operands.pusher(frame)];
  let depth = 1;
  for (let left = c.between(2, 8); left > 0; left--) {
    const choice = c.below(depth >= 2 ? 5 : 2);
    if (choice === 0) {
      lines.push(operands.pusher(frame));
      depth++;
    } else if (choice === 1) lines.push(`${c.pick(['NEG', 'MOV', 'RNGCK', 'ABS'])} S,S`);
    else if (choice === 2) {
      lines.push(`${c.pick([...arithmeticOf(operands.features), ...COMPARISONS])} S,S,S`);
      depth--;
    } else if (choice === 3) {
      lines.push(`DUP S,${c.below(depth)}`);
      depth++;
    } else {
      lines.push(`MOV ${c.pick(frame.any)},S`);
      depth--;
    }
  }
  lines.push(depth > 1 ? `POP ${depth}` : c.pick(['POP 1', `MOV ${c.pick(frame.any)},S`]));
  return leaf(...lines);
}
