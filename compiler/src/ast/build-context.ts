/** What the builders of the tree share: sources, positions, and how they give up on a statement. */

import type { CstNode } from './cst.js';
import type { Expression, Positions } from './nodes.js';
import type { NormalText } from './normalize.js';
import type { Source } from './source.js';

/** Thrown where a statement cannot be built; the statement is then left out. */
export class Hole extends Error {}

/** Thrown where a tree would be deeper than its users could walk with recursive functions. */
export class TooDeep extends Error {}

/** The greatest depth of expressions and statements, in nodes. CPython's own limit is near 3,000. */
export const MAX_DEPTH = 1000;

/** What is common to a file and the expressions of its f-strings. */
export interface Shared {
  stars: NormalText['stars'];
  /** The tree and the base offset of each f-string expression. */
  fields: ReadonlyMap<Source, { node: CstNode; base: number }>;
}

/** The text that a builder works on. Offsets of tree nodes count from the start of the normalised text. */
export class BuildContext {
  depth = 0;

  constructor(
    readonly source: Source,
    readonly base: number,
    readonly shared: Shared,
  ) {}

  /** The text of a node as it was written. */
  text(node: CstNode): string {
    return this.source.text.slice(node.start - this.base, node.end - this.base);
  }

  /** The positions of a stretch of the normalised text. */
  span(start: number, end: number): Positions {
    const from = this.source.position(start - this.base);
    const to = this.source.position(end - this.base);
    return { lineno: from.line, col_offset: from.column, end_lineno: to.line, end_col_offset: to.column };
  }

  positions(node: CstNode): Positions {
    return this.span(node.start, node.end);
  }

  /** Where the star stood that was taken out before a node, or -1. */
  starBefore(node: CstNode): number {
    return this.shared.stars.get(node.start) ?? -1;
  }

  /** Where a node starts, with the star that was taken out before it. */
  startOf(node: CstNode): number {
    const star = this.starBefore(node);
    return star < 0 ? node.start : star;
  }

  /** Steps one level down; `leave` steps up again. */
  enter(levels = 1): void {
    this.depth += levels;
    if (this.depth > MAX_DEPTH) throw new TooDeep();
  }

  leave(levels = 1): void {
    this.depth -= levels;
  }
}

/** From the start of one positioned thing to the end of another. */
export function between(from: Positions, to: Positions): Positions {
  return {
    lineno: from.lineno,
    col_offset: from.col_offset,
    end_lineno: to.end_lineno,
    end_col_offset: to.end_col_offset,
  };
}

/** An identifier in the form in which Python compares names. */
export function identifier(b: BuildContext, node: CstNode): string {
  const text = b.text(node);
  return /[\u0080-\uffff]/.test(text) ? text.normalize('NFKC') : text;
}

/** The children without punctuation of the given spellings. */
export function without(node: CstNode, ...spellings: string[]): CstNode[] {
  return node.children.filter((child) => !spellings.includes(child.type));
}

/** The only child that is not one of the given spellings. */
export function only(node: CstNode, ...spellings: string[]): CstNode {
  const children = without(node, ...spellings);
  if (children.length !== 1) throw new Hole();
  return children[0]!;
}

/** A node that must be there. */
export function required<T>(node: T | null | undefined): T {
  if (node === null || node === undefined) throw new Hole();
  return node;
}

/** The tuple of what a list of nodes, commas included, was built to. */
export function tupleOf(b: BuildContext, nodes: readonly CstNode[], elts: Expression[]): Expression {
  const last = required(nodes[nodes.length - 1]);
  return { kind: 'Tuple', elts, ctx: 'Load', ...b.span(b.startOf(required(nodes[0])), last.end) };
}
