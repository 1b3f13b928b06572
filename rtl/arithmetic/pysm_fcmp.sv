// Comparison of two IEEE 754 doubles. Combinational.
//
// `order` is one of PYSM_ORDER_*, or 0 where a or b is NaN. Zeros of either sign are equal.
`include "pysm_arith.svh"

module pysm_fcmp (
  input  logic [63:0] a,
  input  logic [63:0] b,
  output logic [2:0] order
);
  localparam [62:0] INFINITY = {11'h7ff, 52'd0};

  logic unordered, zeros, below, same;
  assign unordered = (a[62:0] > INFINITY) | (b[62:0] > INFINITY);
  assign zeros = ~|{a[62:0], b[62:0]};
  assign same = a[62:0] == b[62:0];
  assign below = a[62:0] < b[62:0];

  // Of one sign, magnitudes decide; of two, the sign does.
  logic less;
  assign less = (a[63] ^ b[63]) ? a[63] : below ^ a[63];
  assign order =
    unordered ? 3'b000 :
    zeros | (same & (a[63] ~^ b[63])) ? `PYSM_ORDER_EQUAL : less ? `PYSM_ORDER_LESS : `PYSM_ORDER_GREATER;
endmodule
