/**
 * The activation stub: all that runs in a folder that is not PySM's. It registers what has to be there when VS Code asks,
 * and loads the rest (main.ts: language client, debugging) once a PySM project or file is seen, or a PySM command is used.
 */
import { optsIn } from '@pysm/server/recognition';
import * as vscode from 'vscode';
import { declaresProject, isInProject } from './recognition.js';

type Main = typeof import('./main.js');

/** Context key by which menus, breakpoints and the debugger are offered only where there is something of PySM's. */
const CONTEXT_KEY = 'pysm.project';

let loading: Promise<Main> | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const wake = (): Promise<Main> => {
    loading ??= load(context);
    return loading;
  };
  const wakeQuietly = (): void => {
    wake().catch((error: unknown) => vscode.window.showErrorMessage(`PySM could not start: ${String(error)}`));
  };
  for (const name of ['run', 'debug', 'showAssembly'] as const) {
    const run = async (uri?: vscode.Uri): Promise<void> => (await wake())[name](uri);
    context.subscriptions.push(vscode.commands.registerCommand(`pysm.${name}`, run));
  }
  context.subscriptions.push(
    vscode.debug.registerDebugConfigurationProvider('pysm', {
      resolveDebugConfiguration: async (folder, configuration) =>
        (await wake()).resolveConfiguration(folder, configuration),
    }),
    vscode.debug.registerDebugConfigurationProvider(
      'pysm',
      { provideDebugConfigurations: async (folder) => (await wake()).initialConfigurations(folder) },
      vscode.DebugConfigurationProviderTriggerKind.Initial,
    ),
    vscode.debug.registerDebugAdapterDescriptorFactory('pysm', {
      createDebugAdapterDescriptor: async () => (await wake()).debugAdapter(context),
    }),
  );
  watchForPysm(context, wakeQuietly);
}

export async function deactivate(): Promise<void> {
  await (await loading)?.stop();
}

async function load(context: vscode.ExtensionContext): Promise<Main> {
  await vscode.commands.executeCommand('setContext', CONTEXT_KEY, true);
  const main = await import('./main.js');
  await main.start(context);
  return main;
}

/** Calls `found` once, now or later, when a folder or a document turns out to be PySM's. */
function watchForPysm(context: vscode.ExtensionContext, found: () => void): void {
  const watching: vscode.Disposable[] = [];
  const stop = (): void => {
    for (const disposable of watching.splice(0)) disposable.dispose();
  };
  const seen = (): void => {
    stop();
    found();
  };
  if ((vscode.workspace.workspaceFolders ?? []).some(isProject) || vscode.workspace.textDocuments.some(isPysm)) {
    found();
    return;
  }
  const onlyIf =
    <T>(condition: (subject: T) => boolean) =>
    (subject: T): void => {
      if (condition(subject)) seen();
    };
  watching.push(
    vscode.workspace.onDidOpenTextDocument(onlyIf(isPysm)),
    vscode.workspace.onDidSaveTextDocument(onlyIf(isPysm)),
    vscode.workspace.onDidChangeTextDocument(
      onlyIf(
        ({ document, contentChanges }) => contentChanges.some((c) => c.range.start.line === 0) && isPysm(document),
      ),
    ),
    vscode.workspace.onDidChangeWorkspaceFolders(onlyIf(({ added }) => added.some(isProject))),
  );
  context.subscriptions.push({ dispose: stop });
}

const isProject = ({ uri }: vscode.WorkspaceFolder): boolean => uri.scheme === 'file' && isInProject(uri.fsPath);

function isPysm(document: vscode.TextDocument): boolean {
  if (document.uri.scheme !== 'file') return false;
  if (document.languageId === 'pysm') return true;
  if (/[\\/]pyproject\.toml$/.test(document.uri.fsPath)) return declaresProject(document.getText());
  if (document.languageId !== 'python') return false;
  return optsIn(document.lineAt(0).text) || isInProject(vscode.Uri.joinPath(document.uri, '..').fsPath);
}
