/**
 * Builds the core with its bench for Icarus Verilog, which must be installed.
 *
 * Icarus wakes an always_comb whenever any bit of a variable that it reads a part of is assigned, even for no time: a
 * block that first sets its results to nothing and then to what they were wakes others, and these wake it again, for ever.
 * So Icarus gets a copy of the sources in which each such block works on variables of its own and assigns its results once,
 * at its end, which is no event where they did not change. It means the same.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { INCLUDE_FOLDERS, readSources } from '../build.mjs';

const RTL = fileURLToPath(new URL('..', import.meta.url));
const BENCH = fileURLToPath(new URL('pysm_bench.sv', import.meta.url));

/** Ending of the names of a block's own variables. */
const OWN = '__once';

/** Position behind the `end` of the block whose `begin` is at `from`. */
function blockEnd(text, from) {
  const token = /\b(begin|end)\b/g;
  token.lastIndex = from;
  for (let depth = 0, found = token.exec(text); found; found = token.exec(text)) {
    depth += found[1] === 'begin' ? 1 : -1;
    if (depth === 0) return token.lastIndex;
  }
  throw new Error('a block has no end');
}

/** Types of a module's ports and variables by name; those that are no logic vector or structure are left out. */
function declarations(module) {
  const types = new Map();
  // One declaration after the other, whether they end with semicolons, or as ports with commas.
  const declaration =
    /(?:^|[;,(\n])\s*(?:(?:input|output)\s+)?((?:logic|reg|[a-z]\w*_t)\b(?:\s+signed)?(?:\s*\[[^\]]+\])?)\s+([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)(?=\s*[;,)=\n])/g;
  for (let found = declaration.exec(module); found; found = declaration.exec(module)) {
    for (const name of found[2].split(',')) types.set(name.trim(), found[1]);
  }
  return types;
}

/** Names that a block assigns. */
function assigned(block) {
  const names = new Set();
  const statement = /(?:\b(?:begin|else|end|endcase)\b|[;:)])\s*([A-Za-z_]\w*)\s*(?:\[[^=;]*\]|\.\w+)*\s*=(?!=)/g;
  for (let found = statement.exec(block); found; found = statement.exec(block)) {
    names.add(found[1]);
    statement.lastIndex = found.index + found[0].length - 1;
  }
  for (const [, list] of block.matchAll(/[;\s]\{([\w\s,[\]:.]+)\}\s*=(?!=)/g)) {
    for (const [name] of list.matchAll(/(?<![.\w[:])[A-Za-z_]\w*/g)) names.add(name);
  }
  return names;
}

/** A module in which every always_comb assigns each of its results once. No two blocks may write one variable anyway. */
function assigningOnce(module) {
  const types = declarations(module);
  let result = '';
  let at = 0;
  for (const { index } of module.matchAll(/\balways_comb\s+begin\b/g)) {
    const end = blockEnd(module, module.indexOf('begin', index));
    let block = module.slice(index, end);
    const names = [...assigned(block)].filter((name) => types.has(name));
    for (const name of names) block = block.replace(new RegExp(`(?<![.\\w$])${name}\\b`, 'g'), `${name}${OWN}`);
    const own = names.map((name) => `${types.get(name)} ${name}${OWN};\n`).join('');
    const results = names.map((name) => `${name} = ${name}${OWN};\n`).join('');
    result += `${module.slice(at, index)}${own}${block.slice(0, -'end'.length)}${results}end`;
    at = end;
  }
  return result + module.slice(at);
}

/**
 * Gives every always_comb of a preprocessed source results that it assigns once.
 * @param {string} source
 */
export const withoutGlitches = (source) =>
  source.replace(/\/\/.*$/gm, '').replace(/\bmodule\b[\s\S]*?\bendmodule\b/g, assigningOnce);

/**
 * @param {{ root?: string, out?: string, report?: (line: string) => void }} [options] folder of the Verilog, and the file
 * @returns {Promise<string>} path of the program for vvp
 */
export async function buildIcarus({ root = RTL, out = join(RTL, 'build', 'rtl.vvp'), report = () => {} } = {}) {
  const run = promisify(execFile);
  const { modules } = await readSources(root);
  report('Building the RTL for Icarus');
  const scratch = await mkdtemp(join(tmpdir(), 'pysm-icarus-'));
  const options = { maxBuffer: 64 * 1024 * 1024 };
  try {
    const whole = join(scratch, 'whole.sv');
    const files = Object.keys(modules).map((file) => join(root, file));
    const include = INCLUDE_FOLDERS.map((folder) => `-I${join(root, folder)}`);
    await run('iverilog', ['-g2012', '-E', '-o', whole, ...include, BENCH, ...files], options);
    await writeFile(whole, withoutGlitches(await readFile(whole, 'utf8')));
    await mkdir(join(out, '..'), { recursive: true });
    // It says of every part of a variable that it watches the whole: see above.
    const program = join(scratch, 'program');
    await run('iverilog', ['-g2012', '-s', 'pysm_bench', '-o', program, whole], options).catch((error) => {
      throw new Error(`${error.stderr.replace(/^.*sorry: constant selects.*\n/gm, '')}\nIcarus refuses the Verilog.`);
    });
    await writeFile(`${out}.new`, await readFile(program));
    await rename(`${out}.new`, out);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return out;
}
