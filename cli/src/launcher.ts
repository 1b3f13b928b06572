/** What the debug adapter is given by the command line: compiler, targets and disk. */
import { nodeHost } from '@pysm/compiler/node';
import { DebuggerError, type Launcher } from '@pysm/debugger';
import { decodeImage } from '@pysm/isa';
import { hasErrors } from './diagnostics.js';
import { readInput, sourceLines } from './files.js';
import { compileInput } from './program.js';
import { createTarget, isTargetName, TARGETS } from './targets.js';

/** Text of a source file as the compiler decodes it, undefined where it cannot be read. */
export const readSource = (path: string): string | undefined => sourceLines(nodeHost(), path)?.join('\n');

export const launcher: Launcher = {
  async build(program) {
    const input = readInput(program);
    if (input.kind === 'image') return { image: decodeImage(input.bytes) };
    const compilation = await compileInput(input);
    if (hasErrors(compilation.diagnostics)) return { diagnostics: compilation.diagnostics };
    return compilation.link();
  },
  async createTarget(kind) {
    if (!isTargetName(kind)) {
      const names = TARGETS.map((name) => `"${name}"`).join(' and ');
      throw new DebuggerError(`There is no target "${kind}"; this version has ${names}.`);
    }
    // Standard output may carry the protocol.
    return createTarget(kind, (line) => console.error(line));
  },
  readSource,
};
