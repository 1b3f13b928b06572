// The memories for the proof about two copies of the core (debug.mjs), which says itself what a read gives: `fresh` is
// any word. What the core asks of a port are signals of its own, `asked` and `given`, that nothing can merge with others or
// make constant, because `mark` may be 1; the proof sets that to 0.
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
  pysm_port #(.WIDTH(WIDTH), .AW(AW)) w (.clk(clk), .en(we), .we(1'b1), .addr(waddr), .wdata(wdata), .rdata());
  pysm_port #(.WIDTH(WIDTH), .AW(AW)) r (.clk(clk), .en(re), .we(1'b0), .addr(raddr), .wdata({WIDTH{1'b0}}), .rdata(rdata));
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
  pysm_port #(.WIDTH(WIDTH), .AW(AW)) a (
    .clk(clk), .en(a_en), .we(a_we), .addr(a_addr), .wdata(a_wdata), .rdata(a_rdata)
  );
  pysm_port #(.WIDTH(WIDTH), .AW(AW)) b (
    .clk(clk), .en(b_en), .we(b_we), .addr(b_addr), .wdata(b_wdata), .rdata(b_rdata)
  );
endmodule

module pysm_port #(
  parameter WIDTH = 72,
  parameter AW = 11
) (
  input  logic             clk,
  input  logic             en,
  input  logic             we,
  input  logic [AW-1:0]    addr,
  input  logic [WIDTH-1:0] wdata,
  output logic [WIDTH-1:0] rdata
);
  wire mark = $anyseq;
  wire [WIDTH-1:0] fresh = $anyseq;
  (* keep *) wire [AW+1:0] asked = {addr, we, en} ^ {(AW + 2){mark}};
  (* keep *) wire [WIDTH-1:0] given = wdata ^ {WIDTH{mark}};
  logic [WIDTH-1:0] word;
  always @(posedge clk) if (en) word <= fresh;
  assign rdata = word;
endmodule
