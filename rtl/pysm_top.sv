// Core and I/O space: everything that runs a program. Its ports are the pads, the debug bus, and for simulation and
// tests the console tap, the retire port and the write beats.
module pysm_top (
  input  logic        clk, rst,
  input  logic        dbg_req, dbg_write,
  input  logic [3:0]  dbg_space,
  input  logic [15:0] dbg_addr,
  input  logic [71:0] dbg_wdata,
  output logic        dbg_ack,
  output logic [71:0] dbg_rdata,
  output logic        halted,
  output logic        tick,          // the cycle counter advances at the end of this cycle
  output logic [31:0] pin_out, pin_dir, pin_up, pin_down,
  input  logic [31:0] pin_in,
  output logic        uart_tx,
  input  logic        uart_rx,
  output logic        uart_rts,
  output logic        con_valid, con_stream,
  output logic [7:0]  con_byte,
  output logic        rt_valid,
  output logic [2:0]  rt_kind,
  output logic [15:0] rt_pc, rt_next_pc,
  output logic [31:0] rt_word,
  output logic [63:0] rt_cycle, rt_order,
  output logic [71:0] rt_a, rt_b, rt_c,
  output logic [11:0] rt_sp, rt_fp,
  output logic [15:0] rt_handler,
  output logic [10:0] rt_rsp,
  output logic [1:0]  rt_rrv,
  output logic [71:0] rt_rr,
  output logic        rt_ie,
  output logic [11:0] rt_vector,
  output logic        sw_valid,
  output logic [10:0] sw_addr,
  output logic [71:0] sw_data,
  output logic        dw_valid,
  output logic [14:0] dw_addr,
  output logic [71:0] dw_data,
  output logic        gw_valid,
  output logic [10:0] gw_addr,
  output logic [71:0] gw_data,
  output logic        rw_valid,
  output logic [9:0]  rw_addr,
  output logic [63:0] rw_data,
  output logic        tw_valid,
  output logic [10:0] tw_addr,
  output logic [71:0] tw_data
);
  logic        io_selected, io_req, io_write, io_bad;
  logic [63:0] cycle, io_addr, io_wdata, io_rdata;
  logic [31:0] pin_seen, irq_pending;
  logic [7:0]  irq, irq_taken;

  pysm_core core (.*);
  pysm_io io (
    .clk(clk), .rst(rst), .tick(tick), .cycle(cycle), .selected(io_selected), .req(io_req), .write(io_write),
    .addr(io_addr), .wdata(io_wdata), .rdata(io_rdata), .bad(io_bad), .pin_seen(pin_seen),
    .irq(irq), .irq_pending(irq_pending), .irq_taken(irq_taken), .pin_out(pin_out), .pin_dir(pin_dir), .pin_up(pin_up), .pin_down(pin_down),
    .pin_in(pin_in), .uart_tx(uart_tx), .uart_rx(uart_rx), .uart_rts(uart_rts), .con_valid(con_valid),
    .con_stream(con_stream), .con_byte(con_byte)
  );
endmodule
