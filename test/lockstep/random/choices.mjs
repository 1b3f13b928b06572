/** Pseudo-random choices from a seed: the same seed makes the same choices on every machine. */
export class Choices {
  #state;

  /** @param {number} seed 32 bits count */
  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** 32 random bits (SplitMix32: a counter and Murmur's finaliser). */
  #bits() {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let z = this.#state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  }

  /** An integer from 0 up to `count` - 1. */
  below(count) {
    return Math.floor((this.#bits() / 2 ** 32) * count);
  }

  /** An integer from `min` to `max`. */
  between(min, max) {
    return min + this.below(max - min + 1);
  }

  /** True in `part` of `whole` cases. */
  chance(part, whole = 100) {
    return this.below(whole) < part;
  }

  /** @template T @param {readonly T[]} list @returns {T} */
  pick(list) {
    return list[this.below(list.length)];
  }

  /**
   * One of the entries of a table of weights.
   * @template T @param {readonly (readonly [weight: number, value: T])[]} table @returns {T}
   */
  weighted(table) {
    let at = this.below(table.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, value] of table) {
      at -= weight;
      if (at < 0) return value;
    }
    throw new Error('a table of weights is empty');
  }
}

/** A seed from the clock, for runs that are to differ; it is printed, so that they can be repeated. */
export const freshSeed = () => (Date.now() ^ (process.pid << 16)) >>> 0;
