// Execute: attributes and the dispatch table. A probe reads the entry at row + attribute number; it counts if it holds
// that number. An OBJX has its row in its header, which takes two cycles more.
`include "pysm_words.svh"
`include "pysm_action.svh"

module pysm_exec_attribute (
`include "pysm_exec_ports.svh"
  input  logic [15:0] tag_row,     // TROW register of a's tag
  input  logic [71:0] data_q,
  input  logic [71:0] dispatch_q,  // value of the entry that was read last
  input  logic [27:0] key_q,       // ... and its {slot, kind, attribute}
`include "pysm_action_ports.svh"
);
  `include "pysm_vectors.svh"

  logic [5:0]  late, phase;        // phase 0: the probe
  logic        in_header, indexes, index_bad;
  logic [11:0] attribute;
  logic [16:0] row_entry;
  logic [3:0]  kind;
  logic        hit, slot, takes_one;
  always_comb begin
    attribute = word[25:14];
    in_header = `TAG(a) == `PYSM_TAG_OBJX;
    late = in_header ? 6'd`PYSM_TIMING_HEADER_ROW : 6'd0;
    phase = step - late;
    if (in_header) row_entry = {1'b0, `HDR_ROW(t)};
    else if (`TRACED(a)) row_entry = {1'b0, `REF_ROW(a)};
    else if (`TAG(a) == `PYSM_TAG_CLASS) row_entry = {1'b0, `CLASS_ROW(a)};
    else row_entry = {1'b0, tag_row};
    row_entry = row_entry + {5'd0, attribute};
    kind = key_q[15:12];
    hit = row_entry < `PYSM_MEMORY_DISPATCH && key_q[11:0] == attribute && kind != `PYSM_DISPATCH_EMPTY;
    slot = hit && (kind == `PYSM_DISPATCH_SLOT || kind == `PYSM_DISPATCH_SLOT_ELSE_CLASS) && `TRACED(a);
    takes_one = `FUNC_MIN(dispatch_q) <= 6'd1 && `FUNC_MAX(dispatch_q) >= 6'd1;
    indexes = op == `PYSM_OP_DTRD || op == `PYSM_OP_DTWR || op == `PYSM_OP_DTKD;
    index_bad = `BITS(a) >= `PYSM_MEMORY_DISPATCH;
  end

  always_comb begin
    `PYSM_NO_ACTION
    if (active) begin
      act.kind = `KIND_RESUME;
      p0 = a;
      p1 = b;
      act.sw_addr = put_addr;
      sw_data = data_q;
      at.pa = row_entry;
      at.da = {2'b00, `REF_ADDRESS(a)};
      act.pushes = 2'd1;
      if (indexes) begin
        act.fault = !`IS_INT(`TAG(a)) || index_bad;
        act.fault_code = `IS_INT(`TAG(a)) ? `PYSM_FAULT_ADDRESS : `PYSM_FAULT_WRONG_TAG;
        at.pa = {1'b0, a[15:0]};
        act.pr = step == 6'd0 && op != `PYSM_OP_DTWR;
        act.pw = step == 6'd0 && op == `PYSM_OP_DTWR;
        act.done = step == 6'd`PYSM_CYCLES_DTRD_DONE - 6'd1;
        act.sw = act.done && put && op != `PYSM_OP_DTWR;
        sw_data = op == `PYSM_OP_DTRD ? dispatch_q : {`PYSM_TAG_RAW, 36'd0, key_q};
      end else if (in_header && step < 6'd`PYSM_TIMING_HEADER_ROW) begin
        act.dr = step == 6'd0;
        act.t_set = step == 6'd1;
        t_next = data_q;
      end else if (phase == 6'd0) act.pr = 1'b1;
      else begin
        if (phase == 6'd1) at.da = {2'b00, `REF_ADDRESS(a)} + {14'd0, key_q[27:16]};
        case (op[7:2])
          6'h20: begin  // LDA
            info.trap_vector = vector1(6'd`PYSM_TRAP_LOAD_ATTR, `TAG(a));
            act.dr = phase == 6'd1 && slot;
            if (phase == 6'd`PYSM_CYCLES_LDA_SLOT - 6'd1) begin
              if (hit && kind == `PYSM_DISPATCH_CLASS_VALUE) begin
                act.done = 1'b1;
                sw_data = dispatch_q;
              end else if (slot && `TAG(data_q) != `PYSM_TAG_UNBOUND) act.done = 1'b1;
              else if (slot && kind == `PYSM_DISPATCH_SLOT_ELSE_CLASS) begin
                act.done = 1'b1;
                sw_data = dispatch_q;
              end else begin
                act.trap = 1'b1;
                act.getter = hit && kind == `PYSM_DISPATCH_GETTER && `TAG(a) != `PYSM_TAG_CLASS &&
                             `TAG(dispatch_q) == `PYSM_TAG_FUNC && takes_one;
                p1 = dispatch_q;
              end
              act.sw = act.done && put;
            end
          end
          6'h21: begin  // STA
            info.trap_vector = vector2(6'd`PYSM_TRAP_STORE_ATTR, `TAG(a), `TAG(b));
            act.pushes = 2'd2;
            act.trap = phase == 6'd1 && !slot;
            act.dw = phase == 6'd1 && slot;
            dw_data = b;
            act.done = phase == 6'd`PYSM_CYCLES_STA_DONE - 6'd1;
          end
          6'h22: begin  // DELA
            info.trap_vector = vector1(6'd`PYSM_TRAP_DELETE_ATTR, `TAG(a));
            act.dr = phase == 6'd1 && slot;
            at.da = {2'b00, `REF_ADDRESS(a)} + {14'd0, key_q[27:16]};
            if (phase == 6'd`PYSM_CYCLES_DELA_DONE - 6'd1) begin
              act.trap = !slot || `TAG(data_q) == `PYSM_TAG_UNBOUND;
              act.dw = !act.trap;
              dw_data = `UNBOUND_WORD;
              act.done = 1'b1;
            end
          end
          default: begin  // ISA
            act.done = phase == 6'd`PYSM_CYCLES_ISA_DONE - 6'd1;
            act.sw = act.done && put;
            sw_data = {`PYSM_TAG_BOOL, 63'd0, hit};
          end
        endcase
      end
    end
  end
endmodule
