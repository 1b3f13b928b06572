// Execute: instructions that pysm_arith computes - multiply, divide, remainder, everything on floats but what changes
// their sign, conversions and the hash of a float. It starts in the first cycle; here are the tags, the cycles and the
// traps.
`include "pysm_words.svh"
`include "pysm_action.svh"
`include "pysm_arith.svh"

module pysm_exec_arith (
`include "pysm_exec_ports.svh"
  input  arithmetic_t arithmetic,
  output logic        starts,       // pysm_arith, with this operation; mixed comparisons included
  output logic [4:0]  arith_op,
  input  logic [63:0] arith_result,
  input  logic        arith_trap,
  input  logic [31:0] hash,         // of the result of the cycle before
  input  logic        always_so,    // the instruction is this part's whatever its tags
  input  logic        sums, hash_of,// ... only where a float is among its operands
  input  logic        compares,     // the instruction compares: of a float with an int the unit finds the order
  output logic        chosen,       // it is this part's, with these tags
`include "pysm_action_ports.svh"
);
  logic int_a, int_b, float_a, float_b, ints, floats, int_float, numbers;
  logic computes;                   // it may be, or is such a comparison
  always_comb begin
    float_a = `TAG(a) == `PYSM_TAG_FLOAT;
    float_b = `TAG(b) == `PYSM_TAG_FLOAT;
    {int_a, int_b, ints, floats, int_float, numbers} = 'x;
    computes = always_so || sums || hash_of || (compares && (float_a || float_b));
    if (computes) begin
      int_a = `IS_INT(`TAG(a));
      int_b = `IS_INT(`TAG(b));
      ints = int_a && int_b;
      floats = float_a && float_b;
      int_float = int_a && float_b;
      numbers = (int_a || float_a) && (int_b || float_b);
    end
    chosen = always_so;
    if (sums) chosen = numbers && !ints;
    if (hash_of) chosen = float_a;
    starts = step == 6'd0 && (chosen || (compares && (float_a || float_b)));
  end

  // Cycles of the outcome, and the cycle that a trap is found in
  logic [5:0] cycles, found;
  logic       can;                  // the unit computes it for these tags
  logic [7:0] result_tag;
  always_comb begin
    {can, result_tag, found, cycles, arith_op} = 'x;
    if (computes) begin
      can = numbers;
      result_tag = `PYSM_TAG_FLOAT;
      found = 6'd1;
      cycles = floats ? 6'd`PYSM_CYCLES_ADD_FLOAT : 6'd`PYSM_CYCLES_ADD_INT_FLOAT;
      arith_op = int_float ? `PYSM_ARITH_CMPIF : `PYSM_ARITH_CMPFI;
      if (arithmetic.adds) begin
        arith_op = floats ? `PYSM_ARITH_FADD : int_float ? `PYSM_ARITH_IFADD : `PYSM_ARITH_FIADD;
      end else if (arithmetic.subtracts) begin
        arith_op = floats ? `PYSM_ARITH_FSUB : int_float ? `PYSM_ARITH_IFSUB : `PYSM_ARITH_FISUB;
      end else if (arithmetic.multiplies) begin
        arith_op = ints ? `PYSM_ARITH_IMUL : floats ? `PYSM_ARITH_FMUL : int_float ? `PYSM_ARITH_IFMUL : `PYSM_ARITH_FIMUL;
        found = 6'd`PYSM_FOUND_MUL_MUL;
        if (ints) begin
          cycles = 6'd`PYSM_CYCLES_MUL_INT;
          result_tag = `PYSM_TAG_INT;
        end
      end else if (arithmetic.divides) begin
        arith_op = ints ? `PYSM_ARITH_IIDIV : floats ? `PYSM_ARITH_FDIV : int_float ? `PYSM_ARITH_IFDIV : `PYSM_ARITH_FIDIV;
        found = 6'd`PYSM_FOUND_DIV_DIV;
        cycles = floats ? 6'd`PYSM_CYCLES_DIV_FLOAT : 6'd`PYSM_CYCLES_DIV_INT;
      end else if (arithmetic.floors || arithmetic.remains) begin
        arith_op = arithmetic.floors ? `PYSM_ARITH_FLOOR : `PYSM_ARITH_MOD;
        can = ints;
        cycles = 6'd`PYSM_CYCLES_FLOOR_INT;
        result_tag = `PYSM_TAG_INT;
      end else if (arithmetic.powers) can = 1'b0;
      else begin
        case (op)
          `PYSM_OP_RMUL, `PYSM_OP_MULHU: begin
            arith_op = op == `PYSM_OP_RMUL ? `PYSM_ARITH_UMULL : `PYSM_ARITH_UMULH;
            can = 1'b1;
            cycles = 6'd`PYSM_CYCLES_RMUL_DONE;
            result_tag = `PYSM_TAG_INT;
          end
          `PYSM_OP_CVT: begin
            arith_op = int_a ? `PYSM_ARITH_I2F : `PYSM_ARITH_F2I;
            can = int_a || float_a;
            found = 6'd`PYSM_FOUND_CVT_CONVERT;
            cycles = 6'd`PYSM_CYCLES_CVT_INT;
            if (!int_a) result_tag = `PYSM_TAG_INT;
          end
          `PYSM_OP_FSQRT: begin
            arith_op = int_a ? `PYSM_ARITH_ISQRT : `PYSM_ARITH_FSQRT;
            can = int_a || float_a;
            cycles = int_a ? 6'd`PYSM_CYCLES_FSQRT_INT : 6'd`PYSM_CYCLES_FSQRT_FLOAT;
          end
          `PYSM_OP_HASH: begin
            arith_op = `PYSM_ARITH_HASHF;
            can = 1'b1;
            cycles = 6'd`PYSM_CYCLES_HASH_FLOAT;
            result_tag = `PYSM_TAG_INT;
          end
          default: ;
        endcase
      end
    end
  end

  always_comb begin
    `PYSM_NO_ACTION
    if (active) begin
      act.kind = `KIND_RESUME;
      act.pushes = 2'd2;
      info.operation = {2'd0, op[3:0]} + 6'd`PYSM_TRAP_ADD;
      if (op == `PYSM_OP_CVT || op == `PYSM_OP_FSQRT) begin
        info.operation = op == `PYSM_OP_CVT ? 6'd`PYSM_TRAP_CONVERT : 6'd`PYSM_TRAP_SQRT;
        act.pushes = 2'd1;
      end
      act.trap = step == found - 6'd1 && (!can || (arith_trap && traps));
      act.done = step == cycles - 6'd1;
      act.sw = act.done && put;
      made = {result_tag, op == `PYSM_OP_HASH ? {32'd0, hash} : arith_result};
    end
  end

  // Operations that trap by their operands' values
  logic traps;
  always_comb begin
    traps = 1'bx;
    if (active)
      traps = (arithmetic.multiplies && ints) || arithmetic.divides || arithmetic.floors || arithmetic.remains ||
              op == `PYSM_OP_CVT || op == `PYSM_OP_FSQRT;
  end
endmodule
