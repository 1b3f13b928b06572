// Execute: returns, and what the unwinder works with. RET has redirected in the read stage, by the kind of the top
// return entry; here its value goes where that kind wants it.
`include "pysm_words.svh"
`include "pysm_action.svh"

module pysm_exec_return (
`include "pysm_exec_ports.svh"
  input  logic [71:0] data_q,
  input  logic [63:0] return_q,     // entry that act.rr asked for in the cycle before
  output logic [9:0]  read_depth,   // where act.rr reads
`include "pysm_action_ports.svh"
);

  logic [10:0] base;
  logic [10:0] depth;               // of the entry that k names
  logic        k_int, k_there, descriptor_tag, descriptor_in;
  logic [71:0] descriptor;
  always_comb begin
    {base, depth, k_int, k_there, read_depth, descriptor, descriptor_tag, descriptor_in} = 'x;
    if (active) begin
      base = `ENTRY_HOLE(entry) ? fp[10:0] - 11'd1 : fp[10:0];
      k_int = `TAG(a) == `PYSM_TAG_INT;
      k_there = `BITS(a) < {53'd0, rsp};
      depth = rsp - 11'd1 - a[10:0];
      read_depth = depth[9:0];
      descriptor = op == `PYSM_OP_UNW ? c : b;
      descriptor_tag = `TAG(descriptor) == `PYSM_TAG_INT || `TAG(descriptor) == `PYSM_TAG_RAW;
      descriptor_in = `BITS(descriptor) < `PYSM_MEMORY_DATA;
    end
  end

  logic [15:0] entry_pc;
  logic        covers;
  always_comb begin
    {entry_pc, covers} = 'x;
    if (active) begin
      // A CALL's entry names the instruction after the call.
      entry_pc = `ENTRY_PC(a);
      if (`ENTRY_KIND(a) == `KIND_CALL) entry_pc = entry_pc - 16'd1;
      covers = entry_pc >= `RANGE_START(data_q) && entry_pc < `RANGE_END(data_q);
      if (`ENTRY_KIND(a) == `KIND_CALL && `ENTRY_PC(a) == 16'd0) covers = 1'b0;
    end
  end

  always_comb begin
    `PYSM_NO_ACTION
    if (active) begin
      act.fault_code = `PYSM_FAULT_WRONG_TAG;
      act.sw_a = 1'b1;
      at.base = descriptor[15:0];
      case (op)
        `PYSM_OP_RET: begin
          act.done = 1'b1;
          act.h_set = 1'b1;
          info.h = `ENTRY_HANDLER(entry);
          act.sw_own = 1'b1;
          at.sw_addr = base;
          if (rsp == 11'd0) begin
            act.fault = 1'b1;
            act.fault_code = `PYSM_FAULT_STACK;
          end else begin
            case (`ENTRY_KIND(entry))
              `KIND_CALL: act.sw = !`ENTRY_DROP(entry);
              `KIND_RESUME, `KIND_REDIRECT: act.rr_set = 1'b1;
              `KIND_RETRY: act.pass_set = 1'b1;
              `KIND_IRQ: begin
                act.ie_set = 1'b1;
                act.ie = `ENTRY_IE(entry);
              end
              `KIND_GEN: begin
                // The generator is done; its block keeps the result.
                act.done = step == 6'd`PYSM_CYCLES_RET_FROM_A_GENERATOR - 6'd1;
                act.dr = step == 6'd0;
                act.dw = step != 6'd0;
                at.base = {1'b0, `ENTRY_GENERATOR(entry)};
                at.offset = {25'd0, step == 6'd2};
                act.da_next = 1'b1;
                act.dw_a = step != 6'd1;
                if (step == 6'd1) begin
                  made = {`PYSM_TAG_RAW, 64'd0};
                  `GEN_PC(made) = `GEN_PC(data_q);
                  `GEN_STATE(made) = `GEN_DONE;
                end
                act.rr_set = act.done;
                act.rr_made = act.done;
                if (act.done) made = `UNBOUND_WORD;
                act.h_set = act.done;
              end
              default: begin
                // The end of the program.
                act.h_set = 1'b0;
                act.done = step == 6'd`PYSM_CYCLES_RET_RETURN - 6'd1;
                act.exit = act.done;
                act.rr_set = act.done;
              end
            endcase
          end
        end
        `PYSM_OP_RSRD: begin
          act.fault = !k_int || !k_there;
          if (k_int) act.fault_code = `PYSM_FAULT_STACK;
          act.rr = step == 6'd0;
          act.done = step == 6'd`PYSM_CYCLES_RSRD_DONE - 6'd1;
          act.sw = act.done && put;
          act.sw_a = 1'b0;
          made = {`PYSM_TAG_RAW, return_q};
        end
        `PYSM_OP_HSEL: begin
          // Descriptor 0 covers nothing and has no outer one.
          act.done = step == 6'd`PYSM_CYCLES_HSEL_DONE - 6'd1;
          act.sw = act.done && put;
          act.sw_a = 1'b0;
          made = {`PYSM_TAG_RAW, 64'd0};
          if (`TAG(a) != `PYSM_TAG_RAW || !descriptor_tag) act.fault = 1'b1;
          else if (`BITS(b) != 64'd0) begin
            act.dr = step == 6'd0;
            act.fault = !descriptor_in || (step != 6'd0 && `TAG(data_q) != `PYSM_TAG_RAW);
            if (!descriptor_in) act.fault_code = `PYSM_FAULT_ADDRESS;
            if (covers) made = {`PYSM_TAG_INT, `BITS(b)};
            else made = {`PYSM_TAG_RAW, 48'd0, `RANGE_OUTER(data_q)};
          end
        end
        default: begin  // UNW
          act.fault = !k_int || !k_there || !descriptor_tag || !descriptor_in ||
                      (step == 6'd1 && `TAG(data_q) != `PYSM_TAG_RAW);
          if (k_int && !k_there) act.fault_code = `PYSM_FAULT_STACK;
          else if (k_int && descriptor_tag && !descriptor_in) act.fault_code = `PYSM_FAULT_ADDRESS;
          act.dr = step == 6'd0;
          act.rr = step == 6'd0;
          act.done = step == 6'd`PYSM_CYCLES_UNW_DONE - 6'd1;
          act.rr_b = 1'b1;
          info.h = c[15:0];
          act.ie = 1'b1;
          go.pc = `RANGE_TARGET(data_q);
          go.fp = `ENTRY_FP(return_q);
          go.sp = sp_popped;
          go.rsp = depth;
          go.rrv = 2'd1;
          if (step == 6'd1) begin
            act.redirect = 1'b1;
            act.unwinds = 1'b1;
            act.rr_set = 1'b1;
            act.h_set = 1'b1;
            act.ie_set = `ENTRY_KIND(return_q) == `KIND_IRQ;
          end
        end
      endcase
    end
  end
endmodule
