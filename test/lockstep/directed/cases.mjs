/**
 * The cases of each instruction: operands, and what must stand around it. From the table: what has sources and
 * destinations only gets every pair of words; the rest is listed in `cases/`, and an instruction that nobody listed is an
 * error, so a new one cannot be forgotten.
 *
 * @typedef {object} Case
 * @property {string} mnemonic
 * @property {Readonly<Record<string, number>>} [fields] of the instruction word, apart from sources, destination and label
 * @property {Readonly<Record<string, import('@pysm/isa').Word>>} [sources] words by operand name
 * @property {readonly import('@pysm/isa').Word[]} [stack] words that are pushed below the operands
 * @property {Readonly<Record<number, import('@pysm/isa').Word>>} [locals] words of locals beside the operands'
 * @property {number} [leaves] words that are on the stack behind it, beside a destination's
 * @property {import('@pysm/isa').Word} [constant] word of the globals RAM that field k names
 * @property {(image: import('./image.mjs').ImageBuilder) => void} [before]
 * @property {(image: import('./image.mjs').ImageBuilder) => void} [after]
 * @property {boolean} [raises] it may raise: a handler is in force, and catches behind the case
 * @property {boolean} [inside] it runs in a function of its own, whose callee word is `environment`
 * @property {import('@pysm/isa').Word} [environment]
 * @property {number} [clear] words of that function's frame
 * @property {boolean} [lands] it leads to a handler of the caller: UNW
 * @property {boolean} [plain] sources are given as locals or on the stack, never as constants
 *
 * @typedef {object} Context what cases are made from
 * @property {ReturnType<typeof import('./words.mjs').heapOf>} heap
 * @property {readonly import('@pysm/isa').Word[]} words
 * @property {Readonly<Record<string, number>>} labels
 *
 * @typedef {Readonly<Record<string, (context: Context) => Iterable<Case>>>} Listed cases by mnemonic
 */
import { floatWord, str7Word } from '@pysm/isa';
import { CALLS } from './cases/calls.mjs';
import { INT, NONE, pairs } from './cases/common.mjs';
import { CONTAINERS } from './cases/containers.mjs';
import { DEVICES } from './cases/devices.mjs';
import { EXCEPTIONS } from './cases/exceptions.mjs';
import { FLOW } from './cases/flow.mjs';
import { MOVES } from './cases/moves.mjs';
import { OBJECTS } from './cases/objects.mjs';
import { RAW } from './cases/raw.mjs';
import { wordsOf } from './words.mjs';

const SUBJECTS = [MOVES, FLOW, CALLS, EXCEPTIONS, CONTAINERS, OBJECTS, DEVICES, RAW];

/**
 * Listed cases of all subjects.
 * @type {Listed}
 */
const LISTED = Object.assign({}, ...SUBJECTS);
if (Object.keys(LISTED).length < SUBJECTS.flatMap(Object.keys).length) throw new Error('cases are listed twice');

/** Immediates of arithmetic. */
const IMMEDIATES = [-512, -64, -1, 0, 1, 7, 63, 64, 511];

/** Cases of an instruction with one source, all words. */
function* unary(mnemonic, words) {
  for (const a of words) yield { mnemonic, sources: { a } };
}
function* binary(mnemonic, words) {
  for (const [a, b] of pairs(words, words)) yield { mnemonic, sources: { a, b } };
}

const keyOf = ({ tag, payload }) => `${tag}:${payload}`;

/** Kinds of operands that need no list. */
const PLAIN = new Set(['source', 'destination', 'label', 'immediate']);

/**
 * Cases of an instruction.
 * @param {import('@pysm/isa').Instruction} instruction
 * @param {{ heap: object, labels: Record<string, number>, features: { floats?: boolean }, part: number, shift: number }} context
 *   `part`: one of so many pairs of words; `shift` says which
 * @returns {Iterable<Case>}
 */
export function* casesOf(instruction, { heap, labels, features, part, shift }) {
  const words = wordsOf(heap, features);
  const { mnemonic, operands } = instruction;
  if (mnemonic in LISTED) {
    yield* LISTED[mnemonic]({ heap, words, labels });
    return;
  }
  if (!operands.every((o) => PLAIN.has(o.kind))) throw new Error(`the directed programs have no cases for ${mnemonic}`);
  const names = operands.filter((o) => o.kind === 'source').map((o) => o.name);
  const immediate = operands.some((o) => o.kind === 'immediate');
  if (names.length === 1 && immediate) {
    for (const [a, imm] of pairs(words, IMMEDIATES)) yield { mnemonic, fields: { imm }, sources: { [names[0]]: a } };
  } else if (names.length === 1) yield* unary(mnemonic, words);
  else if (names.length === 2) {
    let i = shift;
    // Of a short run, too: a pair for each outcome that the table tells apart by two tags.
    const always = new Set([INT(1), INT(2), floatWord(1), floatWord(2), NONE, str7Word('a')].map(keyOf));
    const chosen = ({ sources }) => Object.values(sources).every((w) => always.has(keyOf(w)));
    for (const one of binary(mnemonic, words)) if (i++ % part === 0 || chosen(one)) yield one;
  } else throw new Error(`the directed programs have no cases for ${mnemonic}`);
}
