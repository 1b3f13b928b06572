/** The course of `npm start`. */
import { buildAll } from './build-steps.mjs';
import { checkEditor, openEditor } from './editor.mjs';
import { ensurePackages, Problem } from './install.mjs';
import { isInterrupted } from './processes.mjs';
import { showExample } from './terminal-example.mjs';

/**
 * Runs everything and gives the exit code.
 * @param {readonly string[]} args
 */
export async function start(args) {
  const report = (line) => console.log(line);
  try {
    const unknown = args.filter((arg) => arg !== '--check');
    if (unknown.length > 0) throw new Problem(`Unknown: ${unknown.join(' ')}. There is only --check.`);
    await ensurePackages(report);
    await buildAll({ report });
    await showExample(report);
    if (args.includes('--check')) await checkEditor(report);
    else await openEditor(report);
    return 0;
  } catch (error) {
    if (isInterrupted()) return 130;
    console.error(error instanceof Problem ? `\n${error.message}` : error);
    return 1;
  }
}
