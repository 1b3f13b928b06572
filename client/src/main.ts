/**
 * The extension proper, loaded where there is something of PySM's: starts the language server, resolves debug
 * configurations, runs commands. Knows neither compiler nor simulator: those run in processes of their own.
 */

import {
  ASSEMBLY_REQUEST,
  type AssemblyParams,
  type AssemblyResult,
  PROGRAM_REQUEST,
  type ProgramParams,
  type ProgramResult,
} from '@pysm/server/requests';
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

const ASSEMBLY_SCHEME = 'pysm-assembly';

let client: LanguageClient | undefined;

/** Starts the language server; resolves when it answers. */
export async function start(context: vscode.ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/server.cjs');
  const options = { module, transport: TransportKind.ipc } as const;
  client = new LanguageClient(
    'pysm',
    'PySM',
    { run: options, debug: options },
    {
      documentSelector: [
        { scheme: 'file', language: 'python' },
        { scheme: 'file', language: 'pysm' },
        { scheme: 'file', pattern: '**/pyproject.toml' },
      ],
      diagnosticCollectionName: 'pysm',
    },
  );
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(ASSEMBLY_SCHEME, { provideTextDocumentContent: assemblyOf }),
  );
  await client.start();
}

/** Ends the language server. */
export async function stop(): Promise<void> {
  await client?.stop();
}

/** The debug adapter is a process of its own: a program that runs for ever does not hold up the editor's extensions. */
export function debugAdapter(context: vscode.ExtensionContext): vscode.DebugAdapterDescriptor {
  const env = { ELECTRON_RUN_AS_NODE: '1' };
  return new vscode.DebugAdapterExecutable(process.execPath, [context.asAbsolutePath('dist/debugger.cjs')], { env });
}

/**
 * Completes a configuration of type `pysm`, and the empty one of F5 without a launch.json where the file is PySM's.
 * Any other configuration is left alone.
 */
export async function resolveConfiguration(
  folder: vscode.WorkspaceFolder | undefined,
  configuration: vscode.DebugConfiguration,
): Promise<vscode.DebugConfiguration | undefined> {
  if (configuration.type === 'pysm') {
    const program = configuration['program'] ?? (await programOf(folder));
    if (program) return { ...configuration, program };
    vscode.window.showErrorMessage(
      'PySM: no program to debug. Open a Python file, or name one as `program` in launch.json.',
    );
    return undefined;
  }
  const isEmpty = !configuration.type && !configuration.request && !configuration.name;
  const program = isEmpty ? await programOf(folder) : undefined;
  return program ? launchConfiguration(program) : configuration;
}

/** Configurations that a new launch.json starts with. */
export async function initialConfigurations(
  folder: vscode.WorkspaceFolder | undefined,
): Promise<vscode.DebugConfiguration[]> {
  const program = await programOf(folder);
  const relative = program && folder ? vscode.workspace.asRelativePath(program, false) : undefined;
  // VS Code puts in the folder, or the active file, when the configuration is used.
  const portable = relative ? `\${workspaceFolder}/${relative}` : `\${file}`;
  return [{ ...launchConfiguration(portable), jumpers: [] }];
}

export async function run(uri?: vscode.Uri): Promise<void> {
  await launch(uri, true);
}

export async function debug(uri?: vscode.Uri): Promise<void> {
  await launch(uri, false);
}

/** Opens the assembly of a Python file beside it. */
export async function showAssembly(uri?: vscode.Uri): Promise<void> {
  const source = uri ?? vscode.window.activeTextEditor?.document.uri;
  if (source?.scheme !== 'file') {
    vscode.window.showErrorMessage('PySM: open a Python file to see its assembly.');
    return;
  }
  const target = source.with({ scheme: ASSEMBLY_SCHEME, path: `${source.path}.pysm`, query: source.toString() });
  const document = await vscode.workspace.openTextDocument(target);
  await vscode.languages.setTextDocumentLanguage(document, 'pysm');
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}

async function assemblyOf(uri: vscode.Uri): Promise<string> {
  const params: AssemblyParams = { uri: uri.query };
  const answer = await client?.sendRequest<AssemblyResult>(ASSEMBLY_REQUEST, params);
  return answer?.text ?? '';
}

async function launch(uri: vscode.Uri | undefined, noDebug: boolean): Promise<void> {
  const active = uri ?? vscode.window.activeTextEditor?.document.uri;
  const folder = active ? vscode.workspace.getWorkspaceFolder(active) : vscode.workspace.workspaceFolders?.[0];
  const program = await programOf(folder, active, true);
  if (!program) {
    vscode.window.showErrorMessage('PySM: open a Python file to run it.');
    return;
  }
  await vscode.debug.startDebugging(folder, launchConfiguration(program), { noDebug });
}

const launchConfiguration = (program: string): vscode.DebugConfiguration => ({
  type: 'pysm',
  request: 'launch',
  name: 'PySM: simulator',
  program,
});

/**
 * Path of the program to start: one that the file belongs to, else the first entry of the folder's project. A command
 * (`optIn`) makes a Python file of nobody's one of PySM's.
 */
async function programOf(
  folder: vscode.WorkspaceFolder | undefined,
  file = vscode.window.activeTextEditor?.document.uri,
  optIn = false,
): Promise<string | undefined> {
  const isCode = file?.scheme === 'file' && /\.(py|pysm)$/.test(file.path);
  const params: ProgramParams = {
    ...(isCode ? { file: file.toString() } : {}),
    ...(folder?.uri.scheme === 'file' ? { folder: folder.uri.toString() } : {}),
    optIn,
  };
  const answer = await client?.sendRequest<ProgramResult>(PROGRAM_REQUEST, params);
  return answer?.program ?? undefined;
}
