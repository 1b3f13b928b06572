// First-in first-out queue in distributed RAM.
//
// `head` is the oldest word, valid where `count` is not 0. A word pushed in cycle c counts and is readable from c + 1
// on; push and pop may come together, also at a full queue. The user pushes only where there is room (count < DEPTH or
// a pop in the same cycle) and pops only where there is something.
module pysm_fifo #(
  parameter WIDTH = 8,
  parameter DEPTH = 64,             // a power of two
  parameter AW = $clog2(DEPTH)
) (
  input  logic             clk,
  input  logic             rst,
  input  logic             push,
  input  logic [WIDTH-1:0] word,
  input  logic             pop,
  output logic [WIDTH-1:0] head,
  output logic [AW:0]      count
);
  logic [WIDTH-1:0] memory [0:DEPTH-1];
  logic [AW-1:0] first, next;

  assign head = memory[first];

  always_ff @(posedge clk) if (push) memory[next] <= word;

  always_ff @(posedge clk) begin
    if (rst) begin
      first <= '0;
      next  <= '0;
      count <= '0;
    end else if (push || pop) begin
      if (pop)  first <= first + 1'b1;
      if (push) next  <= next + 1'b1;
      case ({push, pop})
        2'b10:   count <= count + 1'b1;
        2'b01:   count <= count - 1'b1;
        default: ;
      endcase
    end
  end
endmodule
