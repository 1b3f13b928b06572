// Comparison of two words in one cycle, and of integers with floats by an order that the arithmetic unit has found.
// Combinational.
`include "pysm_words.svh"

module pysm_compare (
  input  logic        asked,         // nothing is known otherwise
  input  logic [71:0] a, b,
  input  logic [2:0]  mixed_order,   // int with float: {greater, equal, less}, from pysm_arith
  input  logic        equality,      // EQ or NE is asked: words that are no numbers may be compared too
  output logic        known,         // the core compares these words itself
  output logic        mixed,         // ... in the cycles of a mixed pair
  output logic [2:0]  order,         // {greater, equal, less}; none of them: unordered, or merely different
  output logic        same           // equal in tag and payload
);
  logic int_a, int_b, float_a, float_b, less, bits_equal, object_a, object_b;
  logic [2:0] float_order;

  pysm_fcmp floats (.a(`BITS(a)), .b(`BITS(b)), .order(float_order));

  always_comb begin
    {int_a, int_b, float_a, float_b, object_a, object_b, less, bits_equal, same, mixed, known, order} = '0;
    if (asked) begin
      int_a = `IS_INT(`TAG(a));
      int_b = `IS_INT(`TAG(b));
      float_a = `TAG(a) == `PYSM_TAG_FLOAT;
      float_b = `TAG(b) == `PYSM_TAG_FLOAT;
      object_a = `TAG(a) == `PYSM_TAG_OBJ || `TAG(a) == `PYSM_TAG_OBJX;
      object_b = `TAG(b) == `PYSM_TAG_OBJ || `TAG(b) == `PYSM_TAG_OBJX;
      less = $signed(`BITS(a)) < $signed(`BITS(b));
      bits_equal = `BITS(a) == `BITS(b);
      same = bits_equal && `TAG(a) == `TAG(b);
      mixed = (int_a && float_b) || (float_a && int_b);
      known = 1'b1;
      order = 3'b000;
      if (int_a && int_b) order = {!less && !bits_equal, bits_equal, less};
      else if (float_a && float_b) order = float_order;
      else if (mixed) order = mixed_order;
      else if (equality && `TAG(a) == `PYSM_TAG_STR7 && `TAG(b) == `PYSM_TAG_STR7) order = {1'b0, bits_equal, 1'b0};
      else if (equality && ((`TAG(a) == `PYSM_TAG_NONE && !object_b) || (`TAG(b) == `PYSM_TAG_NONE && !object_a)))
        order = {1'b0, same, 1'b0};
      else known = 1'b0;
    end
  end
endmodule
