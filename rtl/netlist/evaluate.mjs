/** The cells of Yosys evaluated: what they mean, without regard to speed. Values are BigInts without a sign. */
import { ones } from './cells.mjs';

const bit = (condition) => (condition ? 1n : 0n);

/** `value` of `from` bits as one of `to` bits: cut, or extended by zeros or its sign. */
function extend(value, from, to, signed) {
  const negative = signed && from > 0 && value >> BigInt(from - 1) === 1n;
  return (negative && to > from ? value | (ones(to) ^ ones(from)) : value) & ones(to);
}

const asSigned = (value, width) => BigInt.asIntN(width, value);

const arithmetic = (compute) => (cell) => {
  const { a, b, aWidth, bWidth, width, signed } = cell;
  return compute(extend(a, aWidth, width, signed), extend(b, bWidth, width, signed)) & ones(width);
};

const comparison = (compute) => (cell) => {
  const { a, b, aWidth, bWidth, signed } = cell;
  const [x, y] = signed ? [asSigned(a, aWidth), asSigned(b, bWidth)] : [a, b];
  return bit(compute(x, y));
};

function shiftRight({ a, b, aWidth, width, signed }, arithmeticShift) {
  const wide = Math.max(aWidth, width);
  const x = extend(a, aWidth, wide, signed);
  return ((arithmeticShift && signed ? asSigned(x, wide) : x) >> b) & ones(width);
}

const shiftLeft = ({ a, b, aWidth, width, signed }) => (extend(a, aWidth, width, signed) << b) & ones(width);

function shiftBoth(cell) {
  const { type, b, bWidth, bSigned } = cell;
  const signed = type === '$shift' && cell.signed;
  const by = bSigned ? asSigned(b, bWidth) : b;
  return by < 0n ? shiftLeft({ ...cell, b: -by, signed }) : shiftRight({ ...cell, b: by, signed }, false);
}

function parity({ a }) {
  let result = 0n;
  for (let rest = a; rest > 0n; rest >>= 1n) result ^= rest & 1n;
  return result;
}

/** Results of cells { type, a, b, aWidth, bWidth, width, signed, bSigned } that are no multiplexers. */
const RESULTS = {
  $add: arithmetic((a, b) => a + b),
  $sub: arithmetic((a, b) => a - b),
  $mul: arithmetic((a, b) => a * b),
  $and: arithmetic((a, b) => a & b),
  $or: arithmetic((a, b) => a | b),
  $xor: arithmetic((a, b) => a ^ b),
  $xnor: arithmetic((a, b) => ~(a ^ b)),
  $not: ({ a, aWidth, width, signed }) => ~extend(a, aWidth, width, signed) & ones(width),
  $neg: ({ a, aWidth, width, signed }) => -extend(a, aWidth, width, signed) & ones(width),
  $pos: ({ a, aWidth, width, signed }) => extend(a, aWidth, width, signed),
  $eq: comparison((a, b) => a === b),
  $ne: comparison((a, b) => a !== b),
  $lt: comparison((a, b) => a < b),
  $le: comparison((a, b) => a <= b),
  $gt: comparison((a, b) => a > b),
  $ge: comparison((a, b) => a >= b),
  $logic_and: ({ a, b }) => bit(a !== 0n && b !== 0n),
  $logic_or: ({ a, b }) => bit(a !== 0n || b !== 0n),
  $logic_not: ({ a }) => bit(a === 0n),
  $reduce_or: ({ a }) => bit(a !== 0n),
  $reduce_bool: ({ a }) => bit(a !== 0n),
  $reduce_and: ({ a, aWidth }) => bit(a === ones(aWidth)),
  $reduce_xor: parity,
  $reduce_xnor: (cell) => parity(cell) ^ 1n,
  $shl: shiftLeft,
  $sshl: shiftLeft,
  $shr: (cell) => shiftRight(cell, false),
  $sshr: (cell) => shiftRight(cell, true),
  $shift: shiftBoth,
  $shiftx: shiftBoth,
};

/** How a cell takes its operands: { signed, bSigned }. */
export function signsOf({ type, inputs, parameters }) {
  const flag = (name) => /1$/.test(parameters?.[name] ?? '');
  const bSigned = flag('B_SIGNED');
  return { signed: flag('A_SIGNED') && (bSigned || !inputs.B || /^\$s?sh/.test(type)), bSigned };
}

/** Value of an operand; `look` gives that of another value. */
export function operandValue({ pieces }, look) {
  let result = 0n;
  let at = 0;
  for (const { value, constant, offset, width, repeat } of pieces) {
    const bits = value ? (look(value) >> BigInt(offset)) & ones(width) : constant;
    for (let i = 0; i < repeat; i++) {
      result |= bits << BigInt(at);
      at += width;
    }
  }
  return result;
}

/** Whether {@link evaluate} can tell a value from its inputs. */
export const isKnown = ({ kind, type, memory }) =>
  kind === 'read' ? memory.contents !== undefined : type === '$mux' || type === '$pmux' || type in RESULTS;

/** Value of a cell, or of the read port of a memory with fixed contents. */
export function evaluate(cell, look) {
  const { type, kind, inputs, width } = cell;
  const operand = (name) => operandValue(inputs[name], look);
  if (kind === 'read') {
    const { contents } = cell.memory;
    return ((contents[Number(operand('ADDR'))] ?? 0n) >> BigInt(cell.from)) & ones(width);
  }
  if (type === '$mux') return operand(operand('S') === 1n ? 'B' : 'A');
  if (type === '$pmux') {
    for (let i = 0; inputs[`S${i}`]; i++) if (operand(`S${i}`) === 1n) return operand(`B${i}`);
    return operand('A');
  }
  const b = inputs.B && { b: operand('B'), bWidth: inputs.B.width };
  return RESULTS[type]({ type, a: operand('A'), aWidth: inputs.A.width, ...b, width, ...signsOf(cell) });
}
