// The inputs of pysm_core, as inputs of a proof: any value in any cycle.
  input logic        clk, rst,
  input logic [63:0] io_rdata,
  input logic        io_bad,
  input logic [31:0] pin_seen,
  input logic [7:0]  irq,
  input logic [31:0] irq_pending,
  input logic        dbg_req, dbg_write,
  input logic [3:0]  dbg_space,
  input logic [15:0] dbg_addr,
  input logic [71:0] dbg_wdata
