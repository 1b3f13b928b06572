/** Expressions to instructions. */
import type { AsmOperand } from '../assembly/model.js';
import type { BinaryOperator, CompareOperator, Expression } from '../ast/index.js';
import { UNSUPPORTED_BUILTINS } from '../program/resolve.js';
import { findClassValue } from '../program/symbols.js';
import { T, within } from '../types/typeset.js';
import { DISCARD, int, labelRef, NONE, STACK } from './builder.js';
import { lowerCall } from './calls.js';
import { branchIf } from './conditions.js';
import { constantOf, lowMask, powerOfTwo } from './constants.js';
import type { Lowerer } from './lowerer.js';
import { checkIdentity, checkIteration, checkOperation } from './refusals.js';

const BINARY: Readonly<Record<BinaryOperator, string>> = {
  Add: 'ADD',
  Sub: 'SUB',
  Mult: 'MUL',
  Div: 'DIV',
  FloorDiv: 'FLOOR',
  Mod: 'MOD',
  Pow: 'POW',
  LShift: 'SHL',
  RShift: 'SHR',
  BitOr: 'OR',
  BitXor: 'XOR',
  BitAnd: 'AND',
  MatMult: 'MUL',
};

/** Value form of a comparison. */
export const COMPARE: Readonly<Record<CompareOperator, string>> = {
  Eq: 'CEQ',
  NotEq: 'CNE',
  Lt: 'CLT',
  LtE: 'CLE',
  Gt: 'CGT',
  GtE: 'CGE',
  Is: 'CIS',
  IsNot: 'CNIS',
  In: 'CIN',
  NotIn: 'CNIN',
};

/**
 * Operand that holds the value of an expression: a local or constant where the instruction can name it, else the stack,
 * onto which it has been pushed. A hidden local (of `and`, `or` and conditional expressions) has been released: it is good
 * for the next instruction, and must be retained (`FunctionBuilder.retain`) where other code comes between.
 * @param immediate the instruction takes a 10-bit integer in this place
 */
export function operandOf(l: Lowerer, node: Expression, immediate = false): AsmOperand {
  const constant = constantOf(node);
  if (constant && constant.type !== 'tuple') {
    l.at(node);
    return l.constant(constant, immediate);
  }
  if (node.kind === 'Name' && l.scope.locals.has(node.id)) return l.readLocal(node);
  const named = node.kind === 'Name' ? namedOperand(l, node.id) : undefined;
  if (named) return named;
  if (node.kind === 'BoolOp' || node.kind === 'IfExp') {
    const temp = l.b.temp();
    lower(l, node, temp);
    l.b.release(temp);
    return temp;
  }
  lower(l, node, STACK);
  return STACK;
}

/** Operands of two expressions in Python's order of evaluation, for an instruction that pops the second one first. */
export function pair(
  l: Lowerer,
  left: Expression,
  right: Expression,
  immediate = false,
): [left: AsmOperand, right: AsmOperand] {
  const a = operandOf(l, left);
  // A hidden local of the left side must outlive the right side, which may need hidden locals of its own.
  l.b.retain(a);
  const b = operandOf(l, right, immediate);
  l.b.release(a);
  return [a, b];
}

/** Evaluates an expression into a destination: a local, the stack, or nowhere. */
export function lower(l: Lowerer, node: Expression, to: AsmOperand): void {
  l.nested(node, () => lowerNode(l, node, to), undefined);
}

function lowerNode(l: Lowerer, node: Expression, to: AsmOperand): void {
  const constant = constantOf(node);
  if (constant) {
    if (to.kind === 'discard') return;
    l.at(node);
    l.moveConstant(constant, to);
    return;
  }
  switch (node.kind) {
    case 'Name':
      lowerName(l, node, to);
      return;
    case 'BinOp':
      lowerBinary(l, node, to);
      return;
    case 'UnaryOp':
      lowerUnary(l, node, to);
      return;
    case 'BoolOp':
      lowerBoolean(l, node, to);
      return;
    case 'Compare':
      lowerCompare(l, node, to);
      return;
    case 'IfExp':
      lowerConditional(l, node, to);
      return;
    case 'Call':
      lowerCall(l, node, to);
      return;
    case 'Attribute':
      lowerAttribute(l, node, to);
      return;
    case 'Subscript': {
      if (node.slice.kind === 'Slice') {
        lowerSlice(l, node.value, node.slice, node, to);
        return;
      }
      const [a, b] = pair(l, node.value, node.slice);
      l.at(node);
      l.b.emit('LDX', [to, a, b], l.known({ a: node.value, b: node.slice }));
      return;
    }
    case 'Tuple':
    case 'List':
      lowerDisplay(l, node, to);
      return;
    default:
      // Refused by the subset check, which has reported it.
      l.move(NONE, to);
  }
}

/** Specifier of a built-in constant that is a name; UNBOUND is the runtime's own. */
function namedOperand(l: Lowerer, id: string): AsmOperand | undefined {
  const name = id === 'NotImplemented' || (id === 'UNBOUND' && l.isRuntime) ? id : undefined;
  return name && !l.scope.module.globals.get(name)?.bindings.some((b) => b.kind !== 'import')
    ? { kind: 'named', name }
    : undefined;
}

/** A name in a class body that an earlier statement of the body bound. */
function lowerClassName(l: Lowerer, node: Expression & { kind: 'Name' }, to: AsmOperand): boolean {
  const value = l.classBody?.values.get(node.id);
  if (!value) return false;
  l.at(node);
  if (value.global !== undefined) l.loadGlobal(l.scope.module, value.global, to);
  else l.moveConstant(constantOf(value.value!)!, to);
  return true;
}

function lowerName(l: Lowerer, node: Expression & { kind: 'Name' }, to: AsmOperand): void {
  if (lowerClassName(l, node, to)) return;
  const meaning = l.context.resolver.name(node.id, l.scope);
  const named = meaning.kind === 'local' ? undefined : namedOperand(l, node.id);
  if (named) {
    l.at(node);
    l.move(named, to);
    return;
  }
  switch (meaning.kind) {
    case 'local': {
      const from = l.readLocal(node);
      l.at(node);
      l.move(from, to);
      return;
    }
    case 'constant': {
      const { symbol, global } = meaning;
      if (symbol.kind === 'module' || symbol.kind === 'builtin-module') {
        l.report(node, 'PS2008', node.id);
        return;
      }
      l.at(node);
      const value = l.symbolConstant(symbol);
      if (l.isBound(global)) l.b.loadConstant(value, to);
      else l.loadGlobal(l.scope.module, node.id, to);
      return;
    }
    case 'global':
      l.at(node);
      l.loadGlobal(meaning.global.module, node.id, to);
      return;
    case 'builtin':
      l.report(node, 'PS2006', node.id);
      return;
    case 'unsupported-builtin':
      if (node.id === '__name__') {
        l.at(node);
        l.moveConstant({ type: 'str', value: l.scope.module.name }, to);
      } else reportBuiltin(l, node);
      return;
    case 'missing':
      l.report(node, 'PS2009', node.id);
      return;
  }
}

export function reportBuiltin(l: Lowerer, node: Expression & { kind: 'Name' }): void {
  if (node.id === 'super') l.report(node, 'PS2010', 'super');
  else
    l.report(
      node,
      'PS2001',
      node.id,
      UNSUPPORTED_BUILTINS[node.id] ?? 'See docs/language.md for the built-in names that exist.',
    );
}

function lowerBinary(l: Lowerer, node: Expression & { kind: 'BinOp' }, to: AsmOperand): void {
  checkOperation(l, node.op, node.left, node.right, node);
  const short = shortForm(l, node.op, node.left, node.right);
  if (short) {
    const a = operandOf(l, node.left);
    l.at(node);
    l.b.emit(short.mnemonic, [to, a, int(short.count)], l.known({ a: node.left, b: T.INT }));
    return;
  }
  const [a, b] = pair(l, node.left, node.right, true);
  l.at(node);
  emitBinary(l, node.op, to, a, b, node.left, node.right, false);
}

/**
 * Power-of-two forms: one cycle instead of a division or a wide constant. Only for integers: a float or an object must
 * reach the handler of the operation that the program wrote.
 */
export function shortForm(
  l: Lowerer,
  op: BinaryOperator,
  left: Expression,
  right: Expression,
): { readonly mnemonic: 'ZXT' | 'SHR'; readonly count: number } | undefined {
  if (!within(l.types(left) & ~T.UNBOUND, T.INT | T.BOOL)) return undefined;
  const constant = constantOf(right);
  const bits = op === 'BitAnd' ? lowMask(constant) : op === 'Mod' ? powerOfTwo(constant) || undefined : undefined;
  if (bits !== undefined) return { mnemonic: 'ZXT', count: bits };
  const divisor = op === 'FloorDiv' ? powerOfTwo(constant) : undefined;
  return divisor === undefined ? undefined : { mnemonic: 'SHR', count: divisor };
}

/** A binary operation on operands that have been evaluated. */
export function emitBinary(
  l: Lowerer,
  op: BinaryOperator,
  to: AsmOperand,
  a: AsmOperand,
  b: AsmOperand,
  left: Expression,
  right: Expression,
  inPlace: boolean,
): void {
  l.b.emit(BINARY[op], [to, a, b], { ...l.known({ a: left, b: right }), ...(inPlace ? { variant: 1 } : {}) });
}

function lowerUnary(l: Lowerer, node: Expression & { kind: 'UnaryOp' }, to: AsmOperand): void {
  switch (node.op) {
    case 'Not': {
      const result = to.kind === 'local' ? to : l.b.temp();
      const done = l.b.label('not');
      const a = operandOf(l, node.operand);
      l.at(node);
      const value = a.kind === 'local' && result.kind === 'local' && a.slot === result.slot ? held(l, a) : a;
      l.b.emit('MOV', [result, { kind: 'named', name: 'False' }]);
      l.b.emit('BT', [value, labelRef(done)], l.known({ a: node.operand }));
      l.b.emit('MOV', [result, { kind: 'named', name: 'True' }]);
      l.b.place(done);
      if (value !== a) l.b.release(value);
      if (to.kind !== 'local') {
        l.move(result, to);
        l.b.release(result);
      }
      return;
    }
    case 'UAdd': {
      const a = operandOf(l, node.operand);
      l.at(node);
      // 0 + x is x for every number, and a bool becomes an int as it must; -0.0 alone would change sign.
      if ((l.types(node.operand) & ~(T.INT | T.BOOL)) === 0)
        l.b.emit('ADD', [to, a, int(0)], l.known({ a: node.operand, b: T.INT }));
      else {
        l.move(a, STACK);
        l.callRuntime('positive', 1, false);
        l.move(STACK, to);
      }
      return;
    }
    default: {
      const a = operandOf(l, node.operand);
      l.at(node);
      l.b.emit(node.op === 'USub' ? 'NEG' : 'INV', [to, a], l.known({ a: node.operand }));
    }
  }
}

function held(l: Lowerer, operand: AsmOperand): AsmOperand {
  const temp = l.b.temp();
  l.b.emit('MOV', [temp, operand]);
  return temp;
}

/** Hidden local for a value that two paths produce; a destination local is used itself where no operand can still read it. */
function meeting(l: Lowerer, to: AsmOperand): AsmOperand & { kind: 'local' } {
  return to.kind === 'local' && l.b.locals[to.slot]!.startsWith('.t') ? to : l.b.temp();
}

function lowerBoolean(l: Lowerer, node: Expression & { kind: 'BoolOp' }, to: AsmOperand): void {
  const result = meeting(l, to);
  const done = l.b.label('bool');
  node.values.forEach((value, i) => {
    lower(l, value, result);
    if (i < node.values.length - 1) {
      l.at(node);
      l.b.emit(node.op === 'And' ? 'BF' : 'BT', [result, labelRef(done)], l.known({ a: value }));
    }
  });
  l.b.place(done);
  l.at(node);
  settle(l, result, to);
}

function settle(l: Lowerer, result: AsmOperand, to: AsmOperand): void {
  if (to.kind === 'local' && result.kind === 'local' && to.slot === result.slot) return;
  l.move(result, to);
  l.b.release(result);
}

function lowerConditional(l: Lowerer, node: Expression & { kind: 'IfExp' }, to: AsmOperand): void {
  const result = meeting(l, to);
  const otherwise = l.b.label('else');
  const done = l.b.label('endif');
  l.inCondition(l.scope.module.source.range(node), () => branchIf(l, node.test, false, otherwise));
  lower(l, node.body, result);
  l.b.emit('JMP', [labelRef(done)]);
  l.b.place(otherwise);
  lower(l, node.orelse, result);
  l.b.place(done);
  l.at(node);
  settle(l, result, to);
}

function lowerCompare(l: Lowerer, node: Expression & { kind: 'Compare' }, to: AsmOperand): void {
  checkIdentity(l, node);
  if (node.ops.length === 1) {
    const right = node.comparators[0]!;
    const [a, b] = pair(l, node.left, right);
    l.at(node);
    l.b.emit(COMPARE[node.ops[0]!], [to, a, b], l.known({ a: node.left, b: right }));
    return;
  }
  const result = meeting(l, to);
  const done = l.b.label('chain');
  let left = node.left;
  let a = l.hold(operandOf(l, left));
  node.ops.forEach((op, i) => {
    const right = node.comparators[i]!;
    const last = i === node.ops.length - 1;
    const b = last ? operandOf(l, right) : l.hold(operandOf(l, right));
    l.at(node);
    l.b.emit(COMPARE[op], [result, a, b], l.known({ a: left, b: right }));
    if (!last) l.b.emit('BF', [result, labelRef(done)]);
    l.b.release(a);
    a = b;
    left = right;
  });
  l.b.place(done);
  settle(l, result, to);
}

function lowerAttribute(l: Lowerer, node: Expression & { kind: 'Attribute' }, to: AsmOperand): void {
  const { resolver } = l.context;
  if (resolver.intrinsicOf(node, l.scope)) {
    l.report(node, 'PS2006', node.attr);
    return;
  }
  const module = resolver.moduleOf(node.value, l.scope);
  if (module?.kind === 'module') {
    const global = module.globals.get(node.attr);
    if (!global) {
      l.report(node, 'PS2005', module.name, node.attr);
      return;
    }
    const symbol = resolver.constantOf(node, l.scope);
    l.at(node);
    if (symbol && (symbol.kind === 'function' || symbol.kind === 'class') && l.isBound(global)) {
      l.b.loadConstant(l.symbolConstant(symbol), to);
    } else if (symbol?.kind === 'module' || symbol?.kind === 'builtin-module') l.report(node, 'PS2008', node.attr);
    else l.loadGlobal(module, node.attr, to);
    return;
  }
  if (module) {
    l.report(node, 'PS2005', module.name, node.attr);
    return;
  }
  const cls = resolver.constantOf(node.value, l.scope);
  if (cls?.kind === 'class') {
    const value = findClassValue(cls, node.attr);
    if (value?.global !== undefined) {
      l.at(node);
      l.loadGlobal(definingModule(cls, node.attr), value.global, to);
      return;
    }
    if (value?.value) {
      const constant = constantOf(value.value);
      if (constant) {
        l.at(node);
        l.moveConstant(constant, to);
        return;
      }
    }
  }
  if (l.isRuntime && node.value.kind === 'Name' && node.attr === '__name__') {
    l.report(node, 'PS1029', '__name__', 'Use type_name().');
    return;
  }
  checkAttributeName(l, node);
  const a = operandOf(l, node.value);
  l.at(node);
  l.b.emit('LDA', [to, a, { kind: 'attribute', name: node.attr }], l.known({ a: node.value }));
}

/** Reading a slice is a call of the runtime; bounds that are left out are None. */
function lowerSlice(
  l: Lowerer,
  value: Expression,
  slice: Expression & { kind: 'Slice' },
  node: Expression,
  to: AsmOperand,
): void {
  checkIteration(l, value, node);
  lower(l, value, STACK);
  for (const part of [slice.lower, slice.upper, slice.step]) {
    if (part) lower(l, part, STACK);
    else l.move(NONE, STACK);
  }
  l.at(node);
  l.callRuntime('get_slice', 4, to.kind === 'discard');
  if (to.kind === 'local') l.move(STACK, to);
}

function definingModule(cls: import('../program/symbols.js').ClassSymbol, name: string) {
  let c = cls;
  while (!c.values.has(name) && c.base) c = c.base;
  return c.module;
}

/** Attributes of built-in objects that CPython has and PySM has not must not end in an AttributeError that CPython would not raise. */
function checkAttributeName(l: Lowerer, node: Expression & { kind: 'Attribute' }): void {
  if (l.isRuntime || l.context.attributeNames.has(node.attr) || l.context.builtinMethods.has(node.attr)) return;
  if (/^__\w+__$/.test(node.attr))
    l.report(node, 'PS1029', `the special attribute ${node.attr}`, 'Keep what is needed in an attribute of your own.');
  else if (BUILTIN_ATTRIBUTES.has(node.attr))
    l.report(node, 'PS2007', node.attr, 'See docs/language.md for the methods that exist.');
}

/** Public attributes of CPython 3.11's int, float, str, tuple, list, range, function and exception objects. */
export const BUILTIN_ATTRIBUTES: ReadonlySet<string> = new Set(
  `as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag numerator real to_bytes fromhex hex is_integer
  capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha isascii isdecimal
  isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip maketrans partition
  removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase
  title translate upper zfill append clear copy extend insert pop remove reverse sort start step stop
  add_note with_traceback name obj value msg`.split(/\s+/),
);

function lowerDisplay(l: Lowerer, node: Expression & { kind: 'Tuple' | 'List' }, to: AsmOperand): void {
  const mnemonic = node.kind === 'Tuple' ? 'BTUP' : 'BLIST';
  // An instruction moves at most 32 words; what the operand stack can hold is less when expressions nest.
  if (node.elts.length <= 16) {
    for (const e of node.elts) lower(l, e, STACK);
    l.at(node);
    l.b.emit(mnemonic, [to, int(node.elts.length)]);
    return;
  }
  const list = l.b.temp();
  const chunk = node.elts.slice(0, 16);
  for (const e of chunk) lower(l, e, STACK);
  l.at(node);
  l.b.emit('BLIST', [list, int(16)]);
  for (const e of node.elts.slice(16)) {
    const value = operandOf(l, e);
    l.at(node);
    l.b.emit('LAPP', [list, value], l.known({ a: T.LIST }));
  }
  if (node.kind === 'Tuple') {
    l.move(list, STACK);
    l.callRuntime('make_tuple', 1, false);
    l.move(STACK, to);
  } else l.move(list, to);
  l.b.release(list);
}

/** An expression whose value is not wanted. */
export function lowerForEffect(l: Lowerer, node: Expression): void {
  lower(l, node, DISCARD);
}
