// Every instruction that comes into execute is reported once, in order, and finds the registers as the one before it
// left them, under every stall, misprediction, trap, interrupt, stop and resume. Program, memories, arithmetic and I/O
// may give anything; the debugger may do anything at any time.
`include "pysm_words.svh"

module formal_retire (
`include "core_inputs.svh"
);
`include "core_outputs.svh"
  pysm_core core (.*);

  localparam [2:0] RUNNING = 3'd0;
  localparam [2:0] DID_EXIT = 3'd3;
  localparam [2:0] DID_FAULT = 3'd4;

  (* hierconn *) wire        \core.d_valid , \core.d_moves , \core.r_valid , \core.flush , \core.redirect , \core.started ;
  (* hierconn *) wire [15:0] \core.d_pc , \core.r_pc , \core.r_next ;
  (* hierconn *) wire [11:0] \core.d_fp , \core.d_sp , \core.r_fp , \core.r_sp , \core.r_fp_after , \core.r_sp_after ;
  (* hierconn *) wire [10:0] \core.d_rsp , \core.r_rsp , \core.r_rsp_after ;
  (* hierconn *) wire [1:0]  \core.d_rrv , \core.r_rrv ;
  (* hierconn *) wire        \core.execute.valid , \core.execute.entering , \core.execute.takes ;
  (* hierconn *) wire        \core.execute.boundary , \core.execute.stops , \core.execute.interrupts ;
  (* hierconn *) wire        \core.execute.passes_brk , \core.execute.record ;
  (* hierconn *) wire [2:0]  \core.execute.record_kind , \core.execute.status ;
  (* hierconn *) wire [5:0]  \core.execute.step ;
  (* hierconn *) wire [63:0] \core.execute.order ;
  (* hierconn *) wire [15:0] \core.execute.pc , \core.execute.next_pc , \core.execute.next_pc_now ;
  (* hierconn *) wire [11:0] \core.execute.fp , \core.execute.sp , \core.execute.fp_after , \core.execute.sp_after ;
  (* hierconn *) wire [11:0] \core.execute.fp_now , \core.execute.sp_now ;
  (* hierconn *) wire [10:0] \core.execute.rsp , \core.execute.rsp_after , \core.execute.rsp_now ;
  (* hierconn *) wire [1:0]  \core.execute.rrv , \core.execute.rrv_after , \core.execute.rrv_now ;
  (* hierconn *) wire        \core.state_write ;
  (* hierconn *) wire        \core.execute.act_redirects , \core.execute.wrong_way ;
  (* hierconn *) wire [7:0]  \core.state_number ;
  (* hierconn *) wire [71:0] \core.debug_wdata ;

  // Registers that lead from one instruction to the next: pc, fp, sp, rsp, rrv
  wire [52:0] here = {\core.execute.pc , \core.execute.fp , \core.execute.sp , \core.execute.rsp , \core.execute.rrv };
  wire [52:0] after = {\core.execute.next_pc , \core.execute.fp_after , \core.execute.sp_after ,
                       \core.execute.rsp_after , \core.execute.rrv_after };
  wire [52:0] reported = {\core.execute.next_pc_now , \core.execute.fp_now , \core.execute.sp_now ,
                          \core.execute.rsp_now , \core.execute.rrv_now };
  wire [52:0] read = {\core.r_pc , \core.r_fp , \core.r_sp , \core.r_rsp , \core.r_rrv };
  wire [52:0] read_after = {\core.r_next , \core.r_fp_after , \core.r_sp_after , \core.r_rsp_after , 2'd0};
  wire [52:0] decoded = {\core.d_pc , \core.d_fp , \core.d_sp , \core.d_rsp , \core.d_rrv };

  // A RET or YIELD without an entry to return to ends the program: what is fetched behind it means nothing.
  (* hierconn *) wire [7:0]  \core.execute.op ;
  (* hierconn *) wire [63:0] \core.execute.entry ;
  (* hierconn *) wire [3:0]  \core.execute.word_fault ;
  wire [63:0] entry = \core.execute.entry ;
  wire [2:0]  kind = `ENTRY_KIND(entry);
  wire        entered = \core.execute.entering && \core.execute.step != 6'd0;
  wire        returns = (\core.execute.op == `PYSM_OP_RET || \core.execute.op == `PYSM_OP_YIELD ) &&
                        \core.execute.rrv == 2'd0;
  wire        nowhere = \core.execute.rsp == 11'd0 || \core.execute.word_fault != 4'd0 ||
                        (\core.execute.op == `PYSM_OP_YIELD ? kind != `KIND_GEN : kind == `KIND_BASE || kind == 3'd7);
  wire        strays = \core.execute.valid && returns && nowhere && !entered;

  (* hierconn *) wire        \core.r_returns ;
  (* hierconn *) wire [31:0] \core.r_word ;
  wire [7:0]  r_op = \core.r_word [31:24];
  wire        r_may_return = r_op == `PYSM_OP_RET || r_op == `PYSM_OP_YIELD ;

  // The stages behind execute go by what it asks for. Where that is not carried out (trap, interrupt, stop, fault), what is
  // in them means nothing until fetch goes on elsewhere.
  (* hierconn *) wire        \core.execute.asked , \core.execute.acts , \core.execute.entry_redirects ;
  (* hierconn *) wire [8:0]  \core.execute.entry_unit.step ;
  reg  lost;
  wire loses = \core.execute.asked && !\core.execute.acts && !\core.execute.passes_brk ;

  wire loads = \core.execute.takes && \core.r_valid && !\core.flush ;
  wire records = \core.execute.record ;
  wire takes_back = \core.execute.stops || \core.execute.passes_brk ;
  wire ends = records && (\core.execute.record_kind == DID_EXIT || \core.execute.record_kind == DID_FAULT);
  // The debugger sets registers of the core that stands still.
  wire sets = halted && \core.state_write ;

  reg        first = 1'b1;
  reg        owed;                      // an instruction is in execute whose record has not been made
  reg        known;                     // `expected` is what the next instruction has to find
  reg [52:0] expected;
  always @(posedge clk) begin
    first <= 1'b0;
    if (rst) begin
      owed <= 1'b0;
      known <= 1'b0;
      lost <= 1'b0;
    end else begin
      if (loses) lost <= 1'b1;
      else if (\core.execute.entry_redirects || \core.started ) lost <= 1'b0;
      if (loads) owed <= 1'b1;
      else if (records || takes_back) owed <= 1'b0;
      if (sets || ends) known <= 1'b0;
      else if (records) begin
        known <= 1'b1;
        expected <= reported;
      end else if (\core.execute.passes_brk ) begin
        known <= 1'b1;
        expected <= after;
      end else if (\core.execute.boundary || \core.started ) begin
        known <= 1'b1;
        expected <= here;
      end
    end

    assume (rst == first);
    // A core is started by a resume, not by writing its status.
    assume (!(sets && \core.state_number == 8'd1 && \core.debug_wdata [2:0] == RUNNING));

    if (!first) begin
      // None doubled: there is a record only of an instruction that is in execute, and none without one.
      if (records || takes_back) assert (owed);
      assert (!(records && takes_back));
      // None lost: the next one comes only when this one's record is made, or in place of a BRK that is passed over. An
      // instruction that a stop takes back comes again, because it is what is `expected`.
      if (loads && owed) assert (records || \core.execute.passes_brk );
      assert (owed == \core.execute.valid );
      // In order, and each as the one before it left the registers.
      if (rt_valid) assert (rt_order == \core.execute.order - 64'd1);
      assert (\core.execute.order == order_count);
      if (\core.execute.boundary && known) assert (here == expected);
      if (\core.started && known) assert (here == expected);

      // The last instruction of a program sends fetch nowhere.
      if (ends && \core.execute.record_kind == DID_EXIT) assert (!\core.execute.act_redirects && !\core.execute.wrong_way );

      // What carries the induction: the same between neighbours in the pipeline.
      if (\core.r_valid ) assert (\core.r_returns == (r_may_return && \core.r_rrv == 2'd0));
      if (halted) assert (!\core.execute.valid );
      if (lost && !halted) assert (\core.execute.entering && \core.execute.entry_unit.step == 9'd0);
      if (\core.execute.entering ) assert (\core.execute.valid );
      if (\core.execute.valid && !\core.execute.entering && \core.execute.step == 6'd0 && known) assert (here == expected);
      if (!\core.execute.valid && known) begin
        if (halted) assert (here == expected);
        else if (\core.r_valid ) assert (read == expected);
        else assert (decoded == expected);
      end
      if (\core.execute.valid && !halted && !strays && !lost) begin
        if (\core.r_valid ) assert (read == after);
        else assert (decoded == after);
      end
      if (\core.r_valid && !halted && !strays && !lost) assert (decoded == read_after);
      if (!halted) assert (\core.d_valid );
    end
  end

  // Records so far, as a count of its own
  reg [63:0] order_count;
  always @(posedge clk) begin
    if (rst) order_count <= 64'd0;
    else if (records) order_count <= order_count + 64'd1;
  end
endmodule
