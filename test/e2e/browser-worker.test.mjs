/**
 * Compiler and simulator in a web worker of a real browser: they compile, refuse and run there as under Node, to the
 * cycle.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadCompiler, readResources } from '@pysm/compiler/node';
import { createSimulator } from '@pysm/simulator/node';
import { bundleForBrowser } from './browser-bundle.mjs';
import { runProgram } from './run-program.mjs';
import { openBrowser } from './workbench.mjs';

const WORKER = fileURLToPath(new URL('browser-worker.mjs', import.meta.url));

/** Longest wait for the worker's answer to a program, ms. */
const PATIENCE = 60_000;

/** Long enough for many batches of the simulator, with what the runtime does for strings, floats and big frames in it. */
const PROGRAM = {
  main: `\
from filters import Average

def settle(steps: int) -> float:
    average = Average(0.25)
    value = 0.0
    for i in range(steps):
        value = average.feed(float(i % 8))
    return value

words = ['drei', 'Äpfel', '\\N{SNOWMAN}']
print(words[0] + '-' + words[1], words[2], len(words[1]))
print(settle(20000))
print((1, 2.5, None, True))
print(words[3])
`,
  filters: `\
class Average:
    def __init__(self, weight: float):
        self.weight = weight
        self.value = 0.0

    def feed(self, sample: float) -> float:
        self.value = self.value + (sample - self.value) * self.weight
        return self.value
`,
};

const REJECTED = { main: 'def f(text: str) -> int:\n    return eval(text)\n\nprint(f("1"))\n' };

/** Serves texts and bytes by path on a free loopback port. */
async function serve(files) {
  const server = createServer((request, response) => {
    const file = files[request.url];
    if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': file.type }).end(file.content);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}

/** Runs in the page: starts the worker and gives it all that it needs. */
async function startWorker() {
  const fetched = async (path) => {
    const response = await fetch(path);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response;
  };
  const bytes = async (path) => new Uint8Array(await (await fetched(path)).arrayBuffer());
  const resources = {
    pythonGrammar: await bytes('/tree-sitter-python.wasm'),
    parserRuntime: await bytes('/web-tree-sitter.wasm'),
    runtime: await (await fetched('/runtime.json')).json(),
  };
  globalThis.pysm = new Worker('/worker.js', { type: 'module' });
  globalThis.pysm.postMessage({ resources, simulator: await bytes('/simulator.wasm') });
}

/** Runs in the page: the worker's answer to a program. */
function askWorker({ program, patience }) {
  const worker = globalThis.pysm;
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`the worker did not answer within ${patience} ms`)), patience);
    worker.onerror = ({ message, filename, lineno }) => reject(new Error(`${message} (${filename}:${lineno})`));
    worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.outcome));
    worker.postMessage(program);
  });
}

describe('a browser worker', { timeout: 4 * 60_000 }, () => {
  const closers = [];
  let page;
  let compiler;

  before(async () => {
    compiler = await loadCompiler();
    const resources = readResources();
    const { code } = await bundleForBrowser({ file: WORKER });
    const wasm = (content) => ({ type: 'application/wasm', content });
    const simulator = await readFile(fileURLToPath(import.meta.resolve('@pysm/simulator/simulator.wasm')));
    const site = await serve({
      '/': { type: 'text/html', content: '<!doctype html><link rel="icon" href="data:,"><title>PySM</title>' },
      '/worker.js': { type: 'text/javascript', content: code },
      '/runtime.json': { type: 'application/json', content: JSON.stringify(resources.runtime) },
      '/tree-sitter-python.wasm': wasm(resources.pythonGrammar),
      '/web-tree-sitter.wasm': wasm(resources.parserRuntime),
      '/simulator.wasm': wasm(simulator),
    });
    closers.push(site.close);
    const profile = await mkdtemp(join(tmpdir(), 'pysm-browser-'));
    closers.push(() => rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
    const browser = await openBrowser(profile);
    closers.push(() => browser.close());
    page = await browser.newPage();
    await page.goto(site.url);
    await page.evaluate(startWorker);
  });
  after(async () => {
    for (const close of closers.reverse()) await close();
  });

  const inBrowser = (program) => page.evaluate(askWorker, { program, patience: PATIENCE });
  const underNode = async (program) => runProgram(compiler, await createSimulator(), program);

  it('compiles and runs a program as under Node, to the cycle', async () => {
    const { run, diagnostics, costs } = await inBrowser(PROGRAM);
    assert.deepEqual(diagnostics, []);
    assert.match(run.stdout, /^drei-Äpfel ☃ 5\n\d+\.\d+\n\(1, 2\.5, None, True\)\n$/);
    assert.match(run.stderr, /IndexError: list index out of range\n$/);
    assert.deepEqual([run.stop.kind, run.stop.code], ['exited', 1]);

    const expected = await underNode(PROGRAM);
    assert.ok(expected.run.cycles > 100_000, `a run of ${expected.run.cycles} cycles is too short to show much`);
    assert.equal(run.cycles, expected.run.cycles);
    assert.deepEqual(run, expected.run);
    assert.deepEqual(costs, expected.costs);
  });

  it('refuses a program as under Node, and runs the next one', async () => {
    const { run, diagnostics } = await inBrowser(REJECTED);
    assert.equal(run, undefined);
    const expected = await underNode(REJECTED);
    assert.deepEqual(diagnostics, expected.diagnostics);
    assert.deepEqual(
      diagnostics.map(({ code, severity, path, range }) => [code, severity, path, range.line]),
      [['PS2001', 'error', 'main.py', 2]],
    );

    const next = await inBrowser({ main: 'print(6 * 7)\n' });
    assert.equal(next.run.stdout, '42\n');
    assert.equal(next.run.stop.code, 0);
  });
});
