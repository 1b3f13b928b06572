/**
 * The language server: connects providers to a connection that is given to it. Knows the protocol and the compiler, and
 * imports nothing of Node.
 *
 * Diagnostics are pulled where the client can, else pushed, never both.
 */
import type { Compiler } from '@pysm/compiler';
import {
  type Connection,
  type Diagnostic,
  DidChangeWatchedFilesNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type FullDocumentDiagnosticReport,
  type Hover,
  MarkupKind,
  type Position,
  type ServerCapabilities,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type FileHost, Files } from './files.js';
import { PROJECT_FILE } from './project.js';
import { diagnosticsOf, QuietDiagnostics } from './providers/diagnostics.js';
import { hoverText } from './providers/hover.js';
import { instructionHover } from './providers/instruction-hover.js';
import { assemblyText, programFor } from './providers/program.js';
import {
  ASSEMBLY_REQUEST,
  type AssemblyParams,
  type AssemblyResult,
  PROGRAM_REQUEST,
  type ProgramParams,
  type ProgramResult,
} from './requests.js';
import { Workspace } from './workspace.js';

/** Time after an edit until diagnostics are pushed, ms. */
const PUSH_DELAY = 100;

export interface ServerOptions {
  readonly connection: Connection;
  readonly host: FileHost;
  /** Loads the compiler; called once, when the client has connected. */
  loadCompiler(): Promise<Compiler>;
  /** Milliseconds from any fixed origin. */
  readonly now?: () => number;
}

/** Serves the connection until it closes. */
export function startServer({ connection, host, loadCompiler, now = () => performance.now() }: ServerOptions): void {
  new Server(connection, new Files(host), now).start(loadCompiler);
}

class Server {
  readonly #connection: Connection;
  readonly #files: Files;
  readonly #now: () => number;
  readonly #quiet = new QuietDiagnostics();
  readonly #documents: TextDocuments<TextDocument>;
  readonly #pushed = new Set<string>();
  #workspace: Promise<Workspace | undefined> = Promise.resolve(undefined);
  #pullSupport = false;
  #refreshSupport = false;
  #relatedSupport = false;
  #watchSupport = false;
  #pushTimer: ReturnType<typeof setTimeout> | undefined;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection, files: Files, now: () => number) {
    this.#connection = connection;
    this.#files = files;
    this.#now = now;
    this.#documents = new TextDocuments({
      create: TextDocument.create,
      update: (document, changes, version) => {
        for (const change of changes) this.#noteEdit(document, change);
        return TextDocument.update(document, changes, version);
      },
    });
  }

  start(loadCompiler: () => Promise<Compiler>): void {
    const connection = this.#connection;
    connection.onInitialize(({ capabilities }) => {
      this.#pullSupport = capabilities.textDocument?.diagnostic !== undefined;
      this.#relatedSupport = capabilities.textDocument?.diagnostic?.relatedDocumentSupport ?? false;
      this.#refreshSupport = capabilities.workspace?.diagnostics?.refreshSupport ?? false;
      this.#watchSupport = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false;
      this.#workspace = this.#load(loadCompiler);
      if (this.#pullSupport) {
        connection.languages.diagnostics.on(({ textDocument }, token) =>
          this.#pull(textDocument.uri, () => token.isCancellationRequested),
        );
      }
      const provider = { identifier: 'pysm', interFileDependencies: true, workspaceDiagnostics: false };
      const result: ServerCapabilities = {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        ...(this.#pullSupport ? { diagnosticProvider: provider } : {}),
      };
      return { capabilities: result, serverInfo: { name: 'pysm' } };
    });
    connection.onInitialized(() => {
      if (!this.#watchSupport) return;
      const watchers = [{ globPattern: '**/*.py' }, { globPattern: `**/${PROJECT_FILE}` }];
      this.#later(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
    });
    connection.onDidChangeWatchedFiles(() => this.#changed());

    this.#documents.onDidOpen(({ document }) => {
      this.#files.opened(document);
      this.#changed();
    });
    this.#documents.onDidClose(({ document }) => {
      this.#files.closed(document);
      const path = this.#files.host.toPath(document.uri);
      if (path !== undefined) this.#quiet.closed(path);
      this.#changed();
    });
    this.#documents.onDidChangeContent(() => this.#schedulePush());

    connection.onHover(async ({ textDocument, position }) => this.#hover(textDocument.uri, position));
    connection.onRequest(PROGRAM_REQUEST, (params: ProgramParams) => this.#program(params));
    connection.onRequest(ASSEMBLY_REQUEST, (params: AssemblyParams) => this.#assembly(params));
    this.#documents.listen(connection);
    connection.listen();
  }

  async #load(loadCompiler: () => Promise<Compiler>): Promise<Workspace | undefined> {
    try {
      const compiler = await loadCompiler();
      return new Workspace(this.#files, compiler, (message) => this.#connection.console.error(message));
    } catch (error) {
      this.#connection.window.showErrorMessage(`PySM could not load its compiler: ${textOf(error)}`);
      return undefined;
    }
  }

  #noteEdit(
    document: TextDocument,
    change: { readonly range?: { start: { line: number }; end: { line: number } }; readonly text: string },
  ): void {
    const path = this.#files.host.toPath(document.uri);
    if (path === undefined) return;
    const startLine = change.range?.start.line ?? 0;
    const endLine = change.range ? startLine + change.text.split(/\r\n|\r|\n/).length - 1 : Number.MAX_SAFE_INTEGER;
    this.#quiet.edited(path, { startLine, endLine, time: this.#now() });
  }

  /** Something other than the text of an open file has changed: every open file may be affected. */
  #changed(): void {
    if (!this.#pullSupport) this.#schedulePush();
    else if (this.#refreshSupport) this.#scheduleRefresh(0);
  }

  // --- diagnostics: pulled

  async #pull(uri: string, isCancelled: () => boolean): Promise<DocumentDiagnosticReport> {
    const path = this.#files.host.toPath(uri);
    const workspace = await this.#workspace;
    if (path === undefined || !workspace || isCancelled()) return report([]);
    let { diagnostics, heldFor } = this.#quiet.filter(path, diagnosticsOf(workspace, path), this.#now());
    if (heldFor !== undefined && this.#refreshSupport) {
      this.#scheduleRefresh(heldFor);
    } else if (heldFor !== undefined) {
      const wait = Math.ceil(heldFor) + 1; // Timers cut fractions off.
      await new Promise((resolve) => setTimeout(resolve, wait));
      if (isCancelled()) return report(diagnostics);
      ({ diagnostics, heldFor } = this.#quiet.filter(path, diagnosticsOf(workspace, path), this.#now()));
    }
    return {
      ...report(diagnostics),
      ...(this.#relatedSupport ? { relatedDocuments: this.#related(workspace, path) } : {}),
    };
  }

  /** Files that belong to the same programs and that nobody has open, so that nobody asks for them. */
  #related(workspace: Workspace, path: string): Record<string, FullDocumentDiagnosticReport> {
    const related: Record<string, FullDocumentDiagnosticReport> = {};
    const project = workspace.projects.of(path);
    const files = workspace.programsOf(path).flatMap((program) => program.compilation.files);
    for (const file of new Set([...(project ? [project.path] : []), ...files])) {
      if (!this.#files.document(file)) related[this.#files.host.toUri(file)] = report(diagnosticsOf(workspace, file));
    }
    return related;
  }

  #scheduleRefresh(delay: number): void {
    clearTimeout(this.#refreshTimer);
    this.#refreshTimer = setTimeout(
      () => this.#later(this.#connection.languages.diagnostics.refresh()),
      Math.ceil(delay) + 1,
    );
  }

  // --- diagnostics: pushed

  #schedulePush(delay = PUSH_DELAY): void {
    if (this.#pullSupport) return;
    clearTimeout(this.#pushTimer);
    this.#pushTimer = setTimeout(() => this.#later(this.#push()), delay);
  }

  async #push(): Promise<void> {
    const workspace = await this.#workspace;
    if (!workspace) return;
    const results = new Map<string, readonly Diagnostic[]>();
    let due: number | undefined;
    for (const path of this.#files.openPaths) {
      const { diagnostics, heldFor } = this.#quiet.filter(path, diagnosticsOf(workspace, path), this.#now());
      if (heldFor !== undefined) due = Math.min(due ?? heldFor, heldFor);
      results.set(this.#files.document(path)!.uri, diagnostics);
      for (const [uri, { items }] of Object.entries(this.#related(workspace, path))) results.set(uri, items);
    }
    for (const uri of this.#pushed) if (!results.has(uri)) results.set(uri, []);
    for (const [uri, diagnostics] of results) {
      // A file that is not ours is never mentioned.
      if (diagnostics.length === 0 && !this.#pushed.has(uri)) continue;
      if (diagnostics.length > 0) this.#pushed.add(uri);
      else this.#pushed.delete(uri);
      await this.#connection.sendDiagnostics({ uri, diagnostics: [...diagnostics] });
    }
    if (due !== undefined) this.#schedulePush(Math.ceil(due) + 1);
  }

  // --- hover

  async #hover(uri: string, { line, character }: Position): Promise<Hover | null> {
    const path = this.#files.host.toPath(uri);
    const workspace = await this.#workspace;
    if (path === undefined || !workspace) return null;
    const text = path.endsWith('.pysm') ? this.#files.readText(path)?.split(/\r\n|\r|\n/)[line] : undefined;
    const value = instructionHover(text ?? '', character) ?? hoverText(workspace, path, line + 1);
    return value === undefined ? null : { contents: { kind: MarkupKind.Markdown, value } };
  }

  // --- requests of the extension

  async #program({ file, folder, optIn }: ProgramParams): Promise<ProgramResult> {
    const workspace = await this.#workspace;
    const { toPath } = this.#files.host;
    const path = file === undefined ? undefined : toPath(file);
    if (!workspace) return { program: null };
    const folderPath = folder === undefined ? undefined : toPath(folder);
    const program = programFor(workspace, path, folderPath);
    if (!optIn || path === undefined || workspace.programsOf(path).length > 0) return { program: program ?? null };
    workspace.optIn(path);
    this.#changed();
    return { program: path };
  }

  async #assembly({ uri }: AssemblyParams): Promise<AssemblyResult> {
    const path = this.#files.host.toPath(uri);
    const workspace = await this.#workspace;
    return { text: path === undefined || !workspace ? '' : assemblyText(workspace, path) };
  }

  /** Something that nobody waits for; that it fails (the client has gone) is written to the log. */
  #later(action: Promise<unknown>): void {
    action.catch((error: unknown) => this.#connection.console.log(textOf(error)));
  }
}

const report = (items: readonly Diagnostic[]): FullDocumentDiagnosticReport => ({
  kind: DocumentDiagnosticReportKind.Full,
  items: [...items],
});

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
