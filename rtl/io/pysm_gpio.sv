// Pins: output, direction and pull registers, two-flop synchroniser, detection of changes.
//
// Timing: a register written in cycle c is in force, and at the pads, from c + 1 on. The pads' levels of cycle t are
// `seen` from t + 2 on. `change` is 1 in the cycle t whose `seen` differs from that of t - 1 in a pin of the mask in
// force in t; it belongs to cycle t's interrupt lines. Everything stands still while `tick` is 0.
`include "pysm_isa.svh"

module pysm_gpio (
  input  logic        clk,
  input  logic        rst,
  input  logic        tick,
  // Stores: to which register, of which pin, and the value as each register takes it.
  input  logic        write_out,
  input  logic        write_dir,
  input  logic        write_pull,
  input  logic        write_mask,
  input  logic [4:0]  pin,
  input  logic        value_truth,
  input  logic        value_up,
  input  logic        value_down,
  input  logic [`PYSM_PINS-1:0] value_mask,
  // Pads; pin_in is asynchronous.
  input  logic [`PYSM_PINS-1:0] pin_in,
  output logic [`PYSM_PINS-1:0] pin_out,
  output logic [`PYSM_PINS-1:0] pin_dir,
  output logic [`PYSM_PINS-1:0] pin_up,
  output logic [`PYSM_PINS-1:0] pin_down,
  output logic [`PYSM_PINS-1:0] seen,
  output logic [`PYSM_PINS-1:0] mask,
  output logic        change
);
  // The first flop may be metastable: nothing but the second reads it.
  (* ASYNC_REG = "TRUE" *) logic [`PYSM_PINS-1:0] caught, settled;
  logic [`PYSM_PINS-1:0] earlier;

  assign seen = settled;
  always_comb begin
    change = 1'b0;
    if (mask != '0) change = |((settled ^ earlier) & mask);
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      caught  <= '0;
      settled <= '0;
      earlier <= '0;
    end else if (tick) begin
      caught  <= pin_in;
      settled <= caught;
      earlier <= settled;
    end
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      pin_out  <= '0;
      pin_dir  <= '0;
      pin_up   <= '0;
      pin_down <= '0;
      mask     <= '0;
    end else begin
      if (write_out) pin_out[pin] <= value_truth;
      if (write_dir) pin_dir[pin] <= value_truth;
      if (write_pull) begin
        pin_up[pin]   <= value_up;
        pin_down[pin] <= value_down;
      end
      if (write_mask) mask <= value_mask;
    end
  end
endmodule
