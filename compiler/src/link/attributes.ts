/** What a dispatch row holds under an attribute name: inheritance, markers, and how slots and class attributes combine. */
import type { AsmAttribute, ConstantValue } from '../assembly/model.js';
import { isaMarker, type Symbols } from './symbols.js';

/** A dispatch entry before anything has an address. `value` is a constant of the linked program. */
export interface RowEntry {
  readonly kind: 'slot' | 'class value' | 'slot else class value' | 'method' | 'getter' | 'slow' | 'isa';
  /** Word offset in the instance, 0 where there is none. */
  readonly slot: number;
  readonly value: ConstantValue;
}

const NOTHING: ConstantValue = { type: 'unbound' };

const attributeValue = (attribute: AsmAttribute): ConstantValue =>
  attribute.kind === 'value' ? attribute.initial : { type: 'function', name: attribute.function };

/** The attribute that a class has or inherits, without instance slots. */
function classAttribute(symbols: Symbols, className: string, name: string): AsmAttribute | undefined {
  for (const item of symbols.ancestors(className)) {
    // A name bound twice in one class body has its last value.
    const found = item.attributes.filter((attribute) => attribute.name === name).at(-1);
    if (found) return found;
  }
  return undefined;
}

function lookUp(symbols: Symbols, className: string, name: string): RowEntry | undefined {
  const attribute = classAttribute(symbols, className, name);
  const slot = symbols.slots(className).indexOf(name) + 1;
  if (!attribute) return slot > 0 ? { kind: 'slot', slot, value: NOTHING } : undefined;
  const value = attributeValue(attribute);
  // A property wins over the instance; a method under a slot's name is decided by the runtime at each use.
  if (attribute.kind === 'getter') return { kind: 'getter', slot: 0, value };
  if (attribute.kind === 'method') return { kind: slot > 0 ? 'slow' : 'method', slot, value };
  return { kind: slot > 0 ? 'slot else class value' : 'class value', slot, value };
}

/**
 * What the row of `className` holds under `name`, undefined for a miss. Beside attributes there are the markers
 * `isa CLASS` and `super CLASS ATTRIBUTE` (see symbols.ts).
 */
export function rowEntry(symbols: Symbols, className: string, name: string): RowEntry | undefined {
  const [form, owner, attribute] = name.split(' ');
  if (owner === undefined) return lookUp(symbols, className, name);
  const ancestor = symbols.ancestors(className).find((c) => c.name === owner);
  if (!ancestor) return undefined;
  if (name === isaMarker(owner)) return { kind: 'isa', slot: 0, value: NOTHING };
  if (form === 'super' && attribute !== undefined && ancestor.base !== undefined) {
    const found = classAttribute(symbols, ancestor.base, attribute);
    if (!found) return undefined;
    const kind = found.kind === 'value' ? 'class value' : found.kind;
    return { kind, slot: 0, value: attributeValue(found) };
  }
  return undefined;
}
