/** Values in class bodies that are no literals, or that the program assigns to: kept in a global and in dispatch entries. */
import type { AsmOperand } from '../assembly/model.js';
import { type ClassSymbol, findClassValue } from '../program/symbols.js';
import { STACK } from './builder.js';
import type { Lowerer } from './lowerer.js';

/**
 * Stores a class value: in the global that `Class.name` reads, and in the rows of the class and of the subclasses that
 * inherit it, where instances find it.
 */
export function storeClassValue(l: Lowerer, cls: ClassSymbol, name: string, from: AsmOperand): void {
  const value = cls.values.get(name)!;
  const kept = l.hold(from);
  l.storeGlobal(cls.module, value.global!, kept);
  for (const heir of l.context.program.modules.flatMap((m) => m.classes)) {
    if (findClassValue(heir, name) !== value) continue;
    l.moveConstant({ type: 'entry', class: heir.name, attribute: name }, STACK);
    l.b.emit('DTWR', [STACK, kept]);
  }
  if (kept !== from) l.b.release(kept);
}
