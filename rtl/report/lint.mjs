/** Whether the sources are clean, in the eyes of two tools: each finds what the other does not. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WAIVERS } from './goals.mjs';
import { FOLDER, TOP, verilatorLint, yosys } from './sources.mjs';

/** Too many waivers, or one without a reason in the line above it or above the waivers that share it. */
async function waivers() {
  const lines = (await readFile(join(FOLDER, 'lint.vlt'), 'utf8')).split('\n');
  const found = lines.flatMap((line, at) => (line.startsWith('lint_off') ? [at] : []));
  const findings = found
    .filter((at) => !/^(\/\/|lint_off)/.test(lines[at - 1] ?? ''))
    .map((at) => `rtl/lint.vlt:${at + 1}: a waiver needs its reason as a comment above it.`);
  if (found.length > WAIVERS) {
    findings.push(`rtl/lint.vlt: ${found.length} waivers, ${WAIVERS} at most: clean the sources instead.`);
  }
  return findings;
}

/**
 * Verilator's lint with every warning; Yosys' check for loops, signals with two drivers or none; the list of waivers.
 * @returns {Promise<string[]>} findings
 */
export async function lint() {
  const findings = await waivers();
  const printed = await verilatorLint();
  if (printed) findings.push(printed);
  const script = `READ; hierarchy -check -top ${TOP}; proc -norom; flatten; opt_clean; check -assert`;
  await yosys(script).catch((error) => findings.push(error.message));
  return findings;
}
