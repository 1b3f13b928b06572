// Which part of execute an instruction belongs to, one of them, or none but `wrong`; and what arithmetic it is.
// Combinational, and asked in the read stage, so that execute begins with the answer. What depends on the operands' tags
// execute finds itself: FORITER is asked of `items` and `generator`, sums and hashes of `word` and `arith`.
`include "pysm_words.svh"
`include "pysm_action.svh"

module pysm_part (
  input  logic [7:0] op,
  input  logic [3:0] resumes,     // what a re-issue does with RR, PYSM_RESUME_*
  input  logic [1:0] rrv,
  input  logic [3:0] fault,       // of the word itself
  output part_t       part,
  output adder_t      adder,
  output arithmetic_t arithmetic
);
  always_comb begin
    adder.subtract = op == `PYSM_OP_SUB || op == `PYSM_OP_SUBI || op == `PYSM_OP_RSUB || op == `PYSM_OP_RULT;
    adder.negate = op == `PYSM_OP_NEG;
    adder.magnitude = op == `PYSM_OP_ABS;
    arithmetic.adds = op == `PYSM_OP_ADD || op == `PYSM_OP_ADDI;
    arithmetic.subtracts = op == `PYSM_OP_SUB || op == `PYSM_OP_SUBI;
    arithmetic.multiplies = op == `PYSM_OP_MUL || op == `PYSM_OP_MULI;
    arithmetic.divides = op == `PYSM_OP_DIV || op == `PYSM_OP_DIVI;
    arithmetic.floors = op == `PYSM_OP_FLOOR || op == `PYSM_OP_FLOORI;
    arithmetic.remains = op == `PYSM_OP_MOD || op == `PYSM_OP_MODI;
    arithmetic.powers = op == `PYSM_OP_POW || op == `PYSM_OP_POWI;
  end

  logic again;                    // a re-issue that is not issued as the instruction was
  part_t natural;
  always_comb begin
    natural = '0;
    casez (op)
      `PYSM_OP_NEW, `PYSM_OP_BTUP, `PYSM_OP_BLIST, `PYSM_OP_MKCLO, `PYSM_OP_MKCELL, `PYSM_OP_MKGEN, `PYSM_OP_ALLOC:
        natural.build = 1'b1;
      8'h9?, `PYSM_OP_GETITER: natural.items = 1'b1;
      `PYSM_OP_FORITER: begin
        natural.items = 1'b1;
        natural.generator = 1'b1;
      end
      `PYSM_OP_GRES, `PYSM_OP_YIELD: natural.generator = 1'b1;
      `PYSM_OP_CALL, `PYSM_OP_CALLV, `PYSM_OP_CALLM, `PYSM_OP_CALLKW, `PYSM_OP_TAIL, `PYSM_OP_CHKSP: natural.call = 1'b1;
      `PYSM_OP_RET, `PYSM_OP_RSRD, `PYSM_OP_HSEL, `PYSM_OP_UNW: natural.ret = 1'b1;
      `PYSM_OP_LDENV, `PYSM_OP_LDDEREF, `PYSM_OP_STDEREF, `PYSM_OP_LDCELL, `PYSM_OP_STCELL: natural.cells = 1'b1;
      `PYSM_OP_IOW, `PYSM_OP_IOWI, `PYSM_OP_IOR, `PYSM_OP_IORI, `PYSM_OP_IOB, `PYSM_OP_WAITP: natural.io = 1'b1;
      `PYSM_OP_LDW, `PYSM_OP_STW, `PYSM_OP_LDXR, `PYSM_OP_STXR, `PYSM_OP_LDB, `PYSM_OP_STB, `PYSM_OP_LDHX, `PYSM_OP_MCPY,
      `PYSM_OP_MCLR, `PYSM_OP_GLRD, `PYSM_OP_TINS: natural.raw = 1'b1;
      8'h8?, `PYSM_OP_DTRD, `PYSM_OP_DTWR, `PYSM_OP_DTKD: natural.attribute = 1'b1;
      `PYSM_OP_MUL, `PYSM_OP_MULI, `PYSM_OP_DIV, `PYSM_OP_DIVI, `PYSM_OP_FLOOR, `PYSM_OP_FLOORI, `PYSM_OP_MOD,
      `PYSM_OP_MODI, `PYSM_OP_POW, `PYSM_OP_POWI, `PYSM_OP_RMUL, `PYSM_OP_MULHU, `PYSM_OP_CVT, `PYSM_OP_FSQRT:
        natural.arith = 1'b1;
      `PYSM_OP_ADD, `PYSM_OP_ADDI, `PYSM_OP_SUB, `PYSM_OP_SUBI: begin
        natural.word = 1'b1;
        natural.sums = 1'b1;
      end
      `PYSM_OP_HASH: begin
        natural.word = 1'b1;
        natural.hash = 1'b1;
      end
      `PYSM_OP_RNGCK: natural.word = 1'b1;
      default: begin
        natural.test = op[7:6] == 2'b01;     // compares and branches, and what is not named above among them
        natural.word = op[7:6] != 2'b01;
      end
    endcase
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
