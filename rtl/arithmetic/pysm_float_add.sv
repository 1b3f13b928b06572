// What addition and subtraction of two IEEE 754 doubles need beside the shifter: order by magnitude in cycle 1, whose
// outcome is valid from cycle 2 on, and the sum of the significands when the smaller one has been moved under the larger.
//
// Below the significands there are three bits: two that rounding can need, and one that stands for all the ones that the
// smaller one lost.
module pysm_float_add (
  input  logic clk,
  input  logic rst,
  input  logic enable,
  input  logic [63:0] a,
  input  logic [63:0] b,
  input  logic subtract,
  input  logic [55:0] lesser,    // smaller significand, moved
  output logic swap,             // b is the larger
  output logic [5:0] distance,   // places to move a significand that starts in the place of 1; 63 for all above
  output logic [10:0] exponent,  // biased, of the larger
  output logic sign,             // of the larger
  output logic differ,           // signs differ
  output logic [56:0] sum        // its top bit counts 2 * 2**exponent
);
  logic [10:0] a_exponent, b_exponent, difference;
  logic b_sign, below;
  always @* begin
    {a_exponent, b_exponent, b_sign, below, difference} = 'x;
    if (enable) begin
      a_exponent = {a[62:53], a[52] | ~|a[62:52]};
      b_exponent = {b[62:53], b[52] | ~|b[62:52]};
      b_sign = b[63] ^ subtract;
      below = a[62:0] < b[62:0];
      difference = below ? b_exponent - a_exponent : a_exponent - b_exponent;
    end
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      swap <= 1'b0;
      distance <= '0;
      exponent <= '0;
      sign <= 1'b0;
      differ <= 1'b0;
    end else if (enable) begin
      swap <= below;
      distance <= difference[5:0] | {6{|difference[10:6]}};
      exponent <= below ? b_exponent : a_exponent;
      sign <= below ? b_sign : a[63];
      differ <= a[63] ^ b_sign;
    end
  end

  // Operands hold still, so the larger needs no register. The difference cannot be negative.
  logic [52:0] greater;
  logic unused_carry;
  always @* begin
    {greater, sum, unused_carry} = 'x;
    if (enable) begin
      greater = {exponent != 11'd1 | (swap ? b[52] : a[52]), swap ? b[51:0] : a[51:0]};
      {sum, unused_carry} = {1'b0, greater, 3'd0, 1'b1} + {{1'b0, lesser} ^ {57{differ}}, differ};
    end
  end
endmodule
