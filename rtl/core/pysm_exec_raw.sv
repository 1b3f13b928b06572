// Execute: data words and bytes, globals by number, the trapped instruction.
`include "pysm_words.svh"
`include "pysm_action.svh"

module pysm_exec_raw (
`include "pysm_exec_ports.svh"
  input  logic [71:0] data_q,
  input  logic [71:0] globals_q,
`include "pysm_action_ports.svh"
);

  logic signed [9:0] imm;
  logic        based_a, based_b, small_b;
  logic [25:0] base, offset_b, byte_offset;
  logic [15:0] masked;
  logic [5:0]  count, half;
  always_comb begin
    {imm, based_a, based_b, base, small_b, offset_b, byte_offset, masked, count, half} = 'x;
    if (active) begin
      imm = {word[23:21], word[6:0]};
      based_a = `TRACED(a) || `TAG(a) == `PYSM_TAG_RAW;
      based_b = `TRACED(b) || `TAG(b) == `PYSM_TAG_RAW;
      base = {2'b00, `REF_ADDRESS(a)};
      // An index that a memory cannot have is out of range whatever the base.
      small_b = b[63:24] == 40'd0 || b[63:24] == {40{1'b1}};
      offset_b = {b[63], b[24:0]};
      byte_offset = {{4{b[63]}}, b[24:3]};
      masked = b[15:0] & `LIST_CAPACITY(a);
      count = word[5:0];
      half = {1'b0, step[5:1]};
    end
  end

  function automatic [63:0] with_byte(input [63:0] w, input [2:0] n, input [7:0] value);
    with_byte = (w & ~(64'hff << {n, 3'd0})) | ({56'd0, value} << {n, 3'd0});
  endfunction

  always_comb begin
    `PYSM_NO_ACTION
    if (active) begin
      act.fault_code = `PYSM_FAULT_WRONG_TAG;
      act.sw_q = 1'b1;
      act.da_a = 1'b1;
      at.offset = {{16{imm[9]}}, imm};
      case (op)
        `PYSM_OP_LDW, `PYSM_OP_LDXR, `PYSM_OP_LDHX: begin
          act.fault = !based_a;
          if (op != `PYSM_OP_LDW) begin
            at.offset = offset_b;
            if (!`IS_INT(`TAG(b))) act.fault = 1'b1;
            else if (based_a && op == `PYSM_OP_LDXR && !small_b) begin
              act.fault = 1'b1;
              act.fault_code = `PYSM_FAULT_ADDRESS;
            end
          end
          if (op == `PYSM_OP_LDHX) begin
            at.offset = {10'd0, masked};
            if (`TAG(a) != `PYSM_TAG_RAW) act.fault = 1'b1;
          end
          act.dr = step == 6'd0;
          act.done = step == 6'd`PYSM_CYCLES_LDW_DONE - 6'd1;
          act.sw = act.done && put;
        end
        `PYSM_OP_STW: begin
          act.fault = !based_a;
          act.dw = 1'b1;
          act.dw_b = 1'b1;
          act.done = 1'b1;
        end
        `PYSM_OP_STXR: begin
          act.fault = !based_a || !`IS_INT(`TAG(b)) || !small_b;
          if (based_a && `IS_INT(`TAG(b))) act.fault_code = `PYSM_FAULT_ADDRESS;
          at.offset = offset_b;
          act.dw = 1'b1;
          act.dw_c = 1'b1;
          act.done = 1'b1;
        end
        `PYSM_OP_LDB: begin
          act.fault = !based_a || !`IS_INT(`TAG(b)) || !small_b;
          if (based_a && `IS_INT(`TAG(b))) act.fault_code = `PYSM_FAULT_ADDRESS;
          at.offset = byte_offset;
          act.dr = step == 6'd0;
          act.t_set = step == 6'd1;
          act.done = step == 6'd`PYSM_CYCLES_LDB_DONE - 6'd1;
          act.sw = act.done && put;
          act.sw_q = 1'b0;
          made = {`PYSM_TAG_INT, 56'd0, 8'(`BITS(t) >> {b[2:0], 3'd0})};
        end
        `PYSM_OP_STB: begin
          act.fault = !based_a || !`IS_INT(`TAG(b)) || !small_b;
          if (based_a && `IS_INT(`TAG(b))) act.fault_code = `PYSM_FAULT_ADDRESS;
          at.offset = byte_offset;
          act.dr = step == 6'd0;
          act.done = step == 6'd`PYSM_CYCLES_STB_DONE - 6'd1;
          act.dw = act.done;
          made = {`TAG(data_q), with_byte(`BITS(data_q), b[2:0], c[7:0])};
        end
        `PYSM_OP_MCPY: begin
          act.fault = !based_a || !based_b;
          act.dr = !step[0] && half < count;
          act.dw = step[0] && half < count;
          act.da_a = step[0];
          act.da_b = !step[0];
          at.offset = {20'd0, half};
          act.dw_q = 1'b1;
          act.done = step == {count[4:0], 1'b0} + 6'd`PYSM_CYCLES_MCPY_DONE - 6'd1;
          // The whole of both blocks must lie in the memory before the first word moves.
          if (based_a && based_b && step == 6'd0 &&
              (base + {20'd0, count} > 26'd`PYSM_MEMORY_DATA ||
               {2'b00, `REF_ADDRESS(b)} + {20'd0, count} > 26'd`PYSM_MEMORY_DATA)) begin
            act.fault = 1'b1;
            act.fault_code = `PYSM_FAULT_ADDRESS;
          end
        end
        `PYSM_OP_MCLR: begin
          act.fault = !based_a;
          act.dw = step < count;
          at.offset = {20'd0, step};
          made = `UNBOUND_WORD;
          act.done = step == count + 6'd`PYSM_CYCLES_MCLR_DONE - 6'd1;
          if (based_a && base + {20'd0, count} > 26'd`PYSM_MEMORY_DATA) begin
            act.fault = 1'b1;
            act.fault_code = `PYSM_FAULT_ADDRESS;
          end
        end
        `PYSM_OP_GLRD: begin
          act.fault = !`IS_INT(`TAG(a)) || `BITS(a) >= `PYSM_MEMORY_GLOBALS;
          if (`IS_INT(`TAG(a))) act.fault_code = `PYSM_FAULT_FIELD;
          act.gr = step == 6'd0;
          act.done = step == 6'd`PYSM_CYCLES_GLRD_DONE - 6'd1;
          act.sw = act.done && put;
          act.sw_q = 1'b0;
          made = globals_q;
        end
        default: begin  // TINS
          act.fault = rsp == 11'd0 || entry[15];
          act.fault_code = rsp == 11'd0 ? `PYSM_FAULT_STACK : `PYSM_FAULT_ADDRESS;
          act.cr = step == 6'd0;
          act.t_set = step == 6'd1;
          act.t_code = 1'b1;
          act.done = step == 6'd`PYSM_CYCLES_TINS_DONE - 6'd1;
          act.sw = act.done && put;
          act.sw_q = 1'b0;
          made = t;
        end
      endcase
    end
  end
endmodule
