// The last step of every operation but the products of integers, in one adder: rounds a significand to nearest with ties
// to even and packs it, gives a truncated double its sign or compares it with an integer, corrects quotient and modulus
// of integers. Operands in one cycle, `result` and `order` valid from the next on.
//
// The operand of rounding has its leading one in bit 54 of `shifted`, unless it is a subnormal, and its last place in
// bit 2. Packing adds the significand with its leading one to the exponent field, so that a carry out of the fraction,
// out of the subnormals or into infinity needs no case of its own.
`include "pysm_arith.svh"

module pysm_finish (
  input  logic clk,
  input  logic rst,
  input  logic enable,
  input  logic [65:0] shifted,   // of pysm_shift; integers in [65:2]
  input  logic lost,             // ones below it
  // Rounding
  input  logic [10:0] exponent,  // biased, less 1
  input  logic sign,
  input  logic quiet,            // the NaN: `shifted` is 0
  input  logic complement,       // an integer's magnitude is the complement of `shifted` plus 1; see pysm_arith
  input  logic goes_on,          // a quotient or root: there is more of it below if not exact
  input  logic raised,           // ... and the next digit comes to lie in bit 1 of `shifted`, which is 0
  input  logic digit,
  input  logic exact,            // of pysm_divide, in the cycle of `shifted`
  // Truncation and comparison of a double, `shifted` being its magnitude and what is below it a fraction
  input  logic truncates,
  input  logic compares_a,       // a is an integer, `shifted` of b
  input  logic compares_b,       // the other way round
  input  logic hashes,           // bits of a, unless it is whole and fits
  input  logic negative,
  input  logic nan,
  input  logic outside,          // it does not fit
  // Division of integers, `shifted` being quotient or remainder of what pysm_divide makes of them
  input  logic divides,
  input  logic modulo,
  input  logic [63:0] a,
  input  logic [63:0] b,
  output logic [63:0] result,
  output logic [2:0] order       // of a to b, PYSM_ORDER_*; 0 where one is NaN
);
  logic guard, sticky, up, overflow, fraction;
  always @* begin
    {guard, sticky, up, overflow, fraction} = 'x;
    if (enable) begin
      fraction = shifted[1] | shifted[0] | lost;
      // No quotient or root in the normal range lies halfway between two doubles: where the next digit is a one there is
      // more, and it needs no look at what the last step left.
      guard = shifted[1] | (goes_on & raised & digit);
      sticky = shifted[0] | lost | (goes_on & ~exact);
      // Exponent 2046; 2047 comes only without a significand.
      overflow = ~truncates & ~divides & shifted[54] & (&exponent[10:1]);
      up =
        ~overflow & (complement ? ~guard | (~sticky & ~shifted[2]) : guard & (sticky | shifted[2]));
    end
  end

  // Of integers with a quotient q and a remainder r of the magnitudes; where a is negative, of its magnitude less 1:
  //
  //     a < 0  b < 0   quotient               modulus
  //       no     no    q                      r
  //      yes     no    ~q                     b + ~r
  //       no    yes    exact ? -q : ~q        exact ? 0 : b + r
  //      yes    yes    exact ? q + 1 : q      exact ? b + r + 1 : ~r
  logic whole, bits, takes_a, takes_b, invert, one;
  always @* begin
    {bits, whole, takes_a, takes_b, invert, one} = 'x;
    if (enable) begin
      whole = b[63] & exact;
      bits = hashes & (outside | fraction);
      takes_a = compares_a | bits;
      takes_b = compares_b | (divides & modulo & (a[63] ^ (b[63] & ~exact)));
      if (divides) begin
        invert = modulo ? a[63] & ~whole : a[63] ^ b[63];
        one = whole & (a[63] | ~modulo);
      end else if (truncates) begin
        invert = ~bits & (compares_a | compares_b) ^ (negative & ~bits);
        one = invert;
      end else begin
        invert = complement;
        one = up;
      end
    end
  end

  // One place more on top for a comparison.
  logic [63:0] field, base;
  logic [64:0] term, total;
  logic unused_carry;
  always @* begin
    {field, base, term, total, unused_carry} = 'x;
    if (enable) begin
      field = truncates | divides ? '0 : {sign, exponent, quiet, 51'd0};
      base = (a & {64{takes_a}}) | (b & {64{takes_b}}) | field;
      term = {1'b0, shifted[65:2] & {64{~bits}}} ^ {65{invert}};
      {total, unused_carry} = {base[63], base, 1'b1} + {term, one};
    end
  end

  // Whether the total is 0, beside the adder: of two numbers it is where the exclusive or of each two bits is the or of
  // the two below.
  logic same, decided;
  logic [2:0] found;
  always @* begin
    {same, decided, found} = 'x;
    if (enable) begin
      same = (base ^ term[63:0]) == {base[62:0] | term[62:0], one};
      decided = nan | outside | same;
      if (nan) found = 3'b000;
      else if (~outside & ~fraction) found = `PYSM_ORDER_EQUAL;
      else found = negative ^ compares_b ? `PYSM_ORDER_GREATER : `PYSM_ORDER_LESS;
    end
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      result[63:52] <= '0;
      order <= '0;
    end else if (enable) begin
      result[63:52] <= total[63:52];
      order <= decided ? found : total[64] ^ compares_b ? `PYSM_ORDER_LESS : `PYSM_ORDER_GREATER;
    end
  end
  always_ff @(posedge clk) begin
    if (rst | (enable & overflow)) result[51:0] <= '0;
    else if (enable) result[51:0] <= total[51:0];
  end
endmodule
