// The deep memories as they are laid out for Xilinx 7 series (xilinx7/pysm_deep_ram.sv) give what a plain memory gives, as
// bits alone and with banks between the bits, here with 8 words in 4 banks: every word that was written before it is read.
// Both ports may do anything, but not meet at one word in a cycle in which one of them writes it.
module formal_deep_ram (
  input logic       clk,
  input logic       a_en, a_we, b_en, b_we,
  input logic [2:0] a_addr, b_addr,
  input logic [2:0] a_wdata, b_wdata
);
  logic [2:0] plain_a, plain_b, bits_a, bits_b, banks_a, banks_b;
  pysm_ram_2rw #(.WIDTH(3), .DEPTH(8)) plain (.*, .a_rdata(plain_a), .b_rdata(plain_b));
  pysm_deep_ram #(.WIDTH(3), .DEPTH(8), .BANK_BITS(1)) bits (.*, .a_rdata(bits_a), .b_rdata(bits_b));
  pysm_deep_ram #(.WIDTH(3), .DEPTH(8), .BANK_BITS(1), .LOW(1), .HIGH(1)) banks (
    .*, .a_rdata(banks_a), .b_rdata(banks_b)
  );

  reg [7:0] written = 8'd0;
  reg       a_known = 1'b0;             // the port's word is one that was written before
  reg       b_known = 1'b0;
  always @(posedge clk) begin
    if (a_en && a_we) written[a_addr] <= 1'b1;
    if (b_en && b_we) written[b_addr] <= 1'b1;
    if (a_en) a_known <= written[a_addr];
    if (b_en) b_known <= written[b_addr];
    assume (!(a_en && b_en && a_addr == b_addr && (a_we || b_we)));
    if (a_known) assert (bits_a == plain_a && banks_a == plain_a);
    if (b_known) assert (bits_b == plain_b && banks_b == plain_b);
  end
endmodule
