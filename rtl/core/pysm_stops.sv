// Where the core runs, stops and goes on: at the boundary before an instruction stops and interrupts are taken, and in that
// case the instruction does not begin and comes again. A breakpoint, or a BRK, that has been passed once is remembered by
// its address, so that what is issued there again (after a resume or a trap) does not stop again.
`include "pysm_words.svh"

module pysm_stops (
  input  logic        clk, rst,
  // The instruction in execute
  input  logic        valid,
  input  logic        asked,           // ... and neither is a trap being entered nor is the core halted
  input  logic        first,           // its first cycle
  input  logic [15:0] pc,
  input  logic        breakpoint, brk, // its word has a breakpoint; it is a BRK without a fault
  input  logic        reissue,
  input  logic        ie,
  input  logic [7:0]  takeable,        // lines that are pending, enabled and have a handler
  // What comes of its cycle
  input  logic        record,          // a record is made
  input  logic        exits, fails,    // the program ends; a fault
  input  logic        pass_next,       // a breakpoint at next_pc is passed
  input  logic [15:0] next_pc,
  input  logic        unwinds,
  // The debugger's commands and writes of registers
  input  logic        halt, resume, single_step, pass,
  input  logic        write_status, write_pass,
  input  logic [16:0] write_data,

  output logic        boundary,        // an instruction would begin
  output logic        stops, interrupts, passes_brk,
  output logic [2:0]  line,            // of the interrupt
  output logic        executing,       // the instruction is neither stopped, interrupted, nor a BRK that is passed over
  output logic        tick,            // the cycle counter advances
  output logic        halted, started,
  output logic [2:0]  status,
  output logic        pass_valid,
  output logic [15:0] pass_pc
);
  // Why the core stands still
  localparam [2:0] RUNNING = 3'd0;
  localparam [2:0] EXITED = 3'd1;
  localparam [2:0] FAULTED = 3'd2;
  localparam [2:0] AT_BRK = 3'd3;
  localparam [2:0] AT_BREAKPOINT = 3'd4;
  localparam [2:0] HALTED = 3'd5;
  localparam [2:0] STEPPED = 3'd6;

  logic       refilling, stepping, stepped, halt_wanted, at_passed;
  logic [2:0] stop_status;
  assign halted = status != RUNNING;
  assign started = resume && halted && status != EXITED && status != FAULTED;
  always_comb begin
    boundary = asked && first;
    interrupts = 1'b0;
    stops = 1'b0;
    passes_brk = 1'b0;
    stop_status = HALTED;
    at_passed = 1'b0;
    if (pass_valid) at_passed = pass_pc == pc;
    line = 'x;
    if (takeable != 8'd0) begin
      if (takeable[0]) line = 3'd0;
      else if (takeable[1]) line = 3'd1;
      else if (takeable[2]) line = 3'd2;
      else if (takeable[3]) line = 3'd3;
      else if (takeable[4]) line = 3'd4;
      else if (takeable[5]) line = 3'd5;
      else if (takeable[6]) line = 3'd6;
      else line = 3'd7;
    end
    executing = asked;
    // The counter stands still in a stop, while the pipeline fills after one, and for a BRK that is passed over.
    tick = !halted && !(refilling && !valid);
    if (boundary) begin
      if (halt_wanted || stepped) begin
        stops = 1'b1;
        stop_status = stepped ? STEPPED : HALTED;
      end else if (ie && !reissue && takeable != 8'd0) begin
        interrupts = 1'b1;
        executing = 1'b0;
      end else if (breakpoint && !reissue && !at_passed) begin
        stops = 1'b1;
        stop_status = AT_BREAKPOINT;
      end else if (brk && !reissue) begin
        stops = !at_passed;
        passes_brk = at_passed;
        stop_status = AT_BRK;
      end
      if (stops || passes_brk) begin
        executing = 1'b0;
        tick = 1'b0;
      end
    end
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      status <= HALTED;
      refilling <= 1'b0;
      stepping <= 1'b0;
      stepped <= 1'b0;
      halt_wanted <= 1'b0;
      pass_valid <= 1'b0;
      pass_pc <= 16'd0;
    end else begin
      if ((executing && first && at_passed) || passes_brk) pass_valid <= 1'b0;
      if (pass_next) begin
        pass_valid <= 1'b1;
        pass_pc <= next_pc;
      end
      if (unwinds) pass_valid <= 1'b0;
      if (valid) refilling <= 1'b0;
      if (halt) halt_wanted <= 1'b1;
      if (record && stepping) stepped <= 1'b1;
      if (stops) status <= stop_status;
      if (exits) status <= EXITED;
      if (fails) status <= FAULTED;
      if (halted) begin
        halt_wanted <= 1'b0;
        stepped <= 1'b0;
        if (started) begin
          status <= RUNNING;
          refilling <= 1'b1;
          stepping <= single_step;
          if (pass) begin
            pass_valid <= 1'b1;
            pass_pc <= pc;
          end
        end
        if (write_status) status <= write_data[2:0];
        if (write_pass) begin
          pass_valid <= write_data[16];
          pass_pc <= write_data[15:0];
        end
      end
    end
  end
endmodule
