/** Sets of types as bit masks: what a value may be at a place in the program. */
import type { TagClass } from '@pysm/isa';

export const T = {
  UNBOUND: 1,
  NONE: 2,
  BOOL: 4,
  INT: 8,
  FLOAT: 16,
  STR: 32,
  TUPLE: 64,
  LIST: 128,
  RANGE: 256,
  CALLABLE: 512,
  OBJECT: 1024,
  OTHER: 2048,
  /** The set holds only as far as an annotation does: good enough for costs, not for choosing instructions. */
  ASSUMED: 4096,
} as const;

/** A set of types; 0 is the empty set (the place is never reached with a value). */
export type TypeSet = number;

/** Anything bound. */
export const ANY: TypeSet = 4094;
export const INTLIKE: TypeSet = T.INT | T.BOOL;
export const NUMBER: TypeSet = INTLIKE | T.FLOAT;

/** Whether every value of `set` is of the types in `of` (and there is one). */
export const within = (set: TypeSet, of: TypeSet): boolean => set !== 0 && (set & ~of) === 0;

const CLASSES: readonly (readonly [number, readonly TagClass[]])[] = [
  [T.NONE, ['none']],
  [T.BOOL | T.INT, ['int']],
  [T.FLOAT, ['float']],
  [T.STR, ['str7', 'str']],
  [T.TUPLE, ['tuple']],
  [T.LIST, ['list']],
  [T.RANGE, ['range']],
  [T.OBJECT, ['object']],
];

/** Tag classes of a set for the cost analysis; undefined where some type of the set has no class of its own. */
export function tagClasses(set: TypeSet): readonly TagClass[] | undefined {
  const bound = set & ~(T.UNBOUND | T.ASSUMED);
  if (bound === 0 || (bound & (T.CALLABLE | T.OTHER)) !== 0) return undefined;
  return CLASSES.flatMap(([bits, classes]) => ((bound & bits) !== 0 ? classes : []));
}

/** Types of a binary operator's result. */
export function binaryResult(op: string, a: TypeSet, b: TypeSet): TypeSet {
  const assumed = (a | b) & T.ASSUMED;
  return provenResult(op, a & ~T.ASSUMED, b & ~T.ASSUMED) | assumed;
}

function provenResult(op: string, a: TypeSet, b: TypeSet): TypeSet {
  if (a === 0 || b === 0) return 0;
  if (within(a, NUMBER) && within(b, NUMBER)) {
    if (op === 'Div') return T.FLOAT;
    const someFloat = ((a | b) & T.FLOAT) !== 0 ? T.FLOAT : 0;
    const bothInt = (a & INTLIKE) !== 0 && (b & INTLIKE) !== 0 ? T.INT : 0;
    if (op === 'Pow') return bothInt | T.FLOAT;
    if (op === 'BitAnd' || op === 'BitOr' || op === 'BitXor') {
      const bool = (a & T.BOOL) !== 0 && (b & T.BOOL) !== 0 ? T.BOOL : 0;
      return (within(a, T.BOOL) && within(b, T.BOOL) ? 0 : bothInt) | bool;
    }
    return someFloat | bothInt;
  }
  if (op === 'Add' && within(a, T.STR) && within(b, T.STR)) return T.STR;
  if (op === 'Add' && within(a, T.LIST) && within(b, T.LIST)) return T.LIST;
  if (op === 'Add' && within(a, T.TUPLE) && within(b, T.TUPLE)) return T.TUPLE;
  if (op === 'Mult') {
    const sequence =
      within(a, T.STR | T.LIST | T.TUPLE) && within(b, INTLIKE)
        ? a
        : within(b, T.STR | T.LIST | T.TUPLE) && within(a, INTLIKE)
          ? b
          : 0;
    if (sequence) return sequence;
  }
  return ANY;
}

/** Types of a unary operator's result; `not` gives bool. */
export function unaryResult(op: string, a: TypeSet): TypeSet {
  if (op === 'Not') return T.BOOL;
  const proven = a & ~T.ASSUMED;
  if (proven === 0) return 0;
  if (!within(proven, NUMBER)) return ANY;
  return ((a & INTLIKE) !== 0 ? T.INT : 0) | (op === 'Invert' ? 0 : a & T.FLOAT) | (a & T.ASSUMED);
}
