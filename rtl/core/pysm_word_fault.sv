// The faults that an instruction word has in itself or with the registers that it finds, without its operands.
// Combinational, in the read stage: nothing before execute depends on it.
`include "pysm_words.svh"

module pysm_word_fault (
  input  logic [31:0] word,
  input  logic [21:0] description,  // of its opcode, see pysm_decode.svh
  input  logic [15:0] pc,
  input  logic [15:0] code_words,   // words of code: a pc from there on is wild
  input  logic [11:0] fp, sp,
  input  logic [11:0] sp_popped, sp_after,
  input  logic [1:0]  rrv,          // a result is pending: this is a re-issue
  output logic        overflows,    // UNPACK: the items do not fit the stack memory
  output logic [3:0]  fault         // the first one in the order of precedence, or none
);
  logic [7:0]  op;
  logic        reissue;
  logic [16:0] k;
  logic signed [9:0] imm;
  logic [3:0]  format, resume;
  logic [1:0]  fd, fl, fg;
  logic [6:0]  d, sd, sl, sg;
  always_comb begin
    op = word[31:24];
    reissue = rrv != 2'd0;
    k = `FIELD_K(word);
    imm = {word[23:21], word[6:0]};
    format = description[`PYSM_OPERANDS_FORMAT_LOW +: `PYSM_OPERANDS_FORMAT_WIDTH];
    resume = description[`PYSM_OPERANDS_RESUME_LOW +: `PYSM_OPERANDS_RESUME_WIDTH];
    fd = description[`PYSM_OPERANDS_DESTINATION_LOW +: 2];
    fl = description[`PYSM_OPERANDS_LOCAL_LOW +: 2];
    fg = description[`PYSM_OPERANDS_GROUP_LOW +: 2];
    d = format == `PYSM_FMT_K || format == `PYSM_FMT_L ? `FIELD_DK(word) : `FIELD_D(word);
    sd = fd == `PYSM_FIELD_A ? `FIELD_A(word) : format == `PYSM_FMT_A ? `FIELD_B(word) : d;
    sl = fl == `PYSM_FIELD_A ? `FIELD_A(word) : d;
    sg = fg == `PYSM_FIELD_B ? `FIELD_B(word) : d;
  end

  // Words that must be on the stack besides the popped sources
  logic [17:0] needs;
  always_comb begin
    needs = 18'd0;
    if (!reissue) begin
      case (op)
        `PYSM_OP_POP, `PYSM_OP_BTUP, `PYSM_OP_BLIST: needs = {1'b0, k};
        `PYSM_OP_DUP: needs = {1'b0, k} + 18'd1;
        `PYSM_OP_MKCLO: needs = {8'd0, imm};
        `PYSM_OP_CALL, `PYSM_OP_TAIL: needs = {14'd0, word[22:19]};
        `PYSM_OP_CALLV, `PYSM_OP_CALLM: needs = {13'd0, word[11:7]} + 18'd1;
        `PYSM_OP_CALLKW: needs = {11'd0, `FIELD_DK(word)} + 18'd1;
        default: ;
      endcase
    end else begin
      case (resume)
        `PYSM_RESUME_CALLABLE: needs = {13'd0, word[11:7]} + 18'd1;
        `PYSM_RESUME_RESULT: needs = {11'd0, `FIELD_DK(word)} + 18'd1;
        `PYSM_RESUME_VALUE:
          case (op)
            `PYSM_OP_BMAP: needs = {k, 1'b0};
            `PYSM_OP_BSET: needs = {1'b0, k};
            `PYSM_OP_BSLICE: needs = 18'd3;
            default: ;
          endcase
        default: ;
      endcase
    end
  end

  logic csr_known, csr_writable;
  always_comb begin
    csr_known = k < 17'd8 || (k >= `PYSM_CSR_FREE && k < `PYSM_CSR_FREE + 16) ||
                (k >= `PYSM_CSR_IVEC && k < `PYSM_CSR_IVEC + `PYSM_INTERRUPT_LINES) ||
                (k >= `PYSM_CSR_TROW && k < `PYSM_CSR_TROW + 32);
    csr_writable = csr_known && k != `PYSM_CSR_INSTRET && k != `PYSM_CSR_IPEND;
    overflows = {1'b0, sp_popped} + {3'd0, imm} > 13'd`PYSM_MEMORY_STACK;
    fault = `PYSM_FAULT_NONE;
    if (pc >= code_words) fault = `PYSM_FAULT_WILD_PC;
    else if (!description[`PYSM_OPERANDS_VALID_LOW]) fault = `PYSM_FAULT_ILLEGAL;
    else if (fd != 2'd0 && sd > `PYSM_SPECIFIER_LOCAL_MAX && sd < `PYSM_SPECIFIER_DISCARD) fault = `PYSM_FAULT_FIELD;
    else if (fl != 2'd0 && sl > `PYSM_SPECIFIER_LOCAL_MAX) fault = `PYSM_FAULT_FIELD;
    else if (fg != 2'd0 && sg >= `PYSM_SPECIFIER_LOCAL_MAX) fault = `PYSM_FAULT_FIELD;
    else if (sp < sp_popped) fault = `PYSM_FAULT_STACK;
    else if (!reissue && fd != 2'd0 && sd == `PYSM_SPECIFIER_STACK && sp_popped >= `PYSM_MEMORY_STACK)
      fault = `PYSM_FAULT_STACK;
    else begin
      if (!reissue) begin
        case (op)
          `PYSM_OP_LDK, `PYSM_OP_LDG, `PYSM_OP_STG, `PYSM_OP_NEW:
            if (k >= `PYSM_MEMORY_GLOBALS) fault = `PYSM_FAULT_FIELD;
          `PYSM_OP_LDW8, `PYSM_OP_STW8: if (k > 17'd255) fault = `PYSM_FAULT_FIELD;
          `PYSM_OP_CLRL:
            if (k == 17'd0 || k > 17'd32) fault = `PYSM_FAULT_FIELD;
            else if (sp_after > `PYSM_MEMORY_STACK) fault = `PYSM_FAULT_STACK;
          `PYSM_OP_BTUP, `PYSM_OP_BLIST: if (k > 17'd32) fault = `PYSM_FAULT_FIELD;
          `PYSM_OP_UNPACK, `PYSM_OP_MKCLO: if (imm < 0 || imm > 10'sd32) fault = `PYSM_FAULT_FIELD;
          `PYSM_OP_MCPY: if (imm < 10'sd1 || imm > 10'sd16) fault = `PYSM_FAULT_FIELD;
          `PYSM_OP_MCLR: if (imm < 10'sd1 || imm > 10'sd32) fault = `PYSM_FAULT_FIELD;
          `PYSM_OP_CSRR: if (!csr_known) fault = `PYSM_FAULT_FIELD;
          `PYSM_OP_CSRW: if (!csr_writable) fault = `PYSM_FAULT_FIELD;
          `PYSM_OP_IEN: if (k > 17'd1) fault = `PYSM_FAULT_FIELD;
          `PYSM_OP_SETH: if (k >= `PYSM_MEMORY_DATA) fault = `PYSM_FAULT_ADDRESS;
          `PYSM_OP_FAULT: fault = `PYSM_FAULT_SOFTWARE;
          // A CATCH is only ever a re-issue.
          `PYSM_OP_CATCH: fault = `PYSM_FAULT_RESUME;
          default: ;
        endcase
      end else if (rrv == 2'd1 && op == `PYSM_OP_CATCH) begin
        if ({6'd0, fp} + {1'b0, k} > {6'd0, sp} || {6'd0, fp} + {1'b0, k} >= 18'd`PYSM_MEMORY_STACK)
          fault = `PYSM_FAULT_STACK;
      end else if (rrv == 2'd1 && resume == `PYSM_RESUME_NONE)
        fault = `PYSM_FAULT_RESUME;
      if (fault == `PYSM_FAULT_NONE && rrv != 2'd2 && needs > {6'd0, sp_popped}) fault = `PYSM_FAULT_STACK;
    end
  end
endmodule
