/** A debug session on the real compiler and simulator. */
import { readFileSync } from 'node:fs';
import { loadCompiler, nodeHost } from '@pysm/compiler/node';
import { createSimulator } from '@pysm/simulator/node';
import { DebugClient } from '../../debugger/dist/test/support/client.js';

let compiler;

/** @type {import('@pysm/debugger').Launcher} */
const launcher = {
  async build(program) {
    compiler ??= await loadCompiler();
    const compilation = compiler.compile(program, nodeHost());
    if (compilation.diagnostics.some((d) => d.severity === 'error')) return { diagnostics: compilation.diagnostics };
    return compilation.link();
  },
  createTarget: () => createSimulator(),
  readSource: (path) => readFileSync(path, 'utf8'),
};

export const openSession = () => new DebugClient(launcher);

/** Longest run of steps that a test takes. */
const STEP_LIMIT = 3_000;

/**
 * Steps into everything from the first statement to the end.
 * @returns {Promise<{ place: string, locals: Record<string, string> }[]>} `function:line` of every statement begun, and its locals as text
 */
export async function stepThrough(program) {
  const client = openSession();
  await client.start({ program, stopOnEntry: true });
  const stops = [];
  for (let i = 0; i < STEP_LIMIT; i++) {
    const { event, body } = await client.waitForAny(['stopped', 'terminated']);
    if (event === 'terminated' || body.reason === 'exception') {
      await client.request('disconnect');
      return stops;
    }
    const { stackFrames } = await client.request('stackTrace', { threadId: 1 });
    const { scopes } = await client.request('scopes', { frameId: 1 });
    const { variables } = await client.request('variables', { variablesReference: scopes[0].variablesReference });
    const locals = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
    // A column within the line says that a statement goes on after a call: for CPython's tracing that is no event.
    const [{ name, line, column }] = stackFrames;
    if (column === 1) stops.push({ place: `${name.split('.').pop()}:${line}`, locals });
    await client.request('stepIn', { threadId: 1 });
  }
  throw new Error(`more than ${STEP_LIMIT} steps`);
}
