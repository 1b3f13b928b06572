// The memories for proofs about the core: what is read is any word, and stays until the next read of the port. Whatever
// is proved with these holds for every content. `a_fresh` and `b_fresh` are the words that an access of this cycle will give.
module pysm_ram_1r1w #(
  parameter WIDTH = 72,
  parameter DEPTH = 2048,
  parameter AW = $clog2(DEPTH)
) (
  input  logic             clk,
  input  logic             we,
  input  logic [AW-1:0]    waddr,
  input  logic [WIDTH-1:0] wdata,
  input  logic             re,
  input  logic [AW-1:0]    raddr,
  output logic [WIDTH-1:0] rdata
);
  wire [WIDTH-1:0] fresh = $anyseq;
  always @(posedge clk) if (re) rdata <= fresh;
endmodule

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
  wire [WIDTH-1:0] a_fresh = $anyseq;
  wire [WIDTH-1:0] b_fresh = $anyseq;
  always @(posedge clk) begin
    if (a_en) a_rdata <= a_fresh;
    if (b_en) b_rdata <= b_fresh;
  end
endmodule
