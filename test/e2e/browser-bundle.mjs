/** Bundles a module for a browser, where nothing of Node exists: whoever asks for a Node module makes the bundle fail. */
import { isBuiltin } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Node modules that libraries name, by package.
 *
 * - web-tree-sitter imports them in a branch that it takes under Node only: they stay imports that nobody reaches.
 * - The debug adapter's library needs an emitter, and URLs for clients that send paths as such. A web host has to give it
 *   both, as npm's `events` and a stub do.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const OF_LIBRARIES = {
  'web-tree-sitter': ['fs/promises', 'module'],
  '@vscode/debugadapter': ['events', 'url'],
};

/** Package of a file within node_modules, undefined for files of the repository's own. */
function packageOf(file) {
  const inside = file.split(/[\\/]node_modules[\\/]/).slice(1);
  return inside
    .at(-1)
    ?.match(/^(@[^\\/]+[\\/])?[^\\/]+/)?.[0]
    .replace('\\', '/');
}

/** Refuses Node's modules but for {@link OF_LIBRARIES}; adds the ones that libraries name to `named`. */
const nothingOfNode = (named) => ({
  name: 'nothing-of-node',
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
      if (!isBuiltin(path)) return undefined;
      const library = packageOf(importer);
      if (library === undefined || !OF_LIBRARIES[library]?.includes(path)) {
        return { errors: [{ text: `${basename(importer)} imports ${path}, a module of Node (${kind})` }] };
      }
      named.add(`${library}: ${path}`);
      return { path, external: true };
    });
  },
});

/**
 * Bundles for a browser; nothing is written.
 * @param {{ file: string } | { source: string }} entry an absolute path, or the text of a module at the repository's root
 * @param {'esm' | 'iife'} [format] `iife` is a script that sets the variable `bundle` to what the module exports
 * @returns {Promise<{ code: string, named: string[] }>} the bundle, and `package: module` for each Node module that a
 *   library names in it, sorted; rejects with esbuild's messages where anything else asks for one
 */
export async function bundleForBrowser(entry, format = 'esm') {
  const named = new Set();
  const { outputFiles } = await build({
    absWorkingDir: REPOSITORY,
    ...('file' in entry
      ? { entryPoints: [entry.file] }
      : { stdin: { contents: entry.source, resolveDir: REPOSITORY, sourcefile: 'entry.mjs' } }),
    bundle: true,
    write: false,
    platform: 'browser',
    target: 'es2022',
    format,
    globalName: format === 'iife' ? 'bundle' : undefined,
    plugins: [nothingOfNode(named)],
    logLevel: 'silent',
  });
  return { code: outputFiles[0].text, named: [...named].sort() };
}
