// Runs the operations of a file of bench.cc (`--vectors`) on the arithmetic unit, one directly after the other, under
// Icarus: +vectors=FILE +count=N. Prints what is wrong, then `N operations, M wrong`.
module icarus;
  localparam LIMIT = 65536;
  localparam [4:0] FCMP = 5'd25;

  // {operation, cycles, cycle of the trap, {orders, trap}, order, a, b, result}
  logic [231:0] vectors [0:LIMIT-1];
  logic [231:0] vector;
  logic [7:0] cycles, trap_cycle, want_order;
  logic [63:0] want_result;
  logic want_trap, want_orders;

  logic clk, rst, start;
  logic [4:0] op;
  logic [63:0] a, b;
  wire [63:0] result;
  wire trap;
  wire [2:0] order, float_order;
  bench u_bench (
    .clk(clk), .rst(rst), .start(start), .op(op), .a(a), .b(b),
    .result(result), .trap(trap), .order(order), .float_order(float_order)
  );

  integer count, wrong, i, cycle;
  reg [8*1024-1:0] file;
  logic done;

  task step;
    begin
      #1 clk = 1'b1;
      #1 clk = 1'b0;
    end
  endtask

  task complain;
    begin
      wrong = wrong + 1;
      $display("operation %0d %h %h: %h, trap %b, order %b; expected %h, trap %b, order %b", op, a, b, result, trap,
               op == FCMP ? float_order : order, want_result, want_trap, want_order[2:0]);
    end
  endtask

  initial begin
    wrong = 0;
    if (!$value$plusargs("vectors=%s", file) || !$value$plusargs("count=%d", count) || count > LIMIT) begin
      $display("usage: +vectors=FILE +count=N, at most %0d", LIMIT);
      $finish;
    end
    $readmemh(file, vectors, 0, count - 1);
    clk = 1'b0;
    rst = 1'b1;
    start = 1'b0;
    step;
    step;
    rst = 1'b0;
    for (i = 0; i < count; i = i + 1) begin
      vector = vectors[i];
      op = vector[228:224];
      cycles = vector[223:216];
      trap_cycle = vector[215:208];
      want_orders = vector[201];
      want_trap = vector[200];
      want_order = vector[199:192];
      {a, b, want_result} = vector[191:0];
      start = op != FCMP;
      #1;
      if (op == FCMP) begin
        if (float_order !== want_order[2:0]) complain;
      end else begin
        done = 1'b0;
        for (cycle = 1; !done; cycle = cycle + 1) begin
          if (cycle == trap_cycle) begin
            if (trap !== want_trap) complain;
            done = want_trap;
          end
          if (!done && cycle == cycles) begin
            if (want_orders ? order !== want_order[2:0] : result !== want_result) complain;
            done = 1'b1;
          end
          step;
          start = 1'b0;
          #1;
        end
      end
    end
    $display("%0d operations, %0d wrong", count, wrong);
    $finish;
  end
endmodule
