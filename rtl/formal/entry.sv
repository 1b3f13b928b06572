// The entry of a trap or an interrupt: where it goes, whether it fits, and the words it writes: those of the handler's
// frame, one after the other, the operands first and then unbound words, all of them and no other, in as many cycles as
// there are words but three at least. Numbers are as wide here as they need to be.
//
// Assumed: what execute keeps to. The operands stay as they are; SP is not above the stack memory, nor the limit of frames.
`include "pysm_words.svh"

module formal_entry (
  input logic        clk, rst,
  input logic        begins,
  input logic        interrupt,
  input logic [15:0] line_entry,
  input logic [7:0]  line_frame,
  input logic        overflow_asked, getter,
  input logic        swaps, counts,
  input logic [11:0] count_given,
  input logic [71:0] func,
  input logic [11:0] vector,
  input logic [1:0]  pushes,
  input logic [2:0]  kind,
  input logic [15:0] pc,
  input logic [11:0] fp, sp, sp_popped,
  input logic [10:0] rsp,
  input logic [15:0] handler,
  input logic [71:0] a, b, c,
  input logic [17:0] vector_q, stack_vector,
  input logic        overflow,
  input logic signed [12:0] frame_limit,
  input logic [10:0] return_limit
);
  wire        done, redirects, pushes_entry, sw, overflows, faults, is_interrupt;
  wire [15:0] entry_pc;
  wire [11:0] entry_fp, entry_sp, taken_vector;
  wire [63:0] entry_word;
  wire [10:0] sw_addr, addr_later;
  wire [71:0] sw_data, data_later;
  wire        sw_later;
  wire [3:0]  fault_code;
  reg         running;
  pysm_entry dut (.*);

  localparam [11:0] STACK_VECTOR = 12'd`PYSM_TRAP_SYSTEM * 12'd64 + 12'd`PYSM_CAUSE_STACK;

  // What was found
  reg        irq, asked, got;
  reg [15:0] irq_entry;
  reg [7:0]  irq_frame;
  reg [11:0] index;
  reg [1:0]  operands;
  reg [2:0]  return_kind;
  reg        swapped, counted;
  reg [11:0] number;
  reg [71:0] getter_func;
  // ... and the registers then
  reg [11:0] found_sp;
  reg signed [12:0] found_limit;
  reg        found_entry;               // there is room for a return entry
  // The cycles of the entry
  reg [8:0]  at;                        // 0 = the first
  reg [8:0]  total;                     // words of the frame
  reg [1:0]  given;                     // of these, operands
  reg [10:0] base;
  reg [11:0] taken;
  reg [71:0] kept_a, kept_b, kept_c;

  // The first cycle, as the contract has it
  wire [14:0] address = vector_q[`PYSM_VECTOR_ADDRESS_LOW +: `PYSM_VECTOR_ADDRESS_WIDTH];
  wire [2:0]  clear = vector_q[`PYSM_VECTOR_CLEAR_LOW +: `PYSM_VECTOR_CLEAR_WIDTH];
  wire [14:0] stack_address = stack_vector[`PYSM_VECTOR_ADDRESS_LOW +: `PYSM_VECTOR_ADDRESS_WIDTH];
  wire [2:0]  stack_clear = stack_vector[`PYSM_VECTOR_CLEAR_LOW +: `PYSM_VECTOR_CLEAR_WIDTH];
  wire        missing = !irq && !got && address == 0;
  wire [15:0] frame_at = found_sp;
  wire [15:0] frame_words = irq ? irq_frame : !got ? clear + operands
                          : `FUNC_FRAME(getter_func) == 0 ? 1 : `FUNC_FRAME(getter_func);
  wire signed [17:0] frame_end = $signed({2'b00, frame_at}) + $signed({2'b00, frame_words});
  wire        fits = frame_end <= found_limit && found_entry;
  wire [15:0] plain_sp = sp;
  wire        stack_fits = plain_sp + stack_clear + `PYSM_OPERAND_WORDS <= `PYSM_MEMORY_STACK &&
                           rsp < `PYSM_MEMORY_RETURN_STACK;
  wire        is_stack = asked || (!missing && !fits);
  wire        no_vector = is_stack ? !irq && !overflow && stack_address == 0 : missing;
  wire        no_room = is_stack && (irq || overflow || !stack_fits);
  wire [15:0] words = is_stack ? stack_clear : frame_words;
  wire [15:0] from = is_stack ? plain_sp : frame_at;
  wire [15:0] pc_meant = is_stack ? stack_address : irq ? irq_entry : !got ? address
                       : `FUNC_ENTRY(getter_func) - `FUNC_MAX(getter_func) + 16'd1;

  wire        head = running && at == 0;
  wire [8:0]  present_total = head ? words[8:0] : total;
  wire [10:0] present_base = head ? from[10:0] : base;
  wire [1:0]  present_given = head ? (is_stack ? 2'd0 : operands) : given;
  wire [8:0]  longest = present_total < `PYSM_TIMING_TRAP_ENTRY ? `PYSM_TIMING_TRAP_ENTRY : present_total;
  wire [10:0] address_meant = present_base + at;

  (* hierconn *) wire [8:0]  \dut.step , \dut.total ;
  (* hierconn *) wire        \dut.irq , \dut.asked , \dut.got , \dut.is_stack_trap ;
  (* hierconn *) wire [1:0]  \dut.operands ;
  (* hierconn *) wire [2:0]  \dut.return_kind ;
  (* hierconn *) wire [15:0] \dut.irq_entry ;
  (* hierconn *) wire [7:0]  \dut.irq_frame ;
  (* hierconn *) wire [11:0] \dut.index ;
  (* hierconn *) wire [10:0] \dut.base ;

  reg first = 1'b1;
  always @(posedge clk) begin
    first <= 1'b0;
    if (rst) running <= 1'b0;
    else if (begins) running <= 1'b1;
    else if (done || faults) running <= 1'b0;
    at <= begins ? 9'd0 : at + 9'd1;
    if (begins) begin
      irq <= interrupt;
      asked <= overflow_asked && !interrupt;
      got <= getter && !interrupt;
      irq_entry <= line_entry;
      irq_frame <= line_frame;
      index <= interrupt ? 12'd0 : vector;
      operands <= interrupt ? 2'd0 : pushes;
      return_kind <= interrupt ? `KIND_IRQ : kind;
      swapped <= swaps;
      counted <= counts;
      number <= count_given;
      getter_func <= func;
      found_sp <= interrupt || kind == `KIND_RETRY ? sp : sp_popped;
      found_limit <= interrupt ? 13'sd`PYSM_MEMORY_STACK - 13'sd`PYSM_OPERAND_WORDS : frame_limit;
      found_entry <= rsp < (interrupt ? `PYSM_MEMORY_RETURN_STACK : return_limit);
    end
    if (head) begin
      total <= words[8:0];
      base <= from[10:0];
      given <= is_stack ? 2'd0 : operands;
      taken <= is_stack ? STACK_VECTOR : index;
    end
    kept_a <= a;
    kept_b <= b;
    kept_c <= c;

    assume (rst == first);
    assume (!(begins && running));
    assume (sp <= `PYSM_MEMORY_STACK && sp_popped <= `PYSM_MEMORY_STACK);
    assume (frame_limit <= 13'sd`PYSM_MEMORY_STACK - 13'sd`PYSM_OPERAND_WORDS &&
            frame_limit >= -13'sd`PYSM_OPERAND_WORDS);
    if (running && at != 0) assume (a == kept_a && b == kept_b && c == kept_c);

    if (!first) begin
      if (head) begin
        assert (faults == (no_vector || no_room));
        if (faults) assert (fault_code == (no_vector ? `PYSM_FAULT_NO_VECTOR : `PYSM_FAULT_STACK));
        else begin
          assert (entry_pc == pc_meant && entry_fp == from && entry_sp == from + words);
          assert (overflows == is_stack);
          assert (`ENTRY_PC(entry_word) == pc && `ENTRY_FP(entry_word) == fp && `ENTRY_HANDLER(entry_word) == handler);
          assert (`ENTRY_KIND(entry_word) == (is_stack ? `KIND_RETRY : return_kind) && `ENTRY_IE(entry_word) == irq);
        end
      end else assert (!faults && !overflows);
      assert (redirects == (head && !faults) && pushes_entry == redirects);
      if (running && !faults) begin
        assert (sw == (at < present_total));
        if (sw) begin
          assert (sw_addr == address_meant);
          if (at >= present_given) assert (sw_data == `UNBOUND_WORD);
          else if (at == 0) assert (sw_data == (swapped ? b : a));
          else if (at == 1) assert (sw_data == (counted ? {`PYSM_TAG_INT, 52'd0, number} : swapped ? a : b));
          else assert (sw_data == c);
        end
        assert (sw_later == (sw && !head));
        if (sw_later) assert (addr_later == sw_addr && data_later == sw_data);
        assert (done == (at + 9'd1 == longest));
        assert (taken_vector == (head ? (is_stack ? STACK_VECTOR : index) : taken));
        assert (is_interrupt == irq);
      end else assert (!sw && !done);

      // What carries the induction
      if (running) begin
        assert (\dut.step == at && at < longest);
        assert (\dut.irq == irq && \dut.asked == asked && \dut.got == got && \dut.operands == operands);
        assert (\dut.return_kind == return_kind && \dut.index == index);
        assert (\dut.irq_entry == irq_entry && \dut.irq_frame == irq_frame);
        assert (!irq || (return_kind == `KIND_IRQ && operands == 0 && !asked && !got));
        if (!head) begin
          assert (\dut.total == total && \dut.base == base && total <= 9'd255);
          assert (taken == (\dut.is_stack_trap ? STACK_VECTOR : index));
          assert (given == (\dut.is_stack_trap ? 2'd0 : operands));
        end
      end
    end
  end
endmodule
