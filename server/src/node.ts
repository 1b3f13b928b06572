/** The language server as a Node process: over standard input and output, Node IPC or a socket, as its arguments say. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Compiler } from '@pysm/compiler';
import { type Connection, createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { FileHost } from './files.js';
import { startServer } from './server.js';

/** The file system of this machine. */
export function nodeFileHost(): FileHost {
  return {
    read: (path) => attempt(() => readFileSync(path)),
    stamp: (path) =>
      attempt(() => {
        const stat = statSync(path);
        return stat.isFile() ? `${stat.mtimeMs} ${stat.size}` : undefined;
      }),
    parent: (path) => (dirname(path) === path ? undefined : dirname(path)),
    join: (folder, relative) => resolve(folder, relative),
    resolveSibling: (fromPath, name) => `${join(dirname(fromPath), ...name.split('.'))}.py`,
    toPath: (uri) => (uri.startsWith('file:') ? attempt(() => fileURLToPath(uri)) : undefined),
    toUri: (path) => pathToFileURL(path).href,
  };
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined; // No such file, or none that may be read: the same to whoever asks.
  }
}

/**
 * Serves a connection. Without one it is made from the process's arguments: `--stdio`, `--node-ipc`, `--socket=PORT`.
 */
export function serve(loadCompiler: () => Promise<Compiler>, connection?: Connection): void {
  startServer({ connection: connection ?? createConnection(ProposedFeatures.all), host: nodeFileHost(), loadCompiler });
}
