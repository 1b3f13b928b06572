/** A debug adapter client over streams: sends requests, collects events. */
import { PassThrough, type Readable, type Writable } from 'node:stream';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Launcher } from '../../src/launch.js';
import { PysmDebugSession } from '../../src/session.js';

/** Longest wait for a response or an event, ms. */
const LIMIT = 10_000;

/** An adapter elsewhere, by the streams of its process. */
export interface AdapterStreams {
  /** What the adapter reads. */
  readonly input: Writable;
  /** What it writes. */
  readonly output: Readable;
}

/** An adapter in this process. */
function serve(launcher: Launcher): AdapterStreams {
  const input = new PassThrough();
  const output = new PassThrough();
  new PysmDebugSession(launcher).start(input, output);
  return { input, output };
}

export class DebugClient {
  readonly #input: Writable;
  readonly #responses = new Map<number, (response: DebugProtocol.Response) => void>();
  readonly #waiting: { names: readonly string[]; resolve: (event: DebugProtocol.Event) => void }[] = [];
  readonly #unseen: DebugProtocol.Event[] = [];
  /** Every event so far. */
  readonly events: DebugProtocol.Event[] = [];
  #sequence = 1;
  #buffer = Buffer.alloc(0);

  /** Of a session in this process with a launcher, or of one in another process. */
  constructor(adapter: Launcher | AdapterStreams) {
    const { input, output } = 'input' in adapter ? adapter : serve(adapter);
    this.#input = input;
    output.on('data', (chunk: Buffer) => this.#receive(chunk));
  }

  #receive(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const header = /^Content-Length: (\d+)\r\n\r\n/.exec(this.#buffer.toString('latin1', 0, 60));
      if (!header) return;
      const end = header[0].length + Number(header[1]);
      if (this.#buffer.length < end) return;
      const message = JSON.parse(this.#buffer.toString('utf8', header[0].length, end));
      this.#buffer = this.#buffer.subarray(end);
      if (message.type === 'response') this.#responses.get(message.request_seq)?.(message);
      else this.#event(message);
    }
  }

  #event(event: DebugProtocol.Event): void {
    this.events.push(event);
    const i = this.#waiting.findIndex((w) => w.names.includes(event.event));
    if (i >= 0) this.#waiting.splice(i, 1)[0]!.resolve(event);
    else this.#unseen.push(event);
  }

  /** Bytes as they are. */
  raw(bytes: string | Uint8Array): void {
    this.#input.write(bytes);
  }

  /** The response, whether it is a success or not. */
  send(command: string, args?: unknown): Promise<DebugProtocol.Response> {
    const seq = this.#sequence++;
    const json = JSON.stringify({ seq, type: 'request', command, arguments: args });
    const answer = new Promise<DebugProtocol.Response>((resolve) => this.#responses.set(seq, resolve));
    this.raw(`Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`);
    return within(answer, `response to ${command}`);
  }

  /** The body of a successful response; rejects with the message of an error response. */
  // biome-ignore lint/suspicious/noExplicitAny: bodies are JSON of many shapes, and a test that reads a wrong one fails
  async request(command: string, args?: unknown): Promise<any> {
    const response = await this.send(command, args);
    if (!response.success) throw new Error(`${command}: ${response.message}`);
    return response.body;
  }

  /** The body of the next event of a kind that no one has waited for yet. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  async waitFor(name: string): Promise<any> {
    return (await this.waitForAny([name])).body;
  }

  /** The next event of several kinds that no one has waited for yet. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  async waitForAny(names: readonly string[]): Promise<{ event: string; body: any }> {
    const i = this.#unseen.findIndex((e) => names.includes(e.event));
    if (i >= 0) return this.#unseen.splice(i, 1)[0] as DebugProtocol.Event & { body: unknown };
    const arrival = new Promise<DebugProtocol.Event>((resolve) => this.#waiting.push({ names, resolve }));
    return (await within(arrival, `event ${names.join(' or ')}`)) as DebugProtocol.Event & { body: unknown };
  }

  /** Launches, sets line breakpoints by path, and lets the program go. */
  async start(args: object, breakpoints: Readonly<Record<string, readonly number[]>> = {}): Promise<void> {
    await this.request('initialize', {
      adapterID: 'pysm',
      pathFormat: 'path',
      linesStartAt1: true,
      columnsStartAt1: true,
    });
    await this.request('launch', args);
    await this.waitFor('initialized');
    for (const [path, lines] of Object.entries(breakpoints)) {
      await this.request('setBreakpoints', { source: { path }, breakpoints: lines.map((line) => ({ line })) });
    }
    await this.request('setExceptionBreakpoints', { filters: ['uncaught'] });
    await this.request('configurationDone');
  }

  /** Where the program stands after the next stop: `reason file:line function < caller`. */
  async stop(): Promise<string> {
    const { reason } = await this.waitFor('stopped');
    const { stackFrames } = await this.request('stackTrace', { threadId: 1 });
    const places = stackFrames.map((f: DebugProtocol.StackFrame) => `${f.name}:${f.line}`);
    return `${reason} ${places.join(' < ')}`;
  }

  /** Variables of a scope of the innermost frame, as `name=value`. */
  async scope(name: string): Promise<string[]> {
    const { stackFrames } = await this.request('stackTrace', { threadId: 1 });
    const { scopes } = await this.request('scopes', { frameId: stackFrames[0].id });
    const scope = scopes.find((s: DebugProtocol.Scope) => s.name === name);
    return this.children(scope.variablesReference);
  }

  async children(variablesReference: number): Promise<string[]> {
    const { variables } = await this.request('variables', { variablesReference });
    return variables.map((v: DebugProtocol.Variable) => `${v.name}=${v.value}`);
  }

  /** Everything written to a category so far. */
  output(category: string): string {
    return this.events
      .filter((e) => e.event === 'output' && e.body.category === category)
      .map((e) => e.body.output)
      .join('');
  }
}

/** A promise that is rejected when it takes too long. */
export function within<T>(promise: Promise<T>, what: string, limit = LIMIT): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no ${what} within ${limit} ms`)), limit);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
