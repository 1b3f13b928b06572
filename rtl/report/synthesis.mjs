/** Synthesis for Xilinx' 7 series: what the core occupies, and the logic on its longest paths. */
import { latestArrival, removeEndPoint } from './paths.mjs';
import { TOP, yosys } from './sources.mjs';

/** What only simulation and tests look at: retire port and write beats. */
const SIMULATION_PORTS = ['rt_*', 'sw_*', 'dw_*', 'gw_*', 'rw_*', 'tw_*'];

const SYNTHESIS = `synth_xilinx -family xc7 -noiopad -top ${TOP}`;
const ANALYSIS = 'read_verilog -lib -specify +/xilinx/cells_sim.v; tee -q -o sta.txt sta';

/** 6-input LUTs that a memory made of LUTs takes. */
const LUT_RAMS = {
  RAM32X1S: 1,
  RAM64X1S: 1,
  RAM32X1D: 2,
  RAM64X1D: 2,
  RAM128X1S: 2,
  RAM128X1D: 4,
  RAM256X1S: 4,
  RAM32M: 4,
  RAM64M: 4,
  SRL16E: 1,
  SRLC16E: 1,
  SRLC32E: 1,
};

/**
 * @typedef {object} Resources
 * @property {number} luts LUTs for logic, none shared by two functions, and those of LUT RAM
 * @property {number} lutRams of these, LUTs that are memory
 * @property {number} [cells] LUTs of the chip if two small functions share one where they can, by Yosys' estimate
 * @property {number} flipFlops
 * @property {number} blockRams in 36 Kb: one of 18 Kb is a half
 * @property {number} dsps
 */

/**
 * Resources of a count of cells by their type.
 * @param {Record<string, number>} cells
 * @returns {Resources}
 */
export function resources(cells) {
  const sum = { luts: 0, lutRams: 0, flipFlops: 0, blockRams: 0, dsps: 0 };
  for (const [type, count] of Object.entries(cells)) {
    if (/^LUT[1-6]$|^INV$/.test(type)) sum.luts += count;
    else if (type in LUT_RAMS) {
      sum.luts += count * LUT_RAMS[type];
      sum.lutRams += count * LUT_RAMS[type];
    } else if (/^FD[CPRS]E(_1)?$/.test(type)) sum.flipFlops += count;
    else if (type === 'RAMB36E1') sum.blockRams += count;
    else if (type === 'RAMB18E1') sum.blockRams += count / 2;
    else if (type === 'DSP48E1') sum.dsps += count;
  }
  return sum;
}

const text = (bytes) => Buffer.from(bytes).toString();

/**
 * The longest paths of a netlist, each to an end point of its own, the longest first.
 * @param {object} module as `write_json` writes it; is changed
 * @param {number} count end points to name
 * @returns {Promise<import('./paths.mjs').Path[]>}
 */
export async function longestPaths(module, count) {
  const paths = [];
  while (paths.length < count) {
    const netlist = JSON.stringify({ modules: { [TOP]: module } });
    const next = await yosys(`read_json netlist.json; ${ANALYSIS}`, { 'netlist.json': netlist });
    const path = latestArrival(text(next['sta.txt']), module);
    paths.push(path);
    removeEndPoint(module, path);
  }
  return paths;
}

/**
 * The core as it goes into a chip: without what is there for simulation.
 * @param {number} count end points to name
 * @returns {Promise<{ core: Resources, paths: import('./paths.mjs').Path[] }>} paths the longest first, each to an end point
 * of its own
 */
export async function synthesise(count) {
  const simulation = SIMULATION_PORTS.map((pattern) => `o:${pattern}`).join(' ');
  const written = await yosys(
    [
      `READ; hierarchy -check -top ${TOP}; cd ${TOP}; delete -port ${simulation}; cd ..`,
      `${SYNTHESIS} -flatten -abc9; tee -q -o core.json stat -json -tech xilinx; write_json netlist.json`,
    ].join('; '),
  );
  const { num_cells_by_type: cells, estimated_num_lc: shared } = JSON.parse(text(written['core.json'])).modules[
    `\\${TOP}`
  ];
  const paths = await longestPaths(JSON.parse(text(written['netlist.json'])).modules[TOP], count);
  return { core: { ...resources(cells), cells: shared }, paths };
}

/**
 * What each module occupies when nothing is optimised across modules, and no port is dropped: more in all than the core
 * takes, but it shows where.
 * @returns {Promise<{ module: string, instances: number, resources: Resources }[]>} of a module's instances together,
 * without the modules in it; the largest first
 */
export async function areas() {
  const { 'netlist.json': netlist } = await yosys(`READ; ${SYNTHESIS}; write_json netlist.json`);
  const { modules } = JSON.parse(text(netlist));
  const instances = new Map();
  const visit = (name) => {
    instances.set(name, (instances.get(name) ?? 0) + 1);
    for (const { type } of Object.values(modules[name].cells)) if (/pysm_/.test(type)) visit(type);
  };
  visit(TOP);
  const sums = new Map();
  for (const [name, count] of instances) {
    const cells = {};
    for (const { type } of Object.values(modules[name].cells)) cells[type] = (cells[type] ?? 0) + count;
    // A module with parameters is called $paramod...\NAME\...
    const module = /pysm_\w+/.exec(name)[0];
    const sum = sums.get(module) ?? { module, instances: 0, cells: {} };
    sum.instances += count;
    for (const [type, number] of Object.entries(cells)) sum.cells[type] = (sum.cells[type] ?? 0) + number;
    sums.set(module, sum);
  }
  return [...sums.values()]
    .map(({ module, instances, cells }) => ({ module, instances, resources: resources(cells) }))
    .sort((one, other) => other.resources.luts - one.resources.luts);
}
