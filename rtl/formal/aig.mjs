/**
 * And-inverter graphs: reads what Yosys writes (AIGER, binary, with the map of names), and builds new ones of them.
 *
 * A literal is a number: twice its variable, plus 1 where it is negated; 0 is false and 1 is true.
 */
import { readFileSync, writeFileSync } from 'node:fs';

export const FALSE = 0;
export const TRUE = 1;
export const not = (literal) => literal ^ 1;

/**
 * @typedef {object} Design
 * @property {number} inputs how many; they are the variables from 1 on
 * @property {number[]} next each register's next value, as a literal; the registers follow the inputs
 * @property {Uint32Array} left first operands of the ands, which follow the registers
 * @property {Uint32Array} right
 * @property {Map<string, number[]>} wires literals of each named wire, by bit
 * @property {string[]} registers a name of each register, without the bit
 */

/**
 * @param {string} file AIGER without resets, as `write_aiger -vmap MAP FILE` makes it
 * @param {string} map
 * @returns {Design}
 */
export function readDesign(file, map) {
  const bytes = readFileSync(file);
  let at = bytes.indexOf(10) + 1;
  const [, , inputs, latches, outputs, ands, ...more] = bytes.toString('latin1', 0, at).trim().split(' ');
  if (more.some((count) => count !== '0')) throw new Error('AIGER with properties');
  const line = () => {
    const end = bytes.indexOf(10, at);
    const text = bytes.toString('latin1', at, end);
    at = end + 1;
    return text;
  };
  const next = Array.from({ length: Number(latches) }, () => Number(line().split(' ')[0]));
  const driven = Array.from({ length: Number(outputs) }, () => Number(line()));
  const number = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  const [left, right] = [new Uint32Array(ands), new Uint32Array(ands)];
  for (let i = 0; i < ands; i++) {
    left[i] = 2 * (Number(inputs) + Number(latches) + 1 + i) - number();
    right[i] = left[i] - number();
  }
  return { inputs: Number(inputs), next, left, right, ...readNames(map, Number(inputs), Number(latches), driven) };
}

function readNames(map, inputs, latches, outputs) {
  const wires = new Map();
  const registers = new Array(latches);
  for (const line of readFileSync(map, 'utf8').split('\n')) {
    const [what, number, bit, name] = line.split(' ');
    // A name with a $ is one that Yosys has made.
    if (what === '' || name.includes('$')) continue;
    let literal = Number(number);
    if (what === 'output') literal = outputs[literal];
    else if (what !== 'wire') literal = 2 * (1 + literal + (what === 'input' ? 0 : inputs));
    if (what === 'latch' && !(registers[number]?.length <= name.length)) registers[number] = name;
    if (!wires.has(name)) wires.set(name, []);
    wires.get(name)[bit] = literal;
  }
  return { wires, registers };
}

/** Neither false nor true for certain. */
export const UNKNOWN = 2;

/**
 * The variables of a design that are constant where some registers are.
 * @param {Design} design
 * @param {(number: number) => number} registers FALSE, TRUE or UNKNOWN
 * @param {ReadonlyMap<number, number>} known variables that are FALSE or TRUE whatever the logic says
 */
export function constantsOf({ inputs, next, left, right }, registers, known) {
  const constants = new Uint8Array(inputs + next.length + left.length + 1).fill(UNKNOWN, 1);
  for (let i = 0; i < next.length; i++) constants[1 + inputs + i] = registers(i);
  for (const [variable, value] of known) constants[variable] = value;
  const first = inputs + next.length + 1;
  for (let i = 0; i < left.length; i++) {
    if (constants[first + i] !== UNKNOWN) continue;
    const a = constants[left[i] >> 1];
    const b = constants[right[i] >> 1];
    const a_value = a === UNKNOWN ? UNKNOWN : a ^ (left[i] & 1);
    const b_value = b === UNKNOWN ? UNKNOWN : b ^ (right[i] & 1);
    if (a_value === FALSE || b_value === FALSE) constants[first + i] = FALSE;
    else if (a_value === TRUE && b_value === TRUE) constants[first + i] = TRUE;
  }
  return constants;
}

/**
 * Which variables of a design follow from some registers alone.
 * @param {Design} design
 * @param {Uint8Array} constants as {@link constantsOf} gives them
 * @param {(number: number) => boolean} registers
 * @returns {Uint8Array} by variable, 1 where it does
 */
export function followingFrom({ inputs, next, left, right }, constants, registers) {
  const first = inputs + next.length + 1;
  const follows = Uint8Array.from(constants, (constant) => (constant === UNKNOWN ? 0 : 1));
  for (let i = 0; i < next.length; i++) if (registers(i)) follows[1 + inputs + i] = 1;
  for (let i = 0; i < left.length; i++) follows[first + i] |= follows[left[i] >> 1] & follows[right[i] >> 1];
  return follows;
}

/** A new graph, in which what is equal by its structure is one node. */
export class Graph {
  #variables = 0;
  /** Operands of the ands; undefined at inputs. @type {([number, number] | undefined)[]} */
  #ands = [undefined];
  #known = new Map();

  get size() {
    return this.#variables;
  }

  /** A new input. */
  input() {
    this.#ands.push(undefined);
    return 2 * ++this.#variables;
  }

  and(a, b) {
    if (a === FALSE || b === FALSE || a === not(b)) return FALSE;
    if (a === TRUE || a === b) return b;
    if (b === TRUE) return a;
    const [low, high] = a < b ? [a, b] : [b, a];
    const key = low * 2 ** 26 + high;
    let literal = this.#known.get(key);
    if (literal === undefined) {
      this.#ands.push([low, high]);
      literal = 2 * ++this.#variables;
      this.#known.set(key, literal);
    }
    return literal;
  }

  or(a, b) {
    return not(this.and(not(a), not(b)));
  }

  choose(condition, then, otherwise) {
    if (then === otherwise) return then;
    return this.or(this.and(condition, then), this.and(not(condition), otherwise));
  }

  differ(a, b) {
    if (a === b) return FALSE;
    return this.or(this.and(a, not(b)), this.and(not(a), b));
  }

  /**
   * A copy of a design's logic, of which only what is asked for is made.
   * @param {Design} design
   * @param {(number: number) => number} inputs value of an input
   * @param {(number: number) => number} registers value of a register
   * @param {Uint8Array} [constants] variables of the design that are known, see {@link constantsOf}
   * @returns {(literal: number) => number} the value of a literal of the design
   */
  copy({ inputs: count, next, left, right }, inputs, registers, constants) {
    const values = new Map([[0, FALSE]]);
    const first = count + next.length + 1;
    const waiting = [];
    const ask = (variable) => {
      if (values.has(variable)) return true;
      const constant = constants?.[variable] ?? UNKNOWN;
      if (constant !== UNKNOWN) values.set(variable, constant);
      else if (variable >= first) return false;
      else values.set(variable, variable <= count ? inputs(variable - 1) : registers(variable - 1 - count));
      return true;
    };
    return (literal) => {
      if (!ask(literal >> 1)) waiting.push(literal >> 1);
      while (waiting.length) {
        const variable = waiting.at(-1);
        const [a, b] = [left[variable - first], right[variable - first]];
        if (!ask(a >> 1)) waiting.push(a >> 1);
        // Where one operand is false, the other does not matter.
        else if ((values.get(a >> 1) ^ (a & 1)) === FALSE) {
          values.set(variable, FALSE);
          waiting.pop();
        } else if (!ask(b >> 1)) waiting.push(b >> 1);
        else {
          values.set(variable, this.and(values.get(a >> 1) ^ (a & 1), values.get(b >> 1) ^ (b & 1)));
          waiting.pop();
        }
      }
      return values.get(literal >> 1) ^ (literal & 1);
    };
  }

  /** Writes what `outputs` need (AIGER, binary). */
  write(file, outputs) {
    const needed = new Set();
    const visit = outputs.map((literal) => literal >> 1);
    for (let variable = visit.pop(); variable !== undefined; variable = visit.pop()) {
      if (variable === 0 || needed.has(variable)) continue;
      needed.add(variable);
      for (const literal of this.#ands[variable] ?? []) visit.push(literal >> 1);
    }
    const order = [...needed].sort((a, b) => a - b);
    const inputs = order.filter((variable) => !this.#ands[variable]);
    const ands = order.filter((variable) => this.#ands[variable]);
    const names = new Map([0, ...inputs, ...ands].map((variable, name) => [variable, name]));
    const named = (literal) => 2 * names.get(literal >> 1) + (literal & 1);
    const header = `aig ${order.length} ${inputs.length} 0 ${outputs.length} ${ands.length}`;
    const bytes = [];
    const number = (value) => {
      for (; value >= 128; value >>= 7) bytes.push((value & 127) | 128);
      bytes.push(value);
    };
    for (const variable of ands) {
      const [low, high] = this.#ands[variable].map(named).sort((a, b) => a - b);
      number(2 * names.get(variable) - high);
      number(high - low);
    }
    writeFileSync(
      file,
      Buffer.concat([Buffer.from([header, ...outputs.map(named), ''].join('\n')), Buffer.from(bytes)]),
    );
  }
}
