// Decode: from an instruction word and the registers as the instruction finds them, everything that is known without
// its operands: where the operands lie, what the stack pointers will be, where fetch goes on, and the faults that a word
// can have in itself. Combinational.
//
// The three operands a, b, c of execute are the instruction's sources in assembly order, with these exceptions:
//   FORR, FORS   a = the counter, b = the last value or the step, c = the last value of a FORS
//   FORITER      b = the iterator, c = its position
//   INS, UNB     c = the local that is changed
//   CALLV, CALLM, CALLKW  a = the word below the arguments
//   LDENV, LDDEREF, STDEREF  b = the environment
//   LDW8, DUP    a = the word that the number names
`include "pysm_words.svh"

module pysm_decode (
  input  logic [31:0] word,
  input  logic [15:0] pc,
  input  logic [15:0] code_words,   // words of code: a pc from there on is wild
  input  logic [11:0] fp,
  input  logic [11:0] sp,
  input  logic [10:0] rsp,
  input  logic [1:0]  rrv,          // a result is pending: this is a re-issue

  // Where the operands lie: an address of the stack RAM, or a constant specifier
  output logic [10:0] a_addr, b_addr, c_addr,
  output logic        a_constant, b_constant, c_constant,
  output logic [6:0]  a_specifier, b_specifier, c_specifier,
  output logic [10:0] g_addr,       // word of the globals RAM
  // Stack effect
  output logic [11:0] sp_popped,    // behind the sources: what a trap pushes from
  output logic [11:0] sp_after,
  output logic [11:0] fp_after,
  output logic [10:0] rsp_after,
  output logic        put,          // the instruction writes its destination to put_addr
  output logic [10:0] put_addr,
  output logic        overflows,    // UNPACK: the items do not fit the stack memory
  // Flow
  output logic        jumps,        // fetch goes on at `target`
  output logic [15:0] target,
  output logic [15:0] other,        // where a branch goes that is not as predicted
  output logic        returns,      // the read stage redirects by the top return entry
  // Faults that need no operand; 0 = none
  output logic [3:0]  fault
);
  `include "pysm_decode.svh"

  logic [7:0]  op;
  logic [21:0] description;
  logic [3:0]  format;
  logic        reissue;

  always_comb begin
    op = word[31:24];
    description = pysm_operands(op);
    format = description[`PYSM_OPERANDS_FORMAT_LOW +: `PYSM_OPERANDS_FORMAT_WIDTH];
    reissue = rrv != 2'd0;
  end

  function automatic [6:0] specifier_in(input [1:0] field, input [3:0] fmt, input [23:0] w);
    case (field)
      2'd1: specifier_in = `FIELD_A(w);
      2'd2: specifier_in = `FIELD_B(w);
      default:
        case (fmt)
          `PYSM_FMT_K, `PYSM_FMT_L: specifier_in = `FIELD_DK(w);
          `PYSM_FMT_A: specifier_in = `FIELD_B(w);
          default: specifier_in = `FIELD_D(w);
        endcase
    endcase
  endfunction

  // Sources
  logic [1:0]  f1, f2, f3, fd, fl, fg;
  logic [6:0]  s1, s2, s3, sd, sl, sg;
  logic        on1, on2, on3, ond;      // operand is on the stack
  logic [10:0] below1, below2, below3;  // its address
  logic [1:0]  pops;

  always_comb begin
    f1 = description[`PYSM_OPERANDS_SOURCE1_LOW +: 2];
    f2 = description[`PYSM_OPERANDS_SOURCE2_LOW +: 2];
    f3 = description[`PYSM_OPERANDS_SOURCE3_LOW +: 2];
    fd = description[`PYSM_OPERANDS_DESTINATION_LOW +: 2];
    fl = description[`PYSM_OPERANDS_LOCAL_LOW +: 2];
    fg = description[`PYSM_OPERANDS_GROUP_LOW +: 2];
    s1 = specifier_in(f1, format, word[23:0]);
    s2 = specifier_in(f2, format, word[23:0]);
    s3 = specifier_in(f3, format, word[23:0]);
    sd = specifier_in(fd, format, word[23:0]);
    sl = specifier_in(fl, format, word[23:0]);
    sg = specifier_in(fg, format, word[23:0]);
    on1 = f1 != 2'd0 && s1 == `PYSM_SPECIFIER_STACK && !reissue;
    on2 = f2 != 2'd0 && s2 == `PYSM_SPECIFIER_STACK && !reissue;
    on3 = f3 != 2'd0 && s3 == `PYSM_SPECIFIER_STACK && !reissue;
    ond = fd != 2'd0 && sd == `PYSM_SPECIFIER_STACK;
    // The last source is the top of the stack.
    below3 = sp[10:0] - 11'd1;
    below2 = sp[10:0] - (on3 ? 11'd2 : 11'd1);
    below1 = sp[10:0] - (on2 && on3 ? 11'd3 : on2 || on3 ? 11'd2 : 11'd1);
    pops = {1'b0, on1} + {1'b0, on2} + {1'b0, on3};
  end

  function automatic [10:0] place(input [6:0] s, input [10:0] frame, input [10:0] below);
    if (s == `PYSM_SPECIFIER_STACK) place = below;
    else if (s == `PYSM_SPECIFIER_ENVIRONMENT) place = frame - 11'd1;
    else place = frame + {4'd0, s};
  endfunction

  function automatic constant(input [6:0] s);
    constant = s > `PYSM_SPECIFIER_LOCAL_MAX && s < `PYSM_SPECIFIER_ENVIRONMENT;
  endfunction

  // Numbers in the word
  logic [16:0] k;
  logic signed [9:0] imm;
  logic [4:0]  m_args;
  logic [6:0]  kw_args;
  logic [15:0] offset;
  always_comb begin
    k = `FIELD_K(word);
    imm = {word[23:21], word[6:0]};
    m_args = word[11:7];
    kw_args = `FIELD_DK(word);
    offset = {{6{word[23]}}, word[23:14]};
    g_addr = k[10:0];
  end

  // Operand places
  always_comb begin
    a_specifier = s1;
    b_specifier = s2;
    c_specifier = s3;
    a_addr = place(s1, fp[10:0], below1);
    b_addr = place(s2, fp[10:0], below2);
    c_addr = place(s3, fp[10:0], below3);
    a_constant = constant(s1);
    b_constant = constant(s2);
    c_constant = constant(s3);
    case (op)
      `PYSM_OP_FORR: begin
        a_addr = fp[10:0] + {4'd0, sl};
        a_constant = 1'b0;
        b_addr = place(s1, fp[10:0], below1);
        b_constant = constant(s1);
        b_specifier = s1;
      end
      `PYSM_OP_FORS: begin
        a_addr = fp[10:0] + {4'd0, sl};
        b_addr = fp[10:0] + {4'd0, sg};
        c_addr = fp[10:0] + {4'd0, sg} + 11'd1;
        a_constant = 1'b0;
        b_constant = 1'b0;
        c_constant = 1'b0;
      end
      `PYSM_OP_FORITER: begin
        b_addr = fp[10:0] + {4'd0, sg};
        c_addr = fp[10:0] + {4'd0, sg} + 11'd1;
        b_constant = 1'b0;
        c_constant = 1'b0;
      end
      `PYSM_OP_INS, `PYSM_OP_UNB: begin
        c_addr = fp[10:0] + {4'd0, sl};
        c_constant = 1'b0;
      end
      `PYSM_OP_CALLV, `PYSM_OP_CALLM: begin
        a_addr = sp[10:0] - {6'd0, m_args} - 11'd1;
        a_constant = 1'b0;
      end
      `PYSM_OP_CALLKW: begin
        a_addr = sp[10:0] - {4'd0, kw_args} - 11'd1;
        a_constant = 1'b0;
      end
      `PYSM_OP_LDENV, `PYSM_OP_LDDEREF, `PYSM_OP_STDEREF: begin
        b_addr = fp[10:0] - 11'd1;
        b_constant = 1'b0;
      end
      `PYSM_OP_LDW8: begin
        a_addr = fp[10:0] + {3'd0, k[7:0]};
        a_constant = 1'b0;
      end
      `PYSM_OP_DUP: begin
        a_addr = sp[10:0] - 11'd1 - k[10:0];
        a_constant = 1'b0;
      end
      default: ;
    endcase
  end

  // Stack effect. `needs`: words that must be there; `taken`: words that go beyond the specifiers' pops; `given`: words
  // that come on top of those that remain.
  logic [17:0] needs, taken;
  logic [11:0] given;
  logic        jump_call;
  always_comb begin
    needs = {16'd0, pops};
    taken = 18'd0;
    given = {11'd0, ond};
    fp_after = fp;
    rsp_after = rsp;
    jump_call = 1'b0;
    if (!reissue) begin
      case (op)
        `PYSM_OP_POP: begin
          needs = {1'b0, k};
          taken = {1'b0, k};
        end
        `PYSM_OP_DUP: needs = {1'b0, k} + 18'd1;
        `PYSM_OP_CLRL: given = k[11:0];
        `PYSM_OP_UNPACK: given = {2'd0, imm};
        `PYSM_OP_BTUP, `PYSM_OP_BLIST: begin
          needs = {1'b0, k};
          taken = {1'b0, k};
        end
        `PYSM_OP_MKCLO: begin
          needs = {16'd0, pops} + {8'd0, imm};
          taken = {8'd0, imm};
        end
        `PYSM_OP_CALL, `PYSM_OP_TAIL: needs = {14'd0, word[22:19]};
        `PYSM_OP_CALLV, `PYSM_OP_CALLM: needs = {13'd0, m_args} + 18'd1;
        `PYSM_OP_CALLKW: needs = {11'd0, kw_args} + 18'd1;
        default: ;
      endcase
    end else begin
      case (description[`PYSM_OPERANDS_RESUME_LOW +: `PYSM_OPERANDS_RESUME_WIDTH])
        `PYSM_RESUME_UNPACK: given = {2'd0, imm};
        `PYSM_RESUME_CALLABLE: needs = {13'd0, m_args} + 18'd1;
        `PYSM_RESUME_RESULT: begin
          needs = {11'd0, kw_args} + 18'd1;
          taken = {11'd0, kw_args} + 18'd1;
          given = 12'd1;
        end
        `PYSM_RESUME_VALUE: begin
          case (op)
            `PYSM_OP_BMAP: taken = {k, 1'b0};
            `PYSM_OP_BSET: taken = {1'b0, k};
            `PYSM_OP_BSLICE: taken = 18'd3;
            default: ;
          endcase
          needs = taken;
        end
        default: ;
      endcase
    end
    sp_popped = sp - {10'd0, pops};
    sp_after = sp_popped - taken[11:0] + given;
    if (op == `PYSM_OP_CATCH) sp_after = fp + k[11:0] + 12'd1;
    if (!reissue && op == `PYSM_OP_CALL) begin
      fp_after = sp - {8'd0, word[22:19]};
      sp_after = sp + {8'd0, word[18:15]};
      rsp_after = rsp + 11'd1;
      jump_call = 1'b1;
    end
    if (!reissue && op == `PYSM_OP_TAIL) begin
      sp_after = fp + {8'd0, word[22:19]} + {8'd0, word[18:15]};
      jump_call = 1'b1;
    end
  end

  // Destination: locals, or the word behind what remains.
  logic [10:0] base;
  always_comb begin
    base = sp_popped[10:0] - taken[10:0];
    put = fd != 2'd0 && sd != `PYSM_SPECIFIER_DISCARD;
    put_addr = ond ? base : fp[10:0] + {4'd0, sd};
    case (op)
      `PYSM_OP_FORR, `PYSM_OP_FORS, `PYSM_OP_INS, `PYSM_OP_UNB: put_addr = fp[10:0] + {4'd0, sl};
      `PYSM_OP_GETITER: put_addr = fp[10:0] + {4'd0, sg};
      `PYSM_OP_STW8: put_addr = fp[10:0] + {3'd0, k[7:0]};
      `PYSM_OP_CLRL: put_addr = sp[10:0];
      `PYSM_OP_UNPACK: put_addr = sp_popped[10:0];
      `PYSM_OP_CATCH: put_addr = fp[10:0] + k[10:0];
      `PYSM_OP_CALLKW: put_addr = base;
      default: ;
    endcase
  end

  // Flow
  always_comb begin
    jumps = 1'b0;
    target = {1'b0, word[14:0]};
    other = pc + 16'd1;
    returns = (op == `PYSM_OP_RET || op == `PYSM_OP_YIELD) && !reissue;
    if (op == `PYSM_OP_JMP && !reissue) jumps = 1'b1;
    if (jump_call) jumps = 1'b1;
    if (format == `PYSM_FMT_B) begin
      target = pc + offset;
      if (op == `PYSM_OP_FORITER) jumps = 1'b1;
      else if (description[`PYSM_OPERANDS_BRANCH_LOW]) begin
        // Offset 0 and backward: predicted taken.
        jumps = word[23] || word[23:14] == 10'd0;
        if (!jumps) other = target;
      end
    end
  end

  // Faults, in the order of their precedence
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
    else if (sp < {10'd0, pops}) fault = `PYSM_FAULT_STACK;
    else if (!reissue && ond && sp_popped >= `PYSM_MEMORY_STACK) fault = `PYSM_FAULT_STACK;
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
      end else if (rrv == 2'd1 &&
                   description[`PYSM_OPERANDS_RESUME_LOW +: `PYSM_OPERANDS_RESUME_WIDTH] == `PYSM_RESUME_NONE)
        fault = `PYSM_FAULT_RESUME;
      if (fault == `PYSM_FAULT_NONE && rrv != 2'd2 && needs > {6'd0, sp}) fault = `PYSM_FAULT_STACK;
    end
  end
endmodule
