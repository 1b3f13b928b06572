// 64 x 64 bit multiplier, pipelined: operands in cycle 1, the 128-bit product in cycle 4, a new pair every cycle.
//
// Twelve DSP48E1: a in three pieces of 24 bits, b in four of 17, as their 25 x 18 bit signed multipliers take them; the
// top pieces carry the sign. In each DSP pair the odd one also adds the even one's product, 17 bits down.
module pysm_multiply (
  input  logic clk,
  input  logic rst,
  input  logic enable,
  input  logic is_signed,  // both operands are two's complement, else both are unsigned
  input  logic [63:0] a,
  input  logic [63:0] b,
  output logic [127:0] product
);
  logic a_sign, b_sign;
  logic [74:0] a_pieces;
  logic [71:0] b_pieces;
  always @* begin
    {a_sign, b_sign, a_pieces, b_pieces} = 'x;
    if (enable) begin
      a_sign = is_signed & a[63];
      b_sign = is_signed & b[63];
      a_pieces = {{9{a_sign}}, a[63:48], 1'b0, a[47:24], 1'b0, a[23:0]};
      b_pieces = {{5{b_sign}}, b[63:51], 1'b0, b[50:34], 1'b0, b[33:17], 1'b0, b[16:0]};
    end
  end

  // Row i is piece i of a times b: the low 34 bits of b give its lower half, the others its upper half. The lower halves
  // of rows 0 and 1 are unsigned; all others are signed. Row 2 is cut off where the product ends.
  logic [57:0] lower0, lower1;
  logic [51:0] lower2;
  logic [54:0] upper0, upper1;
  logic [45:0] upper2;
  pysm_multiply_row #(.LOWER(58), .UPPER(55)) u_row0 (
    .clk, .rst, .enable, .a(a_pieces[24:0]), .b(b_pieces), .lower(lower0), .upper(upper0)
  );
  pysm_multiply_row #(.LOWER(58), .UPPER(55)) u_row1 (
    .clk, .rst, .enable, .a(a_pieces[49:25]), .b(b_pieces), .lower(lower1), .upper(upper1)
  );
  pysm_multiply_row #(.LOWER(52), .UPPER(46)) u_row2 (
    .clk, .rst, .enable, .a(a_pieces[74:50]), .b(b_pieces), .lower(lower2), .upper(upper2)
  );

  // A row is 24 bits above the one before, an upper half 34 above the lower. Halves that do not meet share a word, and each
  // sum begins where its second word does: three carry chains, one after the other, whose low places run ahead.
  logic [66:0] middle;
  logic [103:0] outer;
  always @* begin
    {middle, outer} = 'x;
    if (enable) begin
      middle[13:0] = upper0[13:0];
      middle[66:14] = {{12{upper0[54]}}, upper0[54:14]} + {lower2[51], lower2};
      outer = {{15{upper1[54]}}, upper1, lower0[57:24]} + {upper2, lower1};
    end
  end
  always_ff @(posedge clk) begin
    if (rst) product <= '0;
    else if (enable) begin
      product[23:0] <= lower0[23:0];
      product[33:24] <= outer[9:0];
      product[127:34] <= outer[103:10] + {{27{middle[66]}}, middle};
    end
  end
endmodule
