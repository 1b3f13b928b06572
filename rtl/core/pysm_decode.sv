// Decode: from an instruction word and the registers as the instruction finds them, everything that is known without
// its operands: where the operands lie, what the stack pointers will be, and where fetch goes on. Combinational, behind
// the code RAM: what an opcode means and the sums of its fields are found side by side, and then a sum is taken.
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
  input  logic [11:0] fp,
  input  logic [11:0] sp,
  input  logic [10:0] rsp,
  input  logic [1:0]  rrv,          // a result is pending: this is a re-issue

  output logic [21:0] description,  // row of the table of operands, PYSM_OPERANDS_*
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
  // Flow
  output logic        jumps,        // fetch goes on at `target`
  output logic [15:0] target,
  output logic [15:0] other,        // where a branch goes that is not as predicted
  output logic        returns       // the read stage redirects by the top return entry
);
  `include "pysm_decode.svh"

  logic [7:0]  op;
  logic [3:0]  format;
  logic        reissue;

  always_comb begin
    op = word[31:24];
    description = pysm_operands(op);
    format = description[`PYSM_OPERANDS_FORMAT_LOW +: `PYSM_OPERANDS_FORMAT_WIDTH];
    reissue = rrv != 2'd0;
  end

  // Numbers in the word
  logic [11:0] k;
  logic [9:0]  imm;
  logic [4:0]  m_args;
  logic [6:0]  kw_args;
  logic [15:0] offset;
  always_comb begin
    k = word[11:0];
    imm = {word[23:21], word[6:0]};
    m_args = word[11:7];
    kw_args = `FIELD_DK(word);
    offset = {{6{word[23]}}, word[23:14]};
    g_addr = k[10:0];
  end

  // ---- Operands: the first source is in field a (FORR: b) or in the d of format K; the second in b or in the d of
  // format I (STA's d is b); the third in d.
  // The local that is changed is in a, in d, or in the d of format K; the first of two locals in b or d.
  logic [1:0]  f1, f2, f3, fd, fl;
  logic [6:0]  s1, s2, sd;
  logic        on1, on2, on3, ond;      // operand is on the stack
  logic [1:0]  pops;
  logic        wide_d;                  // d is that of the formats K and L
  logic        second_d;                // the second source is in d
  always_comb begin
    f1 = description[`PYSM_OPERANDS_SOURCE1_LOW +: 2];
    f2 = description[`PYSM_OPERANDS_SOURCE2_LOW +: 2];
    f3 = description[`PYSM_OPERANDS_SOURCE3_LOW +: 2];
    fd = description[`PYSM_OPERANDS_DESTINATION_LOW +: 2];
    fl = description[`PYSM_OPERANDS_LOCAL_LOW +: 2];
    wide_d = format == `PYSM_FMT_K || format == `PYSM_FMT_L;
    s1 = f1 == `PYSM_FIELD_D ? `FIELD_DK(word) : f1 == `PYSM_FIELD_B ? `FIELD_B(word) : `FIELD_A(word);
    second_d = f2 == `PYSM_FIELD_D && format != `PYSM_FMT_A;
    s2 = second_d ? `FIELD_D(word) : `FIELD_B(word);
    if (fd == `PYSM_FIELD_A) sd = `FIELD_A(word);
    else if (wide_d) sd = `FIELD_DK(word);
    else sd = format == `PYSM_FMT_A ? `FIELD_B(word) : `FIELD_D(word);
    on1 = f1 != 2'd0 && s1 == `PYSM_SPECIFIER_STACK && !reissue;
    on2 = f2 != 2'd0 && s2 == `PYSM_SPECIFIER_STACK && !reissue;
    on3 = f3 != 2'd0 && `FIELD_D(word) == `PYSM_SPECIFIER_STACK && !reissue;
    ond = fd != 2'd0 && sd == `PYSM_SPECIFIER_STACK;
    pops = {1'b0, on1} + {1'b0, on2} + {1'b0, on3};
  end

  function automatic constant(input [6:0] s);
    constant = s > `PYSM_SPECIFIER_LOCAL_MAX && s < `PYSM_SPECIFIER_ENVIRONMENT;
  endfunction

  // The places that a field can name
  logic [10:0] environment, top1, top2, top3, local_a, local_b, local_b_next, local_d, local_dk;
  always_comb begin
    environment = fp[10:0] - 11'd1;
    top1 = sp[10:0] - 11'd1;
    top2 = sp[10:0] - 11'd2;
    top3 = sp[10:0] - 11'd3;
    local_a = fp[10:0] + {4'd0, `FIELD_A(word)};
    local_b = fp[10:0] + {4'd0, `FIELD_B(word)};
    local_b_next = fp[10:0] + {4'd0, `FIELD_B(word)} + 11'd1;
    local_d = fp[10:0] + {4'd0, `FIELD_D(word)};
    local_dk = fp[10:0] + {4'd0, `FIELD_DK(word)};
  end

  // Places by numbers
  logic [10:0] callee_m, callee_kw, below_k, local_k;
  always_comb begin
    callee_m = sp[10:0] + {6'h3f, ~m_args};
    callee_kw = sp[10:0] + {4'hf, ~kw_args};
    below_k = sp[10:0] + ~k[10:0];
    local_k = fp[10:0] + {3'd0, k[7:0]};
  end

  always_comb begin
    a_specifier = s1;
    b_specifier = s2;
    c_specifier = `FIELD_D(word);
    a_constant = constant(s1);
    b_constant = constant(s2);
    c_constant = constant(`FIELD_D(word));
    // The last source is the top of the stack.
    if (s1 == `PYSM_SPECIFIER_STACK) a_addr = on2 && on3 ? top3 : on2 || on3 ? top2 : top1;
    else if (s1 == `PYSM_SPECIFIER_ENVIRONMENT) a_addr = environment;
    else a_addr = f1 == `PYSM_FIELD_D ? local_dk : local_a;
    if (s2 == `PYSM_SPECIFIER_STACK) b_addr = on3 ? top2 : top1;
    else if (s2 == `PYSM_SPECIFIER_ENVIRONMENT) b_addr = environment;
    else b_addr = second_d ? local_d : local_b;
    if (`FIELD_D(word) == `PYSM_SPECIFIER_STACK) c_addr = top1;
    else if (`FIELD_D(word) == `PYSM_SPECIFIER_ENVIRONMENT) c_addr = environment;
    else c_addr = local_d;
    case (op)
      `PYSM_OP_FORR: begin
        a_addr = local_a;
        a_constant = 1'b0;
      end
      `PYSM_OP_FORS: begin
        a_addr = local_a;
        b_addr = local_b;
        c_addr = local_b_next;
        a_constant = 1'b0;
        b_constant = 1'b0;
        c_constant = 1'b0;
      end
      `PYSM_OP_FORITER: begin
        b_addr = local_b;
        c_addr = local_b_next;
        b_constant = 1'b0;
        c_constant = 1'b0;
      end
      `PYSM_OP_INS: c_constant = 1'b0;
      `PYSM_OP_UNB: begin
        c_addr = local_dk;
        c_constant = 1'b0;
      end
      `PYSM_OP_CALLV, `PYSM_OP_CALLM: begin
        a_addr = callee_m;
        a_constant = 1'b0;
      end
      `PYSM_OP_CALLKW: begin
        a_addr = callee_kw;
        a_constant = 1'b0;
      end
      `PYSM_OP_LDENV, `PYSM_OP_LDDEREF, `PYSM_OP_STDEREF: begin
        b_addr = environment;
        b_constant = 1'b0;
      end
      `PYSM_OP_LDW8: begin
        a_addr = local_k;
        a_constant = 1'b0;
      end
      `PYSM_OP_DUP: begin
        a_addr = below_k;
        a_constant = 1'b0;
      end
      default: ;
    endcase
  end

  // ---- Stack effect. `changes`: words that come on top of those that the sources leave, or go, besides a destination on
  // the stack.
  logic [11:0] changes;
  logic [3:0]  resume;
  logic        given, jump_call;
  always_comb begin
    resume = description[`PYSM_OPERANDS_RESUME_LOW +: `PYSM_OPERANDS_RESUME_WIDTH];
    changes = 12'd0;
    given = ond;
    if (!reissue) begin
      case (op)
        `PYSM_OP_POP, `PYSM_OP_BTUP, `PYSM_OP_BLIST: changes = -k;
        `PYSM_OP_CLRL: changes = k;
        `PYSM_OP_UNPACK: changes = {2'd0, imm};
        `PYSM_OP_MKCLO: changes = -{2'd0, imm};
        default: ;
      endcase
      if (op == `PYSM_OP_CLRL || op == `PYSM_OP_UNPACK) given = 1'b0;
    end else begin
      case (resume)
        `PYSM_RESUME_UNPACK: begin
          changes = {2'd0, imm};
          given = 1'b0;
        end
        `PYSM_RESUME_RESULT: begin
          changes = {5'h1f, ~kw_args};
          given = 1'b1;
        end
        `PYSM_RESUME_VALUE:
          case (op)
            `PYSM_OP_BMAP: changes = -{k[10:0], 1'b0};
            `PYSM_OP_BSET: changes = -k;
            `PYSM_OP_BSLICE: changes = -12'd3;
            default: ;
          endcase
        default: ;
      endcase
    end
  end

  logic [10:0] base;               // behind what remains: where a destination on the stack goes
  always_comb begin
    fp_after = fp;
    rsp_after = rsp;
    jump_call = 1'b0;
    // Four differences, and then it is known which: the fields come out of a memory.
    case (pops)
      2'd0: sp_popped = sp;
      2'd1: sp_popped = sp - 12'd1;
      2'd2: sp_popped = sp - 12'd2;
      default: sp_popped = sp - 12'd3;
    endcase
    base = sp_popped[10:0] + changes[10:0];
    sp_after = sp_popped + changes + {11'd0, given};
    if (op == `PYSM_OP_CATCH) sp_after = fp + k + 12'd1;
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
  always_comb begin
    put = fd != 2'd0 && sd != `PYSM_SPECIFIER_DISCARD;
    if (ond) put_addr = base;
    else if (wide_d) put_addr = local_dk;
    else put_addr = format == `PYSM_FMT_A ? local_b : local_d;
    if (fl == `PYSM_FIELD_A || (fd == `PYSM_FIELD_A && !ond)) put_addr = local_a;  // FORR, FORS; FORITER
    else if (fl == `PYSM_FIELD_D) put_addr = wide_d ? local_dk : local_d;          // INS, UNB
    case (op)
      `PYSM_OP_GETITER: put_addr = local_d;
      `PYSM_OP_STW8: put_addr = local_k;
      `PYSM_OP_CLRL: put_addr = sp[10:0];
      `PYSM_OP_UNPACK: put_addr = sp_popped[10:0];
      `PYSM_OP_CATCH: put_addr = fp[10:0] + k[10:0];
      `PYSM_OP_CALLKW: put_addr = base;
      default: ;
    endcase
  end

  // ---- Flow
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
endmodule
