// The size of a heap block: its size class, and the words it occupies, which are those of its class.
`include "pysm_words.svh"

module pysm_block_size (
  input  logic [15:0] words,       // header included
  output logic [3:0]  size_class,
  output logic [15:0] size,        // words that the block occupies
  output logic        pooled       // its class has a free list
);
  always_comb begin
    pooled = 1'b1;
    if (words <= `PYSM_SIZE_CLASS_0) begin size_class = 4'd0; size = `PYSM_SIZE_CLASS_0; end
    else if (words <= `PYSM_SIZE_CLASS_1) begin size_class = 4'd1; size = `PYSM_SIZE_CLASS_1; end
    else if (words <= `PYSM_SIZE_CLASS_2) begin size_class = 4'd2; size = `PYSM_SIZE_CLASS_2; end
    else if (words <= `PYSM_SIZE_CLASS_3) begin size_class = 4'd3; size = `PYSM_SIZE_CLASS_3; end
    else if (words <= `PYSM_SIZE_CLASS_4) begin size_class = 4'd4; size = `PYSM_SIZE_CLASS_4; end
    else if (words <= `PYSM_SIZE_CLASS_5) begin size_class = 4'd5; size = `PYSM_SIZE_CLASS_5; end
    else if (words <= `PYSM_SIZE_CLASS_6) begin size_class = 4'd6; size = `PYSM_SIZE_CLASS_6; end
    else if (words <= `PYSM_SIZE_CLASS_7) begin size_class = 4'd7; size = `PYSM_SIZE_CLASS_7; end
    else if (words <= `PYSM_SIZE_CLASS_8) begin size_class = 4'd8; size = `PYSM_SIZE_CLASS_8; end
    else if (words <= `PYSM_SIZE_CLASS_9) begin size_class = 4'd9; size = `PYSM_SIZE_CLASS_9; end
    else if (words <= `PYSM_SIZE_CLASS_10) begin size_class = 4'd10; size = `PYSM_SIZE_CLASS_10; end
    else if (words <= `PYSM_SIZE_CLASS_11) begin size_class = 4'd11; size = `PYSM_SIZE_CLASS_11; end
    else if (words <= `PYSM_SIZE_CLASS_12) begin size_class = 4'd12; size = `PYSM_SIZE_CLASS_12; end
    else if (words <= `PYSM_SIZE_CLASS_13) begin size_class = 4'd13; size = `PYSM_SIZE_CLASS_13; end
    else if (words <= `PYSM_SIZE_CLASS_14) begin size_class = 4'd14; size = `PYSM_SIZE_CLASS_14; end
    else if (words <= `PYSM_SIZE_CLASS_15) begin size_class = 4'd15; size = `PYSM_SIZE_CLASS_15; end
    else begin size_class = 4'd15; size = words; pooled = 1'b0; end
  end
endmodule
