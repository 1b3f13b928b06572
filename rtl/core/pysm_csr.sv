// Control and status registers: those that are nobody else's (limits, interrupt vectors, rows of the tags), and the value
// of any of them for CSRR and the debugger.
`include "pysm_words.svh"

module pysm_csr (
  input  logic        clk, rst,
  input  logic [7:0]  op,             // of the instruction in execute
  input  logic [4:0]  tag_number,     // of its operand a
  input  logic        rows,           // it looks at `tag_row`
  input  logic        halted,
  input  logic [16:0] number,
  output logic [63:0] value,
  input  logic        write,
  input  logic [63:0] wdata,
  // Registers that others hold
  input  logic [15:0] htop, hlim, hpeak, free_value,
  input  logic [63:0] retired,
  input  logic        ie,
  input  logic [31:0] irq_pending,
  // Registers that are held here
  output logic [11:0] slim,
  output logic signed [12:0] slim_frames,  // where frames end at the latest: their operand words lie below SLIM
  output logic [10:0] rlim,
  output logic [15:0] tag_row,        // TROW of the tag that the instruction makes, else of operand a
  output logic [7:0]  ivec_set,       // lines with a handler
  input  logic [2:0]  line,
  output logic [15:0] line_entry,     // the handler of `line`
  output logic [7:0]  line_frame
);
  localparam [7:0] TAG_TUPLE = `PYSM_TAG_TUPLE;
  localparam [7:0] TAG_LIST = `PYSM_TAG_LIST;
  localparam [7:0] TAG_CLOSURE = `PYSM_TAG_CLOSURE;
  localparam [7:0] TAG_CELL = `PYSM_TAG_CELL;
  localparam [7:0] TAG_GEN = `PYSM_TAG_GEN;

  logic [63:0] ivec [0:7];
  logic [15:0] trow [0:31];

  logic       is_free, is_ivec, is_trow, reads;
  logic [4:0] row_tag;
  always_comb begin
    {is_free, is_ivec, is_trow, row_tag, tag_row} = 'x;
    reads = halted || op == `PYSM_OP_CSRR;
    if (reads || op == `PYSM_OP_CSRW) begin
      is_free = number >= `PYSM_CSR_FREE && number < `PYSM_CSR_FREE + 16;
      is_ivec = number >= `PYSM_CSR_IVEC && number < `PYSM_CSR_IVEC + `PYSM_INTERRUPT_LINES;
      is_trow = number >= `PYSM_CSR_TROW && number < `PYSM_CSR_TROW + 32;
    end
    // TROW has one read port: for the tag that is made, that of the operand, or the register that is read.
    if (rows || reads) begin
      case (op)
        `PYSM_OP_BTUP: row_tag = TAG_TUPLE[4:0];
        `PYSM_OP_BLIST: row_tag = TAG_LIST[4:0];
        `PYSM_OP_MKCLO: row_tag = TAG_CLOSURE[4:0];
        `PYSM_OP_MKCELL: row_tag = TAG_CELL[4:0];
        `PYSM_OP_MKGEN: row_tag = TAG_GEN[4:0];
        default: row_tag = tag_number;
      endcase
      if (reads) row_tag = number[4:0];
      tag_row = trow[row_tag];
    end
    line_entry = `FUNC_ENTRY(ivec[line]);
    line_frame = `FUNC_FRAME(ivec[line]);
  end

  always_comb begin
    value = 'x;
    if (reads) begin
      if (is_free) value = {48'd0, free_value};
      else if (is_ivec) value = ivec_set[number[2:0]] ? ivec[number[2:0]] : 64'd0;
      else if (is_trow) value = {48'd0, tag_row};
      else begin
        case (number)
          `PYSM_CSR_SLIM: value = {52'd0, slim};
          `PYSM_CSR_RLIM: value = {53'd0, rlim};
          `PYSM_CSR_HTOP: value = {48'd0, htop};
          `PYSM_CSR_HLIM: value = {48'd0, hlim};
          // The instruction that reads counts itself.
          `PYSM_CSR_INSTRET: value = retired + {63'd0, !halted};
          `PYSM_CSR_IE: value = {63'd0, ie};
          `PYSM_CSR_IPEND: value = {32'd0, irq_pending};
          `PYSM_CSR_HPEAK: value = {48'd0, hpeak};
          default: value = 64'd0;
        endcase
      end
    end
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      slim <= 12'd0;
      slim_frames <= -13'sd`PYSM_OPERAND_WORDS;
      rlim <= 11'd0;
      ivec_set <= 8'd0;
    end else if (write) begin
      if (is_ivec) ivec_set[number[2:0]] <= wdata != 64'd0;
      if (number == `PYSM_CSR_SLIM) begin
        slim <= wdata[11:0];
        slim_frames <= $signed({1'b0, wdata[11:0]}) - 13'sd`PYSM_OPERAND_WORDS;
      end
      if (number == `PYSM_CSR_RLIM) rlim <= wdata[10:0];
    end
  end
  // Small memories, which have no reset: the loader writes every TROW, and an IVEC counts only where ivec_set says so.
  always_ff @(posedge clk) begin
    if (write) begin
      if (is_ivec) ivec[number[2:0]] <= wdata;
      if (is_trow) trow[number[4:0]] <= wdata[15:0];
    end
  end
endmodule
