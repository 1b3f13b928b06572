/**
 * Writes the cycles of every instruction into docs/core.md, from the instruction table:
 *
 *     node rtl/generate.mjs            writes the page if it is stale
 *     node rtl/generate.mjs --check    writes nothing; exit code 1 where it is stale
 *
 * The instruction set must have been built (`tsc -b isa`).
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { cyclesText, INSTRUCTIONS, instructionSyntax, TIMING } from '@pysm/isa';

const PAGE = fileURLToPath(new URL('../docs/core.md', import.meta.url));
const [BEGIN, END] = ['<!-- cycles:begin -->', '<!-- cycles:end -->'];

const hex = (opcode) => `0x${opcode.toString(16).padStart(2, '0')}`;

/** Cycles of an instruction's outcomes, those of the same cycles together. */
function cycles(instruction) {
  const byText = new Map();
  for (const outcome of instruction.outcomes) {
    const text = cyclesText(outcome);
    byText.set(text, [...(byText.get(text) ?? []), outcome.name]);
  }
  if (byText.size === 0) return 'always traps or faults';
  const [[only]] = byText;
  const text =
    byText.size === 1 ? only : [...byText].map(([count, names]) => `${count}: ${names.join(', ')}`).join('; ');
  return instruction.branch ? `${text} (+${TIMING.mispredicted} against the prediction)` : text;
}

/** Traps with the cycle that finds each. */
const traps = (instruction) =>
  [...new Set(instruction.traps.map((t) => `${t.operation === 'SYSTEM' ? t.cause : t.operation} ${t.found}`))].join(
    ', ',
  );

function table() {
  return [
    '| opcode | instruction | cycles | traps, and the cycle that finds them |',
    '|---|---|---|---|',
    ...INSTRUCTIONS.map((i) => `| ${hex(i.opcode)} | \`${instructionSyntax(i)}\` | ${cycles(i)} | ${traps(i)} |`),
  ].join('\n');
}

const page = (await readFile(PAGE, 'utf8')).replaceAll('\r\n', '\n');
const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
if (from < 0 || to < from) throw new Error(`docs/core.md has no place for the cycles: ${BEGIN} and ${END}.`);
const fresh = `${page.slice(0, from + BEGIN.length)}\n\n${table()}\n\n${page.slice(to)}`;
if (fresh === page) process.exitCode = 0;
else if (process.argv.includes('--check')) {
  console.error('docs/core.md is stale: run "node rtl/generate.mjs" and commit it');
  process.exitCode = 1;
} else {
  await writeFile(PAGE, fresh);
  console.log('wrote docs/core.md');
}
