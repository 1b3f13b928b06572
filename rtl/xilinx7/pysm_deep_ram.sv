// The memory of core/pysm_deep_ram.sv laid out for Xilinx 7 series: synthesis takes this file in the place of that one. A
// narrow memory is a block RAM for each bit and needs no multiplexer behind it; a wide one is made of banks of 4,096 words,
// of which 9 bits fill a block RAM, and the bank's number is kept for the multiplexer. That it does the same is proved for
// a small one, by the property `deep_ram` in formal/.
module pysm_deep_ram #(
  parameter WIDTH = 72,
  parameter DEPTH = 32768,
  parameter BANK_BITS = 12,          // of an address in a bank
  parameter NARROW = 36,             // bits up to which a memory has a RAM for each
  parameter AW = $clog2(DEPTH)
) (
  input  logic             clk,
  input  logic             a_en, a_we,
  input  logic [AW-1:0]    a_addr,
  input  logic [WIDTH-1:0] a_wdata,
  output logic [WIDTH-1:0] a_rdata,
  input  logic             b_en, b_we,
  input  logic [AW-1:0]    b_addr,
  input  logic [WIDTH-1:0] b_wdata,
  output logic [WIDTH-1:0] b_rdata
);
  localparam BANKS = DEPTH >> BANK_BITS;

  genvar i;
  integer n;
  generate
    if (WIDTH <= NARROW) begin : g_bits
      for (i = 0; i < WIDTH; i = i + 1) begin : g_bit
        pysm_ram_2rw #(.WIDTH(1), .DEPTH(DEPTH)) ram (
          .clk(clk), .a_en(a_en), .a_we(a_we), .a_addr(a_addr), .a_wdata(a_wdata[i]), .a_rdata(a_rdata[i]),
          .b_en(b_en), .b_we(b_we), .b_addr(b_addr), .b_wdata(b_wdata[i]), .b_rdata(b_rdata[i]));
      end
    end else begin : g_banks
      logic [WIDTH*BANKS-1:0] a_words, b_words;
      logic [AW-BANK_BITS-1:0] a_bank, b_bank;
      for (i = 0; i < BANKS; i = i + 1) begin : g_bank
        pysm_ram_2rw #(.WIDTH(WIDTH), .DEPTH(1 << BANK_BITS)) ram (
          .clk(clk), .a_en(a_en && a_addr[AW-1:BANK_BITS] == i), .a_we(a_we), .a_addr(a_addr[BANK_BITS-1:0]),
          .a_wdata(a_wdata), .a_rdata(a_words[i*WIDTH +: WIDTH]), .b_en(b_en && b_addr[AW-1:BANK_BITS] == i),
          .b_we(b_we), .b_addr(b_addr[BANK_BITS-1:0]), .b_wdata(b_wdata), .b_rdata(b_words[i*WIDTH +: WIDTH]));
      end
      always_ff @(posedge clk) begin
        if (a_en) a_bank <= a_addr[AW-1:BANK_BITS];
        if (b_en) b_bank <= b_addr[AW-1:BANK_BITS];
      end
      always_comb begin
        a_rdata = '0;
        b_rdata = '0;
        for (n = 0; n < BANKS; n = n + 1) begin
          if (a_bank == n) a_rdata = a_words[n*WIDTH +: WIDTH];
          if (b_bank == n) b_rdata = b_words[n*WIDTH +: WIDTH];
        end
      end
    end
  endgenerate
endmodule
