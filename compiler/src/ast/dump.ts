/** Prints a tree as CPython 3.11's `ast.dump(tree, include_attributes=True, indent=2)` does. */

import type { ConstantValue, Module, Node, Positions } from './nodes.js';
import { type FieldInfo, NODE_TABLE } from './nodes-table.js';
import { reprBytes, reprComplex, reprFloat, reprString } from './repr.js';

const POSITIONS = ['lineno', 'col_offset', 'end_lineno', 'end_col_offset'] as const;

/** Prints a module. */
export function dump(module: Module): string {
  const out = new Chunks();
  dumpNode(module, 0, out);
  return out.text();
}

/** Text in the making: its many small pieces are joined from time to time, which takes a fraction of their memory. */
class Chunks {
  private pieces: string[] = [];
  private readonly joined: string[] = [];

  push(...texts: string[]): void {
    for (const text of texts) this.pieces.push(text);
    if (this.pieces.length < 10_000) return;
    this.joined.push(this.pieces.join(''));
    this.pieces = [];
  }

  text(): string {
    return this.joined.join('') + this.pieces.join('');
  }
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

/** Prints a node. A node of at most three plain values stands on one line. */
function dumpNode(node: Node, level: number, out: Chunks): void {
  const info = NODE_TABLE[node.kind];
  const values = node as unknown as Record<string, unknown>;
  const fields = info.fields.filter((field) => field.count !== 'optional' || values[field.property] !== null);
  const count = fields.length + (info.positions ? POSITIONS.length : 0);
  const isFlat = count <= 3 && fields.every((field) => isSimple(field, values[field.property]));
  const inner = level + 1;
  const separator = isFlat ? ', ' : `,\n${'  '.repeat(inner)}`;
  out.push(node.kind, isFlat ? '(' : `(\n${'  '.repeat(inner)}`);
  let isFirst = true;
  for (const field of fields) {
    if (!isFirst) out.push(separator);
    isFirst = false;
    out.push(field.name, '=');
    dumpField(field, values[field.property], inner, out);
  }
  if (info.positions) {
    for (const name of POSITIONS) {
      if (!isFirst) out.push(separator);
      isFirst = false;
      out.push(name, '=', String((node as Positions)[name]));
    }
  }
  out.push(')');
}

/** Whether a value prints without a line break: all but nodes and lists that are not empty. */
function isSimple(field: FieldInfo, value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (field.type !== 'node' || value === null) return true;
  const node = value as Node;
  // Only a node without fields and positions counts as plain.
  return NODE_TABLE[node.kind].fields.length === 0 && !NODE_TABLE[node.kind].positions;
}

function dumpField(field: FieldInfo, value: unknown, level: number, out: Chunks): void {
  if (!Array.isArray(value) || value.length === 0) {
    if (Array.isArray(value)) out.push('[]');
    else dumpValue(field, value, level, out);
    return;
  }
  const indent = '  '.repeat(level + 1);
  value.forEach((item, i) => {
    out.push(i === 0 ? `[\n${indent}` : `,\n${indent}`);
    dumpValue(field, item, level + 1, out);
  });
  out.push(']');
}

function dumpValue(field: FieldInfo, value: unknown, level: number, out: Chunks): void {
  if (value === null) out.push('None');
  else if (field.type === 'node') dumpNode(value as Node, level, out);
  else if (field.type === 'operator') out.push(`${value}()`);
  else if (field.type === 'constant') out.push(reprConstant(value as ConstantValue));
  else if (typeof value === 'string') out.push(reprString(value));
  else out.push(String(value));
}
