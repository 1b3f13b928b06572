// Right shift that says whether ones were lost: y = the OUT low bits of x >> n, sticky = a one among the n bits shifted
// out. Combinational, four LUTs deep.
//
// A funnel: each level needs only the bits that the levels behind it can still bring down, so an `x` much wider than `y`
// costs little. Bits of x >> n above y are dropped without notice.
module pysm_shift_right #(
  parameter IN = 64,
  parameter OUT = 64
) (
  input  logic [IN-1:0] x,
  input  logic [6:0] n,
  output logic [OUT-1:0] y,
  output logic sticky
);
  // Widths of the word behind the shift by 64, by a multiple of 16, of 4.
  localparam W64 = OUT + 63;
  localparam W16 = OUT + 15;
  localparam W4 = OUT + 3;

  logic [W64+63:0] wide;
  logic [W64-1:0] by64;
  logic [W16-1:0] by16;
  logic [W4-1:0] by4;
  assign wide = (W64 + 64)'(x);
  assign by64 = n[6] ? wide[W64+63:64] : wide[W64-1:0];
  assign by16 =
    n[5] ? (n[4] ? by64[W16+47:48] : by64[W16+31:32]) : (n[4] ? by64[W16+15:16] : by64[W16-1:0]);
  assign by4 = n[3] ? (n[2] ? by16[W4+11:12] : by16[W4+7:8]) : (n[2] ? by16[W4+3:4] : by16[W4-1:0]);
  assign y = n[1] ? (n[0] ? by4[OUT+2:3] : by4[OUT+1:2]) : (n[0] ? by4[OUT:1] : by4[OUT-1:0]);

  // What each level drops.
  logic lost64, lost16, lost4, lost1;
  assign lost64 = n[6] & |wide[63:0];
  assign lost16 =
    (n[5] & n[4] & |by64[47:32]) | (n[5] & |by64[31:16]) | ((n[5] | n[4]) & |by64[15:0]);
  assign lost4 = (n[3] & n[2] & |by16[11:8]) | (n[3] & |by16[7:4]) | ((n[3] | n[2]) & |by16[3:0]);
  assign lost1 = (n[1] & n[0] & by4[2]) | (n[1] & by4[1]) | ((n[1] | n[0]) & by4[0]);
  assign sticky = lost64 | lost16 | lost4 | lost1;
endmodule
