/**
 * Loads the activation stub as VS Code's extension host does, with just enough of its interface, and prints as JSON what
 * it cost and what it did. Arguments: the stub, and the workspace folder.
 */
const Module = require('node:module');

const [stub, folder] = process.argv.slice(2);
const calls = [];
const disposable = { dispose() {} };
const event = () => disposable;
const note =
  (name) =>
  (...args) => {
    calls.push([name, ...args.filter((arg) => typeof arg === 'string' || typeof arg === 'boolean')]);
    return name.startsWith('register') ? disposable : Promise.resolve();
  };
const vscode = {
  workspace: {
    workspaceFolders: [{ uri: { scheme: 'file', fsPath: folder } }],
    textDocuments: [],
    onDidOpenTextDocument: event,
    onDidSaveTextDocument: event,
    onDidChangeTextDocument: event,
    onDidChangeWorkspaceFolders: event,
  },
  commands: { registerCommand: note('registerCommand'), executeCommand: note('executeCommand') },
  debug: {
    registerDebugConfigurationProvider: note('registerDebugConfigurationProvider'),
    registerDebugAdapterDescriptorFactory: note('registerDebugAdapterDescriptorFactory'),
  },
  window: { showErrorMessage: note('showErrorMessage') },
  DebugConfigurationProviderTriggerKind: { Initial: 1 },
};
const load = Module._load;
Module._load = (request, ...rest) => (request === 'vscode' ? vscode : load(request, ...rest));

const start = performance.now();
require(stub).activate({ subscriptions: [] });
const milliseconds = performance.now() - start;
setImmediate(() => {
  const loaded = Object.keys(require.cache).filter((path) => path.endsWith('.cjs') && path !== __filename);
  process.stdout.write(JSON.stringify({ milliseconds, calls, loaded }), () => process.exit());
});
