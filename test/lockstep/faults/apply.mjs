/** Copies of the Verilog and the simulator with a fault in them. */

import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Folders of the Verilog, and what the simulator is built from. */
const RTL = ['core', 'io', 'arithmetic', 'include', 'pysm_top.sv'];
const SIMULATOR = ['assembly', 'generate', 'build.mjs', 'package.json'];
/** Longest time of a build of the simulator, ms. */
const BUILD_LIMIT = 5 * 60_000;

/**
 * The text of a fault's file with the fault in it. Throws where the text to replace does not occur exactly once: then
 * the source has changed and the list must follow.
 * @param {import('./list.mjs').Fault} fault
 */
export async function faultyText({ file, name, search, replace }) {
  const text = await readFile(join(ROOT, file), 'utf8');
  const found = text.split(search).length - 1;
  if (found !== 1) throw new Error(`${file} has the text of the fault "${name}" ${found} times, not once`);
  return text.replace(search, () => replace);
}

/** Copies the Verilog into a folder and puts a fault into it. */
export async function faultyRtl(folder, fault) {
  await mkdir(folder, { recursive: true });
  for (const part of RTL) await cp(join(ROOT, 'rtl', part), join(folder, part), { recursive: true });
  await writeFile(join(folder, fault.file.slice('rtl/'.length)), await faultyText(fault));
  return folder;
}

/** Builds a simulator with a fault in a folder; path of its WebAssembly. */
export async function faultySimulator(folder, fault) {
  const copy = join(folder, 'simulator');
  await mkdir(copy, { recursive: true });
  for (const part of SIMULATOR) await cp(join(ROOT, 'simulator', part), join(copy, part), { recursive: true });
  for (const shared of ['isa', 'node_modules']) await symlink(join(ROOT, shared), join(folder, shared));
  await writeFile(join(folder, fault.file), await faultyText(fault));
  await promisify(execFile)(process.execPath, [join(copy, 'build.mjs')], { timeout: BUILD_LIMIT });
  return join(copy, 'build', 'simulator.wasm');
}
