// UART: divisor register, transmitter and receiver. 8N1.
`include "pysm_isa.svh"

module pysm_uart (
  input  logic        clk,
  input  logic        rst,
  input  logic        write_divisor,
  input  logic [31:0] value,
  input  logic        put,           // a byte for the transmitter: the low bits of `value`
  input  logic        take,          // the oldest received byte is read
  output logic [31:0] divisor,       // clock cycles a bit
  output logic        room,          // the transmitter has room: a byte put now is accepted
  output logic        waiting,       // a received byte waits
  output logic [7:0]  oldest,
  output logic        complete,      // a byte waits from the next cycle on
  input  logic        uart_rx,
  output logic        uart_tx,
  output logic        uart_rts
);
  localparam [31:0] SMALLEST = 32'd`PYSM_UART_DIVISOR_MIN;

  always_ff @(posedge clk) begin
    if (rst) divisor <= 32'd`PYSM_UART_DIVISOR_RESET;
    else if (write_divisor) divisor <= value < SMALLEST ? SMALLEST : value;
  end

  pysm_uart_tx transmitter (
    .clk, .rst, .divisor, .put, .put_byte(value[7:0]), .room, .line(uart_tx)
  );

  pysm_uart_rx receiver (
    .clk, .rst, .divisor, .line(uart_rx), .take, .oldest, .waiting, .complete, .rts(uart_rts)
  );
endmodule
