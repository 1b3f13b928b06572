// A block gets the smallest class that holds it; beyond the largest class it gets what it asks for. For every size.
`include "pysm_isa.svh"

module formal_block_size (input logic clk);
  wire [15:0] words = $anyconst;
  wire [3:0]  size_class;
  wire [15:0] size;
  wire        pooled;
  pysm_block_size dut (.*);

  function automatic [15:0] words_of(input [3:0] class_number);
    case (class_number)
      4'd0: words_of = `PYSM_SIZE_CLASS_0;
      4'd1: words_of = `PYSM_SIZE_CLASS_1;
      4'd2: words_of = `PYSM_SIZE_CLASS_2;
      4'd3: words_of = `PYSM_SIZE_CLASS_3;
      4'd4: words_of = `PYSM_SIZE_CLASS_4;
      4'd5: words_of = `PYSM_SIZE_CLASS_5;
      4'd6: words_of = `PYSM_SIZE_CLASS_6;
      4'd7: words_of = `PYSM_SIZE_CLASS_7;
      4'd8: words_of = `PYSM_SIZE_CLASS_8;
      4'd9: words_of = `PYSM_SIZE_CLASS_9;
      4'd10: words_of = `PYSM_SIZE_CLASS_10;
      4'd11: words_of = `PYSM_SIZE_CLASS_11;
      4'd12: words_of = `PYSM_SIZE_CLASS_12;
      4'd13: words_of = `PYSM_SIZE_CLASS_13;
      4'd14: words_of = `PYSM_SIZE_CLASS_14;
      default: words_of = `PYSM_SIZE_CLASS_15;
    endcase
  endfunction

  // Any class
  wire [3:0] other = $anyconst;
  always @(posedge clk) begin
    assert (size >= words);
    assert (pooled == (words <= `PYSM_SIZE_CLASS_15));
    if (pooled) begin
      assert (size == words_of(size_class));
      if (words_of(other) >= words) assert (words_of(other) >= size);
    end else assert (size == words);
  end
endmodule
