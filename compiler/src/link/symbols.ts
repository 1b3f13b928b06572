/** Names of a program: functions, classes and globals, each with where it comes from. */
import type { AsmClass, AsmModule, AsmProgram } from '../assembly/model.js';
import type { Placed, Problems } from './problems.js';

export interface PlacedFunction extends Placed {
  readonly module: AsmModule;
}

export interface GlobalName {
  readonly module: string;
  readonly name: string;
}

/** Globals that the linker itself fills with tuples of names, by index in the globals RAM and by attribute number. */
export const GLOBAL_NAMES = '_linker.global_names';
export const ATTRIBUTE_NAMES = '_linker.attribute_names';
/** By FUNC.id: a tuple of the qualified name and the parameters' names; None for functions of the runtime. */
export const FUNCTION_NAMES = '_linker.function_names';

/** Attribute name of the ISA marker of a class: every row of the class and its subclasses holds it. */
export const isaMarker = (className: string): string => `isa ${className}`;
/** Attribute name of `super().attribute` in methods of a class: what the class's base has under the name. */
export const superAttribute = (className: string, attribute: string): string => `super ${className} ${attribute}`;

export class Symbols {
  readonly functions = new Map<string, PlacedFunction>();
  readonly classes = new Map<string, AsmClass>();
  readonly globals = new Map<string, GlobalName>([
    [GLOBAL_NAMES, { module: '_linker', name: 'global_names' }],
    [ATTRIBUTE_NAMES, { module: '_linker', name: 'attribute_names' }],
    [FUNCTION_NAMES, { module: '_linker', name: 'function_names' }],
  ]);
  readonly #ancestors = new Map<string, readonly AsmClass[]>();

  constructor(program: AsmProgram, problems: Problems) {
    for (const module of program.modules) {
      for (const fn of module.functions) {
        const placed = { fn, module, path: module.path };
        if (this.functions.has(fn.name)) problems.add(`function ${fn.name} is defined twice`, placed);
        else this.functions.set(fn.name, placed);
      }
      for (const item of module.classes) {
        if (this.classes.has(item.name)) {
          problems.list.push({ message: `class ${item.name} is defined twice`, path: module.path });
        } else this.classes.set(item.name, item);
      }
      for (const name of module.globals) this.globals.set(`${module.name}.${name}`, { module: module.name, name });
    }
    for (const item of this.classes.values()) {
      const chain: AsmClass[] = [];
      for (let c: AsmClass | undefined = item; c; c = c.base === undefined ? undefined : this.classes.get(c.base)) {
        if (chain.includes(c)) {
          problems.add(`class ${item.name} inherits from itself`);
          break;
        }
        if (c.base !== undefined && !this.classes.has(c.base)) {
          problems.add(`class ${c.name} has the base ${c.base}, which does not exist`);
        }
        chain.push(c);
      }
      this.#ancestors.set(item.name, chain);
    }
  }

  /** The class and its bases, most derived first. */
  ancestors(name: string): readonly AsmClass[] {
    return this.#ancestors.get(name) ?? [];
  }

  /** Names of all instance slots of a class, its base's first; slot numbers begin at 1, behind the header. */
  slots(name: string): readonly string[] {
    return [...this.ancestors(name)].reverse().flatMap((c) => c.slots);
  }
}
