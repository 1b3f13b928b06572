/** The debug adapter's process, as the extension starts it: one session over standard input and output. */
import { readFileSync } from 'node:fs';
import { loadCompiler, nodeHost } from '@pysm/compiler/node';
import { DebuggerError, type Launcher } from '@pysm/debugger';
import { serveStdio } from '@pysm/debugger/node';
import { createRtl } from '@pysm/rtl/node';
import { createSimulator } from '@pysm/simulator/node';
import { COMPILER_RESOURCES, RTL_WASM, SIMULATOR_WASM } from './resources.js';

const launcher: Launcher = {
  async build(program) {
    const host = nodeHost();
    const bytes = host.read(program);
    if (bytes === undefined) throw new DebuggerError(`${program} cannot be read.`);
    const compiler = await loadCompiler(COMPILER_RESOURCES);
    const isAssembly = program.endsWith('.pysm');
    const compilation = isAssembly ? compiler.assemble(program, host) : compiler.compile(program, host);
    if (compilation.diagnostics.some((d) => d.severity === 'error')) return { diagnostics: compilation.diagnostics };
    return compilation.link();
  },
  async createTarget(kind) {
    if (kind === 'sim') return createSimulator(SIMULATOR_WASM);
    if (kind !== 'rtl') throw new DebuggerError(`There is no target "${kind}"; this version has "sim" and "rtl".`);
    try {
      return await createRtl({ file: RTL_WASM });
    } catch (error) {
      throw new DebuggerError(`Target "rtl" cannot be used: ${(error as Error).message}.`);
    }
  },
  readSource(path) {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  },
};

serveStdio(launcher).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
