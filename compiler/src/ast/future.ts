/** `from __future__ import`: only at the start of a file, and only what there is. */

import type { Module, Node, Statement } from './nodes.js';
import { SymbolFault } from './symbol-fault.js';

const FEATURES = new Set([
  'nested_scopes',
  'generators',
  'division',
  'absolute_import',
  'with_statement',
  'print_function',
  'unicode_literals',
  'barry_as_FLUFL',
  'generator_stop',
  'annotations',
]);

/** Checks the placement and the names of a module's future imports. */
export function checkFuture(module: Module): void {
  let isStart = true;
  module.body.forEach((statement, i) => {
    if (isFuture(statement)) {
      if (!isStart) throw misplaced(statement);
      for (const alias of statement.names) {
        if (FEATURES.has(alias.name)) continue;
        const message = alias.name === 'braces' ? 'not a chance' : `future feature ${alias.name} is not defined`;
        throw new SymbolFault(message, statement);
      }
    } else if (!(i === 0 && isDocstring(statement))) isStart = false;
  });
}

/** Reports a future import that is not at the start of the file. */
export function misplaced(statement: Statement): SymbolFault {
  return new SymbolFault('from __future__ imports must occur at the beginning of the file', statement);
}

/** Whether a statement imports from `__future__`. */
export function isFuture(node: Node): node is Extract<Statement, { kind: 'ImportFrom' }> {
  return node.kind === 'ImportFrom' && node.module === '__future__' && node.level === 0;
}

function isDocstring(statement: Statement): boolean {
  if (statement.kind !== 'Expr' || statement.value.kind !== 'Constant') return false;
  return statement.value.value.type === 'str';
}
