/** `pysm ast FILE`: the syntax tree as CPython's `ast.dump(tree, include_attributes=True, indent=2)` shows it. */
import { CommandError, EXIT } from '../exit-codes.js';
import { hostWith, readInput } from '../files.js';
import { showDiagnostics, theCompiler } from '../program.js';
import { type Terminal, writeChunks, writeLine } from '../terminal.js';

export async function ast(terminal: Terminal, path: string): Promise<number> {
  const result = (await theCompiler()).ast(path, hostWith(readInput(path)));
  if ('dump' in result) {
    await writeChunks(terminal.stdout, result.dump);
    writeLine(terminal.stdout, '');
    return EXIT.OK;
  }
  showDiagnostics(terminal, result.diagnostics);
  throw new CommandError(`${path}: not valid Python 3.11`, EXIT.FAILED);
}
