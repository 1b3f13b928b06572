/**
 * What the Verilog is worth on an FPGA, before anyone has a board:
 *
 *     node rtl/report.mjs            lint, Yosys' check, area and longest paths; writes the tables of docs/core.md
 *     node rtl/report.mjs --check    lint and check alone, which takes seconds
 *
 * Verilator must be installed. Exit code 1 where the lint or the check finds something. A goal that is missed is said in
 * the table and is no failure: the figures are estimates.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { lint } from './report/lint.mjs';
import { areas, synthesise } from './report/synthesis.mjs';
import { tables } from './report/tables.mjs';

const PAGE = fileURLToPath(new URL('../docs/core.md', import.meta.url));
const [BEGIN, END] = ['<!-- report:begin -->', '<!-- report:end -->'];
/** End points whose paths are named. */
const PATHS = 6;

async function writePage(report) {
  const page = await readFile(PAGE, 'utf8');
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`docs/core.md has no place for the report: ${BEGIN} and ${END}.`);
  await writeFile(PAGE, `${page.slice(0, from + BEGIN.length)}\n\n${report}\n\n${page.slice(to)}`);
}

try {
  const findings = await lint();
  for (const finding of findings) console.error(finding);
  if (findings.length > 0) process.exitCode = 1;
  else console.log("The Verilog is clean: Verilator's lint with every warning, Yosys' check.");
  if (!process.argv.includes('--check')) {
    console.error('Synthesis takes some minutes.');
    const report = tables(await synthesise(PATHS), await areas());
    console.log(report);
    await writePage(report);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
