/**
 * Proves the properties of README.md about the core, with Yosys, z3 and ABC (which comes with Yosys):
 *
 *     node rtl/formal/run.mjs                  every property; a line for each
 *     node rtl/formal/run.mjs NAME...          those
 *     node rtl/formal/run.mjs --deep [NAME...] looks further than the induction needs, and at bounded properties longer
 *     node rtl/formal/run.mjs --core=FOLDER    of another rtl/core, such as a copy with a fault in it
 *
 * A counterexample fails the command; the line names the file with its trace (VCD).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const RTL = join(FOLDER, '..');
const TRACES = join(RTL, '..', 'test-output', 'formal');

/** Longest time for one call of a tool, ms. */
const LIMIT = 60 * 60_000;

/** Whole core: its units, with free memories and a free arithmetic unit. */
const CORE = { units: 'all', files: ['ram_free.sv', 'arith_free.sv'] };

/**
 * @typedef {object} Property
 * @property {string} top module of the proof, in the file of the property's name
 * @property {'z3' | 'abc'} solver z3 takes words and is quick where there are few; ABC takes gates
 * @property {readonly string[] | 'all'} units of rtl/core
 * @property {readonly string[]} [files] others of this folder
 * @property {readonly string[]} [cut] units that may do anything: their outputs are free
 * @property {number} [induction] steps of the induction; without it the property is only looked at for `cycles`
 * @property {number} cycles from reset on that are looked at; at least as many as the induction assumes
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
  entry: { top: 'formal_entry', solver: 'z3', units: ['pysm_entry'], induction: 3, cycles: 6, deep: 14 },
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
function reading(name, { top, units, files = [], cut = [] }, core) {
  const all = readdirSync(core).filter((file) => file.endsWith('.sv') && !file.startsWith('pysm_ram'));
  const sources = (units === 'all' ? all : units.map((unit) => `${unit}.sv`)).map((file) => join(core, file));
  if (units === 'all') sources.push(join(RTL, 'arithmetic', 'pysm_fcmp.sv'));
  const own = [`${name}.sv`, ...files].map((file) => join(FOLDER, file));
  const folders = [core, join(RTL, 'include'), join(RTL, 'arithmetic'), FOLDER];
  return [
    `read_verilog -sv -formal ${folders.map((folder) => `-I${folder}`).join(' ')} ${[...own, ...sources].join(' ')}`,
    `hierarchy -check -top ${top}`,
    ...cut.map((unit) => `delete ${unit}/p:* ${unit}/m:*; cutpoint ${unit}`),
    `prep -top ${top} -flatten -nordff; memory_map; opt_clean; async2sync; dffunmap`,
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

function prove(name, core, deep) {
  const property = PROPERTIES[name];
  const started = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'pysm-formal-'));
  const trace = join(TRACES, `${name}.vcd`);
  rmSync(trace, { force: true });
  mkdirSync(TRACES, { recursive: true });
  try {
    const cycles = deep ? (property.deep ?? property.cycles) : property.cycles;
    const solve = property.solver === 'z3' ? solveWords : solveGates;
    const holds = solve(reading(name, property, core), property, cycles, folder, trace);
    const seconds = `${((Date.now() - started) / 1000).toFixed(1)} s`;
    if (!holds) {
      console.log(`${name}: FAILED, ${seconds}${existsSync(trace) ? `: ${trace}` : ' (in the induction; no trace)'}`);
    } else if (property.induction) {
      console.log(`${name}: proved by induction over ${property.induction} cycles, from reset ${cycles}, ${seconds}`);
    } else console.log(`${name}: holds in the first ${cycles} cycles, ${seconds}`);
    return holds;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const other = options.find((option) => option.startsWith('--core='));
const core = other ? resolve(other.slice('--core='.length)) : join(RTL, 'core');
try {
  const unknown = options.find((option) => option !== other && option !== '--deep');
  if (unknown) throw new Failure(`no option '${unknown}'; there are --deep and --core=FOLDER`);
  for (const name of names.length ? names : Object.keys(PROPERTIES)) {
    if (!PROPERTIES[name]) throw new Failure(`no property '${name}'; there are ${Object.keys(PROPERTIES).join(', ')}`);
    if (!prove(name, core, options.includes('--deep'))) process.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
