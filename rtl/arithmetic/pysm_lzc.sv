// Leading zeros of a word of up to 64 bits. Combinational.
//
// A tree of radix 4: each level picks the first of four groups that has a one, two LUTs deep. The last bit needs no look:
// it is the first one if no other is. For an `x` of zero, `count`
// is WIDTH, or 63 where WIDTH is 64.
module pysm_lzc #(
  parameter WIDTH = 64
) (
  input  logic [WIDTH-1:0] x,
  output logic [5:0] count,
  output logic zero
);
  localparam [63:0] PADDING = (64'd1 << (64 - WIDTH)) - 64'd1;

  // At the top of 64 bits, with ones below: they end the count.
  logic [63:1] padded;
  assign padded = 63'(((64'(x) << (64 - WIDTH)) | PADDING) >> 1);

  logic [15:1] any4;
  logic [31:0] position4;
  logic [3:1] any16;
  logic [15:0] position16;

  genvar i;
  generate
    for (i = 0; i < 16; i = i + 1) begin : g_4
      assign position4[2*i+:2] =
        padded[4*i+3] ? 2'd0 : padded[4*i+2] ? 2'd1 : padded[4*i+1] ? 2'd2 : 2'd3;
    end
    for (i = 1; i < 16; i = i + 1) begin : g_any
      assign any4[i] = |padded[4*i+:4];
    end
    for (i = 0; i < 4; i = i + 1) begin : g_16
      assign position16[4*i+:4] =
        any4[4*i+3] ? {2'd0, position4[8*i+6+:2]} :
        any4[4*i+2] ? {2'd1, position4[8*i+4+:2]} :
        any4[4*i+1] ? {2'd2, position4[8*i+2+:2]} : {2'd3, position4[8*i+:2]};
    end
  endgenerate
  assign any16 = {|any4[15:12], |any4[11:8], |any4[7:4]};

  assign count =
    any16[3] ? {2'd0, position16[15:12]} :
    any16[2] ? {2'd1, position16[11:8]} :
    any16[1] ? {2'd2, position16[7:4]} : {2'd3, position16[3:0]};
  assign zero = ~|x;
endmodule
