/** What the Variables view, watches and assignments see of one stop: scopes, their variables, and references to them. */
import { type DebugFunction, decode, TAG, type Word } from '@pysm/isa';
import type { Engine } from './engine.js';
import { type EvaluationScope, type Evaluator, literal } from './evaluator.js';
import type { Frame } from './frames.js';
import { DebuggerError } from './launch.js';
import { duration, grouped } from './messages.js';
import { type Child, type Location, Values } from './values.js';

/** A variable in the terms of the debug protocol. */
export interface VariableView {
  readonly name: string;
  readonly value: string;
  readonly type: string;
  /** 0 where it has no parts. */
  readonly variablesReference: number;
  readonly indexedVariables: number;
  readonly namedVariables: number;
  readonly evaluateName: string | undefined;
}

export interface ScopeView {
  readonly name: string;
  readonly variablesReference: number;
  readonly hint: 'locals' | 'globals' | 'registers';
}

type Container =
  | { readonly kind: 'locals' | 'globals' | 'core'; readonly frame: Frame }
  | { readonly kind: 'value'; readonly word: Word; readonly path: string | undefined };

/** Name of the frame whose locals are the module's globals. */
const MODULE_FUNCTION = '<module>';

/** One stop of the program; references given out are valid until the next. */
export class StopView {
  readonly #engine: Engine;
  readonly #values: Values;
  readonly #containers: Container[] = [];

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#values = new Values(engine.target, engine.symbols);
  }

  scopes(frame: Frame): ScopeView[] {
    return [
      { name: 'Locals', variablesReference: this.#reference({ kind: 'locals', frame }), hint: 'locals' },
      { name: 'Globals', variablesReference: this.#reference({ kind: 'globals', frame }), hint: 'globals' },
      { name: 'PySM core', variablesReference: this.#reference({ kind: 'core', frame }), hint: 'registers' },
    ];
  }

  /** Variables of a scope or parts of a value; of sequences those from `start` on, at most `count`. */
  async variables(reference: number, start?: number, count?: number): Promise<VariableView[]> {
    const container = this.#container(reference);
    if (container.kind === 'core') return this.#coreVariables();
    const parent = container.kind === 'value' ? container.path : '';
    const views: VariableView[] = [];
    for (const child of await this.#children(container, start, count)) {
      const path = parent === undefined ? undefined : parent + child.access;
      views.push({ name: child.name, ...(await this.view(child.word, path)) });
    }
    return views;
  }

  /** A value with a reference to its parts. `path` is the expression that leads to it. */
  async view(word: Word, path: string | undefined): Promise<Omit<VariableView, 'name'>> {
    const { text, type, indexed, named } = await this.#values.show(word);
    const reference = indexed + named > 0 ? this.#reference({ kind: 'value', word, path }) : 0;
    return {
      value: text,
      type,
      variablesReference: reference,
      indexedVariables: indexed,
      namedVariables: named,
      evaluateName: path,
    };
  }

  /** Evaluates an expression in a frame, or among the globals of the main module where there is none. */
  async evaluate(
    expression: string,
    frame: Frame | undefined,
    evaluator: Evaluator,
  ): Promise<Omit<VariableView, 'name'>> {
    const values = this.#values;
    const scope: EvaluationScope = {
      lookup: async (name) => {
        const containers: Container[] = frame
          ? [
              { kind: 'locals', frame },
              { kind: 'globals', frame },
            ]
          : [];
        for (const container of containers) {
          const found = (await this.#children(container)).find((child) => child.name === name);
          if (found) return values.dereference(found.word);
        }
        return undefined;
      },
      attribute: (value, name) => values.attribute(value, name),
      item: (value, index) => values.item(value, index),
      typeName: (value) => values.typeName(value),
    };
    return this.view(await evaluator.evaluate(expression, scope), expression);
  }

  /** Assigns a literal to a variable; gives its new value. */
  async assign(reference: number, name: string, text: string): Promise<Omit<VariableView, 'name'>> {
    const container = this.#container(reference);
    if (!this.#engine.target.capabilities.writable) throw new DebuggerError('This target cannot be written to.');
    const child =
      container.kind === 'core' ? undefined : (await this.#children(container)).find((c) => c.name === name);
    if (!child?.location) throw new DebuggerError(`${name} cannot be assigned.`);
    if (child.word.tag === TAG.CELL)
      throw new DebuggerError(`${name} is shared with an inner function and cannot be assigned here.`);
    const word = literal(text);
    if (container.kind === 'locals' && child.location.space === 'stack') {
      const slot = child.location.address - container.frame.fp;
      if (word.tag !== TAG.INT && countsLoop(this.#engine, container.frame.fn, slot)) {
        throw new DebuggerError(`${name} counts a loop and must stay an int.`);
      }
    }
    await this.#engine.target.write(child.location.space, child.location.address, word);
    return this.view(word, undefined);
  }

  #reference(container: Container): number {
    return this.#containers.push(container);
  }

  #container(reference: number): Container {
    const container = this.#containers[reference - 1];
    if (!container) throw new DebuggerError('The program has moved on; this value is no longer known.');
    return container;
  }

  async #children(
    container: Exclude<Container, { kind: 'core' }> | Container,
    start?: number,
    count?: number,
  ): Promise<Child[]> {
    switch (container.kind) {
      case 'value':
        return this.#values.children(container.word, start, count);
      case 'globals':
        return this.#globals(container.frame);
      case 'locals':
        return container.frame.fn.qualname === MODULE_FUNCTION
          ? this.#globals(container.frame)
          : this.#locals(container.frame);
      case 'core':
        return [];
    }
  }

  async #locals(frame: Frame): Promise<Child[]> {
    if (frame.fn.locals.length === 0) return [];
    const last = Math.max(...frame.fn.locals.map((local) => local.slot));
    const words = await this.#engine.target.read('stack', frame.fp, last + 1);
    return this.#bound(
      frame.fn.locals.map((local) => [
        local.name,
        words[local.slot],
        { space: 'stack', address: frame.fp + local.slot },
      ]),
    );
  }

  async #globals(frame: Frame): Promise<Child[]> {
    const globals = this.#engine.symbols.globalsOf(this.#engine.symbols.moduleOf(frame.fn));
    if (globals.length === 0) return [];
    const last = Math.max(...globals.map((global) => global.index));
    const words = await this.#engine.target.read('globals', 0, last + 1);
    return this.#bound(
      globals.map((global) => [global.name, words[global.index], { space: 'globals', address: global.index }]),
    );
  }

  /** The variables that have a value. Names that are none in Python are the compiler's own. */
  #bound(all: readonly (readonly [name: string, word: Word | undefined, location: Location])[]): Child[] {
    return all.flatMap(([name, word, location]) =>
      word && word.tag !== TAG.UNBOUND && /^[\p{L}_]/u.test(name) ? [{ name, access: name, word, location }] : [],
    );
  }

  async #coreVariables(): Promise<VariableView[]> {
    const state = await this.#engine.target.state();
    const rows: [string, string][] = [
      ['cycles', grouped(state.cycles)],
      ['time', duration(state.cycles, this.#engine.target.clockHz)],
      ['instructions', grouped(state.instructions)],
      ['pc', `0x${state.pc.toString(16).padStart(4, '0')}`],
      ['sp', String(state.sp)],
      ['fp', String(state.fp)],
    ];
    return rows.map(([name, value]) => ({
      name,
      value,
      type: '',
      variablesReference: 0,
      indexedVariables: 0,
      namedVariables: 0,
      evaluateName: undefined,
    }));
  }
}

/** Whether a loop instruction of the function counts in this slot: those need an INT and fault on anything else. */
function countsLoop(engine: Engine, fn: DebugFunction, slot: number): boolean {
  for (const word of engine.symbols.image.code.subarray(fn.start, fn.end)) {
    const decoded = decode(word);
    const mnemonic = decoded?.instruction.mnemonic;
    if ((mnemonic === 'FORR' || mnemonic === 'FORS') && decoded?.fields['a'] === slot) return true;
  }
  return false;
}
