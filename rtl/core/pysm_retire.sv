// The retire port: a record in the cycle after the last one of what it reports. What belongs to an instruction's first
// cycle (its number, the operands as they were read) is kept until then. For simulation and tests only: nothing in the
// core depends on it.
module pysm_retire (
  input  logic        clk, rst,
  // In the cycle in which an instruction begins, or is replaced by an interrupt
  input  logic        boundary,
  input  logic [63:0] cycle,
  input  logic [71:0] a, b, c,
  // In the cycles of an entry
  input  logic        entering,
  input  logic [11:0] entry_vector,
  // In the last cycle: what it was, and the registers after it
  input  logic        record,
  input  logic [2:0]  kind,
  input  logic [63:0] order,
  input  logic [15:0] pc, next_pc,
  input  logic [31:0] word,
  input  logic [11:0] sp, fp,
  input  logic [15:0] handler,
  input  logic [10:0] rsp,
  input  logic [1:0]  rrv,
  input  logic [71:0] rr,
  input  logic        ie,
  output logic        rt_valid,
  output logic [2:0]  rt_kind,
  output logic [15:0] rt_pc, rt_next_pc,
  output logic [31:0] rt_word,
  output logic [63:0] rt_cycle, rt_order,
  output logic [71:0] rt_a, rt_b, rt_c,
  output logic [11:0] rt_sp, rt_fp,
  output logic [15:0] rt_handler,
  output logic [10:0] rt_rsp,
  output logic [1:0]  rt_rrv,
  output logic [71:0] rt_rr,
  output logic        rt_ie,
  output logic [11:0] rt_vector
);
  logic [63:0] issued;
  always_ff @(posedge clk) begin
    if (rst) issued <= 64'd0;
    else if (boundary) issued <= cycle;
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      rt_valid <= 1'b0;
      rt_kind <= 3'd0;
      rt_pc <= 16'd0;
      rt_next_pc <= 16'd0;
      rt_word <= 32'd0;
      rt_cycle <= 64'd0;
      rt_order <= 64'd0;
      rt_a <= 72'd0;
      rt_b <= 72'd0;
      rt_c <= 72'd0;
      rt_sp <= 12'd0;
      rt_fp <= 12'd0;
      rt_handler <= 16'd0;
      rt_rsp <= 11'd0;
      rt_rrv <= 2'd0;
      rt_rr <= 72'd0;
      rt_ie <= 1'b0;
      rt_vector <= 12'd0;
    end else begin
      rt_valid <= record;
      if (record) begin
        rt_kind <= kind;
        rt_pc <= pc;
        rt_next_pc <= next_pc;
        rt_word <= word;
        rt_cycle <= boundary ? cycle : issued;
        rt_order <= order;
        rt_a <= a;
        rt_b <= b;
        rt_c <= c;
        rt_sp <= sp;
        rt_fp <= fp;
        rt_handler <= handler;
        rt_rsp <= rsp;
        rt_rrv <= rrv;
        rt_rr <= rr;
        rt_ie <= ie;
      end
      if (entering) rt_vector <= entry_vector;
    end
  end
endmodule
