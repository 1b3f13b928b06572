// The memory of core/pysm_deep_ram.sv laid out for Xilinx 7 series: synthesis takes this file in the place of that one. A
// bit that has a block RAM of its own is there without a multiplexer behind it. A narrow memory is made so as a whole, of
// a wide one the bits at both ends: tags, and what addresses come from. The bits between are in banks of 4,096 words, of
// which 9 bits fill a block RAM, so that they take an eighth less; the bank's number is kept for the multiplexer. That it
// does the same is proved for a small one, by the property `deep_ram` in formal/.
module pysm_deep_ram #(
  parameter WIDTH = 72,
  parameter DEPTH = 32768,
  parameter NARROW = 36,             // bits up to which a memory is narrow
  parameter LOW = WIDTH <= NARROW ? WIDTH : 28,   // bits at the lower end with a RAM each
  parameter HIGH = WIDTH <= NARROW ? 0 : 8,       // ... and at the upper
  parameter BANK_BITS = 12,          // of an address in a bank
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
  localparam BANKED = WIDTH - LOW - HIGH;

  genvar i;
  integer n;
  generate
    for (i = 0; i < WIDTH; i = i + 1) begin : g_bits
      if (i < LOW || i >= WIDTH - HIGH) begin : g_bit
        pysm_ram_2rw #(.WIDTH(1), .DEPTH(DEPTH)) ram (
          .clk(clk), .a_en(a_en), .a_we(a_we), .a_addr(a_addr), .a_wdata(a_wdata[i]), .a_rdata(a_rdata[i]),
          .b_en(b_en), .b_we(b_we), .b_addr(b_addr), .b_wdata(b_wdata[i]), .b_rdata(b_rdata[i]));
      end
    end
    if (BANKED > 0) begin : g_banks
      logic [BANKED*BANKS-1:0] a_words, b_words;
      logic [BANKED-1:0] a_word, b_word;
      logic [AW-BANK_BITS-1:0] a_bank, b_bank;
      for (i = 0; i < BANKS; i = i + 1) begin : g_bank
        pysm_ram_2rw #(.WIDTH(BANKED), .DEPTH(1 << BANK_BITS)) ram (
          .clk(clk), .a_en(a_en && a_addr[AW-1:BANK_BITS] == i), .a_we(a_we), .a_addr(a_addr[BANK_BITS-1:0]),
          .a_wdata(a_wdata[LOW +: BANKED]), .a_rdata(a_words[i*BANKED +: BANKED]),
          .b_en(b_en && b_addr[AW-1:BANK_BITS] == i), .b_we(b_we), .b_addr(b_addr[BANK_BITS-1:0]),
          .b_wdata(b_wdata[LOW +: BANKED]), .b_rdata(b_words[i*BANKED +: BANKED]));
      end
      always_ff @(posedge clk) begin
        if (a_en) a_bank <= a_addr[AW-1:BANK_BITS];
        if (b_en) b_bank <= b_addr[AW-1:BANK_BITS];
      end
      always_comb begin
        a_word = '0;
        b_word = '0;
        for (n = 0; n < BANKS; n = n + 1) begin
          if (a_bank == n) a_word = a_words[n*BANKED +: BANKED];
          if (b_bank == n) b_word = b_words[n*BANKED +: BANKED];
        end
      end
      assign a_rdata[LOW +: BANKED] = a_word;
      assign b_rdata[LOW +: BANKED] = b_word;
    end
  endgenerate
endmodule
