/** The bench's figures as Markdown tables. */
import { goals, peers } from './figures.mjs';

/** Pyboard cycles for one of MicroPython's executed instructions. */
const PYBOARD = peers.pyboard_cycles_per_instruction;

const number = (value, digits = 0) =>
  value === undefined || value === null
    ? '-'
    : value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: 0 });

const table = (header, rows) =>
  [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Marks a figure that lacks the work of a garbage collector, see {@link UNCOLLECTED}. */
const MARK = '\\*';

/** What the mark says, for below a table that has one. */
export const UNCOLLECTED = `${MARK} allocates: there is no garbage collector yet, so this figure lacks its work, which the goal and MicroPython include.`;

/** Measured cycles, or the code that stops the program. */
const measured = (row, digits) =>
  row.cycles === undefined ? `${row.stoppedBy}` : `${number(row.cycles, digits)}${row.allocates ? MARK : ''}`;

const ratio = (row) =>
  row.cycles === undefined || row.goal === null || row.goal === undefined ? '-' : (row.cycles / row.goal).toFixed(2);

/** Cycles on the Verilog of the core, which must be those of the simulator. */
const onRtl = (row) =>
  row.rtlCycles === undefined
    ? '-'
    : row.rtlCycles === row.cycles
      ? number(row.rtlCycles)
      : `**${number(row.rtlCycles)}, not the simulator's**`;

/** How many times fewer cycles than the Pyboard takes. */
const gain = (row) =>
  row.cycles === undefined || row.micropython === undefined || row.cycles < 0.5
    ? '-'
    : `${number((row.micropython * PYBOARD) / row.cycles)}x`;

const micropython = (value) => (value === undefined || value < 0 ? '-' : number(value));
const pyboard = (value) => (value === undefined || value < 0 ? '-' : number(value * PYBOARD));

const ofC = (row) => peers.micro_c_O2_total_per_iteration[row.name];

export const kernelTable = (rows) =>
  table(
    [
      'per operation',
      'goal, cycles',
      'PySM, cycles',
      'of goal',
      'MicroPython, instr.',
      'Pyboard, cycles (x 2.33)',
      'C -O2, instr. with its loop',
      'fewer cycles than the Pyboard',
    ],
    rows.map((row) => [
      row.label,
      row.goalNote ? `${number(row.goal)} (${row.goalNote})` : number(row.goal),
      measured(row, 2),
      ratio(row),
      micropython(row.micropython),
      pyboard(row.micropython),
      number(ofC(row), 1),
      gain(row),
    ]),
  );

export const workloadTable = (rows) =>
  table(
    [
      'whole workload',
      'goal, cycles',
      'PySM, cycles',
      'RTL, cycles',
      'of goal',
      'value',
      'MicroPython, instr.',
      'Pyboard, cycles (x 2.33)',
      'C -O2, instr.',
      'fewer cycles than the Pyboard',
    ],
    rows.map((row) => [
      row.label,
      number(row.goal),
      measured(row),
      onRtl(row),
      ratio(row),
      row.cycles === undefined ? '-' : row.correct ? 'right' : `**wrong: ${row.value}**`,
      number(row.micropython),
      pyboard(row.micropython),
      row.cNote ? `${number(row.c)} (${row.cNote})` : number(row.c),
      gain(row),
    ]),
  );

export function gpioTable(rows) {
  const peer = peers.gpio_round_trip;
  const pysm = rows.map((row) => [
    `PySM, ${row.label.replace('GPIO round trip, ', '')}`,
    measured(row),
    onRtl(row),
    row.cycles === undefined ? '-' : `${row.cycles * 10} ns`,
    number(row.goal),
    number(row.limit),
  ]);
  const pyboard = (name, instructions) => {
    const cycles = instructions * PYBOARD;
    return [name, `about ${number(cycles)}`, '-', `about ${number((cycles / 168e6) * 1e9, 0)} ns`, '-', '-'];
  };
  return table(
    ['GPIO round trip', 'cycles', 'RTL, cycles', 'time', 'goal', 'at most'],
    [
      ...pysm,
      ['PyXL, as published', number(peer.pyxl_cycles), '-', `${peer.pyxl_ns} ns`, '-', '-'],
      pyboard('MicroPython bytecode, `machine.Pin`, Pyboard', peer.micropython_pin_api_instructions),
      pyboard('MicroPython `@micropython.viper`, Pyboard', peer.micropython_viper_instructions),
      pyboard('C, Pyboard', peer.c_instructions),
    ],
  );
}

export const speedTable = (rows) =>
  table(
    ['simulator on', 'best, million cycles/s', 'median', 'goal', 'at least'],
    rows.map((row) => [
      row.label,
      number(row.best),
      number(row.median),
      number(goals.simulator.goal_million_cycles_per_second),
      number(goals.simulator.limit_million_cycles_per_second),
    ]),
  );

/** What stops the rows that do not compile. */
export function stoppedList(rows) {
  const stopped = rows.filter((row) => row.cycles === undefined);
  return stopped.map((row) => `- ${row.label}: ${row.stoppedBy}, ${row.message.split('\n')[0]}`).join('\n');
}

/** Geometric means over the workloads that run: cycles against the Pyboard, and against C's instructions. */
export function overall(rows) {
  const run = rows.filter((row) => row.cycles !== undefined);
  const mean = (values) => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
  if (run.length === 0) return 'No workload compiles yet.';
  const fewer = mean(run.map((row) => (row.micropython * PYBOARD) / row.cycles));
  const ofCode = mean(run.map((row) => row.cycles / row.c));
  const left = rows.length - run.length;
  return `Geometric means over the ${run.length} workloads that run: ${number(fewer)} times fewer cycles than the Pyboard, ${ofCode.toFixed(2)} cycles for each instruction of C.${left === 0 ? '' : ` ${left} workloads do not compile yet and are in neither mean, so these are no overall result.`}`;
}
