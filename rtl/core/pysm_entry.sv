// Entry of a trap or an interrupt: the cycles after the one that found it. In the first of them (step 0) the vector is
// out of its RAM, the limits are checked and fetch goes to the handler; the words of the handler's frame are written in
// these cycles, one in each: three at least, because the handler's first instruction takes as long to arrive.
//
// A frame that does not fit becomes a STACK trap in the same cycle: it pushes nothing and finds the stack as the
// instruction did.
`include "pysm_words.svh"

module pysm_entry (
  input  logic        clk, rst,
  // In the cycle that finds it
  input  logic        begins,
  input  logic        interrupt,
  input  logic [15:0] line_entry,      // of the interrupt's handler
  input  logic [7:0]  line_frame,
  input  logic        overflow_asked, getter,
  input  logic        swaps, counts,   // the words that are pushed first and second: b and a; a and the INT `count`
  input  logic [11:0] count_given,
  input  logic [71:0] func,            // of a getter
  input  logic [11:0] vector,
  input  logic [1:0]  pushes,
  input  logic [2:0]  kind,
  // In the cycles of the entry
  input  logic        running,
  input  logic [15:0] pc,
  input  logic [11:0] fp, sp, sp_popped,
  input  logic [10:0] rsp,
  input  logic [15:0] handler,
  input  logic [71:0] a, b, c,         // the operands, of which some are pushed
  input  logic [17:0] vector_q, stack_vector,
  input  logic        overflow,        // the stack reserve is in use
  input  logic signed [12:0] frame_limit, // no frame may end beyond it
  input  logic [10:0] return_limit,

  output logic        done,
  output logic        redirects,
  output logic [15:0] entry_pc,
  output logic [11:0] entry_fp, entry_sp,
  output logic        pushes_entry,
  output logic [63:0] entry_word,
  output logic        sw,
  output logic [10:0] sw_addr,
  output logic [71:0] sw_data,
  output logic        sw_later,        // the same after the first cycle, in which nothing is behind that could be looking
  output logic [10:0] addr_later,
  output logic [71:0] data_later,
  output logic        overflows,       // this is a STACK trap: the reserve is in use from now on
  output logic        faults,
  output logic [3:0]  fault_code,
  output logic        is_interrupt,
  output logic [11:0] taken_vector
);
  localparam [11:0] STACK_VECTOR = 12'd`PYSM_TRAP_SYSTEM * 12'd64 + 12'd`PYSM_CAUSE_STACK;

  logic [8:0]  step;                   // of the entry, 0 = the first
  // What was found
  logic        irq, asked, got, swapped, counted;
  logic [11:0] number;
  logic [15:0] got_entry;
  logic [7:0]  got_frame;
  logic [11:0] index;
  logic [1:0]  operands;
  logic [2:0]  return_kind;
  logic [15:0] irq_entry;
  logic [7:0]  irq_frame;
  // Where its frame begins, and the words that fit there; less than none is negative
  logic [11:0] frame_base;
  logic signed [13:0] room;
  logic        entry_fits;             // in the return stack
  // What becomes of it, from the second cycle on
  logic        is_stack_trap;
  logic [8:0]  total;
  logic [10:0] base;
  logic        retries;
  logic [11:0] base_now;
  logic signed [12:0] limit_now;
  always_comb begin
    {retries, base_now, limit_now} = 'x;
    if (begins) begin
      retries = interrupt || kind == `KIND_RETRY;
      base_now = retries ? sp : sp_popped;
      limit_now = interrupt ? 13'sd`PYSM_MEMORY_STACK - 13'sd`PYSM_OPERAND_WORDS : frame_limit;
    end
  end
  always_ff @(posedge clk) begin
    if (rst) begin
      frame_base <= 12'd0;
      room <= 14'sd0;
      entry_fits <= 1'b0;
      irq <= 1'b0;
      asked <= 1'b0;
      got <= 1'b0;
      swapped <= 1'b0;
      counted <= 1'b0;
      number <= 12'd0;
      got_entry <= 16'd0;
      got_frame <= 8'd0;
      index <= 12'd0;
      operands <= 2'd0;
      return_kind <= 3'd0;
      irq_entry <= 16'd0;
      irq_frame <= 8'd0;
      step <= 9'd0;
    end else if (begins) begin
      step <= 9'd0;
      frame_base <= base_now;
      room <= {limit_now[12], limit_now} - $signed({2'b00, base_now});
      entry_fits <= rsp < (interrupt ? 11'd`PYSM_MEMORY_RETURN_STACK : return_limit);
      irq <= interrupt;
      asked <= overflow_asked && !interrupt;
      got <= getter && !interrupt;
      swapped <= swaps;
      counted <= counts;
      number <= count_given;
      // A getter takes one argument.
      got_entry <= `FUNC_ENTRY(func) - {10'd0, `FUNC_MAX(func)} + 16'd1;
      got_frame <= `FUNC_FRAME(func);
      index <= interrupt ? 12'd0 : vector;
      operands <= interrupt ? 2'd0 : pushes;
      return_kind <= interrupt ? `KIND_IRQ : kind;
      irq_entry <= line_entry;
      irq_frame <= line_frame;
    end else if (running) step <= step + 9'd1;
  end

  // The handler that is meant, and its frame
  logic [15:0] meant_pc;
  logic [8:0]  meant_total;
  logic [11:0] meant_end;
  logic        meant_fits, none;
  logic signed [13:0] room_to_clear;
  always_comb begin
    {none, meant_pc, meant_total, meant_end, meant_fits, room_to_clear} = '0;
    if (running) begin
      none = 1'b0;
      if (irq) begin
        meant_pc = irq_entry;
        meant_total = {1'b0, irq_frame};
      end else if (got) begin
        meant_pc = got_entry;
        meant_total = got_frame == 8'd0 ? 9'd1 : {1'b0, got_frame};
      end else begin
        meant_pc = {1'b0, vector_q[`PYSM_VECTOR_ADDRESS_LOW +: `PYSM_VECTOR_ADDRESS_WIDTH]};
        meant_total = {6'd0, vector_q[`PYSM_VECTOR_CLEAR_LOW +: `PYSM_VECTOR_CLEAR_WIDTH]} + {7'd0, operands};
        none = vector_q[`PYSM_VECTOR_ADDRESS_LOW +: `PYSM_VECTOR_ADDRESS_WIDTH] == 0;
      end
      meant_end = frame_base + {3'd0, meant_total};
      // What a vector clears is known last: until then there is the time to find the words that are left for it.
      room_to_clear = room - $signed({12'd0, operands});
      if (irq || got) meant_fits = entry_fits && $signed({5'd0, meant_total}) <= room;
      else begin
        meant_fits = entry_fits && !room_to_clear[13] &&
                     (room_to_clear[12:3] != 10'd0 ||
                      vector_q[`PYSM_VECTOR_CLEAR_LOW +: `PYSM_VECTOR_CLEAR_WIDTH] <= room_to_clear[2:0]);
      end
    end
  end

  // The STACK trap in its place
  logic [8:0]  stack_total;
  logic [11:0] stack_end;
  logic        stack_fits, turns, first;
  always_comb begin
    {stack_total, stack_end, stack_fits, turns, first, faults, fault_code, redirects, pushes_entry, overflows} = '0;
    if (running) begin
      stack_total = {6'd0, stack_vector[`PYSM_VECTOR_CLEAR_LOW +: `PYSM_VECTOR_CLEAR_WIDTH]};
      stack_end = sp + {3'd0, stack_total};
      stack_fits = {1'b0, stack_end} + 13'd`PYSM_OPERAND_WORDS <= 13'd`PYSM_MEMORY_STACK &&
                   rsp < 11'd`PYSM_MEMORY_RETURN_STACK;
      first = running && step == 9'd0;
      turns = asked || (!none && !meant_fits);
      faults = 1'b0;
      fault_code = `PYSM_FAULT_STACK;
      if (first) begin
        if (!asked && none) begin
          faults = 1'b1;
          fault_code = `PYSM_FAULT_NO_VECTOR;
        end else if (turns) begin
          faults = irq || overflow || !stack_fits;
          if (!irq && !overflow && stack_vector[`PYSM_VECTOR_ADDRESS_LOW +: `PYSM_VECTOR_ADDRESS_WIDTH] == 0) begin
            faults = 1'b1;
            fault_code = `PYSM_FAULT_NO_VECTOR;
          end
        end
      end
      redirects = first && !faults;
      pushes_entry = redirects;
      overflows = redirects && turns;
    end
  end

  logic [8:0] count;                   // words of the frame
  logic [1:0] given;                   // of these, pushed operands, in the first cycle
  always_comb begin
    {entry_pc, entry_fp, entry_sp, count, given, sw, sw_addr, sw_data, sw_later, addr_later, data_later, done, is_interrupt,
     taken_vector, entry_word} = '0;
    if (running) begin
      entry_pc = turns ? {1'b0, stack_vector[`PYSM_VECTOR_ADDRESS_LOW +: `PYSM_VECTOR_ADDRESS_WIDTH]} : meant_pc;
      entry_fp = turns ? sp : frame_base;
      entry_sp = turns ? stack_end : meant_end;
      if (step == 9'd0) count = turns ? stack_total : meant_total;
      else count = total;
      given = turns ? 2'd0 : operands;
      sw_later = step != 9'd0 && step < total;
      addr_later = base + {2'd0, step};
      if (is_stack_trap || step >= {7'd0, operands}) data_later = `UNBOUND_WORD;
      else if (step == 9'd1) data_later = counted ? {`PYSM_TAG_INT, 52'd0, number} : swapped ? a : b;
      else data_later = c;
      sw = step == 9'd0 ? !faults && count != 9'd0 : sw_later;
      sw_addr = step == 9'd0 ? entry_fp[10:0] : addr_later;
      if (step != 9'd0) sw_data = data_later;
      else if (given == 2'd0) sw_data = `UNBOUND_WORD;
      else sw_data = swapped ? b : a;
      // Not the first cycle, so that there is no fault.
      done = step >= 9'd`PYSM_TIMING_TRAP_ENTRY - 9'd1 && step + 9'd1 >= total;
      is_interrupt = irq;
      taken_vector = (step == 9'd0 ? turns : is_stack_trap) ? STACK_VECTOR : index;
      entry_word = 64'd0;
      `ENTRY_PC(entry_word) = pc;
      `ENTRY_FP(entry_word) = fp;
      `ENTRY_HANDLER(entry_word) = handler;
      `ENTRY_KIND(entry_word) = turns ? `KIND_RETRY : return_kind;
      `ENTRY_IE(entry_word) = irq;
    end
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      is_stack_trap <= 1'b0;
      total <= 9'd0;
      base <= 11'd0;
    end else if (first) begin
      is_stack_trap <= turns;
      total <= count;
      base <= entry_fp[10:0];
    end
  end
endmodule
