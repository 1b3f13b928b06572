/**
 * How units choose operands and destinations. A function's locals have roles, so that what cannot trap (counters, raw
 * addresses) meets only words that it takes, while everything else meets anything.
 *
 * - `v..` hold any word, `n..` INTs, `i..` loop counters, `h..` with `h..b` behind each an iterator and its position.
 */
import { BITFIELD_WIDTHS } from '@pysm/isa';
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
/** Words that have a specifier of their own. */
export const SMALL = [
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
/** Attributes that the classes of a stream have, and one that none has. */
export const ATTRIBUTES = ['.x', '.y', '.z', '.m', '.g', '.k', '.f', '.n', '.b', '.none'];
/** I/O addresses that units read. */
export const READABLE = [
  'IO.PIN+1',
  'IO.PIN+2',
  'IO.PIN+3',
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

/**
 * What units are made for.
 * @typedef {object} Frame
 * @property {readonly string[]} any
 * @property {readonly string[]} ints
 * @property {readonly string[]} counters counters not in use
 * @property {readonly string[]} groups iterator groups not in use; the position is the local behind
 * @property {number} words locals of the function
 * @property {string} handler handler in force around it, `0` for none
 * @property {boolean | 'closure'} environment whether the word below the frame is the function's own; `closure` where it
 *   has a value, two cells and an UNBOUND word
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

/** Chooses operands for one stream. */
export class Operands {
  #label = 0;
  /** Result of the last unit: the next one likes to read it. */
  #recent;

  /**
   * @param {import('./choices.mjs').Choices} choices
   * @param {{ floats: boolean, multiply: boolean }} features what the core under test has
   */
  constructor(choices, features) {
    this.choices = choices;
    this.features = features;
  }

  /** A label that no other unit has. */
  label(prefix = 'L') {
    return `${prefix}${this.#label++}`;
  }

  /** An instruction that pushes a word of any kind. */
  pusher(frame) {
    const c = this.choices;
    return c.weighted([
      [4, () => `LDG S,@__main__.${c.pick(OBJECTS)}`],
      [3, () => `LDK S,${c.pick(CONSTANTS)}`],
      [this.features.floats ? 4 : 0, () => `LDK S,${c.pick(FLOATS)}`],
      [3, () => `LDI S,${c.between(-65536, 65535)}`],
      [3, () => `MOV S,${c.pick(frame.any)}`],
      [2, () => `MOV S,${c.pick(frame.ints)}`],
      [1, () => `LDG S,@__main__.loose${c.below(2)}`],
      [1, () => `LDW8 S,${c.pick(frame.any)}`],
    ])();
  }

  /** Instructions that push so many words. */
  pushers(frame, count) {
    return Array.from({ length: count }, () => this.pusher(frame));
  }

  /** A source of any word: its text. An instruction that must push it before is added to `push`. */
  any(frame, push) {
    const c = this.choices;
    if (this.#recent && frame.any.concat(frame.ints).includes(this.#recent) && c.chance(35)) return this.#recent;
    return c.weighted([
      [6, () => c.pick(frame.any)],
      [3, () => c.pick(frame.ints)],
      [3, () => c.pick(SMALL)],
      [4, () => pushed(push, this.pusher(frame))],
      [frame.environment ? 1 : 0, () => 'ENV'],
    ])();
  }

  /** A source of an INT, like `any`. */
  int(frame, push) {
    const c = this.choices;
    if (this.#recent && frame.ints.includes(this.#recent) && c.chance(35)) return this.#recent;
    return c.weighted([
      [6, () => c.pick(frame.ints)],
      [2, () => String(c.between(-1, 9))],
      [2, () => pushed(push, `LDI S,${c.between(-300, 300)}`)],
    ])();
  }

  /** A global that holds an object of one of some kinds, pushed. */
  object(push, ...names) {
    push.push(`LDG S,@__main__.${this.choices.pick(names)}`);
    return 'S';
  }

  /** A destination for any word, and what takes it from the stack again. */
  destination(frame) {
    const c = this.choices;
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

  /** A local that takes an INT. */
  intDestination(frame) {
    const to = this.choices.pick(frame.ints);
    this.#recent = to;
    return to;
  }

  /** Bits of a word as EXT and INS take them. */
  bitfield() {
    const low = this.choices.below(64);
    return `${low}:${this.choices.pick(BITFIELD_WIDTHS)}`;
  }
}
