/** The Verilog that the report is about, and the tools it goes through. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { INCLUDE_FOLDERS, readSources, runTool, TOP, tree } from '../build.mjs';

export { TOP };

/** Folder of the Verilog. */
export const FOLDER = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs Verilator's lint with every warning, less those that lint.vlt waives.
 * @returns {Promise<string>} what it printed; empty when the sources are clean
 */
export async function verilatorLint() {
  const { modules } = await readSources(FOLDER);
  const path = (file) => join(FOLDER, file);
  const includes = INCLUDE_FOLDERS.map((folder) => `-I${path(folder)}`);
  const files = [path('lint.vlt'), ...Object.keys(modules).map(path)];
  const run = promisify(execFile);
  return run('verilator', ['--lint-only', '-Wall', '--top-module', TOP, ...includes, ...files]).then(
    () => '',
    (error) => {
      if (error.code === 'ENOENT') {
        throw new Error('Verilator is not installed: apt-get install -y --no-install-recommends verilator');
      }
      return error.stderr.trim();
    },
  );
}

/** The memory that is laid out anew for Xilinx 7 series. */
const MEMORY = 'pysm_deep_ram.sv';

/**
 * Runs npm's Yosys.
 * @param {string} script commands; READ stands for reading the Verilog, with the memories as they go into a chip
 * @param {Record<string, string>} [extra] more files, by name
 * @returns {Promise<Record<string, string>>} files that the script wrote
 */
export async function yosys(script, extra = {}) {
  const { modules, includes } = await readSources(FOLDER);
  modules[`core/${MEMORY}`] = await readFile(join(FOLDER, 'xilinx7', MEMORY), 'utf8');
  const { runYosys } = await import('@yowasp/yosys');
  const paths = INCLUDE_FOLDERS.map((folder) => `-I${folder}`);
  const read = `read_verilog -sv ${paths.join(' ')} ${Object.keys(modules).join(' ')}`;
  const files = { ...tree({ ...modules, ...includes }), ...extra };
  const { files: written } = await runTool('Yosys', runYosys, ['-q', '-p', script.replace('READ', read)], files);
  return written;
}
