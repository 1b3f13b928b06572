/**
 * Random streams: a program that lives for thousands of instructions and meets traps, calls, exceptions, generators,
 * interrupts, allocation up to exhaustion and stack overflow on the way. The same seed gives the same stream.
 */
import { MEMORY, RETURN_RESERVE, STACK_RESERVE } from '@pysm/isa';
import { Choices } from './choices.mjs';
import { OUTSIDE_PINS } from './machine-units.mjs';
import { OBJECTS, SUPPORT, trapHandlers } from './support.mjs';
import { Units } from './units.mjs';

/** Lowest and highest number of data words of the heap before everything is made anew, where nothing else is asked for. */
const HEAP_WORDS = [900, 5000];
/** Pins whose changes interrupt: those that jumpers lead to, and those that the outside drives. */
const IRQ_PINS = [5, 7, ...OUTSIDE_PINS].reduce((mask, pin) => mask | (1 << pin), 0);
/** Soft limits after a reset of the core. */
const STACK_SOFT = MEMORY.stack - STACK_RESERVE;
const RETURN_SOFT = MEMORY.returnStack - RETURN_RESERVE;

/** Locals of a function by role, in the order of the frame behind its parameters. */
function localsOf(choices, { any = choices.between(2, 6), ints = choices.between(2, 4), loops = 3 }) {
  const names = (prefix, count) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
  return { any: names('v', any), ints: names('n', ints), counters: names('i', loops), groups: names('h', loops) };
}

const localNames = ({ any, ints, counters, groups }) => [
  ...any,
  ...ints,
  ...counters,
  ...groups.flatMap((group) => [group, `${group}b`]),
];

/** Sets every local to something, so that the first units do not all trap. */
function prologue(choices, { any, ints }) {
  return [
    ...any.map((name) =>
      choices.weighted([
        [3, `LDI ${name},${choices.between(-100, 100)}`],
        [2, `LDG ${name},@__main__.${choices.pick(OBJECTS)}`],
        [2, `MOV ${name},${choices.pick(['True', 'None', '3'])}`],
      ]),
    ),
    ...ints.map((name) => `LDI ${name},${choices.between(-1000, 1000)}`),
  ];
}

class Generator {
  #heap;
  #choices;
  #units;
  /** Whether the stream may stop, at a BRK or by a debugger: its UART then has time that the simulator does not know. */
  #stops = false;

  constructor(seed, { heap, ...features }) {
    this.#heap = heap;
    this.#choices = new Choices(seed);
    this.#units = new Units(this.#choices, features);
  }

  #frame(roles, parameters, changes) {
    const words = parameters.length + localNames(roles).length;
    const base = { ...roles, any: [...roles.any, ...parameters], words, handler: '0', environment: false };
    return { ...base, generator: false, yields: false, callees: [], depth: 0, ...changes };
  }

  /**
   * A function of random units.
   * @param {string} name
   * @param {object} options
   */
  #function(name, { parameters = [], min = parameters.length, directives = [], first = [], changes, size }) {
    const c = this.#choices;
    const roles = localsOf(c, {});
    // Now and then a frame that a call cannot clear by itself.
    const padding = c.chance(15) ? Array.from({ length: c.between(10, 60) }, (_, i) => `w${i}`) : [];
    // The word below its frame is there, whoever calls it.
    const frame = this.#frame(roles, parameters, { environment: true, ...changes });
    frame.words += padding.length;
    const locals = [...localNames(roles), ...padding];
    const defaults = Array.from(
      { length: parameters.length - min },
      () => `default ${c.pick(['1', 'None', '"q"', '(1, 2)', '@__main__.obj'])}`,
    );
    return {
      name,
      signature: `${name}(${parameters.join(' ')} | ${locals.join(' ')})${min < parameters.length ? ` min ${min}` : ''}`,
      directives: [...directives, ...defaults],
      head: [...first, ...prologue(c, roles)],
      body: this.#units.body(frame, size ?? c.between(3, 10)),
      tail: c.pick([['RET v0'], ['RET None'], ['MOV S,v1', 'RET S'], ['RET n0']]),
    };
  }

  /** Functions that call only those behind them, so that every call ends. */
  #calls(count) {
    const c = this.#choices;
    const heads = Array.from({ length: count }, (_, i) => {
      const max = c.below(5);
      return { name: `f${i}`, min: c.between(Math.max(0, max - 2), max), max };
    });
    const functions = heads.map(({ name, min, max }, i) =>
      this.#function(name, {
        parameters: Array.from({ length: max }, (_, k) => `p${k}`),
        min,
        changes: { callees: heads.slice(i + 1) },
      }),
    );
    return { heads, functions };
  }

  #interrupts() {
    const c = this.#choices;
    const handler = (line, name, tail) => {
      const roles = localsOf(c, { any: 1, ints: 2, loops: 0 });
      return {
        name,
        signature: `${name}( | ${localNames(roles).join(' ')})`,
        directives: [`interrupt ${line}`],
        head: ['LDI n0,3', 'LDI n1,-5'],
        body: Array.from({ length: c.below(5) }, () => this.#units.harmless(this.#frame(roles, [], {}))),
        tail: [...tail, 'RET None'],
      };
    };
    return [
      handler(0, 'timer', [
        ...(c.chance(50)
          ? ['RDC S', `ADD S,S,${c.between(100, 500)}`, 'IOW IO.TIMER_COMPARE,S', 'IOW IO.TIMER_ENABLE,1']
          : []),
        ...(c.chance(50) ? ['LDG n0,@__main__.count', 'BBS n0,0,L', `IOW IO.PIN+4,${c.below(2)}`, 'L:'] : []),
      ]),
      handler(1, 'pinchange', c.chance(50) ? ['IOW IO.IRQ_PENDING,2'] : []),
      handler(2, 'received', ['IOR n0,IO.UART_RX', 'STG @__main__.count,n0']),
    ];
  }

  #classes() {
    const c = this.#choices;
    const functions = [
      this.#function('C0.m', { parameters: ['self', 'a', 'b'], min: c.between(1, 3) }),
      this.#function('C1.m', { parameters: ['self', 'a'], min: 1 }),
      this.#function('C0.g', { parameters: ['self'], size: c.between(0, 3) }),
      this.#function('I.m', { parameters: ['self', 'a'], min: 1, size: 2 }),
      {
        name: 'C0.new',
        signature: 'C0.new(x y | o)',
        directives: [],
        head: ['NEW o,class C0', 'STA o,.x,x', 'STA o,.y,y', 'RET o'],
        body: [],
        tail: [],
      },
    ];
    const preamble = [
      'class C0',
      '  slot x',
      '  slot y',
      '  method m C0.m',
      '  getter g C0.g',
      '  value k 7',
      '  value f None',
      '  value n UNBOUND',
      '  constructor C0.new',
      'class C1(C0)',
      '  slot z',
      '  slot k',
      '  method m C1.m',
      '  value f (1, 2)',
      '  slot b',
      'class I',
      '  method m I.m',
      '  value k 1',
      '  tags INT BOOL',
    ];
    return { functions, preamble };
  }

  #generators() {
    const c = this.#choices;
    return ['gen0', 'gen1', 'gen2'].map((name) => {
      const roles = {
        any: ['v0', 'v1'],
        ints: ['n0', 'n1'],
        counters: ['i0', 'i1'],
        groups: c.chance(50) ? ['h0'] : [],
      };
      const changes = { generator: true, yields: true, environment: name === 'gen2' };
      const frame = this.#frame({ ...roles, counters: ['i1'] }, [], changes);
      return {
        name,
        signature: `${name}( | ${localNames(roles).join(' ')})`,
        directives: [],
        head: ['MKGEN', ...prologue(c, roles), 'MOV i0,0', 'AGAIN:'],
        body: this.#units.body(frame, c.between(1, 4)),
        tail: [
          `YIELD ${c.pick(['v0', '_', 'v1'])},${c.pick(['i0', 'v0', 'n0'])}`,
          `FORR i0,${c.between(1, 5)},AGAIN`,
          'RET v0',
        ],
      };
    });
  }

  /** Recursion without end: by frames, by return entries, by a trap's handler. */
  #deep() {
    const c = this.#choices;
    const locals = Array.from({ length: c.pick([0, 2, 14, 40]) }, (_, i) => `w${i}`);
    return {
      name: 'deep',
      signature: `deep(a | ${locals.join(' ')})`,
      directives: [],
      head: ['ADD S,a,1', 'CALL deep,1', 'RET S'],
      body: [],
      tail: [],
    };
  }

  #main(callees, divisors) {
    const c = this.#choices;
    const roles = localsOf(c, { any: 4, ints: 3, loops: 4 });
    const names = [...localNames(roles), 'round'];
    const frame = this.#frame(roles, [], { handler: 'all', callees });
    frame.words += 1;
    const deep = {
      head: ['RDC n0', `BBS n0,${c.between(0, 3)},DEEP`],
      body: [{ head: ['CALL deep,1'].flatMap((call) => ['MOV S,0', `${call},drop`]) }],
      tail: ['DEEP:'],
    };
    const tight = {
      head: ['RDC n0', `BBS n0,${c.between(0, 3)},TIGHT`],
      body: [{ head: [`LDI S,${c.between(200, 1500)}`, `CSRW SLIM,S`, `LDI S,${c.between(20, 500)}`, 'CSRW RLIM,S'] }],
      tail: ['TIGHT:'],
    };
    const body = this.#units.body(frame, c.between(20, 60));
    if (c.chance(25)) body.splice(c.below(body.length), 0, deep);
    if (c.chance(25)) body.splice(c.below(body.length), 0, tight);
    if (this.#stops && c.chance(10)) body.splice(c.below(body.length), 0, { head: ['BRK'] });
    return {
      name: 'main',
      signature: `main( | ${names.join(' ')})`,
      directives: ['handler all ALL DONE CAUGHT'],
      head: [
        'CSRR v0,HTOP',
        'STG @__main__.heapstart,v0',
        `LDI v1,${c.between(...this.#heap)}`,
        'ADD S,v0,v1',
        'STG @__main__.heapend,S',
        'STG @__main__.count,5',
        'STG @__main__.steps,0',
        'ADD S,v0,400',
        'CSRW HLIM,S',
        'CALL init,0,drop',
        'IOW IO.PIN_DIRECTION+4,1',
        'IOW IO.PIN_DIRECTION+6,1',
        `LDI S,${IRQ_PINS}`,
        'IOW IO.IRQ_PINS,S',
        `LDI S,${c.pick([0, 1, 2, 3, 7, 7])}`,
        'IOW IO.IRQ_ENABLE,S',
        `LDI S,${c.pick([0, 0, 211, 500, 1777])}`,
        'IOW IO.TIMER_PERIOD,S',
        'RDC S',
        `ADD S,S,${c.between(20, 500)}`,
        'IOW IO.TIMER_COMPARE,S',
        'IOW IO.TIMER_ENABLE,1',
        ...(divisors.length > 0 ? [`LDI S,${c.pick(divisors)}`, 'IOW IO.UART_DIVISOR,S'] : []),
        ...prologue(c, roles),
        'MOV round,0',
        'SETH all',
        'ALL:',
        `IEN ${c.pick([0, 1, 1, 1])}`,
        'ROUND:',
      ],
      body,
      tail: [
        'NEXT:',
        `LDI S,${c.pick([2, 5, 40])}`,
        'FORR round,S,ROUND',
        'IEN 0',
        'DONE:',
        'HALT 0,v0',
        'CAUGHT:',
        `CATCH ${frame.words}`,
        'MOV v0,S',
        `LDI S,${STACK_SOFT}`,
        'CSRW SLIM,S',
        `LDI S,${RETURN_SOFT}`,
        'CSRW RLIM,S',
        ...roles.ints.map((name) => `LDI ${name},${c.between(-50, 50)}`),
        'BBND v0,NEXT',
        'MOV v0,0',
        ...roles.any.slice(1).map((name) => `MOV ${name},None`),
        'CALL reset,0,drop',
        'JMP NEXT',
      ],
    };
  }

  stream() {
    const c = this.#choices;
    // The UART goes on while a debugger or a BRK has halted the core: a stream has either input from its start, or a debugger,
    // or events from outside, for each of which the core is halted, but not while a byte comes in. With halts the transmitter
    // is fast, so that it is never full. Input comes at the speed of reset, a byte in a thousand cycles.
    const kind = c.weighted([
      [30, 'input'],
      [40, 'debug'],
      [15, 'outside'],
      [15, 'undisturbed'],
    ]);
    const input =
      kind === 'input' ? Array.from({ length: c.between(1, 80) }, () => c.between(16, 255).toString(16)).join('') : '';
    this.#stops = kind === 'debug';
    const divisors = { input: [], debug: [1, 3], outside: [1, 3], undisturbed: [1, 3, 20, 100] }[kind];
    const { heads, functions } = this.#calls(c.between(2, 6));
    const classes = this.#classes();
    const harmless = (parameters) => {
      const roles = localsOf(c, { any: 1, ints: c.between(1, 4), loops: 0 });
      const frame = this.#frame(roles, parameters, {});
      const count = c.chance(60) ? 0 : c.between(1, 4);
      const set = count > 0 ? [{ head: roles.ints.map((name) => `LDI ${name},${c.below(100)}`) }] : [];
      return {
        locals: localNames(roles),
        body: [...set, ...Array.from({ length: count }, () => this.#units.harmless(frame))],
      };
    };
    return {
      comments: [
        'jumper 4:5',
        'jumper 6:7',
        ...(input ? [`input ${input}`] : []),
        ...(kind === 'debug' || kind === 'outside' ? [`${kind} ${c.below(1_000_000)}`] : []),
      ],
      preamble: [
        'start main',
        ...[...OBJECTS, 'heapstart', 'heapend', 'count', 'steps', 'loose0', 'loose1'].map((name) => `global ${name}`),
        ...classes.preamble,
      ],
      functions: [
        this.#main(heads, divisors),
        ...functions,
        ...classes.functions,
        this.#function('meth', { parameters: ['self', 'a', 'b', 'c'], min: 1 }),
        this.#function('clo', { parameters: ['a', 'b'], min: 0, changes: { environment: 'closure' } }),
        ...this.#generators(),
        ...this.#interrupts(),
        this.#deep(),
        ...trapHandlers(c, harmless),
        ...SUPPORT,
      ],
    };
  }
}

/**
 * @param {number} seed
 * @param {{ floats?: boolean, multiply?: boolean, heap?: readonly [min: number, max: number] }} [features] what the core under
 *   test has, and bounds of the words of its heap
 * @returns {import('./stream.mjs').Stream}
 */
export function randomStream(seed, { floats = true, multiply = true, heap = HEAP_WORDS } = {}) {
  return new Generator(seed, { floats, multiply, heap }).stream();
}
