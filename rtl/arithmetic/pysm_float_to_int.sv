// Truncation of an IEEE 754 double to a 64-bit integer, comparison of the two kinds without rounding either, and the
// number that a double hashes like: operands in cycle 1, outputs valid in cycle 3 (registers).
`include "pysm_arith.svh"

module pysm_float_to_int (
  input  logic clk,
  input  logic rst,
  input  logic enable,
  input  logic [63:0] f,         // the double
  input  logic [63:0] x,         // the integer to compare it with; with `hash` also f. Stays in cycle 2
  input  logic compare,
  input  logic hash,
  output logic [63:0] align_x,   // to a pysm_shift_right outside, in cycle 1
  output logic [5:0] align_right,
  input  logic [63:0] aligned,
  input  logic align_lost,
  output logic [63:0] value,     // f truncated; with `hash` the bits of f unless it is whole and fits
  output logic outside,          // f truncated does not fit, or f is NaN
  output logic [2:0] order       // with `compare`: PYSM_ORDER_* of x to f, or 0 where f is NaN
);
  // Biased exponents of 1 and of 2**63.
  localparam [10:0] ONE = 11'd1023;
  localparam [10:0] LIMIT = 11'd1086;

  // Cycle 1: the magnitude without its fraction.
  logic below_one, beyond;
  assign below_one = f[62:52] < ONE;
  assign beyond = f[62:52] > LIMIT;
  assign align_right = 6'(LIMIT - f[62:52]);
  assign align_x = {1'b1, f[51:0], 11'd0};

  logic [63:0] magnitude1;
  logic fraction1, sign1, nan1, outside1, compare1, hash1;
  always_ff @(posedge clk) begin
    if (rst) begin
      magnitude1 <= '0;
      fraction1 <= 1'b0;
      sign1 <= 1'b0;
      nan1 <= 1'b0;
      outside1 <= 1'b0;
      compare1 <= 1'b0;
      hash1 <= 1'b0;
    end else if (enable) begin
      magnitude1 <= below_one ? '0 : aligned;
      fraction1 <= below_one ? |f[62:0] : align_lost;
      sign1 <= f[63];
      nan1 <= (&f[62:52]) & (|f[51:0]);
      // -2**63 is the only number of its exponent that fits.
      outside1 <= beyond | ((f[62:52] == LIMIT) & ~(f[63] & ~|f[51:0]));
      compare1 <= compare;
      hash1 <= hash;
    end
  end

  // Cycle 2: give the magnitude its sign, or take the truncated f from x.
  logic bits, negate;
  logic [63:0] base, term;
  logic [64:0] total;
  assign bits = hash1 & (outside1 | fraction1);
  assign negate = ~bits & (compare1 ^ sign1);
  assign base = x & {64{compare1 | bits}};
  assign term = magnitude1 & {64{~bits}};
  assign total = {base[63], base} + ({1'b0, term} ^ {65{negate}}) + 65'(negate);

  // Whether x is the truncated f, beside the adder: the sum of two numbers is 0 where the exclusive or of each two
  // bits is the or of the two below.
  logic same;
  assign same = sign1 ? (x ^ magnitude1) == {x[62:0] | magnitude1[62:0], 1'b0} : x == magnitude1;

  always_ff @(posedge clk) begin
    if (rst) begin
      value <= '0;
      outside <= 1'b0;
      order <= '0;
    end else if (enable) begin
      value <= total[63:0];
      outside <= outside1;
      if (nan1) order <= 3'b000;
      else if (outside1) order <= sign1 ? `PYSM_ORDER_GREATER : `PYSM_ORDER_LESS;
      else if (same & ~fraction1) order <= `PYSM_ORDER_EQUAL;
      else order <= (same ? ~sign1 : total[64]) ? `PYSM_ORDER_LESS : `PYSM_ORDER_GREATER;
    end
  end
endmodule
