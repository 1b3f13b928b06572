/** Seeded faults: a text that stands once in a source, and what takes its place. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Copies a folder of Verilog and puts a fault into the copy.
 * @param {string} sources
 * @param {string} copy
 * @param {{ file: string, from: string, to: string }} fault
 * @returns {string | undefined} what is wrong with the fault: then the source has changed and the list must follow
 */
export function putFault(sources, copy, { file, from, to }) {
  cpSync(sources, copy, { recursive: true });
  const text = readFileSync(join(copy, file), 'utf8');
  if (text.split(from).length !== 2) return `'${from}' does not stand once in ${file}`;
  writeFileSync(
    join(copy, file),
    text.replace(from, () => to),
  );
  return undefined;
}
