/**
 * The closed world that costs are worked out in: which functions a call or a trap may reach, and what no instruction of
 * the program can make.
 */
import type { TagClass, TagGroup, TagName } from '@pysm/isa';
import { type AsmClass, type AsmFunction, type AsmInstruction, type AsmProgram, isLabel } from '../assembly/model.js';

/** A function with the module that it is in. */
export interface PlacedFunction {
  readonly function: AsmFunction;
  /** Path of the module's file, for people. */
  readonly path: string;
}

/** What instances and classes of the program may hold under one attribute name. */
export interface AttributeUses {
  /** Methods with the tags of the classes that have them; no tags = an ordinary class. */
  readonly methods: readonly { readonly function: string; readonly tags: readonly TagName[] }[];
  readonly getters: readonly string[];
  /** Whether an instance slot or a class value has the name. */
  readonly values: boolean;
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
};

interface Handler {
  readonly words: readonly string[];
  readonly function: string;
}

/** Attributes that every row has: `__class__` and `__name__`, class values both. */
const RESERVED_ATTRIBUTES = ['__class__', '__name__'];

const NO_USES: AttributeUses = { methods: [], getters: [], values: false };

/** Facts of one program, gathered once. */
export class World {
  readonly functions: ReadonlyMap<string, PlacedFunction>;
  /** Whether anything in the program makes a generator or a closure. */
  readonly generators: boolean;
  readonly closures: boolean;
  /** Functions and constructors that some instruction takes as a value, by name. */
  readonly values: readonly string[];
  /** Functions that may stand in a bound method. */
  readonly bound: readonly string[];
  readonly #attributes = new Map<string, AttributeUses>();
  readonly #handlers = new Map<string, Handler[]>();

  constructor(program: AsmProgram) {
    const functions = new Map<string, PlacedFunction>();
    const classes: AsmClass[] = [];
    for (const module of program.modules) {
      for (const f of module.functions) functions.set(f.name, { function: f, path: module.path });
      classes.push(...module.classes);
    }
    this.functions = functions;

    const uses = new Map<string, { methods: AttributeUses['methods'][number][]; getters: string[]; values: boolean }>();
    const use = (name: string) => {
      let entry = uses.get(name);
      if (!entry) {
        entry = { methods: [], getters: [], values: false };
        uses.set(name, entry);
      }
      return entry;
    };
    const taken = new Set<string>();
    const constructors = new Map(classes.map((c) => [c.name, c.constructor_]));
    const take = (type: string, name: string): void => {
      const f = type === 'class' ? constructors.get(name) : name;
      if (f !== undefined) taken.add(f);
    };
    for (const name of RESERVED_ATTRIBUTES) use(name).values = true;
    for (const c of classes) {
      for (const slot of c.slots) use(slot).values = true;
      for (const attribute of c.attributes) {
        const entry = use(attribute.name);
        if (attribute.kind === 'method') {
          entry.methods.push({ function: attribute.function, tags: c.tags });
        } else if (attribute.kind === 'getter') {
          entry.getters.push(attribute.function);
        } else {
          entry.values = true;
          const { initial } = attribute;
          if (initial.type === 'function' || initial.type === 'class') take(initial.type, initial.name);
        }
      }
    }
    for (const [name, entry] of uses) this.#attributes.set(name, entry);

    let generators = false;
    let closures = false;
    const loaded = new Set<string>();
    for (const { function: f } of functions.values()) {
      for (const text of f.vectors) {
        const [operation = '', ...words] = text.split(/\s+/);
        const list = this.#handlers.get(operation) ?? [];
        list.push({ words, function: f.name });
        this.#handlers.set(operation, list);
      }
      for (const d of f.defaults) {
        if (d.kind === 'constant' && (d.value.type === 'function' || d.value.type === 'class')) {
          take(d.value.type, d.value.name);
        }
      }
      for (const item of f.items) {
        if (isLabel(item)) continue;
        if (item.mnemonic === 'MKGEN' || item.mnemonic === 'YIELD') generators = true;
        if (item.mnemonic === 'MKCLO') closures = true;
        for (const o of item.operands) {
          if (o.kind === 'attribute' && item.mnemonic === 'LDA') loaded.add(o.name);
          // NEW takes a class without calling it.
          if (o.kind === 'constant' && item.mnemonic !== 'NEW') {
            if (o.value.type === 'function' || o.value.type === 'class') take(o.value.type, o.value.name);
          }
        }
      }
    }
    this.generators = generators;
    this.closures = closures;
    this.values = [...taken].sort();
    this.bound = [...loaded].flatMap((name) => this.attribute(name).methods.map((m) => m.function)).sort();
  }

  attribute(name: string): AttributeUses {
    return this.#attributes.get(name) ?? NO_USES;
  }

  /** Methods that a CALLM of `name` with `n` arguments may enter, where the receiver's tag is one of `receiver` (undefined = any). */
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
    const f = this.functions.get(name)?.function;
    return f !== undefined && f.min <= n && n <= f.parameters.length;
  }

  /**
   * Functions that the vectors of an operation may enter, for groups of the first and second pushed operand (undefined =
   * any group). Of the entries that fit a pair the one with the fewest `any` wins, as in the linked vector table.
   */
  handlers(operation: string, first?: TagGroup, second?: TagGroup): readonly string[] {
    const list = this.#handlers.get(operation) ?? [];
    const score = (h: Handler): number => {
      let exact = 0;
      for (const [i, group] of [first, second].entries()) {
        const word = h.words[i] ?? 'any';
        if (word === 'any' || group === undefined) continue;
        if (word !== group) return -1;
        exact += 1;
      }
      return exact;
    };
    const fitting = list.map((h) => ({ ...h, score: score(h) })).filter((h) => h.score >= 0);
    const best = Math.max(...fitting.map((h) => h.score));
    const open = first === undefined || (second === undefined && fitting.some((h) => h.words.length > 1));
    return [...new Set(fitting.filter((h) => open || h.score === best).map((h) => h.function))].sort();
  }
}

/** Words of a function's frame that calls clear: those of its first CLRL are cleared by itself. */
export function clearedFrame(f: AsmFunction): number {
  const first = f.items.find((item): item is AsmInstruction => !isLabel(item));
  const operand = first?.mnemonic === 'CLRL' ? first.operands[0] : undefined;
  return f.locals.length - (operand?.kind === 'int' ? operand.value : 0);
}
