/** `pysm check FILE..`: what the core cannot run, and why. */
import type { Diagnostic } from '@pysm/compiler';
import {
  countBySeverity,
  diagnosticsJson,
  formatDiagnostic,
  hasErrors,
  sortDiagnostics,
  summarise,
} from '../diagnostics.js';
import { EXIT } from '../exit-codes.js';
import { readInput } from '../files.js';
import { compileInput } from '../program.js';
import { type Terminal, writeJson, writeLine } from '../terminal.js';

export interface CheckOptions {
  readonly json?: boolean;
}

/** Each file is the entry of a program: the modules that it imports are checked with it. */
export async function check(terminal: Terminal, paths: readonly string[], options: CheckOptions): Promise<number> {
  const found: Diagnostic[] = [];
  const files = new Set<string>();
  // All files are read before the first is compiled: a wrong name is said at once.
  for (const input of paths.map(readInput)) {
    const compilation = await compileInput(input);
    for (const file of [input.path, ...compilation.files]) files.add(file);
    for (const diagnostic of compilation.diagnostics) found.push(diagnostic);
    if (!hasErrors(compilation.diagnostics)) {
      // A program may be too large for the core: only the linker knows.
      const linked = compilation.link();
      if ('diagnostics' in linked) found.push(...linked.diagnostics);
    }
  }
  const diagnostics = sortDiagnostics(found);
  if (options.json) writeJson(terminal.stdout, diagnosticsJson([...files], diagnostics));
  else for (const diagnostic of diagnostics) writeLine(terminal.stdout, formatDiagnostic(diagnostic));
  writeLine(terminal.stderr, summarise(files.size, countBySeverity(diagnostics)));
  return hasErrors(diagnostics) ? EXIT.FAILED : EXIT.OK;
}
