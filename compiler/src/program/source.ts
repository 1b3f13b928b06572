import type { SourceRange } from '@pysm/isa';
import { type Module, type Positions, utf16Column } from '../ast/index.js';

/** A parsed source file: text, tree, and the way from the tree's byte columns to editor columns. */
export class Source {
  readonly lines: readonly string[];

  constructor(
    readonly path: string,
    readonly text: string,
    readonly tree: Module,
  ) {
    this.lines = text.split(/\r\n|\r|\n/);
  }

  /** Range of a node in editor columns. */
  range(node: Positions): SourceRange {
    return {
      line: node.lineno,
      column: this.column(node.lineno, node.col_offset),
      endLine: node.end_lineno,
      endColumn: this.column(node.end_lineno, node.end_col_offset),
    };
  }

  private column(line: number, bytes: number): number {
    return utf16Column(this.lines[line - 1] ?? '', bytes);
  }
}
