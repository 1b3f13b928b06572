// The arithmetic unit for proofs about the core: any result, any trap, in any cycle.
module pysm_arith (
  input  logic        clk, rst,
  input  logic        start,
  input  logic [4:0]  op,
  input  logic [63:0] a, b,
  output logic [63:0] result,
  output logic        trap,
  output logic [2:0]  order
);
  assign result = $anyseq;
  assign trap = $anyseq;
  assign order = $anyseq;
endmodule
