// A memory as pysm_ram_2rw that is deeper than a block RAM is at a useful width. Synthesis may take a layout of its own in
// the place of this file: xilinx7/pysm_deep_ram.sv.
module pysm_deep_ram #(
  parameter WIDTH = 72,
  parameter DEPTH = 32768,
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
  pysm_ram_2rw #(.WIDTH(WIDTH), .DEPTH(DEPTH)) ram (
    .clk(clk), .a_en(a_en), .a_we(a_we), .a_addr(a_addr), .a_wdata(a_wdata), .a_rdata(a_rdata),
    .b_en(b_en), .b_we(b_we), .b_addr(b_addr), .b_wdata(b_wdata), .b_rdata(b_rdata));
endmodule
