/** Debug sessions on the real compiler and every target, and what a client sees of them from the first message to the last. */
import { readFileSync } from 'node:fs';
import { loadCompiler, nodeHost } from '@pysm/compiler/node';
import { createRtl } from '@pysm/rtl/node';
import { createSimulator } from '@pysm/simulator/node';
import { DebugClient } from '../../debugger/dist/test/support/client.js';

/** Targets by the names of launch configurations. The first is what the others are compared with. */
export const TARGETS = ['sim', 'rtl'];

let compiler;
/** Builds by program: a session on each target debugs the same image. */
const builds = new Map();

async function compile(program) {
  compiler ??= await loadCompiler();
  const compilation = program.endsWith('.pysm')
    ? compiler.assemble(program, nodeHost())
    : compiler.compile(program, nodeHost());
  if (compilation.diagnostics.some((d) => d.severity === 'error')) return { diagnostics: compilation.diagnostics };
  return compilation.link();
}

/** @type {import('@pysm/debugger').Launcher} */
const launcher = {
  async build(program) {
    if (!builds.has(program)) builds.set(program, await compile(program));
    return builds.get(program);
  },
  createTarget: (kind) => (kind === 'rtl' ? createRtl() : createSimulator()),
  readSource: (path) => readFileSync(path, 'utf8'),
};

/** The linked image of a program, for a look at it on a target of the test's own. */
export async function imageOf(program) {
  return (await launcher.build(program)).image;
}

/** A client that launches on one target, and keeps everything that the adapter answers. */
export class TargetClient extends DebugClient {
  #answers = [];
  #target;

  /**
   * @param {string} target one of {@link TARGETS}
   * @param {ConstructorParameters<typeof DebugClient>[0]} [adapter] a session in this process unless another is given
   */
  constructor(target, adapter = launcher) {
    super(adapter);
    this.#target = target;
  }

  async send(command, args) {
    const whole = command === 'launch' ? { ...args, target: this.#target } : args;
    const { success, message, body } = await super.send(command, whole);
    this.#answers.push({ command, args, success, message, body });
    return { success, message, body };
  }

  /**
   * Every answer and every event so far. Output is put together by category: how it is cut into events, and between which
   * of the others they come, depends on time.
   */
  get transcript() {
    return {
      answers: this.#answers,
      events: this.events.filter(({ event }) => event !== 'output').map(({ event, body }) => ({ event, body })),
      stdout: this.output('stdout'),
      stderr: this.output('stderr'),
      console: this.output('console'),
    };
  }

  /** Goes on by a request; gives where the program stands at its next stop, or `end` and how the session ended. */
  async go(command) {
    await this.request(command, { threadId: 1 });
    return this.next();
  }

  /** The next stop, as {@link DebugClient.stop} words it, or `end CODE`. */
  async next() {
    const { event, body } = await this.waitForAny(['stopped', 'exited', 'terminated']);
    if (event !== 'stopped') return event === 'exited' ? `end ${body.exitCode}` : 'end';
    const { stackFrames } = await this.request('stackTrace', { threadId: 1 });
    return `${body.reason} ${stackFrames.map(({ name, line }) => `${name}:${line}`).join(' < ')}`;
  }

  /** What an expression evaluates to in the innermost frame or another, or the error's message. */
  async evaluate(expression, frameId = 1) {
    const { success, message, body } = await this.send('evaluate', { expression, frameId, context: 'watch' });
    return success ? body.result : message;
  }

  /** Reference of a scope of a frame. */
  async scopeReference(name, frameId = 1) {
    const { scopes } = await this.request('scopes', { frameId });
    return scopes.find((scope) => scope.name === name).variablesReference;
  }

  /** Variables of a scope of a frame, as `name=value`. */
  async variables(name, frameId = 1) {
    return this.children(await this.scopeReference(name, frameId));
  }
}

/** Longest run of steps that a test takes. */
const STEP_LIMIT = 3_000;

/**
 * Steps into everything from the first statement to the end.
 * @returns {Promise<{ place: string, locals: Record<string, string> }[]>} `function:line` of every statement begun, and its locals as text
 */
export async function stepThrough(program, target) {
  const client = new TargetClient(target);
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
