// Hash of a payload: fold(x) = (x ^ x >> 32) * 0x9E3779B1 mod 2**32 (Fibonacci hashing: 2**32 divided by the golden
// ratio). `hash` is that of the `x` of the cycle before: the products are kept, each of one multiplier, and added then.
module pysm_hash (
  input  logic        clk, rst,
  input  logic        asked,       // `x` is wanted, and `hash`
  input  logic [63:0] x,
  output logic [31:0] hash
);
  localparam [31:0] FACTOR = 32'h9E3779B1;
  logic [31:0] folded, low;
  logic [15:0] middle_low, middle_high;
  always_comb begin
    folded = 'x;
    if (asked) folded = x[31:0] ^ x[63:32];
  end
  always_ff @(posedge clk) begin
    if (rst) begin
      low <= 32'd0;
      middle_low <= 16'd0;
      middle_high <= 16'd0;
    end else if (asked) begin
      low <= folded[15:0] * FACTOR[15:0];
      middle_low <= folded[15:0] * FACTOR[31:16];
      middle_high <= folded[31:16] * FACTOR[15:0];
    end
  end
  always_comb begin
    hash = 'x;
    if (asked) hash = low + {middle_low + middle_high, 16'd0};
  end
endmodule
