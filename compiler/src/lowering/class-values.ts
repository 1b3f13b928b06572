/** Values in class bodies that are no literals, or that the program assigns to: kept in a global and in dispatch entries. */
import type { AsmOperand } from '../assembly/model.js';
import type { Positions } from '../ast/index.js';
import { type ClassSymbol, findClassValue } from '../program/symbols.js';
import { labelRef, NONE, STACK } from './builder.js';
import type { Lowerer } from './lowerer.js';

/**
 * Stores a class value: in the global that `Class.name` reads, and in the rows of the class and of the subclasses that
 * inherit it, where instances find it. A function would be a method there, which such an entry cannot become, so it is
 * refused when the program runs.
 * @param mayBeFunction whether the value may be a function
 */
export function storeClassValue(
  l: Lowerer,
  cls: ClassSymbol,
  name: string,
  from: AsmOperand,
  mayBeFunction: boolean,
): void {
  const value = cls.values.get(name)!;
  const kept = l.hold(from);
  if (mayBeFunction) {
    const refused = l.b.label('function');
    l.b.emit('BTAG', [kept, { kind: 'tag', name: 'FUNC' }, labelRef(refused)]);
    l.b.defer(() => {
      l.b.place(refused);
      l.callRuntime('raise_function_in_class', 0, true);
      l.b.emit('RET', [NONE]);
    });
  }
  l.storeGlobal(cls.module, value.global!, kept);
  for (const heir of l.context.program.modules.flatMap((m) => m.classes)) {
    if (findClassValue(heir, name) !== value) continue;
    l.moveConstant({ type: 'entry', class: heir.name, attribute: name }, STACK);
    l.b.emit('DTWR', [STACK, kept]);
  }
  if (kept !== from) l.b.release(kept);
}

/** Reports a function that is stored as a class value where that can be seen. */
export function reportFunctionInClass(l: Lowerer, node: Positions): void {
  l.report(node, 'PS1029', 'a function as a class value', 'Define a method that calls the function.');
}
