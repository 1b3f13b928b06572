/** Prints a tree as CPython 3.11's `ast.dump(tree, include_attributes=True, indent=2)` does. */

import { ChunkWriter } from './chunk-writer.js';
import type { ConstantValue, Module, Node, Positions } from './nodes.js';
import { type FieldInfo, NODE_TABLE } from './nodes-table.js';
import { reprBytes, reprComplex, reprFloat, reprString } from './repr.js';

const POSITIONS = ['lineno', 'col_offset', 'end_lineno', 'end_col_offset'] as const;

/** What of the tree is being printed: a node's fields or a list's items, each with how many of them are done. */
type Frame =
  | {
      readonly of: 'node';
      readonly node: Node;
      readonly fields: readonly FieldInfo[];
      readonly level: number;
      done: number;
    }
  | {
      readonly of: 'list';
      readonly field: FieldInfo;
      readonly items: readonly unknown[];
      readonly level: number;
      done: number;
    };

/**
 * Prints a module, as pieces of UTF-8. The text is far longer than the source (up to some thousand times: each level of
 * nesting indents further), so that it never stands in memory as a whole.
 */
export function* dump(module: Module): Generator<Uint8Array, void, undefined> {
  const dumper = new Dumper(module);
  while (dumper.step()) {
    const chunk = dumper.out.takeIfFull();
    if (chunk) yield chunk;
  }
  yield dumper.out.take();
}

/** Prints the value of a literal as Python's `repr` does. */
export function reprConstant(value: ConstantValue): string {
  switch (value.type) {
    case 'int':
      return String(value.value);
    case 'float':
      return reprFloat(value.value);
    case 'complex':
      return reprComplex(value.imag);
    case 'str':
      return reprString(value.value);
    case 'bytes':
      return reprBytes(value.value);
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'None':
      return 'None';
    case 'Ellipsis':
      return 'Ellipsis';
  }
}

/** The walk over a tree, one field or list item a step. It keeps its own stack: the steps can stop between any two. */
class Dumper {
  readonly out = new ChunkWriter();
  private readonly frames: Frame[] = [];

  constructor(module: Module) {
    this.startNode(module, 0);
  }

  /** Prints the next piece. Returns false when all is printed. */
  step(): boolean {
    const frame = this.frames[this.frames.length - 1];
    if (frame === undefined) return false;
    if (frame.of === 'node') this.nextField(frame);
    else this.nextItem(frame);
    return true;
  }

  /** Prints a node up to its first field. A node of at most three plain values stands on one line: all of it is printed. */
  private startNode(node: Node, level: number): void {
    const { out } = this;
    const info = NODE_TABLE[node.kind];
    const fields = presentFields(node, info.fields);
    out.text(node.kind);
    out.text('(');
    if (!info.positions && fields.length <= 3 && fields.every((field) => isSimple(field, fieldValue(node, field)))) {
      fields.forEach((field, i) => {
        if (i > 0) out.text(', ');
        this.name(field);
        this.plain(field, fieldValue(node, field));
      });
      out.text(')');
      return;
    }
    this.frames.push({ of: 'node', node, fields, level: level + 1, done: 0 });
  }

  private nextField(frame: Frame & { of: 'node' }): void {
    const { out } = this;
    const { node, fields, level } = frame;
    const field = fields[frame.done];
    if (field === undefined) {
      if (NODE_TABLE[node.kind].positions) this.positions(node as Positions, level, frame.done === 0);
      out.text(')');
      this.frames.pop();
      return;
    }
    this.separate(level, frame.done++ === 0);
    this.name(field);
    const value = fieldValue(node, field);
    if (!Array.isArray(value)) this.value(field, value, level);
    else if (value.length === 0) out.text('[]');
    else {
      out.text('[');
      this.frames.push({ of: 'list', field, items: value, level: level + 1, done: 0 });
    }
  }

  private nextItem(frame: Frame & { of: 'list' }): void {
    const { items, level } = frame;
    if (frame.done === items.length) {
      this.out.text(']');
      this.frames.pop();
      return;
    }
    this.separate(level, frame.done === 0);
    this.value(frame.field, items[frame.done++], level);
  }

  private positions(node: Positions, level: number, isFirst: boolean): void {
    let isNext = !isFirst;
    for (const name of POSITIONS) {
      this.separate(level, !isNext);
      isNext = true;
      this.out.text(name);
      this.out.text('=');
      this.out.text(String(node[name]));
    }
  }

  private separate(level: number, isFirst: boolean): void {
    this.out.text(isFirst ? '\n' : ',\n');
    this.out.blanks(2 * level);
  }

  private name(field: FieldInfo): void {
    this.out.text(field.name);
    this.out.text('=');
  }

  private value(field: FieldInfo, value: unknown, level: number): void {
    if (field.type === 'node' && value !== null) this.startNode(value as Node, level);
    else this.plain(field, value);
  }

  /** Prints a value that is no node, or a node or list without anything in it. */
  private plain(field: FieldInfo, value: unknown): void {
    const { out } = this;
    if (value === null) out.text('None');
    else if (Array.isArray(value)) out.text('[]');
    else if (field.type === 'operator') out.text(`${value}()`);
    else if (field.type === 'constant') out.text(reprConstant(value as ConstantValue));
    else if (typeof value === 'string') out.text(reprString(value));
    else out.text(String(value));
  }
}

const fieldValue = (node: Node, field: FieldInfo): unknown =>
  (node as unknown as Record<string, unknown>)[field.property];

/** The fields that are printed: an optional one only where it has a value. */
function presentFields(node: Node, fields: readonly FieldInfo[]): readonly FieldInfo[] {
  const isAbsent = (field: FieldInfo): boolean => field.count === 'optional' && fieldValue(node, field) === null;
  return fields.some(isAbsent) ? fields.filter((field) => !isAbsent(field)) : fields;
}

/** Whether a value prints without a line break: all but nodes and lists that are not empty. */
function isSimple(field: FieldInfo, value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return field.type !== 'node' || value === null;
}
