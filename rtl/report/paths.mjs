/** Longest paths, from what Yosys' `sta` prints and the netlist that it looked at. `sta` prints one path alone. */

/**
 * @typedef {object} Path
 * @property {number} delay ps of logic, from the clock edge to the end point's set-up
 * @property {string} from register, memory or port that it starts at
 * @property {string} to register, memory or port that it ends at, with the cell's input
 * @property {string[]} through signals of the sources on the way, as far as names survive
 * @property {string} cells what it passes, e.g. "6 LUT, 3 CARRY4"
 */

const CLOCKS = /^(C|CLK|WCLK|CLKARDCLK|CLKBWRCLK)$/;
const FLIP_FLOP = /^FD[CPRS]E(_1)?$/;
/** What a flip-flop's inputs are tied to so that no path ends there. */
const TIED = { D: '0', CE: '1', R: '0', S: '0', CLR: '0', PRE: '0' };

/** A name as in the sources: without escape and bits. */
const plain = (name) => name.replace(/^\\/, '').replace(/ ?\[[0-9:]+\]$/, '');

/** Names of the module's bits, those of the sources only: of several the shortest. */
function namesOfBits(module) {
  const names = new Map();
  for (const [name, { bits, hide_name: hidden }] of Object.entries(module.netnames)) {
    if (hidden || name.includes('$')) continue;
    for (const bit of bits) if (!(names.get(bit)?.length <= name.length)) names.set(bit, name);
  }
  return names;
}

/** A name for all instances that a loop has made. */
const family = (name) => name.replace(/\[\d+\]/g, '[]');

/** What a register or memory is called: a flip-flop by the signal it drives, a memory by its array. */
function nameOfCell({ type, connections }, cell, names) {
  if (FLIP_FLOP.test(type)) return names.get(connections.Q[0]) ?? plain(cell);
  return plain(cell).replace(/(\.[0-9]+)+$/, '');
}

/**
 * The path that an analysis found.
 * @param {string} printed by `sta`
 * @param {object} module as `write_json` writes it
 * @returns {Path}
 */
export function latestArrival(printed, module) {
  const head = /Latest arrival time in '[^']*' is (\d+):\n/.exec(printed);
  if (!head) throw new Error(`Yosys' timing analysis printed no path:\n${printed.slice(0, 500)}`);
  const names = namesOfBits(module);
  const steps = [];
  for (const line of printed.slice(head.index + head[0].length).split('\n')) {
    const cell = /^ *\d+ (\S+) \(\w+\.(\w+)(?:->\w+)?\)$/.exec(line);
    const port = /^ *\d+ +(\S.*) \(<primary (?:input|output)>\)$/.exec(line);
    if (cell) steps.push({ cell: cell[1], input: cell[2] });
    else if (port) steps.push({ port: plain(port[1]) });
    else if (line.trim() === '') break;
    else if (steps.length > 0) steps.at(-1).net = plain(line.trim());
    if (steps.length > 1 && CLOCKS.test(steps.at(-1).input)) break;
  }
  const called = (step) => step.port ?? nameOfCell(module.cells[step.cell], step.cell, names);
  const [end] = steps;
  const start = steps.at(-1);
  const counts = {};
  for (const { cell } of steps.slice(1, -1)) {
    const type = module.cells[cell].type.replace(/^LUT[1-6]$|^INV$/, 'LUT');
    counts[type] = (counts[type] ?? 0) + 1;
  }
  const signals = steps.slice(0, -1).map((step) => step.net);
  const through = signals.reverse().filter((net) => net && !net.includes('$'));
  return {
    delay: Number(head[1]),
    from: called(start),
    to: end.port ?? `${called(end)}.${end.input}`,
    through: [...new Set(through)].filter((net) => net !== called(start)),
    cells: Object.entries(counts)
      .map(([type, count]) => `${count} ${type}`)
      .join(', '),
  };
}

/** Logic between registers and memories. */
const LOGIC = /^(LUT[1-6]|INV|MUXF[78]|CARRY4)$/;

/** Takes away logic whose outputs nothing takes, or the analysis would call it an end point. */
function sweep(module) {
  const outputsOf = ({ port_directions: directions, connections }) =>
    Object.keys(connections).filter((port) => directions[port] === 'output');
  for (let removed = true; removed; ) {
    removed = false;
    const taken = new Set(Object.values(module.ports).flatMap(({ bits }) => bits));
    for (const { port_directions: directions, connections } of Object.values(module.cells)) {
      for (const [port, bits] of Object.entries(connections)) {
        if (directions[port] !== 'output') for (const bit of bits) taken.add(bit);
      }
    }
    for (const [cell, body] of Object.entries(module.cells)) {
      if (!LOGIC.test(body.type)) continue;
      if (outputsOf(body).some((port) => body.connections[port].some((bit) => taken.has(bit)))) continue;
      delete module.cells[cell];
      removed = true;
    }
  }
}

/**
 * Takes an end point away, so that the next analysis finds the longest path to another one: the inputs of a register are
 * tied, all its bits at once, and of a memory, with those that a loop made like it, the input that the path ends at, or all
 * of its data, and with it the logic that leads nowhere else. Paths that start there stay.
 * @param {object} module is changed
 * @param {Path} path
 */
export function removeEndPoint(module, { to }) {
  const names = namesOfBits(module);
  if (module.ports[to]) {
    delete module.ports[to];
    sweep(module);
    return;
  }
  const name = to.slice(0, to.lastIndexOf('.'));
  const input = to.slice(to.lastIndexOf('.') + 1);
  const same = (port) => port === input || (/^DI/.test(port) && /^DI/.test(input));
  for (const [cell, body] of Object.entries(module.cells)) {
    if (family(nameOfCell(body, cell, names)) !== family(name)) continue;
    const { type, connections } = body;
    if (FLIP_FLOP.test(type)) {
      for (const [port, value] of Object.entries(TIED)) if (connections[port]) connections[port] = [value];
    } else {
      for (const port of Object.keys(connections).filter(same)) connections[port] = connections[port].map(() => '0');
    }
  }
  sweep(module);
}
