/**
 * Faults to put into the arithmetic unit, each of which the bench must find.
 *
 *     node rtl/test/arithmetic/faults.mjs [PART OF A NAME]...
 *
 * applies them one by one to a copy, builds that and runs 20000 pairs of every operation on it. Exit code 1 where one was
 * not found. A fault takes about twenty seconds.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ARITHMETIC, buildBench, command, Failure } from './tools.mjs';

/** `from` stands in the file once, `to` takes its place. */
const FAULTS = [
  {
    name: 'tie below the top place always up',
    file: 'pysm_float_round.sv',
    from: '(low ? significand[0] & (significand[1] | below)',
    to: "(low ? significand[0] & 1'b1",
  },
  {
    name: 'sticky bit not rounded with',
    file: 'pysm_float_round.sv',
    from: '(significand[2] | significand[0] | below)',
    to: '(significand[2] | significand[0])',
  },
  {
    name: 'infinity one exponent early',
    file: 'pysm_float_round.sv',
    from: "exponent == 11'd2046",
    to: "exponent == 11'd2045",
  },
  {
    name: 'smallest exponent missed',
    file: 'pysm_float_scale.sv',
    from: "exponent2 < 13'sd1",
    to: "exponent2 < 13'sd0",
  },
  { name: 'quotient by infinity', file: 'pysm_float_scale.sv', from: 'divide ? b_infinite : b_zero', to: 'b_zero' },
  {
    name: "next place taken at the subnormals' exponent",
    file: 'pysm_float_scale.sv',
    from: "exponent2 > 13'sd1",
    to: "exponent2 >= 13'sd1",
  },
  {
    name: 'difference of 0 keeps its sign',
    file: 'pysm_float_add.sv',
    from: 'sign2 & ~(differ2 & total_zero)',
    to: 'sign2',
  },
  {
    name: 'ones lost in the aligner',
    file: 'pysm_float_add.sv',
    from: 'align_lost | (|aligned[8:0])',
    to: '(|aligned[8:0])',
  },
  {
    name: 'subnormal sums not bounded',
    file: 'pysm_float_add.sv',
    from: 'exponent3[5:0] < zeros3',
    to: "exponent3[5:0] <= 6'd0",
  },
  { name: 'a digit too few', file: 'pysm_divide.sv', from: "6'd28", to: "6'd27" },
  { name: 'third multiple never taken', file: 'pysm_divide.sv', from: '~less3[66] | (', to: "(1'b0) | (" },
  { name: 'negative quotient always one lower', file: 'pysm_divide.sv', from: 'differ & ~remains1}', to: 'differ}' },
  { name: 'tie of a negative integer', file: 'pysm_int_to_float.sv', from: '(~rest & ~shifted[11])', to: "1'b0" },
  { name: '-2**63 does not fit', file: 'pysm_float_to_int.sv', from: '& ~(f[63] & ~|f[51:0])', to: '' },
  { name: 'fraction decides the wrong way', file: 'pysm_float_to_int.sv', from: 'same ? ~sign1', to: 'same ? sign1' },
  { name: '2**53 is beyond', file: 'pysm_arith.sv', from: ' & (a != EXACT)', to: '' },
  {
    name: 'first operand of IIDIV caught a cycle early',
    file: 'pysm_arith.sv',
    from: 'third | ~both_ints',
    to: 'second | ~both_ints',
  },
  { name: 'IIDIV converts its second operand twice', file: 'pysm_arith.sv', from: '~(both_ints & start)', to: "1'b1" },
  {
    name: 'position of a leading zero',
    file: 'pysm_lzc.sv',
    from: "any4[4*i+1] ? {2'd2, position4[8*i+2+:2]}",
    to: "any4[4*i+1] ? {2'd2, position4[8*i+:2]}",
  },
  {
    name: 'aligner misses a bit',
    file: 'pysm_shift_right.sv',
    from: '(n[5] & n[4] & |by64[47:32])',
    to: '(n[5] & n[4] & |by64[47:33])',
  },
  {
    name: 'sign of the second factor',
    file: 'pysm_multiply.sv',
    from: 'assign b_sign = is_signed & b[63]',
    to: "assign b_sign = 1'b0",
  },
  { name: 'zeros differ', file: 'pysm_fcmp.sv', from: 'zeros | (same', to: '(same' },
  {
    name: 'product takes the remainder of a division',
    file: 'pysm_arith.sv',
    from: 'remains & ~adds & ~multiplies_floats',
    to: 'remains & ~adds',
  },
];

/** Lines of the bench about operations that went wrong; empty where the fault was not found. */
function find({ name, file, from, to }) {
  const folder = mkdtempSync(join(tmpdir(), 'pysm-fault-'));
  try {
    const sources = join(folder, 'arithmetic');
    cpSync(ARITHMETIC, sources, { recursive: true });
    const text = readFileSync(join(sources, file), 'utf8');
    if (text.split(from).length !== 2) throw new Failure(`${name}: '${from}' does not stand once in ${file}`);
    writeFileSync(
      join(sources, file),
      text.replace(from, () => to),
    );
    // A fault may leave something unused.
    const bench = buildBench(join(folder, 'build'), sources, ['-Wno-lint']);
    const { status, stdout } = spawnSync(bench, ['--count', '20000', '--seed', '1'], { encoding: 'utf8' });
    return status === 1 ? stdout.split('\n').filter((line) => / pairs, .* [1-9]\d* wrong$/.test(line)) : [];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await command(() => {
  const parts = process.argv.slice(2);
  const faults = FAULTS.filter(({ name }) => !parts.length || parts.some((part) => name.includes(part)));
  const missed = [];
  for (const fault of faults) {
    const lines = find(fault);
    const operations = lines.map((line) => line.split(' ', 1)[0]);
    console.log(`${fault.name}: ${lines.length ? `found by ${operations.join(', ')}` : 'NOT FOUND'}`);
    if (!lines.length) missed.push(fault.name);
  }
  if (missed.length) throw new Failure(`${missed.length} of ${faults.length} faults not found`);
});
