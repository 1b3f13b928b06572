// Memory as block RAM holds it, with two ports that read or write: the word that is read is there in the next cycle and
// stays until the next access of its port; a write reads the word that it replaces. Where one port reads what the other
// writes in the same cycle, the word that is read is not to be used.
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
