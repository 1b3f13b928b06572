/** Faults to put into a copy of the arithmetic unit, for faults.mjs and formal.mjs. */
import { putFault } from '../put-fault.mjs';
import { ARITHMETIC, Failure } from './tools.mjs';

/**
 * `from` stands in the file once, `to` takes its place. `proof`: the proof of formal.sv that cannot hold then.
 * @type {readonly { name: string, file: string, from: string, to: string, proof?: string }[]}
 */
export const FAULTS = [
  {
    name: 'tie always up',
    file: 'pysm_finish.sv',
    from: 'guard & (sticky | shifted[2])',
    to: 'guard',
    proof: 'formal_round',
  },
  {
    name: 'bits that the shifter lost are not rounded with',
    file: 'pysm_finish.sv',
    from: 'sticky = shifted[0] | lost |',
    to: 'sticky = shifted[0] |',
    proof: 'formal_round',
  },
  {
    name: 'the last digit of a quotient is not rounded with',
    file: 'pysm_finish.sv',
    from: '(goes_on & raised & digit)',
    to: "1'b0",
    proof: 'formal_round',
  },
  {
    name: 'the rest of a quotient is not rounded with',
    file: 'pysm_finish.sv',
    from: ' | (goes_on & ~exact)',
    to: '',
    proof: 'formal_round',
  },
  {
    name: 'infinity one exponent early',
    file: 'pysm_finish.sv',
    from: '&exponent[10:1]',
    to: '&exponent[10:2]',
    proof: 'formal_round',
  },
  {
    name: 'smallest exponent missed',
    file: 'pysm_float_scale.sv',
    from: "total < 13'sd1",
    to: "total < 13'sd0",
  },
  {
    name: 'quotient by infinity',
    file: 'pysm_arith.sv',
    from: ' | (divides_floats & b_infinite)',
    to: '',
  },
  {
    name: "next place taken at the subnormals' exponent",
    file: 'pysm_float_scale.sv',
    from: "total > 13'sd1",
    to: "total >= 13'sd1",
  },
  {
    name: 'product overflows unseen',
    file: 'pysm_float_scale.sv',
    from: '~total[12] & total[11]',
    to: "1'b0",
  },
  {
    name: 'difference of 0 keeps its sign',
    file: 'pysm_arith.sv',
    from: 'add_sign & ~(add_differ & none)',
    to: 'add_sign',
  },
  {
    name: 'ones lost when a sum is aligned',
    file: 'pysm_arith.sv',
    from: '{shifted[54:0], lost}',
    to: "{shifted[54:0], 1'b0}",
  },
  {
    name: 'subnormal sums and products not bounded',
    file: 'pysm_arith.sv',
    from: 'top[5:0] < count',
    to: "top[5:0] < 6'd1",
  },
  { name: 'a digit too few', file: 'pysm_divide.sv', from: "6'd28", to: "6'd27" },
  { name: 'third multiple never taken', file: 'pysm_divide.sv', from: '~borrow3 | (', to: "(1'b0) | (" },
  {
    name: 'marker misses in the third multiple',
    file: 'pysm_divide.sv',
    from: 'places | (places << 2)',
    to: '(places << 2)',
  },
  {
    name: 'negative quotient always one lower',
    file: 'pysm_finish.sv',
    from: 'one = whole & (a[63] | ~modulo)',
    to: 'one = whole & a[63]',
  },
  {
    name: 'remainder of two negative integers is never 0',
    file: 'pysm_divide.sv',
    from: '{64{integers & a[63] & term[63]}}',
    to: "{64{1'b0}}",
  },
  {
    name: 'tie of a negative integer',
    file: 'pysm_finish.sv',
    from: '(~sticky & ~shifted[2])',
    to: "1'b0",
    proof: 'formal_int_to_float',
  },
  {
    name: 'sign not carried on above a large negative integer',
    file: 'pysm_shift.sv',
    from: '{11{above}}',
    to: "11'd0",
    proof: 'formal_int_to_float',
  },
  {
    name: '-2**63 does not fit',
    file: 'pysm_arith.sv',
    from: '((operand[62:52] == LIMIT) & ~(operand[63] & ~|operand[51:0]))',
    to: '(operand[62:52] == LIMIT)',
    proof: 'formal_float_to_int',
  },
  {
    name: 'fraction decides the wrong way',
    file: 'pysm_finish.sv',
    from: 'found = negative ^',
    to: 'found = ~negative ^',
    proof: 'formal_compare',
  },
  { name: '2**53 is beyond', file: 'pysm_arith.sv', from: ' & (a != EXACT)', to: '' },
  {
    name: 'first operand of IIDIV lost',
    file: 'pysm_arith.sv',
    from: 'third | (both_ints & fourth)',
    to: 'third',
  },
  {
    name: 'IIDIV converts its first operand twice',
    file: 'pysm_arith.sv',
    from: '`PYSM_ARITH_IIDIV: b_first',
    to: "5'd31: b_first",
  },
  {
    name: 'position of a leading zero',
    file: 'pysm_lzc.sv',
    from: "any4[4*i+1] ? {2'd2, position4[8*i+2+:2]}",
    to: "any4[4*i+1] ? {2'd2, position4[8*i+:2]}",
    proof: 'formal_lzc64',
  },
  {
    name: 'shifter misses a bit',
    file: 'pysm_shift.sv',
    from: '(n[5] & n[4] & |wide[47:32])',
    to: '(n[5] & n[4] & |wide[47:33])',
    proof: 'formal_shift',
  },
  {
    name: 'low half of a product lost to the right',
    file: 'pysm_shift.sv',
    from: '(follows & ~left & |below)',
    to: "1'b0",
    proof: 'formal_shift',
  },
  {
    name: 'sign of the second factor',
    file: 'pysm_multiply.sv',
    from: 'b_sign = is_signed & b[63]',
    to: "b_sign = 1'b0",
  },
  { name: 'zeros differ', file: 'pysm_fcmp.sv', from: 'zeros | (same', to: '(same', proof: 'formal_fcmp' },
  {
    name: 'special cases of a division are rounded like numbers',
    file: 'pysm_arith.sv',
    from: '~converting & ~special;',
    to: '~converting;',
  },
  {
    name: 'an int is compared with the sign of a sum too short',
    file: 'pysm_finish.sv',
    from: 'total[64] ^ compares_b',
    to: 'total[63] ^ compares_b',
    proof: 'formal_compare',
  },
  {
    name: 'no leading one before a fraction',
    file: 'pysm_arith.sv',
    from: "{11'd0, |operand[62:52]}",
    to: "12'd0",
    proof: 'formal_float_to_int',
  },
  {
    name: 'an abandoned operation goes on',
    file: 'pysm_arith.sv',
    from: 'third <= second & ~start',
    to: 'third <= second',
  },
];

/** Copies the unit to `folder` and puts the fault into the copy. */
export function putInto(folder, fault) {
  const problem = putFault(ARITHMETIC, folder, fault);
  if (problem) throw new Failure(`${fault.name}: ${problem}`);
}
