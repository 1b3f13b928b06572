/** Names in annotations that Python evaluates: those of parameters and results, and of variables of modules and classes. */
import { type Expression, type Statement, walk } from '../ast/index.js';
import type { Lowerer } from './lowerer.js';

/** Reports names in the annotations of a def that are not bound where it stands. */
export function checkSignature(l: Lowerer, node: Statement & { kind: 'FunctionDef' }, inClass?: Statement): void {
  const { args } = node;
  for (const arg of [...args.posonlyargs, ...args.args, ...args.kwonlyargs])
    if (arg.annotation) checkAnnotation(l, arg.annotation, inClass ?? node);
  if (node.returns) checkAnnotation(l, node.returns, inClass ?? node);
}

/** @param within the class or def around the annotation, whose own name is bound when it ends */
export function checkAnnotation(l: Lowerer, annotation: Expression, within?: Statement): void {
  const { module } = l.scope;
  if (l.isRuntime || postponed(module.tree.body)) return;
  walk(annotation, (node) => {
    if (node.kind !== 'Name' || l.classBody?.values.has(node.id)) return;
    const meaning = l.context.resolver.globalName(node.id, module);
    if (meaning.kind === 'missing') l.report(node, 'PS2009', node.id);
    const bindings = module.globals.get(node.id)?.bindings ?? [];
    const later = bindings.every(
      ({ statement, node: at }) =>
        at === within || (statement !== undefined && l.statementIndex !== undefined && statement > l.statementIndex),
    );
    if (bindings.length > 0 && later) l.report(node, 'PS2011', node.id);
  });
}

/** Whether `from __future__ import annotations` leaves annotations unevaluated. */
const postponed = (body: readonly Statement[]): boolean =>
  body.some(
    (s) => s.kind === 'ImportFrom' && s.module === '__future__' && s.names.some((n) => n.name === 'annotations'),
  );
