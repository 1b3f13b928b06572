// Proofs, by formal.mjs, that the pieces of the arithmetic unit that a solver can take in whole do what they say, for all
// operands. Each module is one proof: `$anyconst` stands for every value, and the assertion is looked at in the cycle in
// which the piece has its result. The specifications are written as plainly as they go, not as the pieces are.
`include "pysm_arith.svh"

// Number of the cycle, from 1.
module formal_cycle (
  input  logic clk,
  output logic [3:0] cycle,
  output logic rst
);
  initial cycle = 4'd0;
  assign rst = cycle == 4'd0;
  always @(posedge clk) if (cycle != 4'd15) cycle <= cycle + 4'd1;
endmodule

// The count is how far a one can be moved up; for zero, the width (63 at most).
module formal_lzc #(
  parameter WIDTH = 64
) (
  input logic clk
);
  wire [WIDTH-1:0] x = $anyconst;
  wire [5:0] count;
  wire zero;
  pysm_lzc #(.WIDTH(WIDTH)) u_dut (.x, .count, .zero);
  wire [WIDTH-1:0] moved = x << count;
  always @(posedge clk) begin
    assert (zero == (x == 0));
    if (x == 0) assert (count == (WIDTH > 63 ? 63 : WIDTH));
    else assert (moved[WIDTH-1] && (moved >> count) == x);
  end
endmodule

module formal_lzc53 (input logic clk);
  formal_lzc #(.WIDTH(53)) u_proof (.clk);
endmodule

module formal_lzc57 (input logic clk);
  formal_lzc #(.WIDTH(57)) u_proof (.clk);
endmodule

module formal_lzc64 (input logic clk);
  formal_lzc #(.WIDTH(64)) u_proof (.clk);
endmodule

// To the right the bits below x are lost; to the left they follow x, and x comes down from 52 places further up.
module formal_shift (
  input logic clk
);
  wire [63:0] x = $anyconst;
  wire above = $anyconst;
  wire [51:0] below = $anyconst;
  wire follows = $anyconst;
  wire left = $anyconst;
  wire [5:0] n = $anyconst;
  wire [65:0] y;
  wire lost;
  pysm_shift u_dut (.enable(1'b1), .x, .above, .below, .follows, .left, .n, .y, .lost);
  wire [51:0] behind = follows ? below : 52'd0;
  wire [255:0] word = left ? {{64{above}}, x, behind, 2'd0, 74'd0} : {116'd0, x, 2'd0, behind, 22'd0};
  wire [255:0] moved = word >> n;
  // All that lies below bit 74 of the word, before and after.
  wire [137:0] dropped = {word[73:0], 64'd0} >> n | {word[137:74], 74'd0} >> n;
  always @(posedge clk) begin
    assert (y == moved[139:74]);
    assert (lost == ((moved[73:0] != 0) || (dropped[63:0] != 0)));
  end
endmodule

// Doubles that are no NaN lie in the order of their words, where those of negative ones are turned round.
module formal_fcmp (input logic clk);
  wire [63:0] a = $anyconst;
  wire [63:0] b = $anyconst;
  wire [2:0] order;
  pysm_fcmp u_dut (.a, .b, .order);
  wire a_nan = a[62:52] == 11'h7ff && a[51:0] != 0;
  wire b_nan = b[62:52] == 11'h7ff && b[51:0] != 0;
  // -0 counts as +0.
  wire signed [64:0] a_key = a[63] ? -$signed({2'b00, a[62:0]}) : $signed({2'b00, a[62:0]});
  wire signed [64:0] b_key = b[63] ? -$signed({2'b00, b[62:0]}) : $signed({2'b00, b[62:0]});
  always @(posedge clk) begin
    if (a_nan || b_nan) assert (order == 3'b000);
    else if (a_key < b_key) assert (order == `PYSM_ORDER_LESS);
    else if (a_key > b_key) assert (order == `PYSM_ORDER_GREATER);
    else assert (order == `PYSM_ORDER_EQUAL);
  end
endmodule

// The converted magnitude, in the whole unit: its distance from the integer is at most half of the last place, and at exactly half the last
// place is even.
module formal_int_to_float (input logic clk);
  wire [3:0] cycle;
  wire rst;
  formal_cycle u_cycle (.clk, .cycle, .rst);
  wire [63:0] x = $anyconst;
  wire [63:0] value;
  pysm_arith u_dut (
    .clk, .rst, .start(cycle == 4'd1), .op(`PYSM_ARITH_I2F), .a(x), .b(64'd0), .result(value), .trap(), .order()
  );

  wire [64:0] magnitude = x[63] ? 65'd0 - {1'b1, x} : {1'b0, x};
  // Places of the significand above the units, or below them.
  wire [10:0] field = value[62:52];
  wire [10:0] up = field - 11'd1075;
  wire [10:0] down = 11'd1075 - field;
  wire [52:0] significand = {1'b1, value[51:0]};
  wire [65:0] back = field >= 11'd1075 ? {13'd0, significand} << up : {13'd0, significand >> down};
  wire [52:0] below_units = field >= 11'd1075 ? 53'd0 : significand & ((53'd1 << down) - 53'd1);
  wire [65:0] error = back > {1'b0, magnitude} ? back - {1'b0, magnitude} : {1'b0, magnitude} - back;
  wire [65:0] place = 66'd1 << up;
  always @(posedge clk) begin
    if (cycle == 4'd3) begin
      if (x == 0) assert (value == 0);
      else begin
        assert (value[63] == x[63]);
        assert (field >= 11'd1023 && field <= 11'd1086);
        if (field <= 11'd1075) assert (error == 0 && below_units == 0);
        else begin
          assert ({error, 1'b0} <= {1'b0, place});
          if ({error, 1'b0} == {1'b0, place}) assert (!value[0]);
        end
      end
    end
  end
endmodule

// Truncation and hash number, in the whole unit.
module formal_float_to_int (input logic clk);
  wire [3:0] cycle;
  wire rst;
  formal_cycle u_cycle (.clk, .cycle, .rst);
  wire [63:0] f = $anyconst;
  wire hash = $anyconst;
  wire [63:0] value;
  wire outside;
  pysm_arith u_dut (
    .clk, .rst, .start(cycle == 4'd1), .op(hash ? `PYSM_ARITH_HASHF : `PYSM_ARITH_F2I), .a(f), .b(64'd0),
    .result(value), .trap(outside), .order()
  );

  // The float is significand * 2**(field - 1075).
  wire [10:0] field = f[62:52];
  wire [63:0] significand = {11'd0, field != 0, f[51:0]};
  wire within = field < 11'd1087;
  wire [5:0] down = field <= 11'd1011 ? 6'd63 : 6'(11'd1075 - field);
  wire [63:0] whole = field >= 11'd1075 ? significand << (field - 11'd1075) : significand >> down;
  wire fraction = field < 11'd1075 && (whole << down) != significand;
  wire fits = within && (whole < 64'h8000000000000000 || (f[63] && whole == 64'h8000000000000000));
  wire [63:0] truncated = f[63] ? -whole : whole;
  always @(posedge clk) begin
    if (cycle == 4'd3) begin
      if (hash) assert (value == (fits && !fraction ? truncated : f));
      else begin
        assert (outside == !fits);
        if (fits) assert (value == truncated);
      end
    end
  end
endmodule

// Rounding: the nearest of the two doubles around the operand, the even one of two as near. The shifter is proved by
// itself: here is what it leaves.
module formal_round (input logic clk);
  wire [3:0] cycle;
  wire rst;
  formal_cycle u_cycle (.clk, .cycle, .rst);
  wire [54:0] operand = $anyconst;
  wire lost = $anyconst;
  wire [10:0] exponent = $anyconst;
  wire sign = $anyconst;
  wire quiet = $anyconst;
  // A digit more, and a rest; the digit may lie where bit 1 is empty.
  wire goes_on = $anyconst;
  wire raised = $anyconst;
  wire digit = $anyconst;
  wire exact = $anyconst;
  wire [63:0] result;
  pysm_finish u_dut (
    .clk, .rst, .enable(1'b1), .shifted({11'd0, operand}), .lost, .exponent, .sign, .quiet, .complement(1'b0),
    .goes_on, .raised, .digit, .exact, .truncates(1'b0), .compares_a(1'b0), .compares_b(1'b0), .hashes(1'b0),
    .negative(sign), .nan(1'b0), .outside(1'b0), .divides(1'b0), .modulo(1'b0), .a(64'd0), .b(64'd0), .result, .order()
  );

  // A significand of 53 bits, then the rest of its last place in eighths, the last of which stands for all below.
  wire [52:0] kept = operand[54:2];
  wire [2:0] rest = {operand[1] | (goes_on & raised & digit), operand[0], lost | (goes_on & ~exact)};
  wire up = rest > 3'd4 || (rest == 3'd4 && kept[0]);
  wire [53:0] rounded = {1'b0, kept} + {53'd0, up};
  // Biased exponent of a significand that has its leading one; 0 for subnormals.
  wire [11:0] biased = {1'b0, exponent} + 12'd1 + (rounded[53] ? 12'd1 : 12'd0);
  wire [51:0] fraction = rounded[53] ? rounded[52:1] : rounded[51:0];
  wire leading = rounded[53] || rounded[52];
  always @(posedge clk) begin
    // What pysm_arith keeps to: a leading one in the top place, or the exponent of the subnormals, or a special case.
    if (exponent == 11'd2047 || quiet) assume (operand == 0 && !lost && !goes_on);
    else assume (operand[54] || exponent == 0);
    if (quiet) assume (exponent == 11'd2047 && !sign);
    assume (!(goes_on && raised && operand[1]));
    if (cycle == 4'd3) begin
      if (exponent == 11'd2047) assert (result == {sign, 11'h7ff, quiet, 51'd0});
      else if (leading && biased >= 12'd2047) assert (result == {sign, 11'h7ff, 52'd0});
      else assert (result == {sign, leading ? biased[10:0] : 11'd0, fraction});
    end
  end
endmodule

// Comparison of an int with a float, in the whole unit: both numbers are multiplied by the power of two that makes the
// float a whole number, and compared as integers. Where a number is so far from every other of its kind that a larger
// power changes nothing, the power stops: a float below 1/2 lies between the integers 0 and 1 or -1 like its multiple by
// 2**54, and one of 2**64 or more is beyond all integers.
module formal_compare (input logic clk);
  wire [3:0] cycle;
  wire rst;
  formal_cycle u_cycle (.clk, .cycle, .rst);
  wire [63:0] x = $anyconst;
  wire [63:0] f = $anyconst;
  wire int_first = $anyconst;
  wire [2:0] order;
  pysm_arith u_dut (
    .clk, .rst, .start(cycle == 4'd1), .op(int_first ? `PYSM_ARITH_CMPIF : `PYSM_ARITH_CMPFI),
    .a(int_first ? x : f), .b(int_first ? f : x), .result(), .trap(), .order
  );

  // The float is significand * 2**(field - 1075). Subnormals have the field 1, but are far below 1/2 in any case.
  wire [10:0] field = f[62:52];
  wire nan = field == 11'h7ff && f[51:0] != 0;
  wire [5:0] int_up = field >= 11'd1075 ? 6'd0 : field <= 11'd1021 ? 6'd54 : 6'(11'd1075 - field);
  wire [3:0] float_up = field <= 11'd1075 ? 4'd0 : field >= 11'd1087 ? 4'd12 : 4'(field - 11'd1075);
  wire signed [119:0] number = $signed(x);
  wire signed [119:0] magnitude = {67'd0, field != 0, f[51:0]};
  wire signed [119:0] int_side = number <<< int_up;
  wire signed [119:0] float_side = (f[63] ? -magnitude : magnitude) <<< float_up;
  wire less = int_first ? int_side < float_side : float_side < int_side;
  always @(posedge clk) begin
    if (cycle == 4'd3) begin
      if (nan) assert (order == 3'b000);
      else if (int_side == float_side) assert (order == `PYSM_ORDER_EQUAL);
      else assert (order == (less ? `PYSM_ORDER_LESS : `PYSM_ORDER_GREATER));
    end
  end
endmodule
