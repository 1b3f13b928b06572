// The debug block: memories, registers and commands over one bus. A request stands until `ack`; what is read is valid
// with it. It is taken into registers first, so that nothing of the core hangs on the bus's wires. The memories are
// reached through ports, or in cycles, that the core does not use: an access may wait for the core, the core never for
// an access. Registers and memories that only the halted core gives up (stack writes, state and control registers) are
// read at any time and written while it is halted; a write to them while it runs is dropped.

`include "pysm_words.svh"

module pysm_debug (
  input  logic        clk, rst,
  input  logic        dbg_req, dbg_write,
  input  logic [3:0]  dbg_space,
  input  logic [15:0] dbg_addr,
  input  logic [71:0] dbg_wdata,
  output logic        ack,
  output logic [71:0] rdata,
  input  logic        halted,
  // Commands
  output logic        halt, resume, single_step, pass,
  // The access
  output logic        write,
  output logic [14:0] addr,
  output logic [71:0] write_data,
  // Registers
  output logic [7:0]  state_number,
  output logic        state_write,
  output logic        state_read,
  input  logic [71:0] state_value,
  output logic [16:0] csr_number,
  output logic        csr_write,
  input  logic [63:0] csr_value,
  // Memories; `busy`: the core uses the port in this cycle
  input  logic        code_busy,
  output logic        code_en,
  input  logic [32:0] code_q,
  output logic        data_en,
  input  logic [71:0] data_q,
  output logic        stack_we, stack_re,
  output logic [10:0] stack_addr,
  input  logic [71:0] stack_q,
  input  logic        return_busy,
  output logic        return_en,
  input  logic [63:0] return_q,
  input  logic        globals_busy,
  output logic        globals_en,
  input  logic [71:0] globals_q,
  output logic        value_en,
  input  logic [71:0] value_q,
  output logic        key_en,
  input  logic [27:0] key_q,
  output logic        vector_en,
  input  logic [17:0] vector_q
);
  localparam [3:0] STATE = 4'd0;
  localparam [3:0] CODE = 4'd1;
  localparam [3:0] DATA = 4'd2;
  localparam [3:0] STACK = 4'd3;
  localparam [3:0] RETURNS = 4'd4;
  localparam [3:0] GLOBALS = 4'd5;
  localparam [3:0] VALUES = 4'd6;
  localparam [3:0] KEYS = 4'd7;
  localparam [3:0] VECTORS = 4'd8;
  localparam [3:0] CSRS = 4'd9;

  // The access is made in a cycle with `goes`, acknowledged in the next.
  logic        req, waits, goes, done;
  logic [3:0]  space;
  logic [15:0] at;
  always_comb begin
    waits = 1'bx;
    goes = 1'b0;
    if (req) begin
      case (space)
        CODE: waits = code_busy;
        RETURNS: waits = return_busy;
        GLOBALS: waits = globals_busy;
        // A control register is read through the instruction's own path: only in a stop.
        CSRS: waits = !halted;
        default: waits = 1'b0;
      endcase
      goes = !waits;
    end
  end
  always_ff @(posedge clk) begin
    if (rst) begin
      req <= 1'b0;
      done <= 1'b0;
      write <= 1'b0;
      space <= 4'd0;
      at <= 16'd0;
      write_data <= 72'd0;
    end else begin
      req <= dbg_req && !goes && !done;
      done <= goes;
      // They stand as long as the request does.
      write <= dbg_write;
      space <= dbg_space;
      at <= dbg_addr;
      write_data <= dbg_wdata;
    end
  end
  assign ack = done;

  always_comb begin
    addr = at[14:0];
    state_number = at[7:0];
    csr_number = {1'b0, at};
    stack_addr = at[10:0];
    single_step = write_data[2];
    pass = write_data[3];
    {halt, resume, state_write, csr_write, code_en, data_en, stack_we, stack_re, return_en, globals_en, value_en, key_en,
     vector_en} = '0;
    if (goes) begin
      halt = write && space == STATE && at == 16'd0 && write_data[0];
      resume = write && space == STATE && at == 16'd0 && (write_data[1] || write_data[2]);
      state_write = write && space == STATE && at != 16'd0;
      csr_write = write && space == CSRS;
      code_en = space == CODE;
      data_en = space == DATA;
      stack_we = space == STACK && write && halted;
      stack_re = space == STACK && !write;
      return_en = space == RETURNS;
      globals_en = space == GLOBALS;
      value_en = space == VALUES;
      key_en = space == KEYS;
      vector_en = space == VECTORS;
    end
    rdata = 'x;
    state_read = 1'b0;
    if (done) begin
      state_read = space == STATE;
      case (space)
        STATE: rdata = state_value;
        CODE: rdata = {39'd0, code_q};
        DATA: rdata = data_q;
        STACK: rdata = stack_q;
        RETURNS: rdata = {8'd0, return_q};
        GLOBALS: rdata = globals_q;
        VALUES: rdata = value_q;
        KEYS: rdata = {44'd0, key_q};
        VECTORS: rdata = {54'd0, vector_q};
        CSRS: rdata = {8'd0, csr_value};
        default: rdata = 72'd0;
      endcase
    end
  end
endmodule
