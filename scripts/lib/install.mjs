/** Installing the npm packages of the lock file, only when it changed. Plain Node, no dependency. */
import { createHash } from 'node:crypto';
import { access, constants, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './processes.mjs';

/** Folder of the repository. */
export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** An expected failure: the message is for people and no stack is shown. */
export class Problem extends Error {}

const INSTALL_LIMIT = 6 * 60_000;

/** Errors of npm that mean that the registry could not be reached. */
const NO_NETWORK =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|network request)\b/;

/** The npm that runs this script, else the one on the PATH. */
export function npmCommand() {
  const script = process.env.npm_execpath;
  return script?.endsWith('npm-cli.js') ? [process.execPath, script] : ['npm'];
}

/**
 * Installs exactly what the lock file names into node_modules/. Where that was done before, nothing happens and no
 * network request is made: node_modules/.pysm-lock holds the hash of the lock file that was installed last.
 * @param {(message: string) => void} report
 */
export async function ensurePackages(report) {
  const modules = join(REPOSITORY, 'node_modules');
  const stamp = join(modules, '.pysm-lock');
  const lock = await readFile(join(REPOSITORY, 'package-lock.json')).catch(() => {
    throw new Problem(`package-lock.json is missing in ${REPOSITORY}: the clone is incomplete. Clone it again.`);
  });
  const hash = createHash('sha256').update(lock).digest('hex');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === hash) return;

  await access(REPOSITORY, constants.W_OK).catch(() => {
    throw new Problem(`The folder ${REPOSITORY} cannot be written to. Clone it to a place of your own.`);
  });
  report('Installing the npm packages of package-lock.json (once; about 20 s)');
  await rm(stamp, { force: true });
  const [command, ...first] = npmCommand();
  // No package here needs its install script; without them nothing is compiled or downloaded from elsewhere.
  // Without a network npm would otherwise try for more than a minute.
  const retries = ['--fetch-retries=2', '--fetch-retry-mintimeout=500', '--fetch-retry-maxtimeout=2000'];
  // Not `npm ci`: it refuses a lock file that lacks an optional package of another platform, which registries do not
  // always have. `--no-save` installs the locked versions and leaves the lock file as it is.
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const args = [...first, 'install', '--no-save', ...quiet, ...retries];
  const result = await run(command, args, { cwd: REPOSITORY, quiet: true, timeout: INSTALL_LIMIT });
  if (result.error?.code === 'ENOENT') {
    throw new Problem(
      'npm was not found. It comes with Node: install Node 20 or later with npm from https://nodejs.org.',
    );
  }
  if (result.error || result.timedOut || result.code !== 0) {
    const why = NO_NETWORK.test(result.output)
      ? 'The npm registry could not be reached. Check the network (or the proxy settings of npm) and start again.'
      : result.timedOut
        ? `It took longer than ${INSTALL_LIMIT / 60_000} minutes. Check the network and start again.`
        : 'What npm said is above.';
    throw new Problem(`Installing the npm packages failed.\n${result.output.trim().slice(-3000)}\n${why}`);
  }
  await writeFile(stamp, hash);
}
