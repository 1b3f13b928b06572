/** Compile-time values: constant folding with Python's semantics, and the operands that constants have. */
import type { ConstantValue } from '../assembly/model.js';
import type { Expression } from '../ast/index.js';

const fits = (value: bigint) => BigInt.asIntN(64, value) === value;

/** Most bits of an integer on the way to a constant: `2**63 - 1` fits 64 bits, though its left side does not. */
const MAX_BITS = 256;
const asInt = (value: bigint): ConstantValue | undefined =>
  BigInt.asIntN(MAX_BITS, value) === value ? { type: 'int', value } : undefined;

/** Value of an expression that is constant whatever the program does; undefined where it is none, raises, or is beyond 64 bits. */
export function constantOf(node: Expression): ConstantValue | undefined {
  const value = fold(node);
  return value?.type === 'int' && !fits(value.value) ? undefined : value;
}

function fold(node: Expression): ConstantValue | undefined {
  switch (node.kind) {
    case 'Constant':
      switch (node.value.type) {
        case 'int':
          return asInt(node.value.value);
        case 'float':
          return { type: 'float', value: node.value.value };
        case 'bool':
          return { type: 'bool', value: node.value.value };
        case 'None':
          return { type: 'none' };
        case 'str':
          return { type: 'str', value: node.value.value };
        default:
          return undefined;
      }
    case 'UnaryOp':
      return foldUnary(node.op, node.operand);
    case 'BinOp': {
      const a = fold(node.left);
      const b = a && fold(node.right);
      return a && b ? foldBinary(node.op, a, b) : undefined;
    }
    case 'Tuple': {
      if (node.ctx !== 'Load') return undefined;
      const items = node.elts.map(constantOf);
      return items.every((i) => i !== undefined) ? { type: 'tuple', items: items as ConstantValue[] } : undefined;
    }
    default:
      return undefined;
  }
}

function foldUnary(op: string, operand: Expression): ConstantValue | undefined {
  const value = fold(operand);
  if (value?.type === 'float') {
    if (op === 'USub') return { type: 'float', value: -value.value };
    return op === 'UAdd' ? value : undefined;
  }
  if (value?.type === 'int') {
    if (op === 'USub') return asInt(-value.value);
    if (op === 'Invert') return asInt(~value.value);
    if (op === 'UAdd') return value;
  }
  return undefined;
}

/** Exact results only: integers that fit, and the float operations that IEEE 754 and JavaScript round alike. */
function foldBinary(op: string, a: ConstantValue, b: ConstantValue): ConstantValue | undefined {
  if (a.type === 'int' && b.type === 'int') return foldInt(op, a.value, b.value);
  if (a.type !== 'float' || b.type !== 'float') return undefined;
  const x = a.value;
  const y = b.value;
  switch (op) {
    case 'Add':
      return { type: 'float', value: x + y };
    case 'Sub':
      return { type: 'float', value: x - y };
    case 'Mult':
      return { type: 'float', value: x * y };
    case 'Div':
      return y === 0 ? undefined : { type: 'float', value: x / y };
    default:
      return undefined;
  }
}

function foldInt(op: string, x: bigint, y: bigint): ConstantValue | undefined {
  switch (op) {
    case 'Add':
      return asInt(x + y);
    case 'Sub':
      return asInt(x - y);
    case 'Mult':
      return asInt(x * y);
    case 'BitAnd':
      return asInt(x & y);
    case 'BitOr':
      return asInt(x | y);
    case 'BitXor':
      return asInt(x ^ y);
    case 'LShift':
      return y >= 0n && y < BigInt(MAX_BITS) ? asInt(x << y) : undefined;
    case 'RShift':
      return y >= 0n && y < 1024n ? asInt(x >> y) : undefined;
    case 'Pow':
      return y >= 0n && y < BigInt(MAX_BITS) ? asInt(x ** y) : undefined;
    case 'FloorDiv':
      return y === 0n ? undefined : asInt((x - (((x % y) + y) % y)) / y);
    case 'Mod':
      return y === 0n ? undefined : asInt(((x % y) + y) % y);
    default:
      return undefined;
  }
}

/** The exponent k where a constant is 2**k with 0 <= k <= 62. */
export function powerOfTwo(value: ConstantValue | undefined): number | undefined {
  if (value?.type !== 'int' || value.value <= 0n || (value.value & (value.value - 1n)) !== 0n) return undefined;
  return value.value.toString(2).length - 1;
}

/** The k where a constant is 2**k - 1 with 1 <= k <= 63. */
export function lowMask(value: ConstantValue | undefined): number | undefined {
  if (value?.type !== 'int' || value.value <= 0n) return undefined;
  const above = value.value + 1n;
  return (above & value.value) === 0n ? above.toString(2).length - 1 : undefined;
}
