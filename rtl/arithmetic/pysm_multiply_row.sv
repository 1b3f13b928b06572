// A row of the multiplier: one piece of a times the four pieces of b, in two halves, two cycles after the operands.
//
// Four DSP48E1, in two pairs. The odd one of a pair adds the product of the even one, 17 bits down, to its own; the 17
// bits below go round it.
module pysm_multiply_row #(
  parameter LOWER = 58,  // widths of the halves, 18 to 61 bits: as many as matter
  parameter UPPER = 58
) (
  input  logic clk,
  input  logic rst,
  input  logic enable,
  input  logic signed [24:0] a,
  input  logic [71:0] b,             // four signed pieces of 18 bits, each 17 bits above the one before
  output logic [LOWER-1:0] lower,    // a times the first two pieces
  output logic [UPPER-1:0] upper     // a times the others
);
  logic signed [17:0] b0, b1, b2, b3;
  assign {b3, b2, b1, b0} = b;

  logic signed [42:0] product0, product1, product2, product3;
  logic [16:0] low0, low2;
  logic [LOWER-18:0] sum01;
  logic [UPPER-18:0] sum23;
  always_ff @(posedge clk) begin
    if (rst) begin
      product0 <= '0;
      product1 <= '0;
      product2 <= '0;
      product3 <= '0;
      sum01 <= '0;
      sum23 <= '0;
      low0 <= '0;
      low2 <= '0;
    end else if (enable) begin
      product0 <= a * b0;
      product1 <= a * b1;
      product2 <= a * b2;
      product3 <= a * b3;
      sum01 <= (LOWER - 17)'(product1 + (product0 >>> 17));
      sum23 <= (UPPER - 17)'(product3 + (product2 >>> 17));
      low0 <= product0[16:0];
      low2 <= product2[16:0];
    end
  end
  assign lower = {sum01, low0};
  assign upper = {sum23, low2};
endmodule
