/** What is generated from the table: checked-in files are current, and nothing is left out. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { memberComments } from '../src/generate/comments.js';
import { isaConstants } from '../src/generate/constants.js';
import { verilogDecode } from '../src/generate/decode.js';
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

test('the operands of an opcode, as the decoder of the RTL has them', () => {
  const cases = new Map(
    [...verilogDecode().matchAll(/^ {4}(8'h.*): pysm_operands = 22'b([01_]+);/gm)].flatMap(
      ([, opcodes = '', bits = '']) =>
        opcodes.split(', ').map((opcode): [number, string] => [Number(opcode.replace("8'h", '0x')), bits]),
    ),
  );
  // branch, valid, resume, group, local, destination, sources 3 to 1 (1 a, 2 b, 3 d), format
  const expected: readonly [string, number, string][] = [
    ['MOV d a', 0x10, '0_1_0000_00_00_11_00_00_01_0000'],
    ['ADD d a b', 0x20, '0_1_0001_00_00_11_00_10_01_0000'],
    ['BLT a b', 0x48, '1_1_0010_00_00_00_00_10_01_0010'],
    ['FORS i h', 0x59, '1_1_0000_10_01_00_00_00_00_0010'],
    ['GETITER h a', 0x5b, '0_1_0100_11_00_00_00_00_01_0000'],
    ['FORITER d h', 0x5c, '0_1_0101_10_00_01_00_00_00_0010'],
    ['CALLM', 0x63, '0_1_0111_00_00_00_00_00_00_1000'],
    ['last opcode of LDA d a', 0x83, '0_1_0001_00_00_11_00_00_01_0111'],
    ['STX a b v', 0x91, '0_1_0011_00_00_00_11_10_01_0000'],
    ['UNPACK a', 0x94, '0_1_0110_00_00_00_00_00_01_0001'],
    ['UNW k x h', 0xb4, '0_1_0000_00_00_00_11_10_01_0000'],
    ['YIELD d a', 0xb8, '0_1_0001_00_00_11_00_00_01_0000'],
  ];
  for (const [name, opcode, bits] of expected) assert.equal(cases.get(opcode), bits, name);
  assert.ok(!cases.has(0x00), 'ILL');
  assert.ok(!cases.has(0xff), 'a free opcode');
  assert.equal(cases.size, INSTRUCTIONS.reduce((sum, i) => sum + (i.format === 'A' ? 4 : 1), 0) - 1);
});
