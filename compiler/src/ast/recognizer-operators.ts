/**
 * The rules of the grammar that are written by hand: operators by precedence, primaries and atoms. CPython has a rule
 * for each level of precedence; one loop touches the same tokens.
 */

import { type Found, matchToken, type Part, type Rule, type Run, remember } from './peg.js';
import { fixedKind, KIND_COUNT, Kind } from './tokens.js';

/** The levels of precedence. */
const OR = 1;
const AND = 2;
const NOT = 3;
const COMPARE = 4;
const BIT_OR = 5;
const UNARY = 11;

/** For each kind of token, the precedence of the binary operator that it is or starts; 0 for other tokens. */
const PRECEDENCE = new Uint8Array(KIND_COUNT);
for (const [level, operators] of [
  [OR, 'or'],
  [AND, 'and'],
  [COMPARE, '== != < <= > >= in is not'],
  [BIT_OR, '|'],
  [6, '^'],
  [7, '&'],
  [8, '<< >>'],
  [9, '+ -'],
  [10, '* / // % @'],
] as const) {
  for (const operator of operators.split(' ')) PRECEDENCE[fixedKind(operator)] = level;
}

const K_NOT = fixedKind('not');
const K_IN = fixedKind('in');
const K_IS = fixedKind('is');
const K_AWAIT = fixedKind('await');
const K_POWER = fixedKind('**');
const K_PLUS = fixedKind('+');
const K_MINUS = fixedKind('-');
const K_INVERT = fixedKind('~');
const K_DOT = fixedKind('.');
const K_PAREN = fixedKind('(');
const K_CLOSE_PAREN = fixedKind(')');
const K_BRACKET = fixedKind('[');
const K_CLOSE_BRACKET = fixedKind(']');
const K_BRACE = fixedKind('{');

/** Kinds that are an atom by themselves. */
const SIMPLE_ATOMS = new Uint8Array(KIND_COUNT);
for (const kind of [Kind.Name, Kind.Number, ...['True', 'False', 'None', '...'].map(fixedKind)]) SIMPLE_ATOMS[kind] = 1;

const ATOM_FIRST = [
  Kind.Name,
  Kind.Number,
  Kind.String,
  ...['True', 'False', 'None', '...', '(', '[', '{'].map(fixedKind),
];
const OPERAND_FIRST = [...ATOM_FIRST, K_AWAIT, K_PLUS, K_MINUS, K_INVERT];

/** What the rules here need from the rest of the recogniser. */
export interface OperatorHooks {
  rule(name: string): Rule;
  /** Checks adjacent string literals; it throws what is wrong with them. */
  checkStrings(run: Run, first: number, last: number): void;
  /** Checks one number; it throws what is wrong with it. */
  checkNumber(run: Run, token: number, want: 'any' | 'real' | 'imaginary'): void;
}

/** The hand-written rules, with the kinds of token that they start with. */
export function operatorRules(
  hooks: OperatorHooks,
  firstMemo: number,
): Record<string, { rule: Rule; first: readonly number[] | null }> {
  const found = (run: Run, kind: string, first: number, ...parts: Part[]): Part =>
    run.building ? { kind, first, last: run.mark - 1, parts } : true;
  const lazy = (name: string): Rule => {
    let rule: Rule | undefined;
    return (run) => {
      rule ??= hooks.rule(name);
      return rule(run);
    };
  };
  const [group, tuple, genexp, list, listcomp] = ['group', 'tuple', 'genexp', 'list', 'listcomp'].map(lazy);
  const [dict, set, dictcomp, setcomp] = ['dict', 'set', 'dictcomp', 'setcomp'].map(lazy);
  const [args, slices] = ['arguments', 'slices'].map(lazy);

  const strings: Rule = (run) => {
    const first = run.mark;
    while (run.kind() === Kind.String) run.mark++;
    if (run.mark === first) return null;
    hooks.checkStrings(run, first, run.mark - 1);
    return found(run, 'Strings', first);
  };

  const atom: Rule = (run) => {
    const kind = run.kind();
    if (SIMPLE_ATOMS[kind] === 1) {
      if (kind === Kind.Number) hooks.checkNumber(run, run.mark, 'any');
      return run.mark++;
    }
    if (kind === Kind.String) return strings(run);
    if (kind === K_PAREN) return tuple!(run) ?? group!(run) ?? genexp!(run);
    if (kind === K_BRACKET) return list!(run) ?? listcomp!(run);
    if (kind === K_BRACE) return dict!(run) ?? set!(run) ?? dictcomp!(run) ?? setcomp!(run);
    return null;
  };

  /** One `.name`, call or subscript after a primary; null, with the mark as it was, if none follows. */
  const suffix = (run: Run, first: number, left: Part): Part | null => {
    const start = run.mark;
    const kind = run.kind();
    if (kind === K_DOT) {
      run.mark++;
      if (run.kind() === Kind.Name) {
        run.mark++;
        return found(run, 'Attribute', first, left);
      }
    } else if (kind === K_PAREN) {
      if (genexp!(run) !== null) return found(run, 'Call', first, left);
      run.mark = start + 1;
      args!(run);
      if (run.kind() === K_CLOSE_PAREN) {
        run.mark++;
        return found(run, 'Call', first, left);
      }
    } else if (kind === K_BRACKET) {
      run.mark++;
      if (slices!(run) !== null && run.kind() === K_CLOSE_BRACKET) {
        run.mark++;
        return found(run, 'Subscript', first, left);
      }
    }
    run.mark = start;
    return null;
  };

  const primary = remember((run) => {
    const first = run.mark;
    let left = atom(run);
    if (left === null) return null;
    for (;;) {
      const next = suffix(run, first, left);
      if (next === null) return left;
      left = next;
    }
  }, firstMemo);

  const isSuffixStart = (kind: number): boolean => kind === K_PAREN || kind === K_BRACKET || kind === K_DOT;

  /** A primary that is followed by another suffix: what a target may hang on. */
  const targetPrimary = remember((run) => {
    const first = run.mark;
    let left = atom(run);
    if (left === null) return null;
    if (!isSuffixStart(run.kind())) {
      run.mark = first;
      return null;
    }
    for (;;) {
      const before = run.mark;
      const next = suffix(run, first, left);
      if (next === null) return left;
      if (!isSuffixStart(run.kind())) {
        run.mark = before;
        return left;
      }
      left = next;
    }
  }, firstMemo + 1);

  /** An operand: a primary with `await`, `**` and the unary operators that bind tighter than binary ones. */
  const operand = (run: Run, level: number): Part | null => {
    const start = run.mark;
    const kind = run.kind();
    if (kind === K_NOT) {
      if (level > NOT) return null;
      while (run.kind() === K_NOT) run.mark++;
      const inner = binary(run, COMPARE);
      if (inner !== null) return found(run, 'UnaryOp', start, inner);
      run.mark = start;
      return null;
    }
    if (kind === K_MINUS || kind === K_PLUS || kind === K_INVERT) {
      let sign = kind;
      while (sign === K_MINUS || sign === K_PLUS || sign === K_INVERT) {
        run.mark++;
        sign = run.kind();
      }
      const inner = operand(run, UNARY);
      if (inner !== null) return found(run, 'UnaryOp', start, inner);
      run.mark = start;
      return null;
    }
    if (kind === K_AWAIT) run.mark++;
    let left = primary(run);
    if (left === null) {
      run.mark = start;
      return null;
    }
    if (kind === K_AWAIT) left = found(run, 'Await', start, left);
    if (run.kind() !== K_POWER) return left;
    const before = run.mark++;
    const right = operand(run, UNARY);
    if (right !== null) return found(run, 'BinOp', start, left, right);
    run.mark = before;
    return left;
  };

  /** Operands joined by operators of at least the given precedence. */
  const binary = (run: Run, level: number): Part | null => {
    const start = run.mark;
    const firstOperand = operand(run, level);
    if (firstOperand === null) return null;
    let left: Part = firstOperand;
    for (;;) {
      const before = run.mark;
      const kind = run.kind();
      const precedence = PRECEDENCE[kind]!;
      if (precedence < level || precedence === 0) return left;
      run.mark++;
      if (kind === K_NOT) {
        if (run.kind() !== K_IN) {
          run.mark = before;
          return left;
        }
        run.mark++;
      } else if (kind === K_IS && run.kind() === K_NOT) run.mark++;
      const right = binary(run, precedence + 1);
      if (right === null) {
        run.mark = before;
        return left;
      }
      if (precedence === COMPARE) {
        // A chain of comparisons is one node; its first operator is what the checks ask for.
        const isChain =
          typeof left === 'object' && !Array.isArray(left) && left.kind === 'Compare' && left.first === start;
        if (isChain) left = { ...(left as Found), last: run.mark - 1 };
        else left = found(run, 'Compare', start, left, before);
      } else left = found(run, precedence <= AND ? 'BoolOp' : 'BinOp', start, left, right);
    }
  };

  const number = (want: 'real' | 'imaginary'): Rule => {
    return (run) => {
      if (run.kind() !== Kind.Number) return null;
      hooks.checkNumber(run, run.mark, want);
      return run.mark++;
    };
  };

  const expressionWithoutInvalid = lazy('expression_without_invalid');
  return {
    strings: { rule: remember(strings, firstMemo + 2), first: [Kind.String] },
    t_primary: { rule: targetPrimary, first: ATOM_FIRST },
    disjunction: { rule: remember((run) => binary(run, OR), firstMemo + 3), first: [...OPERAND_FIRST, K_NOT] },
    bitwise_or: { rule: remember((run) => binary(run, BIT_OR), firstMemo + 4), first: OPERAND_FIRST },
    real_number: { rule: number('real'), first: [Kind.Number] },
    imaginary_number: { rule: number('imaginary'), first: [Kind.Number] },
    SoftKeyword: {
      // CPython takes every beginning of a soft keyword for it here.
      rule: (run) => {
        const text = run.textOf(run.mark);
        const isSoft = text === '_' || 'case'.startsWith(text) || 'match'.startsWith(text);
        return isSoft ? matchToken(Kind.Name)(run) : null;
      },
      first: [Kind.Name],
    },
    plain_expression: {
      // As in CPython, the rules for known mistakes are switched off below this one.
      rule: (run) => {
        const invalid = run.invalid;
        run.invalid = false;
        const part = expressionWithoutInvalid(run);
        run.invalid = invalid;
        return part;
      },
      first: null,
    },
  };
}
