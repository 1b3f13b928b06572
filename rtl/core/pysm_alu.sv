// Arithmetic and logic of one cycle on 64-bit payloads. Combinational.
`include "pysm_words.svh"
`include "pysm_action.svh"

module pysm_alu (
  input  logic        active,      // the instruction may be one of these
  input  adder_t      adder,       // what the adder computes
  input  logic [7:0]  op,          // an opcode with `b` as its second operand: register and immediate forms alike
  input  logic [31:0] word,        // for the bit field of EXT and INS
  input  logic [63:0] a, b, c,
  output logic [63:0] result,
  output logic        trap         // overflow, or an operand value that the runtime deals with
);
  // One adder: sum, difference, negation and the order of unsigned words.
  logic        negate, keep_a, borrows_not;
  logic [63:0] augend, addend, sum;
  always_comb begin
    {negate, keep_a, augend, addend, borrows_not, sum} = 'x;
    if (active) begin
      negate = adder.negate || (adder.magnitude && a[63]);
      keep_a = adder.magnitude && !a[63];
      augend = negate ? 64'd0 : a;
      addend = keep_a ? 64'd0 : negate ? ~a : adder.subtract ? ~b : b;
      {borrows_not, sum} = {1'b0, augend} + {1'b0, addend} + {64'd0, adder.subtract || negate};
    end
  end

  // One rotator. Of what it gives, the bits from `first` or up to its mirror image, and up to `last`, are the result of
  // a shift or bit field; the others are the sign, or in INS the bits of c.
  logic        shifts, leftwards, arithmetic, in_place;
  always_comb begin
    {shifts, leftwards, arithmetic, in_place} = 4'b0000;
    if (active) case (op)
      `PYSM_OP_SHL, `PYSM_OP_SHLI, `PYSM_OP_RSHL, `PYSM_OP_INS: {shifts, leftwards} = 2'b11;
      `PYSM_OP_SHR, `PYSM_OP_SHRI: {shifts, arithmetic} = 2'b11;
      `PYSM_OP_ZXT, `PYSM_OP_ZXTI: {shifts, in_place} = 2'b11;
      `PYSM_OP_RSHR, `PYSM_OP_EXT: shifts = 1'b1;
      default: ;
    endcase
  end

  // `last` is the last bit of a bit field, of ZXT, and otherwise of the word.
  logic        zero_wide;
  logic [5:0]  distance, rotation, last;
  logic [6:0]  width;
  logic [7:0]  beyond;
  always_comb begin
    {zero_wide, distance, rotation, last, width, beyond} = 'x;
    if (shifts) begin
      case (op)
        `PYSM_OP_EXT, `PYSM_OP_INS: distance = word[5:0];
        `PYSM_OP_SHR, `PYSM_OP_SHRI: distance = b[63:6] != 58'd0 ? 6'd63 : b[5:0];
        `PYSM_OP_ZXT, `PYSM_OP_ZXTI: distance = 6'd0;
        default: distance = b[5:0];
      endcase
      rotation = leftwards ? -distance : distance;
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
      zero_wide = in_place && b[5:0] == 6'd0;
      case (op)
        `PYSM_OP_EXT: beyond = {1'b0, width};
        `PYSM_OP_INS: beyond = {1'b0, width} + {2'd0, word[5:0]};
        `PYSM_OP_ZXT, `PYSM_OP_ZXTI: beyond = {2'd0, b[5:0]};
        default: beyond = 8'd64;
      endcase
      last = beyond >= 8'd64 ? 6'd63 : beyond[5:0] - 6'd1;
    end
  end

  // Three levels of multiplexers of four, each a LUT of 7 series
  function automatic [63:0] rotated_right(input [63:0] x, input [5:0] by);
    logic [63:0] by_1, by_4;
    case (by[1:0])
      2'd0: by_1 = x;
      2'd1: by_1 = {x[0], x[63:1]};
      2'd2: by_1 = {x[1:0], x[63:2]};
      default: by_1 = {x[2:0], x[63:3]};
    endcase
    case (by[3:2])
      2'd0: by_4 = by_1;
      2'd1: by_4 = {by_1[3:0], by_1[63:4]};
      2'd2: by_4 = {by_1[7:0], by_1[63:8]};
      default: by_4 = {by_1[11:0], by_1[63:12]};
    endcase
    case (by[5:4])
      2'd0: rotated_right = by_4;
      2'd1: rotated_right = {by_4[15:0], by_4[63:16]};
      2'd2: rotated_right = {by_4[31:0], by_4[63:32]};
      default: rotated_right = {by_4[47:0], by_4[63:48]};
    endcase
  endfunction

  // Masks: a LUT for each bit, since they depend on six bits alone.
  function automatic [63:0] kept(input [5:0] first, input mirrored, input [5:0] end_at);
    kept = (mirrored ? ~64'd0 >> first : ~64'd0 << first) & (~64'd0 >> (6'd63 - end_at));
  endfunction

  logic [63:0] mask, shifted;
  always_comb begin
    mask = 64'd0;
    shifted = 64'd0;
    if (shifts) begin
      mask = zero_wide ? 64'd0 : kept(distance, !leftwards, last);
      shifted = (rotated_right(a, rotation) & mask) |
                ((op == `PYSM_OP_INS ? c : {64{arithmetic && a[63]}}) & ~mask);
    end
  end

  // Leading zeros of the operand, or for a left shift the leading bits that repeat its sign
  logic        counts;
  logic [63:0] counted;
  logic [5:0]  count;
  logic        none;
  logic [6:0]  zeros;
  always_comb begin
    counts = leftwards || (active && op == `PYSM_OP_CLZ);
    counted = 'x;
    if (counts) counted = leftwards ? a ^ {64{a[63]}} : a;
  end
  pysm_lzc #(.WIDTH(64)) counter (.x(counted), .count(count), .zero(none));
  always_comb begin
    zeros = 'x;
    if (counts) zeros = none ? 7'd64 : {1'b0, count};
  end

  always_comb begin
    result = sum;
    trap = 1'b0;
    if (active) case (op)
      `PYSM_OP_ADD, `PYSM_OP_ADDI, `PYSM_OP_SUB, `PYSM_OP_SUBI, `PYSM_OP_NEG, `PYSM_OP_ABS:
        trap = augend[63] == addend[63] && sum[63] != augend[63];
      `PYSM_OP_RADD, `PYSM_OP_RSUB: ;
      `PYSM_OP_AND, `PYSM_OP_ANDI: result = a & b;
      `PYSM_OP_OR, `PYSM_OP_ORI: result = a | b;
      `PYSM_OP_XOR, `PYSM_OP_XORI: result = a ^ b;
      `PYSM_OP_INV: result = ~a;
      `PYSM_OP_SHL, `PYSM_OP_SHLI: begin
        result = shifted;
        // Nothing is lost while the bits that leave, and the one that becomes the sign, all repeat the sign.
        trap = b[63] || (a != 64'd0 && (b[63:6] != 58'd0 || {1'b0, distance} >= zeros));
      end
      `PYSM_OP_SHR, `PYSM_OP_SHRI: begin
        result = shifted;
        trap = b[63];
      end
      `PYSM_OP_ZXT, `PYSM_OP_ZXTI: begin
        result = shifted;
        trap = b[63:6] != 58'd0;
      end
      `PYSM_OP_RSHL, `PYSM_OP_RSHR, `PYSM_OP_EXT, `PYSM_OP_INS: result = shifted;
      `PYSM_OP_RULT: result = {63'd0, !borrows_not};
      `PYSM_OP_CLZ: result = {57'd0, zeros};
      default: ;
    endcase
  end
endmodule
