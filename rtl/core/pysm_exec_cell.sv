// Execute: cells and the captured words of a closure.
`include "pysm_words.svh"
`include "pysm_action.svh"

module pysm_exec_cell (
`include "pysm_exec_ports.svh"
  input  logic [71:0] data_q,
`include "pysm_action_ports.svh"
);
  `include "pysm_vectors.svh"

  logic [25:0] captured;
  always_comb captured = {2'b00, `REF_ADDRESS(b)} + 26'd2 + {9'd0, `FIELD_K(word)};

  always_comb begin
    `PYSM_NO_ACTION
    if (active) begin
      act.kind = `KIND_RESUME;
      info.trap_vector = system_vector(6'd`PYSM_CAUSE_UNBOUND_CELL);
      act.fault_code = `PYSM_FAULT_WRONG_TAG;
      act.sw_addr = put_addr;
      sw_data = data_q;
      at.da = captured;
      case (op)
        `PYSM_OP_LDENV: begin
          act.fault = `TAG(b) != `PYSM_TAG_CLOSURE;
          act.dr = step == 6'd0;
          act.done = step == 6'd`PYSM_CYCLES_LDENV_DONE - 6'd1;
          act.trap = act.done && `TAG(data_q) == `PYSM_TAG_UNBOUND;
          act.sw = act.done && put;
        end
        `PYSM_OP_LDDEREF, `PYSM_OP_STDEREF: begin
          act.fault = `TAG(b) != `PYSM_TAG_CLOSURE || (step == 6'd1 && `TAG(data_q) != `PYSM_TAG_CELL);
          act.dr = step == 6'd0 || (step == 6'd1 && op == `PYSM_OP_LDDEREF);
          if (step == 6'd1) at.da = {2'b00, `REF_ADDRESS(data_q)} + 26'd1;
          act.t_set = step == 6'd1;
          t_next = data_q;
          act.done = step == 6'd`PYSM_CYCLES_LDDEREF_DONE - 6'd1;
          if (op == `PYSM_OP_LDDEREF) begin
            act.trap = act.done && `TAG(data_q) == `PYSM_TAG_UNBOUND;
            act.sw = act.done && put;
          end else begin
            act.dw = step == 6'd2;
            if (step == 6'd2) at.da = {2'b00, `REF_ADDRESS(t)} + 26'd1;
            dw_data = a;
          end
        end
        `PYSM_OP_LDCELL: begin
          act.fault = `TAG(a) != `PYSM_TAG_CELL;
          act.dr = step == 6'd0;
          at.da = {2'b00, `REF_ADDRESS(a)} + 26'd1;
          act.done = step == 6'd`PYSM_CYCLES_LDCELL_DONE - 6'd1;
          act.trap = act.done && `TAG(data_q) == `PYSM_TAG_UNBOUND;
          act.sw = act.done && put;
        end
        default: begin  // STCELL
          act.fault = `TAG(a) != `PYSM_TAG_CELL;
          act.dw = step == 6'd0;
          at.da = {2'b00, `REF_ADDRESS(a)} + 26'd1;
          dw_data = b;
          act.done = step == 6'd`PYSM_CYCLES_STCELL_DONE - 6'd1;
        end
      endcase
    end
  end
endmodule
