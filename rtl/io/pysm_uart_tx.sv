// UART transmitter: queue and shift register, 8N1, least significant bit first.
//
// Timing: a byte that finds the transmitter idle in cycle s, or the oldest of the queue in the cycle s in which the byte
// before it has taken its ten bits, begins to shift: with the divisor D in force in s its start bit is on the line in
// s + 1 .. s + D, its stop bit ends with s + 10 D, and s + 10 D is the cycle in which the next byte begins. A byte that
// begins in s has left the queue as cycle s sees it. The line runs while the core stands still, or a byte on the wire
// would be torn.
`include "pysm_isa.svh"

module pysm_uart_tx #(
  parameter DEPTH = `PYSM_UART_FIFO,
  parameter CW = $clog2(DEPTH) + 1
) (
  input  logic        clk,
  input  logic        rst,
  input  logic [31:0] divisor,      // clock cycles a bit, at least 1
  input  logic        put,          // a byte to send; lost where there is no room
  input  logic [7:0]  put_byte,
  output logic        room,
  output logic        line
);
  localparam LAST_BIT = 4'd9;

  logic        shifting;
  logic [7:0]  bits;                // what follows on the line; ones are shifted in and make the stop bit
  logic [3:0]  bit_number;          // on the line: 0 start, 1-8 data, 9 stop
  logic [31:0] remaining;           // cycles of this bit after the present one
  logic [31:0] reload;              // D - 1 of this byte

  logic [CW-1:0] waiting;
  logic [7:0]    oldest;

  logic bit_ends, free, queued, pop, begins, push;
  always_comb begin
    bit_ends = 1'bx;
    free     = 1'b1;
    queued   = 1'b0;
    {pop, begins, push} = '0;
    room     = 1'b1;
    if (shifting || waiting != '0 || put) begin
      bit_ends = remaining == '0;
      free     = !shifting || (bit_number == LAST_BIT && bit_ends);
      queued   = waiting != '0;
      room     = waiting != CW'(DEPTH) || free;
      pop      = free && queued;
      begins   = free && (queued || put);
      push     = put && room && !(free && !queued);
    end
  end

  pysm_fifo #(.DEPTH(DEPTH)) queue (
    .clk, .rst, .push, .word(put_byte), .pop, .head(oldest), .count(waiting)
  );

  always_ff @(posedge clk) begin
    if (rst) begin
      shifting   <= 1'b0;
      bits       <= '1;
      bit_number <= '0;
      remaining  <= '0;
      reload     <= '0;
      line       <= 1'b1;
    end else if (begins) begin
      shifting   <= 1'b1;
      bits       <= queued ? oldest : put_byte;
      bit_number <= '0;
      remaining  <= divisor - 32'd1;
      reload     <= divisor - 32'd1;
      line       <= 1'b0;
    end else if (shifting) begin
      if (free) begin
        shifting   <= 1'b0;
      end else if (bit_ends) begin
        {bits, line} <= {1'b1, bits};
        bit_number <= bit_number + 4'd1;
        remaining  <= reload;
      end else begin
        remaining  <= remaining - 32'd1;
      end
    end
  end
endmodule
