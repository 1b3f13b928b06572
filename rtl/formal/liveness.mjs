/**
 * That an instruction stays in execute no longer than the instruction table says, each opcode by itself: from any state of
 * the core, its word passes decode and read, and from then on the cycles are looked at one by one until it has ended in
 * every case. What the memories, the arithmetic unit and the I/O space give is free in every cycle. Then, that execute is
 * never empty for long.
 */
import { INSTRUCTIONS, OPERAND_WORDS, TIMING } from '@pysm/isa';
import { constantsOf, FALSE, followingFrom, Graph, not, TRUE, UNKNOWN } from './aig.mjs';

const RUNNING = 0;

/** Where `step` of execute stands still. */
const LAST_STEP = 62;

/** Most words of a frame: of a generator, of any other. */
const GENERATOR_WORDS = 32;
const FRAME_WORDS = 255;

/** Low bits of the fields that count words, up to 63. */
const K = [0, 1, 2, 3, 4, 5];
const IMM = K;
const CLEAR = [15, 16, 17, 18];

/** Bits of the word that count an instruction's words; without an entry the count is the largest that there is. */
const COUNTED = { CLRL: K, BTUP: K, BLIST: K, UNPACK: IMM, MKCLO: IMM, MCPY: IMM, MCLR: IMM, CALL: CLEAR };
const MOST = { 'n + clear': 30, words: GENERATOR_WORDS, 'frame - n': FRAME_WORDS };

/** Most cycles of an instruction: `most`, or if that is more `base` and `each` for each word that `bits` count. */
function longest(instruction) {
  if (!instruction) return { most: 1, base: 0, each: 0, bits: [] };
  const { mnemonic, outcomes, traps, group } = instruction;
  const bits = COUNTED[mnemonic] ?? [];
  const counted = { base: 0, each: 0, bits };
  let most = Math.max(TIMING.reissue, ...traps.map(({ found }) => found));
  for (const { cycles, extra } of outcomes) {
    if (!extra) most = Math.max(most, cycles);
    else if (bits.length) {
      counted.base = Math.max(counted.base, cycles - extra.each * extra.beyond);
      counted.each = extra.each;
    } else most = Math.max(most, cycles + extra.each * Math.max(0, MOST[extra.count] - extra.beyond));
  }
  if (group === 'attribute' || mnemonic === 'CALLM') most += TIMING.headerRow;
  return { most, ...counted };
}

/** The core, in one cycle after the other. */
class Core {
  /** @param {import('./aig.mjs').Design} design @param {Graph} graph */
  constructor(design, graph) {
    Object.assign(this, { design, graph });
  }

  /** Literals of a signal, lowest bit first. */
  bits(name) {
    const literals = this.design.wires.get(name);
    if (!literals) throw new Error(`the core has no signal '${name}'`);
    return literals;
  }

  /** Numbers of the registers of a signal that is one. */
  registers(name) {
    return this.bits(name).map((literal) => (literal >> 1) - 1 - this.design.inputs);
  }

  /** Whether a register belongs to a signal of such a name. */
  named(pattern) {
    const names = [...this.design.wires.keys()].filter((name) => pattern.test(name));
    const numbers = new Set(names.flatMap((name) => this.registers(name)));
    return (register) => numbers.has(register);
  }

  /** Registers by number, from values of signals. */
  given(values) {
    const given = new Map();
    for (const [name, value] of Object.entries(values)) {
      for (const [bit, register] of this.registers(name).entries())
        given.set(register, (value >> bit) & 1 ? TRUE : FALSE);
    }
    return given;
  }

  /**
   * A cycle.
   * @param {(literal: number) => number} constant the registers of the cycle, where they are known
   * @param {(literal: number) => number} state the registers
   * @param {Record<string, number>} known signals of one bit that are known, by their values
   * @param {(number: number) => number} [inputs]
   */
  cycle({ constant, value }, given, known, inputs = () => this.graph.input()) {
    const { design, graph } = this;
    const held = Object.entries(known).map(([name, wanted]) => [this.bits(name)[0], wanted]);
    const constants = constantsOf(
      design,
      (register) => given.get(register) ?? constant(design.next[register]),
      new Map(held.map(([literal, wanted]) => [literal >> 1, wanted ^ (literal & 1)])),
    );
    return {
      constants,
      constant: (literal) => (constants[literal >> 1] === UNKNOWN ? UNKNOWN : constants[literal >> 1] ^ (literal & 1)),
      value: graph.copy(design, inputs, (register) => value(design.next[register]), constants),
    };
  }

  /** What is known after a cycle of its registers alone that satisfy `seen`; all other values are free. */
  onlyFrom({ constants, constant, value }, seen) {
    const follows = followingFrom(this.design, constants, seen);
    const others = new Map();
    const other = (variable) => {
      if (!others.has(variable)) others.set(variable, this.graph.input());
      return others.get(variable);
    };
    return {
      constant,
      value: (literal) => (follows[literal >> 1] ? value(literal) : other(literal >> 1) ^ (literal & 1)),
    };
  }

  /**
   * A cycle in which an instruction is in execute: as it is, and as it is where the instruction stays there in the next
   * cycle too and no other comes, with the condition of that.
   */
  inExecute(before, now, staying) {
    const values = new Map();
    const inputs = (number) => {
      if (!values.has(number)) values.set(number, this.graph.input());
      return values.get(number);
    };
    const cycle = this.cycle(before, now, { rst: 0 }, inputs);
    const goes = cycle.value(this.bits('execute.takes')[0]);
    const stays = this.graph.and(not(goes), this.comesTo(cycle, this.given(staying)));
    return { cycle, stays, onward: this.cycle(before, now, { rst: 0, 'execute.takes': 0 }, inputs) };
  }

  /** Whether registers come to these values after a cycle. */
  comesTo(cycle, given) {
    let all = TRUE;
    for (const [register, wanted] of given) {
      all = this.graph.and(all, cycle.value(this.design.next[register]) ^ not(wanted));
    }
    return all;
  }
}

/**
 * Instructions whose words are those of a frame that the memory describes: two registers of execute, of which the first
 * counts up to the second. From cycle SETTLED on, what is left between them is looked at and not each cycle.
 */
const COUNTING = {
  CALLV: ['execute.call_part.clear_next', 'execute.call_part.clear_end'],
  CALLM: ['execute.call_part.clear_next', 'execute.call_part.clear_end'],
};
const SETTLED = 12;

/** `count` (literals, lowest bit first) is at most `limit`. */
function atMost(graph, count, limit) {
  if (limit < 0) return FALSE;
  let more = FALSE;
  count.forEach((literal, bit) => {
    more = (limit >> bit) & 1 ? graph.and(literal, more) : graph.or(literal, more);
  });
  return limit >= 2 ** count.length - 1 ? TRUE : not(more);
}

/** The instruction of an opcode. Where the attribute's number is long, it takes the low bits. */
const instructionOf = (opcode) =>
  INSTRUCTIONS.find(({ format, opcode: own }) => own === (format === 'A' ? opcode & 0xfc : opcode));

/**
 * An instruction as it comes into execute: decode has its word out of the code RAM, and everything else may be anything;
 * the read stage has what decode has found, however long ago. What execute takes over from elsewhere may be anything.
 * @returns what is known after the cycle in which execute takes it, and the condition of that
 */
function beginning(core, opcode) {
  const { graph, design } = core;
  const word = core.registers('d_word').slice(24, 32);
  const inDecode = new Map(word.map((register, bit) => [register, (opcode >> bit) & 1 ? TRUE : FALSE]));
  const values = new Map();
  const same = new Set(core.registers('d_word').map((register) => design.next[register]));
  const decode = (given) => {
    const state = (literal) => {
      if (!same.has(literal)) return graph.input();
      if (!values.has(literal)) values.set(literal, graph.input());
      return values.get(literal);
    };
    const known = new Map([...inDecode, ...given]);
    const before = { constant: () => UNKNOWN, value: state };
    const cycle = core.cycle(before, known, { d_moves: 1, flush: 0, r_redirects: 0, rst: 0 });
    return core.onlyFrom(cycle, core.named(/^(d_.*|code_words)$/));
  };
  const decoded = decode([]);
  // There is no third kind of pending result; and an instruction that is issued again has been issued before, somewhere,
  // without a fault.
  const kind = core.registers('r_rrv').map((register) => decoded.value(design.next[register]));
  const first = decode(core.given({ d_rrv: 0 }));
  const inRead = core.given({ r_valid: 1, 'execute.status': RUNNING });
  const taking = { 'execute.takes': 1, flush: 0, rst: 0 };
  const firstRead = core.cycle(first, inRead, taking);
  const faultless = core.bits('r_fault').map((literal) => not(firstRead.value(literal)));
  const sane = graph.and(
    not(graph.and(kind[0], kind[1])),
    graph.or(
      not(kind[0]),
      faultless.reduce((all, literal) => graph.and(all, literal), TRUE),
    ),
  );
  const read = core.cycle(decoded, inRead, taking);
  const before = core.onlyFrom(read, core.named(/^(r_.*|code_words)$/));
  // Frames end below SLIM by the words that their operands need: `decoded` proves it.
  const limit = core.registers('execute.csr.slim_frames').map((register) => before.value(design.next[register]));
  const inside = graph.or(limit.at(-1), atMost(graph, limit.slice(0, -1), 2 ** 12 - 1 - OPERAND_WORDS));
  return { before, sane: graph.and(sane, inside) };
}

/** a - b, as many bits as they have. */
function difference(graph, a, b) {
  let carry = TRUE;
  return a.map((literal, bit) => {
    const other = not(b[bit]);
    const either = graph.differ(literal, other);
    const sum = graph.differ(either, carry);
    carry = graph.or(graph.and(literal, other), graph.and(either, carry));
    return sum;
  });
}

/** What is left between the registers that count, after a cycle. */
const left = (core, value, [next, end]) => {
  const of = (name) => core.registers(name).map((register) => value(core.design.next[register]));
  return difference(core.graph, of(end), of(next));
};

/** From any state in which the instruction has been in execute for SETTLED cycles: whether what is left does not shrink. */
function stalls(core, opcode, staying, counting) {
  const { graph } = core;
  const word = core.registers('execute.word').slice(24, 32);
  let wrong = FALSE;
  for (let step = SETTLED; step <= LAST_STEP; step++) {
    const values = new Map();
    const state = (literal) => {
      if (!values.has(literal)) values.set(literal, graph.input());
      return values.get(literal);
    };
    const now = core.given({ ...staying, 'execute.step': step });
    for (const [bit, register] of word.entries()) now.set(register, (opcode >> bit) & 1 ? TRUE : FALSE);
    const before = { constant: () => UNKNOWN, value: state };
    const { stays, onward } = core.inExecute(before, now, staying);
    const was = left(core, state, counting);
    const one = was.map((_, bit) => (bit === 0 ? TRUE : FALSE));
    const expected = difference(graph, was, one);
    const is = left(core, onward.value, counting);
    const none = was.reduce((all, literal) => graph.and(all, not(literal)), TRUE);
    const counts = is.reduce((all, literal, bit) => graph.and(all, not(graph.differ(literal, expected[bit]))), TRUE);
    wrong = graph.or(wrong, graph.and(stays, graph.or(none, not(counts))));
  }
  return wrong;
}

/**
 * The cycles of an instruction in execute.
 * @param {Core} core
 * @param {number} opcode
 * @returns {number} a literal that is 1 where it takes longer than the table says
 */
function exceeds(core, opcode) {
  const { graph, design } = core;
  const staying = { 'execute.valid': 1, 'execute.entering': 0, 'execute.status': RUNNING };
  const instruction = instructionOf(opcode);
  const { most, base, each, bits } = longest(instruction);
  const counting = COUNTING[instruction?.mnemonic];
  let { before, sane: path } = beginning(core, opcode);
  const count = bits.map((bit) => before.value(design.next[core.registers('execute.word')[bit]]));
  const last = Math.max(most, base + each * (2 ** bits.length - 1));
  let wrong = FALSE;
  let step = 0;
  for (let cycles = 1; path !== FALSE; cycles++) {
    if (cycles > last) return graph.or(wrong, path);
    const now = core.given({ ...staying, 'execute.step': step });
    const { cycle, stays, onward } = core.inExecute(before, now, staying);
    path = graph.and(path, stays);
    step = Math.min(step + 1, LAST_STEP);
    wrong = graph.or(wrong, graph.and(path, not(core.comesTo(cycle, core.given({ 'execute.step': step })))));
    if (counting && cycles === SETTLED) {
      const remaining = left(core, onward.value, counting);
      wrong = graph.or(wrong, graph.and(path, not(atMost(graph, remaining, most - SETTLED))));
      return graph.or(wrong, stalls(core, opcode, staying, counting));
    }
    if (cycles >= most) {
      const due = each === 0 ? TRUE : atMost(graph, count, Math.floor((cycles - base) / each));
      wrong = graph.or(wrong, graph.and(path, due));
      path = graph.and(path, not(due));
    }
    before = onward;
  }
  return wrong;
}

/** Most cycles in which execute is empty while the core runs: a redirect's word comes through decode and read. */
const REFILL = 2;

/**
 * The cycles without an instruction in execute, from any state of the running core. There is a word in decode then, and no
 * entry under way: the property `retire` proves both.
 */
function idles(core) {
  const { graph } = core;
  const empty = { 'execute.valid': 0, 'execute.status': RUNNING };
  let before = { constant: () => UNKNOWN, value: () => graph.input() };
  let path = TRUE;
  for (let cycles = 1; cycles <= REFILL; cycles++) {
    const now = core.given({ ...empty, 'execute.entering': 0, d_valid: 1 });
    const cycle = core.cycle(before, now, { rst: 0 });
    path = graph.and(path, core.comesTo(cycle, core.given(empty)));
    before = cycle;
  }
  return path;
}

/**
 * @param {import('./aig.mjs').Design} design the core, flat, with free memories and arith_free.sv
 * @returns {{ graph: Graph, differences: Map<string, number> }} by opcode: 1 where it takes longer than it may
 */
export function findLong(design) {
  const graph = new Graph();
  const core = new Core(design, graph);
  const long = new Map();
  for (let opcode = 0; opcode < 256; opcode++) {
    const name = `${instructionOf(opcode)?.mnemonic ?? 'opcode'} 0x${opcode.toString(16).padStart(2, '0')}`;
    long.set(name, exceeds(core, opcode));
  }
  long.set('refill', idles(core));
  return { graph, differences: long };
}
