/**
 * Faults to put into the Verilog of the I/O space, each of which the comparison must find.
 *
 *     node rtl/dist/test/io/faults.js [PART OF A NAME]...
 *
 * applies them one by one to a copy, builds that and runs random programs on it, more and more of them until one shows the
 * fault. Exit code 1 where one was not found. A fault takes about ten seconds.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Stepper } from '@pysm/simulator';
import { createStepper } from '@pysm/simulator/node';
import { buildBench, SOURCES } from './bench.js';
import { runCase } from './cases.js';

export interface Fault {
  readonly name: string;
  readonly file: string;
  /** Text that stands in the file once, and what takes its place. */
  readonly from: string;
  readonly to: string;
}

export const FAULTS: readonly Fault[] = [
  { name: 'synchroniser one flop short', file: 'pysm_gpio.sv', from: 'settled <= caught;', to: 'settled <= pin_in;' },
  { name: 'synchroniser moves while halted', file: 'pysm_gpio.sv', from: 'else if (tick)', to: 'else' },
  { name: 'change by the wrong mask', file: 'pysm_gpio.sv', from: '^ earlier) & mask', to: '^ earlier) & ~mask' },
  {
    name: 'change a cycle late',
    file: 'pysm_gpio.sv',
    from: 'earlier <= settled;',
    to: 'earlier <= earlier ^ settled;',
  },
  {
    name: 'pull down not cleared',
    file: 'pysm_gpio.sv',
    from: '<= value_down;',
    to: '<= value_down || pin_down[pin];',
  },
  {
    name: 'direction not reset',
    file: 'pysm_gpio.sv',
    from: "      pin_dir  <= '0;\n",
    to: '',
  },
  { name: 'timer a cycle late', file: 'pysm_timer.sv', from: 'tick ? ahead : cycle;', to: 'cycle;' },
  {
    name: 'timer compares unsigned',
    file: 'pysm_timer.sv',
    from: '$signed(compared) <= $signed(cycle_next)',
    to: 'compared <= cycle_next',
  },
  { name: 'period one short', file: 'pysm_timer.sv', from: 'cycle_next + {1', to: 'cycle + {1' },
  { name: 'compare may pass the end', file: 'pysm_timer.sv', from: 'sum[63] ? NEVER : sum', to: 'sum' },
  { name: 'single shot stays enabled', file: 'pysm_timer.sv', from: 'enable && !(firing && !periodic)', to: 'enable' },
  { name: 'no period of 1', file: 'pysm_timer.sv', from: "period[62:1] == '0", to: "period == '0" },
  { name: 'negative period kept', file: 'pysm_timer.sv', from: "value[63] ? '0 : value", to: 'value' },
  {
    name: 'compare read before it fires',
    file: 'pysm_timer.sv',
    from: 'assign compare_seen = !(firing && periodic)',
    to: 'assign compare_seen = !(firing && periodic && tick && !fires)',
  },
  {
    name: 'microsecond of 101 cycles',
    file: 'pysm_timer.sv',
    from: 'CYCLES_PER_MICROSECOND - 1',
    to: 'CYCLES_PER_MICROSECOND',
  },
  {
    name: 'clearing wins over the next event',
    file: 'pysm_interrupts.sv',
    from: '(pending & ~clear) | raised_next',
    to: '(pending | raised_next) & ~clear',
  },
  {
    name: 'clearing loses against the present event',
    file: 'pysm_interrupts.sv',
    from: '(pending & ~clear) |',
    to: '(kept & ~clear) | raised |',
  },
  { name: 'a taken line stays pending', file: 'pysm_interrupts.sv', from: 'taken | (', to: '(' },
  { name: 'enable ignored', file: 'pysm_interrupts.sv', from: 'pending & enable[LINES-1:0]', to: 'pending' },
  {
    name: 'transmitter queue one short',
    file: 'pysm_uart_tx.sv',
    from: "waiting != CW'(DEPTH) || free",
    to: "waiting < CW'(DEPTH - 1) || free",
  },
  {
    name: 'no room in the cycle a byte begins',
    file: 'pysm_uart_tx.sv',
    from: "waiting != CW'(DEPTH) || free",
    to: "waiting != CW'(DEPTH)",
  },
  {
    name: 'a bit one cycle long too many',
    file: 'pysm_uart_tx.sv',
    from: "reload     <= divisor - 32'd1",
    to: 'reload     <= divisor',
  },
  {
    name: 'divisor of the byte before',
    file: 'pysm_uart_tx.sv',
    from: "reload     <= divisor - 32'd1",
    to: "reload     <= shifting ? reload : divisor - 32'd1",
  },
  { name: 'no stop bit', file: 'pysm_uart_tx.sv', from: "{1'b1, bits}", to: "{1'b0, bits}" },
  { name: 'receiver a cycle early', file: 'pysm_uart_rx.sv', from: "33'd4", to: "33'd5" },
  {
    name: 'receiver synchroniser one flop short',
    file: 'pysm_uart_rx.sv',
    from: '<= {line, line_caught,',
    to: '<= {line, line,',
  },
  {
    name: 'receiver takes the divisor of detection',
    file: 'pysm_uart_rx.sv',
    from: '<= divisor_caught;',
    to: '<= divisor;',
  },
  {
    name: 'receiver samples at the end',
    file: 'pysm_uart_rx.sv',
    from: "{1'b0, divisor_seen[31:1]}",
    to: 'divisor_seen',
  },
  {
    name: 'receiver queue one short',
    file: 'pysm_uart_rx.sv',
    from: "< CW'(DEPTH);",
    to: "< CW'(DEPTH - 1);",
  },
  {
    name: 'RTS always on',
    file: 'pysm_uart_rx.sv',
    from: "assign rts = count + CW'(active) + CW'(delivering) < CW'(DEPTH);",
    to: "assign rts = 1'b1;",
  },
  { name: 'queue loses count', file: 'pysm_fifo.sv', from: "2'b10:", to: "2'b11, 2'b10:" },
  {
    name: 'smallest divisor of 1',
    file: 'pysm_uart.sv',
    from: 'value < SMALLEST ? SMALLEST',
    to: "value == '0 ? 32'd1",
  },
  { name: 'RX empty reads 0', file: 'pysm_io.sv', from: "{56'b0, oldest} : '1", to: "{56'b0, oldest} : '0" },
  { name: 'a store to RX takes a byte', file: 'pysm_io.sv', from: '.take(load && is_rx)', to: '.take(req && is_rx)' },
  { name: 'address of 16 bits', file: 'pysm_io.sv', from: 'addr[63:8]', to: 'addr[15:8]' },
  { name: 'truth of 32 bits', file: 'pysm_io.sv', from: "truth = wdata != '0", to: "truth = wdata[31:0] != '0" },
  { name: 'pull by the low bits', file: 'pysm_io.sv', from: "wdata == 64'd2", to: "wdata[1:0] == 2'd2" },
  { name: 'lost bytes on the console', file: 'pysm_io.sv', from: '(put && room)', to: 'put' },
];

const MOST_CASES = 400;

/** Number of the first case that shows the fault in `sources`, or -1. */
async function shownBy(sources: string, folder: string, stepper: Stepper, seed: number): Promise<number> {
  const bench = await buildBench(folder, sources, ['-Wno-fatal']);
  for (let index = 0; index < MOST_CASES; index++) {
    if ((await runCase(bench, stepper, seed, index)).difference !== undefined) return index;
  }
  return -1;
}

/** Puts each fault in, alone; reports by `report`. @returns how many were not found */
async function tryAll(faults: readonly Fault[], seed: number, report: (line: string) => void): Promise<number> {
  const stepper = await createStepper();
  let missed = 0;
  for (const { name, file, from, to } of faults) {
    const folder = await mkdtemp(join(tmpdir(), 'pysm-io-fault-'));
    try {
      const sources = join(folder, 'io');
      await cp(SOURCES, sources, { recursive: true });
      const text = await readFile(join(sources, file), 'utf8');
      if (text.split(from).length !== 2) throw new Error(`${file} does not hold "${from}" exactly once`);
      await writeFile(
        join(sources, file),
        text.replace(from, () => to),
      );
      const index = await shownBy(sources, join(folder, 'build'), stepper, seed);
      if (index < 0) missed++;
      report(index < 0 ? `NOT FOUND ${name}` : `found by program ${index}: ${name}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return missed;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const parts = process.argv.slice(2);
  const chosen = FAULTS.filter(({ name }) => parts.length === 0 || parts.some((part) => name.includes(part)));
  const seed = Number(process.env['PYSM_SEED'] ?? Date.now() % 1_000_000_000);
  console.log(`${chosen.length} faults, seed ${seed}`);
  const missed = await tryAll(chosen, seed, (line) => console.log(line));
  console.log(missed === 0 ? 'each was found' : `${missed} were not found`);
  process.exitCode = missed === 0 ? 0 : 1;
}
