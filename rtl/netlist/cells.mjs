/**
 * The cells of Yosys as C++ expressions over unsigned integers: up to 64 bits in a `u64`, up to 128 in a `u128`. A value's
 * bits beyond its width are 0. Meaning of the cells: Yosys's simlib; undefined bits are 0.
 */

/** Widest value, bits. */
export const WIDEST = 128;

/** C++ type of a value of `width` bits. */
export const typeOf = (width) => (width <= 64 ? 'u64' : 'u128');

/** Bits of the type that holds `width` bits. */
const typeBits = (width) => (width <= 64 ? 64 : WIDEST);

/** A constant of `width` bits. */
export function literal(value, width) {
  const word = (bits) => `${bits < 10n ? bits : `0x${bits.toString(16)}`}ull`;
  if (width <= 64) return word(value);
  const [high, low] = [value >> 64n, value & ones(64)];
  return high === 0n ? `u128(${word(low)})` : `(u128(${word(high)}) << 64 | ${word(low)})`;
}

export const ones = (width) => (1n << BigInt(width)) - 1n;

/** `code`, of which bits beyond `width` may be set, cut to it. */
function cut(code, width) {
  return width === typeBits(width) ? code : `(${code}) & ${literal(ones(width), width)}`;
}

/** Operand `x` ({ code, width }) as the type of `width` bits, sign-extended from its own if `signed`. */
function extended(x, width, signed) {
  if (!signed || x.width >= width) return x.width > 64 === width > 64 ? x.code : `${typeOf(width)}(${x.code})`;
  const sign = literal(1n << BigInt(x.width - 1), width);
  // Also the bits beyond `width` are copies of the sign.
  return `((${typeOf(width)}(${x.code}) ^ ${sign}) - ${sign})`;
}

/** As {@link extended}, as a signed C++ number. */
function signedNumber(x, width) {
  const type = width <= 64 ? 'int64_t' : '__int128';
  return `${type}(${extended(x, typeBits(width), true)})`;
}

const isTrue = (x) => `(${x.code} != 0)`;

/** Both operands widened to the result's width; they are signed only if both are. */
const arithmetic = (operator) => (cell) => {
  const { a, b, width, signed } = cell;
  return cut(`${extended(a, width, signed)} ${operator} ${extended(b, width, signed)}`, width);
};

const comparison = (operator) => (cell) => {
  const width = Math.max(cell.a.width, cell.b.width);
  const [a, b] = [cell.a, cell.b].map((x) => (cell.signed ? signedNumber(x, width) : extended(x, width, false)));
  return `u64(${a} ${operator} ${b})`;
};

/** Shifts by as many bits as the type has, or more, are undefined in C++. */
function shifted(code, operator, by, width, beyond) {
  const amount = by.width > 64 ? `u64(${by.code})` : by.code;
  const bits = typeBits(width);
  // An amount that cannot reach the type's width needs no test.
  if (by.width < 31 && 2 ** by.width <= bits) return `(${code} ${operator} ${amount})`;
  return `(${by.code} < ${bits}u ? ${code} ${operator} ${amount} : ${beyond})`;
}

function shiftLeft({ a, b, width, signed }) {
  return cut(shifted(extended(a, width, signed), '<<', b, width, `${typeOf(width)}(0)`), width);
}

function shiftRight({ a, b, width, signed }) {
  const wide = Math.max(a.width, width);
  // Bits that come in from the left are 0 also for a signed operand, which is only widened.
  const operand = signed && a.width < wide ? `(${cut(extended(a, wide, true), wide)})` : extended(a, wide, false);
  const result = shifted(operand, '>>', b, wide, `${typeOf(wide)}(0)`);
  return narrowed(result, wide, width);
}

function shiftRightArithmetic(cell) {
  const { a, b, width, signed } = cell;
  if (!signed) return shiftRight(cell);
  const wide = Math.max(a.width, width);
  const number = signedNumber(a, wide);
  return narrowed(
    `${typeOf(wide)}(${shifted(number, '>>', b, wide, `(${number} >> ${typeBits(wide) - 1})`)})`,
    wide,
    width,
    true,
  );
}

/** To the right by a signed or unsigned amount; a negative one shifts to the left. */
function shiftBoth(cell) {
  const { a, b, width } = cell;
  const signed = cell.type === '$shift' && cell.signed;
  const right = shiftRight({ ...cell, signed });
  if (!cell.bSigned) return right;
  const left = { code: `(${literal(1n << BigInt(b.width), b.width + 1)} - ${b.code})`, width: b.width + 1 };
  return `${b.code} >> ${b.width - 1} & 1 ? ${shiftLeft({ a, b: left, width, signed })} : ${right}`;
}

function narrowed(code, from, width, dirty = false) {
  const typed = from > 64 && width <= 64 ? `u64(${code})` : code;
  return width < from || dirty ? cut(typed, width) : typed;
}

function parity({ a }) {
  return a.width <= 64
    ? `u64(__builtin_parityll(${a.code}))`
    : `u64(__builtin_parityll(u64(${a.code}) ^ u64(${a.code} >> 64)))`;
}

/** The expression of a cell { type, a, b, width, signed, bSigned }, by its type. */
export const EXPRESSIONS = {
  $add: arithmetic('+'),
  $sub: arithmetic('-'),
  $mul: arithmetic('*'),
  $and: arithmetic('&'),
  $or: arithmetic('|'),
  $xor: arithmetic('^'),
  $xnor: ({ a, b, width, signed }) => cut(`~(${extended(a, width, signed)} ^ ${extended(b, width, signed)})`, width),
  $not: ({ a, width, signed }) => cut(`~${extended(a, width, signed)}`, width),
  $neg: ({ a, width, signed }) => cut(`-${extended(a, width, signed)}`, width),
  $pos: ({ a, width, signed }) => cut(extended(a, width, signed), width),
  $eq: comparison('=='),
  $ne: comparison('!='),
  $lt: comparison('<'),
  $le: comparison('<='),
  $gt: comparison('>'),
  $ge: comparison('>='),
  $logic_and: ({ a, b }) => `u64(${isTrue(a)} & ${isTrue(b)})`,
  $logic_or: ({ a, b }) => `u64(${isTrue(a)} | ${isTrue(b)})`,
  $logic_not: ({ a }) => `u64(${a.code} == 0)`,
  $reduce_or: ({ a }) => `u64${isTrue(a)}`,
  $reduce_bool: ({ a }) => `u64${isTrue(a)}`,
  $reduce_and: ({ a }) => `u64(${a.code} == ${literal(ones(a.width), a.width)})`,
  $reduce_xor: parity,
  $reduce_xnor: (cell) => `${parity(cell)} ^ 1`,
  $shl: shiftLeft,
  $sshl: shiftLeft,
  $shr: shiftRight,
  $sshr: shiftRightArithmetic,
  $shift: shiftBoth,
  $shiftx: shiftBoth,
};
