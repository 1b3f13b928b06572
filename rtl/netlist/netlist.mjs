/**
 * A flat netlist as Yosys writes it (write_json), as a graph of values: what a cell, a register, a memory's read port or an
 * input of the module puts out is one value of at most 128 bits, and operands are pieces of values. Wires that only rename
 * are gone, and words that are merely passed on (multiplexers, registers, bitwise operations, memories) are cut where
 * their parts are used apart, and to at most 64 bits each.
 */
import { WIDEST } from './cells.mjs';

/**
 * @typedef {object} Value what one cell, register, read port or input puts out
 * @property {number} id
 * @property {'input' | 'register' | 'read' | 'cell'} kind
 * @property {string} type of a cell, as Yosys names it
 * @property {number} width bits
 * @property {string} name of an input; where it stands in the source otherwise
 * @property {Record<string, Operand>} inputs by their names at the cell; of `$pmux` its selects as S0, S1 .. and its cases as B0, B1 ..
 * @property {Memory} [memory] of a read port
 *
 * @typedef {object} Piece
 * @property {Value} [value] undefined for a constant
 * @property {bigint} constant
 * @property {number} offset lowest bit in the value
 * @property {number} width bits
 * @property {number} repeat times that the piece follows itself
 *
 * @typedef {{ width: number, pieces: Piece[] }} Operand from the lowest bit
 *
 * @typedef {object} Memory
 * @property {number} id
 * @property {number} words
 * @property {number} width bits
 * @property {bigint[]} [contents] of one that nothing writes
 *
 * @typedef {object} Write a write port, for some bits of its words
 * @property {Memory} memory
 * @property {number} offset lowest bit in the word
 * @property {Record<'ADDR' | 'DATA' | 'EN', Operand>} inputs EN has one bit
 *
 * @typedef {object} Netlist
 * @property {Value[]} values in an order in which every cell follows its inputs
 * @property {Memory[]} memories
 * @property {Write[]} writes later ones have priority
 * @property {{ name: string, operand: Operand }[]} outputs
 */

/** Cells of which a bit of the output depends on the same bit of the inputs alone, with their inputs that are so. */
const BITWISE = {
  $mux: ['A', 'B'],
  $pmux: ['A', 'B'],
  $and: ['A', 'B'],
  $or: ['A', 'B'],
  $xor: ['A', 'B'],
  $xnor: ['A', 'B'],
  $not: ['A'],
  $dff: ['D'],
  $dffe: ['D'],
  $sdff: ['D'],
  $sdffe: ['D'],
  $sdffce: ['D'],
  $read: [],
};
const REGISTERS = new Set(['$dff', '$dffe', '$sdff', '$sdffe', '$sdffce']);
/** Words up to this width, bits, are left whole. */
const WHOLE = 64;

const number = (parameter) => (parameter === undefined ? 0 : Number.parseInt(parameter, 2));
const bitsOf = (text) => [...text].reverse().map((bit) => (bit === '1' ? '1' : '0'));
const isConstant = (bit) => typeof bit === 'string';

/** Cells with their bits, and memories taken apart into ports. */
function readCells(module) {
  const cells = [];
  const memories = [];
  const writes = [];
  for (const [name, { type, parameters, attributes, connections }] of Object.entries(module.cells)) {
    const source = attributes.src ?? name;
    if (type === '$mem_v2') {
      readMemory(source, parameters, connections, { cells, memories, writes });
      continue;
    }
    const { Y, Q, CLK, ...inputs } = connections;
    if (parameters.CLK_POLARITY !== undefined && number(parameters.CLK_POLARITY) !== 1) {
      throw new Error(`${source}: a register of the falling edge`);
    }
    cells.push({ type, source, parameters, inputs, output: Y ?? Q });
  }
  return { cells, memories, writes };
}

function readMemory(source, parameters, connections, { cells, memories, writes }) {
  const [width, words, addressBits] = ['WIDTH', 'SIZE', 'ABITS'].map((name) => number(parameters[name]));
  const [readPorts, writePorts] = ['RD_PORTS', 'WR_PORTS'].map((name) => number(parameters[name]));
  // A wide port, of several words, is as many ports with an address each.
  if (/1/.test(parameters.RD_CLK_ENABLE) || number(parameters.OFFSET) !== 0) {
    throw new Error(`${source}: a memory with registered read ports, or that does not begin with word 0`);
  }
  const memory = { id: memories.length, words, width };
  const slice = (port, index, size) => connections[port].slice(index * size, (index + 1) * size);
  if (writePorts === 0) {
    const bits = bitsOf(parameters.INIT);
    memory.contents = Array.from({ length: words }, (_, word) =>
      BigInt(
        `0b${bits
          .slice(word * width, (word + 1) * width)
          .reverse()
          .join('')}`,
      ),
    );
  } else if (/1/.test(parameters.INIT)) {
    throw new Error(`${source}: a memory with contents at the start that is written`);
  }
  memories.push(memory);
  for (let port = 0; port < readPorts; port++) {
    const output = slice('RD_DATA', port, width);
    const inputs = { ADDR: slice('RD_ADDR', port, addressBits) };
    cells.push({ type: '$read', source, parameters: {}, inputs, output, memory });
  }
  for (let port = 0; port < writePorts; port++) {
    const [ADDR, DATA, EN] = [
      slice('WR_ADDR', port, addressBits),
      slice('WR_DATA', port, width),
      slice('WR_EN', port, width),
    ];
    writes.push({ memory, inputs: { ADDR, DATA, EN } });
  }
}

/**
 * Bits that are only another name: of multiplexers between the constants 0 and 1, which spread their select, and of those
 * whose bits are made alike. Gives the final name of a bit.
 */
function readAliases(cells) {
  const aliases = new Map();
  const rename = (bit) => {
    let named = bit === 'x' || bit === 'z' ? '0' : bit;
    while (aliases.has(named)) named = aliases.get(named);
    return named;
  };
  const multiplexers = cells.filter(({ type }) => type === '$mux' || type === '$pmux');
  for (let changed = true; changed; ) {
    changed = false;
    for (const { inputs, output } of multiplexers) {
      const first = new Map();
      output.forEach((bit, i) => {
        if (aliases.has(bit)) return;
        const cases = inputs.B.filter((_, at) => at % output.length === i).map(rename);
        const key = [rename(inputs.A[i]), ...cases].join();
        const alike = key === '0,1' ? inputs.S[0] : first.get(key);
        if (alike === undefined) first.set(key, bit);
        else {
          aliases.set(bit, alike);
          changed = true;
        }
      });
    }
  }
  return rename;
}

/** Every array of bits in cells, writes and outputs through `rename`, save what cells put out. */
function renameInputs(holders, rename) {
  for (const holder of holders) {
    for (const [name, bits] of Object.entries(holder.inputs)) holder.inputs[name] = bits.map(rename);
  }
}

/**
 * Where the outputs of wide bitwise cells are cut: for each such cell, whether bit i stays with bit i + 1. Bits stay
 * together that some other cell uses side by side, directly or through further bitwise cells.
 */
function joints(cells, users) {
  const wide = cells.filter(({ type, output }) => BITWISE[type] && output.length > WHOLE);
  const place = new Map();
  for (const cell of wide) {
    cell.joined = cell.output.map(() => false);
    cell.output.forEach((bit, index) => {
      if (!isConstant(bit)) place.set(bit, { cell, index });
    });
  }
  let changed = true;
  const join = (low, high) => {
    const [a, b] = [place.get(low), place.get(high)];
    if (a === undefined || a.cell !== b?.cell || b.index !== a.index + 1 || a.cell.joined[a.index]) return;
    a.cell.joined[a.index] = true;
    changed = true;
  };
  const joinAll = (bits) => {
    for (let i = 1; i < bits.length; i++) join(bits[i - 1], bits[i]);
  };
  for (const { type, inputs, joined } of users) {
    for (const [name, bits] of Object.entries(inputs)) {
      if (!joined || !BITWISE[type].includes(name)) joinAll(bits);
    }
  }
  // From the outputs of passed words to their inputs, until nothing more is joined.
  while (changed) {
    changed = false;
    for (const { type, inputs, output, joined } of wide) {
      for (const name of BITWISE[type]) {
        inputs[name].forEach((bit, i) => {
          const at = i % output.length;
          if (at > 0 && joined[at - 1]) join(inputs[name][i - 1], bit);
        });
      }
    }
  }
  return wide;
}

/** The parts of a cut cell, as [first bit, width]. */
function partsOf({ joined, output }) {
  const parts = [];
  for (let from = 0; from < output.length; ) {
    let width = 1;
    while (joined[from + width - 1] && width < WHOLE) width++;
    parts.push([from, width]);
    from += width;
  }
  return parts;
}

/** The bits [from, from + width) of a bitwise cell as a cell. */
function partOf(cell, from, width) {
  const { type, parameters, inputs, output } = cell;
  const part = { ...cell, joined: undefined, inputs: { ...inputs }, output: output.slice(from, from + width), from };
  for (const name of BITWISE[type]) {
    const cases = inputs[name].length / output.length;
    part.inputs[name] = [];
    for (let i = 0; i < cases; i++) {
      const start = i * output.length + from;
      part.inputs[name].push(...inputs[name].slice(start, start + width));
    }
  }
  const reset = parameters.SRST_VALUE;
  if (reset) {
    part.parameters = { ...parameters, SRST_VALUE: reset.slice(reset.length - from - width, reset.length - from) };
  }
  return part;
}

/** Bitwise cells with operands as wide as their result, which cutting them wants. */
function extendBitwise(cell) {
  const { type, parameters, inputs, output } = cell;
  if (!['$and', '$or', '$xor', '$xnor', '$not'].includes(type) || output.length <= WHOLE) return;
  for (const name of BITWISE[type]) {
    const bits = inputs[name].slice(0, output.length);
    const fill = number(parameters.A_SIGNED) ? bits.at(-1) : '0';
    while (bits.length < output.length) bits.push(fill);
    inputs[name] = bits;
  }
}

/** Operand of bits, by where each bit comes from. */
function operandOf(bits, driver, where) {
  const pieces = [];
  for (const bit of bits) {
    const from = isConstant(bit) ? undefined : driver.get(bit);
    if (!isConstant(bit) && !from) throw new Error(`${where}: a bit that nothing drives`);
    const last = pieces.at(-1);
    if (!from) {
      const set = BigInt(bit);
      if (last && !last.value) {
        last.constant |= set << BigInt(last.width);
        last.width++;
      } else pieces.push({ constant: set, offset: 0, width: 1, repeat: 1 });
      continue;
    }
    const { value, offset } = from;
    if (last?.value === value && last.repeat === 1 && last.offset + last.width === offset) last.width++;
    else if (last?.value === value && last.width === 1 && last.offset === offset) last.repeat++;
    else pieces.push({ value, constant: 0n, offset, width: 1, repeat: 1 });
  }
  return { width: bits.length, pieces };
}

/** Values in an order in which each cell follows what it is made of; those that no root needs are left out. */
function inOrder(roots) {
  const order = [];
  const state = new Map();
  const visit = (root) => {
    const stack = [{ value: root, inputs: undefined }];
    while (stack.length > 0) {
      const top = stack.at(-1);
      if (top.inputs === undefined) {
        if (state.get(top.value) === 'done') {
          stack.pop();
          continue;
        }
        state.set(top.value, 'open');
        // Registers and inputs are there from the start.
        const depends = top.value.kind === 'cell' || top.value.kind === 'read';
        top.inputs = depends ? sourcesOf(top.value) : [];
      }
      const next = top.inputs.pop();
      if (next === undefined) {
        state.set(top.value, 'done');
        order.push(top.value);
        stack.pop();
      } else if (state.get(next) === 'open') {
        throw new Error(`${next.name}: a value depends on itself`);
      } else if (!state.has(next)) stack.push({ value: next, inputs: undefined });
    }
  };
  const waiting = [...roots];
  const known = new Set(waiting);
  for (const value of waiting) {
    visit(value);
    for (const seen of order) {
      if (seen.kind !== 'register' || seen.followed) continue;
      seen.followed = true;
      for (const source of sourcesOf(seen)) {
        if (!known.has(source)) {
          known.add(source);
          waiting.push(source);
        }
      }
    }
  }
  return order;
}

/** Values of an operand. */
export const valuesOf = ({ pieces }) => pieces.flatMap(({ value }) => (value ? [value] : []));

/** Values that a value is made of, or that a register takes on. */
export const sourcesOf = ({ inputs }) => Object.values(inputs).flatMap(valuesOf);

/** Adds to each `$pmux` the input ANY, whether any of its selects is set, and the cells that find that out. */
function addDefaults(cells) {
  const made = new Map();
  for (const { type, source, inputs } of [...cells]) {
    if (type !== '$pmux') continue;
    const key = inputs.S.join();
    // A name that no bit of the netlist has.
    if (!made.has(key)) {
      const bit = -1 - made.size;
      made.set(key, bit);
      cells.push({ type: '$reduce_or', source, parameters: {}, inputs: { A: [...inputs.S] }, output: [bit] });
    }
    inputs.ANY = [made.get(key)];
  }
}

/** Inputs of a cell by their final names, as bits. */
function namedInputs({ type, inputs, output }) {
  if (type !== '$pmux') return inputs;
  const { A, B, S, ANY } = inputs;
  const cases = S.flatMap((bit, i) => [
    [`S${i}`, [bit]],
    [`B${i}`, B.slice(i * output.length, (i + 1) * output.length)],
  ]);
  return { A, ANY, ...Object.fromEntries(cases) };
}

/** Write ports cut to runs of bits with the same enable. */
function cutWrites(writes) {
  return writes.flatMap(({ memory, inputs: { ADDR, DATA, EN } }) => {
    const runs = [];
    EN.forEach((enable, i) => {
      const last = runs.at(-1);
      if (last?.enable === enable && last.width < WHOLE) last.width++;
      else runs.push({ enable, offset: i, width: 1 });
    });
    return runs
      .filter(({ enable }) => enable !== '0')
      .map(({ enable, offset, width }) => ({
        memory,
        offset,
        inputs: { ADDR, DATA: DATA.slice(offset, offset + width), EN: [enable] },
      }));
  });
}

/**
 * Reads a flattened module.
 * @param {object} module of write_json's `modules`
 * @param {string} clock name of the clock input, whose rising edge is all that there is
 * @returns {Netlist}
 */
export function readNetlist(module, clock) {
  const { cells, memories, writes: ports } = readCells(module);
  const outputs = [];
  for (const [name, { direction, bits }] of Object.entries(module.ports)) {
    if (direction === 'output') outputs.push({ name, inputs: { operand: bits } });
  }
  const rename = readAliases(cells);
  renameInputs([...cells, ...ports, ...outputs], rename);
  for (const cell of cells) extendBitwise(cell);
  addDefaults(cells);
  const writes = cutWrites(ports);
  joints(cells, [...cells, ...writes, ...outputs]);
  const parts = cells.flatMap((cell) =>
    cell.joined ? partsOf(cell).map(([from, width]) => partOf(cell, from, width)) : [cell],
  );

  const driver = new Map();
  const values = [];
  const drive = (bits, value) => {
    value.id = values.length;
    values.push(value);
    bits.forEach((bit, offset) => {
      if (!isConstant(bit)) driver.set(bit, { value, offset });
    });
  };
  for (const [name, { direction, bits }] of Object.entries(module.ports)) {
    if (direction === 'input' && name !== clock) {
      drive(bits, { kind: 'input', type: '', width: bits.length, name, inputs: {} });
    }
  }
  for (const part of parts) {
    const { type, source, parameters, output, memory, from = 0 } = part;
    const kind = REGISTERS.has(type) ? 'register' : type === '$read' ? 'read' : 'cell';
    const value = { kind, type, width: output.length, name: source, parameters, memory, from };
    if (value.width > WIDEST) throw new Error(`${source}: a ${type} of ${value.width} bits`);
    drive(output, value);
    part.value = value;
  }
  const operands = (inputs, where) =>
    Object.fromEntries(Object.entries(inputs).map(([name, bits]) => [name, operandOf(bits, driver, where)]));
  for (const part of parts) part.value.inputs = operands(namedInputs(part), part.source);
  const results = outputs.map(({ name, inputs }) => ({ name, operand: operandOf(inputs.operand, driver, name) }));
  const written = writes.map((write) => ({ ...write, inputs: operands(write.inputs, 'a write port') }));
  const roots = [...results.flatMap(({ operand }) => valuesOf(operand)), ...written.flatMap(sourcesOf)];
  return { values: inOrder(new Set(roots)), memories, writes: written, outputs: results };
}
