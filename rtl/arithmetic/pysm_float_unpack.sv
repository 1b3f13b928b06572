// Takes an IEEE 754 double apart. Combinational.
module pysm_float_unpack (
  input  logic [63:0] value,
  output logic sign,
  output logic [10:0] exponent,     // biased; 1 for subnormals and zero, whose significand has no leading one
  output logic is_subnormal,        // or zero: the significand before the fraction's 52 bits is 0, not 1
  output logic [5:0] zeros,         // leading zeros of the significand; 53 for zero
  output logic [52:0] normal,       // significand << zeros
  output logic is_zero,
  output logic is_infinite,
  output logic is_nan
);
  logic no_exponent, top_exponent, no_fraction;
  assign no_exponent = ~|value[62:52];
  assign top_exponent = &value[62:52];

  assign sign = value[63];
  assign exponent = {value[62:53], value[52] | no_exponent};
  assign is_subnormal = no_exponent;
  assign is_zero = no_exponent & no_fraction;
  assign is_infinite = top_exponent & no_fraction;
  assign is_nan = top_exponent & ~no_fraction;

  // Counted over the fraction alone, beside the test of the exponent and not behind it.
  logic [5:0] fraction_zeros;
  pysm_lzc #(.WIDTH(53)) u_zeros (.x({1'b0, value[51:0]}), .count(fraction_zeros), .zero(no_fraction));
  assign zeros = no_exponent ? fraction_zeros : 6'd0;
  assign normal = {~no_exponent, value[51:0]} << zeros;
endmodule
