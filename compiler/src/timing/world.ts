/**
 * The closed world that costs are worked out in: the functions that the linker reaches, what their dispatch rows hold,
 * and which handler each trap enters. It is the linker's own view, so costs and image cannot differ in it. Functions of
 * the program that nothing calls are part of it too, because people want to see what they cost.
 */
import { TAG_GROUP, type TagClass, type TagGroup, type TagName, TRAP_OPERATION, vectorIndex } from '@pysm/isa';
import { type AsmFunction, type AsmProgram, type ConstantValue, isLabel } from '../assembly/model.js';
import { Problems } from '../link/problems.js';
import { type Reached, type ReachedFunction, reach } from '../link/reach.js';
import { Symbols } from '../link/symbols.js';
import { vectorTable } from '../link/vectors.js';

/** What the dispatch rows of the program hold under one attribute name. */
export interface AttributeUses {
  /** Methods with the tags of the classes that have them; no tags = an ordinary class. */
  readonly methods: readonly { readonly function: string; readonly tags: readonly TagName[] }[];
  readonly getters: readonly string[];
  /** Whether an instance slot or a class value has the name. */
  readonly values: boolean;
  /** Whether some row leaves the name to the runtime. */
  readonly slow: boolean;
}

/** Group of the vector table that a class of tags belongs to. */
export const GROUP_OF_CLASS: Readonly<Record<Exclude<TagClass, 'any'>, TagGroup>> = {
  int: 'number',
  float: 'float',
  none: 'other',
  str7: 'str',
  str: 'str',
  list: 'sequence',
  tuple: 'sequence',
  bytes: 'sequence',
  bytearray: 'sequence',
  range: 'sequence',
  generator: 'callable',
  dict: 'mapping',
  set: 'mapping',
  function: 'callable',
  closure: 'callable',
  bound: 'callable',
  object: 'object',
};

/** Tags of a class of tags that a built-in class may be bound to. */
const TAGS_OF_CLASS: Partial<Record<TagClass, readonly TagName[]>> = {
  int: ['INT', 'BOOL'],
  float: ['FLOAT'],
  none: ['NONE'],
  str7: ['STR7'],
  str: ['STR'],
  list: ['LIST'],
  tuple: ['TUPLE'],
  bytes: ['BYTES'],
  bytearray: ['BYTEARRAY'],
  range: ['RANGE'],
  generator: ['GEN'],
  dict: ['DICT'],
  set: ['SET'],
  function: ['FUNC', 'CLASS'],
  closure: ['CLOSURE'],
  bound: ['BOUND'],
};

/** Attributes that every row has: `__class__` and `__name__`, class values both. */
const RESERVED_ATTRIBUTES = new Set(['__class__', '__name__']);

interface Uses {
  methods: AttributeUses['methods'][number][];
  getters: string[];
  values: boolean;
  slow: boolean;
}

/** Facts of one program, gathered once. */
export class World {
  readonly functions: ReadonlyMap<string, ReachedFunction>;
  /** Whether anything in the program makes a generator or a closure. */
  readonly generators: boolean;
  readonly closures: boolean;
  /** Functions and constructors that some instruction takes as a value, sorted. */
  readonly values: readonly string[];
  /** Functions that may stand in a bound method, sorted. */
  readonly bound: readonly string[];
  readonly #attributes = new Map<string, Uses>();
  readonly #vectors: ReadonlyMap<number, string>;

  /** A program that cannot be linked has a world too: what is wrong with it is left out, and the linker reports it. */
  constructor(program: AsmProgram) {
    const problems = new Problems();
    const symbols = new Symbols(program, problems);
    const own = program.modules.flatMap((m) => m.functions.filter((f) => !m.runtime && !f.runtime).map((f) => f.name));
    const reached = reach(symbols, program.start, problems, own);
    this.functions = reached.functions;
    this.#vectors = vectorTable(reached.handlers, reached.functions);
    for (const [name, row] of reached.rows) this.#addRow(symbols.classes.get(name)?.tags ?? [], row);

    const mnemonics = new Set<string>();
    const taken = new Set<string>();
    const loaded = new Set<string>();
    const take = (value: ConstantValue): void => {
      if (value.type === 'function') taken.add(value.name);
      if (value.type === 'tuple') for (const item of value.items) take(item);
    };
    for (const name of reached.called) {
      const stub = symbols.classes.get(name)?.constructor_;
      if (stub !== undefined) taken.add(stub);
    }
    for (const row of reached.rows.values()) {
      for (const entry of row.values()) if (entry.kind.endsWith('class value')) take(entry.value);
    }
    for (const { items, defaults } of reached.functions.values()) {
      for (const item of [...defaults, ...items]) {
        if (isLabel(item)) continue;
        mnemonics.add(item.mnemonic);
        for (const o of item.operands) {
          if (o.kind === 'attribute' && item.mnemonic === 'LDA') loaded.add(o.name);
          if (o.kind === 'constant') take(o.value);
        }
      }
    }
    this.generators = mnemonics.has('MKGEN');
    this.closures = mnemonics.has('MKCLO');
    this.values = [...taken].sort();
    this.bound = [...loaded].flatMap((name) => this.attribute(name).methods.map((m) => m.function)).sort();
  }

  #addRow(tags: readonly TagName[], row: Reached['rows'] extends ReadonlyMap<string, infer Row> ? Row : never): void {
    for (const [name, entry] of row) {
      const uses = this.#uses(name);
      const callee = entry.value.type === 'function' ? entry.value.name : undefined;
      if (entry.kind === 'method' && callee !== undefined) uses.methods.push({ function: callee, tags });
      else if (entry.kind === 'getter' && callee !== undefined) uses.getters.push(callee);
      else if (entry.kind === 'slow') uses.slow = true;
      else if (entry.kind !== 'isa') uses.values = true;
    }
  }

  #uses(name: string): Uses {
    let entry = this.#attributes.get(name);
    if (!entry) {
      entry = { methods: [], getters: [], values: RESERVED_ATTRIBUTES.has(name), slow: false };
      this.#attributes.set(name, entry);
    }
    return entry;
  }

  function(name: string): AsmFunction | undefined {
    return this.functions.get(name)?.fn;
  }

  attribute(name: string): AttributeUses {
    return this.#uses(name);
  }

  /** Methods that a CALLM of `name` with `n` arguments may enter, where the receiver's tag is one of `receiver` (undefined = any), sorted. */
  methods(name: string, n: number, receiver: readonly TagClass[] | undefined): readonly string[] {
    const tags = receiver?.includes('any') ? undefined : receiver?.flatMap((c) => TAGS_OF_CLASS[c] ?? []);
    const found = this.attribute(name).methods.filter((m) => {
      if (!this.accepts(m.function, n + 1)) return false;
      if (tags === undefined) return true;
      // A class without tags is an ordinary one, and its instances are objects.
      return m.tags.length === 0 ? receiver!.includes('object') : m.tags.some((t) => tags.includes(t));
    });
    return [...new Set(found.map((m) => m.function))].sort();
  }

  /** Whether a function of the program takes `n` positional arguments. */
  accepts(name: string, n: number): boolean {
    const f = this.function(name);
    return f !== undefined && f.min <= n && n <= f.parameters.length;
  }

  /** Functions that the vectors of an operation enter, by the groups of the pushed operands (undefined = any group), sorted. */
  handlers(operation: keyof typeof TRAP_OPERATION, pushed: readonly (TagGroup | undefined)[]): readonly string[] {
    const all = Object.values(TAG_GROUP);
    const groups = [0, 1].map((i) => {
      const group = pushed[i];
      if (i >= pushed.length) return [0];
      return group === undefined ? all : [TAG_GROUP[group]];
    });
    const found = new Set<string>();
    for (const a of groups[0]!) {
      for (const b of groups[1]!) {
        const name = this.#vectors.get(vectorIndex(TRAP_OPERATION[operation], a, b));
        if (name !== undefined) found.add(name);
      }
    }
    return [...found].sort();
  }
}
