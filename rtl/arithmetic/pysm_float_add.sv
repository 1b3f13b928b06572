// Sum or difference of two IEEE 754 doubles, up to rounding: operands in cycle 1, outputs from cycle 4 on (combinational
// from registers, one small step), as pysm_float_round takes them. A new pair may come every cycle.
//
// Cycle 1 puts the operand of larger magnitude first, cycle 2 moves the other's significand under it, cycle 3 adds or
// subtracts and counts leading zeros. Below the significands there are three bits: two that rounding can need, and one
// that stands for all the ones shifted out.
`include "pysm_arith.svh"

module pysm_float_add (
  input  logic clk,
  input  logic rst,
  input  logic enable,
  input  logic [63:0] a,
  input  logic [63:0] b,
  input  logic subtract,
  output logic [63:0] align_x,   // to a pysm_shift_right outside, in cycle 2
  output logic [5:0] align_right,
  input  logic [63:0] aligned,
  input  logic align_lost,
  output logic [56:0] sum,       // its top bit counts 2 * 2**exponent before the shift
  output logic [6:0] left,       // places to shift it up
  output logic [10:0] exponent,  // biased exponent of the shifted top bit, less 1
  output logic sign,
  output logic [1:0] kind        // PYSM_ROUND_*
);
  // Cycle 1: order by magnitude.
  logic [10:0] a_exponent, b_exponent;
  logic a_subnormal, b_subnormal, a_top, b_top, a_fraction, b_fraction, b_sign, swap;
  assign a_subnormal = ~|a[62:52];
  assign b_subnormal = ~|b[62:52];
  assign a_top = &a[62:52];
  assign b_top = &b[62:52];
  assign a_fraction = |a[51:0];
  assign b_fraction = |b[51:0];
  assign a_exponent = {a[62:53], a[52] | a_subnormal};
  assign b_exponent = {b[62:53], b[52] | b_subnormal};
  assign b_sign = b[63] ^ subtract;
  assign swap = a[62:0] < b[62:0];

  logic [52:0] large1, small1;
  logic [10:0] exponent1, distance1;
  logic sign1, differ1, nan1, infinite1;
  always_ff @(posedge clk) begin
    if (rst) begin
      large1 <= '0;
      small1 <= '0;
      exponent1 <= '0;
      distance1 <= '0;
      sign1 <= 1'b0;
      differ1 <= 1'b0;
      nan1 <= 1'b0;
      infinite1 <= 1'b0;
    end else if (enable) begin
      large1 <= swap ? {~b_subnormal, b[51:0]} : {~a_subnormal, a[51:0]};
      small1 <= swap ? {~a_subnormal, a[51:0]} : {~b_subnormal, b[51:0]};
      exponent1 <= swap ? b_exponent : a_exponent;
      distance1 <= swap ? b_exponent - a_exponent : a_exponent - b_exponent;
      sign1 <= swap ? b_sign : a[63];
      differ1 <= a[63] ^ b_sign;
      nan1 <= (a_top & a_fraction) | (b_top & b_fraction) | (a_top & b_top & (a[63] ^ b_sign));
      infinite1 <= a_top | b_top;
    end
  end

  // Cycle 2: align. From 56 places on, all of the smaller operand is below the three bits.
  assign align_x = {small1, 11'd0};
  assign align_right = distance1[5:0] | {6{|distance1[10:6]}};

  logic [52:0] large2;
  logic [55:0] small2;
  logic [10:0] exponent2;
  logic sign2, differ2, nan2, infinite2;
  always_ff @(posedge clk) begin
    if (rst) begin
      large2 <= '0;
      small2 <= '0;
      exponent2 <= '0;
      sign2 <= 1'b0;
      differ2 <= 1'b0;
      nan2 <= 1'b0;
      infinite2 <= 1'b0;
    end else if (enable) begin
      large2 <= large1;
      small2 <= {aligned[63:9], align_lost | (|aligned[8:0])};
      exponent2 <= exponent1;
      sign2 <= sign1;
      differ2 <= differ1;
      nan2 <= nan1;
      infinite2 <= infinite1;
    end
  end

  // Cycle 3: add. The difference cannot be negative.
  logic [56:0] total;
  logic [5:0] total_zeros;
  logic total_zero;
  assign total = {1'b0, large2, 3'd0} + ({1'b0, small2} ^ {57{differ2}}) + 57'(differ2);
  pysm_lzc #(.WIDTH(57)) u_zeros (.x(total), .count(total_zeros), .zero(total_zero));

  logic [5:0] zeros3;
  logic [10:0] exponent3;
  always_ff @(posedge clk) begin
    if (rst) begin
      sum <= '0;
      zeros3 <= '0;
      exponent3 <= '0;
      sign <= 1'b0;
      kind <= `PYSM_ROUND_FINITE;
    end else if (enable) begin
      sum <= total;
      zeros3 <= total_zeros;
      exponent3 <= exponent2;
      // Exact cancellation gives +0; two zeros of one sign keep it.
      sign <= sign2 & ~(differ2 & total_zero);
      kind <=
        nan2 ? `PYSM_ROUND_NAN : infinite2 ? `PYSM_ROUND_INFINITY :
        total_zero ? `PYSM_ROUND_ZERO : `PYSM_ROUND_FINITE;
    end
  end

  // Cycle 4: up to the leading one, but not beyond the exponent of subnormals.
  logic bounded;
  assign bounded = (exponent3[10:6] == 5'd0) & (exponent3[5:0] < zeros3);
  assign left = {1'b0, bounded ? exponent3[5:0] : zeros3};
  assign exponent = exponent3 - {4'd0, left};
endmodule
