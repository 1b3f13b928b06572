// The probe of the dispatch table that attribute instructions and CALLM share: where the entry is, and what it means once it
// is out. Phase 0 asks for it; an OBJX has its row in its header, which is read in the cycles before.
// Combinational, but for what is kept of the place from one cycle to the next.
`include "pysm_words.svh"

module pysm_probe (
  input  logic        clk, rst,
  input  logic        asked,       // zeros otherwise
  input  logic [11:0] attribute,
  input  logic [5:0]  step,
  input  logic [7:0]  tag,         // of the word whose attribute it is, and what may be its row
  input  logic [15:0] ref_row, class_row, header_row, tag_row,
  input  logic [27:0] key_q,       // {slot, kind, attribute} of the entry that was read last
  output logic        in_header,
  output logic [5:0]  phase,       // negative before the probe
  output logic [10:0] index,       // of the entry
  output logic [25:0] slot_offset, // of the slot from the object's header, in words
  output logic [3:0]  kind,
  output logic        hit,         // the entry holds this attribute
  output logic        slot,        // ... in the object itself
  // The same, kept: from phase 2 on
  output logic [25:0] was_offset,
  output logic [3:0]  was_kind,
  output logic        was_hit, was_slot
);
  logic [16:0] row, place;
  logic        there;              // the entry lies in the table; what lies beyond it is a miss
  always_comb begin
    {in_header, phase, row, place, index, slot_offset, kind, hit, slot} = '0;
    if (asked) begin
      in_header = tag == `PYSM_TAG_OBJX;
      phase = in_header ? step - 6'd`PYSM_TIMING_HEADER_ROW : step;
      if (in_header) row = {1'b0, header_row};
      else if (tag[7]) row = {1'b0, ref_row};
      else if (tag == `PYSM_TAG_CLASS) row = {1'b0, class_row};
      else row = {1'b0, tag_row};
      place = row + {5'd0, attribute};
      index = place[10:0];
      slot_offset = {14'd0, key_q[27:16]};
      kind = key_q[15:12];
      hit = there && key_q[11:0] == attribute && kind != `PYSM_DISPATCH_EMPTY;
      slot = hit && (kind == `PYSM_DISPATCH_SLOT || kind == `PYSM_DISPATCH_SLOT_ELSE_CLASS) && tag[7];
    end
  end
  logic [11:0] kept_slot;
  assign was_offset = {14'd0, kept_slot};
  always_ff @(posedge clk) begin
    if (rst) begin
      there <= 1'b0;
      kept_slot <= 12'd0;
      was_kind <= 4'd0;
      was_hit <= 1'b0;
      was_slot <= 1'b0;
    end else if (asked) begin
      there <= place < `PYSM_MEMORY_DISPATCH;
      if (phase == 6'd1) begin
        kept_slot <= key_q[27:16];
        was_kind <= kind;
        was_hit <= hit;
        was_slot <= slot;
      end
    end
  end
endmodule
