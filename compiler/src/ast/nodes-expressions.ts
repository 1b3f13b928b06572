/** The expressions of the abstract syntax tree. They belong to `nodes.ts`, which exports them. */

import type {
  Arguments,
  BinaryOperator,
  BoolOperator,
  CompareOperator,
  Comprehension,
  ConstantValue,
  ExprContext,
  Keyword,
  Positions,
  UnaryOperator,
} from './nodes.js';

/** `values[0] and values[1] ...`. */
export interface BoolOp extends Positions {
  kind: 'BoolOp';
  op: BoolOperator;
  values: Expression[];
}

/** `target := value`. */
export interface NamedExpr extends Positions {
  kind: 'NamedExpr';
  target: Name;
  value: Expression;
}

/** `left op right`. */
export interface BinOp extends Positions {
  kind: 'BinOp';
  left: Expression;
  op: BinaryOperator;
  right: Expression;
}

/** `op operand`. */
export interface UnaryOp extends Positions {
  kind: 'UnaryOp';
  op: UnaryOperator;
  operand: Expression;
}

/** `lambda args: body`. */
export interface Lambda extends Positions {
  kind: 'Lambda';
  args: Arguments;
  body: Expression;
}

/** `body if test else orelse`. */
export interface IfExp extends Positions {
  kind: 'IfExp';
  test: Expression;
  body: Expression;
  orelse: Expression;
}

/** `{key: value, **value}`; the key of an unpacked mapping is `null`. */
export interface Dict extends Positions {
  kind: 'Dict';
  keys: (Expression | null)[];
  values: Expression[];
}

/** `{elts}`. */
export interface SetDisplay extends Positions {
  kind: 'Set';
  elts: Expression[];
}

/** `[elt generators]`. */
export interface ListComp extends Positions {
  kind: 'ListComp';
  elt: Expression;
  generators: Comprehension[];
}

/** `{elt generators}`. */
export interface SetComp extends Positions {
  kind: 'SetComp';
  elt: Expression;
  generators: Comprehension[];
}

/** `{key: value generators}`. */
export interface DictComp extends Positions {
  kind: 'DictComp';
  key: Expression;
  value: Expression;
  generators: Comprehension[];
}

/** `(elt generators)`. */
export interface GeneratorExp extends Positions {
  kind: 'GeneratorExp';
  elt: Expression;
  generators: Comprehension[];
}

/** `await value`. */
export interface Await extends Positions {
  kind: 'Await';
  value: Expression;
}

/** `yield value`. */
export interface Yield extends Positions {
  kind: 'Yield';
  value: Expression | null;
}

/** `yield from value`. */
export interface YieldFrom extends Positions {
  kind: 'YieldFrom';
  value: Expression;
}

/** `left ops[0] comparators[0] ops[1] comparators[1] ...`. */
export interface Compare extends Positions {
  kind: 'Compare';
  left: Expression;
  ops: CompareOperator[];
  comparators: Expression[];
}

/** `func(args, keywords)`. */
export interface Call extends Positions {
  kind: 'Call';
  func: Expression;
  args: Expression[];
  keywords: Keyword[];
}

/**
 * A replacement field of an f-string. `conversion` is -1 or the code of `s`, `r` or `a`. Its position is that of the
 * whole string, as in CPython 3.11.
 */
export interface FormattedValue extends Positions {
  kind: 'FormattedValue';
  value: Expression;
  conversion: number;
  format_spec: JoinedStr | null;
}

/** An f-string, or adjacent strings of which one is an f-string. */
export interface JoinedStr extends Positions {
  kind: 'JoinedStr';
  values: Expression[];
}

/** A literal; `kind_` is `'u'` for a string whose first part has the prefix `u`. */
export interface Constant extends Positions {
  kind: 'Constant';
  value: ConstantValue;
  kind_: 'u' | null;
}

/** `value.attr`. */
export interface Attribute extends Positions {
  kind: 'Attribute';
  value: Expression;
  attr: string;
  ctx: ExprContext;
}

/** `value[slice]`. */
export interface Subscript extends Positions {
  kind: 'Subscript';
  value: Expression;
  slice: Expression;
  ctx: ExprContext;
}

/** `*value`. */
export interface Starred extends Positions {
  kind: 'Starred';
  value: Expression;
  ctx: ExprContext;
}

/** A name. */
export interface Name extends Positions {
  kind: 'Name';
  id: string;
  ctx: ExprContext;
}

/** `[elts]`. */
export interface List extends Positions {
  kind: 'List';
  elts: Expression[];
  ctx: ExprContext;
}

/** `(elts)`, or `elts` without parentheses. */
export interface Tuple extends Positions {
  kind: 'Tuple';
  elts: Expression[];
  ctx: ExprContext;
}

/** `lower:upper:step` between the brackets of a subscript. */
export interface Slice extends Positions {
  kind: 'Slice';
  lower: Expression | null;
  upper: Expression | null;
  step: Expression | null;
}

/** Any expression. (`Expr` is CPython's name of the statement that holds one.) */
export type Expression =
  | BoolOp
  | NamedExpr
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | Dict
  | SetDisplay
  | ListComp
  | SetComp
  | DictComp
  | GeneratorExp
  | Await
  | Yield
  | YieldFrom
  | Compare
  | Call
  | FormattedValue
  | JoinedStr
  | Constant
  | Attribute
  | Subscript
  | Starred
  | Name
  | List
  | Tuple
  | Slice;
