/** What must run in a browser worker imports nothing of Node, and loads where there are no globals of Node either. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createContext, Script } from 'node:vm';
import { bundleForBrowser } from '../e2e/browser-bundle.mjs';

const entryOf = (name) => fileURLToPath(new URL(`../../${name}/dist/src/index.js`, import.meta.url));

const PARSER = ['web-tree-sitter: fs/promises', 'web-tree-sitter: module'];

/** Packages that run in a worker, and Node modules that libraries name in their bundles. */
const PACKAGES = [
  { name: 'isa', named: [] },
  { name: 'compiler', named: PARSER },
  { name: 'simulator', named: [] },
  { name: 'server', named: PARSER },
  { name: 'debugger', named: ['@vscode/debugadapter: events', '@vscode/debugadapter: url'] },
];

/** What a worker has beside the language itself, as far as modules use it while they load. */
const WORKER_GLOBALS = { TextDecoder, TextEncoder, URL, WebAssembly, performance, queueMicrotask, setTimeout };

/** Modules that a web host of the debug adapter stands in for. */
const STAND_INS = { events: { EventEmitter: class {} }, url: {} };

/** Loads a bundle where there is nothing of Node and returns the names that it exports. */
function load(code) {
  const context = createContext({ ...WORKER_GLOBALS });
  context.self = context;
  // esbuild's bundles call what they leave out through a `require` that is in scope.
  context.require = (name) => STAND_INS[name] ?? assert.fail(`asks for ${name} while it loads`);
  new Script(`${code}\nself.exported = Object.keys(bundle)`).runInContext(context);
  return [...context.exported];
}

describe('browser bundle', () => {
  for (const { name, named } of PACKAGES) {
    it(`of ${name} has nothing of Node`, async () => {
      const file = entryOf(name);
      const bundle = await bundleForBrowser({ file }, 'iife');
      assert.deepEqual(bundle.named, named);
      const exported = load(bundle.code);
      assert.deepEqual(exported.sort(), Object.keys(await import(file)).sort());
    });
  }

  for (const [what, source] of [
    ['a prefixed module', "import 'node:fs';"],
    ['a module without prefix', "import { join } from 'path'; console.log(join);"],
    ['a subpath', "import 'fs/promises';"],
    ['a lazy import', "export const read = () => import('node:fs/promises');"],
    ['a require', "require('net');"],
    ["a package's entry for Node", "import '@pysm/simulator/node';"],
  ]) {
    it(`is refused for ${what}`, async () => {
      await assert.rejects(bundleForBrowser({ source }), /imports .*, a module of Node/);
    });
  }
});
