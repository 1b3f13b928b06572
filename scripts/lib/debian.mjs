/** The Debian packages that some tests need: found, installed where that is possible, or named. */
import { existsSync } from 'node:fs';
import { Problem } from './install.mjs';
import { run } from './processes.mjs';

/** Package, and the file that shows that it is installed. */
const PACKAGES = [
  ['python3.11', '/usr/bin/python3.11'],
  ['libpython3.11-testsuite', '/usr/lib/python3.11/test/test_grammar.py'],
  ['chromium', '/usr/bin/chromium'],
  ['gcc', '/usr/bin/gcc'],
  ['libc6-dev', '/usr/include/stdint.h'],
  ['iverilog', '/usr/bin/iverilog'],
  ['verilator', '/usr/bin/verilator'],
  ['yosys', '/usr/bin/yosys'],
  ['z3', '/usr/bin/z3'],
  ['g++', '/usr/bin/g++'],
  ['make', '/usr/bin/make'],
];

const INSTALL_LIMIT = 10 * 60_000;

/**
 * Makes sure that the packages are there. As root they are installed; otherwise the line to type is the message of the
 * {@link Problem}.
 * @param {(line: string) => void} report
 * @param {readonly string[]} [names] default: all
 */
export async function ensureDebianPackages(report, names = PACKAGES.map(([name]) => name)) {
  const missing = PACKAGES.filter(([name, file]) => names.includes(name) && !existsSync(file)).map(([name]) => name);
  if (missing.length === 0) return;
  const line = `apt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  const byHand = `On Debian 12, type this as root and start again:\n\n    ${line}\n\n(The tests that need npm alone: npm test -- --only=portable)`;
  if (!existsSync('/usr/bin/apt-get') || process.getuid() !== 0) {
    throw new Problem(`This needs Debian packages that are not installed: ${missing.join(', ')}. ${byHand}`);
  }
  report(`Installing Debian packages: ${missing.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...missing]]) {
    const result = await run('apt-get', args, { env, quiet: true, timeout: INSTALL_LIMIT });
    if (result.code !== 0) {
      throw new Problem(`${result.output.trim().slice(-2000)}\napt-get ${args[0]} failed; see above. ${byHand}`);
    }
  }
}
