// Timer 0, and the count of microseconds.
//
// Timing: the timer fires in the first cycle t in which it is enabled and its compare register is not above the cycle
// counter; t's interrupt lines show it, and so do t's reads of the registers: compare + period where the period is not
// 0, else disabled. A compare that has passed fires in the cycle after the store that made it so, and its period counts
// from there; at any other time compare is the cycle counter when it fires, so no period is longer than another. A store
// of cycle c is in force in c + 1 and wins over what firing in c writes. A compare beyond 2**63 - 1 stays there.
// Everything follows the cycle counter, so nothing moves while `tick` is 0.
`include "pysm_isa.svh"

module pysm_timer (
  input  logic        clk,
  input  logic        rst,
  input  logic        tick,
  input  logic [63:0] cycle,
  input  logic        write_compare,
  input  logic        write_period,
  input  logic        write_enable,
  input  logic [63:0] value,
  input  logic        value_truth,
  // The registers as a read in this cycle finds them.
  output logic [63:0] compare_seen,
  output logic [62:0] period,
  output logic        enable_seen,
  output logic        fires,        // 1 in the cycle before the one whose interrupt lines show it
  output logic [57:0] time_us
);
  localparam CYCLES_PER_MICROSECOND = `PYSM_CLOCK_HZ / 1000000;
  localparam [6:0] LAST_OF_MICROSECOND = 7'(CYCLES_PER_MICROSECOND - 1);
  localparam [63:0] NEVER = 64'h7fff_ffff_ffff_ffff;

  logic [63:0] compare;
  logic        enable;
  logic        firing;              // the timer fires in this cycle
  // Registers, so that neither comparisons nor reads wait for an adder: cycle + 1, and cycle + period. Cycle counter and
  // period are not negative: bit 63 of the sum is its overflow.
  logic [63:0] ahead, sum;

  always_comb begin
    compare_seen = compare;
    enable_seen  = enable;
    if (firing) begin
      if (period == '0) enable_seen = 1'b0;
      else compare_seen = sum[63] ? NEVER : sum;
    end
  end

  logic [63:0] compare_next;
  logic [62:0] period_next;
  logic        enable_next;
  always_comb begin
    compare_next = write_compare ? value : compare_seen;
    period_next  = period;
    if (write_period) period_next = value[63] ? '0 : value[62:0];
    enable_next  = write_enable ? value_truth : tick ? enable_seen : enable;
  end

  // It fires if the compare register of the next cycle is not above the counter of the next cycle. After firing that is so
  // for a period of 1 (or a single shot enabled again), which saves the comparison from waiting for the sum.
  logic [63:0] cycle_next, compared;
  always_comb begin
    cycle_next = tick ? ahead : cycle;
    compared   = 'x;
    fires      = 1'b0;
    if (enable_next) begin
      compared = write_compare ? value : compare;
      if (firing && tick && !write_compare) fires = period[62:1] == '0;
      else fires = $signed(compared) <= $signed(cycle_next);
    end
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      compare <= '0;
      period  <= '0;
      enable  <= 1'b0;
      firing  <= 1'b0;
      ahead   <= 64'd1;
      sum     <= '0;
    end else begin
      if (tick) compare <= compare_next;
      if (write_period) period <= period_next;
      enable <= enable_next;
      firing <= fires;
      ahead  <= cycle_next + 64'd1;
      // Wanted only where it fires
      if (enable_next) sum <= cycle_next + {1'b0, period_next};
    end
  end

  // Microseconds without a division: cycle / CYCLES_PER_MICROSECOND, counted along.
  logic [6:0] part;
  always_ff @(posedge clk) begin
    if (rst) begin
      part    <= '0;
      time_us <= '0;
    end else if (tick) begin
      part <= part == LAST_OF_MICROSECOND ? '0 : part + 7'd1;
      if (part == LAST_OF_MICROSECOND) time_us <= time_us + 58'd1;
    end
  end
endmodule
