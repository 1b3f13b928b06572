/** Faults to put into a copy of the arithmetic unit, for faults.mjs and formal.mjs. */
import { putFault } from '../put-fault.mjs';
import { ARITHMETIC, Failure } from './tools.mjs';

/**
 * `from` stands in the file once, `to` takes its place. `proof`: the proof of formal.sv that cannot hold then.
 * @type {readonly { name: string, file: string, from: string, to: string, proof?: string }[]}
 */
export const FAULTS = [
  {
    name: 'tie below the top place always up',
    file: 'pysm_float_round.sv',
    from: '(low ? significand[0] & (significand[1] | below)',
    to: "(low ? significand[0] & 1'b1",
    proof: 'formal_round',
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
    proof: 'formal_round',
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
  {
    name: 'tie of a negative integer',
    file: 'pysm_int_to_float.sv',
    from: '(~rest & ~shifted[11])',
    to: "1'b0",
    proof: 'formal_int_to_float',
  },
  {
    name: '-2**63 does not fit',
    file: 'pysm_float_to_int.sv',
    from: '& ~(f[63] & ~|f[51:0])',
    to: '',
    proof: 'formal_float_to_int',
  },
  {
    name: 'fraction decides the wrong way',
    file: 'pysm_float_to_int.sv',
    from: 'same ? ~sign1',
    to: 'same ? sign1',
    proof: 'formal_compare',
  },
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
    proof: 'formal_lzc64',
  },
  {
    name: 'aligner misses a bit',
    file: 'pysm_shift_right.sv',
    from: '(n[5] & n[4] & |by64[47:32])',
    to: '(n[5] & n[4] & |by64[47:33])',
    proof: 'formal_shift64',
  },
  {
    name: 'sign of the second factor',
    file: 'pysm_multiply.sv',
    from: 'assign b_sign = is_signed & b[63]',
    to: "assign b_sign = 1'b0",
  },
  { name: 'zeros differ', file: 'pysm_fcmp.sv', from: 'zeros | (same', to: '(same', proof: 'formal_fcmp' },
  {
    name: 'product takes the remainder of a division',
    file: 'pysm_arith.sv',
    from: 'remains & ~adds & ~multiplies_floats',
    to: 'remains & ~adds',
  },
  {
    name: 'an int is compared with the sign of a sum too short',
    file: 'pysm_float_to_int.sv',
    from: 'same ? ~sign1 : total[64]',
    to: 'same ? ~sign1 : total[63]',
    proof: 'formal_compare',
  },
  {
    name: 'normal numbers are shifted too',
    file: 'pysm_float_unpack.sv',
    from: 'no_exponent ? fraction_zeros : 6',
    to: '!is_zero ? fraction_zeros : 6',
    proof: 'formal_unpack',
  },
];

/** Copies the unit to `folder` and puts the fault into the copy. */
export function putInto(folder, fault) {
  const problem = putFault(ARITHMETIC, folder, fault);
  if (problem) throw new Failure(`${fault.name}: ${problem}`);
}
