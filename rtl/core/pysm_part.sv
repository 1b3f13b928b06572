// Which part of execute an instruction belongs to; one of them, or none but `wrong`. Combinational, and asked in the read
// stage, so that execute begins with the answer. What depends on the operands' tags execute finds itself: FORITER is
// asked of `items` and `generator`, sums and hashes of `word` and `arith`.
`include "pysm_words.svh"
`include "pysm_action.svh"

module pysm_part (
  input  logic [7:0] op,
  input  logic [3:0] resumes,     // what a re-issue does with RR, PYSM_RESUME_*
  input  logic [1:0] rrv,
  input  logic [3:0] fault,       // of the word itself
  output part_t      part
);
  logic again;                    // a re-issue that is not issued as the instruction was
  part_t natural;
  always_comb begin
    natural = '0;
    natural.build = op[7:4] == 4'ha && (op[3:0] <= 4'h5 || op == `PYSM_OP_ALLOC);
    natural.items = op[7:4] == 4'h9 || op == `PYSM_OP_GETITER || op == `PYSM_OP_FORITER;
    natural.generator = op == `PYSM_OP_FORITER || op == `PYSM_OP_GRES || op == `PYSM_OP_YIELD;
    natural.call = op == `PYSM_OP_CALL || op == `PYSM_OP_CALLV || op == `PYSM_OP_CALLM || op == `PYSM_OP_CALLKW ||
                   op == `PYSM_OP_TAIL || op == `PYSM_OP_CHKSP;
    natural.ret = op == `PYSM_OP_RET || op == `PYSM_OP_RSRD || op == `PYSM_OP_HSEL || op == `PYSM_OP_UNW;
    natural.cells = op == `PYSM_OP_LDENV || op == `PYSM_OP_LDDEREF || op == `PYSM_OP_STDEREF || op == `PYSM_OP_LDCELL ||
                   op == `PYSM_OP_STCELL;
    natural.io = op == `PYSM_OP_IOW || op == `PYSM_OP_IOWI || op == `PYSM_OP_IOR || op == `PYSM_OP_IORI ||
                 op == `PYSM_OP_IOB || op == `PYSM_OP_WAITP;
    natural.raw = op == `PYSM_OP_LDW || op == `PYSM_OP_STW || op == `PYSM_OP_LDXR || op == `PYSM_OP_STXR ||
                  op == `PYSM_OP_LDB || op == `PYSM_OP_STB || op == `PYSM_OP_LDHX || op == `PYSM_OP_MCPY ||
                  op == `PYSM_OP_MCLR || op == `PYSM_OP_GLRD || op == `PYSM_OP_TINS;
    natural.attribute = op[7:4] == 4'h8 || op == `PYSM_OP_DTRD || op == `PYSM_OP_DTWR || op == `PYSM_OP_DTKD;
    natural.test = op[7:4] >= 4'h4 && op[7:4] <= 4'h7 && op != `PYSM_OP_RNGCK && !natural.items && !natural.generator &&
                   !natural.call && !natural.ret;
    natural.arith = op == `PYSM_OP_MUL || op == `PYSM_OP_MULI || op == `PYSM_OP_DIV || op == `PYSM_OP_DIVI ||
                    op == `PYSM_OP_FLOOR || op == `PYSM_OP_FLOORI || op == `PYSM_OP_MOD || op == `PYSM_OP_MODI ||
                    op == `PYSM_OP_POW || op == `PYSM_OP_POWI || op == `PYSM_OP_RMUL || op == `PYSM_OP_MULHU ||
                    op == `PYSM_OP_CVT || op == `PYSM_OP_FSQRT;
    natural.word = natural == '0;
    natural.sums = op == `PYSM_OP_ADD || op == `PYSM_OP_ADDI || op == `PYSM_OP_SUB || op == `PYSM_OP_SUBI;
    natural.hash = op == `PYSM_OP_HASH;
  end

  always_comb begin
    again = rrv == 2'd2 || (rrv == 2'd1 && resumes != `PYSM_RESUME_ITERATOR && resumes != `PYSM_RESUME_UNPACK &&
                            resumes != `PYSM_RESUME_CALLABLE);
    part = natural;
    if (again) begin
      part = '0;
      part.resume = 1'b1;
    end
    if (fault != `PYSM_FAULT_NONE) begin
      part = '0;
      part.wrong = 1'b1;
    end
  end
endmodule
