/** What is refused because of the types of its operands: operations that would not give what Python gives. */
import type { BinaryOperator, Compare, Expression, Positions } from '../ast/index.js';
import { NUMBER, T, type TypeSet, within } from '../types/typeset.js';
import { constantOf } from './constants.js';
import type { Lowerer } from './lowerer.js';

/** Types without annotations' promises and unbound variables. */
const proven = (l: Lowerer, node: Expression): TypeSet => {
  const types = l.types(node);
  return (types & T.ASSUMED) !== 0 ? 0 : types & ~T.UNBOUND;
};

/** `text % values`, and powers whose exponents the runtime has no method for. */
export function checkOperation(
  l: Lowerer,
  op: BinaryOperator,
  left: Expression,
  right: Expression,
  node: Positions,
): void {
  if (l.isRuntime) return;
  if (op === 'Mod' && within(proven(l, left), T.STR)) l.report(node, 'PS1032');
  if (op !== 'Pow' || !within(proven(l, left), NUMBER)) return;
  const exponent = constantOf(right);
  if (exponent?.type !== 'float' || Number.isInteger(exponent.value) || !Number.isFinite(exponent.value)) return;
  const base = constantOf(left);
  const negative = (base?.type === 'int' || base?.type === 'float') && base.value < 0;
  if (negative) l.report(node, 'PS1034', 'a fractional power of a negative number, which is complex,');
  else if (exponent.value !== 0.5) l.report(node, 'PS1034', `** with the exponent ${exponent.value}`);
}

/** Types whose values are words, or are shared as the implementation likes: their identity says nothing. */
const VALUES = T.INT | T.FLOAT | T.STR | T.TUPLE;

/** `is` between values whose identity differs from CPython's. */
export function checkIdentity(l: Lowerer, node: Compare): void {
  if (l.isRuntime) return;
  node.ops.forEach((op, i) => {
    if (op !== 'Is' && op !== 'IsNot') return;
    const left = i === 0 ? node.left : node.comparators[i - 1]!;
    const right = node.comparators[i]!;
    const same = left.kind === 'Name' && right.kind === 'Name' && left.id === right.id;
    if (same || isSingleton(left) || isSingleton(right)) return;
    const [a, b] = [l.types(left) & ~T.UNBOUND, l.types(right) & ~T.UNBOUND];
    if ((a & b & VALUES) === 0) return;
    const symbol = op === 'Is' ? 'is' : 'is not';
    const certain = within(a, VALUES | T.ASSUMED) || within(b, VALUES | T.ASSUMED);
    l.report(node, certain ? 'PS3010' : 'PS3011', symbol, op === 'Is' ? '==' : '!=');
  });
}

/** Constants that are one object in CPython too: None, bools, the integers from -5 to 256. */
function isSingleton(node: Expression): boolean {
  const value = constantOf(node);
  if (value?.type === 'int') return value.value >= -5n && value.value <= 256n;
  return value?.type === 'none' || value?.type === 'bool';
}

/** Iteration over an object, which Python does by its `__getitem__` where it has one. */
export function checkIteration(l: Lowerer, source: Expression, node: Positions): void {
  if (!l.isRuntime && within(l.types(source) & ~T.UNBOUND, T.OBJECT) && l.context.methodsByName.has('__getitem__'))
    l.report(node, 'PS3012');
}
