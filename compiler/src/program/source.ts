import type { SourceRange } from '@pysm/isa';
import { LineColumns, type Module, type Positions } from '../ast/index.js';

/** A parsed source file: text, tree, and the way from the tree's byte columns to editor columns. */
export class Source {
  readonly lines: readonly string[];
  /** By index of the line, once asked for. */
  private readonly columns: (LineColumns | undefined)[] = [];

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

  /** What is written at a node. */
  textOf(node: Positions): string {
    const { line, column, endLine, endColumn } = this.range(node);
    const lines = this.lines.slice(line - 1, endLine);
    if (lines.length > 0) lines[lines.length - 1] = lines.at(-1)!.slice(0, endColumn);
    return lines.join('\n').slice(column);
  }

  private column(line: number, bytes: number): number {
    const index = line - 1;
    let columns = this.columns[index];
    if (columns === undefined) {
      columns = new LineColumns(this.lines[index] ?? '');
      this.columns[index] = columns;
    }
    return columns.utf16(bytes);
  }
}
