// The stack RAM: a copy for each of the read stage's three operands and one for the debugger (and later the collector),
// all written alike. A write comes from the execute stage; the write stage holds it for a cycle and writes it then, and
// so a read that was asked for in one of these two cycles gets the word by a bypass:
//
//     the word that execute writes in this cycle          (operands of the next instruction)
//     the word that the write stage writes in this cycle   (of the one after)
//     the word that was written in the cycle before        (its RAM write met the read of the same address)
`include "pysm_words.svh"

module pysm_stack (
  input  logic        clk, rst,
  // Execute's write, and the debugger's while the core is halted
  input  logic        sw,
  input  logic [10:0] sw_addr,
  input  logic [71:0] sw_data,
  input  logic        sw_seen,         // ... as it counts for the bypasses, which may see one that is not made in the end,
  input  logic [10:0] seen_addr,       // since what they give is not used then
  input  logic [71:0] seen_data,
  input  logic        debug_we,
  input  logic [10:0] debug_waddr,
  input  logic [71:0] debug_wdata,
  // Reads: the words are there in the next cycle
  input  logic [10:0] a_addr, b_addr, c_addr,
  output logic [71:0] a_q, b_q, c_q,
  output logic [71:0] moved_q,         // as c_q, for a read that execute itself asked for: without what it writes now
  input  logic        debug_re,
  input  logic [10:0] debug_addr,
  output logic [71:0] debug_q
);
  logic        w_we, x_we;
  logic [10:0] w_addr, x_addr, a_at, b_at, c_at;
  logic [71:0] w_data, x_data, a_ram, b_ram, c_ram;
  always_ff @(posedge clk) begin
    if (rst) begin
      w_we <= 1'b0;
      x_we <= 1'b0;
      w_addr <= 11'd0;
      x_addr <= 11'd0;
      w_data <= 72'd0;
      x_data <= 72'd0;
      a_at <= 11'd0;
      b_at <= 11'd0;
      c_at <= 11'd0;
    end else begin
      w_we <= sw || debug_we;
      w_addr <= debug_we ? debug_waddr : sw_addr;
      w_data <= debug_we ? debug_wdata : sw_data;
      x_we <= w_we;
      if (w_we) begin
        x_addr <= w_addr;
        x_data <= w_data;
      end
      a_at <= a_addr;
      b_at <= b_addr;
      c_at <= c_addr;
    end
  end

  pysm_ram_1r1w #(.WIDTH(72), .DEPTH(`PYSM_MEMORY_STACK)) copy_a (
    .clk(clk), .we(w_we), .waddr(w_addr), .wdata(w_data), .re(1'b1), .raddr(a_addr), .rdata(a_ram));
  pysm_ram_1r1w #(.WIDTH(72), .DEPTH(`PYSM_MEMORY_STACK)) copy_b (
    .clk(clk), .we(w_we), .waddr(w_addr), .wdata(w_data), .re(1'b1), .raddr(b_addr), .rdata(b_ram));
  pysm_ram_1r1w #(.WIDTH(72), .DEPTH(`PYSM_MEMORY_STACK)) copy_c (
    .clk(clk), .we(w_we), .waddr(w_addr), .wdata(w_data), .re(1'b1), .raddr(c_addr), .rdata(c_ram));
  pysm_ram_1r1w #(.WIDTH(72), .DEPTH(`PYSM_MEMORY_STACK)) copy_debug (
    .clk(clk), .we(w_we), .waddr(w_addr), .wdata(w_data), .re(debug_re), .raddr(debug_addr), .rdata(debug_q));

  always_comb begin
    moved_q = w_we && w_addr == c_at ? w_data : x_we && x_addr == c_at ? x_data : c_ram;
  end
  always_comb begin
    a_q = sw_seen && seen_addr == a_at ? seen_data
        : w_we && w_addr == a_at ? w_data : x_we && x_addr == a_at ? x_data : a_ram;
    b_q = sw_seen && seen_addr == b_at ? seen_data
        : w_we && w_addr == b_at ? w_data : x_we && x_addr == b_at ? x_data : b_ram;
    c_q = sw_seen && seen_addr == c_at ? seen_data : moved_q;
  end
endmodule
