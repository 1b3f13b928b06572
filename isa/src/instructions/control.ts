import { outcome, type Row, rows, systemTrap, trap } from './define.js';
import type { Instruction, Outcome, TagClass } from './types.js';

const stackTrap = systemTrap('STACK', 'the callee would pass a stack limit', 'retry');
/** The frame's size is in a word of memory (a FUNC, a GEN), which is read first. */
const lateStackTrap = systemTrap('STACK', 'the callee would pass a stack limit', 'retry', 3);

export const SYSTEM: readonly Instruction[] = rows('system', [
  {
    op: 0x00,
    name: 'ILL',
    format: 'K',
    args: '',
    outcomes: [],
    doc: 'Faults ILLEGAL: an all-zero word is never a program.',
  },
  { op: 0x01, name: 'NOP', format: 'K', args: '', doc: 'Does nothing.' },
  { op: 0x02, name: 'BRK', format: 'K', args: '', outcomes: [], doc: 'Halts for the debugger before it issues.' },
  {
    op: 0x03,
    name: 'HALT',
    format: 'I',
    args: 'code:i@imm a:s@a',
    doc: 'Stops the core with an exit code; RR holds a.',
  },
  { op: 0x04, name: 'JMP', format: 'J', args: 'target:L@target', doc: 'Jump; redirects in decode.' },
  {
    op: 0x05,
    name: 'SPAN',
    format: 'K',
    args: '',
    traps: [systemTrap('SAFE_POINT', 'a soft interrupt is pending', 'retry')],
    doc: 'Safe point for soft interrupts.',
  },
  { op: 0x06, name: 'CSRR', format: 'K', args: 'd:d@d k:csr@k', doc: 'd := control register k, as INT.' },
  { op: 0x07, name: 'CSRW', format: 'K', args: 'k:csr@k a:s@d', doc: 'Control register k := payload of a.' },
  { op: 0x08, name: 'FAULT', format: 'K', args: 'k:u@k', outcomes: [], doc: 'Faults SOFTWARE with the number k.' },
]);

export const MOVES: readonly Instruction[] = rows('locals and constants', [
  { op: 0x10, name: 'MOV', format: 'T', args: 'd:d@d a:s@a', doc: 'd := a.' },
  { op: 0x11, name: 'LDI', format: 'L', args: 'd:d@d k:i@imm', doc: 'd := the INT k, 17 bits signed.' },
  {
    op: 0x12,
    name: 'LDK',
    format: 'K',
    args: 'd:d@d k:k@k',
    doc: 'd := a constant of the globals RAM. In front of a function it is the default of one parameter.',
  },
  {
    op: 0x13,
    name: 'LDG',
    format: 'K',
    args: 'd:d@d g:gl@k',
    traps: [systemTrap('NAME', 'the global is UNBOUND', 'value')],
    doc: 'd := global g.',
  },
  { op: 0x14, name: 'STG', format: 'K', args: 'g:gl@k a:s@d', doc: 'Global g := a.' },
  {
    op: 0x15,
    name: 'LDW8',
    format: 'K',
    args: 'd:d@d k:u@k',
    doc: 'd := local k, 0-255: reaches the locals beyond 109.',
  },
  { op: 0x16, name: 'STW8', format: 'K', args: 'k:u@k a:s@d', doc: 'Local k, 0-255 := a.' },
  { op: 0x17, name: 'POP', format: 'K', args: 'n:u@k', doc: 'SP -= n.' },
  {
    op: 0x18,
    name: 'DUP',
    format: 'K',
    args: 'd:d@d k:u@k',
    doc: 'd := the operand k words below the top, 0 = the top.',
  },
  {
    op: 0x19,
    name: 'UNB',
    format: 'K',
    args: 'd:l@d',
    traps: [systemTrap('UNBOUND', 'the local is already UNBOUND', 'next')],
    doc: 'Local d := UNBOUND (del).',
  },
  {
    op: 0x1a,
    name: 'CLRL',
    format: 'K',
    args: 'n:u@k',
    outcomes: [{ name: 'done', cycles: 0, extra: { each: 1, count: 'n', beyond: 0 } }],
    doc: 'Pushes n UNBOUND words, 1 to 32: locals that a call did not clear.',
  },
]);

const truthOutcomes: Outcome[] = [
  outcome('int', 1, { a: 'int' }),
  outcome('float', 1, { a: 'float' }),
  outcome('none', 1, { a: 'none' }),
  outcome('str7', 1, { a: 'str7' }),
  outcome('str', 1, { a: 'str' }),
  outcome('tuple', 1, { a: 'tuple' }),
  outcome('bytes', 1, { a: 'bytes' }),
  outcome('function', 1, { a: 'function' }),
  outcome('generator', 1, { a: 'generator' }),
  outcome('list', 2, { a: 'list' }),
  outcome('dict', 2, { a: 'dict' }),
  outcome('set', 2, { a: 'set' }),
];

const TRUTH_NOTE =
  'Numbers by value, None false, strings, tuples and bytes by length, LIST DICT SET by the length in word 1; functions, classes and generators are true.';

export const BRANCHES: readonly Instruction[] = rows('branch', [
  {
    op: 0x50,
    name: 'BT',
    format: 'B',
    args: 'a:s@a target:L@offset',
    branch: true,
    outcomes: truthOutcomes,
    traps: [trap('TRUTH', 'a', 'any other tag', 'branch')],
    doc: `Branch where a is true. ${TRUTH_NOTE}`,
  },
  {
    op: 0x51,
    name: 'BF',
    format: 'B',
    args: 'a:s@a target:L@offset',
    branch: true,
    outcomes: truthOutcomes,
    traps: [trap('TRUTH', 'a', 'any other tag', 'branch')],
    doc: 'Branch where a is false; the handler returns the truth of a.',
  },
  {
    op: 0x52,
    name: 'BBS',
    format: 'B',
    args: 'a:s@a bit:bit@b target:L@offset',
    branch: true,
    outcomes: [outcome('int', 1, { a: 'int' })],
    traps: [trap('BIT_TEST', 'a', 'a is no INT or BOOL', 'branch')],
    doc: 'Branch where bit b of the INT a is 1. A handler returns BOOL: the condition holds.',
  },
  {
    op: 0x53,
    name: 'BBC',
    format: 'B',
    args: 'a:s@a bit:bit@b target:L@offset',
    branch: true,
    outcomes: [outcome('int', 1, { a: 'int' })],
    traps: [trap('BIT_TEST', 'a', 'a is no INT or BOOL', 'branch')],
    doc: 'Branch where bit b of the INT a is 0. A handler returns BOOL: the condition holds.',
  },
  {
    op: 0x54,
    name: 'BTAG',
    format: 'B',
    args: 'a:s@a tag:tag@b target:L@offset',
    branch: true,
    doc: 'Branch where the tag number of a is the one given.',
  },
  {
    op: 0x55,
    name: 'BNTAG',
    format: 'B',
    args: 'a:s@a tag:tag@b target:L@offset',
    branch: true,
    doc: 'Branch where the tag number of a is another.',
  },
  {
    op: 0x56,
    name: 'BUNB',
    format: 'B',
    args: 'a:s@a target:L@offset',
    branch: true,
    doc: 'Branch where a is UNBOUND.',
  },
  { op: 0x57, name: 'BBND', format: 'B', args: 'a:s@a target:L@offset', branch: true, doc: 'Branch where a is bound.' },
]);

/** The two ways a FORITER over a container goes: an item (branches) or the end (falls through). */
const steps = (tag: TagClass, item: number, exhausted: number): Outcome[] => [
  { ...outcome(`${tag} item`, item, { h: tag }), taken: true },
  { ...outcome(`${tag} exhausted`, exhausted, { h: tag }), taken: false },
];

export const LOOPS: readonly Instruction[] = rows('loop', [
  {
    op: 0x58,
    name: 'FORR',
    format: 'B',
    args: 'i:l@a last:s@b target:L@offset',
    branch: true,
    doc: 'While i < last: i += 1 and branch. Both are INT by construction (RNGCK); another tag faults.',
  },
  {
    op: 0x59,
    name: 'FORS',
    format: 'B',
    args: 'i:l@a h:g@b target:L@offset',
    branch: true,
    outcomes: [outcome('done', 2)],
    doc: 'Step loop: the step is local h, the last value h+1. While the next i does not pass it: i += step and branch. A next value beyond 64 bits ends the loop.',
  },
  {
    op: 0x5a,
    name: 'RNGCK',
    format: 'T',
    args: 'd:d@d a:s@a',
    outcomes: [outcome('int', 1, { a: 'int' })],
    traps: [trap('INDEX', 'a', 'a is no INT or BOOL')],
    doc: 'd := a as INT, for loop bounds.',
  },
  {
    op: 0x5b,
    name: 'GETITER',
    format: 'T',
    args: 'h:g@d a:s@a',
    outcomes: (['list', 'tuple', 'bytes', 'bytearray', 'generator'] as const).map((t) => outcome(t, 2, { a: t })),
    traps: [trap('ITER', 'a', 'any other tag', 'iterator')],
    doc: 'Local h := the iterable, h+1 := INT 0 (position). Of what FORITER does not step by itself the runtime makes an iterator; a re-issue, which writes two words as well, costs 2.',
  },
  {
    op: 0x5c,
    name: 'FORITER',
    format: 'B',
    args: 'd:d@a h:g@b target:L@offset',
    outcomes: [
      ...steps('list', 3, 5),
      ...steps('tuple', 2, 3),
      ...steps('bytes', 4, 5),
      ...steps('bytearray', 4, 5),
      {
        name: 'generator enters',
        cycles: 5,
        taken: true,
        tags: { h: 'generator' },
        extra: { each: 1, count: 'words', beyond: 2 },
      },
    ],
    traps: [trap('NEXT', 'h', 'any other tag, or a generator that runs or is done', 'item'), lateStackTrap],
    doc: 'd := the next item of the iterator in h and branch; exhausted: fall through. A re-issue with UNBOUND costs 3 and falls through, with an item 1. NEXT of a generator that runs or is done is found 1 cycle later.',
  },
]);

const method: Outcome = { name: 'method', cycles: 4, extra: { each: 1, count: 'frame - n', beyond: 4 } };
const callValue = (extra: number): Outcome[] => [
  {
    name: 'function',
    cycles: 3 + extra,
    tags: { callee: 'function' },
    extra: { each: 1, count: 'frame - n', beyond: 3 },
  },
  {
    name: 'closure',
    cycles: 4 + extra,
    tags: { callee: 'closure' },
    extra: { each: 1, count: 'frame - n', beyond: 4 },
  },
  { name: 'bound', cycles: 5 + extra, tags: { callee: 'bound' }, extra: { each: 1, count: 'frame - n', beyond: 4 } },
];
/** What is called is not called as it stands; found in cycle `found`. */
const redirect = (found: number) =>
  trap('CALL', 'callee n', 'not callable as it stands, wrong argument count, or no such attribute', 'callable', found);

const callRows: Row[] = [
  {
    op: 0x60,
    name: 'CALL',
    format: 'C',
    args: 'f:fn@target n:u@n clear:clear@clear drop:drop@drop',
    outcomes: [{ name: 'enter', cycles: 1, extra: { each: 1, count: 'clear', beyond: 1 } }],
    traps: [stackTrap],
    doc: 'Call of a function that the linker proved constant, with n arguments on the stack; clears the other `clear` words of its frame.',
  },
  {
    op: 0x62,
    name: 'CALLV',
    format: 'M',
    args: 'n:u@n drop:drop@drop',
    outcomes: callValue(0),
    traps: [redirect(2), lateStackTrap],
    doc: 'Call of the value below the n arguments. A re-issue writes a function or closure below them: that word counts as one more of frame - n.',
  },
  {
    op: 0x63,
    name: 'CALLM',
    format: 'M',
    args: 'attr:attr@attr n:u@n drop:drop@drop',
    outcomes: [method, ...callValue(4).map((o) => ({ ...o, name: `attribute holding a ${o.name}`, tags: {} }))],
    traps: [redirect(3), lateStackTrap],
    doc: 'Call of an attribute of the receiver below the n arguments; a method takes the receiver as its first argument in place. OBJX receivers cost 2 more. Where the value that an attribute holds is called, both traps are found 4 later than by CALLV. A re-issue goes on as that of CALLV.',
  },
  {
    op: 0x64,
    name: 'CALLKW',
    format: 'K',
    args: 'n:u@d k:k@k',
    outcomes: [],
    traps: [trap('CALL_KEYWORDS', 'callee n', 'always', 'result')],
    doc: 'Call with keywords through the binder: n arguments, the last of them named by the constant tuple k.',
  },
  {
    op: 0x65,
    name: 'RET',
    format: 'T',
    args: 'a:s@a',
    outcomes: [outcome('return', 2), outcome('from a generator', 3, undefined, 'the entry is of kind GEN')],
    doc: 'Returns a, by the kind of the return-stack entry.',
  },
  {
    op: 0x66,
    name: 'TAIL',
    format: 'C',
    args: 'f:fn@target n:u@n clear:clear@clear',
    outcomes: [{ name: 'enter', cycles: 2, extra: { each: 1, count: 'n + clear', beyond: 0 } }],
    traps: [stackTrap],
    doc: 'Moves n arguments to the frame base, clears the other `clear` words of the frame and enters f, keeping the return entry.',
  },
  {
    op: 0x67,
    name: 'CHKSP',
    format: 'K',
    args: 'n:u@k',
    traps: [stackTrap],
    doc: 'Checks that n more words fit the stack.',
  },
];
export const CALLS: readonly Instruction[] = rows('call', callRows);

export const EXCEPTIONS: readonly Instruction[] = rows('exception and generator', [
  {
    op: 0xb0,
    name: 'SETH',
    format: 'K',
    args: 'k:u@k',
    doc: 'H := k, the data address of a handler descriptor, 0 for none.',
  },
  {
    op: 0xb1,
    name: 'RAISE',
    format: 'T',
    args: 'a:s@a',
    outcomes: [],
    traps: [systemTrap('RAISE', 'always', 'none', 1, 'a')],
    doc: 'Raises a.',
  },
  {
    op: 0xb2,
    name: 'RERAISE',
    format: 'T',
    args: 'a:s@a',
    outcomes: [],
    traps: [systemTrap('RERAISE', 'always', 'none', 1, 'a')],
    doc: 'Raises a again: its traceback grows, its context stays.',
  },
  {
    op: 0xb3,
    name: 'CATCH',
    format: 'K',
    args: 'n:u@k',
    doc: 'SP := FP + n, then pushes RR: first instruction of a handler. FP + n above SP faults STACK: a handler never brings words back.',
  },
  {
    op: 0xb4,
    name: 'UNW',
    format: 'T',
    args: 'k:s@a x:s@b h:s@d',
    cycles: 4,
    doc: "Drops k+1 return entries and enters the handler of descriptor h with RR = x. FP comes from the entry k below the top, and IE where that is an interrupt's; the entries above it are dropped unseen. Ends the use of the stack reserve.",
  },
  {
    op: 0xb5,
    name: 'RSRD',
    format: 'T',
    args: 'd:d@d k:s@a',
    cycles: 2,
    doc: 'd := return-stack entry k below the top as RAW.',
  },
  {
    op: 0xb6,
    name: 'HSEL',
    format: 'T',
    args: 'd:d@d w:s@a h:s@b',
    cycles: 3,
    doc: 'd := INT h where descriptor h covers the pc of the return-stack entry w (of a CALL entry: the pc before), else RAW with its outer descriptor.',
  },
  {
    op: 0xb8,
    name: 'YIELD',
    format: 'T',
    args: 'd:d@d a:s@a',
    outcomes: [{ name: 'suspend', cycles: 2, extra: { each: 1, count: 'words', beyond: 0 } }],
    doc: 'Saves the frame in the GEN of the return entry and gives a to the consumer; re-issued, d := the value sent, or raises it.',
  },
  {
    op: 0xb9,
    name: 'GRES',
    format: 'T',
    args: 'd:d@d g:s@a v:s@b',
    outcomes: [{ name: 'enter', cycles: 5, extra: { each: 1, count: 'words', beyond: 2 } }],
    traps: [trap('RESUME_GENERATOR', 'g v', 'g is no GEN, or it runs or is done'), lateStackTrap],
    doc: 'Resumes generator g with v sent (variant 0) or thrown (variant 1); d := what it yields, UNBOUND at its end. RESUME_GENERATOR of a GEN that runs or is done is found 1 cycle later.',
  },
]);
