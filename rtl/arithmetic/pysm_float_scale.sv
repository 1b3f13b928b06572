// Exponent of product, quotient and square root, and the shift that their significand needs. The operands pass one by
// one: b in cycle 1 and a in cycle 2 (`first`, `second`), of a root only the second; the outputs are valid from cycle 4 on,
// those of a root from cycle 5.
//
// Operands of a division are normalised and arrive with their leading zeros counted; of a product they are not, and its
// zeros are counted later. The significands come to lie in pysm_shift with their top place in bit 53.
module pysm_float_scale (
  input  logic clk,
  input  logic rst,
  input  logic enable,
  input  logic first,
  input  logic second,
  input  logic third,
  input  logic multiply,
  input  logic divide,
  input  logic root,             // of a; the top place of its digits is always empty
  input  logic [10:0] field,     // exponent field of the operand
  input  logic [5:0] count,      // leading zeros of its significand in 64 bits
  output logic up,               // of a product: shift it left, as far as `exponent` and its zeros let it
  output logic [5:0] places,     // else places to the right, see pysm_shift
  output logic [11:0] exponent,  // biased exponent, less 1, of the top place; where `up`, of bit 63. At least 0
  output logic normal,           // a quotient's or root's top place may be empty: then the next has the leading one
  output logic beyond            // infinity
);
  // What is added to the exponent of the first operand so that with the other it becomes the biased exponent of the top
  // place. Of a product that counts up to 4, so the bias goes less 1. A quotient subtracts the first by taking its
  // complement, and the 11 zeros before a significand cancel. Of a root it is twice the exponent.
  localparam signed [12:0] PRODUCT = -13'sd1022;
  localparam signed [12:0] QUOTIENT = -13'sd1024;
  localparam signed [12:0] ROOT = 13'sd1036;
  // Bit 63 is that far above the top place.
  localparam signed [12:0] UPWARD = 13'sd10;

  logic signed [12:0] total, addend, next_total;
  always @* begin
    {addend, next_total} = 'x;
    if (enable) begin
      addend = root ? ROOT : first ? (divide ? QUOTIENT : PRODUCT) : divide ? ~total : total;
      next_total =
        addend + $signed({2'b00, field[10:1], field[0] | ~|field}) - $signed({7'd0, count & {6{~multiply}}});
    end
  end
  always_ff @(posedge clk) begin
    if (rst) total <= '0;
    else if (enable) begin
      if (first | second) total <= next_total;
      else if (third & root) total <= total >>> 1;
    end
  end

  // Cycle 3: what is below the exponent of subnormals comes down to that.
  logic tiny, raises;
  logic signed [12:0] amount;
  logic [11:0] top;
  always @* begin
    {tiny, raises, amount, top} = 'x;
    if (enable) begin
      tiny = total < 13'sd1;
      raises = multiply & ~tiny;
      // From 63 on only the sticky bit is left.
      amount = 13'sd2 - total;
      top = 12'(total + (raises ? UPWARD - 13'sd1 : -13'sd1));
    end
  end
  always_ff @(posedge clk) begin
    if (rst) begin
      up <= 1'b0;
      places <= '0;
      exponent <= '0;
      normal <= 1'b0;
      beyond <= 1'b0;
    end else if (enable) begin
      up <= raises;
      places <= tiny ? amount[5:0] | {6{|amount[12:6]}} : 6'd1;
      exponent <= tiny ? 12'd0 : top;
      normal <= total > 13'sd1;
      beyond <= ~total[12] & total[11];
    end
  end
endmodule
