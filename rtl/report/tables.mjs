/** The report as Markdown. */
import { GOALS, LOGIC_GOAL } from './goals.mjs';

/** Modules with fewer LUTs are not listed. */
const WORTH_A_LINE = 100;

const number = (value) => value.toLocaleString('en-US');
const ns = (ps) => (ps / 1000).toFixed(2);

const RESOURCES = [
  ['LUTs', 'luts'],
  ['LUTs if small functions share one', 'cells'],
  ['of these LUT RAM', 'lutRams'],
  ['flip-flops', 'flipFlops'],
  ['block RAMs (36 Kb)', 'blockRams'],
  ['DSPs', 'dsps'],
];

function resourceLine([title, key], core) {
  const goal = GOALS[key];
  const verdict = goal === undefined ? '' : `${number(goal)}${core[key] <= goal ? '' : ': **missed**'}`;
  return `| ${title} | ${number(core[key])} | ${verdict} |`;
}

const code = (name) => `\`${name}\``;

/**
 * @param {{ core: import('./synthesis.mjs').Resources, paths: import('./paths.mjs').Path[] }} synthesis
 * @param {{ module: string, instances: number, resources: import('./synthesis.mjs').Resources }[]} areas
 * @returns {string}
 */
export function tables({ core, paths }, areas) {
  const longest = paths[0].delay;
  return [
    '*Written by `node rtl/report.mjs`. These are estimates by Yosys before placement and routing, for Xilinx 7 series;',
    "no board has run it, and only Vivado's timing analysis signs off.*",
    '',
    '| | the core | goal |',
    '|---|---|---|',
    ...RESOURCES.map((line) => resourceLine(line, core)),
    `| logic of the longest path, ns | ${ns(longest)} | ${ns(LOGIC_GOAL)}${longest <= LOGIC_GOAL ? '' : ': **missed**'} |`,
    '',
    'The retire port and the write beats, which are there for simulation alone, are left out. A LUT counts once for each',
    'function; a chip fits two small ones into it, which the second line estimates. The goal for logic is half of the 10 ns',
    'that 100 MHz leaves: the other half is for routing.',
    '',
    'The longest paths, each to an end point of its own:',
    '',
    '| ns | from | to | through | cells |',
    '|---|---|---|---|---|',
    ...paths.map(
      ({ delay, from, to, through, cells }) =>
        `| ${ns(delay)} | ${code(from)} | ${code(to)} | ${through.map(code).join(', ')} | ${cells} |`,
    ),
    '',
    'Where the area is: each module by itself, all its instances together, without the modules in it and with nothing',
    'optimised across modules, so that the sum is above the core as a whole.',
    '',
    '| module | instances | LUTs | flip-flops | block RAMs | DSPs |',
    '|---|---|---|---|---|---|',
    ...areas
      .filter(({ resources: { luts, blockRams } }) => luts >= WORTH_A_LINE || blockRams > 0)
      .map(
        ({ module, instances, resources: { luts, flipFlops, blockRams, dsps } }) =>
          `| ${code(module)} | ${instances} | ${number(luts)} | ${number(flipFlops)} | ${number(blockRams)} | ${dsps} |`,
      ),
  ].join('\n');
}
