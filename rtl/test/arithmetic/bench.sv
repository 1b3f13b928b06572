// What the arithmetic bench drives: the arithmetic unit, and the one comparison that needs no cycle, on the same operands.
module bench (
  input  logic clk,
  input  logic rst,
  input  logic start,
  input  logic [4:0] op,
  input  logic [63:0] a,
  input  logic [63:0] b,
  output logic [63:0] result,
  output logic trap,
  output logic [2:0] order,
  output logic [2:0] float_order
);
  pysm_arith u_arith (.clk, .rst, .start, .op, .a, .b, .result, .trap, .order);
  pysm_fcmp u_fcmp (.a, .b, .order(float_order));
endmodule
