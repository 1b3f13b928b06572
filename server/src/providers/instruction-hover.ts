/** Hover on a mnemonic of PySM assembly: what the instruction does and costs, from the instruction table. */
import { describeInstruction } from '@pysm/isa';

/**
 * Markdown for the word at `character` (from 0) of a line of a `.pysm` file; undefined where it is no mnemonic.
 * A mnemonic is the first word of a line, behind labels.
 */
export function instructionHover(line: string, character: number): string | undefined {
  const match = /^(?:\s*[^\s:;"]+:)*\s*([A-Z][A-Z0-9]*)(?:\.\w+)?(?=\s|;|$)/.exec(line);
  const word = match?.[1];
  if (!match || word === undefined) return undefined;
  const start = match[0].lastIndexOf(word);
  if (character < start || character > start + word.length) return undefined;
  const help = describeInstruction(word);
  if (!help) return undefined;
  return [
    `\`${help.syntax}\``,
    '',
    help.doc,
    '',
    help.cycles === '' ? 'Always traps.' : `Cycles: ${help.cycles}`,
    ...(help.traps.length > 0 ? ['', `Traps: ${help.traps.join(', ')}`] : []),
  ].join('\n');
}
