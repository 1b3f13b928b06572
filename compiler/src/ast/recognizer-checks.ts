/** The actions of the error rules: they raise a problem where CPython raises it. */

import type { Action, Found, Part, Run } from './peg.js';
import { Fault } from './source.js';
import { fixedKind, Kind, type TokenError } from './tokens.js';

/** A fault over tokens `first`..`last`, by index. */
export function faultAt(
  run: Run,
  first: number,
  last: number,
  message: string,
  type: TokenError['type'] = 'SyntaxError',
): Fault {
  const { source } = run;
  const { start, end } = source.tokens;
  return new Fault(type, message, source.position(start[first]!), source.position(end[last]!));
}

/** A fault at the last token that was touched, where CPython puts errors without a place of their own. */
export function faultAtReach(run: Run, message: string, type: TokenError['type'] = 'SyntaxError'): Fault {
  return faultAt(run, run.reach, run.reach, message, type);
}

function firstToken(part: Part): number {
  if (typeof part === 'number') return part;
  if (part === true) return 0;
  return Array.isArray(part) ? firstToken(part[0]!) : part.first;
}

function lastToken(part: Part): number {
  if (typeof part === 'number') return part;
  if (part === true) return 0;
  return Array.isArray(part) ? lastToken(part[part.length - 1]!) : part.last;
}

const NAMES: Record<string, string> = {
  Attribute: 'attribute',
  Subscript: 'subscript',
  Starred: 'starred',
  List: 'list',
  Tuple: 'tuple',
  Lambda: 'lambda',
  Call: 'function call',
  BoolOp: 'expression',
  BinOp: 'expression',
  UnaryOp: 'expression',
  GeneratorExp: 'generator expression',
  Yield: 'yield expression',
  Await: 'await expression',
  ListComp: 'list comprehension',
  SetComp: 'set comprehension',
  DictComp: 'dict comprehension',
  Dict: 'dict literal',
  Set: 'set display',
  Compare: 'comparison',
  IfExp: 'conditional expression',
  NamedExpr: 'named expression',
};

/** What CPython calls an expression in its messages. */
function expressionName(run: Run, part: Part): string {
  if (typeof part === 'number') {
    if (run.tokens.kind[part] === Kind.Name) return 'name';
    if (run.tokens.kind[part] === Kind.Number) return 'literal';
    const text = run.textOf(part);
    return text === '...' ? 'ellipsis' : text;
  }
  const { kind, first, last } = part as Found;
  if (kind === 'Strings') {
    for (let token = first; token <= last; token++) {
      if (/^[a-z]*f[a-z]*['"]/i.test(run.textOf(token))) return 'f-string expression';
    }
    return 'literal';
  }
  return NAMES[kind] ?? 'expression';
}

type TargetUse = 'star' | 'for' | 'del';

const K_IN = fixedKind('in');

/** The first part of an expression that cannot be a target, or null. */
function invalidTarget(run: Run, part: Part, use: TargetUse): Part | null {
  if (typeof part === 'number') return run.tokens.kind[part] === Kind.Name ? null : part;
  const node = part as Found;
  switch (node.kind) {
    case 'Name':
    case 'Attribute':
    case 'Subscript':
      return null;
    case 'List':
    case 'Tuple': {
      for (const element of elements(node.parts)) {
        const bad = invalidTarget(run, element, use);
        if (bad !== null) return bad;
      }
      return null;
    }
    case 'Starred':
      return use === 'del' ? node : invalidTarget(run, node.parts[1]!, use);
    case 'Compare':
      if (use !== 'for') return node;
      return run.tokens.kind[node.parts[1] as number] === K_IN ? invalidTarget(run, node.parts[0]!, use) : null;
    default:
      return node;
  }

  /** The elements of a display: what was found in it, without brackets and commas. */
  function* elements(parts: readonly Part[]): Generator<Part> {
    for (const inner of parts) {
      if (typeof inner === 'number') {
        const text = run.textOf(inner);
        if (text.length > 1 || !'()[],'.includes(text)) yield inner;
      } else if (Array.isArray(inner)) yield* elements(inner);
      else if (inner !== true) {
        if (inner.kind === '') yield* elements(inner.parts);
        else yield inner;
      }
    }
  }
}

function checkTarget(run: Run, part: Part, use: TargetUse): null {
  const bad = invalidTarget(run, part, use);
  if (bad === null) return null;
  const verb = use === 'del' ? 'cannot delete' : 'cannot assign to';
  throw faultAt(run, firstToken(bad), lastToken(bad), `${verb} ${expressionName(run, bad)}`);
}

function isLegacyName(run: Run, part: Part): boolean {
  return typeof part === 'number' && /^(?:print|exec)$/.test(run.textOf(part));
}

/** The arguments found by `args`: keywords, starred and plain ones. */
function flatten(part: Part, out: Part[] = []): Part[] {
  if (Array.isArray(part)) for (const inner of part) flatten(inner, out);
  else if (typeof part === 'object' && part.kind === '') for (const inner of part.parts) flatten(inner, out);
  else if (part !== true) out.push(part);
  return out;
}

const CHECKS: Record<string, (run: Run, a: Part, b: Part) => Part | null> = {
  starTarget: (run, a) => checkTarget(run, a, 'star'),
  forTarget: (run, a) => checkTarget(run, a, 'for'),
  delTarget: (run, a) => checkTarget(run, a, 'del'),
  same: (_run, a) => a,

  forgottenComma(run, a, b) {
    if (isLegacyName(run, a) || run.tokens.level[run.mark - 1] === 0) return null;
    throw faultAt(run, firstToken(a), lastToken(b), 'invalid syntax. Perhaps you forgot a comma?');
  },

  legacyStatement(run, a, b) {
    if (!isLegacyName(run, a)) return null;
    const name = run.textOf(a as number);
    const message = `Missing parentheses in call to '${name}'. Did you mean ${name}(...)?`;
    throw faultAt(run, a as number, lastToken(b), message);
  },

  missingColon(run, a) {
    throw faultAt(run, firstToken(a), lastToken(a), "':' expected after dictionary key");
  },

  unparenthesisedGenerator(run, a, b) {
    const positional = positionalArguments(run, a);
    if (positional.length <= 1) return null;
    const last = positional[positional.length - 1]!;
    throw faultAt(run, firstToken(last), lastToken(b), 'Generator expression must be parenthesized');
  },

  positionalAfterKeyword(run, a) {
    const unpacking = flatten((a as Found).parts).some(
      (p) => typeof p === 'object' && (p as Found).kind === 'DoubleStarred',
    );
    const what = unpacking ? 'keyword argument unpacking' : 'keyword argument';
    throw faultAtReach(run, `positional argument follows ${what}`);
  },
};

function positionalArguments(run: Run, args: Part): Part[] {
  return flatten((args as Found).parts).filter((part) => {
    if (typeof part === 'number') return run.textOf(part) !== ',';
    const { kind } = part as Found;
    return kind !== 'Keyword' && kind !== 'DoubleStarred';
  });
}

/** Makes the action for the text after `->` of a rule. */
export function makeAction(text: string): Action {
  const check = /^(\w+)\(\)$/.exec(text);
  if (check !== null) {
    const decide = CHECKS[check[1]!]!;
    return (run, captured) => decide(run, captured.get('a') ?? true, captured.get('b') ?? true);
  }
  const [, place, message] = /^(\S*?):\s(.*)$/.exec(text)!;
  return (run, captured) => {
    const filled = fill(run, captured, message!);
    if (place === 'indent') throw faultAtReach(run, filled, 'IndentationError');
    if (place === '') throw faultAtReach(run, filled);
    const [from, to] = place!.split('..');
    const first = captured.get(from!)!;
    const last = to === '' ? run.mark - 1 : lastToken(captured.get(to ?? from!)!);
    throw faultAt(run, firstToken(first), last, filled);
  };
}

function fill(run: Run, captured: ReadonlyMap<string, Part>, message: string): string {
  return message.replace(/\{(\w)(?:\.(\w+))?\}/g, (_match, name: string, property?: string) => {
    const part = captured.get(name)!;
    if (property === 'name') return expressionName(run, part);
    const token = firstToken(part);
    return property === 'line' ? String(run.tokens.line[token]) : run.textOf(token);
  });
}
