/** Operands of assembly text. What a word means follows from the kinds that the instruction's forms take there. */
import { CSR, type Instruction, type OperandKind, TAG, type TagName } from '@pysm/isa';
import type { AsmOperand, ConstantValue } from './model.js';
import { didYouMean } from './nearest.js';
import {
  DISCARD_WORD,
  ENVIRONMENT_WORD,
  integerOf,
  NAMED_SOURCES,
  nameOf,
  PLAIN_NAME,
  parseConstant,
  quoted,
  registerNumber,
  STACK_WORD,
} from './notation.js';

/** What operand words may refer to. */
export interface OperandScope {
  /** Slot by name of the function's locals. */
  readonly locals: ReadonlyMap<string, number>;
  /** The file's `const` names. */
  readonly constants: ReadonlyMap<string, ConstantValue>;
}

const SPECIFIERS: ReadonlySet<OperandKind> = new Set(['source', 'destination', 'local', 'local-group']);
const NUMBERS: ReadonlySet<OperandKind> = new Set(['source', 'immediate', 'unsigned', 'bit']);

/** A local, S, _, ENV, a named or a small constant. */
function specifier(text: string, scope: OperandScope): AsmOperand | undefined {
  if (text === STACK_WORD) return { kind: 'stack' };
  if (text === DISCARD_WORD) return { kind: 'discard' };
  if (text === ENVIRONMENT_WORD) return { kind: 'environment' };
  const named = NAMED_SOURCES.find((name) => name === text);
  if (named) return { kind: 'named', name: named };
  if (/^%\d+$/.test(text)) return { kind: 'local', slot: Number(text.slice(1)) };
  const slot = scope.locals.get(text);
  return slot === undefined ? undefined : { kind: 'local', slot };
}

function attribute(text: string): AsmOperand | undefined {
  if (!text.startsWith('.')) return undefined;
  const name = text.startsWith('."') ? quoted(text.slice(1)) : text.slice(1);
  const plain = name?.split(/\s+/) ?? [];
  if (name === undefined || name === '') return undefined;
  return text.startsWith('."') || plain.every((part) => PLAIN_NAME.test(part))
    ? { kind: 'attribute', name: text.startsWith('."') ? name : plain.join(' ') }
    : undefined;
}

function csr(text: string): AsmOperand | undefined {
  const number = /^\d+$/.test(text) ? Number(text) : registerNumber(text, CSR);
  return number === undefined ? undefined : { kind: 'csr', number };
}

/** The operand that `text` is where one of `kinds` is wanted, or what is wrong with it. */
export function parseOperand(
  text: string,
  kinds: ReadonlySet<OperandKind>,
  form: Instruction,
  scope: OperandScope,
): AsmOperand | string {
  if (text === '') return 'an operand is missing here';
  const name = nameOf(text);
  for (const kind of kinds) {
    switch (kind) {
      case 'attribute':
        return attribute(text) ?? `${text} is no attribute: write it as .name`;
      case 'label':
      case 'function':
        return name === undefined ? `${text} is no name of a ${kind}` : { kind, name };
      case 'global': {
        const global = text.startsWith('@') ? nameOf(text.slice(1)) : undefined;
        return global === undefined ? `${text} is no global: write it as @module.name` : { kind, name: global };
      }
      case 'constant': {
        const value = parseConstant(text, scope.constants);
        if (typeof value !== 'string') return { kind, value };
        return `${value}${didYouMean(text, scope.constants.keys())}`;
      }
      case 'tag':
        if (Object.hasOwn(TAG, text)) return { kind, name: text as TagName };
        return `there is no tag ${text}${didYouMean(text.toUpperCase(), Object.keys(TAG))}`;
      case 'csr':
        return csr(text) ?? `there is no control register ${text}${didYouMean(text.toUpperCase(), Object.keys(CSR))}`;
      case 'bitfield': {
        const field = /^(\d+):(\d+)$/.exec(text);
        if (!field) return `${text} is no bit field: write LOW:WIDTH`;
        return { kind, low: Number(field[1]), width: Number(field[2]) };
      }
      default:
        break;
    }
  }
  const number = integerOf(text);
  const wantsNumber = [...kinds].some((kind) => NUMBERS.has(kind));
  if (number !== undefined) {
    return wantsNumber ? { kind: 'int', value: number } : `a number cannot stand here: ${text}`;
  }
  if (form.mnemonic === 'SETH' && name !== undefined) return { kind: 'label', name };
  const word = specifier(text, scope);
  if (word) return word;
  if (!wantsNumber || [...kinds].some((kind) => SPECIFIERS.has(kind))) {
    return scope.constants.has(text)
      ? `the constant ${text} needs LDK into a local or the stack first`
      : `there is no local ${text}${didYouMean(text, scope.locals.keys())}`;
  }
  return `${text} is no number`;
}
