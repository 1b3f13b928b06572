// Memory as block RAM holds it, one port writes and one reads: the word that is read is there in the next cycle and stays
// until the next read. A read of the address that is written in the same cycle gives the old word.
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
