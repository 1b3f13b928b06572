// Interrupt lines: enable and pending registers. Which line goes first, and which has a handler, is the core's.
//
// Timing: a line raised for cycle t is pending as t's instruction and the boundary before it see it. Clearing in cycle c,
// by a store or by entering the handler, clears what c sees; what is raised for c + 1 stays.
`include "pysm_isa.svh"

module pysm_interrupts (
  input  logic        clk,
  input  logic        rst,
  input  logic [`PYSM_INTERRUPT_LINES-1:0] raised,       // for this cycle
  input  logic [`PYSM_INTERRUPT_LINES-1:0] raised_next,  // for the next one
  input  logic [`PYSM_INTERRUPT_LINES-1:0] taken,        // the line whose handler is entered in this cycle
  input  logic        write_enable,
  input  logic        write_pending,                     // clears the lines that are 1 in the value
  input  logic [31:0] value,
  output logic [31:0] enable,
  output logic [`PYSM_INTERRUPT_LINES-1:0] pending,
  output logic [`PYSM_INTERRUPT_LINES-1:0] irq           // pending and enabled
);
  localparam LINES = `PYSM_INTERRUPT_LINES;

  logic [LINES-1:0] kept;
  wire [LINES-1:0] clear = taken | (write_pending ? value[LINES-1:0] : '0);

  assign pending = kept | raised;
  assign irq     = pending & enable[LINES-1:0];

  always_ff @(posedge clk) begin
    if (rst) begin
      enable <= '0;
      kept   <= '0;
    end else begin
      if (write_enable) enable <= value;
      kept <= (pending & ~clear) | raised_next;
    end
  end
endmodule
