/** A language client over streams, and a compiler that is easy to predict. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { Compilation, Compiler, Cost, CostReport, Diagnostic, LineCost, SourceHost } from '@pysm/compiler';
import {
  type ClientCapabilities,
  createConnection,
  createProtocolConnection,
  DiagnosticRefreshRequest,
  type DocumentDiagnosticReport,
  type Hover,
  type Diagnostic as LspDiagnostic,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { serve } from '../../src/node.js';

const cost = (
  best: number,
  worst: number | null,
  reasons: Cost['reasons'],
  assumptions: Cost['assumptions'],
): Cost => ({ instructions: { best, worst }, cycles: { best, worst }, reasons, assumptions });

/**
 * Line by line: `import m` reaches m.py, `bad` is an error, `crash` throws, `cost N`, `cost N..M` and `cost N..` say what
 * the line costs, `branches K` gives K reasons, `assuming` an assumption.
 */
export const lineCompiler: Compiler = {
  compile(entry, host) {
    const diagnostics: Diagnostic[] = [];
    const lines: LineCost[] = [];
    const files: string[] = [];
    const visit = (path: string): void => {
      const content = host.read(path);
      if (files.includes(path) || content === undefined) return;
      files.push(path);
      const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
      text.split('\n').forEach((source, i) => {
        const line = i + 1;
        const word = /^\s*(\w+) ?(\S*)/.exec(source);
        if (word?.[1] === 'crash') throw new Error('the compiler is broken');
        if (word?.[1] === 'import') visit(host.resolveSibling(path, word[2]!));
        if (word?.[1] === 'bad') {
          const range = { line, column: source.indexOf('bad'), endLine: line, endColumn: source.length };
          diagnostics.push({ code: 'PS1', severity: 'error', message: `bad ${word[2]}`, help: 'do good', path, range });
        }
        const costs = /cost (\d+)(\.\.(\d*))?/.exec(source);
        if (costs) {
          const best = Number(costs[1]);
          const worst = costs[2] === undefined ? best : costs[3] === '' ? null : Number(costs[3]);
          const count = Number(/branches (\d+)/.exec(source)?.[1] ?? 0);
          const reasons = Array.from({ length: count }, (_, k) => ({
            kind: 'branch' as const,
            text: `way ${k}`,
            path,
            line,
          }));
          const assumptions = source.includes('assuming')
            ? [{ kind: 'no exception' as const, text: 'no overflow', path, lines: [line] }]
            : [];
          const own = cost(best, worst, reasons, assumptions);
          lines.push({ path, line, function: 'f', own, total: own });
        }
      });
    };
    visit(entry);
    return compilation(files, diagnostics, { clockHz: 1e8, lines, functions: [], loops: [] });
  },
  assemble(path: string, host: SourceHost): Compilation {
    return this.compile(path, host);
  },
  ast: () => ({ diagnostics: [] }),
};

const compilation = (files: string[], diagnostics: Diagnostic[], report: CostReport): Compilation => ({
  files,
  diagnostics,
  program: undefined,
  costs: () => report,
  link: () => ({ diagnostics }),
});

/** Files of a folder of its own, which is removed by `dispose`. */
export class Folder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'pysm-server-')));

  constructor(files: Readonly<Record<string, string | Uint8Array>>) {
    for (const [name, content] of Object.entries(files)) this.write(name, content);
  }

  write(name: string, content: string | Uint8Array): void {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  uri(name: string): string {
    return pathToFileURL(join(this.path, name)).href;
  }

  dispose(): void {
    rmSync(this.path, { recursive: true });
  }
}

export const PULL: ClientCapabilities = {
  textDocument: { diagnostic: { relatedDocumentSupport: true } },
  workspace: { diagnostics: { refreshSupport: true } },
};

export class LanguageClient {
  readonly toServer = new PassThrough();
  readonly connection: ProtocolConnection;
  /** Diagnostics that the server pushed, by URI. */
  readonly pushed = new Map<string, readonly LspDiagnostic[]>();
  refreshes = 0;
  #versions = new Map<string, number>();

  private constructor(compiler: Compiler) {
    const fromServer = new PassThrough();
    const server = createConnection(new StreamMessageReader(this.toServer), new StreamMessageWriter(fromServer));
    serve(() => Promise.resolve(compiler), server);
    this.connection = createProtocolConnection(
      new StreamMessageReader(fromServer),
      new StreamMessageWriter(this.toServer),
    );
    this.connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
      this.pushed.set(uri, diagnostics);
    });
    this.connection.onRequest(DiagnosticRefreshRequest.type, () => {
      this.refreshes++;
    });
    this.connection.onRequest(RegistrationRequest.type, () => {});
    this.connection.listen();
  }

  static async connect(
    capabilities: ClientCapabilities = PULL,
    compiler: Compiler = lineCompiler,
  ): Promise<LanguageClient> {
    const client = new LanguageClient(compiler);
    await client.connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities });
    await client.connection.sendNotification('initialized', {});
    return client;
  }

  open(uri: string, text: string): Promise<void> {
    this.#versions.set(uri, 1);
    return this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'python', version: 1, text },
    });
  }

  edit(uri: string, changes: readonly object[]): Promise<void> {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    return this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: changes,
    });
  }

  close(uri: string): Promise<void> {
    return this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  pull(uri: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
  }

  /** Pulled diagnostics as `line:column message`. */
  async diagnostics(uri: string): Promise<string[]> {
    const report = await this.pull(uri);
    return 'items' in report ? report.items.map(summary) : [];
  }

  async hover(uri: string, line: number): Promise<string | null> {
    const hover = await this.connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position: { line: line - 1, character: 0 },
    });
    return hover && (hover.contents as { value: string }).value;
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    this.connection.dispose();
  }
}

export const summary = (d: LspDiagnostic): string =>
  `${d.range.start.line + 1}:${d.range.start.character} ${String(d.message).split('\n')[0]}`;

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until a condition holds, at most 5 s. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if (condition()) return;
    await sleep(10);
  }
  throw new Error(`${what} did not happen`);
}
