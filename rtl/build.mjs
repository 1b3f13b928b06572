/**
 * Makes the Verilog runnable, from the sources and the harness in harness/:
 *
 *     node rtl/build.mjs             build/rtl.wasm with npm's packages alone: Yosys (CXXRTL), then Clang
 *     node rtl/build.mjs --native    build/rtl, a process several times as fast: Verilator and g++ must be installed
 *
 * Nothing is built that is there and made from the same contents by the same tools.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const HARNESS = join(FOLDER, 'harness');
const C_HEADER = join(REPOSITORY, 'host', 'include', 'pysm_isa.h');

/** Folders of the Verilog beside pysm_top.sv; a file is a module. */
const SOURCE_FOLDERS = ['core', 'io', 'arithmetic'];
/** Folders of what the sources include. */
export const INCLUDE_FOLDERS = ['include', 'core', 'io', 'arithmetic'];
/** The module that is built. */
export const TOP = 'pysm_top';

/**
 * One evaluation must settle a cycle, so no wire may depend on another bit of itself ("feedback wires"). opt_reduce,
 * which `opt` would run, makes such wires; and the wide multiplexers of the execute units' bundles are split where their
 * bits are used apart, which also lets what nobody uses go. Names are hidden because a public name keeps a bundle together.
 * memory_dff is left out (-nordff): it takes minutes, and a register behind a memory costs no more than a registered port.
 */
const SIMPLIFY = 'opt_expr -full; opt_merge; opt_muxtree; opt_clean -purge';
const BUNDLES = 't:$mux t:$pmux %u r:WIDTH>=100 %i';
const yosysScript = (files) =>
  [
    `read_verilog -sv ${INCLUDE_FOLDERS.map((folder) => `-I${folder}`).join(' ')} ${files.join(' ')}`,
    `hierarchy -check -top ${TOP}`,
    `proc; flatten; ${SIMPLIFY}; opt_dff; memory -nomap -nordff; rename -hide; ${SIMPLIFY}; opt_dff; ${SIMPLIFY}`,
    `splitcells ${BUNDLES}; opt_clean -purge; ${SIMPLIFY}; splitnets -driver`,
    'write_cxxrtl -O6 -g0 -header design.cc',
  ].join('; ');

const CLANG = [
  ...['clang++', '-O2', '-std=c++17', '-fno-exceptions', '-fno-rtti', '-mexec-model=reactor', '-Wl,--no-entry'],
  ...['-Wl,--strip-all', '-I.', '-Iinclude', '-o', 'rtl.wasm', 'wasm.cc', 'design.cc'],
];

/** Also random values at the start are possible: +verilator+rand+reset+2. */
const VERILATOR = [
  ...['--cc', '--exe', '--build', '-O3', '--x-assign', 'fast', '--x-initial', 'unique', '--noassert', '-Wno-fatal'],
  ...['-MAKEFLAGS', 'OPT_FAST=-O3 OPT_SLOW=-O1 OPT_GLOBAL=-O2', '--top-module', TOP, '-o', 'rtl'],
];
const CPP_FLAGS = '-O3 -std=c++17';

/** Longest time for Verilator and g++, ms. */
const NATIVE_LIMIT = 10 * 60_000;

const names = async (folder, suffix) =>
  (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(suffix)).sort();

/** Contents of the files of `folders` under `root` whose names end in `suffix`, by path. */
async function contents(root, folders, suffix) {
  const files = {};
  for (const folder of folders) {
    for (const name of await names(join(root, folder), suffix)) {
      files[`${folder}/${name}`] = await readFile(join(root, folder, name), 'utf8');
    }
  }
  return files;
}

/** Everything that is built from: Verilog, its includes, and the harness with the C header. */
export async function readSources(root) {
  const top = await readFile(join(root, `${TOP}.sv`), 'utf8').catch(() => {
    throw new Error(`${join(root, `${TOP}.sv`)} is missing: there is no core to build.`);
  });
  const modules = { ...(await contents(root, SOURCE_FOLDERS, '.sv')), [`${TOP}.sv`]: top };
  const includes = await contents(root, INCLUDE_FOLDERS, '.svh');
  const harness = { 'pysm_isa.h': await readFile(C_HEADER, 'utf8') };
  for (const name of [...(await names(HARNESS, '.h')), ...(await names(HARNESS, '.cc'))]) {
    harness[name] = await readFile(join(HARNESS, name), 'utf8');
  }
  return { modules, includes, harness };
}

function fingerprint(sources, tools) {
  const hash = createHash('sha256').update(JSON.stringify(tools));
  for (const files of Object.values(sources)) hash.update(JSON.stringify(files));
  return hash.digest('hex');
}

/** A folder tree as Yosys and Clang take it, of files by path. */
export function tree(files) {
  const root = {};
  for (const [path, content] of Object.entries(files)) {
    const parts = path.split('/');
    const name = parts.pop();
    let folder = root;
    for (const part of parts) {
      folder[part] ??= {};
      folder = folder[part];
    }
    folder[name] = content;
  }
  return root;
}

/** Statements' lines that go into one function of the design. */
const CHUNK = 200;

/**
 * CXXRTL's code with its one function of ten thousand lines, eval(), cut into pieces: Clang's time grows faster than a
 * function's length, from seconds to a quarter of an hour here. What eval() declares becomes members.
 * @param {{ 'design.cc': string, 'design.h': string }} design
 */
export function cutEval({ 'design.cc': source, 'design.h': header }) {
  const [, before, body, after] =
    /^([\s\S]*?::eval\(.*\n(?:\tbool .*\n)+)([\s\S]*?)(\treturn converged;\n[\s\S]*)$/.exec(source) ?? [];
  if (body === undefined || /\bconverged\b/.test(body)) throw new Error('CXXRTL made an eval() of an unknown form.');
  const name = /(\w+)::eval\(/.exec(before)[1];
  const declarations = [];
  const chunks = [[]];
  for (const line of body.split('\n')) {
    if (/^\tvalue<\d+> \w+;$/.test(line)) {
      declarations.push(line);
      continue;
    }
    // A statement and what it declares stand below the comment that names its cell.
    if (/^\t\/\/ (cell|connection)/.test(line) && chunks.at(-1).length >= CHUNK) chunks.push([]);
    if (!/^\s*\/\//.test(line)) chunks.at(-1).push(line);
  }
  const signature = (chunk) => `eval_${chunk}([[maybe_unused]] bool posedge_p_clk)`;
  const functions = chunks.map((lines, i) => `void ${name}::${signature(i)} {\n${lines.join('\n')}\n}\n`);
  const [start] = /^bool \w+::eval\([\s\S]*$/m.exec(before);
  const calls = chunks.map((_, i) => `\teval_${i}(posedge_p_clk);\n`).join('');
  const members = [...declarations, ...chunks.map((_, i) => `\tvoid ${signature(i)};`)].join('\n');
  return {
    'design.cc': before.slice(0, -start.length) + functions.join('\n') + start + calls + after,
    'design.h': header.replace(/^\tbool eval\(/m, `${members}\n$&`),
  };
}

/** Runs one of the tools that are WebAssembly themselves; what it printed is the Error's message if it fails. */
export async function runTool(what, tool, args, files) {
  let printed = '';
  const write = (bytes) => {
    if (bytes) printed += Buffer.from(bytes).toString();
  };
  try {
    return { files: await tool(args, files, { stdout: write, stderr: write, fetchProgress: () => {} }), printed };
  } catch (error) {
    throw new Error(`${printed.trim()}\n${what} failed (${error.message}).`);
  }
}

const packageVersion = async (name) =>
  JSON.parse(await readFile(join(REPOSITORY, 'node_modules', name, 'package.json'), 'utf8')).version;

/** The result of `make` at `out`, unless it is there and its stamp is `hash`. Returns whether it was made. */
async function unlessCurrent(out, hash, make) {
  const stamp = `${out}.stamp`;
  if (existsSync(out) && (await readFile(stamp, 'utf8').catch(() => '')) === hash) return false;
  await mkdir(join(out, '..'), { recursive: true });
  await rm(stamp, { force: true });
  await make();
  await writeFile(stamp, hash);
  return true;
}

/**
 * Builds the WebAssembly module.
 * @param {{ root?: string, out?: string, report?: (line: string) => void }} [options] folder of the Verilog, and the file
 * @returns {Promise<string>} path of the module
 */
export async function buildWasm({ root = FOLDER, out = join(FOLDER, 'build', 'rtl.wasm'), report = () => {} } = {}) {
  const sources = await readSources(root);
  const versions = [await packageVersion('@yowasp/yosys'), await packageVersion('@yowasp/clang')];
  const script = yosysScript(Object.keys(sources.modules));
  await unlessCurrent(out, fingerprint(sources, [script, CLANG, versions]), async () => {
    report('Building the RTL as WebAssembly (only when it changed; a minute or two)');
    const { runYosys } = await import('@yowasp/yosys');
    // The package does not export its resources, and CXXRTL's headers are among them.
    const resources = new URL('resources-yosys.js', import.meta.resolve('@yowasp/yosys'));
    const { filesystem } = await import(resources.href);
    const verilog = tree({ ...sources.modules, ...sources.includes });
    const yosys = await runTool('Yosys', runYosys, ['-q', '-p', script], verilog);
    if (/feedback wires/.test(yosys.printed)) {
      throw new Error(
        `${yosys.printed.trim()}\nThe harness evaluates a cycle once, which needs a design without them.`,
      );
    }
    const { runClang, runLLVM } = await import('@yowasp/clang');
    // Reads its parts without telling standard output of its progress.
    await runLLVM(null, {}, { fetchProgress: () => {} });
    const include = filesystem.share.include.backends.cxxrtl.runtime;
    const design = cutEval(yosys.files);
    const clang = await runTool('Clang', runClang, CLANG, { ...tree(sources.harness), ...design, include });
    const scratch = await mkdtemp(join(out, '..', 'rtl-'));
    await writeFile(join(scratch, 'rtl.wasm'), clang.files['rtl.wasm']);
    await rename(join(scratch, 'rtl.wasm'), out);
    await rm(scratch, { recursive: true });
  });
  return out;
}

/**
 * Builds the native process.
 * @param {{ root?: string, out?: string, report?: (line: string) => void }} [options] folder of the Verilog, and the file
 * @returns {Promise<string>} path of the executable
 */
export async function buildNative({ root = FOLDER, out = join(FOLDER, 'build', 'rtl'), report = () => {} } = {}) {
  const sources = await readSources(root);
  const run = promisify(execFile);
  const version = await run('verilator', ['--version']).catch(() => {
    throw new Error('Verilator is not installed: apt-get install -y --no-install-recommends verilator g++ make');
  });
  await unlessCurrent(out, fingerprint(sources, [VERILATOR, CPP_FLAGS, version.stdout]), async () => {
    report('Building the RTL with Verilator (only when it changed)');
    await mkdir(join(out, '..'), { recursive: true });
    const scratch = await mkdtemp(join(out, '..', 'verilator-'));
    try {
      const flags = `${CPP_FLAGS} -I${HARNESS} -I${join(C_HEADER, '..')}`;
      const args = [
        ...[...VERILATOR, '--Mdir', scratch, '-j', String(Math.min(2, availableParallelism())), '-CFLAGS', flags],
        ...INCLUDE_FOLDERS.map((folder) => `-I${join(root, folder)}`),
        ...Object.keys(sources.modules).map((file) => join(root, file)),
        join(HARNESS, 'native.cc'),
      ];
      await run('verilator', args, { timeout: NATIVE_LIMIT, maxBuffer: 64 * 1024 * 1024 }).catch((error) => {
        throw new Error(`${error.stdout}\n${error.stderr}\nVerilator failed.`);
      });
      await rename(join(scratch, basename('rtl')), out);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  });
  return out;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const native = process.argv.includes('--native');
  const report = process.argv.includes('--quiet') ? () => {} : (line) => console.error(line);
  await (native ? buildNative : buildWasm)({ report }).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
