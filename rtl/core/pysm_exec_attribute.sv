// Execute: attributes and the dispatch table. A probe reads the entry at row + attribute number; it counts if it holds
// that number. An OBJX has its row in its header, which takes two cycles more.
`include "pysm_words.svh"
`include "pysm_action.svh"

module pysm_exec_attribute (
`include "pysm_exec_ports.svh"
  // The probe of the dispatch table (pysm_probe)
  input  logic        in_header,
  input  logic [5:0]  phase,
  input  logic [25:0] slot_offset,
  input  logic        hit,
  input  logic [25:0] was_offset,
  input  logic [3:0]  was_kind,
  input  logic        was_hit, was_slot,
  input  logic [71:0] data_q,
  input  logic [71:0] dispatch_q,  // value of the entry that was read last
  input  logic [27:0] key_q,       // ... and its {slot, kind, attribute}
`include "pysm_action_ports.svh"
);
  logic takes_one, indexes, index_bad;
  always_comb begin
    {takes_one, indexes, index_bad} = 'x;
    if (active) begin
      takes_one = `FUNC_MIN(dispatch_q) <= 6'd1 && `FUNC_MAX(dispatch_q) >= 6'd1;
      indexes = op == `PYSM_OP_DTRD || op == `PYSM_OP_DTWR || op == `PYSM_OP_DTKD;
      index_bad = `BITS(a) >= `PYSM_MEMORY_DISPATCH;
    end
  end

  always_comb begin
    `PYSM_NO_ACTION
    if (active) begin
      act.kind = `KIND_RESUME;
      act.sw_q = 1'b1;
      act.da_a = 1'b1;
      act.pushes = 2'd1;
      if (indexes) begin
        act.fault = !`IS_INT(`TAG(a)) || index_bad;
        act.fault_code = `IS_INT(`TAG(a)) ? `PYSM_FAULT_ADDRESS : `PYSM_FAULT_WRONG_TAG;
        act.p_a = 1'b1;
        act.pr = step == 6'd0 && op != `PYSM_OP_DTWR;
        act.pw = step == 6'd0 && op == `PYSM_OP_DTWR;
        act.done = step == 6'd`PYSM_CYCLES_DTRD_DONE - 6'd1;
        act.sw = act.done && put && op != `PYSM_OP_DTWR;
        act.sw_q = 1'b0;
        made = op == `PYSM_OP_DTRD ? dispatch_q : {`PYSM_TAG_RAW, 36'd0, key_q};
      end else if (in_header && step < 6'd`PYSM_TIMING_HEADER_ROW) begin
        act.dr = step == 6'd0;
        act.t_set = step == 6'd1;
      end else if (phase == 6'd0) act.pr = 1'b1;
      else begin
        // The slot is read before it is known that there is one.
        at.offset = phase == 6'd1 ? slot_offset : was_offset;
        act.ds = phase == 6'd1;
        case (op[7:2])
          6'h20: begin  // LDA
            info.operation = 6'd`PYSM_TRAP_LOAD_ATTR;
            act.dr = phase == 6'd1;
            act.checks = was_slot;
            // Where it is not the slot's word
            made = dispatch_q;
            if (phase == 6'd`PYSM_CYCLES_LDA_SLOT - 6'd1) begin
              if (was_hit && was_kind == `PYSM_DISPATCH_CLASS_VALUE) begin
                act.done = 1'b1;
                act.sw_q = 1'b0;
              end else if (was_slot && `TAG(data_q) != `PYSM_TAG_UNBOUND) act.done = 1'b1;
              else if (was_slot && was_kind == `PYSM_DISPATCH_SLOT_ELSE_CLASS) begin
                act.done = 1'b1;
                act.sw_q = 1'b0;
              end else begin
                act.trap = 1'b1;
                act.getter = was_hit && was_kind == `PYSM_DISPATCH_GETTER && `TAG(a) != `PYSM_TAG_CLASS &&
                             `TAG(dispatch_q) == `PYSM_TAG_FUNC && takes_one;
              end
              act.sw = act.done && put;
            end
          end
          6'h21: begin  // STA
            info.operation = 6'd`PYSM_TRAP_STORE_ATTR;
            act.pushes = 2'd2;
            act.done = phase == 6'd`PYSM_CYCLES_STA_DONE - 6'd1;
            act.trap = act.done && !was_slot;
            act.dw = act.done && was_slot;
            act.dw_b = 1'b1;
          end
          6'h22: begin  // DELA
            info.operation = 6'd`PYSM_TRAP_DELETE_ATTR;
            act.dr = phase == 6'd1;
            act.checks = was_slot;
            if (phase == 6'd`PYSM_CYCLES_DELA_DONE - 6'd1) begin
              act.trap = !was_slot || `TAG(data_q) == `PYSM_TAG_UNBOUND;
              act.dw = !act.trap;
              made = `UNBOUND_WORD;
              act.done = 1'b1;
            end
          end
          default: begin  // ISA
            act.done = phase == 6'd`PYSM_CYCLES_ISA_DONE - 6'd1;
            act.sw = act.done && put;
            act.sw_q = 1'b0;
            made = {`PYSM_TAG_BOOL, 63'd0, hit};
          end
        endcase
      end
    end
  end
endmodule
