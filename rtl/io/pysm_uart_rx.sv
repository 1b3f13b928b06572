// UART receiver: two-flop synchroniser, mid-bit sampling, queue; 8N1, least significant bit first.
//
// Timing: a byte whose start bit begins at the pad in cycle s, with D the divisor in force in s, is in the queue from
// cycle s + 10 D on, which is where its stop bit ends. That holds from D = 2, the smallest divisor, on: the last data
// bit is sampled 8 D + D / 2 + 2 cycles after s, two of them in the synchroniser. `rts` is 1 while a byte that begins
// in this cycle will find room; a sender that looks only when it begins a byte may look at the pad in that very cycle.
// A byte that comes all the same when the queue is full is lost. A start bit that is no longer low in its middle is
// noise. The stop bit is not looked at, but a line that stays low (a break) is one byte and not many. A falling
// edge after the last data bit's sample is the next start bit, so the sender may be 5 % faster or slower than the divisor.
// The receiver runs while the core stands still, or a byte on the wire would be torn.
`include "pysm_isa.svh"

module pysm_uart_rx #(
  parameter DEPTH = `PYSM_UART_FIFO,
  parameter CW = $clog2(DEPTH) + 1
) (
  input  logic        clk,
  input  logic        rst,
  input  logic [31:0] divisor,      // clock cycles a bit, at least 2
  input  logic        line,         // asynchronous
  input  logic        take,         // the oldest byte is read, if there is one
  output logic [7:0]  oldest,
  output logic        waiting,      // there is a byte
  output logic        complete,     // a byte is in the queue from the next cycle on
  output logic        rts
);
  localparam LAST_DATA_BIT = 4'd8;
  localparam [32:0] LAST_DELAY = 33'd4;

  (* ASYNC_REG = "TRUE" *) logic line_caught, line_seen;
  logic        line_before;
  // The divisor goes through as many flops as the line, so that a byte is decoded with the one in force when it began.
  logic [31:0] divisor_caught, divisor_seen;

  logic        active;
  logic [3:0]  bit_number;          // awaited sample: 0 start, 1-8 data
  logic [31:0] remaining;           // cycles until then, after the present one
  logic [31:0] rate;                // D of this byte
  logic [6:0]  bits;                // those sampled so far, the latest on top

  // The byte that has been sampled waits for the end of its stop bit.
  logic        delivering;
  logic [7:0]  delivery;
  logic [32:0] delay;

  logic [CW-1:0] count;

  always_ff @(posedge clk) begin
    if (rst) begin
      {line_caught, line_seen, line_before} <= '1;
      divisor_caught <= 32'd`PYSM_UART_DIVISOR_RESET;
      divisor_seen   <= 32'd`PYSM_UART_DIVISOR_RESET;
    end else begin
      {line_caught, line_seen, line_before} <= {line, line_caught, line_seen};
      divisor_caught <= divisor;
      divisor_seen   <= divisor_caught;
    end
  end

  wire falls = line_before && !line_seen;
  wire busy  = active || delivering;

  // The last data bit is sampled 8 D + D / 2 + 2 cycles after s, and the byte enters the queue with the clock that ends
  // cycle s + 10 D - 1: D + (D + 1) / 2 - 3 cycles later, in the same cycle at D = 2. One addition, which `delay` counts
  // down from to where the 3 is made up for.
  logic       due, sampled, at_once;
  logic [7:0] shifted;
  always_comb begin
    {due, sampled, at_once, complete} = '0;
    shifted = 'x;
    if (busy) begin
      due      = active && remaining == '0;
      sampled  = due && bit_number == LAST_DATA_BIT;
      shifted  = {line_seen, bits};
      at_once  = sampled && rate == 32'd2;
      complete = at_once || (delivering && delay == LAST_DELAY);
    end
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      active     <= 1'b0;
      bit_number <= '0;
      remaining  <= '0;
      rate       <= '0;
      bits       <= '0;
      delivering <= 1'b0;
      delivery   <= '0;
      delay      <= '0;
    end else if (busy || falls) begin
      if (!active) begin
        if (falls) begin
          active     <= 1'b1;
          bit_number <= '0;
          remaining  <= {1'b0, divisor_seen[31:1]} - 32'd1;
          rate       <= divisor_seen;
        end
      end else if (due) begin
        active     <= !sampled && !(bit_number == '0 && line_seen);
        bit_number <= bit_number + 4'd1;
        remaining  <= rate - 32'd1;
        bits       <= shifted[7:1];
      end else begin
        remaining  <= remaining - 32'd1;
      end

      if (sampled) begin
        delivering <= !at_once;
        delivery   <= shifted;
        delay      <= {1'b0, rate} + {2'b00, rate[31:1]} + {32'b0, rate[0]};
      end else if (delivering) begin
        delivering <= delay != LAST_DELAY;
        delay      <= delay - 33'd1;
      end
    end
  end

  wire pop  = take && waiting;
  wire push = complete && (count != CW'(DEPTH) || pop);
  assign waiting = count != '0;
  // What is under way will take a place.
  assign rts = count + CW'(active) + CW'(delivering) < CW'(DEPTH);

  pysm_fifo #(.DEPTH(DEPTH)) queue (
    .clk, .rst, .push, .word(at_once ? shifted : delivery), .pop, .head(oldest), .count
  );
endmodule
