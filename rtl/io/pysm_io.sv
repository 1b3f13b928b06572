// The I/O space: decodes addresses, holds the units together.
//
// Timing: an access executes in the cycle in which `req` is 1; `tick` and `selected` are 1 then. `rdata` and `bad`
// follow `addr` combinationally; they are 0 while `selected` is 0, and `bad` means something only with `req`. A
// register written in cycle c is in force in c + 1. A read sees everything up to and including its own cycle: a byte
// that is complete, a level that has come through the synchroniser, a timer that fires. Where an event and the
// clearing of its pending bit meet in a cycle, the bit is cleared: the event came first.
//
// While `tick` is 0 (halted, or refilling after a resume) pins, timer and microseconds stand still with the cycle
// counter. The UART's lines go on, so that no byte is torn; its status may then differ from that of a run without a halt.
`include "pysm_isa.svh"

module pysm_io (
  input  logic        clk,
  input  logic        rst,
  input  logic        tick,        // the cycle counter advances at the end of this cycle
  input  logic [63:0] cycle,
  input  logic        selected,    // the instruction is one of the I/O space: known early
  input  logic        req,
  input  logic        write,
  input  logic [63:0] addr,
  input  logic [63:0] wdata,
  output logic [63:0] rdata,
  output logic        bad,         // there is no such register
  output logic [31:0] pin_seen,
  output logic [7:0]  irq,         // pending and enabled lines, as the boundary before this cycle's instruction sees them
  output logic [31:0] irq_pending,
  input  logic [7:0]  irq_taken,   // one-hot: the line whose handler is entered in this cycle
  output logic [31:0] pin_out,
  output logic [31:0] pin_dir,
  output logic [31:0] pin_up,
  output logic [31:0] pin_down,
  input  logic [31:0] pin_in,
  output logic        uart_tx,
  input  logic        uart_rx,
  output logic        uart_rts,
  output logic        con_valid,   // in the cycle of the store
  output logic        con_stream,
  output logic [7:0]  con_byte
);
  // Lines of IRQ_ENABLE and IRQ_PENDING.
  localparam LINE_TIMER = 0;
  localparam LINE_PINS  = 1;
  localparam LINE_UART  = 2;

  // Decoding. The three groups of pin registers begin at multiples of their size.
  localparam PW = $clog2(`PYSM_PINS);
  logic is_pin, is_dir, is_pull, is_tx, is_status, is_rx, is_divisor, is_err, is_time, is_cycle, is_compare, is_period,
        is_timer, is_enable, is_pending, is_mask, is_clock;
  wire [7:0] low = addr[7:0];
  wire [7-PW:0] group = low[7:PW];
  always_comb begin
    {is_pin, is_dir, is_pull, is_tx, is_status, is_rx, is_divisor, is_err, is_time, is_cycle, is_compare, is_period,
     is_timer, is_enable, is_pending, is_mask, is_clock, bad} = '0;
    if (selected) begin
      if (addr[63:8] == '0) begin
        is_pin  = group == (8-PW)'(`PYSM_IO_PIN / `PYSM_PINS);
        is_dir  = group == (8-PW)'(`PYSM_IO_PIN_DIRECTION / `PYSM_PINS);
        is_pull = group == (8-PW)'(`PYSM_IO_PIN_PULL / `PYSM_PINS);
        is_tx      = low == 8'd`PYSM_IO_UART_TX;
        is_status  = low == 8'd`PYSM_IO_UART_STATUS;
        is_rx      = low == 8'd`PYSM_IO_UART_RX;
        is_divisor = low == 8'd`PYSM_IO_UART_DIVISOR;
        is_err     = low == 8'd`PYSM_IO_CONSOLE_ERR;
        is_time    = low == 8'd`PYSM_IO_TIME_US;
        is_cycle   = low == 8'd`PYSM_IO_CYCLE;
        is_compare = low == 8'd`PYSM_IO_TIMER_COMPARE;
        is_period  = low == 8'd`PYSM_IO_TIMER_PERIOD;
        is_timer   = low == 8'd`PYSM_IO_TIMER_ENABLE;
        is_enable  = low == 8'd`PYSM_IO_IRQ_ENABLE;
        is_pending = low == 8'd`PYSM_IO_IRQ_PENDING;
        is_mask    = low == 8'd`PYSM_IO_IRQ_PINS;
        is_clock   = low == 8'd`PYSM_IO_CLOCK_HZ;
      end
      bad = !(is_pin || is_dir || is_pull || is_tx || is_status || is_rx || is_divisor || is_err || is_time
        || is_cycle || is_compare || is_period || is_timer || is_enable || is_pending || is_mask || is_clock);
    end
  end

  // What a store writes, and the byte that a load takes
  logic store_dir, store_pin, store_pull, store_mask, store_divisor, store_err, store_compare, store_period, store_timer,
        store_enable, store_pending, put, take;
  always_comb begin
    {store_dir, store_pin, store_pull, store_mask, store_divisor, store_err, store_compare, store_period, store_timer,
     store_enable, store_pending, put, take} = '0;
    if (req) begin
      take          = is_rx && !write;
      put           = is_tx && write;
      store_err     = is_err && write;
      store_pin     = is_pin && write;
      store_dir     = is_dir && write;
      store_pull    = is_pull && write;
      store_mask    = is_mask && write;
      store_divisor = is_divisor && write;
      store_compare = is_compare && write;
      store_period  = is_period && write;
      store_timer   = is_timer && write;
      store_enable  = is_enable && write;
      store_pending = is_pending && write;
    end
  end
  wire truth = wdata != '0;
  wire [PW-1:0] pin = addr[PW-1:0];

  // Pins
  logic [31:0] mask;
  logic        change;
  pysm_gpio gpio (
    .clk, .rst, .tick,
    .write_out(store_pin), .write_dir(store_dir), .write_pull(store_pull),
    .write_mask(store_mask), .pin, .value_truth(truth), .value_up(wdata == 64'd1), .value_down(wdata == 64'd2),
    .value_mask(wdata[31:0]), .pin_in, .pin_out, .pin_dir, .pin_up, .pin_down, .seen(pin_seen), .mask, .change
  );

  // UART and console
  logic [31:0] divisor;
  logic        room, waiting, complete;
  logic [7:0]  oldest;
  pysm_uart uart (
    .clk, .rst, .write_divisor(store_divisor), .value(wdata[31:0]), .put, .take, .divisor, .room,
    .waiting, .oldest, .complete, .uart_rx, .uart_tx, .uart_rts
  );
  assign con_valid  = (put && room) || store_err;
  assign con_stream = is_err;
  assign con_byte   = wdata[7:0];

  // Timer
  logic [63:0] compare;
  logic [62:0] period;
  logic        timer_enable, fires;
  logic [57:0] time_us;
  pysm_timer timer (
    .clk, .rst, .tick, .cycle, .write_compare(store_compare), .write_period(store_period),
    .write_enable(store_timer), .value(wdata), .value_truth(truth), .compare_seen(compare), .period,
    .enable_seen(timer_enable), .fires, .time_us
  );

  // Interrupts
  logic [31:0] irq_enable;
  logic [`PYSM_INTERRUPT_LINES-1:0] pending, raised, raised_next;
  always_comb begin
    raised = '0;
    raised[LINE_PINS] = change;
    raised_next = '0;
    raised_next[LINE_TIMER] = fires;
    raised_next[LINE_UART] = complete;
  end
  pysm_interrupts interrupts (
    .clk, .rst, .raised, .raised_next, .taken(irq_taken), .write_enable(store_enable),
    .write_pending(store_pending), .value(wdata[31:0]), .enable(irq_enable), .pending, .irq
  );
  assign irq_pending = {{32 - `PYSM_INTERRUPT_LINES{1'b0}}, pending};

  // Reads. Registers that are only written read 0.
  always_comb begin
    rdata = '0;
    if (selected) case (1'b1)
      is_pin:     rdata[0] = pin_seen[pin];
      is_dir:     rdata[0] = pin_dir[pin];
      is_pull:    rdata[1:0] = {pin_down[pin], pin_up[pin]};
      is_status:  rdata[1:0] = {waiting, room};
      is_rx:      rdata = waiting ? {56'b0, oldest} : '1;
      is_divisor: rdata[31:0] = divisor;
      is_time:    rdata[57:0] = time_us;
      is_cycle:   rdata = cycle;
      is_compare: rdata = compare;
      is_period:  rdata[62:0] = period;
      is_timer:   rdata[0] = timer_enable;
      is_enable:  rdata[31:0] = irq_enable;
      is_pending: rdata[31:0] = irq_pending;
      is_mask:    rdata[31:0] = mask;
      is_clock:   rdata[31:0] = 32'd`PYSM_CLOCK_HZ;
      default: ;
    endcase
  end
endmodule
