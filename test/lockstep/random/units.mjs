/**
 * Units of random instructions: each leaves the operand stack as it found it. A function's locals have roles, so that
 * what cannot trap (counters, raw addresses) meets only words that it takes, while everything else meets anything.
 *
 * - `v..` hold any word, `n..` INTs, `i..` loop counters, `h..` with `p..` behind each an iterator and its position.
 */
import { BITFIELD_WIDTHS, IO, TAG, TAG_NAME } from '@pysm/isa';
import { leaf } from './stream.mjs';
import { OBJECTS } from './support.mjs';

const CONSTANTS = [
  '"abcdefgh not short"',
  '"wide \u221e text"',
  '(1, "two", (3,))',
  '12345678901',
  '-9223372036854775808',
  '9223372036854775807',
  '"x"',
  '""',
  '()',
  'func sink',
  'func meth',
  'class C0',
  'class C1',
  '4294967296',
  '-2',
  '70000',
];
const FLOATS = ['1.5', '-0.0', '1e300', 'nan', 'inf', '2.0', '-7.25', '9007199254740993.0', '5e-324'];
const SMALL = [
  'None',
  'False',
  'True',
  'UNBOUND',
  'NotImplemented',
  '-1',
  '0',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
];
const ARITHMETIC = ['ADD', 'SUB', 'AND', 'OR', 'XOR', 'SHL', 'SHR', 'ZXT', 'POW'];
const MULTIPLY = ['MUL', 'FLOOR', 'MOD'];
const BRANCHES = [
  'LT',
  'LE',
  'EQ',
  'NE',
  'GT',
  'GE',
  'NLT',
  'NLE',
  'NGT',
  'NGE',
  'NEQ',
  'NNE',
  'IS',
  'NIS',
  'IN',
  'NIN',
];
const COMPARISONS = ['CLT', 'CLE', 'CEQ', 'CNE', 'CGT', 'CGE', 'CIS', 'CNIS', 'CIN', 'CNIN'];
const ATTRIBUTES = ['.x', '.y', '.z', '.m', '.g', '.k', '.f', '.n', '.b', '.none'];
const TAGS = [...TAG_NAME.values()];
const READABLE = [
  'IO.PIN+4',
  'IO.PIN+5',
  'IO.PIN+7',
  'IO.PIN_DIRECTION+4',
  'IO.PIN_PULL+9',
  'IO.UART_STATUS',
  'IO.UART_DIVISOR',
  'IO.TIME_US',
  'IO.CYCLE',
  'IO.TIMER_COMPARE',
  'IO.TIMER_PERIOD',
  'IO.TIMER_ENABLE',
  'IO.IRQ_ENABLE',
  'IO.IRQ_PENDING',
  'IO.IRQ_PINS',
  'IO.CLOCK_HZ',
  'IO.UART_RX',
];
const CONTROL = [
  'SLIM',
  'RLIM',
  'HTOP',
  'HLIM',
  'INSTRET',
  'IE',
  'IPEND',
  'HPEAK',
  'FREE+1',
  'FREE+5',
  'IVEC',
  'TROW+5',
  'TROW+12',
];
/** Size classes that units put blocks on the free lists of, with a block's words; `reset` empties them. */
const FREED = [
  [1, 3],
  [4, 6],
  [5, 8],
  [9, 24],
];

/**
 * What units are made for.
 * @typedef {object} Frame
 * @property {readonly string[]} any
 * @property {readonly string[]} ints
 * @property {readonly string[]} counters counters not in use
 * @property {readonly string[]} groups iterator groups not in use; the position is the local behind
 * @property {number} words locals of the function
 * @property {string} handler handler in force around it, `0` for none
 * @property {boolean | 'closure'} environment whether the word below the frame is the function's own; `closure` where it has
 *   a value, two cells and an UNBOUND word
 * @property {boolean} generator whether it is in a generator
 * @property {boolean} yields whether it may yield here
 * @property {readonly string[]} callees functions that may be called, with their numbers of arguments
 * @property {number} depth of nesting
 */

/** A source that an instruction puts on the stack before. */
function pushed(push, line) {
  push.push(line);
  return 'S';
}

export class Units {
  #choices;
  #features;
  #label = 0;
  /** Result of the last unit: the next one likes to read it. */
  #recent;

  /**
   * @param {import('./choices.mjs').Choices} choices
   * @param {{ floats: boolean, multiply: boolean }} features
   */
  constructor(choices, features) {
    this.#choices = choices;
    this.#features = features;
  }

  label(prefix = 'L') {
    return `${prefix}${this.#label++}`;
  }

  get #arithmetic() {
    const { floats, multiply } = this.#features;
    return [...ARITHMETIC, ...(multiply ? MULTIPLY : []), ...(floats && multiply ? ['DIV'] : [])];
  }

  /** An instruction that pushes a word of any kind. */
  #pusher(frame) {
    const c = this.#choices;
    return c.weighted([
      [4, () => `LDG S,@__main__.${c.pick(OBJECTS)}`],
      [3, () => `LDK S,${c.pick(CONSTANTS)}`],
      [this.#features.floats ? 4 : 0, () => `LDK S,${c.pick(FLOATS)}`],
      [3, () => `LDI S,${c.between(-65536, 65535)}`],
      [3, () => `MOV S,${c.pick(frame.any)}`],
      [2, () => `MOV S,${c.pick(frame.ints)}`],
      [1, () => `LDG S,@__main__.loose${c.below(2)}`],
      [1, () => `LDW8 S,${c.pick(frame.any)}`],
    ])();
  }

  /** A source of any word: text, and what must be pushed before. */
  #any(frame, push) {
    const c = this.#choices;
    if (this.#recent && frame.any.concat(frame.ints).includes(this.#recent) && c.chance(35)) return this.#recent;
    return c.weighted([
      [6, () => c.pick(frame.any)],
      [3, () => c.pick(frame.ints)],
      [3, () => c.pick(SMALL)],
      [4, () => pushed(push, this.#pusher(frame))],
      [frame.environment ? 1 : 0, () => 'ENV'],
    ])();
  }

  #int(frame, push) {
    const c = this.#choices;
    if (this.#recent && frame.ints.includes(this.#recent) && c.chance(35)) return this.#recent;
    return c.weighted([
      [6, () => c.pick(frame.ints)],
      [2, () => String(c.between(-1, 9))],
      [2, () => pushed(push, `LDI S,${c.between(-300, 300)}`)],
    ])();
  }

  /** A global that holds an object of one of some kinds. */
  #object(push, ...names) {
    push.push(`LDG S,@__main__.${this.#choices.pick(names)}`);
    return 'S';
  }

  /** A destination for any word, and what takes it from the stack again. */
  #destination(frame) {
    const c = this.#choices;
    return c.weighted([
      [
        6,
        () => {
          const to = c.pick(frame.any);
          this.#recent = to;
          return [to, []];
        },
      ],
      [1, () => ['_', []]],
      [
        2,
        () => [
          'S',
          [
            c.pick([
              'POP 1',
              `MOV ${c.pick(frame.any)},S`,
              `STG @__main__.loose${c.below(2)},S`,
              `STW8 ${c.pick(frame.any)},S`,
            ]),
          ],
        ],
      ],
    ])();
  }

  #intDestination(frame) {
    const to = this.#choices.pick(frame.ints);
    this.#recent = to;
    return to;
  }

  /** Instructions on INTs that never trap. */
  harmless(frame) {
    const c = this.#choices;
    const push = [];
    const int = () => this.#int(frame, push);
    const line = c.weighted([
      [
        4,
        () => {
          const [a, b] = [int(), int()];
          return `${c.pick(['RADD', 'RSUB', 'RULT', 'RSHL', 'RSHR', ...(this.#features.multiply ? ['RMUL', 'MULHU'] : [])])} ${this.#intDestination(frame)},${a},${b}`;
        },
      ],
      [
        2,
        () => {
          const a = int();
          return `${c.pick(['CLZ', 'TAGR', 'HASH', 'RNGCK'])} ${this.#intDestination(frame)},${a}`;
        },
      ],
      [
        2,
        () => {
          const a = int();
          return `EXT ${this.#intDestination(frame)},${a},${this.#bitfield()}`;
        },
      ],
      [
        2,
        () => {
          const a = int();
          return `INS ${this.#intDestination(frame)},${a},${this.#bitfield()}`;
        },
      ],
      [2, () => `LDI ${this.#intDestination(frame)},${c.between(-65536, 65535)}`],
      [1, () => `RDC ${this.#intDestination(frame)}`],
      [1, () => `AND ${this.#intDestination(frame)},${c.pick(frame.ints)},${c.between(0, 511)}`],
      [1, () => `CSRR ${this.#intDestination(frame)},${c.pick(CONTROL)}`],
      [1, () => 'NOP'],
      [1, () => `MOV ${this.#intDestination(frame)},${c.pick(frame.ints)}`],
      [1, () => `STG @__main__.count,${c.pick(frame.ints)}`],
      [1, () => `LDG ${this.#intDestination(frame)},@__main__.count`],
      [1, () => `IOR ${this.#intDestination(frame)},${c.pick(READABLE)}`],
      [1, () => `RSRD ${c.pick(frame.any)},0`],
    ])();
    return leaf(...push, line);
  }

  #bitfield() {
    const low = this.#choices.below(64);
    return `${low}:${this.#choices.pick(BITFIELD_WIDTHS)}`;
  }

  #binary(frame) {
    const c = this.#choices;
    const push = [];
    const name = c.pick(this.#arithmetic);
    const a = this.#any(frame, push);
    // A number as b is an immediate unless it has a specifier: both forms.
    // A number as b is an immediate unless it has a specifier: both forms. The immediate one has no variant.
    const immediate = c.chance(25);
    const b = immediate ? String(c.between(-512, 511)) : this.#any(frame, push);
    const [d, after] = this.#destination(frame);
    return leaf(...push, `${name}${!immediate && c.chance(10) ? '.inplace' : ''} ${d},${a},${b}`, ...after);
  }

  #unary(frame) {
    const c = this.#choices;
    const push = [];
    const a = this.#any(frame, push);
    const [d, after] = this.#destination(frame);
    const names = [
      'NEG',
      'INV',
      'ABS',
      'MOV',
      'MOV',
      'LEN',
      'TAGR',
      'CLZ',
      'RNGCK',
      ...(this.#features.floats ? ['CVT', 'FSQRT'] : []),
    ];
    return leaf(...push, `${c.pick(names)} ${d},${a}`, ...after);
  }

  #comparison(frame) {
    const push = [];
    const a = this.#any(frame, push);
    const b = this.#any(frame, push);
    const [d, after] = this.#destination(frame);
    return leaf(...push, `${this.#choices.pick(COMPARISONS)} ${d},${a},${b}`, ...after);
  }

  /** A chain through the operand stack: several pushes, then instructions that pop what was just pushed. */
  #chain(frame) {
    const c = this.#choices;
    const lines = [this.#pusher(frame)];
    let depth = 1;
    for (let left = c.between(2, 8); left > 0; left--) {
      const choice = c.below(depth >= 2 ? 5 : 2);
      if (choice === 0) {
        lines.push(this.#pusher(frame));
        depth++;
      } else if (choice === 1) lines.push(`${c.pick(['NEG', 'MOV', 'RNGCK', 'ABS'])} S,S`);
      else if (choice === 2) {
        lines.push(`${c.pick([...this.#arithmetic, ...COMPARISONS])} S,S,S`);
        depth--;
      } else if (choice === 3) {
        lines.push(`DUP S,${c.below(depth)}`);
        depth++;
      } else {
        lines.push(`MOV ${c.pick(frame.any)},S`);
        depth--;
      }
    }
    lines.push(depth > 1 ? `POP ${depth}` : c.pick(['POP 1', `MOV ${c.pick(frame.any)},S`]));
    return leaf(...lines);
  }

  #attribute(frame) {
    const c = this.#choices;
    const push = [];
    const o = c.chance(75) ? this.#object(push, 'obj', 'objx', 'sub', 'obj') : this.#any(frame, push);
    const attribute = c.pick(ATTRIBUTES);
    return c.weighted([
      [
        5,
        () => {
          const [d, after] = this.#destination(frame);
          return leaf(...push, `LDA ${d},${o},${attribute}`, ...after);
        },
      ],
      [
        3,
        () => {
          const v = this.#any(frame, push);
          return leaf(...push, `STA ${o},${attribute},${v}`);
        },
      ],
      [1, () => leaf(...push, `DELA ${o},${attribute}`)],
      [
        2,
        () => {
          const [d, after] = this.#destination(frame);
          return leaf(...push, `ISA ${d},${o},${c.pick(['.isa C0', '.isa C1', '.x', '.none'])}`, ...after);
        },
      ],
    ])();
  }

  #item(frame) {
    const c = this.#choices;
    const push = [];
    const container = c.chance(80)
      ? this.#object(push, 'lst', 'lst', 'lst2', 'tup', 'byt', 'bar')
      : this.#any(frame, push);
    const index = () => (c.chance(75) ? String(c.between(-1, 2)) : this.#any(frame, push));
    return c.weighted([
      [
        5,
        () => {
          const b = index();
          const [d, after] = this.#destination(frame);
          return leaf(...push, `LDX ${d},${container},${b}`, ...after);
        },
      ],
      [
        3,
        () => {
          const b = index();
          const v = this.#any(frame, push);
          return leaf(...push, `STX ${container},${b},${v}`);
        },
      ],
      [
        1,
        () => {
          const b = index();
          return leaf(...push, `DELX ${container},${b}`);
        },
      ],
      [
        3,
        () => {
          const v = this.#any(frame, push);
          return leaf(...push, `LAPP ${container},${v}`);
        },
      ],
      [
        2,
        () => {
          const n = c.below(4);
          return leaf(...push, `UNPACK ${container},${n}`, ...(n > 0 ? [`POP ${n}`] : []));
        },
      ],
    ])();
  }

  #build(frame) {
    const c = this.#choices;
    const [d, after] = this.#destination(frame);
    const items = (count) => Array.from({ length: count }, () => this.#pusher(frame));
    const n = c.weighted([
      [8, c.below(5)],
      [1, c.between(5, 32)],
    ]);
    return c.weighted([
      [2, () => leaf(`NEW ${d},class ${c.pick(['C0', 'C1'])}`, ...after)],
      [3, () => leaf(...items(n), `BTUP ${d},${n}`, ...after)],
      [3, () => leaf(...items(n), `BLIST ${d},${n}`, ...after)],
      [
        2,
        () => {
          const push = [];
          const a = this.#any(frame, push);
          return leaf(...push, `MKCELL ${d},${a}`, ...after);
        },
      ],
      [
        1,
        () =>
          leaf(
            ...items(2),
            'LDG S,@__main__.cell',
            'LDG S,@__main__.ucell',
            'LDK S,func clo',
            `MKCLO ${d},S,4`,
            ...after,
          ),
      ],
      [1, () => leaf(...items(n), `BSET ${d},${n}`, ...after)],
      [1, () => leaf(...items(4), `BMAP ${d},2`, ...after)],
      [1, () => leaf(...items(3), `BSLICE ${d}`, ...after)],
      [
        1,
        () =>
          leaf(
            `LDI S,${c.weighted([
              [6, c.between(1, 40)],
              [1, c.between(41, 700)],
              [1, 40000],
            ])}`,
            `ALLOC ${d},S`,
            ...after,
          ),
      ],
      [1, () => this.#free(frame)],
    ])();
  }

  /** Takes a block and puts it on its free list. */
  #free(frame) {
    const c = this.#choices;
    const [sizeClass, words] = c.pick(FREED);
    const [block, header] = [c.pick(frame.any), c.pick(frame.ints)];
    const kept = `LDI ${header},0`;
    return leaf(
      `LDI S,${words}`,
      `ALLOC ${block},S`,
      `CSRR ${header},FREE+${sizeClass}`,
      `LDI S,48`,
      `RSHL ${header},${header},S`,
      `TAGW S,${header},${TAG.HDR}`,
      `MOV ${header},S`,
      `STW ${block},0,${header}`,
      `EXT ${header},${block},0:24`,
      `CSRW FREE+${sizeClass},${header}`,
      kept,
    );
  }

  #call(frame) {
    const c = this.#choices;
    const pushes = (count) => Array.from({ length: count }, () => this.#pusher(frame));
    const drop = c.chance(40);
    const after = drop ? [] : [c.pick(['POP 1', `MOV ${c.pick(frame.any)},S`])];
    const tail = drop ? ',drop' : '';
    return c.weighted([
      [
        frame.callees.length > 0 ? 6 : 0,
        () => {
          const { name, min, max } = c.pick(frame.callees);
          const n = c.between(min, max);
          return leaf(...pushes(n), `CALL ${name},${n}${tail}`, ...after);
        },
      ],
      [
        2,
        () => {
          const n = c.below(6);
          return leaf(`LDK S,func ${c.pick(['sink', 'meth'])}`, ...pushes(n), `CALLV ${n}${tail}`, ...after);
        },
      ],
      [
        2,
        () => {
          const n = c.below(4);
          return leaf(
            `LDG S,@__main__.${c.pick(['clo', 'sinkclosure', 'bound'])}`,
            ...pushes(n),
            `CALLV ${n}${tail}`,
            ...after,
          );
        },
      ],
      [
        1,
        () => {
          const n = c.below(4);
          return leaf(this.#pusher(frame), ...pushes(n), `CALLV ${n}${tail}`, ...after);
        },
      ],
      [1, () => leaf(`LDK S,class ${c.pick(['C0', 'C1'])}`, ...pushes(2), `CALLV 2${tail}`, ...after)],
      [
        4,
        () => {
          const n = c.below(4);
          const attribute = c.pick(ATTRIBUTES);
          return leaf(
            `LDG S,@__main__.${c.pick(['obj', 'objx', 'sub'])}`,
            ...pushes(n),
            `CALLM ${attribute},${n}${tail}`,
            ...after,
          );
        },
      ],
      [
        1,
        () => {
          const n = c.below(3);
          return leaf(this.#pusher(frame), ...pushes(n), `CALLM ${c.pick(ATTRIBUTES)},${n}${tail}`, ...after);
        },
      ],
      [1, () => leaf(this.#pusher(frame), ...pushes(2), 'CALLKW 2,("p",)', 'POP 1')],
    ])();
  }

  #raw(frame) {
    const c = this.#choices;
    const block = () => `LDG S,@__main__.${c.pick(['scr', 'scr2'])}`;
    const off = c.between(1, 31);
    const push = [];
    return c.weighted([
      [
        2,
        () => {
          const [d, after] = this.#destination(frame);
          return leaf(block(), `LDW ${d},S,${off}`, ...after);
        },
      ],
      [2, () => leaf(block(), this.#pusher(frame), `STW S,${off},S`)],
      [
        2,
        () => {
          const [d, after] = this.#destination(frame);
          return leaf(block(), `AND S,${c.pick(frame.ints)},31`, `LDXR ${d},S,S`, ...after);
        },
      ],
      [2, () => leaf(block(), `AND S,${c.pick(frame.ints)},15`, 'ADD S,S,1', this.#pusher(frame), 'STXR S,S,S')],
      [2, () => leaf(block(), `AND S,${c.pick(frame.ints)},255`, `LDB ${this.#intDestination(frame)},S,S`)],
      [
        2,
        () => leaf(block(), `AND S,${c.pick(frame.ints)},127`, 'ADD S,S,8', `MOV S,${c.pick(frame.ints)}`, 'STB S,S,S'),
      ],
      [
        1,
        () => {
          const [d, after] = this.#destination(frame);
          return leaf('LDG S,@__main__.tab', `MOV S,${c.pick(frame.ints)}`, `LDHX ${d},S,S`, ...after);
        },
      ],
      // Both blocks have 32 words; word 0, the header, stays.
      [
        1,
        () =>
          leaf(
            'LDG S,@__main__.scr',
            'RADD S,S,1',
            `TAGW S,S,${TAG.RAW}`,
            'LDG S,@__main__.scr2',
            'RADD S,S,2',
            `TAGW S,S,${TAG.RAW}`,
            `MCPY S,S,${c.between(1, 16)}`,
          ),
      ],
      [1, () => leaf(block(), 'RADD S,S,1', `TAGW S,S,${TAG.RAW}`, `MCLR S,${c.between(1, 30)}`)],
      [
        1,
        () => {
          const [d, after] = this.#destination(frame);
          return leaf(`AND S,${c.pick(frame.ints)},255`, `${c.pick(['DTRD', 'DTKD'])} ${d},S`, ...after);
        },
      ],
      [1, () => leaf('LDK S,entry C1 .k', this.#pusher(frame), 'DTWR S,S')],
      [
        1,
        () => {
          const [d, after] = this.#destination(frame);
          return leaf(`AND S,${c.pick(frame.ints)},7`, `GLRD ${d},S`, ...after);
        },
      ],
      [
        1,
        () => {
          const a = this.#any(frame, push);
          const [d, after] = this.#destination(frame);
          return leaf(...push, `HASH ${d},${a}`, ...after);
        },
      ],
      [
        1,
        () => {
          const [d, after] = this.#destination(frame);
          return leaf(`LDG S,@__main__.${c.pick(['cell', 'ucell'])}`, `LDCELL ${d},S`, ...after);
        },
      ],
      [1, () => leaf('LDG S,@__main__.cell', this.#pusher(frame), 'STCELL S,S')],
      [1, () => leaf(`UNB ${c.pick(frame.any)}`)],
      [1, () => leaf(`CSRR S,${c.pick(['TROW+5', 'TROW+7'])}`, `CSRW ${c.pick(['TROW+31', 'TROW+6'])},S`)],
      [1, () => leaf(`LDI S,${c.below(2000)}`, 'CSRW HPEAK,S')],
      [1, () => leaf('SPAN')],
      [1, () => leaf(`CHKSP ${c.below(60)}`)],
    ])();
  }

  #io(frame) {
    const c = this.#choices;
    const [out, into] = c.pick([
      [4, 5],
      [6, 7],
    ]);
    const level = c.below(2);
    const skip = this.label();
    return c.weighted([
      [3, () => leaf(`IOW IO.PIN+${out},${level}`)],
      [
        2,
        () =>
          leaf(
            `IOW IO.PIN+${out},${level}`,
            ...Array.from({ length: c.below(4) }, () => 'NOP'),
            `IOR ${this.#intDestination(frame)},IO.PIN+${into}`,
          ),
      ],
      [2, () => leaf(`IOW IO.PIN+${out},${level}`, `WAITP ${into},${level}`)],
      [2, () => ({ head: [`IOB ${into},${level},${skip}`], body: [this.harmless(frame)], tail: [`${skip}:`] })],
      [2, () => leaf(`IOR ${this.#intDestination(frame)},${c.pick(READABLE)}`)],
      [1, () => leaf(`LDI S,${c.between(32, 126)}`, `IOW IO.${c.pick(['UART_TX', 'CONSOLE_ERR'])},S`)],
      [1, () => leaf(`IOW IO.PIN_PULL+${c.between(8, 11)},${c.below(3)}`)],
      [1, () => leaf(`IOW IO.PIN_DIRECTION+${c.between(8, 11)},${c.below(2)}`)],
      [1, () => leaf(`LDI S,${c.pick([IO.TIME_US, IO.CYCLE, IO.CLOCK_HZ])}`, `IOR ${this.#intDestination(frame)},S`)],
      [1, () => leaf('RDC S', `ADD S,S,${c.between(1, 500)}`, 'IOW IO.TIMER_COMPARE,S', 'IOW IO.TIMER_ENABLE,1')],
      [1, () => ({ head: [`IEN ${c.below(2)}`], body: [this.harmless(frame)], tail: ['IEN 1'] })],
      [1, () => leaf(`LDI S,${c.pick([0, 1, 3, 7])}`, 'IOW IO.IRQ_ENABLE,S')],
    ])();
  }

  /** Raises, or writes a value that the I/O space does not take; depends on a bit, so that what follows is reached. */
  #raise(frame) {
    const c = this.#choices;
    const skip = this.label();
    const raising = c.weighted([
      [4, [`RAISE ${c.pick(frame.any)}`]],
      [2, [`RERAISE ${c.pick(frame.any)}`]],
      [1, ['LDG S,@__main__.obj', 'IOW IO.PIN+4,S']],
      [1, ['LDI S,132', 'LDG S,@__main__.tup', 'IOW S,S']],
    ]);
    return leaf(`BBS ${c.pick(frame.ints)},${c.below(6)},${skip}`, ...raising, `${skip}:`);
  }

  #iteration(frame) {
    const c = this.#choices;
    const push = [];
    const [group] = frame.groups;
    const source = c.chance(80)
      ? this.#object(push, 'lst', 'tup', 'byt', 'bar', 'gen', 'lst2')
      : this.#any(frame, push);
    const inner = { ...frame, groups: frame.groups.slice(1), depth: frame.depth + 1 };
    const [top, test] = [this.label(), this.label()];
    const fresh = c.chance(30) ? ['CALL gen0,0', 'STG @__main__.gen,S'] : [];
    const item = c.chance(80) ? c.pick(frame.any) : 'S';
    return {
      head: [
        ...fresh,
        ...push,
        `GETITER ${group},${source}`,
        `JMP ${test}`,
        `${top}:`,
        ...(item === 'S' ? ['POP 1'] : []),
      ],
      body: this.body(inner, c.between(1, 3)),
      tail: [`${test}:`, `FORITER ${item},${group},${top}`],
    };
  }

  #loop(frame) {
    const c = this.#choices;
    const [counter] = frame.counters;
    const inner = { ...frame, counters: frame.counters.slice(1), depth: frame.depth + 1 };
    const top = this.label();
    if (c.chance(60)) {
      const last = c.pick(['1', '2', '3']);
      return {
        head: [`MOV ${counter},0`, `${top}:`],
        body: this.body(inner, c.between(1, 4)),
        tail: [`FORR ${counter},${last},${top}`],
      };
    }
    const [group] = frame.groups;
    const step = c.pick([1, 2, 5, -1, -3]);
    const nested = { ...inner, groups: frame.groups.slice(1) };
    return {
      head: [
        `LDI ${counter},${c.between(-2, 2)}`,
        `LDI ${group},${step}`,
        `LDI ${group}b,${step > 0 ? c.between(0, 9) : c.between(-9, 0)}`,
        `${top}:`,
      ],
      body: this.body(nested, c.between(1, 3)),
      tail: [`FORS ${counter},${group},${top}`],
    };
  }

  /** A forward branch over a few units, some of them calls. */
  #condition(frame) {
    const c = this.#choices;
    const push = [];
    const [skip, end] = [this.label(), this.label()];
    const test = c.weighted([
      [
        6,
        () => {
          const a = this.#any(frame, push);
          return `B${c.pick(BRANCHES)} ${a},${this.#any(frame, push)},${skip}`;
        },
      ],
      [3, () => `${c.pick(['BT', 'BF'])} ${this.#any(frame, push)},${skip}`],
      [2, () => `${c.pick(['BBS', 'BBC'])} ${this.#any(frame, push)},${c.below(64)},${skip}`],
      [1, () => `${c.pick(['BTAG', 'BNTAG'])} ${this.#any(frame, push)},${c.pick(TAGS)},${skip}`],
      [1, () => `${c.pick(['BUNB', 'BBND'])} ${this.#any(frame, push)},${skip}`],
    ])();
    const inner = { ...frame, depth: frame.depth + 1 };
    const body = this.body(inner, c.between(1, 3));
    if (c.chance(70)) return { head: [...push, test], body, tail: [`${skip}:`] };
    return {
      head: [...push, test],
      body: [...body, { head: [`JMP ${end}`, `${skip}:`], body: this.body(inner, 1), tail: [`${end}:`] }],
    };
  }

  /** A region with a handler of its own. */
  #attempt(frame) {
    const c = this.#choices;
    const [name, start, end, target, out] = ['T', 'S', 'E', 'H', 'X'].map((prefix) => this.label(`${prefix}_`));
    const inner = { ...frame, handler: name, depth: frame.depth + 1 };
    const outer = frame.handler === '0' ? '' : ` ${frame.handler}`;
    return {
      directives: [`handler ${name} ${start} ${end} ${target}${outer}`],
      head: [`SETH ${name}`, `${start}:`],
      body: [...this.body(inner, c.between(1, 3)), this.#raise(inner)],
      tail: [
        `${end}:`,
        `SETH ${frame.handler}`,
        `JMP ${out}`,
        `${target}:`,
        `CATCH ${frame.words}`,
        c.pick(['POP 1', `MOV ${c.pick(frame.any)},S`]),
        `SETH ${frame.handler}`,
        `${out}:`,
      ],
    };
  }

  #generator(frame) {
    const c = this.#choices;
    const [d, after] = this.#destination(frame);
    const push = [];
    const g = c.chance(85) ? this.#object(push, 'gen') : this.#any(frame, push);
    const v = this.#any(frame, push);
    return c.weighted([
      [4, () => leaf(...push, `GRES ${d},${g},${v}`, ...after)],
      [1, () => leaf(...push, `GRES.throw ${d},${g},${v}`, ...after)],
      [2, () => leaf(`CALL gen${c.below(2)},0`, 'STG @__main__.gen,S')],
      [1, () => leaf('LDG S,@__main__.cell', 'LDK S,func gen2', 'MKCLO S,S,1', 'CALLV 0', 'STG @__main__.gen,S')],
    ])();
  }

  #closure(frame) {
    const c = this.#choices;
    const [d, after] = this.#destination(frame);
    return c.weighted([
      [2, () => leaf(`LDENV ${d},${c.pick([0, 1, 2, 3])}`, ...after)],
      [2, () => leaf(`LDDEREF ${d},${c.pick([1, 2])}`, ...after)],
      [1, () => leaf(`STDEREF 1,${c.pick(frame.any)}`)],
    ])();
  }

  /** One unit of any kind that the frame allows. */
  unit(frame) {
    const c = this.#choices;
    const nests = frame.depth < 3;
    const kind = c.weighted([
      [8, '#harmless'],
      [14, '#binary'],
      [6, '#unary'],
      [6, '#comparison'],
      [8, '#chain'],
      [8, '#attribute'],
      [8, '#item'],
      [6, '#build'],
      [10, '#call'],
      [8, '#raw'],
      [7, '#io'],
      [2, '#raise'],
      [frame.environment === 'closure' ? 10 : 0, '#closure'],
      [4, '#generator'],
      [nests && frame.groups.length > 0 ? 5 : 0, '#iteration'],
      [nests && frame.counters.length > 0 && frame.groups.length > 0 ? 5 : 0, '#loop'],
      [nests ? 9 : 0, '#condition'],
      [nests && !frame.generator ? 4 : 0, '#attempt'],
      [frame.generator && frame.yields ? 10 : 0, '#yield'],
    ]);
    switch (kind) {
      case '#harmless':
        return this.harmless(frame);
      case '#binary':
        return this.#binary(frame);
      case '#unary':
        return this.#unary(frame);
      case '#comparison':
        return this.#comparison(frame);
      case '#chain':
        return this.#chain(frame);
      case '#attribute':
        return this.#attribute(frame);
      case '#item':
        return this.#item(frame);
      case '#build':
        return this.#build(frame);
      case '#call':
        return this.#call(frame);
      case '#raw':
        return this.#raw(frame);
      case '#io':
        return this.#io(frame);
      case '#raise':
        return this.#raise(frame);
      case '#closure':
        return this.#closure(frame);
      case '#generator':
        return this.#generator(frame);
      case '#iteration':
        return this.#iteration(frame);
      case '#loop':
        return this.#loop(frame);
      case '#condition':
        return this.#condition(frame);
      case '#attempt':
        return this.#attempt(frame);
      default:
        return leaf(`YIELD ${c.pick([...frame.any, '_'])},${c.pick([...frame.any, ...SMALL])}`);
    }
  }

  /** Several units. */
  body(frame, count) {
    return Array.from({ length: count }, () => this.unit(frame));
  }
}
