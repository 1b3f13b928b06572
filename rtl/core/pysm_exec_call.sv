// Execute: calls. CALL and TAIL of known functions have redirected in decode; CALLV and CALLM redirect here as soon as
// the callee is known, write the words that their frame needs while the pipeline fills, and check the limits in their
// third cycle. A re-issued CALLM is a CALLV of the handler's result.
//
// Words to clear lie from the present SP on. The first ones are cleared before it is known how many there are: what
// lies above SP means nothing.
`include "pysm_words.svh"
`include "pysm_action.svh"

module pysm_exec_call (
  input  logic        clk, rst,
`include "pysm_exec_ports.svh"
  input  logic        reissue,      // a is the callable to call
  input  logic [11:0] stack_limit,
  input  logic signed [12:0] frame_limit,  // no frame may end beyond it
  input  logic [10:0] return_limit,
  // The probe of the dispatch table (pysm_probe)
  input  logic        in_header,
  input  logic [5:0]  phase,
  input  logic [25:0] slot_offset,
  input  logic [3:0]  kind,
  input  logic        hit, slot,
  input  logic [3:0]  was_kind,
  input  logic        was_slot,
  input  logic [71:0] data_q,
  input  logic [71:0] dispatch_q,
  input  logic [71:0] stack_q,      // word that act.sr asked for in the cycle before
  output logic        entry_drop,   // the return entry: the callee's result is dropped
  output logic        entry_hole,   // ... the word below the callee's frame is the callee, and goes too
`include "pysm_action_ports.svh"
);
  // ---- What is called --------------------------------------------------------------------------------------------
  logic [5:0]  arguments;
  logic [11:0] place;          // the callee's or receiver's word
  logic        probes;         // CALLM, in phase 0
  logic        before_probe;   // the header is being read
  logic        found, holds_value;
  logic        method;         // what the probe has found, in phase 1
  logic        was_method;     // the same from phase 2 on
  logic        missed;         // in phase 2: nothing was found to call, or a method that takes other arguments
  always_comb begin
    {arguments, place, probes, before_probe, found, holds_value, method} = 'x;
    if (active) begin
      arguments = {1'b0, word[11:7]};
      place = sp - {6'd0, arguments} - 12'd1;
      probes = op == `PYSM_OP_CALLM && !reissue;
      before_probe = in_header && step < 6'd`PYSM_TIMING_HEADER_ROW;
      // A class has no method of its own: the runtime finds the function in it.
      found = hit && `TAG(a) != `PYSM_TAG_CLASS;
      method = found && kind == `PYSM_DISPATCH_METHOD;
      holds_value = slot || (found && kind == `PYSM_DISPATCH_CLASS_VALUE);
    end
  end

  // ---- The callable, and where its own sequence begins -----------------------------------------------------------
  logic [71:0] callee;
  logic [5:0]  turn;           // 0: the first cycle of a CALLV of `callee`; 63 in the cycle before
  logic        is_function, is_closure, is_bound, late_bound;
  logic [1:0]  mode;           // kept from turn 0 on: 0 function, 1 closure, 2 bound
  always_comb begin
    {callee, turn, is_function, is_closure, is_bound, late_bound} = 'x;
    if (active) begin
      callee = probes ? t : a;
      turn = probes ? phase - 6'd`PYSM_TIMING_THROUGH_ATTRIBUTE : step;
      is_function = `TAG(callee) == `PYSM_TAG_FUNC || `TAG(callee) == `PYSM_TAG_CLASS;
      is_closure = `TAG(callee) == `PYSM_TAG_CLOSURE;
      is_bound = `TAG(callee) == `PYSM_TAG_BOUND;
      late_bound = mode == 2'd2;
    end
  end

  // ---- The function that is entered ------------------------------------------------------------------------------
  logic        by_method;      // CALLM has found a method: its first argument is the receiver
  logic [63:0] code;
  logic [5:0]  given;
  logic [11:0] base, last;
  logic [15:0] entry_pc;
  logic        takes, code_ok;
  always_comb begin
    {by_method, code, given, base, last, entry_pc, takes, code_ok} = 'x;
    if (active) begin
      by_method = probes && phase == 6'd1;
      if (by_method) code = `BITS(dispatch_q);
      else if (turn == 6'd0) code = `BITS(callee);
      else code = `BITS(data_q);
      given = by_method || (turn != 6'd0 && late_bound) ? arguments + 6'd1 : arguments;
      base = by_method || (turn != 6'd0 && late_bound) ? place : place + 12'd1;
      takes = given >= `FUNC_MIN(code) && given <= `FUNC_MAX(code);
      // Side by side, because the function comes out of a memory
      last = `FUNC_FRAME(code) > {2'd0, given} ? base + {4'd0, `FUNC_FRAME(code)} : base + {6'd0, given};
      entry_pc = `FUNC_ENTRY(code) - {10'd0, `FUNC_MAX(code)} + {10'd0, given};
      code_ok = `TAG(data_q) == `PYSM_TAG_FUNC;
    end
  end

  // ---- Registers of the sequence ---------------------------------------------------------------------------------
  logic [11:0] clear_next, clear_now, clear_end;
  logic        frame_fits, hole, enters, clears, restart;
  logic        takes_kept;           // whether the function takes the arguments, in the cycle after it was asked
  always_ff @(posedge clk) begin
    if (rst) begin
      clear_next <= 12'd0;
      clear_end <= 12'd0;
      hole <= 1'b0;
      mode <= 2'd0;
      takes_kept <= 1'b0;
      was_method <= 1'b0;
      missed <= 1'b0;
    end else begin
      takes_kept <= takes;
      if (phase == 6'd1) was_method <= method;
      missed <= probes && phase == 6'd1 && !enters && !holds_value;
      clear_next <= clear_now + {11'd0, clears};
      if (turn == 6'd0) mode <= is_closure ? 2'd1 : is_bound ? 2'd2 : 2'd0;
      if (enters) begin
        clear_end <= last;
        hole <= !(by_method || (turn != 6'd0 && late_bound));
      end
    end
  end

  // ---- The words that are written --------------------------------------------------------------------------------
  logic places, known, cleared, all_cleared, entry_fits;
  logic [5:0] since;           // cycles since the probe of a method or since turn 0
  logic       in_method;       // CALLM of a method, from the probe on
  always_comb begin
    {places, known, cleared, all_cleared, entry_fits, since, in_method, clear_now, clears, restart, frame_fits} = 'x;
    if (active) begin
      in_method = probes && (phase <= 6'd1 || was_method);
      since = in_method ? phase : turn;
      restart = step == 6'd0 || (probes && phase == 6'd0) ||
                (probes && !was_method && phase == 6'd`PYSM_TIMING_THROUGH_ATTRIBUTE - 6'd1);
      clear_now = restart ? sp : clear_next;
      all_cleared = clear_now >= clear_end;
      entry_fits = rsp < return_limit;
      frame_fits = $signed({1'b0, clear_end}) <= frame_limit && entry_fits;
      // The callee's word: a re-issue writes what is called, a bound method its object.
      places = 1'b0;
      if (!in_method && frame_fits) begin
        if (turn == 6'd1 && mode == 2'd0 && is_function && takes_kept && (reissue || probes)) places = 1'b1;
        if (turn == 6'd2 && mode == 2'd1 && (reissue || probes)) places = 1'b1;
        if (turn == 6'd2 && mode == 2'd2) places = 1'b1;
      end
      // The end of the frame is kept from the cycle after it was found: turn 1 of a function, turn 2 of the others.
      if (in_method) known = since >= 6'd2;
      else known = turn >= 6'd2 && turn != 6'd63 ? 1'b1 : turn == 6'd1 && mode == 2'd0;
      clears = !places && !(turn == 6'd63 && probes && !in_method && is_bound) &&
               !(probes && before_probe) &&
               !(probes && !was_method && phase == 6'd2) &&
               !(known && all_cleared);
      cleared = all_cleared || (clears && clear_now + 12'd1 == clear_end);
    end
  end

  // ---- The other calls -------------------------------------------------------------------------------------------
  logic [5:0]  c_arguments, c_clear;
  logic [12:0] wanted;
  logic [11:0] kw_arguments;
  always_comb begin
    {c_arguments, c_clear, wanted, kw_arguments, entry_drop, entry_hole} = 'x;
    if (active) begin
      c_arguments = {2'd0, word[22:19]};
      c_clear = {2'd0, word[18:15]};
      wanted = {1'b0, sp} + (word[16:0] > 17'd4096 ? 13'd4096 : word[12:0]);
      kw_arguments = {5'd0, `FIELD_DK(word)};
      entry_drop = op == `PYSM_OP_CALL ? word[23] : word[6];
      entry_hole = op != `PYSM_OP_CALL && hole;
    end
  end

  always_comb begin
    enters = 1'b0;
    `PYSM_NO_ACTION
    if (active) begin
      act.kind = `KIND_REDIRECT;
      act.counts = 1'b1;
      info.count = {6'd0, arguments};
      act.pushes = 2'd2;
      info.operation = 6'd`PYSM_TRAP_CALL;
      act.fault_code = `PYSM_FAULT_WRONG_TAG;
      act.sw_own = 1'b1;
      at.sw_addr = sp[10:0] + {5'd0, step};
      made = `UNBOUND_WORD;
      case (op)
        `PYSM_OP_CALL: begin
          act.overflow = step == 6'd0 && !($signed({1'b0, sp_after}) <= frame_limit && entry_fits);
          act.trap = act.overflow;
          act.rw = step == 6'd0;
          act.h_set = 1'b1;
          act.sw = step < c_clear;
          act.done = step + 6'd1 >= c_clear;
        end
        `PYSM_OP_TAIL: begin
          act.overflow = step == 6'd0 && !($signed({1'b0, sp_after}) <= frame_limit);
          act.trap = act.overflow;
          act.sr = step < c_arguments;
          at.sr_addr = sp[10:0] - {5'd0, c_arguments} + {5'd0, step};
          act.sw = step != 6'd0 && step <= c_arguments + c_clear;
          at.sw_addr = fp[10:0] + {5'd0, step} - 11'd1;
          if (step <= c_arguments) made = stack_q;
          act.h_set = 1'b1;
          act.done = step == c_arguments + c_clear + 6'd`PYSM_CYCLES_TAIL_ENTER - 6'd1;
        end
        `PYSM_OP_CHKSP: begin
          act.overflow = wanted > {1'b0, stack_limit};
          act.trap = act.overflow;
          act.done = 1'b1;
        end
        `PYSM_OP_CALLKW: begin
          act.trap = 1'b1;
          act.kind = `KIND_RESUME;
          info.operation = 6'd`PYSM_TRAP_CALL_KEYWORDS;
          info.count = kw_arguments;
        end
        default: begin  // CALLV, CALLM
          act.sw = (places || clears) && !(clears && clear_now[11]);
          at.sw_addr = places ? place[10:0] : clear_now[10:0];
          if (places) made = !in_method && turn != 6'd0 && late_bound ? data_q : callee;
          go.fp = base;
          go.sp = last;
          go.rsp = rsp + 11'd1;
          go.pc = entry_pc;
          // The object, and what was found for it as the callee
          act.da_t = probes && !before_probe && phase >= 6'd2;
          act.da_a = !act.da_t;
          act.da_next = !probes || act.da_t;
          if (probes && phase == 6'd1) at.offset = slot_offset;
          else if (turn == 6'd1 && mode != 2'd0) at.offset = 26'd1;
          if (probes && before_probe) begin
            act.dr = step == 6'd0;
            act.t_set = step == 6'd1;
          end else if (probes && phase == 6'd0) act.pr = 1'b1;
          else if (probes && phase == 6'd1) begin
            // The entry: a method is entered at once; a slot is read before it is known that it is one.
            act.dr = 1'b1;
            act.ds = 1'b1;
            enters = method && `TAG(dispatch_q) == `PYSM_TAG_FUNC && takes;
          end else if (missed) act.trap = 1'b1;
          else if (in_method) begin
            act.overflow = phase == 6'd2 && !frame_fits;
            act.trap = act.overflow;
            act.rw = phase == 6'd2;
            act.h_set = phase == 6'd2;
            act.done = phase >= 6'd`PYSM_CYCLES_CALLM_METHOD - 6'd1 && cleared;
          end else if (probes && phase == 6'd2) begin
            act.checks = was_slot;
            act.t_set = 1'b1;
            act.t_dispatch = !was_slot || (was_kind == `PYSM_DISPATCH_SLOT_ELSE_CLASS && `TAG(data_q) == `PYSM_TAG_UNBOUND);
          end else if (probes && phase == 6'd3) ;
          else begin
            // CALLV of `callee`
            if (turn == 6'd0) begin
              act.dr = is_closure || is_bound;
              enters = is_function && takes;
            end else if (turn == 6'd1) begin
              if (mode != 2'd0) begin
                act.fault = !code_ok;
                enters = code_ok && takes;
                act.trap = code_ok && !takes;
                act.dr = is_bound && takes;
              end else if (reissue) begin
                // What a handler gave is not to be called: with another count it traps again, now as the callee.
                act.fault = !is_function;
                act.fault_code = `PYSM_FAULT_RESUME;
                act.trap = !takes_kept;
              end else act.trap = !is_function || !takes_kept;
              if (reissue && act.trap) begin
                act.sw = 1'b1;
                act.sw_keep = 1'b1;
                at.sw_addr = place[10:0];
                made = callee;
              end
            end else if (turn == 6'd2) begin
              act.overflow = !frame_fits;
              act.trap = act.overflow;
              act.rw = 1'b1;
              act.h_set = 1'b1;
            end
            if (mode == 2'd0) act.done = turn >= 6'd`PYSM_CYCLES_CALLV_FUNCTION - 6'd1 && cleared;
            else if (mode == 2'd1) act.done = turn >= 6'd`PYSM_CYCLES_CALLV_CLOSURE - 6'd1 && cleared;
            else act.done = turn >= 6'd`PYSM_CYCLES_CALLV_BOUND - 6'd1 && cleared;
            if (turn < 6'd2) act.done = 1'b0;
          end
          // Fetch goes on before it is known whether the function takes the arguments, or whether it is a function: if it
          // is not, a later redirect or a trap follows.
          act.redirect = in_method ? phase == 6'd1 : turn == 6'd0 || (turn == 6'd1 && mode != 2'd0);
        end
      endcase
    end
  end
endmodule
