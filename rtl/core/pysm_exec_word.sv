// Execute: instructions that take one cycle and only words - moves, integer arithmetic and logic, raw words, registers.
// Operations of pysm_arith (multiply, divide, floats) are in pysm_exec_arith.
`include "pysm_words.svh"
`include "pysm_action.svh"

module pysm_exec_word (
`include "pysm_exec_ports.svh"
  input  adder_t      adder,
  input  logic [71:0] g,             // word of the globals RAM that the instruction names
  input  logic [63:0] csr_value,     // control register k
  input  logic [63:0] cycle,
  input  logic [31:0] hash,          // of a, from the second cycle on
  output logic        csr_write,     // CSRW: control register k := payload of a
`include "pysm_action_ports.svh"
);
  logic        writes;

  logic [63:0] alu_result;
  logic        alu_trap;
  pysm_alu alu (
    .active(active), .adder(adder), .op(op), .word(word), .a(`BITS(a)), .b(`BITS(b)), .c(`BITS(c)), .result(alu_result),
    .trap(alu_trap)
  );

  logic [16:0] k;
  logic        booleans, csr_bad;
  always_comb begin
    k = `FIELD_K(word);
    booleans = `TAG(a) == `PYSM_TAG_BOOL && `TAG(b) == `PYSM_TAG_BOOL;
    // What a control register cannot mean is a fault.
    csr_bad = 'x;
    if (op == `PYSM_OP_CSRW) begin
      csr_bad = 1'b0;
      if (k >= `PYSM_CSR_FREE && k < `PYSM_CSR_FREE + 16) csr_bad = `BITS(a) >= `PYSM_MEMORY_DATA;
      else if (k == `PYSM_CSR_SLIM) csr_bad = `BITS(a) > `PYSM_MEMORY_STACK;
      else if (k == `PYSM_CSR_RLIM) csr_bad = `BITS(a) > `PYSM_MEMORY_RETURN_STACK;
      else if (k == `PYSM_CSR_HTOP || k == `PYSM_CSR_HLIM || k == `PYSM_CSR_HPEAK) csr_bad = `BITS(a) > `PYSM_MEMORY_DATA;
    end
  end

  always_comb begin
    writes = 1'b0;
    csr_write = 1'b0;
    `PYSM_NO_ACTION
    if (active) begin
      act.done = 1'b1;
      act.kind = `KIND_RESUME;
      made = {`PYSM_TAG_INT, alu_result};
      case (op)
        `PYSM_OP_MOV, `PYSM_OP_LDW8, `PYSM_OP_STW8, `PYSM_OP_DUP: begin
          act.sw_a = 1'b1;
          writes = 1'b1;
        end
        `PYSM_OP_LDI: begin
          made = {`PYSM_TAG_INT, {47{word[16]}}, word[16:0]};
          writes = 1'b1;
        end
        `PYSM_OP_LDK: begin
          made = g;
          writes = 1'b1;
        end
        `PYSM_OP_LDG: begin
          made = g;
          writes = 1'b1;
          act.trap = `TAG(g) == `PYSM_TAG_UNBOUND;
          info.system = 1'b1;
          info.operation = 6'd`PYSM_CAUSE_NAME;
        end
        `PYSM_OP_STG: begin
          act.gw = 1'b1;
        end
        `PYSM_OP_UNB: begin
          made = `UNBOUND_WORD;
          writes = 1'b1;
          act.trap = `TAG(c) == `PYSM_TAG_UNBOUND;
          info.system = 1'b1;
          info.operation = 6'd`PYSM_CAUSE_UNBOUND;
        end
        `PYSM_OP_SETH: begin
          act.h_set = 1'b1;
          info.h = k[15:0];
        end
        `PYSM_OP_IEN: begin
          act.ie_set = 1'b1;
          act.ie = k[0];
        end
        `PYSM_OP_CSRR: begin
          made = {`PYSM_TAG_INT, csr_value};
          writes = 1'b1;
        end
        `PYSM_OP_CSRW: begin
          act.fault = csr_bad;
          act.fault_code = `PYSM_FAULT_FIELD;
          csr_write = !csr_bad;
        end
        `PYSM_OP_HALT: begin
          act.exit = 1'b1;
          act.rr_set = 1'b1;
        end
        `PYSM_OP_RDC: begin
          made = {`PYSM_TAG_INT, cycle};
          writes = 1'b1;
        end
        `PYSM_OP_CLRL: begin
          made = `UNBOUND_WORD;
          writes = 1'b1;
          act.done = {11'd0, step} + 17'd1 == k;
        end
        `PYSM_OP_ADD, `PYSM_OP_SUB, `PYSM_OP_SHL, `PYSM_OP_SHR, `PYSM_OP_ZXT,
        `PYSM_OP_ADDI, `PYSM_OP_SUBI, `PYSM_OP_SHLI, `PYSM_OP_SHRI, `PYSM_OP_ZXTI,
        `PYSM_OP_AND, `PYSM_OP_OR, `PYSM_OP_XOR, `PYSM_OP_ANDI, `PYSM_OP_ORI, `PYSM_OP_XORI: begin
          if (booleans && (op == `PYSM_OP_AND || op == `PYSM_OP_OR || op == `PYSM_OP_XOR))
            made = {`PYSM_TAG_BOOL, alu_result};
          writes = 1'b1;
          act.trap = !`IS_INT(`TAG(a)) || !`IS_INT(`TAG(b)) || alu_trap;
          // Operations and their traps are numbered alike.
          info.operation = {2'd0, op[3:0]} + 6'd`PYSM_TRAP_ADD;
          act.pushes = 2'd2;
        end
        `PYSM_OP_NEG, `PYSM_OP_ABS, `PYSM_OP_INV: begin
          writes = 1'b1;
          act.trap = !`IS_INT(`TAG(a)) || alu_trap;
          if (`TAG(a) == `PYSM_TAG_FLOAT && op != `PYSM_OP_INV) begin
            act.trap = 1'b0;
            made = {`PYSM_TAG_FLOAT, op == `PYSM_OP_NEG && !a[63], a[62:0]};
          end
          info.operation = op == `PYSM_OP_NEG ? 6'd`PYSM_TRAP_NEG : op == `PYSM_OP_ABS ? 6'd`PYSM_TRAP_ABS
                         : 6'd`PYSM_TRAP_INV;
          act.pushes = 2'd1;
        end
        `PYSM_OP_RNGCK: begin
          made = {`PYSM_TAG_INT, `BITS(a)};
          writes = 1'b1;
          act.trap = !`IS_INT(`TAG(a));
          info.operation = 6'd`PYSM_TRAP_INDEX;
          act.pushes = 2'd1;
        end
        `PYSM_OP_TAGR: begin
          made = {`PYSM_TAG_INT, 56'd0, `TAG(a)};
          writes = 1'b1;
        end
        `PYSM_OP_TAGW: begin
          made = {word[21], word[6:0], `BITS(a)};
          writes = 1'b1;
        end
        `PYSM_OP_RADD, `PYSM_OP_RSUB, `PYSM_OP_RULT, `PYSM_OP_RSHL, `PYSM_OP_RSHR, `PYSM_OP_CLZ, `PYSM_OP_EXT:
          writes = 1'b1;
        `PYSM_OP_INS: begin
          made = {`TAG(c), alu_result};
          writes = 1'b1;
        end
        `PYSM_OP_HASH: begin
          made = {`PYSM_TAG_INT, 32'd0, hash};
          act.trap = !`IS_INT(`TAG(a)) && `TAG(a) != `PYSM_TAG_STR7 && `TAG(a) != `PYSM_TAG_NONE;
          act.done = step == 6'd`PYSM_CYCLES_HASH_INT - 6'd1;
          writes = act.done;
          info.operation = 6'd`PYSM_TRAP_HASH;
          act.pushes = 2'd1;
        end
        `PYSM_OP_BMAP, `PYSM_OP_BSET, `PYSM_OP_BSLICE: begin
          act.trap = 1'b1;
          info.operation = op == `PYSM_OP_BMAP ? 6'd`PYSM_TRAP_BUILD_MAP : op == `PYSM_OP_BSET ? 6'd`PYSM_TRAP_BUILD_SET
                                                                        : 6'd`PYSM_TRAP_BUILD_SLICE;
        end
        `PYSM_OP_RAISE, `PYSM_OP_RERAISE: begin
          act.trap = 1'b1;
          info.system = 1'b1;
          info.operation = op == `PYSM_OP_RAISE ? 6'd`PYSM_CAUSE_RAISE : 6'd`PYSM_CAUSE_RERAISE;
          act.pushes = 2'd1;
        end
        default: ;  // NOP, SPAN, JMP, POP: decode did it all.
      endcase
      act.sw = writes && (put || op == `PYSM_OP_STW8 || op == `PYSM_OP_UNB || op == `PYSM_OP_INS || op == `PYSM_OP_CLRL);
      act.sw_own = op == `PYSM_OP_CLRL;
      at.sw_addr = put_addr + {5'd0, step};
    end
  end
endmodule
