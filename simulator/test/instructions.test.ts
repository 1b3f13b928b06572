/**
 * Every instruction of the table with every outcome and every trap: result, cycles, stack, vector and what is pushed.
 * The expected cycles are the table's; what a case adds is which outcome its operands lead to. The last test fails
 * where the table has an outcome or a trap without a case.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import {
  BY_MNEMONIC,
  boolWord,
  DISPATCH_KIND,
  ENTRY_KIND,
  FAULT,
  floatWord,
  GROUP_OF_TAG,
  INSTRUCTIONS,
  type Instruction,
  intWord,
  NONE_WORD,
  SYSTEM_CAUSE,
  str7Word,
  TAG,
  TAG_GROUP,
  TIMING,
  TRAP_OPERATION,
  UNBOUND_WORD,
  vectorIndex,
  type Word,
} from '@pysm/isa';
import { ATTRIBUTES, dispatch, func, HEAP, HEAP_END, heap, ROW, reference, word } from './support/heap.js';
import { machine, type Setup } from './support/machine.js';

const I = intWord;
const F = floatWord;
const B = boolWord;
const T = str7Word;
const MAX = 2n ** 63n - 1n;
const MIN = -(2n ** 63n);

/** One way an instruction goes. */
interface Case {
  /** The instruction; `L0` to `L5` are locals, `S` the stack. */
  readonly text: string;
  readonly locals?: readonly Word[];
  readonly stack?: readonly Word[];
  /** Outcome of the table. */
  readonly outcome?: string;
  /** Count of the outcome's extra words. */
  readonly words?: number;
  /** Cycles beyond the outcome's or the trap's: a waiting pin, a row from a header, a value from an attribute. */
  readonly late?: number;
  /** Word that the destination receives. */
  readonly result?: Word;
  /** Whether a branch goes to `there`. */
  readonly taken?: boolean;
  /** Words on the operand stack afterwards; by default what the specifiers say is not checked. */
  readonly depth?: number;
  /** Trap: operation or system cause, and the words that it pushes. */
  readonly trap?: string;
  readonly pushes?: readonly Word[];
  readonly kind?: keyof typeof ENTRY_KIND;
  /** Instruction that runs before, to bring the machine into the state of the case. */
  readonly before?: string;
  readonly setup?: Setup;
}

const numbers = (name: string): Case[] => {
  const half = F(0.5);
  const results: Record<string, readonly [Word, Word, Word, Word]> = {
    ADD: [I(9), F(1.0), F(7.5), F(7.5)],
    SUB: [I(5), F(0), F(6.5), F(-6.5)],
    MUL: [I(14), F(0.25), F(3.5), F(3.5)],
  };
  const [int, float, left, right] = results[name]!;
  return [
    { text: `${name} S,L0,L1`, locals: [I(7), I(2)], outcome: 'int', result: int, depth: 1 },
    { text: `${name} L3,S,S`, stack: [I(7), I(2)], outcome: 'int', result: int, depth: 0 },
    { text: `${name} S,L0,L1`, locals: [half, half], outcome: 'float', result: float },
    { text: `${name} S,L0,S`, locals: [I(7)], stack: [half], outcome: 'int-float', result: left, depth: 1 },
    { text: `${name} S,S,L0`, locals: [I(7)], stack: [half], outcome: 'float-int', result: right, depth: 1 },
    { text: `${name} S,L0,S`, locals: [T('a')], stack: [I(1)], trap: name, pushes: [T('a'), I(1)] },
    { text: `${name} S,S,S`, stack: [HEAP.object, HEAP.list], trap: name, pushes: [HEAP.object, HEAP.list] },
    { text: `${name}I L3,L0,2`, locals: [I(7)], outcome: 'int', result: int },
    { text: `${name}I L3,L0,1`, locals: [F(0.5)], outcome: 'float-int' },
    { text: `${name}I L3,L0,1`, locals: [NONE_WORD], trap: name, pushes: [NONE_WORD, I(1)] },
  ];
};

/** Integer-only operations: a, b, result. */
const integers: readonly [name: string, a: Word, b: number, result: Word][] = [
  ['AND', I(12), 10, I(8)],
  ['OR', I(12), 10, I(14)],
  ['XOR', I(12), 10, I(6)],
  ['SHL', I(3), 4, I(48)],
  ['SHR', I(-48), 4, I(-3)],
  ['FLOOR', I(-7), 2, I(-4)],
  ['MOD', I(-7), 3, I(2)],
  ['ZXT', I(-1), 8, I(255)],
];

const comparisons = (['LT', 'LE', 'GT', 'GE', 'EQ', 'NE'] as const).flatMap((name, i): Case[] => {
  const less = [true, true, false, false, false, true][i]!;
  const forms: readonly [mnemonic: string, operation: string, inverted: boolean][] = [
    [`C${name}`, name, false],
    [`B${name}`, `${name}_BRANCH`, false],
    [`BN${name}`, `${name}_BRANCH`, true],
  ];
  return forms.flatMap(([mnemonic, operation, inverted]): Case[] => {
    const holds = less !== inverted;
    const branches = mnemonic.startsWith('B');
    const text = branches ? `${mnemonic} L0,L1,there` : `${mnemonic} S,L0,L1`;
    const answer = (value: boolean): Partial<Case> => (branches ? { taken: value } : { result: B(value) });
    const equality = name === 'EQ' || name === 'NE';
    const differ = (name === 'NE') !== inverted;
    return [
      { text, locals: [I(1), I(2)], outcome: 'int', ...answer(holds) },
      { text, locals: [B(false), I(1)], outcome: 'int', ...answer(holds) },
      { text, locals: [F(1), F(2)], outcome: 'float', ...answer(holds) },
      { text, locals: [I(2n ** 53n), F(2 ** 53 + 2)], outcome: 'int-float', ...answer(holds) },
      { text, locals: [F(2 ** 53), I(2n ** 53n + 1n)], outcome: 'float-int', ...answer(holds) },
      { text, locals: [HEAP.object, I(1)], trap: operation, pushes: [HEAP.object, I(1)] },
      { text, locals: [NONE_WORD, HEAP.object], trap: operation, pushes: [NONE_WORD, HEAP.object] },
      ...(equality
        ? [
            { text, locals: [T('a'), T('b')], outcome: 'str7', ...answer(differ) },
            { text, locals: [T('ab'), T('ab')], outcome: 'str7', ...answer(!differ) },
            { text, locals: [NONE_WORD, I(0)], outcome: 'None and any', ...answer(differ) },
            { text, locals: [HEAP.list, NONE_WORD], outcome: 'any and None', ...answer(differ) },
            { text, locals: [HEAP.str, T('ab')], trap: operation, pushes: [HEAP.str, T('ab')] },
          ]
        : [{ text, locals: [T('a'), T('b')], trap: operation, pushes: [T('a'), T('b')] }]),
    ];
  });
});

const truths = (
  [
    ['int', I(0), false],
    ['int', B(true), true],
    ['float', F(-0), false],
    ['float', F(Number.NaN), true],
    ['none', NONE_WORD, false],
    ['str7', T(''), false],
    ['str7', T('x'), true],
    ['str', HEAP.str, true],
    ['tuple', HEAP.tuple, true],
    ['bytes', HEAP.bytes, true],
    ['function', func(0, 0, 0), true],
    ['function', HEAP.class, true],
    ['generator', HEAP.generator, true],
    ['list', HEAP.list, true],
    ['dict', HEAP.dict, true],
    ['set', HEAP.set, false],
  ] as const
).flatMap(([outcome, value, truth]): Case[] => [
  { text: 'BT L0,there', locals: [value], outcome, taken: truth },
  { text: 'BF S,there', stack: [value], outcome, taken: !truth, depth: 0 },
]);

const iterations = (
  [
    ['list', HEAP.list, 2, I(30), 3],
    ['tuple', HEAP.tuple, 1, I(8), 2],
    ['bytes', HEAP.bytes, 0, I(97), 3],
    ['bytearray', HEAP.bytearray, 2, I(122), 3],
  ] as const
).flatMap(([name, value, at, item, end]): Case[] => [
  { text: 'FORITER S,L0,there', locals: [value, I(at)], outcome: `${name} item`, result: item, taken: true },
  { text: 'FORITER S,L0,there', locals: [value, I(end)], outcome: `${name} exhausted`, taken: false, depth: 0 },
]);

const lengths = (
  [
    ['tuple', HEAP.tuple, 2],
    ['str', HEAP.str, 12],
    ['str', HEAP.wide, 2],
    ['str7', T('abc'), 3],
    ['bytes', HEAP.bytes, 3],
    ['list', HEAP.list, 3],
    ['dict', HEAP.dict, 2],
    ['set', HEAP.set, 0],
    ['bytearray', HEAP.bytearray, 3],
  ] as const
).map(([outcome, value, count]): Case => ({ text: 'LEN S,L0', locals: [value], outcome, result: I(count) }));

const items: Case[] = [
  { text: 'LDX S,L0,L1', locals: [HEAP.list, I(1)], outcome: 'list', result: I(20) },
  { text: 'LDX S,L0,L1', locals: [HEAP.list, I(-3)], outcome: 'list, negative index', result: I(10) },
  { text: 'LDX S,L0,L1', locals: [HEAP.list, B(true)], outcome: 'list', result: I(20) },
  { text: 'LDX S,L0,L1', locals: [HEAP.tuple, I(-1)], outcome: 'tuple', result: I(8) },
  { text: 'LDX S,L0,L1', locals: [HEAP.str, I(11)], outcome: 'str', result: T('d') },
  { text: 'LDX S,L0,L1', locals: [T('abc'), I(-1)], outcome: 'str7', result: T('c') },
  { text: 'LDX S,L0,L1', locals: [HEAP.bytes, I(1)], outcome: 'bytes', result: I(98) },
  { text: 'LDX S,L0,L1', locals: [HEAP.bytearray, I(0)], outcome: 'bytearray', result: I(120) },
  ...[HEAP.list, HEAP.tuple, HEAP.str, HEAP.bytes, HEAP.bytearray, T('abc')].map(
    (a): Case => ({ text: 'LDX S,S,S', stack: [a, I(12)], trap: 'LOAD_ITEM', pushes: [a, I(12)] }),
  ),
  { text: 'LDX S,L0,L1', locals: [HEAP.wide, I(0)], trap: 'LOAD_ITEM', pushes: [HEAP.wide, I(0)] },
  { text: 'LDX S,L0,L1', locals: [HEAP.dict, T('k')], trap: 'LOAD_ITEM', pushes: [HEAP.dict, T('k')] },
  { text: 'STX L0,L1,L2', locals: [HEAP.list, I(-1), T('v')], outcome: 'list' },
  { text: 'STX S,S,S', stack: [HEAP.bytearray, I(2), I(255)], outcome: 'bytearray', depth: 0 },
  {
    text: 'STX S,S,S',
    stack: [HEAP.bytearray, I(2), I(256)],
    trap: 'STORE_ITEM',
    pushes: [HEAP.bytearray, I(2), I(256)],
  },
  {
    text: 'STX L0,L1,S',
    locals: [HEAP.list, I(3)],
    stack: [T('v')],
    trap: 'STORE_ITEM',
    pushes: [HEAP.list, I(3), T('v')],
  },
  { text: 'DELX L0,L1', locals: [HEAP.list, I(0)], trap: 'DELETE_ITEM', pushes: [HEAP.list, I(0)] },
  { text: 'LEN S,L0', locals: [HEAP.range], trap: 'LEN', pushes: [HEAP.range] },
  { text: 'UNPACK L0,2', locals: [HEAP.tuple], outcome: 'tuple', words: 2, result: I(7), depth: 2 },
  { text: 'UNPACK S,3', stack: [HEAP.list], outcome: 'list', words: 3, result: I(10), depth: 3 },
  { text: 'UNPACK L0,3', locals: [HEAP.tuple], trap: 'UNPACK', pushes: [HEAP.tuple] },
  { text: 'UNPACK L0,0', locals: [T('')], trap: 'UNPACK', pushes: [T('')] },
  { text: 'LAPP L0,L1', locals: [HEAP.list, I(40)], outcome: 'room' },
  { text: 'LAPP S,S', stack: [HEAP.full, I(2)], trap: 'APPEND', pushes: [HEAP.full, I(2)] },
  ...(['list', 'tuple', 'bytes', 'bytearray', 'generator'] as const).map(
    (name): Case => ({ text: 'GETITER L3,L0', locals: [HEAP[name]], outcome: name, result: I(0) }),
  ),
  { text: 'GETITER L3,S', stack: [T('abc')], trap: 'ITER', pushes: [T('abc')] },
  { text: 'GETITER L3,L0', locals: [HEAP.str], trap: 'ITER', pushes: [HEAP.str] },
  { text: 'GETITER L3,L0', locals: [HEAP.range], trap: 'ITER', pushes: [HEAP.range] },
  { text: 'GETITER L3,L0', locals: [HEAP.dict], trap: 'ITER', pushes: [HEAP.dict] },
  { text: 'FORITER S,L0,there', locals: [HEAP.generator, I(0)], outcome: 'generator enters', words: 3 },
  {
    text: 'FORITER S,L0,there',
    locals: [HEAP.running, I(0)],
    trap: 'NEXT',
    pushes: [HEAP.running],
    late: TIMING.generatorState,
  },
  { text: 'FORITER S,L0,there', locals: [HEAP.dict, I(0)], trap: 'NEXT', pushes: [HEAP.dict] },
];

const { slot, empty, value, fallback, method, getter, marker, missing, narrow } = ATTRIBUTES;
const late = TIMING.headerRow;
const attributes: Case[] = [
  { text: `LDA S,L0,${slot}`, locals: [HEAP.object], outcome: 'slot', result: I(5) },
  { text: `LDA S,L0,${slot}`, locals: [HEAP.objectX], outcome: 'slot', result: I(5), late },
  { text: `LDA S,L0,${value}`, locals: [HEAP.object], outcome: 'class value', result: I(77) },
  { text: `LDA S,L0,${value}`, locals: [HEAP.class], outcome: 'class value', result: I(77) },
  { text: `LDA S,L0,${fallback}`, locals: [HEAP.object], outcome: 'class value', result: I(88) },
  { text: `LDA S,L0,${slot}`, locals: [HEAP.class], trap: 'LOAD_ATTR', pushes: [HEAP.class] },
  { text: `LDA S,L0,${empty}`, locals: [HEAP.object], trap: 'LOAD_ATTR', pushes: [HEAP.object] },
  { text: `LDA S,S,${method}`, stack: [HEAP.object], trap: 'LOAD_ATTR', pushes: [HEAP.object] },
  { text: `LDA S,L0,${missing}`, locals: [HEAP.objectX], trap: 'LOAD_ATTR', pushes: [HEAP.objectX], late },
  { text: `LDA S,L0,${missing}`, locals: [I(1)], trap: 'LOAD_ATTR', pushes: [I(1)] },
  { text: `STA L0,${slot},L1`, locals: [HEAP.object, I(6)], outcome: 'done' },
  { text: `STA S,${fallback},S`, stack: [HEAP.objectX, I(6)], outcome: 'done', late, depth: 0 },
  { text: `STA L0,${value},S`, locals: [HEAP.object], stack: [I(6)], trap: 'STORE_ATTR', pushes: [HEAP.object, I(6)] },
  { text: `DELA L0,${slot}`, locals: [HEAP.object], outcome: 'done' },
  { text: `DELA L0,${empty}`, locals: [HEAP.object], trap: 'DELETE_ATTR', pushes: [HEAP.object] },
  { text: `ISA S,L0,${marker}`, locals: [HEAP.object], outcome: 'done', result: B(true) },
  { text: `ISA S,L0,${marker}`, locals: [HEAP.objectX], outcome: 'done', result: B(true), late },
  { text: `ISA S,L0,${missing}`, locals: [HEAP.object], outcome: 'done', result: B(false) },
  { text: `ISA S,L0,${slot}`, locals: [HEAP.object], outcome: 'done', result: B(true) },
];

const calls: Case[] = [
  { text: 'CALL callee,2,3', stack: [I(1), I(2)], outcome: 'enter', words: 3, depth: 5 },
  { text: 'CALL callee,0,0', outcome: 'enter', words: 0, depth: 0 },
  { text: 'TAIL callee,2,1', stack: [I(1), I(2)], outcome: 'enter', words: 3 },
  { text: 'CHKSP 100', outcome: 'done' },
  { text: 'CALLV 1', stack: [func(4, 1, 5), I(1)], outcome: 'function', words: 4, depth: 6 },
  { text: 'CALLV 1', stack: [HEAP.closure, I(1)], outcome: 'closure', words: 4, depth: 6 },
  { text: 'CALLV 1', stack: [HEAP.bound, I(1)], outcome: 'bound', words: 3, depth: 5 },
  { text: 'CALLV 2', stack: [HEAP.closure, I(1), I(2)], trap: 'CALL', pushes: [HEAP.closure, I(2)], kind: 'REDIRECT' },
  { text: 'CALLV 0', stack: [HEAP.object], trap: 'CALL', pushes: [HEAP.object, I(0)], kind: 'REDIRECT' },
  { text: `CALLM ${method},1`, stack: [HEAP.object, I(1)], outcome: 'method', words: 3, depth: 5 },
  { text: `CALLM ${method},1`, stack: [HEAP.objectX, I(1)], outcome: 'method', words: 3, late },
  ...(['function', 'closure', 'bound'] as const).map(
    (kind): Case => ({
      text: `CALLM ${ATTRIBUTES[kind]},1`,
      stack: [HEAP.object, I(1)],
      outcome: `attribute holding a ${kind}`,
      words: kind === 'bound' ? 3 : 4,
    }),
  ),
  ...[missing, getter, slot, narrow].map(
    (attribute): Case => ({
      // The slot's value is read before it is known to be no callable: 4 after CALLV, which finds that a cycle earlier.
      ...(attribute === slot ? { late: TIMING.throughAttribute - 1 } : {}),
      text: `CALLM ${attribute},1`,
      stack: [HEAP.object, I(1)],
      trap: 'CALL',
      pushes: [HEAP.object, I(1)],
      kind: 'REDIRECT',
    }),
  ),
  { text: `CALLM ${value},0`, stack: [HEAP.class], trap: 'CALL', pushes: [HEAP.class, I(0)], kind: 'REDIRECT' },
  { text: 'CALLKW 1,%k', stack: [HEAP.object, I(1)], trap: 'CALL_KEYWORDS', pushes: [HEAP.object, I(1)] },
];

/** Registers that make the next frame too large, or the heap full. */
const tight = (text: string, rest: Partial<Case> = {}): Case => ({
  text,
  trap: 'STACK',
  pushes: [],
  kind: 'RETRY',
  // The entry frame ends 60 words below the limit: 48 operand words and a small callee still fit.
  before: 'CSRW SLIM,L5',
  locals: [NONE_WORD, NONE_WORD, NONE_WORD, NONE_WORD, NONE_WORD, I(66)],
  ...rest,
});
const exhausted = (text: string, rest: Partial<Case> = {}): Case => ({
  text,
  trap: 'ALLOCATE',
  pushes: [],
  kind: 'RETRY',
  setup: { heapBase: 32767 },
  ...rest,
});

const build: Case[] = [
  { text: 'NEW S,%C', outcome: 'done' },
  { text: 'BTUP L3,2', stack: [I(1), I(2)], outcome: 'done', words: 2, depth: 0 },
  { text: 'BTUP S,0', outcome: 'done', words: 0, depth: 1 },
  { text: 'BLIST S,3', stack: [I(1), I(2), I(3)], outcome: 'done', words: 3, depth: 1 },
  { text: 'MKCLO S,L0,2', locals: [func(4, 1, 5)], stack: [I(1), I(2)], outcome: 'done', words: 2, depth: 1 },
  { text: 'MKCELL S,S', stack: [I(1)], outcome: 'done', depth: 1 },
  { text: 'MKGEN', locals: [I(1), I(2)], outcome: 'done', words: 8, setup: { frame: 6 }, stack: [I(1), I(2)] },
  { text: 'ALLOC S,L0', locals: [I(7)], outcome: 'done', result: word('RAW', HEAP_END) },
  exhausted('NEW S,%C'),
  exhausted('BTUP S,1', { stack: [I(1)] }),
  exhausted('BLIST S,1', { stack: [I(1)] }),
  exhausted('MKCLO S,L0,0', { locals: [func(4, 1, 5)] }),
  exhausted('MKCELL S,S', { stack: [I(1)] }),
  exhausted('MKGEN'),
  exhausted('ALLOC S,L0', { locals: [I(7)] }),
  { text: 'BMAP S,1', stack: [I(1), I(2)], trap: 'BUILD_MAP', pushes: [] },
  { text: 'BSET S,1', stack: [I(1)], trap: 'BUILD_SET', pushes: [] },
  { text: 'BSLICE S', stack: [I(1), I(2), I(3)], trap: 'BUILD_SLICE', pushes: [] },
  { text: 'LDCELL S,L0', locals: [HEAP.cell], outcome: 'done', result: I(9) },
  { text: 'LDCELL S,L0', locals: [HEAP.emptyCell], trap: 'UNBOUND_CELL', pushes: [] },
  { text: 'STCELL L0,L1', locals: [HEAP.cell, I(1)], outcome: 'done' },
];

const others: Case[] = [
  { text: 'NOP', outcome: 'done' },
  { text: 'HALT 3,L0', locals: [I(4)], outcome: 'done' },
  { text: 'JMP there', outcome: 'done', taken: true },
  { text: 'SPAN', outcome: 'done' },
  { text: 'CSRR S,HLIM', outcome: 'done', result: I(32768) },
  { text: 'CSRW SLIM,L0', locals: [I(1000)], outcome: 'done' },
  { text: 'MOV S,L0', locals: [T('x')], outcome: 'done', result: T('x') },
  { text: 'MOV L3,-1', outcome: 'done', result: I(-1) },
  { text: 'MOV S,NotImplemented', outcome: 'done', result: word('NOTIMPLEMENTED') },
  { text: 'LDI S,-65536', outcome: 'done', result: I(-65536) },
  { text: 'LDK S,%k', outcome: 'done', result: T('const') },
  { text: 'LDG S,%k', outcome: 'done', result: T('const') },
  { text: 'LDG S,%unbound', trap: 'NAME', pushes: [] },
  { text: 'STG %unbound,S', stack: [I(1)], outcome: 'done', depth: 0 },
  { text: 'LDW8 S,200', outcome: 'done', result: UNBOUND_WORD, setup: { frame: 210 } },
  { text: 'STW8 205,S', stack: [I(1)], outcome: 'done', depth: 0, setup: { frame: 210 } },
  { text: 'POP 2', stack: [I(1), I(2), I(3)], outcome: 'done', depth: 1 },
  { text: 'DUP S,1', stack: [I(1), I(2)], outcome: 'done', result: I(1), depth: 3 },
  { text: 'UNB L0', locals: [I(1)], outcome: 'done' },
  { text: 'UNB L0', locals: [UNBOUND_WORD], trap: 'UNBOUND', pushes: [] },
  { text: 'CLRL 7', outcome: 'done', words: 7, result: UNBOUND_WORD, depth: 7 },
  { text: 'DIV S,L0,L1', locals: [F(1), F(4)], outcome: 'float', result: F(0.25) },
  { text: 'DIV S,L0,L1', locals: [I(1), F(4)], outcome: 'int-float', result: F(0.25) },
  { text: 'DIV S,L0,L1', locals: [F(1), I(4)], outcome: 'float-int', result: F(0.25) },
  { text: 'DIV S,L0,L1', locals: [I(2n ** 53n), I(-3)], outcome: 'int', result: F(2 ** 53 / -3) },
  { text: 'DIV S,L0,L1', locals: [I(2n ** 53n + 1n), I(3)], trap: 'DIV', pushes: [I(2n ** 53n + 1n), I(3)] },
  { text: 'DIV S,L0,L1', locals: [F(1), F(-0)], trap: 'DIV', pushes: [F(1), F(-0)] },
  { text: 'DIV S,L0,L1', locals: [I(1), I(0)], trap: 'DIV', pushes: [I(1), I(0)] },
  { text: 'DIVI S,L0,2', locals: [I(1)], outcome: 'int', result: F(0.5) },
  { text: 'DIVI S,L0,2', locals: [F(1)], outcome: 'float-int', result: F(0.5) },
  { text: 'DIVI S,L0,0', locals: [F(1)], trap: 'DIV', pushes: [F(1), I(0)] },
  { text: 'POW S,L0,L1', locals: [I(2), I(3)], trap: 'POW', pushes: [I(2), I(3)] },
  { text: 'POWI S,L0,3', locals: [I(2)], trap: 'POW', pushes: [I(2), I(3)] },
  { text: 'NEG S,L0', locals: [I(5)], outcome: 'int', result: I(-5) },
  { text: 'NEG S,L0', locals: [F(0)], outcome: 'float', result: F(-0) },
  { text: 'NEG S,L0', locals: [I(MIN)], trap: 'NEG', pushes: [I(MIN)] },
  { text: 'INV S,L0', locals: [B(true)], outcome: 'int', result: I(-2) },
  { text: 'INV S,L0', locals: [F(1)], trap: 'INV', pushes: [F(1)] },
  { text: 'ABS S,L0', locals: [I(-5)], outcome: 'int', result: I(5) },
  { text: 'ABS S,L0', locals: [F(-2)], outcome: 'float', result: F(2) },
  { text: 'ABS S,L0', locals: [I(MIN)], trap: 'ABS', pushes: [I(MIN)] },
  { text: 'AND S,L0,L1', locals: [B(true), B(false)], outcome: 'int', result: B(false) },
  { text: 'XOR S,L0,L1', locals: [B(true), I(1)], outcome: 'int', result: I(0) },
  { text: 'MOD S,L0,L1', locals: [I(MIN), I(-1)], outcome: 'int', result: I(0) },
  { text: 'FLOOR S,L0,L1', locals: [I(MIN), I(-1)], trap: 'FLOOR', pushes: [I(MIN), I(-1)] },
  { text: 'MUL S,L0,L1', locals: [I(MAX), I(2)], trap: 'MUL', pushes: [I(MAX), I(2)] },
  { text: 'SHR S,L0,L1', locals: [I(-5), I(200)], outcome: 'int', result: I(-1) },
  { text: 'SHL S,L0,L1', locals: [I(0), I(200)], outcome: 'int', result: I(0) },
  { text: 'CIS S,L0,L1', locals: [I(1), B(true)], outcome: 'done', result: B(false) },
  { text: 'CNIS S,L0,L1', locals: [I(1), B(true)], outcome: 'done', result: B(true) },
  { text: 'BIS L0,L1,there', locals: [HEAP.list, HEAP.list], outcome: 'done', taken: true },
  { text: 'BNIS L0,L1,there', locals: [HEAP.list, HEAP.list], outcome: 'done', taken: false },
  ...(['CIN S,L0,L1', 'BIN L0,L1,there'] as const).map(
    (text): Case => ({ text, locals: [I(1), HEAP.dict], trap: 'IN', pushes: [HEAP.dict, I(1)] }),
  ),
  ...(['CNIN S,L0,L1', 'BNIN L0,L1,there'] as const).map(
    (text): Case => ({ text, locals: [I(1), HEAP.dict], trap: 'NOT_IN', pushes: [HEAP.dict, I(1)] }),
  ),
  { text: 'BT L0,there', locals: [HEAP.object], trap: 'TRUTH', pushes: [HEAP.object] },
  { text: 'BF S,there', stack: [HEAP.closure], trap: 'TRUTH', pushes: [HEAP.closure] },
  { text: 'BBS L0,63,there', locals: [I(-1)], outcome: 'int', taken: true },
  { text: 'BBC L0,2,there', locals: [I(4)], outcome: 'int', taken: false },
  { text: 'BBS L0,0,there', locals: [F(1)], trap: 'BIT_TEST', pushes: [F(1)] },
  { text: 'BBC L0,0,there', locals: [F(1)], trap: 'BIT_TEST', pushes: [F(1)] },
  { text: 'BTAG L0,LIST,there', locals: [HEAP.list], outcome: 'done', taken: true },
  { text: 'BNTAG L0,LIST,there', locals: [HEAP.list], outcome: 'done', taken: false },
  { text: 'BUNB L0,there', locals: [UNBOUND_WORD], outcome: 'done', taken: true },
  { text: 'BBND L0,there', locals: [UNBOUND_WORD], outcome: 'done', taken: false },
  { text: 'FORR L0,L1,there', locals: [I(1), I(2)], outcome: 'done', taken: true },
  { text: 'FORR L0,S,there', locals: [I(2)], stack: [I(2)], outcome: 'done', taken: false, depth: 0 },
  { text: 'FORS L0,L1,there', locals: [I(1), I(2), I(3)], outcome: 'done', taken: true },
  { text: 'FORS L0,L1,there', locals: [I(1), I(-2), I(0)], outcome: 'done', taken: false },
  { text: 'FORS L0,L1,there', locals: [I(MAX), I(1), I(MAX)], outcome: 'done', taken: false },
  { text: 'RNGCK S,L0', locals: [B(true)], outcome: 'int', result: I(1) },
  { text: 'RNGCK S,L0', locals: [F(1)], trap: 'INDEX', pushes: [F(1)] },
  { text: 'SETH 370', outcome: 'done' },
  { text: 'RAISE S', stack: [HEAP.object], trap: 'RAISE', pushes: [HEAP.object] },
  { text: 'RERAISE L0', locals: [HEAP.object], trap: 'RERAISE', pushes: [HEAP.object] },
  { text: 'RSRD S,0', outcome: 'done' },
  { text: 'HSEL S,L0,L1', locals: [word('RAW', 5n), HEAP.descriptor], outcome: 'done', result: HEAP.descriptor },
  { text: 'HSEL S,L0,L1', locals: [word('RAW', 100n), HEAP.descriptor], outcome: 'done', result: word('RAW', 372n) },
  { text: 'GRES S,L0,L1', locals: [HEAP.generator, I(1)], outcome: 'enter', words: 3 },
  {
    text: 'GRES S,L0,L1',
    locals: [HEAP.running, I(1)],
    trap: 'RESUME_GENERATOR',
    pushes: [HEAP.running, I(1)],
    late: TIMING.generatorState,
  },
  { text: 'GRES S,L0,S', locals: [HEAP.list], stack: [I(1)], trap: 'RESUME_GENERATOR', pushes: [HEAP.list, I(1)] },
  { text: 'IOW L0,L1', locals: [I(1), B(true)], outcome: 'done' },
  { text: 'IOW L0,S', locals: [I(1)], stack: [F(1)], trap: 'IO_VALUE', pushes: [I(1), F(1)] },
  { text: 'IOWI 3,1', outcome: 'done' },
  { text: 'IOWI 3,L0', locals: [NONE_WORD], trap: 'IO_VALUE', pushes: [NONE_WORD] },
  { text: 'IOR S,L0', locals: [I(170)], outcome: 'done', result: I(100_000_000) },
  { text: 'IORI S,170', outcome: 'done', result: I(100_000_000) },
  { text: 'IOB 2,0,there', outcome: 'done', taken: true },
  { text: 'WAITP 2,0', outcome: 'level seen' },
  { text: 'WAITP 2,1', outcome: 'waited' },
  { text: 'RDC S', outcome: 'done', result: I(1) },
  { text: 'IEN 1', outcome: 'done' },
];

const raws: Case[] = [
  { text: 'LDW S,L0,3', locals: [HEAP.list], outcome: 'done', result: I(10) },
  { text: 'STW L0,3,L1', locals: [HEAP.raw, I(1)], outcome: 'done' },
  { text: 'LDXR S,L0,4', locals: [HEAP.raw], outcome: 'done', result: I(20) },
  { text: 'STXR L0,4,L1', locals: [HEAP.raw, I(1)], outcome: 'done' },
  { text: 'LDB S,L0,L1', locals: [HEAP.str, I(12)], outcome: 'done', result: I('o'.charCodeAt(0)) },
  { text: 'STB L0,8,L1', locals: [HEAP.str, I(65)], outcome: 'done' },
  { text: 'TAGR S,L0', locals: [F(1)], outcome: 'done', result: I(TAG.FLOAT) },
  { text: 'TAGW S,L0,10', locals: [I(7)], outcome: 'done', result: word('RAW', 7) },
  { text: 'RADD S,L0,L1', locals: [I(MAX), I(1)], outcome: 'done', result: I(MIN) },
  { text: 'RSUB S,L0,L1', locals: [I(MIN), I(1)], outcome: 'done', result: I(MAX) },
  { text: 'RMUL S,L0,L1', locals: [I(MAX), I(2)], outcome: 'done', result: I(-2) },
  { text: 'MULHU S,L0,L1', locals: [I(-1), I(-1)], outcome: 'done', result: I(-2) },
  { text: 'RULT S,L0,L1', locals: [I(1), I(-1)], outcome: 'done', result: I(1) },
  { text: 'RSHL S,L0,L1', locals: [I(1), I(65)], outcome: 'done', result: I(2) },
  { text: 'RSHR S,L0,L1', locals: [I(-1), I(60)], outcome: 'done', result: I(15) },
  { text: 'CLZ S,L0', locals: [I(1)], outcome: 'done', result: I(63) },
  { text: 'HASH S,L0', locals: [I(1)], outcome: 'int', result: I(0x9e3779b1) },
  { text: 'HASH S,L0', locals: [F(1)], outcome: 'float', result: I(0x9e3779b1) },
  { text: 'HASH S,L0', locals: [T('')], outcome: 'str7', result: I(0) },
  { text: 'HASH S,L0', locals: [NONE_WORD], outcome: 'none', result: I(0) },
  { text: 'HASH S,L0', locals: [HEAP.str], trap: 'HASH', pushes: [HEAP.str] },
  { text: 'LDHX S,L0,L1', locals: [HEAP.table, I(6)], outcome: 'done', result: I(102) },
  { text: 'MCPY L0,L1,3', locals: [HEAP.raw, HEAP.table], outcome: 'done', words: 3 },
  { text: 'MCLR L0,5', locals: [HEAP.raw], outcome: 'done', words: 5 },
  { text: 'DTRD S,L0', locals: [I(100 + value)], outcome: 'done', result: I(77) },
  { text: 'DTWR L0,L1', locals: [I(100 + value), I(1)], outcome: 'done' },
  { text: 'DTKD S,L0', locals: [I(100 + empty)], outcome: 'done', result: word('RAW', empty | (1 << 12) | (2 << 16)) },
  { text: 'TINS S', outcome: 'done' },
  { text: 'CVT S,L0', locals: [I(-3)], outcome: 'int', result: F(-3) },
  { text: 'CVT S,L0', locals: [F(-3.9)], outcome: 'float', result: I(-3) },
  { text: 'CVT S,L0', locals: [F(2 ** 63)], trap: 'CONVERT', pushes: [F(2 ** 63)] },
  { text: 'FSQRT S,L0', locals: [F(2)], outcome: 'float', result: F(Math.SQRT2) },
  { text: 'FSQRT S,L0', locals: [I(16)], outcome: 'int', result: F(4) },
  { text: 'FSQRT S,L0', locals: [F(-1)], trap: 'SQRT', pushes: [F(-1)] },
  { text: 'EXT S,L0,8:16', locals: [I(0x123456)], outcome: 'done', result: I(0x1234) },
  { text: 'INS L3,L0,0:64', locals: [I(-9)], outcome: 'done', result: word('UNBOUND', -9) },
  { text: 'GLRD S,L0', locals: [I(0)], outcome: 'done', result: T('const') },
];

const CASES: readonly Case[] = [
  ...['ADD', 'SUB', 'MUL'].flatMap(numbers),
  ...integers.flatMap(([name, a, b, result]): Case[] => [
    { text: `${name} S,L0,L1`, locals: [a, I(b)], outcome: 'int', result },
    { text: `${name}I S,L0,${b}`, locals: [a], outcome: 'int', result },
    { text: `${name} S,L0,L1`, locals: [F(1), I(b)], trap: name, pushes: [F(1), I(b)] },
    { text: `${name}I S,L0,${b}`, locals: [T('s')], trap: name, pushes: [T('s'), I(b)] },
  ]),
  ...comparisons,
  ...truths,
  ...iterations,
  ...lengths,
  ...items,
  ...attributes,
  ...calls,
  ...['CALL callee,0,15', 'CHKSP 100'].map((text) => tight(text)),
  ...['FORITER S,L0,there', 'GRES S,L0,1'].map((text) =>
    tight(text, { locals: [HEAP.generator, I(0), NONE_WORD, NONE_WORD, NONE_WORD, I(50)] }),
  ),
  tight('CALLV 0', { stack: [func(4, 0, 20)] }),
  tight(`CALLM ${method},9`, {
    stack: [reference('OBJ', 338, 0, ROW), ...Array(9).fill(I(1))],
    setup: {
      dispatch: [
        {
          index: ROW + method,
          attribute: method,
          kind: DISPATCH_KIND.METHOD,
          slot: 0,
          value: func(4, 10, 20),
        },
      ],
    },
  }),

  ...build,
  ...others,
  ...raws,
];

/** Cycles of the instruction before the case. */
const START = 1;

/** Locals that every case has at least, so that L3 to L5 exist. */
const FRAME = 6;

async function prepared(item: Case, vector?: number) {
  const locals = [...(item.locals ?? []), ...Array(Math.max(0, FRAME - (item.locals?.length ?? 0))).fill(UNBOUND_WORD)];
  const setup: Setup = {
    data: item.setup?.heapBase === 32767 ? (labels) => heap(labels) : heap,
    dispatch,
    heapBase: HEAP_END,
    globals: { k: T('const'), unbound: UNBOUND_WORD, C: HEAP.class },
    ...(vector === undefined ? {} : { vectors: [{ index: vector, handler: 'handler', clear: 2 }] }),
    ...item.setup,
    locals,
    stack: item.stack ?? [],
  };
  const frame = Math.max(setup.frame ?? 0, locals.length);
  const source = `main: ${item.before ?? 'NOP'}\n${item.text}\nNOP\nthere: NOP\nhandler: NOP\nNOP\ncallee: NOP\n`;
  const simulator = await machine(source, { ...setup, frame });
  await simulator.stepInstruction();
  return { simulator, frame };
}

/** The trap of the table that a case names. */
function trapOf(instruction: Instruction, name: string) {
  const trap = instruction.traps.find((t) => t.cause === name || t.operation === name);
  assert.ok(trap, `${instruction.mnemonic} has no trap ${name}`);
  return trap;
}

function indexOf(name: string, pushes: readonly Word[]): number {
  if (name in SYSTEM_CAUSE) return SYSTEM_CAUSE[name as keyof typeof SYSTEM_CAUSE];
  const group = (w: Word | undefined): number => (w ? TAG_GROUP[GROUP_OF_TAG[w.tag & 31]!] : 0);
  return vectorIndex(TRAP_OPERATION[name as keyof typeof TRAP_OPERATION], group(pushes[0]), group(pushes[1]));
}

async function checkTrap(item: Case, instruction: Instruction): Promise<void> {
  const pushes = item.pushes ?? [];
  const trap = trapOf(instruction, item.trap!);
  // CALL's second word is the count, which selects nothing beyond the group of numbers.
  const index = indexOf(item.trap!, pushes);
  const bare = await prepared(item);
  const before = await bare.simulator.state();
  const fault = await bare.simulator.stepInstruction();
  assert.deepEqual(fault, { kind: 'fault', fault: FAULT.NO_VECTOR, pc: 1, detail: index }, 'vector index');
  assert.equal((await bare.simulator.state()).sp, before.sp, 'a fault leaves SP');

  const { simulator } = await prepared(item, index);
  assert.deepEqual(await simulator.stepInstruction(), { kind: 'step' });
  const state = await simulator.state();
  const cleared = 2;
  const cost =
    trap.found + (item.late ?? 0) + TIMING.trapEntry + Math.max(0, pushes.length + cleared - TIMING.entryWords);
  assert.equal(state.cycles - START, cost, 'cycles of the entry');
  assert.equal(state.pc, 4, 'handler');
  assert.equal(state.sp, state.fp + pushes.length + cleared, 'frame');
  assert.deepEqual(await simulator.read('stack', state.fp, pushes.length), pushes, 'pushed words');
  const [entry] = await simulator.returnStack();
  assert.equal(entry!.kind, ENTRY_KIND[item.kind ?? 'RESUME'], 'kind of the entry');
  assert.equal(entry!.pc, 1);
}

async function checkOutcome(item: Case, instruction: Instruction): Promise<void> {
  const { simulator, frame } = await prepared(item);
  const reason = await simulator.stepInstruction();
  assert.notEqual(reason.kind, 'fault', inspect(reason));
  const state = await simulator.state();
  const outcome = instruction.outcomes.find((o) => o.name === item.outcome);
  assert.ok(outcome, `${instruction.mnemonic} has no outcome ${item.outcome}`);
  const extra = outcome.extra ? Math.max(0, (item.words ?? 0) - outcome.extra.beyond) * outcome.extra.each : 0;
  // `there` lies ahead, so a taken branch is mispredicted.
  const wrong = instruction.branch && item.taken ? TIMING.mispredicted : 0;
  assert.equal(state.cycles - START, outcome.cycles + extra + wrong + (item.late ?? 0), 'cycles');
  if (item.taken !== undefined) assert.equal(state.pc, item.taken ? 3 : 2, 'next pc');
  if (item.depth !== undefined) assert.equal(state.sp, frame + item.depth, 'SP');
  if (item.result) {
    const destination = /^(\w+)(?:\s+([^,]+))/.exec(item.text)![2]!;
    const local = /^L(\d)$/.exec(destination);
    // GETITER and UNPACK: what lies behind the group's first local, and on top of the stack.
    const at =
      instruction.mnemonic === 'GETITER'
        ? 4
        : local && instruction.mnemonic !== 'UNPACK'
          ? Number(local[1])
          : state.sp - 1;
    assert.deepEqual((await simulator.read('stack', at, 1))[0], item.result, 'result');
  }
}

const mnemonicOf = (item: Case): Instruction => BY_MNEMONIC.get(item.text.split(/\s+/)[0]!)!;

describe('instructions', () => {
  for (const [i, item] of CASES.entries()) {
    test(`${i} ${item.text}: ${item.trap ?? item.outcome}`, async () => {
      await (item.trap ? checkTrap : checkOutcome)(item, mnemonicOf(item));
    });
  }
});

/** Outcomes and traps that have tests of their own elsewhere, because one step cannot show them. */
const ELSEWHERE: readonly string[] = [
  'CATCH/done', // exceptions.test.ts
  'UNW/done',
  'YIELD/suspend', // generators.test.ts
  'RET/return', // frames.test.ts
  'RET/from a generator', // generators.test.ts
  'LDENV/done', // calls through closures: frames.test.ts
  'LDDEREF/done',
  'STDEREF/done',
  'LDENV/trap UNBOUND_CELL',
  'LDDEREF/trap UNBOUND_CELL',
  'TAIL/trap STACK', // traps.test.ts
  'SPAN/trap SAFE_POINT', // no soft interrupts yet
];

test('every outcome and every trap of the instruction table has a case', () => {
  const covered = new Set(CASES.map((c) => `${mnemonicOf(c).mnemonic}/${c.trap ? `trap ${c.trap}` : c.outcome}`));
  const missingCases = INSTRUCTIONS.flatMap((instruction) => [
    ...instruction.outcomes.map((o) => `${instruction.mnemonic}/${o.name}`),
    ...instruction.traps.map((t) => `${instruction.mnemonic}/trap ${t.cause ?? t.operation}`),
  ]).filter((name) => !covered.has(name) && !ELSEWHERE.includes(name));
  assert.deepEqual(missingCases, []);
});
