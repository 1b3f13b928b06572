/** Compiles and runs a program that is given as text; the same under Node and in a browser. */

/**
 * @typedef {object} Outcome
 * @property {readonly import('@pysm/compiler').Diagnostic[]} diagnostics of the compiler and the linker
 * @property {readonly import('@pysm/compiler').FunctionCost[]} costs of the program's functions
 * @property {{ stop: object, stdout: string, stderr: string, cycles: number, instructions: number }} [run] where it was linked
 */

/** Most cycles that a program may take. */
const MAX_CYCLES = 20_000_000;

/**
 * @param {import('@pysm/compiler').Compiler} compiler
 * @param {import('@pysm/simulator').Simulator} simulator
 * @param {Readonly<Record<string, string>>} files the program's files: text by module name; `main` is where it starts
 * @returns {Promise<Outcome>} plain data
 */
export async function runProgram(compiler, simulator, files) {
  const compilation = compiler.compile('main.py', {
    read: (path) => files[path.replace(/\.py$/, '')],
    resolveSibling: (_from, name) => `${name}.py`,
  });
  const costs = compilation.costs().functions;
  if (compilation.program === undefined) return { diagnostics: compilation.diagnostics, costs };
  const linked = compilation.link();
  if (!('image' in linked)) return { diagnostics: [...compilation.diagnostics, ...linked.diagnostics], costs };

  const written = { stdout: '', stderr: '' };
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  simulator.onConsole((stream, bytes) => {
    written[stream] += decoders[stream].decode(bytes, { stream: true });
  });
  await simulator.load(linked.image);
  const stop = await simulator.run({ untilCycle: MAX_CYCLES });
  const { cycles, instructions } = await simulator.statistics();
  return { diagnostics: compilation.diagnostics, costs, run: { stop, ...written, cycles, instructions } };
}
