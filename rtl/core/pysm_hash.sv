// Hash of a payload: fold(x) = (x ^ x >> 32) * 0x9E3779B1 mod 2**32 (Fibonacci hashing: 2**32 divided by the golden
// ratio). Combinational.
module pysm_hash (
  input  logic [63:0] x,
  output logic [31:0] hash
);
  assign hash = (x[31:0] ^ x[63:32]) * 32'h9E3779B1;
endmodule
