/**
 * Logic of a few bits as tables: whatever depends on the same bits of one value alone, such as all that a decoder makes of
 * an opcode, is looked up together in a table of 64-bit words.
 */
import { evaluate, isKnown } from './evaluate.mjs';

/** Most bits that a table is indexed by. */
const INDEX_BITS = 8;
/** Cells that a table must replace at least. */
const WORTH = 6;
const WORD = 64;

/** The one value whose bits a cell depends on, with its lowest and highest bit; undefined if there are more, or none. */
function supports(values) {
  const support = new Map();
  for (const value of values) {
    if ((value.kind !== 'cell' && value.kind !== 'read') || !isKnown(value)) continue;
    let found;
    let one = true;
    for (const { pieces } of Object.values(value.inputs)) {
      for (const piece of pieces) {
        if (!piece.value) continue;
        const own = { source: piece.value, low: piece.offset, high: piece.offset + piece.width - 1 };
        const from = support.get(piece.value) ?? own;
        if (found && found.source !== from.source) one = false;
        found = found
          ? { source: from.source, low: Math.min(found.low, from.low), high: Math.max(found.high, from.high) }
          : from;
      }
    }
    if (one && found && found.high - found.low < INDEX_BITS) support.set(value, found);
  }
  return support;
}

/** Windows of at most INDEX_BITS bits with the values that depend on no others, the fullest first. */
function windows(support) {
  const bySource = new Map();
  for (const [value, { source, low, high }] of support) {
    if (!bySource.has(source)) bySource.set(source, []);
    bySource.get(source).push({ value, low, high });
  }
  const found = [];
  for (const [source, all] of bySource) {
    let rest = all;
    while (rest.length >= WORTH) {
      const lows = [...new Set(rest.map(({ low }) => low))];
      const inside = (from) => rest.filter(({ low, high }) => low >= from && high < from + INDEX_BITS);
      const best = lows.map(inside).reduce((a, b) => (b.length > a.length ? b : a));
      if (best.length < WORTH) break;
      const low = Math.min(...best.map((one) => one.low));
      const high = Math.max(...best.map((one) => one.high));
      found.push({ source, low, width: high - low + 1, values: best.map(({ value }) => value) });
      rest = rest.filter((one) => !best.includes(one));
    }
  }
  return found;
}

/** Values to which something outside of `inside` refers, by what refers to them. */
function lookedAt(netlist, inside) {
  const seen = new Set();
  const look = (operands) => {
    for (const { pieces } of Object.values(operands))
      for (const { value } of pieces) if (inside.has(value)) seen.add(value);
  };
  for (const value of netlist.values) if (!inside.has(value)) look(value.inputs);
  for (const { inputs } of netlist.writes) look(inputs);
  for (const { operand } of netlist.outputs) look({ operand });
  return seen;
}

/** Replaces what can be looked up by reads of new memories. Returns the netlist without the values that became unused. */
export function withTables(netlist) {
  const memories = [...netlist.memories];
  const found = windows(supports(netlist.values));
  const inside = new Set(found.flatMap(({ values }) => values));
  const outside = lookedAt(netlist, inside);
  let id = Math.max(...netlist.values.map((value) => value.id));
  /** Where each replaced value is found. */
  const places = new Map();
  const reads = new Map();
  for (const { source, low, width, values } of found) {
    const wanted = values.filter((value) => outside.has(value) && value.width <= WORD);
    const words = [];
    for (const value of wanted) {
      let word = words.at(-1);
      if (!word || word.width + value.width > WORD) {
        word = { width: 0, values: [] };
        words.push(word);
      }
      word.values.push({ value, at: word.width });
      word.width += value.width;
    }
    const entries = Array.from({ length: 2 ** width }, (_, index) => {
      const known = new Map([[source, BigInt(index) << BigInt(low)]]);
      const look = (value) => {
        if (!known.has(value)) known.set(value, evaluate(value, look));
        return known.get(value);
      };
      return words.map((word) => word.values.reduce((sum, { value, at }) => sum | (look(value) << BigInt(at)), 0n));
    });
    words.forEach((word, i) => {
      const memory = {
        id: memories.length,
        words: entries.length,
        width: word.width,
        contents: entries.map((entry) => entry[i]),
      };
      memories.push(memory);
      id++;
      const index = { width, pieces: [{ value: source, constant: 0n, offset: low, width, repeat: 1 }] };
      const name = `table of ${source.name}`;
      const read = {
        id,
        kind: 'read',
        type: '$read',
        width: word.width,
        name,
        inputs: { ADDR: index },
        memory,
        from: 0,
      };
      if (!reads.has(source)) reads.set(source, []);
      reads.get(source).push(read);
      for (const { value, at } of word.values) places.set(value, { read, at });
    });
  }
  const move = (piece) => {
    const place = places.get(piece.value);
    return place ? { ...piece, value: place.read, offset: piece.offset + place.at } : piece;
  };
  const moveAll = (operands) =>
    Object.fromEntries(
      Object.entries(operands).map(([name, { width, pieces }]) => [name, { width, pieces: pieces.map(move) }]),
    );
  for (const value of netlist.values) value.inputs = moveAll(value.inputs);
  const writes = netlist.writes.map((write) => ({ ...write, inputs: moveAll(write.inputs) }));
  const outputs = netlist.outputs.map(({ name, operand }) => ({ name, operand: moveAll({ operand }).operand }));
  const values = [];
  for (const value of netlist.values) {
    if (!places.has(value)) values.push(value);
    values.push(...(reads.get(value) ?? []));
  }
  return { values: used({ values, writes, outputs }), memories, writes, outputs };
}

/** The values that registers, memories and outputs depend on, in the same order. */
function used({ values, writes, outputs }) {
  const needed = new Set();
  const need = (operands) => {
    for (const { pieces } of Object.values(operands)) for (const { value } of pieces) if (value) needed.add(value);
  };
  for (const { inputs } of writes) need(inputs);
  for (const { operand } of outputs) need({ operand });
  for (const value of values) if (value.kind === 'register') need(value.inputs);
  for (const value of [...values].reverse()) if (needed.has(value) && value.kind !== 'register') need(value.inputs);
  return values.filter((value) => (value.kind !== 'cell' && value.kind !== 'read' ? true : needed.has(value)));
}
