/**
 * A netlist as a C++ class that evaluates a clock cycle: only what the cycle needs, in 64-bit words.
 *
 *     struct NAME {
 *       inputs as members, u64 or u128; outputs: u64, above 64 bits u64[2] from the lowest
 *       void evaluate();   the outputs of the present cycle, and what registers and memories take
 *       void advance();    registers and memories take it
 *     };
 *
 * An output that another qualifies is only right while that one is 1. Inputs that are called late may change between the
 * two.
 */
import { literal as constantOf, EXPRESSIONS, ones, typeOf } from './cells.mjs';
import { signsOf } from './evaluate.mjs';
import { cutIntoFunctions, placeVariables } from './functions.mjs';
import { Laziness } from './laziness.mjs';
import { sourcesOf, valuesOf } from './netlist.mjs';
import { schedule } from './schedule.mjs';

const HALF = 64;
/** Statements that a test must leave out on average, and how often conditions are reviewed for that. */
const TEST_WORTH = 14;

/** Smallest unsigned type for a memory's words or a part of them. */
const storageType = (width) => (width <= 8 ? 'uint8_t' : width <= 16 ? 'uint16_t' : width <= 32 ? 'uint32_t' : 'u64');

/** Name of the variable that holds a value. */
function nameOf({ id, kind, name }) {
  return kind === 'input' ? name : kind === 'register' ? `r${id}` : `v${id}`;
}

/** One piece in the low bits, as the type of `width` bits. */
function pieceCode(piece, width, rename) {
  const { value, constant, offset, width: bits, repeat } = piece;
  if (!value) return constantOf(constant, width);
  let code = rename(value);
  if (offset > 0) code = `(${code} >> ${offset})`;
  const cast = (text) => {
    if (value.width > HALF && width <= HALF) return `u64(${text})`;
    return value.width <= HALF && width > HALF ? `u128(${text})` : text;
  };
  code = cast(code);
  if (offset + bits < value.width) code = `(${code} & ${constantOf(ones(bits), width)})`;
  if (repeat > 1) code = `(-${code} & ${constantOf(ones(repeat), width)})`;
  return code;
}

const widthOf = ({ width, repeat }) => width * repeat;

/** An operand as an expression of the type of its width. */
export function operandCode({ width, pieces }, rename = nameOf) {
  let at = 0;
  const parts = [];
  for (const piece of pieces) {
    const zero = !piece.value && piece.constant === 0n;
    const code = pieceCode(piece, width, rename);
    if (!zero) parts.push(at === 0 ? code : `${code} << ${at}`);
    at += widthOf(piece);
  }
  if (parts.length === 0) return constantOf(0n, width);
  return parts.length === 1 && at === widthOf(pieces[0]) ? parts[0] : `(${parts.join(' | ')})`;
}

/** Whether any bit of an operand is set: its pieces need not be moved to their places for that. */
function anyCode({ width, pieces }, rename) {
  if (pieces.some(({ value, constant }) => !value && constant !== 0n)) return '1ull';
  const values = pieces.filter(({ value }) => value);
  if (values.length === 0) return '0ull';
  const wide = width > HALF && values.some((piece) => piece.width > HALF) ? width : 1;
  const bits = values.map((piece) => pieceCode({ ...piece, repeat: 1 }, wide, rename));
  return bits.length === 1 && values[0].width === 1 ? bits[0] : `u64((${bits.join(' | ')}) != 0)`;
}

class Emitter {
  #netlist;
  #options;
  #laziness;
  #statements = [];
  /** Statements after which a value is there. @type {Map<object, object[]>} */
  #makers = new Map();

  constructor(netlist, options) {
    this.#netlist = netlist;
    this.#options = options;
    this.#laziness = new Laziness(netlist, options.qualifiers, options.reset);
    this.#checkLate();
  }

  /** An input that may change after evaluate() must not be looked at before advance(). */
  #checkLate() {
    const check = (name, operands) => {
      for (const source of sourcesOf({ inputs: operands })) {
        if (this.#options.late.includes(source.name))
          throw new Error(`${name} depends on ${source.name} without a register`);
      }
    };
    for (const { kind, name, inputs } of this.#netlist.values) if (kind !== 'register') check(name, inputs);
    for (const { name, operand } of this.#netlist.outputs) check(name, { operand });
  }

  /** Expression of a cell or read port other than a multiplexer. */
  #expression(value) {
    const { type, kind, width, inputs } = value;
    if (kind === 'read') return this.#readCode(value);
    if (type === '$reduce_or' || type === '$reduce_bool') return anyCode(inputs.A, nameOf);
    if (type === '$logic_not') return `${anyCode(inputs.A, nameOf)} ^ 1`;
    if (type === '$logic_and') return `${anyCode(inputs.A, nameOf)} & ${anyCode(inputs.B, nameOf)}`;
    if (type === '$logic_or') return `${anyCode(inputs.A, nameOf)} | ${anyCode(inputs.B, nameOf)}`;
    const expression = EXPRESSIONS[type];
    if (!expression) throw new Error(`${value.name}: cells of the type ${type} are not translated`);
    const operand = (name) => inputs[name] && { code: operandCode(inputs[name]), width: inputs[name].width };
    return expression({ type, a: operand('A'), b: operand('B'), width, ...signsOf(value) });
  }

  /** Parts in which a memory's words are kept: their first bit and width. */
  static parts({ width }) {
    const parts = [];
    for (let from = 0; from < width; from += HALF) parts.push({ from, width: Math.min(HALF, width - from) });
    return parts;
  }

  #readCode({ memory, inputs, from, width }) {
    const address = operandCode(inputs.ADDR);
    const pieces = Emitter.parts(memory).flatMap((part) => {
      const [low, high] = [Math.max(from, part.from), Math.min(from + width, part.from + part.width)];
      if (low >= high) return [];
      let code = `${typeOf(width)}(m${memory.id}_${part.from}[${address}])`;
      if (low > part.from) code = `(${code} >> ${low - part.from})`;
      if (high < part.from + part.width) code = `(${code} & ${constantOf(ones(high - low), width)})`;
      return low === from ? code : `${code} << ${low - from}`;
    });
    const code = pieces.join(' | ');
    if (memory.words >= 2 ** inputs.ADDR.width) return code;
    return `${address} < ${memory.words} ? ${code} : 0`;
  }

  #add(statement, reads) {
    statement.reads = reads;
    statement.after = new Set();
    for (const value of reads) for (const maker of this.#makers.get(value) ?? []) statement.after.add(maker);
    for (const literal of statement.path) {
      const { value } = this.#laziness.conditions[literal >> 1];
      for (const maker of this.#makers.get(value) ?? []) statement.after.add(maker);
    }
    this.#statements.push(statement);
    return statement;
  }

  /** Statements that make a multiplexer's value: one for each case where cases are left out, else one for all. */
  #multiplexer(value, path) {
    const laziness = this.#laziness;
    const cases = laziness.cases(value);
    // A case saves something if what it takes is only needed with it.
    const saves = cases.some(
      ({ operand, literal }) =>
        laziness.active(literal) &&
        valuesOf(operand).some(
          ({ id, kind }) => (kind === 'cell' || kind === 'read') && laziness.needs[id].includes(literal),
        ),
    );
    // Cases that are no worth a test come first, all at once; each of the others has a statement of its own behind it.
    const isArm = ({ literal }) => saves && laziness.active(literal);
    const together = cases.filter((one) => !isArm(one));
    const made = [];
    if (together.length > 0) {
      const [last, ...others] = together;
      const code = others.reduceRight(
        (otherwise, { operand, select }) => `${operandCode(select)} ? ${operandCode(operand)} : ${otherwise}`,
        operandCode(last.operand),
      );
      const reads = together.flatMap(({ operand, select }, i) => [
        ...valuesOf(operand),
        ...(i > 0 ? valuesOf(select) : []),
      ]);
      made.push([{ path, code: `${nameOf(value)} = ${code};` }, reads]);
    }
    const first = made[0]?.[0];
    for (const { operand, literal } of cases.filter(isArm)) {
      const taken = laziness.with(path, literal);
      if (taken) {
        made.push([{ path: taken, code: `${nameOf(value)} = ${operandCode(operand)};` }, valuesOf(operand), first]);
      }
    }
    return made;
  }

  /** Statements of all values but the late ones, and of the outputs. */
  #evaluation() {
    const laziness = this.#laziness;
    this.locals = [];
    this.#statements = [];
    this.#makers.clear();
    const pending = [];
    for (const value of this.#netlist.values) {
      if (value.kind !== 'cell' && value.kind !== 'read') continue;
      const path = laziness.needs[value.id];
      if (path === undefined) continue;
      this.locals.push(value);
      const made =
        value.type === '$mux' || value.type === '$pmux'
          ? this.#multiplexer(value, path)
          : [[{ path, code: `${nameOf(value)} = ${this.#expression(value)};` }, sourcesOf(value)]];
      this.#makers.set(
        value,
        made.map(([statement]) => statement),
      );
      pending.push(...made);
    }
    for (const { name, operand } of this.#netlist.outputs) {
      const path = laziness.with([], laziness.qualifiers.get(name));
      const code =
        operand.width <= HALF
          ? `${name} = ${operandCode(operand)};`
          : [0, 1].map((i) => `${name}[${i}] = u64(${operandCode(operand)}${i ? ` >> ${HALF}` : ''});`).join(' ');
      pending.push([{ path, code }, valuesOf(operand)]);
    }
    for (const [statement, reads, follows] of pending) {
      this.#add(statement, reads);
      if (follows) statement.after.add(follows);
    }
  }

  /** Condition that a literal tests. */
  #test(literal) {
    const { value, offset } = this.#laziness.conditions[literal >> 1];
    const bit = pieceCode({ value, offset, width: 1, repeat: 1 }, 1, nameOf);
    return literal & 1 ? bit : `!${value.width === 1 ? bit : `(${bit})`}`;
  }

  /** Conditions whose tests leave out too few statements each. */
  #poorConditions(worth) {
    const blocks = [];
    const open = [];
    schedule(this.#statements, {
      open: (literal) => {
        blocks.push({ condition: literal >> 1, statements: 0 });
        open.push(blocks.at(-1));
      },
      close: () => {
        const block = open.pop();
        if (open.length > 0) open.at(-1).statements += block.statements;
      },
      emit: () => {
        if (open.length > 0) open.at(-1).statements++;
      },
    });
    const sums = new Map();
    for (const { condition, statements } of blocks) {
      const sum = sums.get(condition) ?? { blocks: 0, statements: 0 };
      sums.set(condition, { blocks: sum.blocks + 1, statements: sum.statements + statements });
    }
    return [...sums].filter(([, sum]) => sum.statements < worth * sum.blocks).map(([condition]) => condition);
  }

  /** The statements in order, as a tree of tests. */
  #tree() {
    const root = { items: [] };
    const open = [root];
    schedule(this.#statements, {
      open: (literal) => {
        const { items } = open.at(-1);
        const last = items.at(-1);
        const branch = { items: [] };
        // The other level of the same bit, right behind.
        if (last?.literal === (literal ^ 1) && !last.otherwise) last.otherwise = branch;
        else items.push({ literal, test: this.#test(literal), inside: branch });
        open.push(branch);
      },
      close: () => open.pop(),
      emit: (statement) => open.at(-1).items.push(statement),
    });
    return root;
  }

  emit() {
    const { name, limit } = this.#options;
    for (let worth = 1; worth <= TEST_WORTH; worth++) {
      this.#evaluation();
      this.#laziness.drop(this.#poorConditions(worth));
    }
    this.#evaluation();
    const functions = [
      ...cutIntoFunctions(this.#tree(), 'evaluate', limit),
      ...cutIntoFunctions(this.#commits(), 'advance', limit),
    ];
    const { locals, shared } = placeVariables(functions, /\bv\d+\b/g);
    const types = new Map(this.#netlist.values.map(({ id, width }) => [`v${id}`, typeOf(width)]));
    const declare = (variable) => `${types.get(variable)} ${variable}`;
    const { members, tables } = this.#storage();
    return {
      header: [
        '#pragma once',
        '#include <cstdint>',
        'using u64 = uint64_t;',
        'using u128 = unsigned __int128;',
        `struct ${name} {`,
        ...members,
        '  void evaluate();',
        '  void advance();',
        ' private:',
        ...functions.filter((one) => /_/.test(one.name)).map((one) => `  void ${one.name}();`),
        ...shared.map((variable) => `  ${declare(variable)} = 0;`),
        '};',
        '',
      ].join('\n'),
      source: [
        '#include "design.h"',
        ...tables,
        ...functions.flatMap((one) => [
          `void ${name}::${one.name}() {`,
          ...locals.get(one.name).map((variable) => `  ${declare(variable)};`),
          ...one.lines,
          '}',
        ]),
        '',
      ].join('\n'),
    };
  }

  /** Members for inputs, registers, outputs and memories, and tables of what never changes. */
  #storage() {
    const members = [];
    const tables = [];
    const used = new Set();
    for (const { kind, width, name, memory, ...rest } of this.#netlist.values) {
      if (kind === 'input') members.push(`  ${typeOf(width)} ${name} = 0;`);
      if (kind === 'register') members.push(`  ${typeOf(width)} ${nameOf({ kind, ...rest })} = 0;`);
      if (kind === 'read') used.add(memory);
    }
    for (const { name, operand } of this.#netlist.outputs) {
      members.push(operand.width <= HALF ? `  u64 ${name} = 0;` : `  u64 ${name}[2] = {};`);
    }
    for (const memory of used) {
      for (const { from, width } of Emitter.parts(memory)) {
        const array = `m${memory.id}_${from}[${memory.words}]`;
        if (!memory.contents) members.push(`  ${storageType(width)} ${array} = {};`);
        else {
          const words = memory.contents.map((word) => constantOf((word >> BigInt(from)) & ones(width), width));
          tables.push(`static const ${storageType(width)} ${array} = {${words.join(', ')}};`);
        }
      }
    }
    return { members, tables };
  }

  /** Statement that writes a memory. */
  static #write({ memory, offset, inputs }) {
    const part = Emitter.parts(memory).find(({ from, width }) => offset >= from && offset < from + width);
    const { width } = inputs.DATA;
    if (offset + width > part.from + part.width) throw new Error('a write port across the halves of a word');
    const word = `m${memory.id}_${part.from}[${operandCode(inputs.ADDR)}]`;
    const type = storageType(part.width);
    const data = operandCode(inputs.DATA);
    if (width === part.width) return `${word} = ${type}(${data});`;
    const shift = offset - part.from;
    const others = constantOf(ones(part.width) ^ (ones(width) << BigInt(shift)), part.width);
    return `${word} = ${type}((${word} & ${others}) | ${data} << ${shift});`;
  }

  /** What clears a register, what lets it take its data, and its statements for both. */
  static #transfer({ id, width, inputs, parameters, type }, rename) {
    const bit = (name) => {
      if (!inputs[name]) return undefined;
      const code = operandCode(inputs[name], rename);
      return /1$/.test(parameters[`${name}_POLARITY`]) ? code : `!${code}`;
    };
    const reset = BigInt(`0b${(parameters.SRST_VALUE ?? '0').replaceAll('x', '0')}`);
    const take = `r${id} = ${operandCode(inputs.D, rename)};`;
    const clear = bit('SRST');
    const clears = `r${id} = ${constantOf(reset, width)};`;
    if (type === '$sdffce') throw new Error('registers whose enable goes before their reset are not translated');
    return { clear, enable: bit('EN'), take, clears };
  }

  /** The memories and registers go over to the next cycle. */
  #commits() {
    const items = [];
    // Memories first: what they take is not overwritten yet. Later write ports have priority.
    for (const write of this.#netlist.writes) {
      const { memory, inputs } = write;
      const beyond = memory.words < 2 ** inputs.ADDR.width;
      const test = operandCode(inputs.EN) + (beyond ? ` && ${operandCode(inputs.ADDR)} < ${memory.words}` : '');
      if (items.at(-1)?.test !== test) items.push({ test, inside: { items: [] } });
      items.at(-1).inside.items.push({ code: Emitter.#write(write) });
    }
    // A register that another takes may have its next value by then.
    const before = new Map();
    const rename = (value) => {
      if (value.kind !== 'register') return nameOf(value);
      before.set(`v${value.id}`, `v${value.id} = ${nameOf(value)};`);
      return `v${value.id}`;
    };
    const groups = new Map();
    for (const value of this.#netlist.values) {
      if (value.kind !== 'register') continue;
      const { clear = '', enable = '', take, clears } = Emitter.#transfer(value, rename);
      if (!groups.has(clear)) groups.set(clear, { clears: [], takes: new Map() });
      const group = groups.get(clear);
      group.clears.push({ code: clears });
      if (!group.takes.has(enable)) group.takes.set(enable, []);
      group.takes.get(enable).push({ code: take });
    }
    const moves = [];
    for (const [clear, group] of groups) {
      const takes = [];
      for (const [enable, statements] of group.takes) {
        if (enable === '') takes.push(...statements);
        else takes.push({ test: enable, inside: { items: statements } });
      }
      if (clear === '') moves.push(...takes);
      else moves.push({ test: clear, inside: { items: group.clears }, otherwise: { items: takes } });
    }
    return { items: [...items, ...[...before.values()].map((code) => ({ code })), ...moves] };
  }
}

/**
 * @param {import('./netlist.mjs').Netlist} netlist
 * @param {{ name: string, reset: string, late: readonly string[], qualifiers: Record<string, string>, limit: number }} options
 *   name of the class; the reset input; the inputs that may change after evaluate(); the outputs that qualify others;
 *   statements of a function
 * @returns {{ header: string, source: string }} design.h and design.cc
 */
export function emitCpp(netlist, options) {
  return new Emitter(netlist, options).emit();
}
