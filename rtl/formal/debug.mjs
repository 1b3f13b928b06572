/**
 * That the debug bus changes nothing by reading: two copies of the core, the first with any reads on its bus, the second
 * with none, are in the same state in every cycle and do the same, whatever the program, the memories, the I/O space and
 * the arithmetic unit do (README.md says what "the same" means, and what is assumed).
 *
 * A register that holds the same in both copies is one variable. What they compute of such registers is then the same node
 * of the graph, and only what the bus can reach is left to a solver.
 */
import { FALSE, Graph, not, TRUE } from './aig.mjs';

/** Registers that may differ: the debug block's own, and what the ports that it uses have read. */
const OWN = [/^debug\.(req|done)$/, /^stack\.copy_debug\.r\.word$/, /\.b\.word$/];

/** What says that a request has been taken, and that it is a write. */
const [REQUEST, WRITE] = ['debug.req', 'debug.write'];

/** Registers that mean something with a bit of another one: write beats, and the write stage of the stack. */
const MEANT = [
  ...['sw', 'dw', 'gw', 'rw', 'tw'].map((beat) => [`${beat}_valid`, `${beat}_addr`, `${beat}_data`]),
  ...['stack.w', 'stack.x'].map((stage) => [`${stage}_we`, `${stage}_addr`, `${stage}_data`]),
];

/** Outputs of the core that are no registers, and the one that says when they mean something. */
const OUTPUTS = [
  ...['tick', 'cycle', 'halted', 'irq_taken', 'io_req'].map((name) => [name, undefined]),
  ...['io_write', 'io_addr', 'io_wdata'].map((name) => [name, 'io_req']),
];

/** What the arithmetic unit is asked: with the same operands it gives the same. */
const ASKED_OF_ARITHMETIC = ['start', 'op', 'a', 'b'].map((name) => `execute.arith.${name}`);

/**
 * @param {import('./aig.mjs').Design} design the core, flat, with ram_asked.sv and arith_free.sv
 * @returns {{ graph: Graph, differences: Map<string, number> }} by name of a signal: 1 where the copies differ in it
 */
export function compareCopies({ wires, registers, ...design }) {
  const { inputs, next } = design;
  const graph = new Graph();
  const bits = (name) => {
    if (!wires.has(name)) throw new Error(`the core has no signal '${name}'`);
    return wires.get(name);
  };
  const isRegister = (literal) => literal >> 1 > inputs && literal >> 1 <= inputs + next.length;
  const registersOf = (name) =>
    bits(name)
      .filter(isRegister)
      .map((literal) => (literal >> 1) - 1 - inputs);
  const set = (values, name, value) => {
    for (const literal of bits(name)) values[(literal >> 1) - 1] = value;
  };
  const ports = [...wires.keys()].filter((name) => name.endsWith('.mark')).map((name) => name.slice(0, -5));
  /** Of the registers that may differ: the one with which they mean something, if there is one. */
  const own = new Map();
  for (const name of wires.keys()) {
    if (OWN.some((pattern) => pattern.test(name)))
      for (const register of registersOf(name)) own.set(register, undefined);
  }
  for (const [valid, ...names] of MEANT) {
    for (const register of names.flatMap(registersOf)) own.set(register, registersOf(valid)[0]);
  }
  const [request, write] = [REQUEST, WRITE].map((name) => registersOf(name)[0]);
  /** The registers of the first copy, from those of the second: what may differ is `other`. */
  const pair = (state, other) =>
    state.map((literal, register) => {
      if (!own.has(register)) return literal;
      const valid = own.get(register);
      return valid === undefined ? other(register) : graph.choose(state[valid], literal, other(register));
    });

  /** Both copies in a cycle, from their registers. */
  const cycle = (state) => {
    const busy = Array.from({ length: inputs }, () => graph.input());
    set(busy, 'dbg_write', FALSE);
    for (const port of ports) set(busy, `${port}.mark`, FALSE);
    const quiet = [...busy];
    set(quiet, 'dbg_req', FALSE);
    const second = graph.copy(
      design,
      (input) => quiet[input],
      (register) => state[1][register],
    );
    // Equal memories give both the same word where the second reads one: it is checked that the first asks for the
    // same. What only the first reads is another word.
    for (const port of ports) {
      const [en] = bits(`${port}.asked`).map(second);
      for (const literal of wires.get(`${port}.fresh`) ?? []) {
        const input = (literal >> 1) - 1;
        busy[input] = graph.choose(en, quiet[input], graph.input());
      }
    }
    return [
      graph.copy(
        design,
        (input) => busy[input],
        (register) => state[0][register],
      ),
      second,
    ];
  };

  const differences = new Map();
  const note = (name, condition) => differences.set(name, graph.or(differences.get(name) ?? FALSE, condition));
  const check = ([first, second]) => {
    const differ = (name, literals, when = TRUE) => {
      for (const literal of literals) note(name, graph.and(when, graph.differ(first(literal), second(literal))));
    };
    next.forEach((literal, register) => {
      const valid = own.get(register);
      if (!own.has(register)) differ(registers[register], [literal]);
      else if (valid !== undefined) differ(registers[register], [literal], second(next[valid]));
    });
    for (const [name, when] of OUTPUTS) differ(name, bits(name), when ? second(bits(when)[0]) : TRUE);
    for (const name of ASKED_OF_ARITHMETIC) differ(name, bits(name));
    // What the core asks of a port, it asks with the reads as well; and these never write.
    for (const port of ports) {
      const [en, we, ...address] = bits(`${port}.asked`);
      differ(port, [en, we, ...address], second(en));
      differ(port, bits(`${port}.given`), graph.and(second(en), second(we)));
      note(port, graph.and(not(second(en)), graph.and(first(en), first(we))));
    }
  };

  // The first cycle: in the same state altogether, and no access is under way. There never is one in the second copy, nor a
  // write in either.
  const start = next.map((_, register) => (register === write || register === request ? FALSE : graph.input()));
  check(cycle([start, start]));
  // Any later one: from a cycle before it, in which the debug block's own registers held anything else.
  const [first, second] = cycle([pair(start, () => graph.input()), start]).map((value) => next.map(value));
  check(cycle([pair(second, (register) => first[register]), second]));
  return { graph, differences };
}
