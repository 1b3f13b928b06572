// Memories as block RAM holds them: synchronous, the word that is read is there in the next cycle and stays until the
// next read. A read of the address that is written in the same cycle gives the old word.

// One port writes, one reads.
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
  logic [WIDTH-1:0] memory [0:DEPTH-1];
  always_ff @(posedge clk) begin
    if (we) memory[waddr] <= wdata;
    if (re) rdata <= memory[raddr];
  end
endmodule

// Two ports, each reads or writes.
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
  logic [WIDTH-1:0] memory [0:DEPTH-1];
  always_ff @(posedge clk) begin
    if (a_en) begin
      if (a_we) memory[a_addr] <= a_wdata;
      else a_rdata <= memory[a_addr];
    end
  end
  always_ff @(posedge clk) begin
    if (b_en) begin
      if (b_we) memory[b_addr] <= b_wdata;
      else b_rdata <= memory[b_addr];
    end
  end
endmodule
