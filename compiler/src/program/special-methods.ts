/**
 * Special methods whose order of asking the runtime cannot follow: where the right operand's class derives from the left
 * one's and has its own version of the reflected method, Python asks the right operand first. The runtime asks the left
 * one, so a class for which that would matter is refused.
 */
import type { Diagnostics } from '../diagnostics/report.js';
import type { ClassSymbol, ProgramSymbols } from './symbols.js';

const ARITHMETIC = ['add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'pow', 'and', 'or', 'xor', 'lshift', 'rshift'];

/** Method that the left operand is asked for, by the reflected method of the right one. */
const FORWARD: ReadonlyMap<string, string> = new Map([
  ...ARITHMETIC.map((name): [string, string] => [`__r${name}__`, `__${name}__`]),
  ['__gt__', '__lt__'],
  ['__lt__', '__gt__'],
  ['__ge__', '__le__'],
  ['__le__', '__ge__'],
  ['__eq__', '__eq__'],
  ['__ne__', '__ne__'],
]);

export function checkSpecialMethods(program: ProgramSymbols, diagnostics: Diagnostics): void {
  for (const module of program.modules) {
    if (module.runtime) continue;
    for (const cls of module.classes) {
      for (const [name, method] of cls.methods) {
        const forward = FORWARD.get(name);
        const base = forward && ancestorWith(cls, forward);
        if (base && method.node) {
          const place = { path: module.source.path, range: module.source.range(method.node) };
          diagnostics.report('PS3009', place, name, base.pythonName, forward);
        }
      }
    }
  }
}

function ancestorWith(cls: ClassSymbol, name: string): ClassSymbol | undefined {
  for (let c = cls.base; c; c = c.base) if (c.methods.has(name)) return c;
  return undefined;
}
