/**
 * A small PEG machine: it turns the notation of `grammar.ts` into functions, one a rule, and runs them over tokens.
 *
 * Alternatives whose first token cannot match are skipped by a table, so the order of choices costs little. Parts are
 * kept only in a run that builds; the first pass over a file does not.
 */

import { type Item, parseGrammar, type RuleText } from './peg-notation.js';
import type { Source } from './source.js';
import { KIND_COUNT, Kind, type TokenList } from './tokens.js';

/** What a rule found in a run that builds. */
export interface Found {
  kind: string;
  /** The first and last token, by index. */
  first: number;
  last: number;
  parts: Part[];
}

/** A part: a token's index, something found, or a list of parts. `true` stands for it in a run that does not build. */
export type Part = number | true | Found | Part[];

/** A rule as a function: a part, or null where it does not match. */
export type Rule = (run: Run) => Part | null;

/** What a run has to know beyond its tokens. */
export class Run {
  mark = 0;
  /** The index of the last token that was looked at. */
  reach = 0;
  /** Whether the rules that look for known mistakes take part. */
  invalid = false;
  /** Whether parts are kept. */
  building = false;
  /** The tokens, by index, that a rule took for soft keywords. */
  readonly softKeywords: number[] = [];
  readonly memoEnds: Int32Array[] = [];
  readonly memoParts: (Part | null)[][] = [];

  readonly text: string;
  readonly tokens: TokenList;

  constructor(
    readonly source: Source,
    /** Called when a run touches the token at which tokenizing failed; it must throw. */
    readonly onErrorToken: () => never,
  ) {
    this.text = source.text;
    this.tokens = source.tokens;
  }

  /** The kind of the current token. */
  kind(): number {
    const { mark } = this;
    if (mark > this.reach) this.reach = mark;
    const kind = this.tokens.kind[mark]!;
    if (kind === Kind.Error) this.onErrorToken();
    return kind;
  }

  /** The text of a token. */
  textOf(token: number): string {
    return this.text.slice(this.tokens.start[token], this.tokens.end[token]);
  }

  /** Forgets what was remembered, for another pass. */
  restart(mark: number): void {
    this.mark = mark;
    this.memoEnds.length = 0;
    this.memoParts.length = 0;
  }
}

/** Thrown when an error rule matches in a run that does not build: the run has to be repeated with parts. */
export class NeedsParts {}

/** Runs the action of an error rule: it throws, or says what the rule gives. */
export type Action = (run: Run, captured: ReadonlyMap<string, Part>) => Part | null;

/** What a grammar is made from besides its text. */
export interface GrammarParts {
  /** Rules written as functions, with the kinds of token that they can start with (`null`: any). */
  natives: Record<string, { rule: Rule; first: readonly (number | string)[] | null }>;
  /** The function for the text after `->`. */
  action(text: string): Action;
  /** Reports the absence of a token that a rule demands; it must throw. */
  missing(run: Run, spelling: string): never;
}

interface Alternative {
  items: Rule[];
  /** For each kind of token, whether the alternative can start with it. */
  first: Uint8Array;
  /** Where `~` stands among the items, or -1. */
  cut: number;
  captures: readonly (string | null)[] | null;
  action: Action | null;
  /** The name of what it finds, or null to pass on a single part. */
  kind: string | null;
  /** Whether this is one of the rules for known mistakes. */
  invalid: boolean;
  /** Whether it starts with a soft keyword. */
  soft: boolean;
}

/** A compiled grammar: its rules by name. */
export function compileGrammar(source: string, parts: GrammarParts): ReadonlyMap<string, Rule> {
  return new Compiler(parseGrammar(source), parts).compile();
}

class Compiler {
  private readonly rules = new Map<string, Rule>();
  private readonly firsts = new Map<string, { set: Uint8Array; nullable: boolean }>();
  private readonly links: (() => void)[] = [];
  private memoCount = 0;

  constructor(
    private readonly texts: readonly RuleText[],
    private readonly parts: GrammarParts,
  ) {}

  compile(): ReadonlyMap<string, Rule> {
    this.computeFirsts();
    for (const [name, native] of Object.entries(this.parts.natives)) this.rules.set(name, native.rule);
    for (const text of this.texts) {
      const rule = this.choice(text.alternatives.map((alternative) => this.alternative(alternative)));
      this.rules.set(text.name, text.memo ? remember(rule, this.memoCount++) : rule);
    }
    for (const link of this.links) link();
    return this.rules;
  }

  /** Finds, by iteration, the kinds of token that each rule can start with. */
  private computeFirsts(): void {
    for (const [name, native] of Object.entries(this.parts.natives)) {
      const set = new Uint8Array(KIND_COUNT);
      if (native.first === null) set.fill(1);
      else for (const kind of native.first) if (typeof kind === 'number') set[kind] = 1;
      this.firsts.set(name, { set, nullable: false });
    }
    for (const text of this.texts) this.firsts.set(text.name, { set: new Uint8Array(KIND_COUNT), nullable: false });
    for (let changed = true; changed; ) {
      changed = false;
      for (const [name, native] of Object.entries(this.parts.natives)) {
        for (const other of native.first ?? []) {
          if (typeof other === 'string' && merge(this.firsts.get(name)!.set, this.firsts.get(other)!.set))
            changed = true;
        }
      }
      for (const text of this.texts) {
        const known = this.firsts.get(text.name)!;
        for (const { items } of text.alternatives) {
          const { set, nullable } = this.sequenceFirst(items);
          if (merge(known.set, set)) changed = true;
          if (nullable && !known.nullable) {
            known.nullable = true;
            changed = true;
          }
        }
      }
    }
  }

  private sequenceFirst(items: readonly Item[]): { set: Uint8Array; nullable: boolean } {
    const set = new Uint8Array(KIND_COUNT);
    for (const item of items) {
      const first = this.itemFirst(item);
      merge(set, first.set);
      if (!first.nullable) return { set, nullable: false };
    }
    return { set, nullable: true };
  }

  private itemFirst(item: Item): { set: Uint8Array; nullable: boolean } {
    const set = new Uint8Array(KIND_COUNT);
    switch (item.type) {
      case 'token':
      case 'demand':
        set[item.kind] = 1;
        return { set, nullable: false };
      case 'soft':
        set[Kind.Name] = 1;
        return { set, nullable: false };
      case 'rule': {
        const known = this.firsts.get(item.name);
        if (known === undefined) throw new Error(`no rule is called ${item.name}`);
        return known;
      }
      case 'cut':
      case 'ahead':
      case 'not':
        return { set, nullable: true };
      case 'optional':
      case 'many':
        return { set: this.itemFirst(item.item).set, nullable: true };
      case 'some':
      case 'separated':
        return this.itemFirst(item.item);
      case 'group': {
        let nullable = false;
        for (const alternative of item.alternatives) {
          const first = this.sequenceFirst(alternative.items);
          merge(set, first.set);
          nullable ||= first.nullable;
        }
        return { set, nullable };
      }
    }
  }

  private alternative(text: RuleText['alternatives'][number]): Alternative {
    const { set, nullable } = this.sequenceFirst(text.items);
    if (nullable) set.fill(1);
    const items = text.items.filter((item) => item.type !== 'cut');
    const only = items.length === 1 ? items[0]! : null;
    const rules = items.map((item) => this.item(item));
    // A rule in the sequence itself is put in directly at the end, which spares a stack frame at each level.
    items.forEach((item, i) => {
      if (item.type === 'rule') this.links.push(() => (rules[i] = this.rules.get(item.name)!));
    });
    return {
      items: rules,
      first: set,
      cut: text.items.findIndex((item) => item.type === 'cut'),
      captures: items.some((item) => item.capture !== null) ? items.map((item) => item.capture) : null,
      action: text.action === null ? null : this.parts.action(text.action),
      kind: text.kind,
      invalid: only?.type === 'rule' && only.name.startsWith('invalid_'),
      soft: items[0]?.type === 'soft',
    };
  }

  private item(item: Item): Rule {
    switch (item.type) {
      case 'token':
        return matchToken(item.kind);
      case 'soft':
        return (run) => (run.kind() === Kind.Name && run.textOf(run.mark) === item.text ? run.mark++ : null);
      case 'demand': {
        const { kind, text } = item;
        return (run) => (run.kind() === kind ? run.mark++ : this.parts.missing(run, text));
      }
      case 'rule': {
        // Rules refer to each other, so the function is looked up when it first runs.
        let rule: Rule | undefined;
        const { name } = item;
        return (run) => {
          rule ??= this.rules.get(name)!;
          return rule(run);
        };
      }
      case 'cut':
        throw new Error('a cut is not an item');
      case 'ahead':
        return lookAhead(this.item(item.item), true);
      case 'not':
        return lookAhead(this.item(item.item), false);
      case 'optional': {
        const rule = this.item(item.item);
        return (run) => rule(run) ?? true;
      }
      case 'many':
        return repeat(this.item(item.item), 0);
      case 'some':
        return repeat(this.item(item.item), 1);
      case 'separated':
        return separated(this.item(item.item), item.separator);
      case 'group':
        return this.choice(item.alternatives.map((alternative) => this.alternative(alternative)));
    }
  }

  private choice(alternatives: readonly Alternative[]): Rule {
    return (run) => {
      const start = run.mark;
      const kind = run.kind();
      for (const alternative of alternatives) {
        if (alternative.first[kind] === 0 || (alternative.invalid && !run.invalid)) continue;
        const { items } = alternative;
        const parts: Part[] | null = run.building ? [] : null;
        let done = 0;
        for (; done < items.length; done++) {
          const part = items[done]!(run);
          if (part === null) break;
          if (parts !== null) parts.push(part);
        }
        if (done === items.length) {
          if (alternative.soft) run.softKeywords.push(start);
          if (parts === null && alternative.action !== null) throw new NeedsParts();
          const part = parts === null ? true : finish(run, alternative, start, parts);
          if (part === null) run.mark = start;
          return part;
        }
        run.mark = start;
        if (alternative.cut >= 0 && done >= alternative.cut) return null;
      }
      return null;
    };
  }
}

/** What an alternative gives once all its items matched, in a run that builds. */
function finish(run: Run, alternative: Alternative, start: number, parts: Part[]): Part | null {
  const { action, captures, kind } = alternative;
  if (action !== null) {
    const captured = new Map<string, Part>();
    captures?.forEach((name, i) => {
      if (name !== null) captured.set(name, parts[i]!);
    });
    return action(run, captured);
  }
  // CPython's tree has no node for the parentheses of a group.
  if (kind === 'Group') return parts[1]!;
  if (kind === null && parts.length === 1) return parts[0]!;
  return { kind: kind ?? '', first: start, last: run.mark - 1, parts };
}

function merge(into: Uint8Array, from: Uint8Array): boolean {
  let changed = false;
  for (let i = 0; i < from.length; i++) {
    if (from[i] !== 0 && into[i] === 0) {
      into[i] = 1;
      changed = true;
    }
  }
  return changed;
}

/** A function that matches one kind of token. */
export function matchToken(kind: number): Rule {
  return (run) => (run.kind() === kind ? run.mark++ : null);
}

function lookAhead(rule: Rule, wanted: boolean): Rule {
  return (run) => {
    const start = run.mark;
    const found = rule(run) !== null;
    run.mark = start;
    return found === wanted ? true : null;
  };
}

function repeat(rule: Rule, least: number): Rule {
  return (run) => {
    const parts: Part[] = [];
    let count = 0;
    for (;;) {
      const start = run.mark;
      const part = rule(run);
      if (part === null || run.mark === start) break;
      count++;
      if (run.building) parts.push(part);
    }
    return count < least ? null : parts;
  };
}

function separated(rule: Rule, separator: number): Rule {
  return (run) => {
    const first = rule(run);
    if (first === null) return null;
    const parts: Part[] = [first];
    for (;;) {
      const start = run.mark;
      if (run.kind() !== separator) break;
      run.mark++;
      const part = rule(run);
      if (part === null) {
        run.mark = start;
        break;
      }
      if (run.building) parts.push(part);
    }
    return parts;
  };
}

/** Makes a rule remember what it found where; `index` is its own place in the run's memory. */
export function remember(rule: Rule, index: number): Rule {
  return (run) => {
    const start = run.mark;
    let ends = run.memoEnds[index];
    if (ends === undefined) {
      ends = new Int32Array(run.tokens.kind.length);
      run.memoEnds[index] = ends;
      run.memoParts[index] = [];
    }
    const known = ends[start]!;
    if (known !== 0) {
      if (known < 0) return null;
      run.mark = known;
      return run.building ? run.memoParts[index]![start]! : true;
    }
    const part = rule(run);
    ends[start] = part === null ? -1 : run.mark;
    if (run.building) run.memoParts[index]![start] = part;
    return part;
  };
}
