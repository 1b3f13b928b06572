// Nearest IEEE 754 double of a 64-bit integer, ties to even: operand in cycle 1, `value` valid in cycle 3, a new operand
// every cycle.
//
// A negative integer is handled as its complement, which needs no carry chain: the 1 that is missing reaches the
// significand only when all the bits below it are ones, and then rounding adds nothing.
module pysm_int_to_float (
  input  logic clk,
  input  logic rst,
  input  logic enable,
  input  logic [63:0] x,
  output logic [63:0] value
);
  // Biased exponent, less 1, of an integer whose top bit is bit 63.
  localparam [10:0] EXPONENT = 11'd1085;

  // Cycle 1: find the leading one.
  logic [5:0] zeros;
  logic none;  // 0 or -1
  pysm_lzc #(.WIDTH(64)) u_zeros (.x(x ^ {64{x[63]}}), .count(zeros), .zero(none));

  logic [63:0] x1;
  logic [5:0] zeros1;
  logic zero1;
  always_ff @(posedge clk) begin
    if (rst) begin
      x1 <= '0;
      zeros1 <= '0;
      zero1 <= 1'b0;
    end else if (enable) begin
      x1 <= x;
      zeros1 <= zeros;
      zero1 <= none & ~x[63];
    end
  end

  // Cycle 2: shift, round, pack. The zeros shifted in complement to the ones that the complement's tail has.
  logic [63:0] shifted;
  logic negative, half, rest, up;
  logic [52:0] significand;
  logic [10:0] exponent;
  assign shifted = x1 << zeros1;
  assign negative = x1[63];
  assign half = shifted[10];
  assign rest = |shifted[9:0];
  assign up = negative ? ~half | (~rest & ~shifted[11]) : half & (rest | shifted[11]);
  assign significand = shifted[63:11] ^ {53{negative}};
  assign exponent = zero1 ? 11'd0 : EXPONENT - {5'd0, zeros1};

  logic [62:0] magnitude;
  assign magnitude = {exponent, 52'd0} + {10'd0, significand} + 63'(up);
  always_ff @(posedge clk) begin
    if (rst) value <= '0;
    else if (enable) value <= {negative, magnitude};
  end
endmodule
