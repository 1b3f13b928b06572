// Makes a double of an exact or sticky significand: shifts, rounds to nearest with ties to even, packs. Operand in cycle
// 1, `result` valid from cycle 3 on; a new operand may come every cycle.
//
// The operand is x >> right, whose bit 54 has the biased exponent `exponent` + 1. An `exponent` of 0 with that bit empty
// is a subnormal. Packing adds the significand with its leading one to the exponent field, so that a carry out of the
// fraction, out of the subnormals or into infinity needs no case of its own.
`include "pysm_arith.svh"

module pysm_float_round (
  input  logic clk,
  input  logic rst,
  input  logic enable,
  input  logic [108:0] x,
  input  logic sticky,           // ones below x
  input  logic [6:0] right,
  input  logic [10:0] exponent,  // at most 2046
  input  logic normal,           // where bit 54 is empty, bit 53 is the leading one
  input  logic sign,
  input  logic [1:0] kind,       // PYSM_ROUND_*; all else but sign is ignored where it is not PYSM_ROUND_FINITE
  output logic [63:0] result
);
  // Cycle 1: shift.
  logic [54:0] shifted;
  logic lost;
  pysm_shift_right #(.IN(109), .OUT(55)) u_shift (.x(x), .n(right), .y(shifted), .sticky(lost));

  logic [54:0] significand;
  logic [10:0] base;
  logic below, normal2, sign2, last;
  always_ff @(posedge clk) begin
    if (rst) begin
      significand <= '0;
      base <= '0;
      below <= 1'b0;
      normal2 <= 1'b0;
      sign2 <= 1'b0;
      last <= 1'b0;
    end else if (enable) begin
      significand <= shifted;
      below <= lost | sticky;
      base <= exponent;
      normal2 <= normal;
      last <= exponent == 11'd2046;
      sign2 <= sign;
      if (kind != `PYSM_ROUND_FINITE) begin
        // The NaN is quiet, sign and payload 0.
        significand <= {1'b0, kind == `PYSM_ROUND_NAN, 53'd0};
        base <= {11{kind != `PYSM_ROUND_ZERO}};
        below <= 1'b0;
        normal2 <= 1'b0;
        last <= 1'b0;
        if (kind == `PYSM_ROUND_NAN) sign2 <= 1'b0;
      end
    end
  end

  // Cycle 2: round and pack.
  logic low, overflow, up;
  logic [51:0] fraction;
  logic [62:0] packed_up;
  assign low = normal2 & ~significand[54];
  assign overflow = last & significand[54];
  assign fraction = low ? significand[52:1] : significand[53:2];
  assign up =
    ~overflow &
    (low ? significand[0] & (significand[1] | below) :
           significand[1] & (significand[2] | significand[0] | below));
  assign packed_up = {base, fraction} + {10'd0, significand[54], 51'd0, up};
  always_ff @(posedge clk) begin
    if (rst) result <= '0;
    else if (enable) result <= {sign2, packed_up[62:52], packed_up[51:0] & {52{~overflow}}};
  end
endmodule
