// Signs, exponents and special cases of product, quotient and square root: operands in cycle 1, outputs valid from
// cycle 4 on, as pysm_float_round takes them. A new pair may come every cycle.
//
// The operands are normalised significands, so a product or quotient has its leading one in the top or the next place:
// pysm_float_round looks. A result below the normal range is shifted down to the exponent of subnormals here.
`include "pysm_arith.svh"

module pysm_float_scale (
  input  logic clk,
  input  logic rst,
  input  logic enable,
  input  logic divide,           // quotient
  input  logic root,             // square root of a; neither: product, of significands that are not normalised
  input  logic a_sign,
  input  logic [10:0] a_exponent,
  input  logic [5:0] a_zeros,
  input  logic a_zero,
  input  logic a_infinite,
  input  logic a_nan,
  input  logic b_sign,
  input  logic [10:0] b_exponent,
  input  logic [5:0] b_zeros,
  input  logic b_zero,
  input  logic b_infinite,
  input  logic b_nan,
  output logic [6:0] right,      // places to shift down, see pysm_float_round
  output logic [10:0] exponent,  // biased exponent of the shifted top place, less 1; at least 0
  output logic normal,           // the top place may be empty: then the next has the leading one
  output logic sign,
  output logic [1:0] kind        // PYSM_ROUND_*
);
  // Places from the top of pysm_float_round's operand to the top of its result.
  localparam [6:0] TOP = 7'd54;
  localparam signed [12:0] BIAS = 13'sd1023;
  localparam signed [12:0] EXPONENT_LIMIT = 13'sd2048;

  // Cycle 1: exponents of the normalised operands.
  logic signed [12:0] a1, b1;
  logic [6:0] zeros1;
  logic sign1, zero1, infinite1, nan1;
  always_ff @(posedge clk) begin
    if (rst) begin
      a1 <= '0;
      b1 <= '0;
      zeros1 <= '0;
      sign1 <= 1'b0;
      zero1 <= 1'b0;
      infinite1 <= 1'b0;
      nan1 <= 1'b0;
    end else if (enable) begin
      a1 <= $signed({2'b00, a_exponent}) - $signed({7'd0, a_zeros});
      b1 <= $signed({2'b00, b_exponent}) - $signed({7'd0, b_zeros});
      zeros1 <= divide | root ? 7'd0 : {1'b0, a_zeros} + {1'b0, b_zeros};
      sign1 <= a_sign ^ (b_sign & ~root);
      zero1 <= a_zero | (root ? 1'b0 : divide ? b_infinite : b_zero);
      infinite1 <= a_infinite | (b_infinite & ~root & ~divide);
      nan1 <=
        a_nan | (~root & (b_nan | (divide ? a_infinite & b_infinite :
                                            (a_infinite & b_zero) | (a_zero & b_infinite))));
    end
  end

  // Cycle 2: exponent of the top place. A product of [1, 2) and [1, 2) reaches 4, a quotient 2, a root 2.
  logic signed [12:0] exponent2;
  logic [6:0] zeros2;
  logic sign2, zero2, infinite2, nan2;
  always_ff @(posedge clk) begin
    if (rst) begin
      exponent2 <= '0;
      zeros2 <= '0;
      sign2 <= 1'b0;
      zero2 <= 1'b0;
      infinite2 <= 1'b0;
      nan2 <= 1'b0;
    end else if (enable) begin
      exponent2 <= root ? (a1 + BIAS) >>> 1 : divide ? a1 - b1 + BIAS : a1 + b1 - (BIAS - 13'sd1);
      zeros2 <= zeros1;
      sign2 <= sign1;
      zero2 <= zero1;
      infinite2 <= infinite1;
      nan2 <= nan1;
    end
  end

  // Cycle 3: the shift. From 127 places on only the sticky bit is left.
  logic subnormal;
  logic signed [12:0] below;
  logic [10:0] less_one;
  assign subnormal = exponent2 < 13'sd1;
  assign below = $signed({6'd0, TOP}) + 13'sd1 - $signed({6'd0, zeros2}) - exponent2;
  assign less_one = 11'(exponent2 - 13'sd1);
  always_ff @(posedge clk) begin
    if (rst) begin
      right <= '0;
      exponent <= '0;
      normal <= 1'b0;
      sign <= 1'b0;
      kind <= `PYSM_ROUND_FINITE;
    end else if (enable) begin
      right <= subnormal ? below[6:0] | {7{|below[12:7]}} : TOP - zeros2;
      exponent <= subnormal ? 11'd0 : less_one;
      normal <= exponent2 > 13'sd1;
      sign <= sign2;
      kind <=
        nan2 ? `PYSM_ROUND_NAN : zero2 ? `PYSM_ROUND_ZERO :
        infinite2 | (exponent2 >= EXPONENT_LIMIT) ? `PYSM_ROUND_INFINITY : `PYSM_ROUND_FINITE;
    end
  end
endmodule
