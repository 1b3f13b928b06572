/**
 * The assembler: `.pysm` text becomes assembly modules. docs/assembly.md describes the language.
 *
 * It goes on behind an error, so that one run shows all of them. Names of functions, classes and globals may be those of
 * other modules, so only the linker can miss them; labels, locals and constants are checked here.
 */
import {
  BY_MNEMONIC,
  FUNCTION_ROLES,
  type Instruction,
  type OperandKind,
  type SourceRange,
  TAG,
  type TagName,
} from '@pysm/isa';
import { FactsError, parseFacts } from './facts.js';
import {
  type AsmAttribute,
  type AsmClass,
  type AsmDefault,
  type AsmFunction,
  type AsmHandler,
  type AsmInstruction,
  type AsmItem,
  type AsmModule,
  type AsmOperand,
  type ConstantValue,
  isLabel,
} from './model.js';
import { didYouMean } from './nearest.js';
import { lastPart, nameOf, parseConstant, splitAtCommas, stringEnd, variantName } from './notation.js';
import { type OperandScope, parseOperand } from './operands.js';
import { defaultQualname } from './print.js';
import { candidates, SelectError, select, writtenOperands } from './select.js';

/** An error of the text: what is wrong, where, and what to write instead. */
export interface AsmProblem {
  readonly message: string;
  readonly range: SourceRange;
}

export interface Assembled {
  readonly modules: readonly AsmModule[];
  /** Function named by the `start` directive. */
  readonly start: string | undefined;
  readonly problems: readonly AsmProblem[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] };

/** A function while its lines are read; instructions wait for the names that follow them. */
interface OpenFunction {
  readonly head: Mutable<Omit<AsmFunction, 'items'>>;
  readonly items: AsmItem[];
  readonly scope: OperandScope;
  /** Where each label stands and where labels are used, for the check at the end. */
  readonly labels: Map<string, SourceRange>;
  readonly uses: { readonly label: string; readonly range: SourceRange }[];
  readonly handlerUses: { readonly handler: string; readonly range: SourceRange }[];
}

const LABEL = /^(?:([\p{L}_.<][\p{L}\p{N}\p{M}_.<>]*)|("(?:[^"\\]|\\.)*"))\s*:/u;
/** Directive or mnemonic at the start of a line. */
const WORD = /^[^\s(]+/;

/** Index where the comment begins, or the length. */
function commentStart(line: string): number {
  for (let i = 0; i < line.length; i++) {
    if (line[i] === ';') return i;
    if (line[i] === '"') i = stringEnd(line, i);
  }
  return line.length;
}

/** Blank-separated words; strings are whole. */
function splitWords(text: string): string[] {
  return text.match(/"(?:[^"\\]|\\.)*"|[^\s"]+/g) ?? [];
}

class Assembler {
  readonly problems: AsmProblem[] = [];
  readonly #modules: Mutable<AsmModule>[] = [];
  readonly #constants = new Map<string, ConstantValue>();
  readonly #path: string;
  #start: string | undefined;
  #function: OpenFunction | undefined;
  #class: Mutable<AsmClass> | undefined;
  /** Behind a malformed head, up to the next directive of the file. */
  #skipping = false;
  /** Line being read, from 1, and its text. */
  #line = 0;
  #text = '';

  constructor(path: string) {
    this.#path = path;
  }

  assemble(text: string): Assembled {
    for (const line of text.split(/\r?\n/)) {
      this.#line++;
      this.#text = line;
      this.#readLine();
    }
    this.#closeFunction();
    return { modules: this.#modules, start: this.#start, problems: this.problems };
  }

  #range(column: number, end: number): SourceRange {
    return { line: this.#line, column, endLine: this.#line, endColumn: end };
  }

  #report(message: string, range: SourceRange): void {
    this.problems.push({ message, range });
  }

  get #module(): Mutable<AsmModule> {
    let module = this.#modules.at(-1);
    if (!module) {
      module = { name: '__main__', path: this.#path, runtime: false, functions: [], classes: [], globals: [] };
      this.#modules.push(module);
    }
    return module;
  }

  #readLine(): void {
    const end = commentStart(this.#text);
    const comment = this.#text.slice(end + 1).trim();
    let column = this.#text.length - this.#text.trimStart().length;
    let rest = this.#text.slice(column, Math.max(column, end)).trimEnd();
    for (let label = this.#function && LABEL.exec(rest); label; label = LABEL.exec(rest)) {
      const name = label[1] ?? nameOf(label[2]!);
      const range = this.#range(column, column + label[0].length - 1);
      if (name === undefined) this.#report(`${label[2]} is not a closed string`, range);
      else this.#label(name, range);
      const after = rest.slice(label[0].length);
      column += label[0].length + (after.length - after.trimStart().length);
      rest = after.trimStart();
    }
    const word = WORD.exec(rest)?.[0];
    if (word === undefined) return;
    const whole = this.#range(column, column + rest.length);
    // Directives are written small, instructions in capitals.
    if (/^[a-z]/.test(word)) this.#directive(word, rest.slice(word.length).trim(), whole);
    else if (this.#function) this.#instruction(word, rest, column, comment);
    else if (!this.#skipping)
      this.#report(`${word} stands outside a function: begin one with func NAME(PARAMETERS)`, whole);
  }

  #label(name: string, range: SourceRange): void {
    const fn = this.#function!;
    const first = fn.labels.get(name);
    if (first) this.#report(`the label ${name} stands in line ${first.line} already`, range);
    else {
      fn.labels.set(name, range);
      fn.items.push({ label: name });
    }
  }

  #instruction(word: string, rest: string, column: number, comment: string): void {
    const fn = this.#function!;
    const [mnemonic = '', suffix] = word.split('.');
    const variant = this.#variant(mnemonic, suffix, this.#range(column, column + word.length));
    let body = rest.slice(word.length);
    const facts = this.#facts(body, column + word.length);
    body = body.slice(0, facts.start).trimEnd();
    const range = this.#range(column, column + word.length + body.length);
    const forms = candidates(mnemonic);
    const form = forms[0];
    if (!form) {
      const hint = didYouMean(mnemonic.toUpperCase(), BY_MNEMONIC.keys());
      this.#report(`there is no instruction ${mnemonic}${hint}`, this.#range(column, column + word.length));
      return;
    }
    const parts = body.trim() === '' ? [] : splitAtCommas(body);
    const drop = parts.at(-1)?.text === 'drop' && form.operands.some((o) => o.kind === 'drop');
    if (drop) parts.pop();
    const operands = this.#operands(form, forms, parts, column + word.length, range);
    if (!operands) return;
    const instruction: AsmInstruction = {
      mnemonic,
      operands,
      ...(drop ? { drop } : {}),
      ...(variant ? { variant } : {}),
      range,
      statement: true,
      ...facts.facts,
      ...(comment === '' ? {} : { comment }),
    };
    try {
      select(instruction);
    } catch (error) {
      if (!(error instanceof SelectError)) throw error;
      const part = error.operand === undefined ? undefined : parts[error.operand];
      const at = column + word.length + (part?.offset ?? 0);
      this.#report(error.message, part ? this.#range(at, at + part.text.length) : range);
      return;
    }
    fn.items.push(instruction);
  }

  #variant(mnemonic: string, suffix: string | undefined, range: SourceRange): number | undefined {
    if (suffix === undefined) return undefined;
    if (suffix === variantName(mnemonic)) return 1;
    if (/^[0-7]$/.test(suffix)) return Number(suffix);
    this.#report(`${mnemonic} has no variant ${suffix}; write .${variantName(mnemonic)} or a number up to 7`, range);
    return undefined;
  }

  #facts(body: string, column: number): { start: number; facts: ReturnType<typeof parseFacts> } {
    let start = 0;
    while (start < body.length && body[start] !== '{')
      start = (body[start] === '"' ? stringEnd(body, start) : start) + 1;
    if (start >= body.length) return { start: body.length, facts: {} };
    try {
      return { start, facts: parseFacts(body.slice(start)) };
    } catch (error) {
      if (!(error instanceof FactsError)) throw error;
      this.#report(error.message, this.#range(column + start, column + body.length));
      return { start, facts: {} };
    }
  }

  /** Operands in table order, CALL's clear count filled in; undefined after an error. */
  #operands(
    form: Instruction,
    forms: readonly Instruction[],
    parts: readonly { readonly text: string; readonly offset: number }[],
    column: number,
    range: SourceRange,
  ): AsmOperand[] | undefined {
    const fields = writtenOperands(form);
    const written = fields.filter((field) => field.kind !== 'clear');
    if (written.length !== parts.length) {
      const list = written.length > 0 ? ` (${written.map((field) => field.name).join(', ')})` : '';
      this.#report(`${form.mnemonic} takes ${written.length} operands${list}, not ${parts.length}`, range);
      return undefined;
    }
    const fn = this.#function!;
    let failed = false;
    let next = 0;
    const operands = fields.map((field, i): AsmOperand => {
      if (field.kind === 'clear') return { kind: 'clear' };
      const part = parts[next++]!;
      const kinds = new Set(
        forms.map((f) => writtenOperands(f)[i]?.kind).filter((k): k is OperandKind => k !== undefined),
      );
      const place = this.#range(column + part.offset, column + part.offset + part.text.length);
      const operand = parseOperand(part.text, kinds, form, fn.scope);
      if (typeof operand === 'string') {
        this.#report(operand, place);
        failed = true;
        return { kind: 'clear' };
      }
      if (operand.kind === 'label') {
        if (form.mnemonic === 'SETH') fn.handlerUses.push({ handler: operand.name, range: place });
        else fn.uses.push({ label: operand.name, range: place });
      }
      return operand;
    });
    return failed ? undefined : operands;
  }

  #directive(word: string, rest: string, range: SourceRange): void {
    const known = DIRECTIVES.get(word);
    if (known?.place === 'file') this.#skipping = false;
    if (this.#skipping) return;
    if (!known) {
      this.#report(`there is no directive ${word}${didYouMean(word, DIRECTIVES.keys())}`, range);
      return;
    }
    const inside: Place = this.#function ? 'func' : this.#class ? 'class' : 'file';
    if (known.place !== 'file' && known.place !== inside) {
      this.#report(`${word} stands only inside a ${known.place}`, range);
      return;
    }
    if (known.place === 'file') this.#closeFunction();
    const problem = this.#apply(word, rest, range);
    if (problem === undefined) return;
    this.#report(`${problem}; ${word} is written: ${known.form}`, range);
    // What follows a head that could not be read would only be misunderstood.
    this.#skipping = word === 'func' || word === 'class';
  }

  /** Carries out a directive; a string says what is wrong with it. */
  #apply(word: string, rest: string, range: SourceRange): string | undefined {
    const words = splitWords(rest);
    const names = words.map(nameOf);
    const [name, second] = names;
    if (NAMED_DIRECTIVES.has(word) && name === undefined) return 'a name is missing';
    switch (word) {
      case 'start':
        this.#start = name;
        return undefined;
      case 'module':
        this.#modules.push({
          name: name!,
          path: this.#path,
          runtime: words.includes('runtime', 1),
          functions: [],
          classes: [],
          globals: [],
        });
        return undefined;
      case 'global':
        this.#module.globals.push(name!);
        return undefined;
      case 'const': {
        const value = parseConstant(rest.slice(words[0]!.length).replace(/^\s*=/, '').trim(), this.#constants);
        if (typeof value === 'string') return value;
        this.#constants.set(name!, value);
        return undefined;
      }
      case 'class':
        return this.#openClass(rest);
      case 'func':
        return this.#openFunction(rest, range);
      case 'slot':
        this.#class!.slots.push(name!);
        return undefined;
      case 'constructor':
        this.#class!.constructor_ = name;
        return undefined;
      case 'tags':
        for (const tag of words) {
          if (!Object.hasOwn(TAG, tag))
            return `there is no tag ${tag}${didYouMean(tag.toUpperCase(), Object.keys(TAG))}`;
          this.#class!.tags.push(tag as TagName);
        }
        return undefined;
      case 'method':
      case 'getter':
      case 'value':
        return this.#attribute(word, name!, second, rest.slice(words[0]!.length).trim());
      default:
        return this.#functionLine(word, rest, words, names);
    }
  }

  #attribute(kind: AsmAttribute['kind'], name: string, fn: string | undefined, rest: string): string | undefined {
    const { attributes } = this.#class!;
    if (kind !== 'value') {
      if (fn === undefined) return 'the name of a function is missing';
      attributes.push({ name, kind, function: fn });
      return undefined;
    }
    const initial = parseConstant(rest, this.#constants);
    if (typeof initial === 'string') return initial;
    attributes.push({ name, kind, initial });
    return undefined;
  }

  /** Directives inside a function. */
  #functionLine(
    word: string,
    rest: string,
    words: readonly string[],
    names: readonly (string | undefined)[],
  ): string | undefined {
    const { head, uses, handlerUses } = this.#function!;
    switch (word) {
      case 'qualname':
        head.qualname = names[0]!;
        return undefined;
      case 'vector':
        head.vectors.push(words.join(' '));
        return undefined;
      case 'role': {
        const role = FUNCTION_ROLES.find((known) => known === rest);
        if (!role) return `${rest === '' ? 'nothing' : rest} is no role`;
        head.role = role;
        return undefined;
      }
      case 'interrupt':
        if (!/^\d+$/.test(rest)) return `${rest === '' ? 'nothing' : rest} is no line number`;
        head.interrupt = Number(rest);
        return undefined;
      case 'default': {
        const value = this.#default(rest);
        if (typeof value === 'string') return value;
        head.defaults.push(value);
        return undefined;
      }
      default: {
        const [name, start, end, target, outer] = names;
        if (name === undefined || start === undefined || end === undefined || target === undefined) {
          return 'a handler has a name and three labels';
        }
        const range = this.#range(0, this.#text.length);
        for (const label of [start, end, target]) uses.push({ label, range });
        if (outer !== undefined) handlerUses.push({ handler: outer, range });
        const handler: AsmHandler = { name, start, end, target, ...(outer === undefined ? {} : { outer }) };
        if (head.handlers.some((h) => h.name === name)) return `there is a handler ${name} already`;
        head.handlers.push(handler);
        return undefined;
      }
    }
  }

  #default(rest: string): AsmDefault | string {
    if (rest.startsWith('@')) {
      const name = nameOf(rest.slice(1));
      return name === undefined ? `${rest} is no global` : { kind: 'global', name };
    }
    const value = parseConstant(rest, this.#constants);
    return typeof value === 'string' ? value : { kind: 'constant', value };
  }

  #openClass(rest: string): string | undefined {
    const match = /^("(?:[^"\\]|\\.)*"|[^\s("]+)(?:\(([^)]*)\))?\s*("(?:[^"\\]|\\.)*")?$/.exec(rest);
    const name = match ? nameOf(match[1]!) : undefined;
    if (!match || name === undefined) return 'the class has no proper name';
    const base = match[2] === undefined ? undefined : nameOf(match[2].trim());
    if (match[2] !== undefined && base === undefined) return `${match[2]} is no name of a class`;
    this.#class = {
      name,
      pythonName: match[3] === undefined ? lastPart(name) : (nameOf(match[3]) ?? lastPart(name)),
      base,
      slots: [],
      attributes: [],
      constructor_: undefined,
      tags: [],
    };
    this.#module.classes.push(this.#class);
    return undefined;
  }

  #openFunction(rest: string, range: SourceRange): string | undefined {
    const match = /^("(?:[^"\\]|\\.)*"|[^\s("]+)\s*\(([^)]*)\)\s*(?:min\s+(\d+))?\s*(runtime)?$/.exec(rest);
    const name = match ? nameOf(match[1]!) : undefined;
    if (!match || name === undefined) return 'the head of the function is malformed';
    const [parameters = [], others = []] = match[2]!.split('|').map((list) => splitWords(list.replaceAll(',', ' ')));
    const locals = [...parameters, ...others].map((word) => nameOf(word) ?? word);
    const module = this.#module;
    const slots = new Map<string, number>();
    locals.forEach((local, slot) => {
      if (!slots.has(local)) slots.set(local, slot);
    });
    this.#function = {
      head: {
        name,
        qualname: defaultQualname(name, module.name),
        module: module.name,
        parameters: locals.slice(0, parameters.length),
        min: match[3] === undefined ? parameters.length : Number(match[3]),
        locals,
        defaults: [],
        handlers: [],
        runtime: module.runtime || match[4] !== undefined,
        vectors: [],
        range,
      },
      items: [],
      scope: { locals: slots, constants: this.#constants },
      labels: new Map(),
      uses: [],
      handlerUses: [],
    };
    return undefined;
  }

  /** Ends the function or class being read. */
  #closeFunction(): void {
    this.#class = undefined;
    const fn = this.#function;
    if (!fn) return;
    this.#function = undefined;
    for (const { label, range } of fn.uses) {
      if (!fn.labels.has(label))
        this.#report(`there is no label ${label}${didYouMean(label, fn.labels.keys())}`, range);
    }
    const handlers = fn.head.handlers.map((h) => h.name);
    for (const { handler, range } of fn.handlerUses) {
      if (!handlers.includes(handler)) {
        this.#report(`there is no handler ${handler}${didYouMean(handler, handlers)}`, range);
      }
    }
    if (!fn.items.some((item) => !isLabel(item))) {
      this.#report(`the function ${fn.head.name} has no instructions`, fn.head.range!);
    }
    if (fn.head.min + fn.head.defaults.length !== fn.head.parameters.length) {
      this.#report(
        `the function ${fn.head.name} has ${fn.head.defaults.length} defaults for ` +
          `${fn.head.parameters.length - fn.head.min} parameters that may be missing: add \`default\` lines or change min`,
        fn.head.range!,
      );
    }
    this.#module.functions.push({ ...fn.head, items: fn.items });
  }
}

/** Directives whose first word is a name. */
const NAMED_DIRECTIVES: ReadonlySet<string> = new Set(
  'start module global const slot constructor method getter value qualname handler'.split(' '),
);

type Place = 'file' | 'class' | 'func';

/** Where each directive stands and how it is written. */
const DIRECTIVES: ReadonlyMap<string, { readonly place: Place; readonly form: string }> = new Map([
  ['start', { place: 'file', form: 'start FUNCTION' }],
  ['module', { place: 'file', form: 'module NAME [runtime]' }],
  ['global', { place: 'file', form: 'global NAME' }],
  ['const', { place: 'file', form: 'const NAME = CONSTANT' }],
  ['class', { place: 'file', form: 'class NAME[(BASE)] ["Python name"]' }],
  ['func', { place: 'file', form: 'func NAME(PARAMETERS | LOCALS) [min N] [runtime]' }],
  ['tags', { place: 'class', form: 'tags TAG ...' }],
  ['constructor', { place: 'class', form: 'constructor FUNCTION' }],
  ['slot', { place: 'class', form: 'slot NAME' }],
  ['method', { place: 'class', form: 'method NAME FUNCTION' }],
  ['getter', { place: 'class', form: 'getter NAME FUNCTION' }],
  ['value', { place: 'class', form: 'value NAME CONSTANT' }],
  ['qualname', { place: 'func', form: 'qualname "NAME"' }],
  ['default', { place: 'func', form: 'default CONSTANT or default @GLOBAL' }],
  ['vector', { place: 'func', form: 'vector OPERATION [GROUP [GROUP]] or vector SYSTEM CAUSE' }],
  ['role', { place: 'func', form: `role ${FUNCTION_ROLES.join(' or role ')}` }],
  ['interrupt', { place: 'func', form: 'interrupt LINE' }],
  ['handler', { place: 'func', form: 'handler NAME START END TARGET [OUTER]' }],
]);

/** Assembles the text of a `.pysm` file; `path` becomes the path of its modules. Whatever the text is, nothing is thrown. */
export function parseAssembly(text: string, path: string): Assembled {
  return new Assembler(path).assemble(text);
}
