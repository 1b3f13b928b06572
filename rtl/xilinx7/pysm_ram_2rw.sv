// The same memory as core/pysm_ram_2rw.sv, laid out for Xilinx 7 series where it is deeper than a block RAM is at a
// useful width: synthesis takes this file in the place of that one. A deep and narrow memory is a block RAM for each
// bit and needs no multiplexer behind it; a deep and wide one is made of banks of 4,096 words, of which 9 bits fill a
// block RAM, and the bank's number is kept for the multiplexer.
module pysm_ram_2rw #(
  parameter WIDTH = 72,
  parameter DEPTH = 2048,
  parameter AW = $clog2(DEPTH)
) (
  input  logic             clk,
  input  logic             a_en,
  input  logic             a_we,
  input  logic [AW-1:0]    a_addr,
  input  logic [WIDTH-1:0] a_wdata,
  output logic [WIDTH-1:0] a_rdata,
  input  logic             b_en,
  input  logic             b_we,
  input  logic [AW-1:0]    b_addr,
  input  logic [WIDTH-1:0] b_wdata,
  output logic [WIDTH-1:0] b_rdata
);
  localparam BANK_BITS = 12;
  localparam BANKS = DEPTH >> BANK_BITS;

  genvar i;
  generate
    if (BANKS <= 1) begin : g_shallow
      pysm_block_ram #(.WIDTH(WIDTH), .DEPTH(DEPTH)) ram (
        .clk(clk), .a_en(a_en), .a_we(a_we), .a_addr(a_addr), .a_wdata(a_wdata), .a_rdata(a_rdata),
        .b_en(b_en), .b_we(b_we), .b_addr(b_addr), .b_wdata(b_wdata), .b_rdata(b_rdata));
    end else if (WIDTH <= 36) begin : g_bits
      for (i = 0; i < WIDTH; i = i + 1) begin : g_bit
        pysm_block_ram #(.WIDTH(1), .DEPTH(DEPTH)) ram (
          .clk(clk), .a_en(a_en), .a_we(a_we), .a_addr(a_addr), .a_wdata(a_wdata[i]), .a_rdata(a_rdata[i]),
          .b_en(b_en), .b_we(b_we), .b_addr(b_addr), .b_wdata(b_wdata[i]), .b_rdata(b_rdata[i]));
      end
    end else begin : g_banks
      logic [WIDTH*BANKS-1:0] a_words, b_words;
      logic [AW-BANK_BITS-1:0] a_bank, b_bank;
      for (i = 0; i < BANKS; i = i + 1) begin : g_bank
        pysm_block_ram #(.WIDTH(WIDTH), .DEPTH(1 << BANK_BITS)) ram (
          .clk(clk), .a_en(a_en && a_addr[AW-1:BANK_BITS] == i), .a_we(a_we), .a_addr(a_addr[BANK_BITS-1:0]),
          .a_wdata(a_wdata), .a_rdata(a_words[i*WIDTH +: WIDTH]), .b_en(b_en && b_addr[AW-1:BANK_BITS] == i), .b_we(b_we),
          .b_addr(b_addr[BANK_BITS-1:0]), .b_wdata(b_wdata), .b_rdata(b_words[i*WIDTH +: WIDTH]));
      end
      always_ff @(posedge clk) begin
        if (a_en) a_bank <= a_addr[AW-1:BANK_BITS];
        if (b_en) b_bank <= b_addr[AW-1:BANK_BITS];
      end
      integer n;
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

// One block RAM, or some side by side.
module pysm_block_ram #(
  parameter WIDTH = 72,
  parameter DEPTH = 2048,
  parameter AW = $clog2(DEPTH)
) (
  input  logic             clk,
  input  logic             a_en,
  input  logic             a_we,
  input  logic [AW-1:0]    a_addr,
  input  logic [WIDTH-1:0] a_wdata,
  output logic [WIDTH-1:0] a_rdata,
  input  logic             b_en,
  input  logic             b_we,
  input  logic [AW-1:0]    b_addr,
  input  logic [WIDTH-1:0] b_wdata,
  output logic [WIDTH-1:0] b_rdata
);
  logic [WIDTH-1:0] memory [0:DEPTH-1];
  always_ff @(posedge clk) begin
    if (a_en) begin
      if (a_we) memory[a_addr] <= a_wdata;
      a_rdata <= memory[a_addr];
    end
  end
  always_ff @(posedge clk) begin
    if (b_en) begin
      if (b_we) memory[b_addr] <= b_wdata;
      b_rdata <= memory[b_addr];
    end
  end
endmodule
