// The memories for proofs about what is read: of all words only one is kept, at an address that may be any (`watched`);
// a read of another address gives any word. This gives away every behaviour of the real memory and more, and a solver
// need not know arrays.
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
  wire [AW-1:0]    watched = $anyconst;
  wire [WIDTH-1:0] other = $anyseq;
  logic [WIDTH-1:0] content;
  always @(posedge clk) begin
    if (we && waddr == watched) content <= wdata;
    if (re) rdata <= raddr == watched ? content : other;
  end
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
  wire [AW-1:0]    watched = $anyconst;
  wire [WIDTH-1:0] a_other = $anyseq;
  wire [WIDTH-1:0] b_other = $anyseq;
  logic [WIDTH-1:0] content;
  always @(posedge clk) begin
    if (a_en && a_we && a_addr == watched) content <= a_wdata;
    if (b_en && b_we && b_addr == watched) content <= b_wdata;
    if (a_en) a_rdata <= a_addr == watched ? content : a_other;
    if (b_en) b_rdata <= b_addr == watched ? content : b_other;
  end
endmodule
