/**
 * Which values of a netlist a cycle needs, and when. Most of a processor computes what a multiplexer then does not take,
 * or a register does not. Here every value gets the conditions under which anything looks at it: those that all its users
 * have in common, where the case of a multiplexer adds its select, and a register or memory its enable.
 *
 * A condition is a bit of a value; a literal is twice its number, plus 1 if the bit must be 1. A value's literals are
 * sorted by when their bits are known, so that they can be tested one inside the other.
 */
import { sourcesOf, valuesOf } from './netlist.mjs';

/** Cost below which what is only needed under a condition is not worth the test; about one machine operation each. */
const WORTH = 15;

/** Operations that a value takes, about. */
function costOf({ kind, type, inputs }) {
  if (kind !== 'cell' && kind !== 'read') return 0;
  const pieces = Object.values(inputs).reduce((sum, operand) => sum + operand.pieces.length - 1, 0);
  return (type === '$pmux' ? Object.keys(inputs).length : type === '$mul' ? 3 : 1) + pieces;
}

const INVERTING = new Set(['$not', '$logic_not']);
const COPYING = new Set(['$reduce_or', '$reduce_bool', '$reduce_and']);

export class Laziness {
  /** Bits that are tested, as { value, offset }. */
  conditions = [];
  #numbers = new Map();
  #netlist;
  #order = new Map();
  #never;
  #disabled = new Set();
  /** Literals of each value, by its id; of one that nothing looks at undefined. */
  needs = [];

  /**
   * @param {import('./netlist.mjs').Netlist} netlist
   * @param {Record<string, string>} qualifiers by how other outputs begin: output that says whether they are looked at
   * @param {string} never input that is no condition: the reset
   */
  constructor(netlist, qualifiers, never) {
    this.#netlist = netlist;
    this.#never = never;
    for (const [index, value] of netlist.values.entries()) this.#order.set(value, index);
    const outputs = new Map(netlist.outputs.map(({ name, operand }) => [name, operand]));
    this.qualifiers = new Map(
      netlist.outputs.map(({ name }) => {
        const [, by] = Object.entries(qualifiers).find(([start]) => name.startsWith(start)) ?? [];
        return [name, by === undefined || by === name ? undefined : this.literal(outputs.get(by), true)];
      }),
    );
    for (let round = 0; round < 4; round++) {
      this.#settle();
      if (!this.#disable()) break;
    }
  }

  /** Literal that says that a one-bit operand is `level`; undefined where there is none to test. */
  literal(operand, level) {
    const [{ value, offset }] = operand.pieces;
    if (!value || value.name === this.#never) return undefined;
    if (value.kind === 'cell' && value.inputs.A?.width === 1 && value.width === 1) {
      if (INVERTING.has(value.type)) return this.literal(value.inputs.A, !level);
      if (COPYING.has(value.type)) return this.literal(value.inputs.A, level);
    }
    const key = `${value.id}:${offset}`;
    if (!this.#numbers.has(key)) {
      this.#numbers.set(key, this.conditions.length);
      this.conditions.push({ value, offset });
    }
    return 2 * this.#numbers.get(key) + (level ? 1 : 0);
  }

  /** Whether a condition is tested to leave work out. */
  active(literal) {
    return literal !== undefined && !this.#disabled.has(literal >> 1);
  }

  #before = (a, b) => {
    const [x, y] = [this.conditions[a >> 1], this.conditions[b >> 1]];
    return this.#order.get(x.value) - this.#order.get(y.value) || a - b;
  };

  /** `literals` and one more, in order; undefined if they contradict each other. */
  with(literals, literal) {
    if (!this.active(literal) || literals.includes(literal)) return literals;
    if (literals.includes(literal ^ 1)) return undefined;
    return [...literals, literal].sort(this.#before);
  }

  /**
   * The cases of a multiplexer: what is taken, and the literal under which it is.
   * @returns {{ operand: import('./netlist.mjs').Operand, literal: number | undefined }[]}
   */
  cases({ type, inputs }) {
    if (type === '$mux') {
      return [
        { operand: inputs.A, select: inputs.S, literal: this.literal(inputs.S, false) },
        { operand: inputs.B, select: inputs.S, literal: this.literal(inputs.S, true) },
      ];
    }
    const cases = [{ operand: inputs.A, select: inputs.ANY, literal: this.literal(inputs.ANY, false) }];
    for (let i = 0; inputs[`S${i}`]; i++) {
      const select = inputs[`S${i}`];
      cases.push({ operand: inputs[`B${i}`], select, literal: this.literal(select, true) });
    }
    return cases;
  }

  /** Operands of a multiplexer that say which case is taken. */
  static selects({ inputs }) {
    return Object.entries(inputs).flatMap(([name, operand]) => (/^S|^ANY/.test(name) ? [operand] : []));
  }

  /** Literals under which a register takes its D, or a memory its data. */
  taking({ inputs, parameters }) {
    let literals = [];
    if (inputs.EN)
      literals = this.with(
        literals,
        this.literal(inputs.EN, parameters?.EN_POLARITY !== undefined ? /1$/.test(parameters.EN_POLARITY) : true),
      );
    if (inputs.SRST) literals = this.with(literals, this.literal(inputs.SRST, !/1$/.test(parameters.SRST_POLARITY)));
    return literals ?? [];
  }

  /** Calls `use(value, literals)` for everything that is looked at from outside: outputs, registers, memories. */
  #roots(use) {
    const all = (operand, literals) => {
      for (const value of valuesOf(operand)) use(value, literals);
    };
    for (const { name, operand } of this.#netlist.outputs) all(operand, this.with([], this.qualifiers.get(name)));
    const registers = this.#netlist.values.filter(({ kind }) => kind === 'register');
    for (const taker of [...registers, ...this.#netlist.writes]) {
      const literals = this.taking(taker);
      for (const [name, operand] of Object.entries(taker.inputs)) {
        all(operand, name === 'EN' || name === 'SRST' ? [] : literals);
      }
    }
  }

  /** Finds the literals of all values: they become fewer until all that they are for is known where they are tested. */
  #settle() {
    const { values } = this.#netlist;
    let needs = [];
    for (let changed = true; changed; ) {
      const next = [];
      const use = (value, literals) => {
        const old = next[value.id];
        next[value.id] = old === undefined ? literals : old.filter((literal) => literals.includes(literal));
      };
      this.#roots(use);
      const test = (literals) => {
        literals.forEach((literal, i) => {
          use(this.conditions[literal >> 1].value, literals.slice(0, i));
        });
      };
      for (const { name } of this.#netlist.outputs) test(this.with([], this.qualifiers.get(name)));
      for (const value of values) if (needs[value.id]) test(needs[value.id]);
      for (let i = values.length - 1; i >= 0; i--) {
        const value = values[i];
        let literals = next[value.id];
        if (literals === undefined) continue;
        const before = needs[value.id];
        if (before) literals = literals.filter((literal) => before.includes(literal));
        next[value.id] = literals;
        if (value.kind !== 'cell' && value.kind !== 'read') continue;
        if (value.type !== '$mux' && value.type !== '$pmux') {
          for (const source of sourcesOf(value)) use(source, literals);
          continue;
        }
        for (const select of Laziness.selects(value)) for (const source of valuesOf(select)) use(source, literals);
        for (const { operand, literal } of this.cases(value)) {
          const taken = this.with(literals, literal);
          if (!taken) continue;
          test(taken);
          for (const source of valuesOf(operand)) use(source, taken);
        }
      }
      changed = values.some(({ id }) => needs[id]?.length !== next[id]?.length);
      needs = next;
    }
    this.needs = needs;
  }

  /** Disables the conditions that save too little. Returns whether there were any. */
  #disable() {
    const weights = this.conditions.map(() => 0);
    for (const value of this.#netlist.values) {
      for (const literal of this.needs[value.id] ?? []) weights[literal >> 1] += costOf(value);
    }
    const before = this.#disabled.size;
    weights.forEach((weight, i) => {
      if (weight < WORTH) this.#disabled.add(i);
    });
    return this.#disabled.size > before;
  }

  /** No longer tests `conditions`, given by their numbers. */
  drop(conditions) {
    for (const condition of conditions) this.#disabled.add(condition);
    this.#settle();
  }
}
