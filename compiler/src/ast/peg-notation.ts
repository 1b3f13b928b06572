/** Reads the notation of `grammar.ts` and `grammar-errors.ts`. */

import { fixedKind, Kind } from './tokens.js';

/** One item of an alternative. `capture` is the name before `=`. */
export type Item = { capture: string | null } & (
  | { type: 'token'; kind: number }
  | { type: 'demand'; kind: number; text: string }
  | { type: 'soft'; text: string }
  | { type: 'rule'; name: string }
  | { type: 'cut' }
  | { type: 'ahead' | 'not' | 'optional' | 'many' | 'some'; item: Item }
  | { type: 'separated'; item: Item; separator: number }
  | { type: 'group'; alternatives: AlternativeText[] }
);

/** One alternative of a rule, with what stands after `=>` and `->`. */
export interface AlternativeText {
  items: Item[];
  kind: string | null;
  action: string | null;
}

/** One rule. */
export interface RuleText {
  name: string;
  memo: boolean;
  alternatives: AlternativeText[];
}

const SYMBOL = /\s*('[^']+'|"[^"]+"|[A-Za-z_]\w*(?==[^>=])|[A-Za-z_]\w*|=>|@=|[=|?*+%&!~^()])/y;
const RULE_START = /^(?=[a-z_]+ @?= )/m;

/** Reads a grammar. Rules start at the beginning of a line. */
export function parseGrammar(source: string): RuleText[] {
  return source
    .split(RULE_START)
    .filter((text) => /\S/.test(text))
    .map((text) => new RuleReader(text).read());
}

class RuleReader {
  private at = 0;

  constructor(private readonly text: string) {}

  read(): RuleText {
    const name = this.next();
    const memo = this.next() === '@=';
    const alternatives = this.alternatives();
    if (this.text.slice(this.at).trim() !== '') throw new Error(`cannot read the rule ${this.text}`);
    return { name, memo, alternatives };
  }

  private peek(): string {
    SYMBOL.lastIndex = this.at;
    return SYMBOL.exec(this.text)?.[1] ?? '';
  }

  private next(): string {
    SYMBOL.lastIndex = this.at;
    const match = SYMBOL.exec(this.text);
    if (match === null) throw new Error(`cannot read the rule ${this.text}`);
    this.at = SYMBOL.lastIndex;
    return match[1]!;
  }

  private accept(symbol: string): boolean {
    if (this.peek() !== symbol) return false;
    this.next();
    return true;
  }

  private alternatives(): AlternativeText[] {
    const alternatives = [this.alternative()];
    while (this.accept('|')) alternatives.push(this.alternative());
    return alternatives;
  }

  private alternative(): AlternativeText {
    const items: Item[] = [];
    for (;;) {
      const symbol = this.peek();
      if (symbol === '' || symbol === '|' || symbol === ')' || symbol === '=>') break;
      items.push(this.item());
    }
    const kind = this.accept('=>') ? this.next() : null;
    return { items, kind, action: this.action() };
  }

  /** What stands after `->`, to the end of its line. */
  private action(): string | null {
    const match = /^\s*->[ ]*(.*)/.exec(this.text.slice(this.at));
    if (match === null) return null;
    this.at += match[0].length;
    return match[1]!.trim();
  }

  private item(): Item {
    const capture = /^\s*([a-z])=(?![>=])/.exec(this.text.slice(this.at));
    if (capture !== null) {
      this.at += capture[0].length;
      return { ...this.item(), capture: capture[1]! };
    }
    let item = this.atom();
    for (;;) {
      if (this.accept('?')) item = { type: 'optional', item, capture: null };
      else if (this.accept('*')) item = { type: 'many', item, capture: null };
      else if (this.accept('+')) item = { type: 'some', item, capture: null };
      else if (this.accept('%')) {
        item = { type: 'separated', item, separator: fixedKind(this.next().slice(1, -1)), capture: null };
      } else return item;
    }
  }

  private atom(): Item {
    const symbol = this.next();
    if (symbol === '(') {
      const alternatives = this.alternatives();
      this.next();
      return { type: 'group', alternatives, capture: null };
    }
    if (symbol === '~') return { type: 'cut', capture: null };
    if (symbol === '&') return { type: 'ahead', item: this.atom(), capture: null };
    if (symbol === '!') return { type: 'not', item: this.atom(), capture: null };
    if (symbol === '^') {
      const text = this.next().slice(1, -1);
      return { type: 'demand', kind: fixedKind(text), text, capture: null };
    }
    if (symbol.startsWith("'")) return { type: 'token', kind: fixedKind(symbol.slice(1, -1)), capture: null };
    if (symbol.startsWith('"')) return { type: 'soft', text: symbol.slice(1, -1), capture: null };
    if (symbol in Kind) return { type: 'token', kind: Kind[symbol as keyof typeof Kind], capture: null };
    return { type: 'rule', name: symbol, capture: null };
  }
}
