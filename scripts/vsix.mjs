/**
 * The editor extension: bundles for VS Code in dist/, and build/pysm.vsix of them.
 *
 *     node scripts/vsix.mjs             both, with the RTL
 *     node scripts/vsix.mjs --bundle    dist/ only, which is what a VS Code with this folder under development loads
 *
 * The packages must have been compiled (`node scripts/build.mjs`).
 */
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildWasm } from '../rtl/build.mjs';
import { runCommand } from './code-server.mjs';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(REPOSITORY, 'dist');
const BUILD = join(REPOSITORY, 'build');
const VSIX = join(BUILD, 'pysm.vsix');

const RTL = join(REPOSITORY, 'rtl', 'build', 'rtl.wasm');

/** Longest time that vsce may take, ms. */
const PACKAGE_LIMIT = 120_000;

/** Bundle by entry: the stub that VS Code loads everywhere, and what it loads or starts where there is something of PySM's. */
const BUNDLES = { extension: 'extension', client: 'main', server: 'server', debugger: 'debugger' };

/** Fields of package.json that say something about the extension; all others are the repository's business. */
const MANIFEST_FIELDS = [
  ...['name', 'displayName', 'description', 'version', 'publisher', 'license', 'engines', 'categories', 'keywords'],
  ...['icon', 'main', 'activationEvents', 'capabilities', 'contributes'],
];

/** The stub finds main.js as the bundle beside it, and reads it only when it is needed. */
const clientApart = {
  name: 'client-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/main\.js$/ }, () => ({ path: './client.cjs', external: true }));
  },
};

/** Copies the files of a folder whose names end in `suffix`. */
async function copyFiles(from, to, suffix) {
  await mkdir(to, { recursive: true });
  const files = (await readdir(from)).filter((file) => file.endsWith(suffix));
  if (files.length === 0) throw new Error(`${from} has no ${suffix} files. Build first: node scripts/build.mjs`);
  await Promise.all(files.map((file) => cp(join(from, file), join(to, file))));
}

/**
 * Writes the bundles and what they read at run time to a folder, whose earlier content goes.
 * @param {string} [folder]
 */
export async function bundleExtension(folder = DIST) {
  await rm(folder, { recursive: true, force: true });
  await build({
    absWorkingDir: REPOSITORY,
    entryPoints: Object.fromEntries(Object.entries(BUNDLES).map(([out, entry]) => [out, `client/src/${entry}.ts`])),
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    legalComments: 'eof',
    external: ['vscode'],
    plugins: [clientApart],
    // CommonJS has no import.meta; modules that look for files beside themselves find the bundle's folder.
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
    logLevel: 'warning',
  });
  const require = createRequire(import.meta.url);
  const wasm = join(folder, 'wasm');
  await mkdir(wasm);
  for (const file of ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-python/tree-sitter-python.wasm']) {
    await cp(require.resolve(file), join(wasm, file.split('/')[1]));
  }
  await copyFiles(join(REPOSITORY, 'simulator', 'build'), wasm, '.wasm');
  // Building the RTL takes minutes, so a bundle for development has it only where it was built before.
  await cp(RTL, join(wasm, 'rtl.wasm')).catch(() => {});
  await copyFiles(join(REPOSITORY, 'runtime'), join(folder, 'runtime'), '.py');
}

/**
 * Packages the extension.
 * @returns {Promise<string>} path of the .vsix file
 */
export async function buildVsix() {
  await mkdir(BUILD, { recursive: true });
  // A folder of its own: vsce sees neither workspaces nor node_modules, and two builds at once do not meet.
  const stage = await mkdtemp(join(BUILD, 'extension-'));
  try {
    await fillStage(stage);
    const vsce = join(REPOSITORY, 'node_modules', '@vscode', 'vsce', 'vsce');
    const packed = join(stage, 'pysm.vsix');
    const args = [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--out', packed];
    const output = await runCommand(process.execPath, args, { cwd: stage, env: process.env, timeout: PACKAGE_LIMIT });
    if (/warn/i.test(output)) throw new Error(`vsce warns:\n${output}`);
    await rename(packed, VSIX);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
  return VSIX;
}

/** Puts everything that the .vsix holds into a folder. */
async function fillStage(stage) {
  await bundleExtension(join(stage, 'dist'));
  const manifest = JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8'));
  const { icon, engines } = manifest;
  const kept = Object.fromEntries(MANIFEST_FIELDS.map((field) => [field, manifest[field]]));
  const staged = { ...kept, engines: { vscode: engines.vscode }, private: true };
  await writeFile(join(stage, 'package.json'), `${JSON.stringify(staged, null, 2)}\n`);
  await writeFile(join(stage, '.vscodeignore'), '.vscodeignore\n');
  for (const file of ['LICENSE', 'CHANGELOG.md', 'syntaxes', icon]) {
    await cp(join(REPOSITORY, file), join(stage, file), { recursive: true });
  }
  await cp(join(REPOSITORY, 'client', 'README.md'), join(stage, 'README.md'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--bundle')) await bundleExtension();
  else {
    await buildWasm({ report: (line) => console.error(line) });
    console.log(await buildVsix());
  }
}
