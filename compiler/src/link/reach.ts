/**
 * What a program reaches from its start: the only things that are linked.
 *
 * A function is reached through calls, constants, defaults, dispatch rows and trap vectors. A method is in a row only
 * where a reached instruction names it; a trap handler is linked only where a reached instruction can raise its trap.
 * Each of these makes more reachable, so the search runs until nothing is added.
 */
import type { Instruction } from '@pysm/isa';
import { defaultInstructions } from '../assembly/entry.js';
import { type AsmClass, type AsmInstruction, type AsmItem, type ConstantValue, isLabel } from '../assembly/model.js';
import { loweredItems } from '../assembly/relax.js';
import { SelectError, select } from '../assembly/select.js';
import { type RowEntry, rowEntry } from './attributes.js';
import type { Problems } from './problems.js';
import { ATTRIBUTE_NAMES, FUNCTION_NAMES, GLOBAL_NAMES, type PlacedFunction, type Symbols } from './symbols.js';
import { type Handler, handlersByOperation } from './vectors.js';

/** A reached function: its instructions as they will be encoded, each with its row of the table. */
export interface ReachedFunction extends PlacedFunction {
  /** From the entry on: prologue and relaxed body. */
  readonly items: readonly AsmItem[];
  /** Instructions before the entry that fill missing arguments. */
  readonly defaults: readonly AsmInstruction[];
  readonly forms: ReadonlyMap<AsmInstruction, Instruction>;
}

export interface Reached {
  /** In the order in which they were reached; the start function first. */
  readonly functions: ReadonlyMap<string, ReachedFunction>;
  /** Classes with a dispatch row. */
  readonly classes: readonly AsmClass[];
  /** Classes whose CLASS word the program can call, so whose constructor is linked. */
  readonly called: ReadonlySet<string>;
  /** Attribute names used; true where a message may have to show the name. */
  readonly attributes: ReadonlyMap<string, boolean>;
  /** Globals that LDG loads, so whose names a NameError may have to show. */
  readonly loadedGlobals: ReadonlySet<string>;
  /** Dispatch rows: entries by class and attribute name, reserved attributes apart. */
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, RowEntry>>;
  /** All trap handlers of the program by operation, reached or not. */
  readonly handlers: ReadonlyMap<string, readonly Handler[]>;
}

/** Attribute instructions whose failure names the attribute. */
const NAMING = new Set(['LDA', 'STA', 'DELA', 'CALLM']);

/** What is reached from `start`; `also` names further functions to reach, for analyses of code that nothing calls yet. */
export function reach(symbols: Symbols, start: string, problems: Problems, also: readonly string[] = []): Reached {
  const functions = new Map<string, ReachedFunction>();
  const classes = new Set<AsmClass>();
  const called = new Set<string>();
  const attributes = new Map<string, boolean>();
  const loadedGlobals = new Set<string>();
  const rows = new Map<string, Map<string, RowEntry>>();
  const handlers = handlersByOperation(symbols, problems);
  const operations = new Set<string>();
  const pending = new Set<PlacedFunction>();

  const reachFunction = (name: string, from?: PlacedFunction): void => {
    const target = symbols.functions.get(name);
    if (!target) problems.add(`there is no function ${name}`, from);
    else if (!functions.has(name)) pending.add(target);
  };
  const reachClass = (name: string, asValue: boolean, from: PlacedFunction | undefined): void => {
    const item = symbols.classes.get(name);
    if (!item) {
      problems.add(`there is no class ${name}`, from);
      return;
    }
    classes.add(item);
    if (asValue && !called.has(name)) {
      called.add(name);
      if (item.constructor_ !== undefined) reachFunction(item.constructor_);
    }
  };
  const reachConstant = (value: ConstantValue, from: PlacedFunction | undefined): void => {
    if (value.type === 'function') reachFunction(value.name, from);
    if (value.type === 'class') reachClass(value.name, true, from);
    if (value.type === 'tuple') for (const item of value.items) reachConstant(item, from);
  };
  const reachOperation = (operation: string): void => {
    if (operations.has(operation)) return;
    operations.add(operation);
    for (const handler of handlers.get(operation) ?? []) reachFunction(handler.function);
  };

  const scan = (instruction: AsmInstruction, form: Instruction, from: PlacedFunction): void => {
    for (const trap of form.traps) {
      reachOperation(trap.operation === 'SYSTEM' ? `SYSTEM ${trap.cause}` : trap.operation);
    }
    for (const operand of instruction.operands) {
      switch (operand.kind) {
        case 'function':
          reachFunction(operand.name, from);
          break;
        case 'constant':
          // NEW makes an instance without calling the class.
          if (operand.value.type === 'class') reachClass(operand.value.name, form.mnemonic !== 'NEW', from);
          else reachConstant(operand.value, from);
          break;
        case 'attribute':
          attributes.set(operand.name, attributes.get(operand.name) === true || NAMING.has(form.mnemonic));
          break;
        case 'global':
          if (!symbols.globals.has(operand.name)) problems.add(`there is no global ${operand.name}`, from);
          else if (form.mnemonic === 'LDG') loadedGlobals.add(operand.name);
          break;
        default:
          break;
      }
    }
  };

  const open = (placed: PlacedFunction): void => {
    const forms = new Map<AsmInstruction, Instruction>();
    let items: readonly AsmItem[] = [];
    const defaults = defaultInstructions(placed.fn);
    try {
      items = loweredItems(placed.fn);
    } catch (error) {
      if (!(error instanceof SelectError)) throw error;
      // The loop below meets the same instruction and says where it is.
      items = placed.fn.items;
    }
    functions.set(placed.fn.name, { ...placed, items, defaults, forms });
    [...defaults, ...items].forEach((item, index) => {
      if (isLabel(item)) return;
      try {
        const form = select(item);
        forms.set(item, form);
        scan(item, form, placed);
      } catch (error) {
        if (!(error instanceof SelectError)) throw error;
        problems.instruction(placed, index, item, error.message);
      }
    });
  };

  /** Fills the rows of all classes with what is used by now. */
  const fillRows = (): void => {
    for (const item of classes) {
      const row = rows.get(item.name) ?? new Map<string, RowEntry>();
      rows.set(item.name, row);
      if (attributes.has('__class__')) reachClass(item.name, true, undefined);
      for (const name of attributes.keys()) {
        if (row.has(name) || name === '__class__' || name === '__name__') continue;
        const entry = rowEntry(symbols, item.name, name);
        if (!entry) continue;
        row.set(name, entry);
        reachConstant(entry.value, undefined);
      }
    }
  };

  reachFunction(start);
  for (const name of also) reachFunction(name);
  // Any call and any trap can meet the end of the stack.
  reachOperation('SYSTEM STACK');
  for (const { fn } of symbols.functions.values()) if (fn.interrupt !== undefined) reachFunction(fn.name);
  for (const item of symbols.classes.values()) if (item.tags.length > 0) classes.add(item);
  for (;;) {
    // What is added meanwhile comes in the same round.
    for (const next of pending) {
      pending.delete(next);
      open(next);
    }
    const before = classes.size;
    fillRows();
    if (pending.size === 0 && classes.size === before) break;
  }
  for (const name of [GLOBAL_NAMES, ATTRIBUTE_NAMES, FUNCTION_NAMES]) loadedGlobals.delete(name);
  return { functions, classes: [...classes], called, attributes, loadedGlobals, rows, handlers };
}
