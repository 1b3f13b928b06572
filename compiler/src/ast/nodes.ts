/**
 * The abstract syntax tree, with the node names, fields and positions of CPython 3.11's `ast` module.
 *
 * Every node is a plain object with a `kind` (CPython's class name). An absent optional field is `null`, a list is an
 * array, and operators and contexts are strings (`'Add'`, `'Load'`). Because `kind` is the discriminant, CPython's
 * field `Constant.kind` is called `kind_` here. `nodes-table.ts` states the same facts as data.
 */

import type { Attribute, Expression, Name, Subscript } from './nodes-expressions.js';

export * from './nodes-expressions.js';

/**
 * Where a node stands in the text. Lines count from 1; columns count UTF-8 bytes from 0, as in CPython; the end is
 * exclusive. Use `LineColumns` to address a JavaScript string.
 */
export interface Positions {
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
}

/** Whether a name, attribute, item or sequence is read, bound or deleted. */
export type ExprContext = 'Load' | 'Store' | 'Del';

/** The operators of `BinOp` and `AugAssign`. */
export type BinaryOperator =
  | 'Add'
  | 'Sub'
  | 'Mult'
  | 'MatMult'
  | 'Div'
  | 'Mod'
  | 'Pow'
  | 'LShift'
  | 'RShift'
  | 'BitOr'
  | 'BitXor'
  | 'BitAnd'
  | 'FloorDiv';

/** The operators of `UnaryOp`. */
export type UnaryOperator = 'Invert' | 'Not' | 'UAdd' | 'USub';

/** The operators of `BoolOp`. */
export type BoolOperator = 'And' | 'Or';

/** The operators of `Compare`. */
export type CompareOperator = 'Eq' | 'NotEq' | 'Lt' | 'LtE' | 'Gt' | 'GtE' | 'Is' | 'IsNot' | 'In' | 'NotIn';

/** The value of a literal. A `str` may hold lone surrogates, as a JavaScript string can. */
export type ConstantValue =
  | { type: 'int'; value: bigint }
  | { type: 'float'; value: number }
  | { type: 'complex'; imag: number }
  | { type: 'str'; value: string }
  | { type: 'bytes'; value: Uint8Array }
  | { type: 'bool'; value: boolean }
  | { type: 'None' }
  | { type: 'Ellipsis' };

/** A whole source file. */
export interface Module {
  kind: 'Module';
  body: Statement[];
  type_ignores: [];
}

// Statements

interface FunctionFields extends Positions {
  name: string;
  args: Arguments;
  body: Statement[];
  decorator_list: Expression[];
  returns: Expression | null;
  type_comment: null;
}

/** `def name(args) -> returns: body`. Its position starts at `def`, not at its decorators. */
export interface FunctionDef extends FunctionFields {
  kind: 'FunctionDef';
}

/** `async def name(args) -> returns: body`. */
export interface AsyncFunctionDef extends FunctionFields {
  kind: 'AsyncFunctionDef';
}

/** `class name(bases, keywords): body`. */
export interface ClassDef extends Positions {
  kind: 'ClassDef';
  name: string;
  bases: Expression[];
  keywords: Keyword[];
  body: Statement[];
  decorator_list: Expression[];
}

/** `return value`. */
export interface Return extends Positions {
  kind: 'Return';
  value: Expression | null;
}

/** `del targets`. */
export interface Delete extends Positions {
  kind: 'Delete';
  targets: Expression[];
}

/** `targets[0] = targets[1] = value`. */
export interface Assign extends Positions {
  kind: 'Assign';
  targets: Expression[];
  value: Expression;
  type_comment: null;
}

/** `target op= value`. */
export interface AugAssign extends Positions {
  kind: 'AugAssign';
  target: Name | Attribute | Subscript;
  op: BinaryOperator;
  value: Expression;
}

/** `target: annotation = value`; `simple` is 1 when the target is a name without parentheses. */
export interface AnnAssign extends Positions {
  kind: 'AnnAssign';
  target: Name | Attribute | Subscript;
  annotation: Expression;
  value: Expression | null;
  simple: 0 | 1;
}

interface ForFields extends Positions {
  target: Expression;
  iter: Expression;
  body: Statement[];
  orelse: Statement[];
  type_comment: null;
}

/** `for target in iter: body else: orelse`. */
export interface For extends ForFields {
  kind: 'For';
}

/** `async for target in iter: body else: orelse`. */
export interface AsyncFor extends ForFields {
  kind: 'AsyncFor';
}

/** `while test: body else: orelse`. */
export interface While extends Positions {
  kind: 'While';
  test: Expression;
  body: Statement[];
  orelse: Statement[];
}

/** `if test: body else: orelse`; an `elif` is a single `If` in `orelse`. */
export interface If extends Positions {
  kind: 'If';
  test: Expression;
  body: Statement[];
  orelse: Statement[];
}

interface WithFields extends Positions {
  items: WithItem[];
  body: Statement[];
  type_comment: null;
}

/** `with items: body`. */
export interface With extends WithFields {
  kind: 'With';
}

/** `async with items: body`. */
export interface AsyncWith extends WithFields {
  kind: 'AsyncWith';
}

/** `match subject: cases`. */
export interface Match extends Positions {
  kind: 'Match';
  subject: Expression;
  cases: MatchCase[];
}

/** `raise exc from cause`. */
export interface Raise extends Positions {
  kind: 'Raise';
  exc: Expression | null;
  cause: Expression | null;
}

interface TryFields extends Positions {
  body: Statement[];
  handlers: ExceptHandler[];
  orelse: Statement[];
  finalbody: Statement[];
}

/** `try: body`, handlers, `else: orelse`, `finally: finalbody`. */
export interface Try extends TryFields {
  kind: 'Try';
}

/** A `try` whose handlers are written `except*`. */
export interface TryStar extends TryFields {
  kind: 'TryStar';
}

/** `assert test, msg`. */
export interface Assert extends Positions {
  kind: 'Assert';
  test: Expression;
  msg: Expression | null;
}

/** `import names`. */
export interface Import extends Positions {
  kind: 'Import';
  names: Alias[];
}

/** `from module import names`; `level` counts the leading dots. */
export interface ImportFrom extends Positions {
  kind: 'ImportFrom';
  module: string | null;
  names: Alias[];
  level: number;
}

/** `global names`. */
export interface Global extends Positions {
  kind: 'Global';
  names: string[];
}

/** `nonlocal names`. */
export interface Nonlocal extends Positions {
  kind: 'Nonlocal';
  names: string[];
}

/** An expression used as a statement. */
export interface Expr extends Positions {
  kind: 'Expr';
  value: Expression;
}

/** `pass`. */
export interface Pass extends Positions {
  kind: 'Pass';
}

/** `break`. */
export interface Break extends Positions {
  kind: 'Break';
}

/** `continue`. */
export interface Continue extends Positions {
  kind: 'Continue';
}

/** Any statement. */
export type Statement =
  | FunctionDef
  | AsyncFunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | AugAssign
  | AnnAssign
  | For
  | AsyncFor
  | While
  | If
  | With
  | AsyncWith
  | Match
  | Raise
  | Try
  | TryStar
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | Expr
  | Pass
  | Break
  | Continue;

// Patterns

/** A pattern that compares with `==`. */
export interface MatchValue extends Positions {
  kind: 'MatchValue';
  value: Expression;
}

/** `None`, `True` or `False` as a pattern. */
export interface MatchSingleton extends Positions {
  kind: 'MatchSingleton';
  value: ConstantValue;
}

/** `[patterns]` or `(patterns)` or `patterns` with commas. */
export interface MatchSequence extends Positions {
  kind: 'MatchSequence';
  patterns: Pattern[];
}

/** `{keys: patterns, **rest}`. */
export interface MatchMapping extends Positions {
  kind: 'MatchMapping';
  keys: Expression[];
  patterns: Pattern[];
  rest: string | null;
}

/** `cls(patterns, kwd_attrs=kwd_patterns)`. */
export interface MatchClass extends Positions {
  kind: 'MatchClass';
  cls: Expression;
  patterns: Pattern[];
  kwd_attrs: string[];
  kwd_patterns: Pattern[];
}

/** `*name` in a sequence pattern; `null` for `*_`. */
export interface MatchStar extends Positions {
  kind: 'MatchStar';
  name: string | null;
}

/** `pattern as name`; a bare name has no pattern, `_` has neither. */
export interface MatchAs extends Positions {
  kind: 'MatchAs';
  pattern: Pattern | null;
  name: string | null;
}

/** `patterns[0] | patterns[1] ...`. */
export interface MatchOr extends Positions {
  kind: 'MatchOr';
  patterns: Pattern[];
}

/** Any pattern of a `case`. */
export type Pattern =
  | MatchValue
  | MatchSingleton
  | MatchSequence
  | MatchMapping
  | MatchClass
  | MatchStar
  | MatchAs
  | MatchOr;

// The parts of statements and expressions

/** `for target in iter if ifs[0] ...` of a comprehension. It has no position. */
export interface Comprehension {
  kind: 'comprehension';
  target: Expression;
  iter: Expression;
  ifs: Expression[];
  is_async: 0 | 1;
}

/** `except type as name: body`. */
export interface ExceptHandler extends Positions {
  kind: 'ExceptHandler';
  type: Expression | null;
  name: string | null;
  body: Statement[];
}

/**
 * The parameters of a function. `defaults` belong to the last of `posonlyargs` and `args`; `kw_defaults` has one entry
 * for each of `kwonlyargs`, `null` where it has no default. It has no position.
 */
export interface Arguments {
  kind: 'arguments';
  posonlyargs: Arg[];
  args: Arg[];
  vararg: Arg | null;
  kwonlyargs: Arg[];
  kw_defaults: (Expression | null)[];
  kwarg: Arg | null;
  defaults: Expression[];
}

/** One parameter. */
export interface Arg extends Positions {
  kind: 'arg';
  arg: string;
  annotation: Expression | null;
  type_comment: null;
}

/** `arg=value` in a call or class header; `arg` is `null` for `**value`. */
export interface Keyword extends Positions {
  kind: 'keyword';
  arg: string | null;
  value: Expression;
}

/** `name as asname` in an import. */
export interface Alias extends Positions {
  kind: 'alias';
  name: string;
  asname: string | null;
}

/** `context_expr as optional_vars` of a `with`. It has no position. */
export interface WithItem {
  kind: 'withitem';
  context_expr: Expression;
  optional_vars: Expression | null;
}

/** `case pattern if guard: body`. It has no position. */
export interface MatchCase {
  kind: 'match_case';
  pattern: Pattern;
  guard: Expression | null;
  body: Statement[];
}

/** Any node of the tree. */
export type Node =
  | Module
  | Statement
  | Expression
  | Pattern
  | Comprehension
  | ExceptHandler
  | Arguments
  | Arg
  | Keyword
  | Alias
  | WithItem
  | MatchCase;

/** The name of a node type. */
export type NodeKind = Node['kind'];

/** The node type with a given name, e.g. `NodeOf<'BinOp'>`. */
export type NodeOf<K extends NodeKind> = Extract<Node, { kind: K }>;

/** Any node that has a position. */
export type PositionedNode = Extract<Node, Positions>;
