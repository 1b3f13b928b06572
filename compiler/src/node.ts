/** The compiler under Node: resources and source files from the disk. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Compiler, CompilerResources, SourceHost } from './api.js';
import { createCompiler } from './compiler.js';

/** Where the resources lie: a bundle keeps them in one folder, the workspace in its packages. */
export interface ResourceFolders {
  /** Folder with tree-sitter-python.wasm and web-tree-sitter.wasm. */
  readonly wasm?: string;
  /** Folder with the runtime's Python modules. */
  readonly runtime?: string;
}

/** Reads the compiler's resources. Throws where a file is missing, which means a broken installation. */
export function readResources(folders: ResourceFolders = {}): CompilerResources {
  const require = createRequire(import.meta.url);
  const wasm = (pkg: string, file: string) =>
    new Uint8Array(readFileSync(folders.wasm ? join(folders.wasm, file) : require.resolve(`${pkg}/${file}`)));
  const runtimeFolder = folders.runtime ?? fileURLToPath(new URL('../../../runtime/', import.meta.url));
  const runtime: Record<string, string> = {};
  for (const file of readdirSync(runtimeFolder)) {
    if (file.endsWith('.py')) runtime[file.slice(0, -3)] = readFileSync(join(runtimeFolder, file), 'utf8');
  }
  return {
    pythonGrammar: wasm('tree-sitter-python', 'tree-sitter-python.wasm'),
    parserRuntime: wasm('web-tree-sitter', 'web-tree-sitter.wasm'),
    runtime,
  };
}

/** A compiler with the resources of this installation. */
export async function loadCompiler(folders: ResourceFolders = {}): Promise<Compiler> {
  return createCompiler(readResources(folders));
}

/** Source files on the disk; what cannot be read (missing, a folder, no permission) is undefined. */
export function nodeHost(): SourceHost {
  return {
    read(path) {
      try {
        return new Uint8Array(readFileSync(path));
      } catch {
        return undefined;
      }
    },
    resolveSibling: (from, name) => `${join(dirname(from), ...name.split('.'))}.py`,
  };
}
