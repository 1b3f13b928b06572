/**
 * The node types as data: fields in the order of CPython's grammar, and the Python version that brought each node.
 * `dump` and the generic visitors read this table, so taking up a new node means one entry here and one in `nodes.ts`.
 */

import type { Node, NodeKind } from './nodes.js';

/** What a field holds: nodes, or a plain value. */
export type FieldType = 'node' | 'identifier' | 'int' | 'string' | 'constant' | 'operator';

/** How many values a field holds; `'many?'` is a list whose items may be `null`. */
export type FieldCount = 'one' | 'optional' | 'many' | 'many?';

/** One field of a node type. */
export interface FieldInfo {
  /** CPython's name of the field. */
  readonly name: string;
  /** The property that holds it here; it differs from `name` only for `Constant.kind`. */
  readonly property: string;
  readonly type: FieldType;
  readonly count: FieldCount;
}

/** The families of CPython's grammar. */
export type NodeFamily =
  | 'mod'
  | 'stmt'
  | 'expr'
  | 'pattern'
  | 'comprehension'
  | 'excepthandler'
  | 'arguments'
  | 'arg'
  | 'keyword'
  | 'alias'
  | 'withitem'
  | 'match_case';

/** What is known about a node type. */
export interface NodeInfo {
  readonly family: NodeFamily;
  readonly fields: readonly FieldInfo[];
  /** Whether nodes of this type carry `lineno`, `col_offset`, `end_lineno` and `end_col_offset`. */
  readonly positions: boolean;
  /** The first Python version with this node in this form. */
  readonly since: string;
}

const SUFFIXES: Record<string, FieldCount> = { '?': 'optional', '*': 'many', '*?': 'many?' };

/**
 * Describes one node type.
 *
 * @param fields `name:type` pairs separated by blanks; the type may end with `?` (optional), `*` (list) or `*?` (list
 *   whose items may be null)
 */
function node(family: NodeFamily, fields: string, since = '3.0', positions = true): NodeInfo {
  const infos = fields === '' ? [] : fields.split(' ').map(parseField);
  return { family, fields: infos, positions, since };
}

function parseField(text: string): FieldInfo {
  const [, name, type, suffix] = /^(\w+):(\w+)([*?]*)$/.exec(text)!;
  return {
    name: name!,
    property: name === 'kind' ? 'kind_' : name!,
    type: type as FieldType,
    count: SUFFIXES[suffix!] ?? 'one',
  };
}

const FUNCTION = 'name:identifier args:node body:node* decorator_list:node* returns:node? type_comment:string?';
const FOR = 'target:node iter:node body:node* orelse:node* type_comment:string?';
const WITH = 'items:node* body:node* type_comment:string?';
const TRY = 'body:node* handlers:node* orelse:node* finalbody:node*';

/** Every node type, by name. */
export const NODE_TABLE: Readonly<Record<NodeKind, NodeInfo>> = {
  Module: node('mod', 'body:node* type_ignores:node*', '3.8', false),

  FunctionDef: node('stmt', FUNCTION),
  AsyncFunctionDef: node('stmt', FUNCTION, '3.5'),
  ClassDef: node('stmt', 'name:identifier bases:node* keywords:node* body:node* decorator_list:node*'),
  Return: node('stmt', 'value:node?'),
  Delete: node('stmt', 'targets:node*'),
  Assign: node('stmt', 'targets:node* value:node type_comment:string?'),
  AugAssign: node('stmt', 'target:node op:operator value:node'),
  AnnAssign: node('stmt', 'target:node annotation:node value:node? simple:int', '3.6'),
  For: node('stmt', FOR),
  AsyncFor: node('stmt', FOR, '3.5'),
  While: node('stmt', 'test:node body:node* orelse:node*'),
  If: node('stmt', 'test:node body:node* orelse:node*'),
  With: node('stmt', WITH),
  AsyncWith: node('stmt', WITH, '3.5'),
  Match: node('stmt', 'subject:node cases:node*', '3.10'),
  Raise: node('stmt', 'exc:node? cause:node?'),
  Try: node('stmt', TRY, '3.3'),
  TryStar: node('stmt', TRY, '3.11'),
  Assert: node('stmt', 'test:node msg:node?'),
  Import: node('stmt', 'names:node*'),
  ImportFrom: node('stmt', 'module:identifier? names:node* level:int?'),
  Global: node('stmt', 'names:identifier*'),
  Nonlocal: node('stmt', 'names:identifier*'),
  Expr: node('stmt', 'value:node'),
  Pass: node('stmt', ''),
  Break: node('stmt', ''),
  Continue: node('stmt', ''),

  BoolOp: node('expr', 'op:operator values:node*'),
  NamedExpr: node('expr', 'target:node value:node', '3.8'),
  BinOp: node('expr', 'left:node op:operator right:node'),
  UnaryOp: node('expr', 'op:operator operand:node'),
  Lambda: node('expr', 'args:node body:node'),
  IfExp: node('expr', 'test:node body:node orelse:node'),
  Dict: node('expr', 'keys:node*? values:node*'),
  Set: node('expr', 'elts:node*'),
  ListComp: node('expr', 'elt:node generators:node*'),
  SetComp: node('expr', 'elt:node generators:node*'),
  DictComp: node('expr', 'key:node value:node generators:node*'),
  GeneratorExp: node('expr', 'elt:node generators:node*'),
  Await: node('expr', 'value:node', '3.5'),
  Yield: node('expr', 'value:node?'),
  YieldFrom: node('expr', 'value:node', '3.3'),
  Compare: node('expr', 'left:node ops:operator* comparators:node*'),
  Call: node('expr', 'func:node args:node* keywords:node*'),
  FormattedValue: node('expr', 'value:node conversion:int format_spec:node?', '3.6'),
  JoinedStr: node('expr', 'values:node*', '3.6'),
  Constant: node('expr', 'value:constant kind:string?', '3.8'),
  Attribute: node('expr', 'value:node attr:identifier ctx:operator'),
  Subscript: node('expr', 'value:node slice:node ctx:operator'),
  Starred: node('expr', 'value:node ctx:operator'),
  Name: node('expr', 'id:identifier ctx:operator'),
  List: node('expr', 'elts:node* ctx:operator'),
  Tuple: node('expr', 'elts:node* ctx:operator'),
  Slice: node('expr', 'lower:node? upper:node? step:node?'),

  MatchValue: node('pattern', 'value:node', '3.10'),
  MatchSingleton: node('pattern', 'value:constant', '3.10'),
  MatchSequence: node('pattern', 'patterns:node*', '3.10'),
  MatchMapping: node('pattern', 'keys:node* patterns:node* rest:identifier?', '3.10'),
  MatchClass: node('pattern', 'cls:node patterns:node* kwd_attrs:identifier* kwd_patterns:node*', '3.10'),
  MatchStar: node('pattern', 'name:identifier?', '3.10'),
  MatchAs: node('pattern', 'pattern:node? name:identifier?', '3.10'),
  MatchOr: node('pattern', 'patterns:node*', '3.10'),

  comprehension: node('comprehension', 'target:node iter:node ifs:node* is_async:int', '3.0', false),
  ExceptHandler: node('excepthandler', 'type:node? name:identifier? body:node*'),
  arguments: node(
    'arguments',
    'posonlyargs:node* args:node* vararg:node? kwonlyargs:node* kw_defaults:node*? kwarg:node? defaults:node*',
    '3.0',
    false,
  ),
  arg: node('arg', 'arg:identifier annotation:node? type_comment:string?'),
  keyword: node('keyword', 'arg:identifier? value:node'),
  alias: node('alias', 'name:identifier asname:identifier?'),
  withitem: node('withitem', 'context_expr:node optional_vars:node?', '3.3', false),
  match_case: node('match_case', 'pattern:node guard:node? body:node*', '3.10', false),
};

/** For each node type, the properties that hold nodes: what a visitor has to look at. */
const CHILD_PROPERTIES = Object.fromEntries(
  Object.entries(NODE_TABLE).map(([kind, info]) => [
    kind,
    info.fields.filter((field) => field.type === 'node').map((field) => field.property),
  ]),
) as Record<NodeKind, string[]>;

/**
 * Calls `visit` with each direct child of a node, in field order (which for `Dict` means all keys, then all values).
 * It does not descend: `visit` decides.
 */
export function visitChildren(parent: Node, visit: (child: Node) => void): void {
  for (const property of CHILD_PROPERTIES[parent.kind]) {
    const value = (parent as unknown as Record<string, Node | (Node | null)[] | null>)[property];
    if (Array.isArray(value)) {
      for (const child of value) if (child !== null) visit(child);
    } else if (value) visit(value);
  }
}

/**
 * Calls `visit` with a node and all its descendants, parents first, in source order of the fields. It keeps its own
 * stack, so deep trees do no harm. If `visit` returns `false`, the node's children are left out.
 */
export function walk(root: Node, visit: (node: Node) => unknown): void {
  const stack: Node[] = [root];
  const children: Node[] = [];
  for (let current = stack.pop(); current !== undefined; current = stack.pop()) {
    if (visit(current) === false) continue;
    children.length = 0;
    visitChildren(current, (child) => children.push(child));
    for (let i = children.length - 1; i >= 0; i--) stack.push(children[i]!);
  }
}
