// Execute: generators. Their frames are saved to and restored from data RAM at one word a cycle:
// word 1 of the block describes the state, word 2 is the environment (of a closure) or at the end the result, the frame
// begins at word 3.
`include "pysm_words.svh"
`include "pysm_action.svh"

module pysm_exec_generator (
  input  logic        clk, rst,
`include "pysm_exec_ports.svh"
  input  logic [15:0] handler,
  input  logic signed [12:0] frame_limit,
  input  logic [10:0] return_limit,
  input  logic [71:0] data_q,
  input  logic [15:0] block_words,   // size of the block whose HDR.length is block_length
  output logic [15:0] block_length,  // from step 2 on
  output logic [14:0] block_address, // of the generator's block
  output logic        hole,          // the return entry of an entered generator: its frame has an environment
`include "pysm_action_ports.svh"
);
  localparam [25:0] FRAME_AT = 26'd3;

  // ---- Entering (FORITER, GRES): what step 1 finds is kept ---------------------------------------------------------
  logic [71:0] generator;
  logic [7:0]  words;              // from step 2 on
  logic [15:0] resume_pc, resume_handler;
  logic        fresh, closure;     // `closure` from step 3 on
  logic [11:0] filled;             // SP with the frame on the stack and no environment, from step 2 on
  logic [11:0] base, last;
  logic        found_closure, fits;
  always_ff @(posedge clk) begin
    if (rst) begin
      words <= 8'd0;
      resume_pc <= 16'd0;
      resume_handler <= 16'd0;
      fresh <= 1'b0;
      filled <= 12'd0;
      closure <= 1'b0;
      block_length <= 16'd0;
    end else begin
      if (step == 6'd1) begin
        words <= `GEN_WORDS(data_q);
        filled <= sp_popped + {4'd0, `GEN_WORDS(data_q)};
        resume_pc <= `GEN_PC(data_q);
        resume_handler <= `GEN_HANDLER(data_q);
        fresh <= `GEN_STATE(data_q) == `GEN_FRESH;
      end
      if (step == 6'd2) closure <= found_closure;
      // A length of more than 16 bits is one beyond all classes.
      if (step == 6'd1) block_length <= `HDR_LENGTH(data_q) > 24'hffff ? 16'hffff : data_q[`PYSM_HDR_LENGTH_LOW +: 16];
    end
  end

  logic [5:0]  last_step;
  always_comb begin
    {generator, block_address, found_closure, base, last, fits, last_step, hole} = 'x;
    if (active) begin
      generator = op == `PYSM_OP_FORITER ? b : a;
      block_address = generator[14:0];
      found_closure = step == 6'd2 ? `TAG(data_q) == `PYSM_TAG_CLOSURE : closure;
      // Whether it is a closure is known last.
      base = found_closure ? sp_popped + 12'd1 : sp_popped;
      last = found_closure ? filled + 12'd1 : filled;
      fits = (found_closure ? $signed({1'b0, filled}) < frame_limit : $signed({1'b0, filled}) <= frame_limit) &&
             rsp < return_limit;
      last_step = words[5:0] > 6'd2 ? words[5:0] + 6'd2 : 6'd`PYSM_CYCLES_GRES_ENTER - 6'd1;
      hole = found_closure;
    end
  end

  // ---- Leaving (YIELD) -------------------------------------------------------------------------------------------
  logic [11:0] live;               // words of the frame, from step 1 on
  logic [11:0] live_now;
  logic [15:0] room;
  logic        in_generator, too_many;
  always_ff @(posedge clk) begin
    if (rst) live <= 12'd0;
    else if (active && step == 6'd0) live <= live_now;
  end
  always_comb begin
    {live_now, in_generator, room, too_many} = 'x;
    if (active) begin
      live_now = sp_popped - fp;
      in_generator = rsp != 11'd0 && `ENTRY_KIND(entry) == `KIND_GEN;
      room = block_words - FRAME_AT[15:0];
      too_many = live > 12'd32 || {4'd0, live} > room;
    end
  end

  always_comb begin
    `PYSM_NO_ACTION
    if (active) if (op != `PYSM_OP_FORITER || `TAG(b) == `PYSM_TAG_GEN) begin
      act.kind = `KIND_RESUME;
      act.swaps = op == `PYSM_OP_FORITER;
      act.fault_code = `PYSM_FAULT_WRONG_TAG;
      act.sw_q = 1'b1;
      act.da_a = op == `PYSM_OP_GRES;
      act.da_b = op == `PYSM_OP_FORITER;
      if (op == `PYSM_OP_YIELD) at.base = {1'b0, `ENTRY_GENERATOR(entry)};
      at.sr_addr = fp[10:0] + {5'd0, step};
      if (op == `PYSM_OP_YIELD) begin
        act.fault = !in_generator;
        act.fault_code = `PYSM_FAULT_RESUME;
        if (step == 6'd0) act.dr = 1'b1;
        else if ({6'd0, step} <= live) begin
          act.dw = 1'b1;
          act.dw_s = 1'b1;
          at.offset = FRAME_AT - 26'd1 + {20'd0, step};
        end else begin
          act.dw = 1'b1;
          act.da_next = 1'b1;
          made = {`PYSM_TAG_RAW, 64'd0};
          `GEN_PC(made) = pc;
          `GEN_HANDLER(made) = handler;
          `GEN_WORDS(made) = live[7:0];
          `GEN_STATE(made) = `GEN_SUSPENDED;
          act.done = 1'b1;
        end
        // The block's length is known one cycle after it was read: one word has been written by then.
        if (step == 6'd2 && too_many && in_generator) begin
          act.fault = 1'b1;
          act.fault_code = `PYSM_FAULT_FIELD;
        end
        act.sr = step == 6'd0 ? live_now != 12'd0 : {6'd0, step} < live;
        act.rr_set = act.done;
        act.h_set = act.done;
        info.h = `ENTRY_HANDLER(entry);
      end else begin
        info.operation = op == `PYSM_OP_FORITER ? 6'd`PYSM_TRAP_NEXT : 6'd`PYSM_TRAP_RESUME_GENERATOR;
        act.pushes = op == `PYSM_OP_FORITER ? 2'd1 : 2'd2;
        go.pc = resume_pc;
        go.fp = base;
        go.sp = last;
        go.rsp = rsp + 11'd1;
        go.rrv = op == `PYSM_OP_GRES && word[21] ? 2'd2 : fresh ? 2'd0 : 2'd1;
        act.rr_b = op == `PYSM_OP_GRES;
        act.rr_none = op != `PYSM_OP_GRES;
        info.h = resume_handler;
        if (`TAG(generator) != `PYSM_TAG_GEN) act.trap = 1'b1;
        else begin
          case (step)
            6'd0: begin
              act.dr = 1'b1;
              act.da_next = 1'b1;
            end
            6'd1: begin
              act.fault = `TAG(data_q) != `PYSM_TAG_RAW;
              act.trap = `GEN_STATE(data_q) == `GEN_RUNNING || `GEN_STATE(data_q) == `GEN_DONE;
              // No generator has more words: MKGEN and YIELD make none.
              if (!act.fault && !act.trap && `GEN_WORDS(data_q) > 8'd32) begin
                act.fault = 1'b1;
                act.fault_code = `PYSM_FAULT_FIELD;
              end
              act.dr = !act.trap;
              at.offset = 26'd1;
              act.da_next = 1'b1;
            end
            default: begin
              if (step == 6'd2) begin
                act.overflow = !fits;
                act.trap = !fits;
                act.redirect = 1'b1;
                act.rw = 1'b1;
                act.rr_set = 1'b1;
                act.h_set = 1'b1;
                act.sw = found_closure;
                act.sw_own = 1'b1;
                at.sw_addr = sp_popped[10:0];
                if ({2'b00, `REF_ADDRESS(generator)} + FRAME_AT + {18'd0, words} > 26'd`PYSM_MEMORY_DATA) begin
                  act.fault = 1'b1;
                  act.fault_code = `PYSM_FAULT_ADDRESS;
                end
              end else begin
                act.sw = {2'd0, step} - 8'd3 < words;
                act.sw_own = 1'b1;
                at.sw_addr = base[10:0] + {5'd0, step} - 11'd3;
              end
              act.dr = {2'd0, step} - 8'd2 < words;
              at.offset = FRAME_AT + {20'd0, step} - 26'd2;
              if (step == last_step) begin
                act.done = 1'b1;
                act.dr = 1'b0;
                act.dw = 1'b1;
                at.offset = 26'd1;
                made = {`PYSM_TAG_RAW, 64'd0};
                `GEN_PC(made) = resume_pc;
                `GEN_HANDLER(made) = resume_handler;
                `GEN_WORDS(made) = words;
                `GEN_STATE(made) = `GEN_RUNNING;
              end
            end
          endcase
        end
      end
    end
  end
endmodule
