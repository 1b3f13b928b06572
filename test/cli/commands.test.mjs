/** Whole commands: output, exit codes and files of `pysm`, as scripts rely on them. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runPysm } from './process.mjs';

const FILES = {
  'good.py': 'print("hello", 1.5)\n',
  'wrong.py': 'x = 1\nd = {}\nprint(x)\n',
  'syntax.py': 'x = 1\nif x\n    pass\n',
  'raises.py': 'def f(n):\n    return 10 // n\nprint(f(5))\nf(0)\n',
  'endless.py': 'while True:\n    pass\n',
  'chatty.py': 'i = 0\nwhile True:\n    print(i)\n    i += 1\n',
  'imports.py': 'import helper\nprint(helper.twice(21))\n',
  'helper.py': 'def twice(x): return x * 2\n',
  'imports_wrong.py': 'import broken\n',
  'broken.py': 'def f():\n    yield 1\n',
};

/** main()'s value and its JSON in --stats. */
const RESULTS = [
  ['5', '5'],
  ['-9223372036854775807', '-9223372036854775807'],
  ['3.0', '3.0'],
  ['0.1', '0.1'],
  ['-0.0', '-0.0'],
  ['1e300 * 1e300', '"inf"'],
  ['True', 'true'],
  ['None', 'null'],
  ['"short"', '"short"'],
  ['"a longer text with \\"quotes\\" and ä"', JSON.stringify('a longer text with "quotes" and ä')],
  ['[1, (2.5, "x"), None]', JSON.stringify("[1, (2.5, 'x'), None]")],
];

describe('pysm', () => {
  let folder;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'pysm-commands-'));
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const pysm = (...args) => runPysm(args, { cwd: folder });

  describe('check', () => {
    it('says nothing on standard output about a good file', async () => {
      const { exit, stdout, stderr } = await pysm('check', 'good.py');
      assert.deepEqual([exit, stdout, stderr], [0, '', '1 file checked: 0 errors, 0 warnings\n']);
    });
    it('shows file, line, column, code, severity, message and help', async () => {
      const { exit, stdout, stderr } = await pysm('check', 'wrong.py');
      assert.equal(exit, 1);
      assert.match(stdout, /^wrong\.py:2:5: PS1011 error .+\n {4}help: .+\n$/);
      assert.equal(stderr, '1 file checked: 1 error, 0 warnings\n');
    });
    it('checks several files, and modules that they import', async () => {
      const { exit, stdout, stderr } = await pysm('check', 'good.py', 'imports_wrong.py', 'wrong.py');
      assert.equal(exit, 1);
      assert.deepEqual(
        [...stdout.matchAll(/^(\S+?):(\d+):\d+: (PS\d+)/gm)].map((match) => match.slice(1).join(' ')),
        ['broken.py 2 PS1002', 'wrong.py 2 PS1011'],
      );
      assert.match(stderr, /^4 files checked: 2 errors/);
    });
    it('writes JSON as its schema has it', async () => {
      const { exit, stdout } = await pysm('check', '--json', 'wrong.py');
      assert.equal(exit, 1);
      const json = JSON.parse(stdout);
      assert.equal(json.version, 1);
      assert.deepEqual(json.files, ['wrong.py']);
      const [{ message, help, ...place }] = json.diagnostics;
      assert.deepEqual(place, {
        path: 'wrong.py',
        line: 2,
        column: 5,
        endLine: 2,
        endColumn: 7,
        code: 'PS1011',
        severity: 'error',
      });
      assert.ok(message && help);
      assert.deepEqual(json.summary, { errors: 1, warnings: 0, information: 0, hints: 0 });
      const schema = JSON.parse(
        readFileSync(new URL('../../docs/schema/diagnostics.schema.json', import.meta.url), 'utf8'),
      );
      assert.deepEqual(Object.keys(json), schema.required);
      assert.deepEqual(
        Object.keys(json.diagnostics[0]).sort(),
        [...schema.properties.diagnostics.items.required].sort(),
      );
    });
  });

  describe('ast', () => {
    it('prints the tree as CPython does', async () => {
      const { exit, stdout } = await pysm('ast', 'endless.py');
      assert.equal(exit, 0);
      assert.match(stdout, /^Module\(\n {2}body=\[\n {4}While\(\n {6}test=Constant\(\n/);
    });
    it('ends with 1 and the error on a syntax error', async () => {
      const { exit, stdout, stderr } = await pysm('ast', 'syntax.py');
      assert.deepEqual([exit, stdout], [1, '']);
      assert.match(stderr, /^syntax\.py:2:\d+: PS000\d error /);
    });
  });

  describe('cycles', () => {
    it('prints a table', async () => {
      const { exit, stdout } = await pysm('cycles', 'raises.py');
      assert.equal(exit, 0);
      assert.match(stdout, /return 10 \/\/ n/);
    });
    it('writes JSON', async () => {
      const { exit, stdout } = await pysm('cycles', 'raises.py', '--json');
      assert.equal(exit, 0);
      const { clockHz, lines, functions, loops } = JSON.parse(stdout);
      assert.equal(clockHz, 100_000_000);
      assert.ok(lines.length >= 3 && functions.length >= 1 && Array.isArray(loops));
    });
  });

  describe('build, asm, disasm', () => {
    it('builds an image that runs', async () => {
      assert.equal((await pysm('build', 'imports.py', '-o', 'out/imports.img')).exit, 0);
      const { exit, stdout } = await pysm('run', 'out/imports.img');
      assert.deepEqual([exit, stdout], [0, '42\n']);
    });
    it('prints assembly that assembles to the same program', async () => {
      const { exit, stdout } = await pysm('asm', 'imports.py');
      assert.equal(exit, 0);
      writeFileSync(join(folder, 'printed.pysm'), stdout);
      const run = await pysm('run', 'printed.pysm');
      assert.deepEqual([run.exit, run.stdout], [0, '42\n'], run.stderr);
    });
    it('prints source lines between the instructions on request', async () => {
      assert.match((await pysm('asm', 'raises.py', '--source')).stdout, /return 10 \/\/ n/);
      assert.equal((await pysm('build', 'raises.py', '-o', 'raises.img')).exit, 0);
      assert.match((await pysm('disasm', 'raises.img', '--source')).stdout, /return 10 \/\/ n/);
      assert.doesNotMatch((await pysm('disasm', 'raises.img')).stdout, /return 10 \/\/ n/);
    });
    it('rejects what does not compile', async () => {
      for (const args of [
        ['build', 'wrong.py', '-o', 'x.img'],
        ['asm', 'wrong.py'],
        ['run', 'wrong.py'],
      ]) {
        const { exit, stdout, stderr } = await pysm(...args);
        assert.deepEqual([exit, stdout], [2, ''], args[0]);
        assert.match(stderr, /^wrong\.py:2:5: PS1011 error /);
      }
    });
  });

  describe('run', () => {
    it('writes nothing but the program output', async () => {
      const { exit, stdout, stderr } = await pysm('run', 'good.py');
      assert.deepEqual([exit, stdout, stderr], [0, 'hello 1.5\n', '']);
    });
    it("prints CPython's traceback and ends with 1", async () => {
      const { exit, stdout, stderr } = await pysm('run', 'raises.py');
      assert.deepEqual([exit, stdout], [1, '2\n']);
      assert.equal(
        stderr,
        `Traceback (most recent call last):
  File "raises.py", line 4, in <module>
    f(0)
  File "raises.py", line 2, in f
    return 10 // n
           ~~~^^~~
ZeroDivisionError: integer division or modulo by zero
`,
      );
    });
    it('ends with 3 at the cycle limit', async () => {
      const { exit, stderr } = await pysm('run', 'endless.py', '--max-cycles', '12345', '--stats', 'limit.json');
      assert.equal(exit, 3);
      assert.match(stderr, /limit of 1234\d cycles/);
      const stats = JSON.parse(readFileSync(join(folder, 'limit.json'), 'utf8'));
      assert.equal(stats.outcome, 'cycle limit');
      assert.ok(stats.cycles >= 12345 && stats.cycles < 12400);
    });
    it('writes statistics as their schema has them', async () => {
      assert.equal((await pysm('run', 'good.py', '--stats', 'stats.json')).exit, 0);
      const stats = JSON.parse(readFileSync(join(folder, 'stats.json'), 'utf8'));
      const schema = JSON.parse(readFileSync(new URL('../../docs/schema/stats.schema.json', import.meta.url), 'utf8'));
      assert.deepEqual(Object.keys(stats), schema.required);
      assert.equal(stats.target, 'sim');
      assert.equal(stats.clock_hz, 100_000_000);
      assert.equal(stats.exit_code, 0);
      assert.equal(stats.main_result, null);
      for (const name of ['cycles', 'instructions', 'max_stack_words', 'heap_peak_words']) {
        assert.ok(Number.isSafeInteger(stats[name]) && stats[name] >= 0, name);
      }
      assert.ok(stats.cycles >= stats.instructions && stats.instructions > 0);
    });
    for (const [expression, json] of RESULTS) {
      it(`main_result of ${expression}`, async () => {
        writeFileSync(join(folder, 'result.py'), `def main():\n    return ${expression}\n`);
        const { exit, stderr } = await pysm('run', 'result.py', '--stats', 'result.json');
        assert.equal(exit, 0, stderr);
        assert.ok(readFileSync(join(folder, 'result.json'), 'utf8').includes(`"main_result": ${json}\n`));
      });
    }
    it('joins pins', async () => {
      writeFileSync(
        join(folder, 'pins.py'),
        'from machine import Pin\nPin(4, Pin.OUT).value(1)\nPin(6, Pin.OUT).value(1)\nprint(Pin(5, Pin.IN).value(), Pin(7, Pin.IN).value())\n',
      );
      assert.equal((await pysm('run', 'pins.py')).stdout, '0 0\n');
      assert.equal((await pysm('run', 'pins.py', '--jumper', '4:5')).stdout, '1 0\n');
      assert.equal((await pysm('run', 'pins.py', '--jumper', '4:5', '--jumper', '6:7')).stdout, '1 1\n');
    });
    it('gives the same cycles every time', async () => {
      const cycles = [];
      for (let i = 0; i < 2; i++) {
        await pysm('run', 'imports.py', '--stats', 'same.json');
        cycles.push(JSON.parse(readFileSync(join(folder, 'same.json'), 'utf8')).cycles);
      }
      assert.equal(cycles[0], cycles[1]);
    });
    it('ends a run on Ctrl-C with a message', async () => {
      const { exit, stderr } = await runPysm(['run', 'endless.py'], {
        cwd: folder,
        onStart: (child) => setTimeout(() => child.kill('SIGINT'), 2_000),
      });
      assert.equal(exit, 130);
      assert.match(stderr, /^pysm: endless\.py: interrupted after \d+ cycles\n$/);
    });
    it('ends quietly when nobody reads its output', async () => {
      const { signal, stderr } = await runPysm(['run', 'chatty.py', '--max-cycles', '2000000000'], {
        cwd: folder,
        onStart: (child) => child.stdout.once('data', () => child.stdout.destroy()),
      });
      assert.deepEqual([signal, stderr], [null, '']);
    });
  });

  describe('wrong use', () => {
    for (const [args, says] of [
      [[], /Usage: pysm/],
      [['fly'], /unknown command 'fly'/],
      [['run'], /missing required argument/],
      [['run', 'good.py', '--fast'], /unknown option '--fast'/],
      [['run', 'good.py', 'wrong.py'], /too many arguments/],
      [['run', 'good.py', '--jumper', '1'], /FROM:TO/],
      [['run', 'good.py', '--jumper', '1:1'], /two different pins/],
      [['run', 'good.py', '--jumper', '1:32'], /0 to 31/],
      [['run', 'good.py', '--max-cycles', '0'], /whole number/],
      [['run', 'good.py', '--max-cycles', '1e3'], /whole number/],
      [['run', 'good.py', '--target', 'board:4711'], /Boards are not in this version/],
      [['run', 'good.py', '--target', 'moon'], /targets of this version are sim and rtl/],
      [['run', 'good.py', '--profile', 'out.json'], /profiles are not in this version/],
      [['run', 'good.py', '--profile=out.json'], /profiles are not in this version/],
      [['deploy', 'good.py', '--board', 'x:1'], /boards are not in this version/],
      [['build', 'good.py'], /required option '-o/],
      [['disasm', 'good.py'], /is no image/],
      [['lsp'], /required option '--stdio'/],
      [['dap', '--port', '70000'], /port/],
      [['dap', '--stdio', '--port', '1'], /cannot be used with/],
    ]) {
      it(`pysm ${args.join(' ')}`, async () => {
        const { exit, stdout, stderr } = await pysm(...args);
        assert.deepEqual([exit, stdout], [64, '']);
        assert.match(stderr, says);
      });
    }
    it('offers nothing in its help that it does not have', async () => {
      const { exit, stdout } = await pysm('--help');
      assert.equal(exit, 0);
      for (const command of ['check', 'ast', 'cycles', 'build', 'asm', 'disasm', 'run', 'lsp', 'dap']) {
        assert.match(stdout, new RegExp(`^ {2}${command} `, 'm'));
      }
      const help = `${stdout}${(await pysm('run', '--help')).stdout}`;
      assert.doesNotMatch(help, /deploy|HOST|--profile/i);
    });
    it('prints its version', async () => {
      const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
      assert.equal((await pysm('--version')).stdout, `${version}\n`);
    });
  });
});
