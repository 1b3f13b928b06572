/** The editor of `npm start`: VS Code where there is one and a display, else code-server in the browser. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { ensureCodeServer, freePort, serveWorkbench } from '../code-server.mjs';
import { ensureDebianPackages } from './debian.mjs';
import { Problem, REPOSITORY } from './install.mjs';
import { isInterrupted, onInterrupt, run } from './processes.mjs';

const EXAMPLES = join(REPOSITORY, 'examples');

/** Oldest VS Code that the extension runs on, as in `engines.vscode` of package.json. */
const OLDEST_CODE = [1, 91];

/** First choice of port, so that an `ssh -L` line can be used again. */
const PREFERRED_PORT = 8731;

const hasDisplay = () =>
  process.platform === 'darwin' ||
  process.platform === 'win32' ||
  Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** Whether `code` on the PATH is a VS Code new enough for the extension. */
async function codeIsUsable() {
  const { code, output } = await run('code', ['--version'], { quiet: true, timeout: 20_000 });
  if (code !== 0) return false;
  const [major, minor] = (/^(\d+)\.(\d+)\./m.exec(output) ?? []).slice(1).map(Number);
  return major > OLDEST_CODE[0] || (major === OLDEST_CODE[0] && minor >= OLDEST_CODE[1]);
}

/** Opens VS Code with the extension under development, in a profile of its own: the user's is not touched. */
async function openCode(report) {
  const profile = join(REPOSITORY, '.cache', 'vscode');
  const args = [
    '--new-window',
    `--extensionDevelopmentPath=${REPOSITORY}`,
    ...['--user-data-dir', join(profile, 'user-data'), '--extensions-dir', join(profile, 'extensions')],
    EXAMPLES,
  ];
  const { bundleExtension } = await import('../vsix.mjs');
  await bundleExtension();
  report(`\nOpening VS Code on ${EXAMPLES} with a profile of its own in ${profile}.`);
  const { code, output } = await run('code', args, { quiet: true, timeout: 60_000 });
  if (code !== 0) throw new Problem(`${output.trim()}\nVS Code could not be opened; see above.`);
  report('Open controller.py: hover over a line for its cycles, press F5 to debug it on the simulator.');
}

/** Whether nothing listens on a loopback port. */
function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** The preferred port, or a free one where something listens there. */
async function choosePort(report) {
  if (await isFree(PREFERRED_PORT)) return PREFERRED_PORT;
  const other = await freePort();
  report(`Port ${PREFERRED_PORT} is taken; using ${other}.`);
  return other;
}

/** Serves the workbench in the foreground until Ctrl-C. */
async function serveInBrowser(report) {
  let installed;
  let vsix;
  try {
    installed = await ensureCodeServer(undefined, report);
    const { buildVsix } = await import('../vsix.mjs');
    vsix = await buildVsix();
  } catch (error) {
    if (isInterrupted()) return;
    report(`\nNo editor could be opened: there is no display with VS Code ${OLDEST_CODE.join('.')} or later on the`);
    report(`PATH, and code-server could not be had: ${error.message}`);
    report('The command line works: node cli/bin/pysm.mjs --help');
    return;
  }
  const password = randomBytes(12).toString('base64url');
  const port = await choosePort(report);
  const profile = join(REPOSITORY, '.cache', 'workbench');
  const workbench = await serveWorkbench({ installed, vsix, port, password, profile });
  onInterrupt(workbench.stop);
  report(`\nVS Code runs in the browser: ${workbench.url}?folder=${encodeURIComponent(EXAMPLES)}`);
  report(`Password: ${password}`);
  report('From another computer, type this there first, then open the same address:');
  report(`    ssh -L ${port}:127.0.0.1:${port} ${userInfo().username}@${hostname()}`);
  report('Ctrl-C ends it.');
  await workbench.ended;
  if (!isInterrupted()) throw new Problem(`code-server ended by itself:\n${workbench.log().slice(-2000)}`);
}

/** @param {(line: string) => void} report */
export async function openEditor(report) {
  if (hasDisplay() && (await codeIsUsable())) await openCode(report);
  else await serveInBrowser(report);
}

/**
 * Sees in the real workbench, headless, a diagnostic, a hover and a breakpoint at which the program stopped.
 * @param {(line: string) => void} report
 */
export async function checkEditor(report) {
  await ensureDebianPackages(report, ['chromium']);
  const { checkWorkbench } = await import('../../test/e2e/workbench.mjs');
  await checkWorkbench(report);
}
