// Execute: comparisons, tests and the branches on them, and the counted loops.
`include "pysm_words.svh"
`include "pysm_action.svh"

module pysm_exec_test (
  input  logic        clk, rst,
`include "pysm_exec_ports.svh"
  input  logic [71:0] data_q,
  input  logic [2:0]  mixed_order,   // of an int and a float, in the third cycle
`include "pysm_action_ports.svh"
);
  logic        equality, known, mixed, same;
  logic [2:0]  order;
  pysm_compare comparison (
    .asked(active), .a(a), .b(b), .mixed_order(mixed_order), .equality(equality), .known(known), .mixed(mixed), .order(order),
    .same(same)
  );

  // Which comparison is asked, as its value form's trap operation is; the branch forms have their own.
  logic [5:0] asked, asked_branch;
  logic       compares, inverts, branches, holds;
  always_comb begin
    {branches, inverts, compares, asked, asked_branch, holds, equality} = 'x;
    if (active) begin
      branches = op[7:4] != 4'h4 ? op[7:4] == 4'h6 : op[3];
      inverts = 1'b0;
      compares = 1'b1;
      case (op)
        `PYSM_OP_CLT, `PYSM_OP_BLT, `PYSM_OP_BNLT: begin
          asked = 6'd`PYSM_TRAP_LT;
          asked_branch = 6'd`PYSM_TRAP_LT_BRANCH;
          inverts = op == `PYSM_OP_BNLT;
          holds = order[0];
        end
        `PYSM_OP_CLE, `PYSM_OP_BLE, `PYSM_OP_BNLE: begin
          asked = 6'd`PYSM_TRAP_LE;
          asked_branch = 6'd`PYSM_TRAP_LE_BRANCH;
          inverts = op == `PYSM_OP_BNLE;
          holds = order[0] || order[1];
        end
        `PYSM_OP_CEQ, `PYSM_OP_BEQ, `PYSM_OP_BNEQ: begin
          asked = 6'd`PYSM_TRAP_EQ;
          asked_branch = 6'd`PYSM_TRAP_EQ_BRANCH;
          inverts = op == `PYSM_OP_BNEQ;
          holds = order[1];
        end
        `PYSM_OP_CNE, `PYSM_OP_BNE, `PYSM_OP_BNNE: begin
          asked = 6'd`PYSM_TRAP_NE;
          asked_branch = 6'd`PYSM_TRAP_NE_BRANCH;
          inverts = op == `PYSM_OP_BNNE;
          holds = !order[1];
        end
        `PYSM_OP_CGT, `PYSM_OP_BGT, `PYSM_OP_BNGT: begin
          asked = 6'd`PYSM_TRAP_GT;
          asked_branch = 6'd`PYSM_TRAP_GT_BRANCH;
          inverts = op == `PYSM_OP_BNGT;
          holds = order[2];
        end
        `PYSM_OP_CGE, `PYSM_OP_BGE, `PYSM_OP_BNGE: begin
          asked = 6'd`PYSM_TRAP_GE;
          asked_branch = 6'd`PYSM_TRAP_GE_BRANCH;
          inverts = op == `PYSM_OP_BNGE;
          holds = order[2] || order[1];
        end
        default: begin
          asked = 6'd0;
          asked_branch = 6'd0;
          holds = 1'b0;
          compares = 1'b0;
        end
      endcase
      equality = asked == 6'd`PYSM_TRAP_EQ || asked == 6'd`PYSM_TRAP_NE;
    end
  end

  // Truth of a word; `truth_later` where it is in word 1 of its block.
  logic truth, truth_known, truth_later;
  always_comb begin
    {truth, truth_known, truth_later} = 'x;
    if (active) begin
      truth = 1'b1;
      truth_known = 1'b1;
      truth_later = 1'b0;
      case (`TAG(a))
        `PYSM_TAG_BOOL, `PYSM_TAG_INT: truth = `BITS(a) != 64'd0;
        `PYSM_TAG_FLOAT: truth = a[62:0] != 63'd0;
        `PYSM_TAG_NONE: truth = 1'b0;
        `PYSM_TAG_STR7: truth = a[7:0] != 8'd0;
        `PYSM_TAG_STR: truth = a[`PYSM_STR_WIDE_BIT-1:`PYSM_REF_LENGTH_LOW] != 0;
        `PYSM_TAG_TUPLE, `PYSM_TAG_BYTES: truth = `REF_LENGTH(a) != 0;
        `PYSM_TAG_FUNC, `PYSM_TAG_CLASS, `PYSM_TAG_GEN: truth = 1'b1;
        `PYSM_TAG_LIST, `PYSM_TAG_DICT, `PYSM_TAG_SET: begin
          truth_later = 1'b1;
          truth = `LIST_LENGTH(data_q) != 0;
        end
        default: truth_known = 1'b0;
      endcase
    end
  end

  // Counted loops
  logic [63:0] one_more, stepped;
  logic        step_overflows, again;
  // The sum of FORS is made in its first cycle and compared in its second.
  always_ff @(posedge clk) begin
    if (rst) stepped <= 64'd0;
    else if (active) stepped <= `BITS(a) + `BITS(b);
  end
  assign step_overflows = a[63] == b[63] && stepped[63] != a[63];
  always_comb begin
    {one_more, again} = 'x;
    if (active) begin
      one_more = `BITS(a) + 64'd1;
      if (op == `PYSM_OP_FORR) again = $signed(`BITS(a)) < $signed(`BITS(b));
      else if (step_overflows) again = 1'b0;
      else if ($signed(`BITS(b)) > 0) again = $signed(stepped) <= $signed(`BITS(c));
      else again = $signed(stepped) >= $signed(`BITS(c));
    end
  end

  logic [6:0] bit_number;
  always_comb begin
    bit_number = 'x;
    if (active) bit_number = word[6] ? 7'd63 : {1'b0, word[5:0]};
  end

  always_comb begin
    `PYSM_NO_ACTION
    if (active) begin
      act.kind = `KIND_RESUME;
      act.da_a = 1'b1;
      act.da_next = 1'b1;
      if (compares) begin
        act.done = !mixed || step == 6'd`PYSM_CYCLES_BLT_INT_FLOAT - 6'd1;
        act.trap = !known;
        info.operation = branches ? asked_branch : asked;
        act.pushes = 2'd2;
        act.branch = branches && act.done;
        act.taken = holds != inverts;
        act.sw = !branches && act.done && put;
        made = {`PYSM_TAG_BOOL, 63'd0, holds};
      end
      case (op)
        `PYSM_OP_CIS, `PYSM_OP_CNIS: begin
          act.done = 1'b1;
          act.sw = put;
          made = {`PYSM_TAG_BOOL, 63'd0, same == (op == `PYSM_OP_CIS)};
        end
        `PYSM_OP_BIS, `PYSM_OP_BNIS: begin
          act.done = 1'b1;
          act.branch = 1'b1;
          act.taken = same == (op == `PYSM_OP_BIS);
        end
        `PYSM_OP_CIN, `PYSM_OP_CNIN, `PYSM_OP_BIN, `PYSM_OP_BNIN: begin
          // The container goes first.
          act.trap = 1'b1;
          act.swaps = 1'b1;
          info.operation = op == `PYSM_OP_CIN || op == `PYSM_OP_BIN ? 6'd`PYSM_TRAP_IN : 6'd`PYSM_TRAP_NOT_IN;
          act.pushes = 2'd2;
        end
        `PYSM_OP_BT, `PYSM_OP_BF: begin
          act.trap = !truth_known;
          info.operation = 6'd`PYSM_TRAP_TRUTH;
          act.pushes = 2'd1;
          act.dr = truth_later && step == 6'd0;
          act.done = !truth_later || step == 6'd`PYSM_CYCLES_BT_LIST - 6'd1;
          act.fault = truth_later && step != 6'd0 && `TAG(data_q) != `PYSM_TAG_RAW;
          act.fault_code = `PYSM_FAULT_WRONG_TAG;
          act.branch = act.done;
          act.taken = truth == (op == `PYSM_OP_BT);
        end
        `PYSM_OP_BBS, `PYSM_OP_BBC: begin
          act.done = 1'b1;
          act.trap = !`IS_INT(`TAG(a));
          info.operation = 6'd`PYSM_TRAP_BIT_TEST;
          act.pushes = 2'd1;
          act.branch = 1'b1;
          act.taken = a[bit_number] == (op == `PYSM_OP_BBS);
        end
        `PYSM_OP_BTAG, `PYSM_OP_BNTAG: begin
          act.done = 1'b1;
          act.branch = 1'b1;
          act.taken = (a[68:64] == word[4:0]) == (op == `PYSM_OP_BTAG);
        end
        `PYSM_OP_BUNB, `PYSM_OP_BBND: begin
          act.done = 1'b1;
          act.branch = 1'b1;
          act.taken = (`TAG(a) == `PYSM_TAG_UNBOUND) == (op == `PYSM_OP_BUNB);
        end
        `PYSM_OP_FORR: begin
          act.done = 1'b1;
          act.fault = `TAG(a) != `PYSM_TAG_INT || `TAG(b) != `PYSM_TAG_INT;
          act.fault_code = `PYSM_FAULT_WRONG_TAG;
          act.branch = 1'b1;
          act.taken = again;
          act.sw = again;
          made = {`PYSM_TAG_INT, one_more};
        end
        `PYSM_OP_FORS: begin
          act.done = step == 6'd`PYSM_CYCLES_FORS_DONE - 6'd1;
          act.fault = `TAG(a) != `PYSM_TAG_INT || `TAG(b) != `PYSM_TAG_INT || `TAG(c) != `PYSM_TAG_INT;
          act.fault_code = `PYSM_FAULT_WRONG_TAG;
          act.branch = act.done;
          act.taken = again;
          act.sw = again && act.done;
          made = {`PYSM_TAG_INT, stepped};
        end
        default: ;
      endcase
    end
  end
endmodule
