// What decode reads of the globals and of the return stack, ahead of the instructions that are still in execute, is the
// word that was last written there, for every sequence of reads and writes. Execute, decode and the debug block are cut
// away: they may do anything, but not write without using the port. What decode reads in a cycle whose write was
// seen but is not made, or the other way round, is not used.
//
// A word that the debugger writes in the cycle in which decode asks for it may be the old one; an instruction that waits
// asks again in the next cycle.
module formal_read_ahead (
`include "core_inputs.svh"
);
`include "core_outputs.svh"
  pysm_core core (.*);

  (* hierconn *) wire        \core.eg_en , \core.eg_we , \core.debug_globals_en , \core.debug_return_en ;
  (* hierconn *) wire        \core.er_en , \core.er_we , \core.eg_seen , \core.er_seen ;
  (* hierconn *) wire [10:0] \core.eg_addr , \core.g_addr , \core.g_at ;
  (* hierconn *) wire [9:0]  \core.er_addr , \core.er_top , \core.top_addr , \core.top_at ;
  (* hierconn *) wire [71:0] \core.eg_wdata , \core.debug_wdata , \core.g_q , \core.globals_d_q ;
  (* hierconn *) wire [63:0] \core.er_wdata , \core.er_word , \core.entry , \core.return_d_q ;
  (* hierconn *) wire [10:0] \core.globals.watched ;
  (* hierconn *) wire [9:0]  \core.returns.watched ;
  (* hierconn *) wire [71:0] \core.globals.content ;
  (* hierconn *) wire [63:0] \core.returns.content ;
  (* hierconn *) wire        \core.debug_write ;
  (* hierconn *) wire [14:0] \core.debug_addr ;
  (* hierconn *) wire        \core.g_was_written , \core.entry_was_written ;
  (* hierconn *) wire [10:0] \core.g_written_at ;
  (* hierconn *) wire [9:0]  \core.entry_written_at ;
  (* hierconn *) wire [71:0] \core.g_written ;
  (* hierconn *) wire [63:0] \core.entry_written ;

  wire g_writes = \core.eg_en && \core.eg_we && \core.eg_addr == \core.globals.watched ;
  wire g_debug = !\core.eg_en && \core.debug_globals_en && \core.debug_write &&
                 \core.debug_addr [10:0] == \core.globals.watched ;
  wire r_writes = \core.er_en && \core.er_we && \core.er_addr == \core.returns.watched ;
  wire r_debug = !\core.er_en && \core.debug_return_en && \core.debug_write &&
                 \core.debug_addr [9:0] == \core.returns.watched ;

  reg        first = 1'b1;
  reg        g_asked = 1'b0;            // decode asked for the watched word in the cycle before
  reg        r_asked = 1'b0;
  reg        g_known = 1'b0;
  reg        r_known = 1'b0;
  reg        g_just, r_just;            // execute wrote it in the cycle before
  reg [71:0] g_last;
  reg [63:0] r_last;
  always @(posedge clk) begin
    first <= 1'b0;
    g_asked <= !rst && \core.g_addr == \core.globals.watched && !g_debug;
    r_asked <= !rst && \core.top_addr == \core.returns.watched && !r_debug;
    g_just <= g_writes;
    r_just <= r_writes;
    if (rst) begin
      g_known <= 1'b0;
      r_known <= 1'b0;
    end else begin
      if (g_writes || g_debug) begin
        g_known <= 1'b1;
        g_last <= g_writes ? \core.eg_wdata : \core.debug_wdata ;
      end
      if (r_writes || r_debug) begin
        r_known <= 1'b1;
        r_last <= r_writes ? \core.er_wdata : \core.debug_wdata [63:0];
      end
    end

    assume (rst == first);
    assume (!\core.er_we || \core.er_en );
    assume (!\core.eg_we || \core.eg_en );

    if (!first) begin
      // The property
      if (g_asked && (g_known || g_writes) && \core.eg_seen == (\core.eg_en && \core.eg_we ))
        assert (\core.g_q == (g_writes ? \core.eg_wdata : g_last));
      if (r_asked && (r_known || r_writes) &&
          (\core.er_we ? \core.er_seen && \core.er_top == \core.er_addr && \core.er_word == \core.er_wdata
                       : !\core.er_seen ))
        assert (\core.entry == (r_writes ? \core.er_wdata : r_last));

      // What carries the induction
      if (g_known) assert (\core.globals.content == g_last);
      if (r_known) assert (\core.returns.content == r_last);
      if (g_asked) begin
        assert (\core.g_at == \core.globals.watched );
        assert (g_just == (\core.g_was_written && \core.g_written_at == \core.globals.watched ));
        if (g_just) assert (g_known && \core.g_written == g_last);
        else assert (\core.globals_d_q == \core.globals.content );
      end
      if (r_asked) begin
        assert (\core.top_at == \core.returns.watched );
        assert (r_just == (\core.entry_was_written && \core.entry_written_at == \core.returns.watched ));
        if (r_just) assert (r_known && \core.entry_written == r_last);
        else assert (\core.return_d_q == \core.returns.content );
      end
    end
  end
endmodule
