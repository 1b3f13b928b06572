/**
 * Makes the Verilog runnable, from the sources and the harness in harness/:
 *
 *     node rtl/build.mjs             build/rtl.wasm with npm's packages alone: Yosys, netlist/, then Clang
 *     node rtl/build.mjs --native    build/rtl, a process several times as fast: Verilator and g++ must be installed
 *
 * Nothing is built that is there and made from the same contents by the same tools.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { translate } from './netlist/index.mjs';

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
 * memory_dff is left out (-nordff): it takes minutes, and a register behind a memory is as good as a registered port.
 * Names are hidden because a public name keeps wires that nobody uses. A multiplexer with an undefined case stays (no
 * -mux_undef): the translator takes its select for the condition under which the other case is computed.
 */
const SIMPLIFY = 'opt_expr -undriven -mux_bool -fine; opt_merge; opt_muxtree; opt_clean -purge';
/** From processes to the netlist that netlist/ translates. */
export const TO_NETLIST = `proc; flatten; ${SIMPLIFY}; opt_dff; memory -nomap -nordff; rename -hide; ${SIMPLIFY}; opt_dff; ${SIMPLIFY}`;
const yosysScript = (files) =>
  [
    `read_verilog -sv ${INCLUDE_FOLDERS.map((folder) => `-I${folder}`).join(' ')} ${files.join(' ')}`,
    `hierarchy -check -top ${TOP}`,
    TO_NETLIST,
    'write_json design.json',
  ].join('; ');

/**
 * Pins and the UART line may follow the outputs of the same cycle; only flip-flops take them. What the retire port, the
 * write beats, the console and the debug bus say is looked at while they say that it is valid.
 */
const TRANSLATION = {
  name: 'Design',
  clock: 'clk',
  reset: 'rst',
  late: ['pin_in', 'uart_rx'],
  qualifiers: {
    dbg_rdata: 'dbg_ack',
    ...Object.fromEntries(['rt', 'sw', 'dw', 'gw', 'rw', 'tw', 'con'].map((port) => [`${port}_`, `${port}_valid`])),
  },
};

const CLANG = [
  ...['clang++', '-O2', '-std=c++17', '-fno-exceptions', '-fno-rtti', '-mexec-model=reactor', '-Wl,--no-entry'],
  ...['-Wl,--strip-all', '-I.', '-o', 'rtl.wasm', 'wasm.cc', 'design.cc'],
];

/**
 * A clock cycle is one function in one file, so that what does not outlive it stays in registers of the processor; branches
 * do better than tables of small functions, which make an index first. Also random values at the start are possible:
 * +verilator+rand+reset+2.
 */
const VERILATOR = [
  ...['--output-split', '0', '--output-split-cfuncs', '0', '-fno-table'],
  ...['--cc', '--exe', '-O3', '--x-assign', 'fast', '--x-initial', 'unique', '--noassert', '-Wno-fatal'],
  ...['--top-module', TOP, '-o', 'rtl'],
];
/** The process runs where it was made: the fingerprint knows the processor. */
const CPP_FLAGS = '-O3 -march=native -std=c++17';
/**
 * The process is compiled twice: what it counts in the loop of harness/training.h the first time tells g++ how to lay out
 * the code, which makes it a seventh to a third faster. What that loop does not reach is compiled as if nothing were known
 * of it.
 */
const COUNTING = '-fprofile-generate';
const COUNTED = '-fprofile-use -fprofile-partial-training -Wno-missing-profile';
const MAKE = ['OPT_FAST=-O3', 'OPT_SLOW=-O1', 'OPT_GLOBAL=-O2'];

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
  const translator = await contents(FOLDER, ['netlist'], '.mjs');
  await unlessCurrent(
    out,
    fingerprint({ ...sources, translator }, [script, TRANSLATION, CLANG, versions]),
    async () => {
      report('Building the RTL as WebAssembly (only when it changed; a minute or two)');
      const { runYosys } = await import('@yowasp/yosys');
      const verilog = tree({ ...sources.modules, ...sources.includes });
      const yosys = await runTool('Yosys', runYosys, ['-q', '-p', script], verilog);
      const { header, source } = translate(JSON.parse(yosys.files['design.json']).modules[TOP], TRANSLATION);
      const { runClang, runLLVM } = await import('@yowasp/clang');
      // Reads its parts without telling standard output of its progress.
      await runLLVM(null, {}, { fetchProgress: () => {} });
      const files = { ...tree(sources.harness), 'design.h': header, 'design.cc': source };
      const clang = await runTool('Clang', runClang, CLANG, files);
      const scratch = await mkdtemp(join(out, '..', 'rtl-'));
      await writeFile(join(scratch, 'rtl.wasm'), clang.files['rtl.wasm']);
      await rename(join(scratch, 'rtl.wasm'), out);
      await rm(scratch, { recursive: true });
    },
  );
  return out;
}

/**
 * Builds the native process.
 * @param {{ root?: string, out?: string, profile?: boolean, report?: (line: string) => void }} [options] folder of the
 * Verilog, and the file; without `profile` it is compiled once, in half the time, for a short use
 * @returns {Promise<string>} path of the executable
 */
export async function buildNative({
  root = FOLDER,
  out = join(FOLDER, 'build', 'rtl'),
  profile = true,
  report = () => {},
} = {}) {
  const sources = await readSources(root);
  const run = promisify(execFile);
  const version = await run('verilator', ['--version']).catch(() => {
    throw new Error('Verilator is not installed: apt-get install -y --no-install-recommends verilator g++ make');
  });
  await unlessCurrent(
    out,
    fingerprint(sources, [VERILATOR, CPP_FLAGS, COUNTING, COUNTED, MAKE, profile, version.stdout, cpus()[0]?.model]),
    async () => {
      report('Building the RTL with Verilator (only when it changed)');
      await mkdir(join(out, '..'), { recursive: true });
      const scratch = await mkdtemp(join(out, '..', 'verilator-'));
      try {
        const flags = `${CPP_FLAGS} -I${HARNESS} -I${join(C_HEADER, '..')}`;
        const args = [
          ...[...VERILATOR, '--Mdir', scratch, '-CFLAGS', flags],
          ...INCLUDE_FOLDERS.map((folder) => `-I${join(root, folder)}`),
          ...Object.keys(sources.modules).map((file) => join(root, file)),
          join(HARNESS, 'native.cc'),
        ];
        const step = (what, command, ...rest) =>
          run(command, rest, { cwd: scratch, timeout: NATIVE_LIMIT, maxBuffer: 64 * 1024 * 1024 }).catch((error) => {
            throw new Error(`${error.stdout}\n${error.stderr}\n${what} failed.`);
          });
        const compile = (counters) =>
          step(
            ...['g++', 'make', '-j', String(Math.min(2, availableParallelism())), '-f', `V${TOP}.mk`, ...MAKE],
            ...[`USER_CPPFLAGS=${flags} ${counters}`, `USER_LDFLAGS=${counters}`],
          );
        await step('Verilator', 'verilator', ...args);
        if (profile) {
          await compile(COUNTING);
          await step('The loop of harness/training.h', './rtl', '+train');
          for (const name of await readdir(scratch)) if (/\.[oa]$|^rtl$/.test(name)) await rm(join(scratch, name));
          await compile(COUNTED);
        } else await compile('');
        await rename(join(scratch, basename('rtl')), out);
      } finally {
        await rm(scratch, { recursive: true, force: true });
      }
    },
  );
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
