// Arithmetic and logic of one cycle on 64-bit payloads. Combinational.
`include "pysm_words.svh"

module pysm_alu (
  input  logic [7:0]  op,          // an opcode with `b` as its second operand: register and immediate forms alike
  input  logic [31:0] word,        // for the bit field of EXT and INS
  input  logic [63:0] a, b, c,
  output logic [63:0] result,
  output logic        trap         // overflow, or an operand value that the runtime deals with
);
  // Sum and difference share one adder.
  logic        subtract;
  logic [63:0] addend, sum;
  always_comb begin
    subtract = op == `PYSM_OP_SUB || op == `PYSM_OP_SUBI || op == `PYSM_OP_RSUB;
    addend = subtract ? ~b : b;
    sum = a + addend + {63'd0, subtract};
  end

  // One shifter to the left and one to the right.
  logic [63:0] left, right;
  logic         arithmetic, unused_sign;
  logic [5:0]   distance;
  always_comb begin
    arithmetic = op == `PYSM_OP_SHR || op == `PYSM_OP_SHRI;
    case (op)
      `PYSM_OP_EXT, `PYSM_OP_INS: distance = word[5:0];
      `PYSM_OP_SHR, `PYSM_OP_SHRI: distance = b[63:6] != 58'd0 ? 6'd63 : b[5:0];
      default: distance = b[5:0];
    endcase
    left = a << distance;
    {unused_sign, right} = $signed({arithmetic && a[63], a}) >>> distance;
  end

  // Mask of a bit field, of ZXT, and of nothing else
  logic [6:0]  width;
  logic [63:0] mask, field;
  always_comb begin
    case ({word[23:21], word[6]})
      4'd0: width = 7'd`PYSM_BITFIELD_WIDTH_0;
      4'd1: width = 7'd`PYSM_BITFIELD_WIDTH_1;
      4'd2: width = 7'd`PYSM_BITFIELD_WIDTH_2;
      4'd3: width = 7'd`PYSM_BITFIELD_WIDTH_3;
      4'd4: width = 7'd`PYSM_BITFIELD_WIDTH_4;
      4'd5: width = 7'd`PYSM_BITFIELD_WIDTH_5;
      4'd6: width = 7'd`PYSM_BITFIELD_WIDTH_6;
      4'd7: width = 7'd`PYSM_BITFIELD_WIDTH_7;
      4'd8: width = 7'd`PYSM_BITFIELD_WIDTH_8;
      4'd9: width = 7'd`PYSM_BITFIELD_WIDTH_9;
      4'd10: width = 7'd`PYSM_BITFIELD_WIDTH_10;
      4'd11: width = 7'd`PYSM_BITFIELD_WIDTH_11;
      4'd12: width = 7'd`PYSM_BITFIELD_WIDTH_12;
      4'd13: width = 7'd`PYSM_BITFIELD_WIDTH_13;
      4'd14: width = 7'd`PYSM_BITFIELD_WIDTH_14;
      default: width = 7'd`PYSM_BITFIELD_WIDTH_15;
    endcase
    if (op == `PYSM_OP_ZXT || op == `PYSM_OP_ZXTI) width = {1'b0, b[5:0]};
    mask = ~(~64'd0 << width);
    field = mask << word[5:0];
  end

  function automatic [6:0] leading_zeros(input [63:0] x);
    logic [63:0] y;
    begin
      y = x;
      leading_zeros = 7'd0;
      if (y[63:32] == 32'd0) begin leading_zeros[5] = 1'b1; y = {y[31:0], 32'd0}; end
      if (y[63:48] == 16'd0) begin leading_zeros[4] = 1'b1; y = {y[47:0], 16'd0}; end
      if (y[63:56] == 8'd0) begin leading_zeros[3] = 1'b1; y = {y[55:0], 8'd0}; end
      if (y[63:60] == 4'd0) begin leading_zeros[2] = 1'b1; y = {y[59:0], 4'd0}; end
      if (y[63:62] == 2'd0) begin leading_zeros[1] = 1'b1; y = {y[61:0], 2'd0}; end
      if (!y[63]) begin leading_zeros[0] = 1'b1; end
      if (x == 64'd0) leading_zeros = 7'd64;
    end
  endfunction

  // Leading zeros of the operand, or for a left shift the leading bits that repeat its sign
  logic [6:0] zeros;
  always_comb zeros = leading_zeros(op == `PYSM_OP_CLZ ? a : a ^ {64{a[63]}});

  always_comb begin
    result = sum;
    trap = 1'b0;
    case (op)
      `PYSM_OP_ADD, `PYSM_OP_ADDI, `PYSM_OP_SUB, `PYSM_OP_SUBI:
        trap = a[63] == addend[63] && sum[63] != a[63];
      `PYSM_OP_RADD, `PYSM_OP_RSUB: ;
      `PYSM_OP_AND, `PYSM_OP_ANDI: result = a & b;
      `PYSM_OP_OR, `PYSM_OP_ORI: result = a | b;
      `PYSM_OP_XOR, `PYSM_OP_XORI: result = a ^ b;
      `PYSM_OP_SHL, `PYSM_OP_SHLI: begin
        result = a == 64'd0 ? 64'd0 : left;
        // Nothing is lost while the bits that leave, and the one that becomes the sign, all repeat the sign.
        trap = b[63] || (a != 64'd0 && (b[63:6] != 58'd0 || {1'b0, distance} >= zeros));
      end
      `PYSM_OP_SHR, `PYSM_OP_SHRI: begin
        result = right;
        trap = b[63];
      end
      `PYSM_OP_RSHL: result = left;
      `PYSM_OP_RSHR: result = right;
      `PYSM_OP_ZXT, `PYSM_OP_ZXTI: begin
        result = a & mask;
        trap = b[63:6] != 58'd0;
      end
      `PYSM_OP_NEG: begin
        result = -a;
        trap = a == {1'b1, 63'd0};
      end
      `PYSM_OP_ABS: begin
        result = a[63] ? -a : a;
        trap = a == {1'b1, 63'd0};
      end
      `PYSM_OP_INV: result = ~a;
      `PYSM_OP_RULT: result = {63'd0, a < b};
      `PYSM_OP_CLZ: result = {57'd0, zeros};
      `PYSM_OP_EXT: result = right & mask;
      `PYSM_OP_INS: result = (c & ~field) | (left & field);
      default: ;
    endcase
  end
endmodule
