// Division of integers, and of significands, and square root of a significand: one restoring recurrence of radix 4.
//
// `load` is 1 in cycle 1, with the operands. Significands give `digits` and `remains` in cycle 30, integers `quotient`
// in cycle 36; both stay until the next load, which may come at any time.
//
// In each cycle the remainder moves up two places and the largest multiple d * term of 0 to 3 that it holds is taken
// from it; d is the next digit of the result. All three differences are found side by side. For a division the term is
// the divisor. For a root whose digits so far are the number q, it is 2q + d * 4**-j: `marker` is 4**-j, one place that
// moves down with the digits, and 0 in a division, so that the two need no distinction.
module pysm_divide (
  input  logic clk,
  input  logic rst,
  input  logic enable,           // of the registers behind the recurrence; 1 from load to the result
  input  logic load,
  input  logic integers,         // divide a by b, both two's complement, b not 0
  input  logic modulo,
  input  logic root,             // root of n, else n / d
  input  logic [63:0] a,
  input  logic [63:0] b,
  input  logic [52:0] n,         // [1, 2) with its point below the top bit
  input  logic n_twice,          // root of 2 * n instead
  input  logic [52:0] d,         // [1, 2)
  output logic [54:0] digits,    // [1/2, 2) with its point below the top bit, truncated
  output logic remains,          // digits are not exact
  output logic [63:0] quotient   // rounded down; with `modulo`, a - b * that
);
  // Cycles of the recurrence. The first digit of significands gives one bit, before the point.
  localparam [5:0] STEPS_INTEGER = 6'd32;
  localparam [5:0] STEPS_SIGNIFICAND = 6'd28;
  // Place of 1 in the remainder of significands, when it has moved up.
  localparam POINT = 54;

  logic [65:0] remainder;
  logic [63:0] term;             // divisor, or twice the root so far
  logic [POINT:0] marker;
  logic [63:0] result;           // enters at the bottom; an integer dividend leaves at the top
  logic [5:0] left;

  // term + marker, term + 2 * marker, term + 4 * marker: the places are free.
  logic [63:0] term1, term2, term4;
  assign term1 = term | 64'(marker);
  assign term2 = term | (64'(marker) << 1);
  assign term4 = term | (64'(marker) << 2);

  // Differences with a borrow on top. The third is of three words: two by a row of full adders, then one carry chain.
  logic [65:0] moved;
  logic [66:0] less1, less2, less3, word1, word2, sums;
  logic [65:0] carries;
  assign moved = {remainder[63:0], result[63:62]};
  assign less1 = {1'b0, moved} - {3'd0, term1};
  assign less2 = {1'b0, moved} - {2'd0, term2, 1'b0};
  assign word1 = ~{3'd0, term1};
  assign word2 = ~{2'd0, term4, 1'b0};
  assign sums = {1'b0, moved} ^ word1 ^ word2;
  assign carries = (moved & word1[65:0]) | (moved & word2[65:0]) | (word1[65:0] & word2[65:0]);
  assign less3 = sums + {carries, 1'b1} + 67'd1;

  logic [1:0] digit;
  assign digit = {~less2[66], ~less3[66] | (~less1[66] & less2[66])};

  always_ff @(posedge clk) begin
    if (rst) begin
      remainder <= '0;
      term <= '0;
      marker <= '0;
      result <= '0;
      left <= '0;
    end else if (load) begin
      remainder <= integers ? '0 : root & n_twice ? {12'd0, n, 1'b0} : {13'd0, n};
      term <= integers ? (b[63] ? -b : b) : root ? '0 : {9'd0, d, 2'b00};
      marker <= '0;
      marker[POINT] <= root & ~integers;
      result <= integers ? (a[63] ? -a : a) : '0;
      left <= integers ? STEPS_INTEGER : STEPS_SIGNIFICAND;
    end else if (left != 6'd0) begin
      case (digit)
        2'd0: remainder <= moved;
        2'd1: remainder <= less1[65:0];
        2'd2: remainder <= less2[65:0];
        default: remainder <= less3[65:0];
      endcase
      term <=
        term | ((64'(marker) << 1) & {64{digit[0]}}) | ((64'(marker) << 2) & {64{digit[1]}});
      marker <= marker >> 2;
      result <= {result[61:0], digit};
      left <= left - 6'd1;
    end
  end

  assign digits = result[54:0];
  assign remains = |remainder;

  // Cycle 34: whether anything remains; cycle 35: from the magnitudes to Python's quotient or modulus. Where the signs
  // differ and something remains, the quotient is one lower, and the modulus the rest to the divisor.
  logic remains1, differ, rest, negate;
  logic [63:0] addend, magnitude;
  assign differ = a[63] ^ b[63];
  assign rest = differ & remains1;
  assign negate = modulo ? rest ^ b[63] : differ;
  assign magnitude = modulo ? remainder[63:0] : result;
  assign addend = (term ^ {64{b[63]}}) & {64{modulo & rest}};
  always_ff @(posedge clk) begin
    if (rst) begin
      remains1 <= 1'b0;
      quotient <= '0;
    end else if (enable) begin
      remains1 <= remains;
      quotient <= addend + (magnitude ^ {64{negate}}) + {63'd0, modulo ? rest | b[63] : differ & ~remains1};
    end
  end
endmodule
