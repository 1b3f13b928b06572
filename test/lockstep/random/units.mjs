/** Units of random instructions: each leaves the operand stack as it found it. */
import { call, closure, generator, suspend } from './call-units.mjs';
import { attempt, condition, iteration, loop, raise } from './flow-units.mjs';
import { io, raw } from './machine-units.mjs';
import { attribute, build, item } from './object-units.mjs';
import { Operands } from './operands.mjs';
import { binary, chain, comparison, harmless, unary } from './value-units.mjs';

/** Nesting of units at most. */
const DEPTH = 3;

/**
 * Weights of the kinds of units, 0 where the frame does not allow one. A kind is a function of the operands, the frame
 * and what makes the units inside.
 * @param {import('./operands.mjs').Frame} frame
 */
function kindsIn(frame) {
  const nests = frame.depth < DEPTH;
  return [
    [8, harmless],
    [14, binary],
    [6, unary],
    [6, comparison],
    [8, chain],
    [8, attribute],
    [8, item],
    [6, build],
    [10, call],
    [8, raw],
    [7, io],
    [2, raise],
    [frame.environment === 'closure' ? 10 : 0, closure],
    [4, generator],
    [nests && frame.groups.length > 0 ? 5 : 0, iteration],
    [nests && frame.counters.length > 0 && frame.groups.length > 0 ? 5 : 0, loop],
    [nests ? 9 : 0, condition],
    [nests && !frame.generator ? 4 : 0, attempt],
    [frame.generator && frame.yields ? 10 : 0, suspend],
  ];
}

/** Makes the units of one stream. */
export class Units {
  #operands;

  /**
   * @param {import('./choices.mjs').Choices} choices
   * @param {{ floats: boolean, multiply: boolean }} features what the core under test has
   */
  constructor(choices, features) {
    this.#operands = new Operands(choices, features);
  }

  /** Instructions on INTs that never trap. */
  harmless(frame) {
    return harmless(this.#operands, frame);
  }

  /** One unit of any kind that the frame allows. */
  unit(frame) {
    const make = this.#operands.choices.weighted(kindsIn(frame));
    return make(this.#operands, frame, (inner, count) => this.body(inner, count));
  }

  /** Several units. */
  body(frame, count) {
    return Array.from({ length: count }, () => this.unit(frame));
  }
}
