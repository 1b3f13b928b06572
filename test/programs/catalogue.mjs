/** The programs of this folder, and what the checked-in ones with hardware are expected to do. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Subjects whose programs need the core, or reach its limits: what they do is stated in the program itself. */
const STATED = new Set(['hardware', 'limits']);

/**
 * @typedef {object} Program
 * @property {string} name `subject/name`
 * @property {string} folder absolute
 * @property {string} file relative to `folder`
 * @property {boolean} stated whether the expected result stands in the program
 */

/** @returns {readonly Program[]} in alphabetical order */
export function programs() {
  const found = [];
  for (const subject of readdirSync(FOLDER, { withFileTypes: true })) {
    if (!subject.isDirectory()) continue;
    const folder = join(FOLDER, subject.name);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const stated = STATED.has(subject.name);
      if (entry.isDirectory() && existsSync(join(folder, entry.name, 'main.py'))) {
        found.push({
          name: `${subject.name}/${entry.name}`,
          folder: join(folder, entry.name),
          file: 'main.py',
          stated,
        });
      } else if (entry.name.endsWith('.py')) {
        found.push({ name: `${subject.name}/${basename(entry.name, '.py')}`, folder, file: entry.name, stated });
      }
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * What a stated program is expected to do, from its comments: `# -> text` is a line of standard output; `# exit:`,
 * `# last-line:` (beginning of the last line of standard error), `# main:` (JSON that main() returns) and
 * `# jumper: FROM:TO` stand on lines of their own.
 * @param {Program} program
 */
export function statedResult(program) {
  const source = readFileSync(join(program.folder, program.file), 'utf8');
  const all = (pattern) => [...source.matchAll(pattern)].map((match) => match[1]);
  const [exit = '0'] = all(/^# exit: (\d+)$/gm);
  const [lastLine] = all(/^# last-line: (.+)$/gm);
  const [main] = all(/^# main: (.+)$/gm);
  return {
    stdout: all(/# -> (.*)$/gm)
      .map((line) => `${line}\n`)
      .join(''),
    exit: Number(exit),
    lastLine,
    mainResult: main === undefined ? undefined : JSON.parse(main),
    options: all(/^# jumper: (\d+:\d+)$/gm).flatMap((wire) => ['--jumper', wire]),
  };
}

const RECORD = join(FOLDER, 'recorded.json');

/** What CPython 3.11 did with each program when it was last recorded (`node test/programs/record.mjs`). */
export const recordedResults = () => JSON.parse(readFileSync(RECORD, 'utf8'));
export const RECORD_FILE = RECORD;
