/**
 * The debug adapter protocol, and nothing else: requests are checked, passed to the engine, and answered. What stepping
 * or a value means is decided in engine.ts, frames.ts and variables.ts.
 *
 * Every request is answered exactly once, in the order of arrival; a wrong one gets an error response and changes nothing.
 */

import { HALT_CODE, TAG } from '@pysm/isa';
import type { ConsoleStream } from '@pysm/simulator';
import {
  BreakpointEvent,
  DebugSession,
  ExitedEvent,
  InitializedEvent,
  OutputEvent,
  Response,
  StoppedEvent,
  TerminatedEvent,
} from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { ConsoleBuffer } from './console.js';
import { Engine, type EngineStop, type StepMode } from './engine.js';
import { EvaluationError, pathEvaluator } from './evaluator.js';
import { type Frame, tracebackFrames } from './frames.js';
import {
  DebuggerError,
  type LaunchConfiguration,
  type LaunchDiagnostic,
  type Launcher,
  readLaunchConfiguration,
} from './launch.js';
import { duration, faultMessage, grouped } from './messages.js';
import { baseName, plainPath } from './paths.js';
import { formatTraceback } from './traceback.js';
import { StopView } from './variables.js';

type Arguments = Readonly<Record<string, unknown>>;

/** What a request gives: the body of its response, and what is to happen once that is sent. */
interface Answer {
  readonly body?: object;
  readonly after?: () => void;
}

/** The core has one thread. */
const THREAD = 1;
/** Exit code reported when the cycle limit ends a program, as on the command line. */
const CYCLE_LIMIT_EXIT = 3;
/** Exit code reported after a fault of the core. */
const FAULT_EXIT = 70;
/** Diagnostics that a failed launch lists. */
const LISTED_DIAGNOSTICS = 20;

interface SetBreakpoint {
  readonly id: number;
  readonly requestedLine: number;
  /** Why it cannot be set, wherever the program has a place for it. */
  readonly refusal: string | undefined;
  pcs: readonly number[];
}

/** How a program ended that cannot go on but is still shown. */
interface Ended {
  readonly exitCode: number;
  readonly exception: { readonly id: string; readonly text: string };
}

/** One debug session. Runs over streams (`start`) or inside the editor's extension host (`handleMessage`). */
export class PysmDebugSession extends DebugSession {
  readonly #launcher: Launcher;
  readonly #console = new ConsoleBuffer((stream, text) => this.#output(stream, text));
  readonly #handlers: ReadonlyMap<string, (args: Arguments) => Promise<Answer>>;
  readonly #breakpoints = new Map<string, SetBreakpoint[]>();
  #queue: Promise<void> = Promise.resolve();
  #configuration: LaunchConfiguration | undefined;
  #engine: Engine | undefined;
  #view: StopView | undefined;
  #frames: readonly Frame[] = [];
  #ended: Ended | undefined;
  #isStarted = false;
  #isOver = false;
  #stopsAtUncaught = true;
  #cycles = 0;
  #nextBreakpoint = 1;
  #linesFrom1 = true;
  #columnsFrom1 = true;

  constructor(launcher: Launcher) {
    super();
    this.#launcher = launcher;
    // What is no message is dropped. The base class would end the session, and without a listener the process would end.
    this.removeAllListeners('error');
    this.on('error', () => {});
    this.#handlers = new Map(
      Object.entries({
        initialize: this.#initialize,
        launch: this.#launch,
        setBreakpoints: this.#setBreakpoints,
        setExceptionBreakpoints: this.#setExceptionBreakpoints,
        configurationDone: this.#configurationDone,
        threads: this.#threads,
        stackTrace: this.#stackTrace,
        scopes: this.#scopes,
        variables: this.#variables,
        setVariable: this.#setVariable,
        evaluate: this.#evaluate,
        exceptionInfo: this.#exceptionInfo,
        continue: () => this.#step('continue'),
        next: () => this.#step('over'),
        stepIn: () => this.#step('into'),
        stepOut: () => this.#step('out'),
        pause: this.#pause,
        terminate: this.#terminate,
        disconnect: this.#disconnect,
      }).map(([name, handler]) => [name, handler.bind(this)]),
    );
  }

  protected override dispatchRequest(request: DebugProtocol.Request): void {
    this.#queue = this.#queue.then(() => this.#respond(request));
  }

  async #respond(request: DebugProtocol.Request): Promise<void> {
    const response: DebugProtocol.Response = new Response(request);
    let after: (() => void) | undefined;
    try {
      const handler = this.#handlers.get(request.command);
      if (!handler) throw new DebuggerError(`The request ${JSON.stringify(request.command)} is not supported.`);
      const args: unknown = request.arguments ?? {};
      if (typeof args !== 'object' || args === null) throw new DebuggerError('The arguments must be an object.');
      const answer = await handler(args as Arguments);
      if (answer.body) response.body = answer.body;
      after = answer.after;
    } catch (error) {
      response.success = false;
      response.message = messageOf(error);
      // Braces in a format are placeholders, so the message goes in as the value of one.
      response.body = {
        error: { id: 1, format: '{_message}', variables: { _message: response.message }, showUser: true },
      };
    }
    this.sendResponse(response);
    after?.();
  }

  // --- life of a session -------------------------------------------------------------------------------------------

  async #initialize(args: Arguments): Promise<Answer> {
    this.#linesFrom1 = args['linesStartAt1'] !== false;
    this.#columnsFrom1 = args['columnsStartAt1'] !== false;
    const body: DebugProtocol.Capabilities = {
      supportsConfigurationDoneRequest: true,
      supportsEvaluateForHovers: true,
      supportsSetVariable: true,
      supportsExceptionInfoRequest: true,
      supportsTerminateRequest: true,
      exceptionBreakpointFilters: [{ filter: 'uncaught', label: 'Uncaught Exceptions', default: true }],
    };
    return { body };
  }

  async #launch(args: Arguments): Promise<Answer> {
    if (this.#configuration) throw new DebuggerError('The program has been launched already.');
    const configuration = readLaunchConfiguration(args);
    const program = plainPath(configuration.program);
    const built = await this.#launcher.build(program);
    if ('diagnostics' in built) {
      this.#output('stderr', describeDiagnostics(built.diagnostics));
      const first = built.diagnostics.find((d) => d.severity === 'error') ?? built.diagnostics[0];
      throw new DebuggerError(
        first ? `The program was not started. ${describeDiagnostic(first)}` : `${program} cannot be built.`,
      );
    }
    const target = await this.#launcher.createTarget(configuration.target);
    await target.load(built.image);
    for (const [from, to] of configuration.jumpers) {
      if (!target.capabilities.jumpers)
        throw new DebuggerError(`Target ${target.name} has no jumpers; join the pins by a wire.`);
      await target.jumper(from, to);
    }
    target.onConsole((stream, bytes) => this.#console.write(stream, bytes));
    this.#configuration = configuration;
    this.#engine = new Engine(target, built.image, configuration.maxCycles);
    for (const [path, list] of this.#breakpoints) {
      for (const breakpoint of list) this.sendEvent(new BreakpointEvent('changed', this.#place(path, breakpoint)));
    }
    this.#installBreakpoints();
    return { after: () => this.sendEvent(new InitializedEvent()) };
  }

  async #configurationDone(): Promise<Answer> {
    const { configuration } = this.#launched();
    if (this.#isStarted) throw new DebuggerError('The program has been started already.');
    this.#isStarted = true;
    return { after: () => this.#resume(configuration.stopOnEntry && !configuration.noDebug ? 'entry' : 'continue') };
  }

  async #terminate(): Promise<Answer> {
    return { after: () => this.#finish(this.#ended?.exitCode) };
  }

  async #disconnect(): Promise<Answer> {
    this.#console.flush();
    await this.#release();
    return { after: () => this.stop() };
  }

  /** The client has gone without a `disconnect`. */
  override shutdown(): void {
    this.#release().catch(() => {}); // Nobody is left to tell.
  }

  async #release(): Promise<void> {
    this.#isOver = true;
    const target = this.#engine?.target;
    this.#engine?.pause();
    target?.onConsole(null);
    await target?.dispose();
  }

  /** Ends the session: the editor answers with `disconnect`. */
  #finish(exitCode: number | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#engine?.pause();
    this.#console.flush();
    if (exitCode !== undefined) this.sendEvent(new ExitedEvent(exitCode));
    this.sendEvent(new TerminatedEvent());
  }

  // --- running and stopping ----------------------------------------------------------------------------------------

  async #step(mode: StepMode): Promise<Answer> {
    this.#halted();
    if (this.#ended) {
      const { exitCode } = this.#ended;
      return { body: { allThreadsContinued: true }, after: () => this.#finish(exitCode) };
    }
    return { body: { allThreadsContinued: true }, after: () => this.#resume(mode) };
  }

  async #pause(): Promise<Answer> {
    const { engine } = this.#launched();
    if (!engine.isRunning) throw new DebuggerError('The program is not running.');
    return { after: () => engine.pause() };
  }

  /** Lets the program go on and reports its next stop. Errors of the target end the session with their message. */
  #resume(mode: StepMode): void {
    const engine = this.#engine!;
    this.#view = undefined;
    this.#frames = [];
    engine
      .resume(mode)
      .then((stop) => this.#stopped(engine, stop, mode))
      .catch((error: unknown) => {
        if (this.#isOver) return; // The target was taken away while it ran.
        this.#output('stderr', `${messageOf(error)}\n`);
        this.#finish(FAULT_EXIT);
      });
  }

  async #stopped(engine: Engine, stop: EngineStop, mode: StepMode): Promise<void> {
    if (this.#isOver) return;
    this.#console.flush();
    const state = await engine.target.state();
    this.#cycles = state.cycles;
    this.#frames = await engine.frames();
    // Where a program is stopped while it reports an exception, what it has written so far belongs below the traceback.
    const goesOn = ['breakpoint', 'break-instruction', 'step', 'pause'].includes(stop.kind);
    const isReporting = goesOn && this.#frames.some((frame) => frame.raises);
    const errors = isReporting ? '' : this.#console.takeErrors();
    this.#view = new StopView(engine);
    switch (stop.kind) {
      case 'breakpoint':
      case 'break-instruction':
        this.#output('stderr', errors);
        return this.#report('breakpoint', 'breakpoint', { hitBreakpointIds: this.#idsAt(stop.pc) });
      case 'step':
        this.#output('stderr', errors);
        return this.#report(mode === 'entry' ? 'entry' : 'step', mode === 'entry' ? 'entry' : 'step');
      case 'pause':
        this.#output('stderr', errors);
        return this.#report('pause', 'pause');
      case 'cycle-limit':
        this.#output('stderr', `${errors}The program was stopped after ${grouped(state.cycles)} cycles (maxCycles).\n`);
        return this.#finish(CYCLE_LIMIT_EXIT);
      case 'fault': {
        const text = faultMessage(stop.fault, stop.pc, stop.detail);
        this.#output('stderr', `${errors}${text}\n`);
        return this.#failed({ exitCode: FAULT_EXIT, exception: { id: 'Core fault', text } });
      }
      case 'exited':
        if (stop.code === HALT_CODE.UNCAUGHT) return this.#uncaught(engine, errors);
        this.#output('stderr', errors);
        if (stop.code === HALT_CODE.EXIT) {
          await this.#summary(engine, undefined);
          return this.#finish(Number(stop.value.payload));
        }
        await this.#summary(
          engine,
          stop.value.tag === TAG.NONE ? undefined : await this.#view.view(stop.value, undefined),
        );
        return this.#finish(stop.code);
    }
  }

  #uncaught(engine: Engine, errors: string): void {
    const message = errors.trimEnd();
    const traceback = formatTraceback(tracebackFrames(this.#frames, engine.symbols), (path) =>
      this.#launcher.readSource(path),
    );
    this.#output('stderr', `${traceback}${message}\n`);
    const lastLine = message.slice(message.lastIndexOf('\n') + 1);
    const id = /^[\w.]+/.exec(lastLine)?.[0] ?? 'Exception';
    this.#failed({ exitCode: HALT_CODE.UNCAUGHT, exception: { id, text: lastLine } });
  }

  /** The program cannot go on: it is shown where it ended, until the next step, unless nobody wants to see it. */
  #failed(ended: Ended): void {
    this.#ended = ended;
    if (!this.#stopsAtUncaught || this.#configuration?.noDebug || this.#frames.length === 0)
      this.#finish(ended.exitCode);
    else this.#report('exception', 'exception', { text: ended.exception.text });
  }

  #report(reason: string, what: string, more: object = {}): void {
    const event: DebugProtocol.StoppedEvent = new StoppedEvent(reason, THREAD);
    const description = `Paused on ${what} at cycle ${grouped(this.#cycles)}`;
    Object.assign(event.body, { description, allThreadsStopped: true }, more);
    this.sendEvent(event);
  }

  async #summary(engine: Engine, result: { readonly value: string } | undefined): Promise<void> {
    const { cycles, instructions } = await engine.target.statistics();
    const returned = result ? `main() returned ${result.value}. ` : '';
    const time = duration(cycles, engine.target.clockHz);
    this.sendEvent(
      new OutputEvent(
        `${returned}${grouped(cycles)} cycles (${time}), ${grouped(instructions)} instructions.\n`,
        'console',
      ),
    );
  }

  #output(category: ConsoleStream, text: string): void {
    if (text !== '') this.sendEvent(new OutputEvent(text, category));
  }

  // --- breakpoints -------------------------------------------------------------------------------------------------

  async #setBreakpoints(args: Arguments): Promise<Answer> {
    const source = args['source'] as { readonly path?: unknown } | undefined;
    if (typeof source?.path !== 'string') throw new DebuggerError('Breakpoints need the path of their file.');
    const wanted = Array.isArray(args['breakpoints']) ? (args['breakpoints'] as readonly unknown[]) : [];
    const path = plainPath(source.path);
    const list = wanted.map((entry): SetBreakpoint => {
      const line = (entry as { readonly line?: unknown } | null)?.line;
      if (!Number.isSafeInteger(line)) throw new DebuggerError('A breakpoint needs a line number.');
      const requestedLine = (line as number) + (this.#linesFrom1 ? 0 : 1);
      return { id: this.#nextBreakpoint++, requestedLine, refusal: refusalOf(entry as Arguments), pcs: [] };
    });
    this.#breakpoints.set(path, list);
    const breakpoints = list.map((breakpoint) => this.#place(path, breakpoint));
    this.#installBreakpoints();
    return { body: { breakpoints } };
  }

  /** Finds a breakpoint's place in the program, if there is one yet, and says what became of it. */
  #place(path: string, breakpoint: SetBreakpoint): DebugProtocol.Breakpoint {
    const source = { name: baseName(path), path };
    const { id, requestedLine, refusal } = breakpoint;
    if (refusal) return { id, verified: false, source, message: refusal };
    if (!this.#engine) return { id, verified: false, source, message: 'The program is not loaded yet.' };
    const place = this.#engine.symbols.placeBreakpoint(path, requestedLine);
    if ('reason' in place) return { id, verified: false, source, message: place.reason };
    breakpoint.pcs = place.pcs;
    return { id, verified: true, source, line: this.#clientLine(place.line) };
  }

  #installBreakpoints(): void {
    const pcs = [...this.#breakpoints.values()].flat().flatMap((breakpoint) => breakpoint.pcs);
    this.#engine?.setBreakpoints(this.#configuration?.noDebug ? [] : pcs);
  }

  #idsAt(pc: number): number[] {
    return [...this.#breakpoints.values()].flat().flatMap((b) => (b.pcs.includes(pc) ? [b.id] : []));
  }

  async #setExceptionBreakpoints(args: Arguments): Promise<Answer> {
    const filters = args['filters'];
    this.#stopsAtUncaught = Array.isArray(filters) && filters.includes('uncaught');
    return {};
  }

  // --- looking at a halted program ---------------------------------------------------------------------------------

  async #threads(): Promise<Answer> {
    const name = this.#cycles > 0 ? `core @ ${grouped(this.#cycles)} cycles` : 'core';
    return { body: { threads: [{ id: THREAD, name }] } };
  }

  async #stackTrace(args: Arguments): Promise<Answer> {
    const { engine } = this.#halted();
    const start = wholeNumber(args['startFrame']) ?? 0;
    const levels = wholeNumber(args['levels']) || this.#frames.length;
    const stackFrames = this.#frames.slice(start, start + levels).map((frame, i): DebugProtocol.StackFrame => {
      const path = engine.symbols.pathOf(frame.line?.file ?? frame.fn.file);
      const range = frame.line?.range ?? frame.fn.range;
      const hasPlace = range !== undefined && path !== undefined;
      // Where a statement begins, the whole line is next; within one, a column shows how far it has come.
      const column = frame.line?.statement && frame.line.pc === frame.pc ? 0 : (range?.column ?? 0);
      return {
        id: start + i + 1,
        name: frame.fn.qualname,
        line: hasPlace ? this.#clientLine(range.line) : 0,
        column: hasPlace ? column + (this.#columnsFrom1 ? 1 : 0) : 0,
        ...(hasPlace ? { source: { name: baseName(path), path } } : {}),
      };
    });
    return { body: { stackFrames, totalFrames: this.#frames.length } };
  }

  async #scopes(args: Arguments): Promise<Answer> {
    const { view } = this.#halted();
    const frame = this.#frame(args['frameId']);
    if (!frame) throw new DebuggerError('This frame is no longer known.');
    const scopes = view.scopes(frame).map(({ name, variablesReference, hint }) => ({
      name,
      variablesReference,
      presentationHint: hint,
      expensive: false,
    }));
    return { body: { scopes } };
  }

  async #variables(args: Arguments): Promise<Answer> {
    const { view } = this.#halted();
    const isPart = args['filter'] === 'named' || args['filter'] === 'indexed';
    const start = wholeNumber(args['start']);
    const count = wholeNumber(args['count']) || undefined;
    const variables = await view.variables(wholeNumber(args['variablesReference']) ?? 0, start, count);
    // Values have either indexed or named parts, never both, so the other filter selects nothing.
    const isIndexed = variables.every((variable) => /^\d+$/.test(variable.name));
    const body = { variables: !isPart || (args['filter'] === 'indexed') === isIndexed ? variables : [] };
    return { body };
  }

  async #setVariable(args: Arguments): Promise<Answer> {
    const { view } = this.#halted();
    const { name, value } = args;
    if (typeof name !== 'string' || typeof value !== 'string')
      throw new DebuggerError('A name and a value are needed.');
    return { body: await view.assign(wholeNumber(args['variablesReference']) ?? 0, name, value) };
  }

  async #evaluate(args: Arguments): Promise<Answer> {
    const { view } = this.#halted();
    const { expression } = args;
    if (typeof expression !== 'string') throw new DebuggerError('An expression is needed.');
    const frame = this.#frame(args['frameId']) ?? this.#frames[0];
    const { value, ...rest } = await view.evaluate(expression, frame, this.#launcher.evaluator ?? pathEvaluator);
    return { body: { result: value, ...rest } };
  }

  async #exceptionInfo(): Promise<Answer> {
    this.#halted();
    const exception = this.#ended?.exception;
    if (!exception) throw new DebuggerError('The program is not stopped at an exception.');
    return { body: { exceptionId: exception.id, description: exception.text, breakMode: 'unhandled' } };
  }

  #frame(id: unknown): Frame | undefined {
    return this.#frames[(wholeNumber(id) ?? 0) - 1];
  }

  #clientLine(line: number): number {
    return this.#linesFrom1 ? line : line - 1;
  }

  #launched(): { engine: Engine; configuration: LaunchConfiguration } {
    if (!this.#engine || !this.#configuration) throw new DebuggerError('No program has been launched.');
    if (this.#isOver) throw new DebuggerError('The program has ended.');
    return { engine: this.#engine, configuration: this.#configuration };
  }

  #halted(): { engine: Engine; view: StopView } {
    const { engine } = this.#launched();
    if (engine.isRunning || !this.#view) throw new DebuggerError('The program is running.');
    return { engine, view: this.#view };
  }
}

/** Conditions and the like are not offered; to stop every time, or never, in silence would be wrong. */
function refusalOf({ condition, hitCondition, logMessage }: Arguments): string | undefined {
  const isPlain = [condition, hitCondition, logMessage].every((text) => text === undefined || text === '');
  return isPlain ? undefined : 'Breakpoints with a condition, a hit count or a log message are not supported.';
}

const wholeNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

/** The text of an error for people: ours as they are, anything else named as an internal one, without its stack. */
function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return error instanceof DebuggerError || error instanceof EvaluationError ? text : `Debugger error: ${text}`;
}

function describeDiagnostic({ path, range, code, message }: LaunchDiagnostic): string {
  return `${path}:${range.line}:${range.column + 1}: ${code} ${message}`;
}

function describeDiagnostics(diagnostics: readonly LaunchDiagnostic[]): string {
  const errors = diagnostics.filter((d) => d.severity === 'error');
  const more = errors.length - LISTED_DIAGNOSTICS;
  const lines = errors.slice(0, LISTED_DIAGNOSTICS).map(describeDiagnostic);
  if (more > 0) lines.push(`and ${more} more`);
  return lines.map((line) => `${line}\n`).join('');
}
