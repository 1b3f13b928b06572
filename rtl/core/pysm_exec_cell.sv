// Execute: cells and the captured words of a closure.
`include "pysm_words.svh"
`include "pysm_action.svh"

module pysm_exec_cell (
`include "pysm_exec_ports.svh"
  input  logic [71:0] data_q,
`include "pysm_action_ports.svh"
);
  always_comb begin
    `PYSM_NO_ACTION
    if (active) begin
      act.kind = `KIND_RESUME;
      info.system = 1'b1;
      info.operation = 6'd`PYSM_CAUSE_UNBOUND_CELL;
      act.fault_code = `PYSM_FAULT_WRONG_TAG;
      act.sw_q = 1'b1;
      // The captured word k of a closure; word 1 of a cell
      act.da_b = op != `PYSM_OP_LDCELL && op != `PYSM_OP_STCELL;
      act.da_a = !act.da_b;
      at.offset = act.da_b ? 26'd1 + {9'd0, `FIELD_K(word)} : 26'd0;
      act.da_next = 1'b1;
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
          // The cell itself, as it comes and as it is kept
          act.da_q = step == 6'd1;
          act.da_t = step == 6'd2;
          if (step != 6'd0) begin
            act.da_b = 1'b0;
            at.offset = 26'd0;
          end
          act.t_set = step == 6'd1;
          act.done = step == 6'd`PYSM_CYCLES_LDDEREF_DONE - 6'd1;
          if (op == `PYSM_OP_LDDEREF) begin
            act.trap = act.done && `TAG(data_q) == `PYSM_TAG_UNBOUND;
            act.sw = act.done && put;
          end else begin
            act.dw = step == 6'd2;
            act.dw_a = 1'b1;
          end
        end
        `PYSM_OP_LDCELL: begin
          act.fault = `TAG(a) != `PYSM_TAG_CELL;
          act.dr = step == 6'd0;
          act.done = step == 6'd`PYSM_CYCLES_LDCELL_DONE - 6'd1;
          act.trap = act.done && `TAG(data_q) == `PYSM_TAG_UNBOUND;
          act.sw = act.done && put;
        end
        default: begin  // STCELL
          act.fault = `TAG(a) != `PYSM_TAG_CELL;
          act.dw = step == 6'd0;
          act.dw_b = 1'b1;
          act.done = step == 6'd`PYSM_CYCLES_STCELL_DONE - 6'd1;
        end
      endcase
    end
  end
endmodule
