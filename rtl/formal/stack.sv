// A read port of the stack gives the word that was last written to its address, for every sequence of reads and writes.
// One address stands for all. A write counts from the cycle in which execute makes it, for the operand ports; for the
// port through which execute reads itself, from the next cycle on; for the debugger's, when the write stage has made it.
// What the operand ports give in a cycle whose write was seen but is not made, or is another, is not used.
module formal_stack (
  input logic        clk, rst,
  input logic        sw, sw_seen,
  input logic [10:0] sw_addr, seen_addr,
  input logic [71:0] sw_data, seen_data,
  input logic        debug_we,
  input logic [10:0] debug_waddr,
  input logic [71:0] debug_wdata,
  input logic [10:0] a_addr, b_addr, c_addr,
  input logic        debug_re,
  input logic [10:0] debug_addr
);
  wire [71:0] a_q, b_q, c_q, moved_q, debug_q;
  pysm_stack dut (.*);

  // The address, and what is inside of the design that the induction needs.
  wire [10:0] at = $anyconst;
  (* hierconn *) wire [10:0] \dut.copy_a.watched , \dut.copy_b.watched , \dut.copy_c.watched , \dut.copy_debug.watched ;
  (* hierconn *) wire [71:0] \dut.copy_a.content , \dut.copy_b.content , \dut.copy_c.content , \dut.copy_debug.content ;
  (* hierconn *) wire [71:0] \dut.a_ram , \dut.b_ram , \dut.c_ram ;
  (* hierconn *) wire        \dut.w_we , \dut.x_we ;
  (* hierconn *) wire [10:0] \dut.w_addr , \dut.x_addr , \dut.a_at , \dut.b_at , \dut.c_at ;
  (* hierconn *) wire [71:0] \dut.w_data , \dut.x_data ;

  reg        first = 1'b1;
  reg        asked = 1'b0;              // the addresses of the cycle before count
  reg [10:0] asked_a, asked_b, asked_c, asked_debug;
  reg        debug_asked = 1'b0;
  reg        known = 1'b0;              // something was written to `at`,
  reg [71:0] last;                      // ... this
  wire       writes = sw && sw_addr == at;
  wire       debug_writes = debug_we && debug_waddr == at;
  wire [71:0] present = writes ? sw_data : last;
  wire       w_here = \dut.w_we && \dut.w_addr == at;
  wire       x_here = \dut.x_we && \dut.x_addr == at;
  always @(posedge clk) begin
    first <= 1'b0;
    asked <= !rst;
    debug_asked <= !rst && debug_re && !w_here && !x_here;
    asked_a <= a_addr;
    asked_b <= b_addr;
    asked_c <= c_addr;
    asked_debug <= debug_addr;
    if (rst) known <= 1'b0;
    else if (writes || debug_writes) begin
      known <= 1'b1;
      last <= debug_writes ? debug_wdata : sw_data;
    end

    assume (rst == first);
    assume (\dut.copy_a.watched == at && \dut.copy_b.watched == at && \dut.copy_c.watched == at &&
            \dut.copy_debug.watched == at);
    // The debugger writes only while the core is halted.
    assume (!(sw && debug_we));

    if (!first) begin
      // The property
      if (asked && (known || writes)) begin
        if (sw ? sw_seen && seen_addr == sw_addr && seen_data == sw_data : !sw_seen) begin
          if (asked_a == at) assert (a_q == present);
          if (asked_b == at) assert (b_q == present);
          if (asked_c == at) assert (c_q == present);
        end
        if (asked_c == at && known) assert (moved_q == last);
        if (debug_asked && asked_debug == at && known && !w_here && !x_here) assert (debug_q == last);
      end

      // What carries the induction: the write stage and the memory together hold the word.
      if (known) begin
        assert (last == (w_here ? \dut.w_data : \dut.copy_a.content ));
        assert (last == (w_here ? \dut.w_data : \dut.copy_b.content ));
        assert (last == (w_here ? \dut.w_data : \dut.copy_c.content ));
        assert (last == (w_here ? \dut.w_data : \dut.copy_debug.content ));
      end else assert (!w_here && !x_here);
      if (x_here) assert (\dut.x_data == \dut.copy_a.content && \dut.x_data == \dut.copy_b.content &&
                          \dut.x_data == \dut.copy_c.content );
      if (asked) begin
        assert (\dut.a_at == asked_a && \dut.b_at == asked_b && \dut.c_at == asked_c);
        if (asked_a == at && !x_here) assert (\dut.a_ram == \dut.copy_a.content );
        if (asked_b == at && !x_here) assert (\dut.b_ram == \dut.copy_b.content );
        if (asked_c == at && !x_here) assert (\dut.c_ram == \dut.copy_c.content );
      end
      if (debug_asked && asked_debug == at && !x_here) assert (debug_q == \dut.copy_debug.content );
    end
  end
endmodule
