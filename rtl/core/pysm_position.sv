// An index as Python means it: from the end where it is negative. Combinational.
module pysm_position (
  input  logic [63:0] index,     // signed
  input  logic [23:0] length,
  output logic        ok,        // the item exists
  output logic [23:0] position
);
  logic [24:0] from_end;
  always_comb begin
    from_end = {1'b0, index[23:0]} + {1'b0, length};
    if (index[63]) begin
      // A sum that carries is not negative; it is below the length because the index is.
      ok = index[63:24] == {40{1'b1}} && from_end[24];
      position = from_end[23:0];
    end else begin
      ok = index[63:24] == 40'd0 && index[23:0] < length;
      position = index[23:0];
    end
  end
endmodule
