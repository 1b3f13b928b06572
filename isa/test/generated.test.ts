/** What is generated from the table: checked-in files are current, and nothing is left out. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { memberComments } from '../src/generate/comments.js';
import { isaConstants } from '../src/generate/constants.js';
import { cHeader, verilogHeader } from '../src/generate/headers.js';
import { CSR, INSTRUCTIONS, IO, TIMING, TRAP_OPERATION } from '../src/index.js';

/** Compiled tests lie in isa/dist/test. */
const ISA = fileURLToPath(new URL('../../', import.meta.url));
const REPOSITORY = join(ISA, '..');

test('the checked-in files are those that the table gives', () => {
  const result = spawnSync(process.execPath, [join(ISA, 'generate.mjs'), '--check'], { encoding: 'utf8' });
  assert.equal(result.status, 0, result.stderr);
});

test('names of constants are unique', () => {
  const names = isaConstants().flatMap((g) => g.constants.map((c) => c.name));
  assert.deepEqual(
    names.filter((name, i) => names.indexOf(name) !== i),
    [],
  );
});

test('the manual has every instruction with its documentation', () => {
  const text = readFileSync(join(REPOSITORY, 'docs', 'isa.md'), 'utf8');
  for (const { mnemonic, doc } of INSTRUCTIONS) {
    assert.ok(text.includes(`\n#### ${mnemonic}\n`), mnemonic);
    assert.ok(text.includes(doc), `${mnemonic}: ${doc}`);
  }
});

test('comments beside members are found', () => {
  const source = readFileSync(join(ISA, 'src', 'machine.ts'), 'utf8');
  assert.deepEqual([...memberComments(source, 'CSR').keys()], Object.keys(CSR));
  assert.deepEqual([...memberComments(source, 'IO').keys()], Object.keys(IO));
  assert.deepEqual([...memberComments(source, 'TIMING').keys()], Object.keys(TIMING));
  const traps = memberComments(source, 'TRAP_OPERATION');
  for (const name of traps.keys()) assert.ok(name in TRAP_OPERATION, name);
  assert.match(traps.get('IO_VALUE') ?? '', /TypeError/);
});

/** A header's lines that define something, by name. */
const definitions = (text: string, form: RegExp): Map<string, string> =>
  new Map([...text.matchAll(form)].map(([, name = '', value = '']) => [name, value]));

test('both headers define every constant with its value', () => {
  const c = definitions(cHeader(), /^#define PYSM_(\w+) (\S+)$/gm);
  const verilog = definitions(verilogHeader(), /^`define PYSM_(\w+) (\S+)$/gm);
  for (const { name, value } of isaConstants().flatMap((g) => g.constants)) {
    assert.equal(Number(c.get(name)), value, name);
    assert.equal(Number(verilog.get(name)?.replace("8'h", '0x')), value, name);
  }
});
