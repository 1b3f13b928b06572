/** What `npm start` and `npm test` do when something is missing, and that nothing they start outlives them. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run } from '../../scripts/lib/processes.mjs';
import { SUITES, testFiles } from '../../scripts/lib/suites.mjs';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const FIXTURES = fileURLToPath(new URL('fixtures', import.meta.url));
const STACK = /^\s+at .*:\d+:\d+\)?$/m;

/** Whether a process runs; one that ended and that nobody has waited for yet does not. */
const isAlive = (pid) => {
  const { status, stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return status === 0 && !stdout.startsWith('Z');
};

describe('scripts', () => {
  let scratch;
  before(() => {
    scratch = mkdtempSync(join(tmpdir(), 'pysm-scripts-'));
  });
  after(() => rmSync(scratch, { recursive: true, force: true }));

  /** A clone without node_modules. */
  function freshClone(name) {
    const clone = join(scratch, name);
    mkdirSync(clone);
    for (const file of ['package.json', 'package-lock.json', '.npmrc', 'scripts']) {
      cpSync(join(REPOSITORY, file), join(clone, file), { recursive: true });
    }
    const { workspaces } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
    for (const workspace of workspaces) {
      mkdirSync(join(clone, workspace));
      cpSync(join(REPOSITORY, workspace, 'package.json'), join(clone, workspace, 'package.json'));
    }
    return clone;
  }

  const node = (args, options = {}) =>
    spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 120_000, ...options });

  describe('start', () => {
    it('says which Node is needed', () => {
      const fake = `data:text/javascript,${encodeURIComponent(
        "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.19.0' } })",
      )}`;
      const { status, stderr } = node(['--import', fake, 'scripts/start.mjs'], { cwd: REPOSITORY });
      assert.equal(status, 1);
      assert.match(stderr, /needs Node 20\.11 or later; this is Node 18\.19\.0/);
      assert.match(stderr, /nodejs\.org/);
    });
    it('refuses what it does not know', () => {
      const { status, stderr } = node(['scripts/start.mjs', '--chekc'], { cwd: REPOSITORY });
      assert.equal(status, 1);
      assert.match(stderr, /Unknown: --chekc/);
    });
    it('says that npm is missing', () => {
      const env = { PATH: scratch, HOME: scratch };
      const { status, stderr } = node(['scripts/start.mjs'], { cwd: freshClone('no-npm'), env });
      assert.equal(status, 1);
      assert.match(stderr, /npm was not found/);
      assert.doesNotMatch(stderr, STACK);
    });
    it('says that the registry cannot be reached', () => {
      // Port 9 (discard) has no listener: the connection is refused at once.
      const env = {
        ...process.env,
        HOME: scratch,
        npm_config_registry: 'http://127.0.0.1:9/',
        npm_config_cache: join(scratch, 'cache'),
        npm_config_proxy: '',
        npm_config_https_proxy: '',
      };
      const clone = freshClone('no-network');
      const { status, stderr, stdout } = node(['scripts/start.mjs'], { cwd: clone, env });
      assert.equal(status, 1, stdout + stderr);
      assert.match(stderr, /registry could not be reached/);
      assert.doesNotMatch(stderr, STACK);
      assert.ok(!existsSync(join(clone, 'node_modules', '.pysm-lock')), 'a failed installation is not taken for done');
    });
    it('says that the folder cannot be written to', () => {
      const clone = freshClone('read-only');
      chmodSync(clone, 0o555);
      const { status, stderr } = node(['scripts/start.mjs'], {
        cwd: clone,
        env: { ...process.env, npm_config_registry: 'http://127.0.0.1:9/', npm_config_cache: join(scratch, 'cache') },
      });
      assert.equal(status, 1);
      // Root may write everywhere and gets on to the next obstacle.
      assert.match(stderr, process.getuid() === 0 ? /registry could not be reached/ : /cannot be written to/);
    });
    it('says that the clone is incomplete', () => {
      const clone = freshClone('incomplete');
      rmSync(join(clone, 'package-lock.json'));
      const { status, stderr } = node(['scripts/start.mjs'], { cwd: clone });
      assert.equal(status, 1);
      assert.match(stderr, /package-lock\.json is missing/);
    });
    it('installs nothing where the lock file is installed already', () => {
      // An npm that fails shows that none is called.
      const tools = join(scratch, 'tools');
      mkdirSync(tools);
      writeFileSync(join(tools, 'npm'), '#!/bin/sh\necho called >&2\nexit 7\n', { mode: 0o755 });
      const env = { ...process.env, PATH: `${tools}${delimiter}${process.env.PATH}` };
      delete env.npm_execpath;
      const script =
        "import('./scripts/lib/install.mjs').then((m) => m.ensurePackages(console.log)).catch((e) => { console.error(e.message); process.exit(1); })";
      const first = node(['-e', script], { cwd: freshClone('stamped'), env });
      assert.match(first.stderr, /Installing the npm packages failed/);
      assert.equal(node(['-e', script], { cwd: REPOSITORY, env }).status, 0);
    });
  });

  describe('test', () => {
    it('names the suites where one is unknown, and counts the failure', () => {
      const { status, stdout, stderr } = node(['scripts/test.mjs', '--only=nonsense'], { cwd: REPOSITORY });
      assert.equal(status, 1);
      assert.match(stderr, /There is no suite nonsense\. There are: portable, .*compiler/);
      assert.equal(stdout.trimEnd().split('\n').at(-1), '0 passed, 1 failed');
    });
    it('lists the portable suites', () => {
      const { status, stdout } = node(['scripts/test.mjs', '--list', '--only=portable'], { cwd: REPOSITORY });
      assert.equal(status, 0);
      assert.match(stdout, /^isa$/m);
      assert.doesNotMatch(stdout, /e2e/);
    });
    it('has files for every suite, and no test file without a suite', async () => {
      const found = new Set();
      for (const suite of SUITES) {
        if (!suite.folder) continue;
        const files = await testFiles(suite);
        assert.notEqual(files.length, 0, suite.name);
        for (const file of files) found.add(file.replace('/dist/', '/').replace(/\.m?js$/, ''));
      }
      const { stdout } = spawnSync('git', ['ls-files', '*.test.ts', '*.test.mjs'], {
        cwd: REPOSITORY,
        encoding: 'utf8',
      });
      const missing = stdout
        .split('\n')
        .filter((file) => file !== '')
        .map((file) => file.replace(/\.(ts|mjs)$/, ''))
        .filter((file) => !found.has(file));
      assert.deepEqual(missing, []);
    });
    it('counts what ran, failed and was skipped', () => {
      const counts = join(scratch, 'counts.json');
      const reporter = join(REPOSITORY, 'scripts/lib/reporter.mjs');
      const env = { ...process.env, PYSM_TEST_COUNTS: counts };
      delete env.NODE_TEST_CONTEXT;
      const { status, stdout } = node(
        ['--test', `--test-reporter=${reporter}`, '--test-reporter-destination=stdout', join(FIXTURES, 'mixed.mjs')],
        { env },
      );
      assert.equal(status, 1);
      const { pass, fail, skipped } = JSON.parse(readFileSync(counts, 'utf8'));
      assert.deepEqual({ pass, fail, skipped }, { pass: 2, fail: 1, skipped: 1 });
      assert.match(stdout, /FAILED fails \(.*mixed\.mjs:\d+\)/);
      assert.match(stdout, /one is not two/);
      assert.match(stdout, /skipped: is skipped/);
    });
  });

  describe('children', () => {
    const sleeper = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      console.log(child.pid);
      setInterval(() => {}, 1000);`;

    it('end with everything they started at their time limit', async () => {
      const { timedOut, output } = await run(process.execPath, ['-e', sleeper], { quiet: true, timeout: 700 });
      assert.ok(timedOut);
      assert.ok(!isAlive(Number(output)));
    });
    it('end with the script on SIGTERM', async () => {
      const script = `
        import { run } from ${JSON.stringify(join(REPOSITORY, 'scripts/lib/processes.mjs'))};
        await run(process.execPath, ['-e', ${JSON.stringify(sleeper)}]);`;
      const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const pid = await new Promise((resolve) => parent.stdout.once('data', (chunk) => resolve(Number(chunk))));
      parent.kill('SIGTERM');
      const code = await new Promise((resolve) => parent.once('exit', resolve));
      assert.equal(code, 143);
      assert.ok(!isAlive(pid));
    });
    it('that cannot be started are reported', async () => {
      const { error, code } = await run('no-such-command-here', [], { quiet: true });
      assert.deepEqual([error?.code, code], ['ENOENT', null]);
    });
  });
});
