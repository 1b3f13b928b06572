// What the core keeps for its host to look at: counters, the highest SP, how the program ended. And the state space of the
// debug block: all registers of the core by number (see docs/core.md), of which these are written here and the others
// where they are.
`include "pysm_words.svh"

module pysm_status (
  input  logic        clk, rst,
  // What happens in this cycle
  input  logic        tick,              // it counts
  input  logic        begins,            // an instruction begins
  input  logic        record,            // a retire record is made
  input  logic        new_frame,         // a frame begins that ends at `frame_end`
  input  logic [11:0] frame_end,
  input  logic        exits,
  input  logic [9:0]  exit_now,          // the exit code
  input  logic        fails,
  input  logic [3:0]  fault_now,
  input  logic [31:0] detail_now,
  // Registers that others hold
  input  logic [2:0]  status,
  input  logic [15:0] pc, handler, hbase,
  input  logic [11:0] sp, fp,
  input  logic [10:0] rsp,
  input  logic [1:0]  rrv,
  input  logic [71:0] rr,
  input  logic        overflow, ie,
  input  logic        pass_valid,
  input  logic [15:0] pass_pc,
  // The debugger's access, `write` only in a stop
  input  logic [7:0]  number,
  input  logic        read, write,
  input  logic [63:0] write_data,
  output logic [71:0] value,

  output logic [63:0] cycle,
  output logic [63:0] retired,           // instructions that have begun
  output logic [63:0] order,             // retire records
  output logic [15:0] code_words         // words of code: a pc beyond is wild
);
  logic [11:0] peak;
  logic [9:0]  exit_code;
  logic [3:0]  fault_code;
  logic [31:0] fault_detail;
  // A frame's end may come out of a memory: it is compared a cycle later.
  logic        compares;
  logic [11:0] compared;

  always_ff @(posedge clk) begin
    if (rst) begin
      cycle <= 64'd0;
      retired <= 64'd0;
      order <= 64'd0;
      peak <= 12'd0;
      compares <= 1'b0;
      compared <= 12'd0;
      exit_code <= 10'd0;
      fault_code <= 4'd0;
      fault_detail <= 32'd0;
      code_words <= 16'd0;
    end else begin
      if (tick) cycle <= cycle + 64'd1;
      if (begins) retired <= retired + 64'd1;
      if (record) order <= order + 64'd1;
      compares <= new_frame;
      compared <= frame_end;
      if (compares) if (compared > peak) peak <= compared;
      if (exits) exit_code <= exit_now;
      if (fails) begin
        fault_code <= fault_now;
        fault_detail <= detail_now;
      end
      if (write) begin
        case (number)
          8'd9: cycle <= write_data;
          8'd10: retired <= write_data;
          8'd11: exit_code <= write_data[9:0];
          8'd12: fault_code <= write_data[3:0];
          8'd13: fault_detail <= write_data[31:0];
          8'd14: code_words <= write_data[15:0];
          8'd17: peak <= write_data[11:0];
          default: ;
        endcase
      end
    end
  end

  always_comb begin
    value = 'x;
    if (read) begin
      case (number)
        8'd1: value = {69'd0, status};
        8'd2: value = {56'd0, pc};
        8'd3: value = {60'd0, sp};
        8'd4: value = {60'd0, fp};
        8'd5: value = {56'd0, handler};
        8'd6: value = {61'd0, rsp};
        8'd7: value = rr;
        8'd8: value = {70'd0, rrv};
        8'd9: value = {8'd0, cycle};
        8'd10: value = {8'd0, retired};
        8'd11: value = {62'd0, exit_code};
        8'd12: value = {68'd0, fault_code};
        8'd13: value = {40'd0, fault_detail};
        8'd14: value = {56'd0, code_words};
        8'd15: value = {56'd0, hbase};
        8'd16: value = {71'd0, overflow};
        8'd17: value = {60'd0, peak};
        8'd18: value = {55'd0, pass_valid, pass_pc};
        8'd19: value = {71'd0, ie};
        default: value = 72'd0;
      endcase
    end
  end
endmodule
