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
 */
export function* readChildren(tree: Tree): Generator<CstNode> {
  const hasErrors = tree.rootNode.hasError;
  const cursor = tree.walk();
  if (cursor.gotoFirstChild()) {
    do yield readSubtree(cursor, tree.language, hasErrors);
    while (cursor.gotoNextSibling());
  }
  cursor.delete();
}

function readSubtree(cursor: TreeCursor, { types, fields }: Language, hasErrors: boolean): CstNode {
  const read = (): CstNode & { children: CstNode[] } => {
    const isMissing = hasErrors && cursor.nodeIsMissing;
    return {
      type: isMissing ? ERROR_TYPE : (types[cursor.nodeTypeId] ?? ERROR_TYPE),
      field: fields[cursor.currentFieldId] ?? null,
      start: cursor.startIndex,
      end: cursor.endIndex,
      children: NO_CHILDREN,
    };
  };
  const root = read();
  const parents = [root];
  let isNew = true;
  for (;;) {
    if (isNew && cursor.gotoFirstChild()) {
      const node = read();
      parents[parents.length - 1]!.children = [node];
      parents.push(node);
      continue;
    }
    if (parents.length === 1) return root;
    parents.pop();
    if (cursor.gotoNextSibling()) {
      const node = read();
      parents[parents.length - 1]!.children.push(node);
      parents.push(node);
      isNew = true;
    } else {
      cursor.gotoParent();
      isNew = false;
    }
  }
}

/** The first child in a field, or null. */
export function childInField(node: CstNode, field: string): CstNode | null {
  for (const child of node.children) if (child.field === field) return child;
  return null;
}
