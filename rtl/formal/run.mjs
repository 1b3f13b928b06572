/**
 * Proves the properties of README.md about the core, with Yosys, z3 and ABC (which comes with Yosys):
 *
 *     node rtl/formal/run.mjs                  every property; a line for each
 *     node rtl/formal/run.mjs NAME...          those
 *     node rtl/formal/run.mjs --deep [NAME...] looks further than the induction needs, and at bounded properties longer
 *     node rtl/formal/run.mjs --core=FOLDER    of another rtl/core, such as a copy with a fault in it
 *     node rtl/formal/run.mjs --faults [NAME...]  puts each fault of faults.mjs into a copy: its property must fail
 *
 * A counterexample fails the command; the line names the file with its trace (VCD), or what does not hold. The
 * instruction set must have been built (`tsc -b isa`).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { putFault } from '../test/put-fault.mjs';
import { FALSE, readDesign } from './aig.mjs';
import { compareCopies } from './debug.mjs';
import { FAULTS } from './faults.mjs';
import { findLong } from './liveness.mjs';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const RTL = join(FOLDER, '..');
const TRACES = join(RTL, '..', 'test-output', 'formal');

/** Longest time for one call of a tool, ms. */
const LIMIT = 60 * 60_000;

/** Whole core: its units, with free memories and a free arithmetic unit. */
const CORE = { units: 'all', files: ['ram_free.sv', 'arith_free.sv'] };

/**
 * @typedef {object} Property
 * @property {string} top module of the proof, in the file of the property's name; or the core itself
 * @property {'z3' | 'abc' | 'graph'} solver z3 takes words and is quick where there are few; ABC takes gates. `graph`: the
 *   property is made of the core's gates, by `build`
 * @property {(design: import('./aig.mjs').Design) => { graph: import('./aig.mjs').Graph, differences: Map<string, number> }} [build]
 *   what must not happen, by name
 * @property {readonly string[] | 'all'} units of rtl/core
 * @property {readonly string[]} [files] others of this folder
 * @property {readonly string[]} [cut] units that may do anything: their outputs are free
 * @property {number} [induction] steps of the induction; without it the property is only looked at for `cycles`
 * @property {number} [cycles] from reset on that are looked at; at least as many as the induction assumes
 * @property {number} [deep] the same with --deep
 */

/** @type {Readonly<Record<string, Property>>} */
const PROPERTIES = {
  stack: {
    ...{ top: 'formal_stack', solver: 'z3', units: ['pysm_stack'], files: ['ram_watched.sv'] },
    ...{ induction: 2, cycles: 5, deep: 20 },
  },
  read_ahead: {
    ...{ top: 'formal_read_ahead', solver: 'z3', units: 'all', files: ['ram_watched.sv', 'arith_free.sv'] },
    cut: ['pysm_execute', 'pysm_decode', 'pysm_debug'],
    ...{ induction: 2, cycles: 5, deep: 12 },
  },
  position: { top: 'formal_position', solver: 'z3', units: ['pysm_position'], induction: 1, cycles: 2 },
  block_size: { top: 'formal_block_size', solver: 'z3', units: ['pysm_block_size'], induction: 1, cycles: 2 },
  deep_ram: {
    ...{ top: 'formal_deep_ram', solver: 'z3', units: ['pysm_ram_2rw'], cycles: 10, deep: 16 },
    files: ['../xilinx7/pysm_deep_ram.sv'],
  },
  entry: { top: 'formal_entry', solver: 'z3', units: ['pysm_entry'], induction: 3, cycles: 6, deep: 14 },
  decoded: {
    ...{ ...CORE, top: 'formal_decoded', solver: 'abc', induction: 4, cycles: 5 },
    // What execute computes is of no matter here.
    cut: [
      ...[
        'word',
        'arith',
        'test',
        'items',
        'raw',
        'attribute',
        'call',
        'return',
        'generator',
        'build',
        'cell',
        'io',
      ].map((part) => `pysm_exec_${part}`),
      ...['pysm_allocator', 'pysm_entry', 'pysm_stack', 'pysm_retire', 'pysm_hash'],
    ],
  },
  debug: {
    ...{ top: 'pysm_core', solver: 'graph', units: 'all', files: ['ram_asked.sv', 'arith_free.sv'] },
    ...{ build: compareCopies },
  },
  liveness: {
    ...{ top: 'pysm_core', solver: 'graph', units: 'all', files: ['ram_asked.sv', 'arith_free.sv'] },
    ...{ build: findLong },
  },
  retire: { ...CORE, top: 'formal_retire', solver: 'abc', induction: 5, cycles: 6, deep: 14 },
};

class Failure extends Error {}

function run(tool, args, folder, accept = [0]) {
  const { error, status, stdout, stderr } = spawnSync(tool, args, {
    ...{ cwd: folder, encoding: 'utf8', timeout: LIMIT, maxBuffer: 2 ** 30 },
  });
  if (error?.code === 'ENOENT')
    throw new Failure(`${tool} is not installed. Debian and Ubuntu: apt-get install yosys z3`);
  if (error?.code === 'ETIMEDOUT') throw new Failure(`${tool}: stopped after ${LIMIT / 60_000} min`);
  if (!accept.includes(status)) throw new Failure(`${tool} failed:\n${stdout}${stderr}`.slice(0, 10_000));
  return stdout;
}

/** Yosys commands that read a property's design and leave it flat, with registers without resets. */
function reading(name, { top, solver, units, files = [], cut = [] }, core) {
  const all = readdirSync(core).filter((file) => file.endsWith('.sv') && !file.startsWith('pysm_ram'));
  const sources = (units === 'all' ? all : units.map((unit) => `${unit}.sv`)).map((file) => join(core, file));
  if (units === 'all') {
    for (const unit of ['pysm_fcmp', 'pysm_lzc']) sources.push(join(RTL, 'arithmetic', `${unit}.sv`));
  }
  const own = [...(solver === 'graph' ? [] : [`${name}.sv`]), ...files].map((file) => join(FOLDER, file));
  const folders = [core, join(RTL, 'include'), join(RTL, 'arithmetic'), FOLDER];
  // What the memories and the arithmetic unit are asked becomes outputs.
  const asked = ['start', 'op', 'a', 'b'].map((port) => `w:execute.arith.${port}`).join(' ');
  const expose = solver === 'graph' ? `expose w:*.asked w:*.given ${asked}; ` : '';
  const prepare = solver === 'z3' ? `prep -top ${top} -flatten -nordff` : `proc -norom; flatten; ${expose}opt -full`;
  return [
    `read_verilog -sv -formal ${folders.map((folder) => `-I${folder}`).join(' ')} ${[...own, ...sources].join(' ')}`,
    `hierarchy -check -top ${top}`,
    ...cut.map((unit) => `delete ${unit}/p:* ${unit}/m:*; cutpoint ${unit}`),
    `${prepare}; memory -nordff -nomap; memory_map; opt_clean; async2sync; dffunmap; opt_clean`,
  ].join('; ');
}

/** Whether the property holds for `cycles` from reset, and by induction; else the trace is at `trace`. */
function solveWords(script, { induction }, cycles, folder, trace) {
  run('yosys', ['-q', '-p', `${script}; write_smt2 -wires proof.smt2`], folder);
  const solve = (...how) =>
    run('yosys-smtbmc', ['-s', 'z3', '--unroll', ...how, '--dump-vcd', trace, 'proof.smt2'], folder, [0, 1]);
  // --presat: that the assumptions can be met at all.
  if (!solve('--presat', '-t', `${cycles}`).includes('Status: PASSED')) return false;
  return !induction || solve('-i', '-t', `${induction}`).includes('Status: PASSED');
}

/** The same with gates. A trace is there for a counterexample from reset only. */
function solveGates(script, { induction }, cycles, folder, trace) {
  const free = 'setundef -undriven -anyseq; setundef -zero; opt_clean';
  const gates = 'opt -fast; techmap; opt -fast; dffunmap; setundef -undriven -anyseq; setundef -anyseq; aigmap';
  const commands = `${script}; ${free}; write_ilang proof.il; ${gates}; write_aiger -zinit -vmap proof.aim proof.aig`;
  run('yosys', ['-q', '-p', commands], folder);
  const read = 'read_aiger proof.aig; fold; orpos; strash; scleanup';
  const base = run('yosys-abc', ['-c', `${read}; bmc3 -F ${cycles}; write_cex -a proof.aiw`], folder);
  if (!base.includes(`No output asserted in ${cycles} frames`)) {
    writeTrace(folder, trace);
    return false;
  }
  return !induction || run('yosys-abc', ['-c', `${read}; ind -F ${induction}`], folder).includes('are equivalent');
}

/** The name of something that can happen and must not. */
function solveGraph(script, { build }, folder) {
  const free = 'setundef -undriven -anyseq; setundef -zero; opt_clean; techmap; dffunmap; setundef -undriven -anyseq';
  run(
    'yosys',
    ['-q', '-p', `${script}; ${free}; setundef -anyseq; aigmap; write_aiger -vmap proof.aim proof.aig`],
    folder,
  );
  const { graph, differences } = build(readDesign(join(folder, 'proof.aig'), join(folder, 'proof.aim')));
  const open = [...differences].filter(([, literal]) => literal !== FALSE);
  open.forEach(([, literal], number) => {
    graph.write(join(folder, `${number}.aig`), [literal]);
  });
  for (const [number, [name]] of open.entries()) {
    const [answer] =
      run('yosys-abc', ['-c', `read_aiger ${number}.aig; iprove`], folder).match(/\b(UN)?SATISFIABLE/) ?? [];
    if (!answer) throw new Failure(`ABC has not decided ${name}`);
    if (answer === 'SATISFIABLE') return name;
  }
  return undefined;
}

/** Makes a trace of ABC's counterexample: of the gates' inputs and first values, by simulating the design. */
function writeTrace(folder, trace) {
  const witness = join(folder, 'proof.aiw');
  if (!existsSync(witness)) throw new Failure('ABC gave no counterexample');
  writeFileSync(witness, `1\nb0\n${readFileSync(witness, 'utf8')}.\n`);
  const map = readFileSync(join(folder, 'proof.aim'), 'utf8').split('\n');
  const inputs = Number(readFileSync(join(folder, 'proof.aig')).subarray(0, 80).toString('latin1').split(' ')[2]);
  const named = [];
  for (const line of map) {
    const [what, literal, bit, wire] = line.split(' ');
    // Free signals inside of the design are inputs of the gates that the map calls wires. What has no name of its own
    // in the sources is computed.
    if (what === 'wire' && literal % 2 === 0 && literal / 2 <= inputs && literal > 0 && !wire.includes('$')) {
      named.push(`input ${literal / 2 - 1} ${bit} ${wire}`);
    } else if (what !== 'wire' && !line.includes('$')) named.push(line);
  }
  writeFileSync(join(folder, 'trace.aim'), named.join('\n'));
  const simulate = `read_ilang proof.il; sim -clock clk -r proof.aiw -map trace.aim -vcd ${trace}`;
  run('yosys', ['-q', '-p', simulate], folder, [0, 1]);
}

/** Looks at a property: undefined where it holds, or what is known of a counterexample. */
function refute(name, core, deep) {
  const property = PROPERTIES[name];
  const folder = mkdtempSync(join(tmpdir(), 'pysm-formal-'));
  const trace = join(TRACES, `${name}.vcd`);
  rmSync(trace, { force: true });
  mkdirSync(TRACES, { recursive: true });
  try {
    const script = reading(name, property, core);
    if (property.solver === 'graph') return solveGraph(script, property, folder);
    const cycles = deep ? (property.deep ?? property.cycles) : property.cycles;
    const solve = property.solver === 'z3' ? solveWords : solveGates;
    if (solve(script, property, cycles, folder, trace)) return undefined;
    return existsSync(trace) ? trace : 'in the induction; no trace';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const since = (started) => `${((Date.now() - started) / 1000).toFixed(1)} s`;

function prove(name, core, deep) {
  const { induction, cycles, deep: deeper = cycles } = PROPERTIES[name];
  const started = Date.now();
  const found = refute(name, core, deep);
  if (found) console.log(`${name}: FAILED, ${since(started)}: ${found}`);
  else if (!cycles) console.log(`${name}: proved, ${since(started)}`);
  else {
    const how = induction ? `proved by induction over ${induction} cycles, from reset` : 'holds in the first';
    console.log(`${name}: ${how} ${deep ? deeper : cycles}${induction ? '' : ' cycles'}, ${since(started)}`);
  }
  return !found;
}

/** Whether the property fails with the fault in a copy of the core, as it must. */
function finds(fault) {
  const { property, file, from, to } = fault;
  const started = Date.now();
  const copy = mkdtempSync(join(tmpdir(), 'pysm-fault-'));
  try {
    const problem = putFault(join(RTL, 'core'), copy, fault);
    if (problem) throw new Failure(problem);
    const found = refute(property, copy, false);
    console.log(
      `${property}, ${file}, '${from}' > '${to}': ${found ? `found: ${found}` : 'NOT FOUND'}, ${since(started)}`,
    );
    return found !== undefined;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const other = options.find((option) => option.startsWith('--core='));
const core = other ? resolve(other.slice('--core='.length)) : join(RTL, 'core');
try {
  const unknown = options.find((option) => option !== other && option !== '--deep' && option !== '--faults');
  if (unknown) throw new Failure(`no option '${unknown}'; there are --deep, --faults and --core=FOLDER`);
  for (const name of names) {
    if (!PROPERTIES[name]) throw new Failure(`no property '${name}'; there are ${Object.keys(PROPERTIES).join(', ')}`);
  }
  if (options.includes('--faults')) {
    for (const fault of FAULTS.filter(({ property }) => !names.length || names.includes(property))) {
      if (!finds(fault)) process.exitCode = 1;
    }
  } else {
    for (const name of names.length ? names : Object.keys(PROPERTIES)) {
      if (!prove(name, core, options.includes('--deep'))) process.exitCode = 1;
    }
  }
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
