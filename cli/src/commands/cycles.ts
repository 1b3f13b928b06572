/** `pysm cycles FILE`: what lines, functions and loops cost, as tables or as JSON (docs/schema/cycles.schema.json). */
import { costsToJson, formatCostTable } from '@pysm/compiler';
import { hasErrors } from '../diagnostics.js';
import { EXIT } from '../exit-codes.js';
import { hostWith, readInput, sourceLines } from '../files.js';
import { compileInput, showDiagnostics } from '../program.js';
import { type Terminal, writeJson, writeLine } from '../terminal.js';

export interface CyclesOptions {
  readonly json?: boolean;
}

/** Functions without errors are costed even where others have some; the errors are shown and the exit code tells. */
export async function cycles(terminal: Terminal, path: string, options: CyclesOptions): Promise<number> {
  const input = readInput(path);
  const compilation = await compileInput(input);
  showDiagnostics(
    terminal,
    compilation.diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning'),
  );
  const report = compilation.costs();
  const host = hostWith(input);
  if (options.json) writeJson(terminal.stdout, costsToJson(report));
  else
    writeLine(
      terminal.stdout,
      formatCostTable(report, (file) => sourceLines(host, file)),
    );
  return hasErrors(compilation.diagnostics) ? EXIT.FAILED : EXIT.OK;
}
