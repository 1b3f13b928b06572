/**
 * What CPython's compiler rejects though its parser accepts it, part two: what depends on the function, loop or
 * handler around a statement, and what cannot be compiled.
 */

import { isFuture, misplaced } from './future.js';
import type { ExceptHandler, Expression, Keyword, Module, Node, Pattern, Positions, Statement } from './nodes.js';
import { visitChildren, walk } from './nodes-table.js';
import { literalKey } from './pattern-keys.js';
import { SymbolFault } from './symbol-fault.js';

/** Where the walk is. */
interface Place {
  /** The innermost function, class or module. A comprehension counts as a function that is not async by itself. */
  unit: 'module' | 'class' | 'function' | 'async function' | 'lambda' | 'comprehension';
  isGenerator: boolean;
  isInLoop: boolean;
  /** Whether the innermost loop or function lies outside an `except*`. */
  isInExceptStar: boolean;
  /** Whether a comprehension may be asynchronous: it stands in an async function, or in a generator expression in one. */
  isAsync: boolean;
}

/** Checks a module. */
export function checkControl(module: Module): void {
  const place: Place = {
    unit: 'module',
    isGenerator: false,
    isInLoop: false,
    isInExceptStar: false,
    isAsync: false,
  };
  for (const statement of module.body) check(statement, place, true);
}

function checkAll(nodes: readonly (Node | null)[], place: Place): void {
  for (const node of nodes) if (node !== null) check(node, place);
}

function check(node: Node, place: Place, isTopLevel = false): void {
  switch (node.kind) {
    case 'FunctionDef':
    case 'AsyncFunctionDef': {
      const { args } = node;
      const parameters = [...args.posonlyargs, ...args.args, args.vararg, ...args.kwonlyargs, args.kwarg];
      checkAll([...node.decorator_list, ...args.defaults, ...args.kw_defaults, ...parameters, node.returns], place);
      const isAsync = node.kind === 'AsyncFunctionDef';
      const unit = isAsync ? 'async function' : 'function';
      const inner = { unit, isAsync, isGenerator: yields(node.body), isInLoop: false, isInExceptStar: false } as const;
      checkAll(node.body, inner);
      return;
    }
    case 'Lambda': {
      checkAll([...node.args.defaults, ...node.args.kw_defaults], place);
      check(node.body, { unit: 'lambda', isAsync: false, isGenerator: false, isInLoop: false, isInExceptStar: false });
      return;
    }
    case 'ClassDef':
      allowStars(node.bases);
      checkAll([...node.decorator_list, ...node.bases], place);
      checkKeywords(node.keywords);
      checkAll(node.keywords, place);
      checkAll(node.body, {
        unit: 'class',
        isAsync: false,
        isGenerator: false,
        isInLoop: false,
        isInExceptStar: false,
      });
      return;
    case 'For':
    case 'AsyncFor':
    case 'While':
      checkLoop(node, place);
      return;
    case 'Try':
    case 'TryStar':
      checkTry(node, place);
      return;
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      checkComprehension(node, place);
      return;
    case 'Match':
      checkMatch(node, place);
      return;
    default:
      checkSimple(node, place, isTopLevel);
      visitChildren(node, (child) => check(child, place));
  }
}

function checkSimple(node: Node, place: Place, isTopLevel: boolean): void {
  switch (node.kind) {
    case 'Return':
      if (!/function|lambda/.test(place.unit)) throw new SymbolFault("'return' outside function", node);
      if (node.value !== null && place.unit === 'async function' && place.isGenerator) {
        throw new SymbolFault("'return' with value in async generator", node);
      }
      if (place.isInExceptStar) throw inExceptStar(node);
      break;
    case 'Break':
      if (place.isInExceptStar && !place.isInLoop) throw inExceptStar(node);
      if (!place.isInLoop) throw new SymbolFault("'break' outside loop", node);
      break;
    case 'Continue':
      if (place.isInExceptStar && !place.isInLoop) throw inExceptStar(node);
      if (!place.isInLoop) throw new SymbolFault("'continue' not properly in loop", node);
      break;
    case 'Yield':
    case 'YieldFrom':
      if (place.unit === 'module' || place.unit === 'class') throw new SymbolFault("'yield' outside function", node);
      if (node.kind === 'YieldFrom' && place.unit === 'async function') {
        throw new SymbolFault("'yield from' inside async function", node);
      }
      break;
    case 'Await':
      if (place.unit === 'module' || place.unit === 'class') throw new SymbolFault("'await' outside function", node);
      if (!place.isAsync) throw new SymbolFault("'await' outside async function", node);
      break;
    case 'AsyncWith':
      if (!place.isAsync) throw new SymbolFault("'async with' outside async function", node);
      break;
    case 'ImportFrom':
      if (isFuture(node) && !isTopLevel) throw misplaced(node);
      break;
    case 'Starred':
      if (!allowedStars.has(node)) throw new SymbolFault("can't use starred expression here", node);
      break;
    case 'Tuple':
    case 'List':
    case 'Set':
      allowStars(node.elts);
      break;
    case 'arg':
      allowStars([node.annotation]);
      break;
    case 'Assign':
      for (const target of node.targets) checkTarget(target);
      break;
    case 'withitem':
      if (node.optional_vars !== null) checkTarget(node.optional_vars);
      break;
    case 'Call':
      checkKeywords(node.keywords);
      allowStars(node.args);
      break;
    default:
  }
}

function inExceptStar(node: Positions): SymbolFault {
  return new SymbolFault("'break', 'continue' and 'return' cannot appear in an except* block", node);
}

/** The starred expressions that stand where they may: their parents were seen first. */
const allowedStars = new WeakSet<Expression>();

function allowStars(nodes: readonly (Expression | null)[]): void {
  for (const node of nodes) if (node?.kind === 'Starred') allowedStars.add(node);
}

/** At most one star among the targets of an assignment, and never alone. */
function checkTarget(target: Expression): void {
  if (target.kind === 'Starred') throw new SymbolFault('starred assignment target must be in a list or tuple', target);
  if (target.kind !== 'Tuple' && target.kind !== 'List') return;
  const stars = target.elts.filter((element) => element.kind === 'Starred');
  if (stars.length > 1) throw new SymbolFault('multiple starred expressions in assignment', target);
  for (const element of target.elts) checkTarget(element.kind === 'Starred' ? element.value : element);
}

function checkKeywords(keywords: readonly Keyword[]): void {
  const seen = new Set<string>();
  for (const keyword of keywords) {
    if (keyword.arg === null) continue;
    if (seen.has(keyword.arg)) throw new SymbolFault(`keyword argument repeated: ${keyword.arg}`, keyword);
    seen.add(keyword.arg);
  }
}

function checkLoop(node: Extract<Statement, { kind: 'For' | 'AsyncFor' | 'While' }>, place: Place): void {
  if (node.kind === 'AsyncFor' && !place.isAsync) {
    throw new SymbolFault("'async for' outside async function", node);
  }
  if (node.kind === 'While') check(node.test, place);
  else {
    check(node.iter, place);
    checkTarget(node.target);
    check(node.target, place);
  }
  checkAll(node.body, { ...place, isInLoop: true });
  checkAll(node.orelse, place);
}

function checkTry(node: Extract<Statement, { kind: 'Try' | 'TryStar' }>, place: Place): void {
  checkAll(node.body, place);
  node.handlers.forEach((handler: ExceptHandler, i) => {
    if (handler.type === null && i < node.handlers.length - 1) {
      throw new SymbolFault("default 'except:' must be last", handler);
    }
    if (handler.type !== null) check(handler.type, place);
    const isStar = node.kind === 'TryStar';
    checkAll(handler.body, isStar ? { ...place, isInLoop: false, isInExceptStar: true } : place);
  });
  checkAll(node.orelse, place);
  checkAll(node.finalbody, place);
}

function checkComprehension(
  node: Extract<Expression, { kind: 'ListComp' | 'SetComp' | 'DictComp' | 'GeneratorExp' }>,
  place: Place,
): void {
  const [first, ...rest] = node.generators;
  check(first!.iter, place);
  const isGenerator = node.kind === 'GeneratorExp';
  const elements = node.kind === 'DictComp' ? [node.key, node.value] : [node.elt];
  const inner: Place = { ...place, unit: 'comprehension', isInLoop: false, isInExceptStar: false };
  inner.isAsync = place.isAsync || isGenerator;
  const isAsync = node.generators.some((generator) => generator.is_async === 1) || (!isGenerator && awaits(node));
  if (isAsync && !isGenerator && !place.isAsync) {
    throw new SymbolFault('asynchronous comprehension outside of an asynchronous function', node);
  }
  for (const generator of node.generators) {
    checkTarget(generator.target);
    check(generator.target, inner);
    checkAll(generator.ifs, inner);
  }
  checkAll(
    rest.map((generator) => generator.iter),
    inner,
  );
  checkAll(elements, inner);
}

/** Whether a comprehension awaits in itself, and not in a function or generator inside it. */
function awaits(node: Expression): boolean {
  let found = false;
  const first = 'generators' in node ? node.generators[0]!.iter : null;
  walk(node, (inner) => {
    if (inner === first || inner.kind === 'Lambda' || (inner.kind === 'GeneratorExp' && inner !== node)) return false;
    if (inner.kind === 'Await') found = true;
    return !found;
  });
  return found;
}

/** Whether a function's body yields. */
function yields(body: readonly Statement[]): boolean {
  let found = false;
  for (const statement of body) {
    walk(statement, (node) => {
      if (node.kind === 'FunctionDef' || node.kind === 'AsyncFunctionDef' || node.kind === 'ClassDef') return false;
      if (node.kind === 'Lambda') return false;
      if (node.kind === 'Yield' || node.kind === 'YieldFrom') found = true;
      return !found;
    });
    if (found) break;
  }
  return found;
}

function checkMatch(node: Extract<Statement, { kind: 'Match' }>, place: Place): void {
  check(node.subject, place);
  node.cases.forEach((one, i) => {
    checkPattern(one.pattern);
    if (i < node.cases.length - 1 && one.guard === null) forbidIrrefutable(one.pattern);
    if (one.guard !== null) check(one.guard, place);
    checkAll(one.body, place);
  });
}

/** A pattern that always matches may only come last. */
function forbidIrrefutable(pattern: Pattern): void {
  if (pattern.kind === 'MatchOr') for (const one of pattern.patterns) forbidIrrefutable(one);
  if (pattern.kind !== 'MatchAs') return;
  if (pattern.pattern !== null) {
    forbidIrrefutable(pattern.pattern);
    return;
  }
  const what = pattern.name === null ? 'wildcard' : `name capture '${pattern.name}'`;
  throw new SymbolFault(`${what} makes remaining patterns unreachable`, pattern);
}

/** Checks a pattern. Returns the names that it binds. */
function checkPattern(pattern: Pattern, bound: Set<string> = new Set()): Set<string> {
  const bind = (name: string | null): void => {
    if (name === null) return;
    if (bound.has(name)) throw new SymbolFault(`multiple assignments to name '${name}' in pattern`, pattern);
    bound.add(name);
  };
  switch (pattern.kind) {
    case 'MatchAs':
      if (pattern.pattern !== null) checkPattern(pattern.pattern, bound);
      bind(pattern.name);
      break;
    case 'MatchStar':
      bind(pattern.name);
      break;
    case 'MatchSequence':
      if (pattern.patterns.filter((one) => one.kind === 'MatchStar').length > 1) {
        throw new SymbolFault('multiple starred names in sequence pattern', pattern);
      }
      for (const one of pattern.patterns) checkPattern(one, bound);
      break;
    case 'MatchMapping': {
      const seen = new Set<string>();
      for (const key of pattern.keys) {
        const text = literalKey(key);
        if (text !== null && seen.has(text)) {
          throw new SymbolFault(`mapping pattern checks duplicate key (${text})`, pattern);
        }
        if (text !== null) seen.add(text);
      }
      for (const one of pattern.patterns) checkPattern(one, bound);
      bind(pattern.rest);
      break;
    }
    case 'MatchClass': {
      const seen = new Set<string>();
      pattern.kwd_attrs.forEach((name, i) => {
        if (seen.has(name)) {
          throw new SymbolFault(`attribute name repeated in class pattern: ${name}`, pattern.kwd_patterns[i]!);
        }
        seen.add(name);
      });
      for (const one of [...pattern.patterns, ...pattern.kwd_patterns]) checkPattern(one, bound);
      break;
    }
    case 'MatchOr':
      checkAlternatives(pattern, bound);
      break;
    default:
  }
  return bound;
}

/** All alternatives bind the same names, and only the last may always match. */
function checkAlternatives(pattern: Extract<Pattern, { kind: 'MatchOr' }>, bound: Set<string>): void {
  let names: Set<string> | null = null;
  pattern.patterns.forEach((alternative, i) => {
    if (i < pattern.patterns.length - 1) forbidIrrefutable(alternative);
    const inner = checkPattern(alternative, new Set(bound));
    if (names !== null && (inner.size !== names.size || [...inner].some((name) => !names!.has(name)))) {
      throw new SymbolFault('alternative patterns bind different names', pattern);
    }
    names = inner;
  });
  for (const name of names ?? []) bound.add(name);
}
