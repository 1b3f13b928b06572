/**
 * Private names: in a class body `__name` stands for `_Class__name`, wherever the body uses it as an identifier. The names
 * of defs stay as they are written, because tracebacks show them; {@link privateName} gives what they bind.
 */
import { type ClassDef, type Module, NODE_TABLE, type Node, walk } from '../ast/index.js';

/** What an identifier stands for in the body of the class `cls`; Python leaves `__dunder__` names and dotted names alone. */
export function privateName(name: string, cls: string): string {
  const owner = cls.replace(/^_+/, '');
  return owner !== '' && isPrivate(name) ? `_${owner}${name}` : name;
}

const isPrivate = (name: string): boolean => name.startsWith('__') && !name.endsWith('__') && !name.includes('.');

/** A module with the private names in its class bodies replaced; the module itself where it has none. */
export function replacePrivateNames(module: Module): Module {
  const classes = new Map<Node, Node>();
  walk(module, (node) => {
    if (node.kind !== 'ClassDef') return true;
    if (mentionsPrivateName(node)) classes.set(node, copy(node, undefined));
    return false;
  });
  return classes.size === 0 ? module : (replaceNodes(module, classes) as Module);
}

/** Fields that Python replaces private names in. Keywords of calls are none of them. */
const RENAMED: Readonly<Partial<Record<Node['kind'], readonly string[]>>> = {
  Name: ['id'],
  Attribute: ['attr'],
  arg: ['arg'],
  Global: ['names'],
  Nonlocal: ['names'],
  alias: ['name', 'asname'],
};

function mentionsPrivateName(cls: ClassDef): boolean {
  let found = false;
  walk(cls, (node) => {
    for (const field of RENAMED[node.kind] ?? []) {
      const value = (node as unknown as Record<string, string | readonly string[] | null>)[field];
      for (const name of Array.isArray(value) ? value : [value]) found ||= name !== null && isPrivate(name);
    }
    return !found;
  });
  return found;
}

/** Copy of a tree; private names are replaced by those of the innermost class around them. */
function copy(node: Node, cls: string | undefined): Node {
  const rename = (value: unknown): unknown => {
    if (cls === undefined) return value;
    if (Array.isArray(value)) return value.map((name: string) => privateName(name, cls));
    return typeof value === 'string' ? privateName(value, cls) : value;
  };
  const result: Record<string, unknown> = { ...node };
  for (const { property, type } of NODE_TABLE[node.kind].fields) {
    // Bases, keywords and decorators of a class stand outside of its body.
    const inside = node.kind === 'ClassDef' && property === 'body' ? node.name : cls;
    if (type === 'node') result[property] = mapNodes(result[property], (child) => copy(child, inside));
    else if (RENAMED[node.kind]?.includes(property)) result[property] = rename(result[property]);
  }
  return result as unknown as Node;
}

/** The tree with some of its nodes replaced; what is not on the way to one of them is shared. */
function replaceNodes(node: Node, replaced: ReadonlyMap<Node, Node>): Node {
  const result: Record<string, unknown> = { ...node };
  for (const { property, type } of NODE_TABLE[node.kind].fields) {
    if (type !== 'node') continue;
    result[property] = mapNodes(result[property], (child) => {
      const other = replaced.get(child);
      if (other) return other;
      return BLOCKS.has(child.kind) ? replaceNodes(child, replaced) : child;
    });
  }
  return result as unknown as Node;
}

/** Nodes that may hold a class: defs and the statements with blocks. */
const BLOCKS: ReadonlySet<Node['kind']> = new Set([
  'FunctionDef',
  'AsyncFunctionDef',
  'If',
  'For',
  'AsyncFor',
  'While',
  'Try',
  'TryStar',
  'ExceptHandler',
  'With',
  'AsyncWith',
  'Match',
  'match_case',
]);

function mapNodes(value: unknown, map: (child: Node) => Node): unknown {
  if (Array.isArray(value)) return value.map((child: Node | null) => (child === null ? null : map(child)));
  return value ? map(value as Node) : value;
}
