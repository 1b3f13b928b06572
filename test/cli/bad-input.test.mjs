/**
 * Whatever a file holds, every command ends within 10 s and 1 GB, with a diagnostic or a message for people, a documented
 * exit code, and no stack trace of ours.
 */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { DENSEST, isTriedEverywhere, LONGEST } from './dense.mjs';
import { MEMORY_LIMIT, runPysm, Server, STACK_TRACE, TIME_LIMIT } from './process.mjs';

const EXIT_CODES = new Set([0, 1, 2, 3, 64]);

/** Bytes that look random and are the same in every run. */
function noise(count, seed) {
  let state = seed;
  return Uint8Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

const repeat = (text, count) => text.repeat(count);

/** Sources by name, and what must be said about them; `ok` programs compile. */
const SOURCES = {
  'not UTF-8': { bytes: Buffer.from([0x78, 0x20, 0x3d, 0x20, 0x22, 0xff, 0xfe, 0x22, 0x0a]), says: /utf-?8/i },
  empty: { bytes: '', ok: true },
  'one line break': { bytes: '\n', ok: true },
  'byte order mark alone': { bytes: '\ufeff', ok: true },
  'byte order mark before a program': { bytes: '\ufeffprint(1)\n', ok: true, prints: '1\n' },
  'UTF-16': { bytes: Buffer.from('print(1)\n', 'utf16le') },
  'an encoding that does not exist': { bytes: '# coding: klingon\nprint(1)\n', says: /klingon/ },
  'null characters': { bytes: 'x = 1\0\nprint(x)\n' },
  '100,000 lines': { bytes: repeat('x = 1\n', 100_000) },
  '100,000 dense lines': {
    bytes: repeat('x = (1 + 2) * 3 - (4 - 5) / 6 + 7 * 8 - 9 // 10 + 11\n', 100_000),
    says: /PS0006/,
  },
  '100,000 comment lines': { bytes: `${repeat('# nothing\n', 100_000)}print(1)\n`, ok: true, prints: '1\n' },
  '100,000 half-typed lines': { bytes: repeat('def f(\n', 100_000) },
  'one line of a million characters': { bytes: `x = ${repeat('1 + ', 250_000)}1\n` },
  'one string of a million characters': { bytes: `x = "${repeat('a', 1_000_000)}"\n` },
  'half-typed def': { bytes: 'def blink(pin' },
  'half-typed string': { bytes: 'print("abc' },
  'half-typed block': { bytes: 'if x:\n' },
  'half-typed attribute': { bytes: 'import machine\nmachine.' },
  'unclosed triple quote': { bytes: 'x = """abc\ny = 1\n' },
  '10,000 nested parentheses': { bytes: `x = ${repeat('(', 10_000)}1${repeat(')', 10_000)}\n` },
  '10,000 open parentheses': { bytes: `x = ${repeat('(', 10_000)}` },
  '10,000 nested lists': { bytes: `x = ${repeat('[', 10_000)}${repeat(']', 10_000)}\n` },
  '10,000 nots': { bytes: `x = ${repeat('not ', 10_000)}1\n` },
  '10,000 minus signs': { bytes: `x = ${repeat('-', 10_000)}1\n` },
  '10,000 attributes': { bytes: `x = a${repeat('.b', 10_000)}\n` },
  '10,000 calls': { bytes: `def f(): return f\nx = f${repeat('()', 10_000)}\n` },
  '10,000 conditional expressions': { bytes: `x = ${repeat('1 if 0 else ', 10_000)}2\n` },
  '10,000 elifs': { bytes: `x = 5\nif x == 0: pass\n${repeat('elif x == 1: pass\n', 10_000)}` },
  '90 nested blocks': {
    bytes: `${Array.from({ length: 90 }, (_, i) => `${' '.repeat(i)}if 1:\n`).join('')}${' '.repeat(90)}print(1)\n`,
    ok: true,
    prints: '1\n',
  },
  '2,000 nested blocks': {
    bytes: `${Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}if 1:\n`).join('')}${' '.repeat(2000)}pass\n`,
  },
  '5,000 functions': {
    bytes: Array.from({ length: 5000 }, (_, i) => `def f${i}(x): return x + ${i}\nf${i}(1)\n`).join(''),
  },
  '300 parameters': { bytes: `def f(${Array.from({ length: 300 }, (_, i) => `a${i}`).join(', ')}): return a0\n` },
  '300 variables': { bytes: `def f():\n${Array.from({ length: 300 }, (_, i) => `    a${i} = ${i}\n`).join('')}f()\n` },
  '5,000 global variables': { bytes: Array.from({ length: 5000 }, (_, i) => `a${i} = ${i}\n`).join('') },
  '1,000 classes': {
    bytes: Array.from({ length: 1000 }, (_, i) => `class C${i}:\n    def m${i}(self): pass\nC${i}().m${i}()\n`).join(
      '',
    ),
  },
  'a module that imports itself': { bytes: 'import program\nprint(1)\n' },
  'a number of 100,000 digits': { bytes: `x = ${repeat('9', 100_000)}\n` },
  'a float of 100,000 digits': { bytes: `x = 0.${repeat('1', 100_000)}\n`, ok: true },
  ...Object.fromEntries([1, 2, 3, 4].map((seed) => [`random bytes, seed ${seed}`, { bytes: noise(20_000, seed) }])),
  'a million random bytes': { bytes: noise(1_000_000, 5) },
  'random punctuation': {
    bytes: Uint8Array.from(
      noise(50_000, 6),
      (byte) => Buffer.from('()[]{}:;,.=+-*/%@&|^~<>!#"\' \n\tif0aàx'.slice(byte % 36))[0],
    ),
  },
};

/** What must hold for any outcome. */
function assertCivil(run, what) {
  assert.equal(run.signal, null, `${what} hangs`);
  assert.ok(run.time <= TIME_LIMIT, `${what} takes ${Math.round(run.time)} ms`);
  assert.ok(run.megabytes <= MEMORY_LIMIT, `${what} takes ${Math.round(run.megabytes)} MB`);
  assert.ok(EXIT_CODES.has(run.exit), `${what} exits with ${run.exit}\n${run.stderr.slice(0, 2000)}`);
  assert.doesNotMatch(run.stderr, STACK_TRACE, what);
  assert.doesNotMatch(run.stdout, STACK_TRACE, what);
}

describe('bad input', () => {
  let folder;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'pysm-bad-input-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const inFolder = (...args) => runPysm(args, { cwd: folder });
  const write = (name, bytes) => writeFileSync(join(folder, name), bytes);

  describe('sources', () => {
    for (const [name, { bytes, says, ok, prints }] of Object.entries(SOURCES)) {
      it(name, async () => {
        write('program.py', bytes);
        const check = await inFolder('check', 'program.py');
        assertCivil(check, 'check');
        if (ok) assert.equal(check.exit, 0, check.stdout);
        if (check.exit !== 0) assert.match(check.stdout, /^program\.py:\d+:\d+: PS\d{4} error ./m);
        if (says) assert.match(check.stdout, says);

        const run = await inFolder('run', 'program.py', '--max-cycles', '1000000');
        assertCivil(run, 'run');
        if (check.exit !== 0) assert.equal(run.exit, 2);
        if (prints !== undefined) assert.equal(run.stdout, prints);
        assertCivil(await inFolder('ast', 'program.py'), 'ast');
        // Without a program there is nothing to cost: the command does what check did.
        if (check.exit === 0 || name === '100,000 lines') assertCivil(await inFolder('cycles', 'program.py'), 'cycles');

        write('program.pysm', bytes);
        assertCivil(await inFolder('run', 'program.pysm', '--max-cycles', '1000000'), 'run of assembly');
      });
    }
  });

  describe('sources as long as they may be', () => {
    for (const [name, text] of LONGEST) {
      it(name, async () => {
        write('program.py', text);
        const others = isTriedEverywhere(name) ? [['check'], ['run', '--max-cycles', '1000000']] : [];
        for (const args of [['ast'], ...others]) {
          const run = await inFolder(args[0], 'program.py', ...args.slice(1));
          assertCivil(run, args[0]);
          if (args[0] === 'ast') assert.deepEqual([run.exit, run.stdout.slice(0, 8)], [0, 'Module(\n']);
          else if (args[0] === 'check') assert.match(run.stdout, /^program\.py:1:1: PS0006 error ./);
          else assert.equal(run.exit, 2);
        }
      });
    }
  });

  describe('programs of as many tokens as they may have', () => {
    for (const [name, text] of DENSEST) {
      it(name, async () => {
        write('program.py', text);
        const others = isTriedEverywhere(name) ? [['cycles'], ['build', '-o', 'out.img']] : [];
        for (const args of [['check'], ...others]) {
          const run = await inFolder(args[0], 'program.py', ...args.slice(1));
          assertCivil(run, args[0]);
          assert.doesNotMatch(run.stdout, /PS0006/, 'it is compiled');
        }
      });
    }
  });

  describe('language server', () => {
    for (const [name, text] of [...LONGEST, ...DENSEST].filter(([shape]) => isTriedEverywhere(shape))) {
      it(`${name}, ${text.length} characters`, async () => {
        const server = new Server(['lsp', '--stdio']);
        const uri = pathToFileURL(join(folder, 'open.py')).href;
        const open = { uri, languageId: 'python', version: 1, text: `#pysm\n${text}`.slice(0, 1_024_000) };
        const capabilities = { textDocument: { diagnostic: { relatedDocumentSupport: true } } };
        const initialize = { rootUri: null, processId: null, capabilities };
        const ask = (id, method, params) => server.ask({ jsonrpc: '2.0', id, method, params }, (m) => m.id === id);
        const notify = (method, params) => server.send({ jsonrpc: '2.0', method, params });
        await ask(1, 'initialize', initialize);
        notify('initialized', {});
        const times = [];
        for (const version of [1, 2, 3]) {
          if (version === 1) notify('textDocument/didOpen', { textDocument: open });
          else {
            const place = { line: 0, character: 5 };
            const contentChanges = [{ range: { start: place, end: place }, text: ' x' }];
            notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
          }
          const { answer, time } = await ask(10 + version, 'textDocument/diagnostic', { textDocument: { uri } });
          assert.ok(answer.result.items.length > 0);
          times.push(time);
        }
        await ask(2, 'shutdown');
        notify('exit');
        const end = await server.stop();
        assert.deepEqual([end.exit, end.signal, end.stderr], [0, null, '']);
        // What it waited for other processes is known of the whole run only, so all answers together keep to the limit of one.
        const time = times.reduce((sum, one) => sum + one, 0) - end.waited;
        assert.ok(time <= TIME_LIMIT, `${Math.round(time)} ms`);
        assert.ok(end.megabytes <= MEMORY_LIMIT, `${Math.round(end.megabytes)} MB`);
      });
    }
  });

  describe('debug adapter', () => {
    for (const [name, text] of [...LONGEST, ...DENSEST].filter(([shape]) => isTriedEverywhere(shape))) {
      it(`${name}, ${text.length} characters`, async () => {
        write('launched.py', text);
        const adapter = new Server(['dap']);
        const request = (seq, command, args) =>
          adapter.ask({ seq, type: 'request', command, arguments: args }, (message) => message.request_seq === seq);
        await request(1, 'initialize', { adapterID: 'pysm', pathFormat: 'path' });
        const { answer, time } = await request(2, 'launch', { program: join(folder, 'launched.py') });
        if (!answer.success) assert.match(answer.message, /./);
        await request(3, 'disconnect', {});
        const end = await adapter.stop();
        assert.deepEqual([end.exit, end.signal], [0, null], end.stderr);
        assert.doesNotMatch(end.stderr, STACK_TRACE);
        assert.ok(time - end.waited <= TIME_LIMIT, `${Math.round(time - end.waited)} ms`);
        assert.ok(end.megabytes <= MEMORY_LIMIT, `${Math.round(end.megabytes)} MB`);
      });
    }
  });

  describe('files', () => {
    const COMMANDS = [['check'], ['ast'], ['cycles'], ['asm'], ['disasm'], ['run'], ['build', '-o', 'out.img']];

    for (const [command, ...options] of COMMANDS) {
      for (const [path, says] of [
        ['missing.py', /no such file/],
        ['.', /directory/],
        ['folder.py', /directory/],
        ['loop.py', /symbolic links/],
      ]) {
        it(`${command} ${path}`, async () => {
          mkdirSync(join(folder, 'folder.py'), { recursive: true });
          rmSync(join(folder, 'loop.py'), { force: true });
          symlinkSync('loop.py', join(folder, 'loop.py'));
          const run = await inFolder(command, path, ...options);
          assertCivil(run, command);
          assert.equal(run.exit, 64);
          assert.match(run.stderr, says);
          assert.ok(run.stderr.includes(path));
        });
      }
    }

    it('a file without permission', async () => {
      write('secret.py', 'print(1)\n');
      chmodSync(join(folder, 'secret.py'), 0);
      const run = await inFolder('run', 'secret.py');
      // Root may read everything.
      if (process.getuid() === 0) assert.equal(run.exit, 0);
      else assert.deepEqual([run.exit, /permission denied/.test(run.stderr)], [64, true]);
    });

    it('a file that does not end', async () => {
      const run = await inFolder('run', '/dev/zero');
      assertCivil(run, 'run');
      assert.equal(run.exit, 64);
      assert.match(run.stderr, /larger than 64 MiB/);
    });

    it('an output that cannot be written', async () => {
      write('program.py', 'print(1)\n');
      for (const args of [
        ['build', 'program.py', '-o', '/dev/null/x.img'],
        ['run', 'program.py', '--stats', '.'],
      ]) {
        const run = await inFolder(...args);
        assertCivil(run, args[0]);
        assert.equal(run.exit, 64);
        assert.match(run.stderr, /cannot be written/);
      }
    });
  });

  describe('images', () => {
    let image;
    before(async () => {
      write('good.py', 'print(1 + 1)\n');
      const build = await inFolder('build', 'good.py', '-o', 'good.img');
      assert.equal(build.exit, 0, build.stderr);
      image = readFileSync(join(folder, 'good.img'));
    });

    async function refused(bytes, says) {
      write('bad.img', bytes);
      for (const command of ['run', 'disasm']) {
        const run = await inFolder(command, 'bad.img');
        assertCivil(run, command);
        assert.equal(run.exit, 2, run.stderr);
        assert.match(run.stderr, says);
        assert.equal(run.stdout, '');
      }
    }

    it('runs the good one', async () => {
      const run = await inFolder('run', 'good.img');
      assert.deepEqual([run.exit, run.stdout, run.stderr], [0, '2\n', '']);
    });
    it('empty', () => refused('', /cut off/));
    it('no image at all', () => refused('hello world, this is text', /no PySM image/));
    it('truncated', async () => {
      for (const part of [3, 10, 100, image.length >> 1, image.length - 1])
        await refused(image.subarray(0, part), /cut off/);
    });
    it('of another version of the instruction set', () => {
      const other = Buffer.from(image);
      other.writeUInt16LE(99, 6);
      return refused(other, /version 99 of the instruction set/);
    });
    it('of another format', () => {
      const other = Buffer.from(image);
      other.writeUInt16LE(7, 4);
      return refused(other, /format 7/);
    });
    it('with one bit turned over', async () => {
      for (const byte of [20, 200, image.length >> 1, image.length - 2]) {
        const other = Buffer.from(image);
        other[byte] ^= 0x10;
        await refused(other, /damaged|cut off|too long|section/);
      }
    });
    it('with something after its end', () => refused(Buffer.concat([image, Buffer.alloc(5)]), /too long/));
    it('too large for the core', async () => {
      const { decodeImage, encodeImage } = await import('@pysm/isa');
      const good = decodeImage(image);
      const code = new Uint32Array(40_000);
      code.set(good.code);
      assert.throws(() => encodeImage({ ...good, code }), /the core has 32768/);
    });
  });
});
