// An index means the item that Python means: for every index of 64 bits and every length.
module formal_position (input logic clk);
  wire [63:0] index = $anyconst;
  wire [23:0] length = $anyconst;
  wire        ok;
  wire [23:0] position;
  pysm_position dut (.*);

  wire signed [65:0] wide = {{2{index[63]}}, index};
  wire signed [65:0] items = {42'd0, length};
  wire signed [65:0] meant = index[63] ? wide + items : wide;
  always @(posedge clk) begin
    assert (ok == (meant >= 0 && meant < items));
    if (ok) assert (position == meant[23:0]);
  end
endmodule
