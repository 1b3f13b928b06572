/** Assembly as text: what `pysm asm` shows and the assembler (text.ts) reads back. */
import type { SourceRange } from '@pysm/isa';
import {
  type AsmClass,
  type AsmFunction,
  type AsmInstruction,
  type AsmModule,
  type AsmOperand,
  type AsmProgram,
  isLabel,
} from './model.js';
import {
  constantText,
  csrText,
  DISCARD_WORD,
  ENVIRONMENT_WORD,
  lastPart,
  nameText,
  PLAIN_NAME,
  RESERVED_OPERANDS,
  STACK_WORD,
  variantName,
} from './notation.js';

export interface PrintOptions {
  /** Source text by module path, to show each line above its instructions as a comment. */
  readonly source?: (path: string) => readonly string[] | undefined;
  /** Also show what flow analysis knows (operand tags, outcomes) and loop bounds, in braces. */
  readonly facts?: boolean;
}

/** Column at which facts and comments begin. */
const SIDE_COLUMN = 40;

/** A local by its name, or by its slot where the name cannot stand for it. */
export function localText(locals: readonly string[], slot: number): string {
  const name = locals[slot];
  const plain = name !== undefined && PLAIN_NAME.test(name) && !RESERVED_OPERANDS.has(name);
  return plain && locals.indexOf(name) === slot ? name : `%${slot}`;
}

function attributeText(name: string): string {
  return name.split(' ').every((part) => PLAIN_NAME.test(part)) ? `.${name}` : `.${nameText(name)}`;
}

export function operandText(operand: AsmOperand, locals: readonly string[]): string {
  switch (operand.kind) {
    case 'local':
      return localText(locals, operand.slot);
    case 'stack':
      return STACK_WORD;
    case 'discard':
      return DISCARD_WORD;
    case 'environment':
      return ENVIRONMENT_WORD;
    case 'int':
      return String(operand.value);
    case 'named':
    case 'tag':
      return operand.name;
    case 'label':
    case 'function':
      return nameText(operand.name);
    case 'global':
      return `@${nameText(operand.name)}`;
    case 'constant':
      return constantText(operand.value);
    case 'attribute':
      return attributeText(operand.name);
    case 'csr':
      return csrText(operand.number);
    case 'bitfield':
      return `${operand.low}:${operand.width}`;
    case 'clear':
      return '';
  }
}

/** What is known of an instruction, in braces; empty where nothing is. */
function factsText({ known, outcomes, loopBound }: AsmInstruction): string {
  const facts = Object.entries(known ?? {}).map(([operand, tags]) => `${operand}:${tags.join('|')}`);
  for (const outcome of outcomes ?? []) facts.push(`outcome:${JSON.stringify(outcome)}`);
  if (loopBound) facts.push(`loop:${loopBound.min}..${loopBound.max ?? ''}:${JSON.stringify(loopBound.reason)}`);
  return facts.length > 0 ? `{${facts.join(' ')}}` : '';
}

/** One instruction without its label; `locals` are the frame's names. */
export function printInstruction(
  instruction: AsmInstruction,
  locals: readonly string[],
  options: PrintOptions = {},
): string {
  const { mnemonic, operands, variant, comment } = instruction;
  const suffix = variant ? `.${variant === 1 ? variantName(mnemonic) : variant}` : '';
  const list = operands.filter((o) => o.kind !== 'clear').map((o) => operandText(o, locals));
  if (instruction.drop) list.push('drop');
  let text = `${mnemonic}${suffix}${list.length > 0 ? ` ${list.join(',')}` : ''}`;
  const side = options.facts ? factsText(instruction) : '';
  const note = comment?.replace(/\s+/g, ' ').trim();
  if (side !== '') text = `${text.padEnd(SIDE_COLUMN - 1)} ${side}`;
  if (note) text = `${text.padEnd(SIDE_COLUMN - 1)} ; ${note}`;
  return text;
}

function sourceLine(lines: readonly string[] | undefined, path: string, range: SourceRange): string | undefined {
  const line = lines?.[range.line - 1];
  return line === undefined ? undefined : `; ${path}:${range.line}  ${line.trim()}`;
}

/** Name that Python shows, where `qualname` does not say otherwise. */
export const defaultQualname = (name: string, module: string): string =>
  name.startsWith(`${module}.`) ? name.slice(module.length + 1) : name;

function printFunction(fn: AsmFunction, module: AsmModule, options: PrintOptions): string[] {
  const max = fn.parameters.length;
  const frame = [fn.parameters, fn.locals.slice(max)].map((names) => names.map(nameText).join(' '));
  const head = `func ${nameText(fn.name)}(${frame[1] === '' ? frame[0] : `${frame[0]} | ${frame[1]}`})`;
  const lines = [`${head}${fn.min === max ? '' : ` min ${fn.min}`}${fn.runtime && !module.runtime ? ' runtime' : ''}`];
  const put = (text: string): void => {
    lines.push(`  ${text}`);
  };
  if (fn.qualname !== defaultQualname(fn.name, module.name)) put(`qualname ${JSON.stringify(fn.qualname)}`);
  for (const value of fn.defaults) {
    put(`default ${value.kind === 'constant' ? constantText(value.value) : `@${nameText(value.name)}`}`);
  }
  for (const vector of fn.vectors) put(`vector ${vector}`);
  if (fn.role !== undefined) put(`role ${fn.role}`);
  if (fn.interrupt !== undefined) put(`interrupt ${fn.interrupt}`);
  for (const { name, start, end, target, outer } of fn.handlers) {
    put(['handler', name, start, end, target, ...(outer === undefined ? [] : [outer])].map(nameOrWord).join(' '));
  }
  const source = options.source?.(module.path);
  let shown: number | undefined;
  for (const item of fn.items) {
    if (isLabel(item)) {
      lines.push(`${nameText(item.label)}:`);
      continue;
    }
    if (item.range && item.range.line !== shown) {
      const line = sourceLine(source, module.path, item.range);
      if (line !== undefined) lines.push(line);
      shown = item.range.line;
    }
    put(printInstruction(item, fn.locals, options));
  }
  return lines;
}

const nameOrWord = (word: string, index: number): string => (index === 0 ? word : nameText(word));

function printClass(item: AsmClass): string[] {
  const base = item.base === undefined ? '' : `(${nameText(item.base)})`;
  const shown = item.pythonName === lastPart(item.name) ? '' : ` ${JSON.stringify(item.pythonName)}`;
  const lines = [`class ${nameText(item.name)}${base}${shown}`];
  const put = (...words: string[]): void => {
    lines.push(`  ${words.join(' ')}`);
  };
  if (item.tags.length > 0) put('tags', ...item.tags);
  if (item.constructor_ !== undefined) put('constructor', nameText(item.constructor_));
  for (const slot of item.slots) put('slot', nameText(slot));
  for (const attribute of item.attributes) {
    const value = attribute.kind === 'value' ? constantText(attribute.initial) : nameText(attribute.function);
    put(attribute.kind, nameText(attribute.name), value);
  }
  return lines;
}

/** One module as text, without the program's start. */
export function printModule(module: AsmModule, options: PrintOptions = {}): string {
  const blocks = [
    [`module ${nameText(module.name)}${module.runtime ? ' runtime' : ''}`],
    module.globals.map((name) => `global ${nameText(name)}`),
    ...module.classes.map(printClass),
    ...module.functions.map((fn) => printFunction(fn, module, options)),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

/** A whole program as text. */
export function printProgram(program: AsmProgram, options: PrintOptions = {}): string {
  const modules = program.modules.map((module) => printModule(module, options));
  return [`start ${nameText(program.start)}\n`, ...modules].join('\n');
}
