// Execute: the I/O space.
`include "pysm_words.svh"
`include "pysm_action.svh"

module pysm_exec_io (
`include "pysm_exec_ports.svh"
  input  logic [63:0] io_rdata,
  input  logic        io_bad,
  input  logic [31:0] pin_seen,
  output logic        io_req, io_write,
  output logic [63:0] io_addr, io_wdata,
`include "pysm_action_ports.svh"
);
  // Samples of WAITP
  localparam [5:0] SAMPLES = 6'd32;

  logic signed [9:0] imm;
  logic        address_a, value_ok, pin_exists, level;
  logic [71:0] value;
  always_comb begin
    {imm, address_a, value, value_ok, pin_exists, level, io_addr, io_wdata, io_write, io_req} = 'x;
    if (active) begin
      imm = {word[23:21], word[6:0]};
      address_a = `IS_INT(`TAG(a)) || `TAG(a) == `PYSM_TAG_RAW;
      value = op == `PYSM_OP_IOWI ? a : b;
      value_ok = `IS_INT(`TAG(value));
      pin_exists = `BITS(a) < `PYSM_PINS;
      level = pin_seen[a[4:0]];
      io_addr = op == `PYSM_OP_IOWI || op == `PYSM_OP_IORI ? {{54{imm[9]}}, imm} : `BITS(a);
      io_wdata = `BITS(value);
      io_write = op == `PYSM_OP_IOW || op == `PYSM_OP_IOWI;
      case (op)
        `PYSM_OP_IOW: io_req = address_a && value_ok;
        `PYSM_OP_IOWI: io_req = value_ok;
        `PYSM_OP_IOR: io_req = address_a;
        `PYSM_OP_IORI: io_req = 1'b1;
        default: io_req = 1'b0;
      endcase
    end
  end

  always_comb begin
    `PYSM_NO_ACTION
    if (active) begin
      act.kind = `KIND_RESUME;
      act.fault_code = `PYSM_FAULT_WRONG_TAG;
      made = {`PYSM_TAG_INT, io_rdata};
      case (op)
        `PYSM_OP_IOW: begin
          act.done = 1'b1;
          act.fault = !address_a;
          act.trap = !value_ok;
          info.operation = 6'd`PYSM_TRAP_IO_VALUE;
          act.pushes = 2'd2;
        end
        `PYSM_OP_IOWI: begin
          act.done = 1'b1;
          act.trap = !value_ok;
          info.operation = 6'd`PYSM_TRAP_IO_VALUE;
          act.pushes = 2'd1;
        end
        `PYSM_OP_IOR: begin
          act.done = 1'b1;
          act.fault = !address_a;
          act.sw = put;
        end
        `PYSM_OP_IORI: begin
          act.done = 1'b1;
          act.sw = put;
        end
        default: begin  // IOB, WAITP
          act.fault = !value_ok || !address_a || !pin_exists;
          if (value_ok && address_a) act.fault_code = `PYSM_FAULT_IO_ADDRESS;
          if (op == `PYSM_OP_IOB) begin
            act.done = 1'b1;
            act.branch = 1'b1;
            act.taken = {63'd0, level} == `BITS(b);
          end else begin
            // Unsuccessful, it is issued again, with its operands where they were.
            act.done = (step < SAMPLES && {63'd0, level} == `BITS(b)) ||
                       step == 6'd`PYSM_CYCLES_WAITP_WAITED - 6'd1;
            if (step == 6'd`PYSM_CYCLES_WAITP_WAITED - 6'd3) begin
              act.redirect = {63'd0, level} != `BITS(b);
            end
            act.pass_set = step == 6'd`PYSM_CYCLES_WAITP_WAITED - 6'd1;
            go.pc = pc;
            go.fp = fp;
            go.sp = sp;
            go.rsp = rsp;
          end
        end
      endcase
      if (io_req && io_bad) begin
        act.fault = 1'b1;
        act.fault_code = `PYSM_FAULT_IO_ADDRESS;
      end
    end
  end
endmodule
