// The one shifter of the arithmetic unit: 64 bits to either side, with what a shift loses. Combinational; without `enable`
// its outputs mean nothing.
//
// A funnel: y is 66 bits of a wide word, from bit n on. The two lowest bits of y lie below those of x, as rounding wants
// them. To the right x lies n places down in y[65:2]. To the left it lies 52 places further up, with the 52 bits of
// `below` behind it where `follows` is 1, so that y[65:2] is the 116-bit word x * 2**52 + below, n places down. Each level
// needs only the bits that those behind it can still bring down.
module pysm_shift (
  input  logic enable,
  input  logic [63:0] x,
  input  logic above,    // what bits above x are in a shift to the left
  input  logic [51:0] below,
  input  logic follows,
  input  logic left,
  input  logic [5:0] n,
  output logic [65:0] y,
  output logic lost      // a one among the bits below y, those of `below` included where it follows
);
  // Behind the shift by a multiple of 16, of 4.
  localparam W16 = 66 + 15;
  localparam W4 = 66 + 3;

  logic [W16+47:0] wide;
  logic [W16-1:0] by16;
  logic [W4-1:0] by4;
  logic lost16, lost4, lost1;
  always @* begin
    {wide, by16, by4, y, lost16, lost4, lost1, lost} = 'x;
    if (enable) begin
      wide = left ? {{11{above}}, x, below & {52{follows}}, 2'd0} : {63'd0, x, 2'd0};
      by16 = n[5] ? (n[4] ? wide[W16+47:48] : wide[W16+31:32]) : (n[4] ? wide[W16+15:16] : wide[W16-1:0]);
      by4 = n[3] ? (n[2] ? by16[W4+11:12] : by16[W4+7:8]) : (n[2] ? by16[W4+3:4] : by16[W4-1:0]);
      y = n[1] ? (n[0] ? by4[68:3] : by4[67:2]) : (n[0] ? by4[66:1] : by4[65:0]);
      // What each level drops.
      lost16 = (n[5] & n[4] & |wide[47:32]) | (n[5] & |wide[31:16]) | ((n[5] | n[4]) & |wide[15:0]);
      lost4 = (n[3] & n[2] & |by16[11:8]) | (n[3] & |by16[7:4]) | ((n[3] | n[2]) & |by16[3:0]);
      lost1 = (n[1] & n[0] & by4[2]) | (n[1] & by4[1]) | ((n[1] | n[0]) & by4[0]);
      lost = lost16 | lost4 | lost1 | (follows & ~left & |below);
    end
  end
endmodule
