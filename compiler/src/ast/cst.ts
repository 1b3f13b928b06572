/** tree-sitter's tree, copied into plain objects in one walk: reading it node by node would cross into WebAssembly. */

import type { Language, Tree, TreeCursor } from 'web-tree-sitter';

/** A node of the concrete tree. Offsets are in UTF-16 units. */
export interface CstNode {
  /** The node's type in tree-sitter's grammar; for punctuation and keywords, their spelling. */
  type: string;
  /** The field of its parent that holds it, or null. */
  field: string | null;
  start: number;
  end: number;
  children: readonly CstNode[];
}

const NO_CHILDREN: CstNode[] = [];

/** The name that nodes get where the parser had to guess. */
export const ERROR_TYPE = 'ERROR';

/**
 * Copies a tree, one child of its root at a time. The caller should drop each before it asks for the next: all of them
 * together take much memory.
 *
 * @param base what is added to all offsets
 */
export function* readChildren(tree: Tree, base: number): Generator<CstNode> {
  const hasErrors = tree.rootNode.hasError;
  const cursor = tree.walk();
  try {
    if (!cursor.gotoFirstChild()) return;
    do yield readSubtree(cursor, tree.language, base, hasErrors);
    while (cursor.gotoNextSibling());
  } finally {
    cursor.delete();
  }
}

function readSubtree(cursor: TreeCursor, { types, fields }: Language, base: number, hasErrors: boolean): CstNode {
  const read = (): CstNode => {
    const isMissing = hasErrors && cursor.nodeIsMissing;
    return {
      type: isMissing ? ERROR_TYPE : (types[cursor.nodeTypeId] ?? ERROR_TYPE),
      field: fields[cursor.currentFieldId] ?? null,
      start: base + cursor.startIndex,
      end: base + cursor.endIndex,
      children: NO_CHILDREN,
    };
  };
  const root = read();
  // Children that were read and whose parents are not complete, and where those of each open parent begin.
  const nodes = [root];
  const firsts: number[] = [];
  for (;;) {
    if (cursor.gotoFirstChild()) {
      firsts.push(nodes.length);
      nodes.push(read());
      continue;
    }
    while (firsts.length > 0 && !cursor.gotoNextSibling()) {
      const first = firsts.pop()!;
      // A copy of just the size: arrays that grow by one keep room for many more.
      nodes[first - 1]!.children = nodes.slice(first);
      nodes.length = first;
      cursor.gotoParent();
    }
    if (firsts.length === 0) return root;
    nodes.push(read());
  }
}

/** The first child in a field, or null. */
export function childInField(node: CstNode, field: string): CstNode | null {
  for (const child of node.children) if (child.field === field) return child;
  return null;
}
