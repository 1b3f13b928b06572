// Execute: an instruction that is issued again after its trap's handler has returned, and takes operand a, the handler's
// result, for its own; and an exception that is thrown into a generator where it stands. A re-issued CALLM, GETITER or
// UNPACK does its work with the handler's result instead and is not handled here.
`include "pysm_words.svh"
`include "pysm_action.svh"

module pysm_exec_resume (
`include "pysm_exec_ports.svh"
  input  logic       throws,       // the exception
  input  logic [3:0] resumes,      // PYSM_RESUME_*
`include "pysm_action_ports.svh"
);
  always_comb begin
    `PYSM_NO_ACTION
    if (active && throws) begin
      act.trap = 1'b1;
      act.kind = `KIND_RESUME;
      info.system = 1'b1;
      info.operation = 6'd`PYSM_CAUSE_RAISE;
      act.pushes = 2'd1;
    end else if (active) begin
      act.done = 1'b1;
      act.sw = put;
      act.sw_a = 1'b1;
      act.fault_code = `PYSM_FAULT_RESUME;
      case (resumes)
        `PYSM_RESUME_VALUE:
          act.fault = (op == `PYSM_OP_LEN || op == `PYSM_OP_RNGCK || op == `PYSM_OP_HASH) &&
                      `TAG(a) != `PYSM_TAG_INT;
        `PYSM_RESUME_BRANCH: begin
          act.sw = 1'b0;
          act.fault = `TAG(a) != `PYSM_TAG_BOOL;
          act.branch = 1'b1;
          act.taken = (`BITS(a) != 64'd0) != (op == `PYSM_OP_BF || (op >= `PYSM_OP_BNLT && op <= `PYSM_OP_BNNE));
        end
        `PYSM_RESUME_ITEM: begin
          act.branch = 1'b1;
          act.taken = `TAG(a) != `PYSM_TAG_UNBOUND;
          act.sw = put && act.taken;
        end
        `PYSM_RESUME_NEXT: act.sw = 1'b0;
        default: act.sw = 1'b1;  // CALLKW, CATCH
      endcase
    end
  end
endmodule
