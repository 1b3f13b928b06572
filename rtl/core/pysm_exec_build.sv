// Execute: instructions that make objects. Step 0 asks for the block, step 1 takes it or traps, and writes the new header,
// which reads the old one with its link; then the content follows, one word a cycle. BLIST makes two blocks.
`include "pysm_words.svh"
`include "pysm_action.svh"

module pysm_exec_build (
  input  logic        clk, rst,
`include "pysm_exec_ports.svh"
  input  logic [71:0] g,             // NEW: the CLASS word
  input  logic [15:0] tag_row,       // TROW register of the tag that is made
  // The allocator
  output logic        asks,
  output logic [15:0] words, second_words,
  input  logic [15:0] given_words,
  input  logic [3:0]  size_class,
  input  logic [15:0] size,
  input  logic [15:0] address,
  input  logic        available,
  output logic        take,
`include "pysm_action_ports.svh"
);
  logic [5:0]  count;               // words from the stack
  logic [11:0] frame;               // MKGEN: words of the frame
  logic [10:0] items;               // first of them
  logic [15:0] storage, row;
  logic        list, generator, huge;
  always_comb begin
    {list, generator, frame, count, items, storage, huge, second_words, row, words} = 'x;
    if (active) begin
      list = op == `PYSM_OP_BLIST;
      generator = op == `PYSM_OP_MKGEN;
      frame = sp - fp;
      count = 6'd0;
      if (op == `PYSM_OP_BTUP || list || op == `PYSM_OP_MKCLO) count = word[5:0];
      if (generator) count = frame[5:0];
      items = generator ? fp[10:0] : sp_popped[10:0] - {5'd0, count};
      storage = count > 6'd4 ? {10'd0, count} + 16'd1 : 16'd5;
      huge = op == `PYSM_OP_ALLOC && `BITS(a) > `PYSM_MEMORY_DATA;
      second_words = list && step < 6'd2 ? storage : 16'd0;
      row = tag_row;
      case (op)
        `PYSM_OP_NEW: begin
          words = `CLASS_WORDS(g) == 8'd0 ? 16'd1 : {8'd0, `CLASS_WORDS(g)};
          row = `CLASS_ROW(g);
        end
        `PYSM_OP_BTUP: words = {10'd0, count} + 16'd1;
        `PYSM_OP_MKCLO: words = {10'd0, count} + 16'd2;
        `PYSM_OP_ALLOC: begin
          words = a[15:0];
          row = 16'd0;
        end
        `PYSM_OP_MKGEN: words = {10'd0, count} + 16'd3;
        `PYSM_OP_BLIST: words = `LIST_WORDS;
        default: words = 16'd2;  // MKCELL
      endcase
      if (list && step >= 6'd2) begin
        words = storage;
        row = 16'd0;
      end
    end
  end

  // The blocks, from the step after they were taken
  logic [15:0] block, items_block;
  logic [15:0] capacity;
  always_ff @(posedge clk) begin
    if (rst) begin
      block <= 16'd0;
      items_block <= 16'd0;
      capacity <= 16'd0;
    end else begin
      if (step == 6'd1) block <= address;
      if (step == 6'd3) begin
        items_block <= address;
        capacity <= size - 16'd1;
      end
    end
  end

  // Where the words from the stack go: `ahead` steps before the first of them is written its read is asked for.
  logic [5:0]  first_write, sent, asked;
  logic [71:0] header, reference;
  logic [5:0]  last_step;
  logic        wrong;
  always_comb begin
    {first_write, sent, asked, header, reference, last_step, wrong} = 'x;
    if (active) begin
      case (op)
        `PYSM_OP_BTUP: first_write = 6'd2;
        `PYSM_OP_MKCLO: first_write = 6'd3;
        `PYSM_OP_MKGEN: first_write = 6'd4;
        default: first_write = 6'd5;
      endcase
      sent = step - first_write;
      asked = step + 6'd1 - first_write;
      header = {`PYSM_TAG_HDR, 64'd0};
      header[`PYSM_HDR_ROW_LOW +: `PYSM_HDR_ROW_WIDTH] = row;
      header[`PYSM_HDR_LENGTH_LOW +: `PYSM_HDR_LENGTH_WIDTH] = {8'd0, given_words};
      header[`PYSM_HDR_SIZE_CLASS_LOW +: `PYSM_HDR_SIZE_CLASS_WIDTH] = size_class;
      reference = 72'd0;
      reference[`PYSM_REF_ADDRESS_LOW +: `PYSM_REF_ADDRESS_WIDTH] = {8'd0, block};
      reference[`PYSM_REF_ROW_LOW +: `PYSM_REF_ROW_WIDTH] = row;
      wrong = 1'b0;
      case (op)
        `PYSM_OP_NEW: begin
          `TAG(reference) = `PYSM_TAG_OBJ;
          last_step = 6'd`PYSM_CYCLES_NEW_DONE - 6'd1;
          wrong = `TAG(g) != `PYSM_TAG_CLASS;
        end
        `PYSM_OP_BTUP: begin
          `TAG(reference) = `PYSM_TAG_TUPLE;
          reference[`PYSM_REF_LENGTH_LOW +: 6] = count;
          last_step = 6'd`PYSM_CYCLES_BTUP_DONE - 6'd1 + count;
        end
        `PYSM_OP_BLIST: begin
          `TAG(reference) = `PYSM_TAG_LIST;
          reference[`PYSM_REF_ROW_LOW +: `PYSM_REF_ROW_WIDTH] = tag_row;
          last_step = 6'd`PYSM_CYCLES_BLIST_DONE - 6'd1 + count;
        end
        `PYSM_OP_MKCLO: begin
          `TAG(reference) = `PYSM_TAG_CLOSURE;
          last_step = 6'd`PYSM_CYCLES_MKCLO_DONE - 6'd1 + count;
          wrong = `TAG(a) != `PYSM_TAG_FUNC;
        end
        `PYSM_OP_MKCELL: begin
          `TAG(reference) = `PYSM_TAG_CELL;
          last_step = 6'd`PYSM_CYCLES_MKCELL_DONE - 6'd1;
        end
        `PYSM_OP_ALLOC: begin
          reference = {`PYSM_TAG_RAW, 48'd0, block};
          last_step = 6'd`PYSM_CYCLES_ALLOC_DONE - 6'd1;
          wrong = `TAG(a) != `PYSM_TAG_INT;
        end
        default: begin
          `TAG(reference) = `PYSM_TAG_GEN;
          last_step = 6'd`PYSM_CYCLES_MKGEN_DONE - 6'd1 + count;
        end
      endcase
    end
  end

  logic [11:0] base;
  always_comb begin
    base = 'x;
    asks = 1'b0;
    take = 1'b0;
    `PYSM_NO_ACTION
    if (active) begin
      base = `ENTRY_HOLE(entry) ? fp - 12'd1 : fp;
      asks = step == 6'd0 || (list && step == 6'd2);
      act.kind = `KIND_RETRY;
      info.system = 1'b1;
      info.operation = 6'd`PYSM_CAUSE_ALLOCATE;
      at.sr_addr = items + {5'd0, asked};
      act.fault_code = `PYSM_FAULT_WRONG_TAG;
      act.fault = wrong;
      if (op == `PYSM_OP_ALLOC && !wrong && $signed(`BITS(a)) < 64'sd1) begin
        act.fault = 1'b1;
        act.fault_code = `PYSM_FAULT_FIELD;
      end
      if (generator && frame > 12'd32) begin
        act.fault = 1'b1;
        act.fault_code = `PYSM_FAULT_FIELD;
      end else if (generator && (rsp == 11'd0 || `ENTRY_KIND(entry) == `KIND_GEN)) begin
        act.fault = 1'b1;
        act.fault_code = `PYSM_FAULT_RESUME;
      end
      if (step == 6'd1 || (list && step == 6'd3)) begin
        act.trap = step == 6'd1 && (!available || huge);
        take = !act.trap && !act.fault;
        act.dw = 1'b1;
        at.base = address;
        made = header;
        if (take && {1'b0, address} + {1'b0, size} > 17'd`PYSM_MEMORY_DATA) begin
          act.fault = 1'b1;
          act.fault_code = `PYSM_FAULT_ADDRESS;
        end
      end else if (step >= first_write && sent < count) begin
        act.dw = 1'b1;
        act.dw_s = 1'b1;
        at.base = list ? items_block : block;
        at.offset = {20'd0, sent} + (list ? 26'd0 : {20'd0, first_write} - 26'd2);
        act.da_next = 1'b1;
      end else begin
        at.base = block;
        act.da_next = 1'b1;
        case (op)
          `PYSM_OP_BLIST:
            if (step == 6'd4) begin
              act.dw = 1'b1;
              made = {`PYSM_TAG_RAW, 64'd0};
              made[`PYSM_LIST_ADDRESS_LOW +: `PYSM_LIST_ADDRESS_WIDTH] = {8'd0, items_block} + 24'd1;
              made[`PYSM_LIST_LENGTH_LOW +: 6] = count;
              made[`PYSM_LIST_CAPACITY_LOW +: `PYSM_LIST_CAPACITY_WIDTH] = capacity;
            end
          `PYSM_OP_MKCLO, `PYSM_OP_MKCELL:
            if (step == 6'd2) begin
              act.dw = 1'b1;
              act.dw_a = 1'b1;
            end
          `PYSM_OP_MKGEN: begin
            if (step == 6'd2) begin
              act.dw = 1'b1;
              made = {`PYSM_TAG_RAW, 64'd0};
              `GEN_PC(made) = pc + 16'd1;
              `GEN_WORDS(made) = {2'd0, count};
              `GEN_STATE(made) = `GEN_FRESH;
            end
            if (step == 6'd3) begin
              act.dw = `ENTRY_HOLE(entry);
              at.offset = 26'd1;
              act.dw_s = 1'b1;
            end
          end
          default: ;
        endcase
      end
      // The reads that the writes of the next cycle need; MKGEN reads the environment first.
      act.sr = step + 6'd1 >= first_write && asked < count;
      if (generator && step == 6'd2) begin
        act.sr = 1'b1;
        at.sr_addr = fp[10:0] - 11'd1;
      end

      act.done = step == last_step;
      act.sw = act.done && put;
      if (act.done) made = reference;
      if (generator) begin
        // MKGEN returns the generator from its function.
        act.sw = act.done && `ENTRY_KIND(entry) == `KIND_CALL && !`ENTRY_DROP(entry);
        act.sw_own = 1'b1;
        at.sw_addr = base[10:0];
        act.rr_made = 1'b1;
        act.rr_set = act.done && (`ENTRY_KIND(entry) == `KIND_RESUME || `ENTRY_KIND(entry) == `KIND_REDIRECT ||
                                  `ENTRY_KIND(entry) == `KIND_BASE);
        act.exit = act.done && `ENTRY_KIND(entry) == `KIND_BASE;
        act.ie_set = act.done && `ENTRY_KIND(entry) == `KIND_IRQ;
        act.ie = `ENTRY_IE(entry);
        act.pass_set = act.done && `ENTRY_KIND(entry) == `KIND_RETRY;
        act.h_set = act.done && `ENTRY_KIND(entry) != `KIND_BASE;
        info.h = `ENTRY_HANDLER(entry);
        act.redirect = step == last_step - 6'd2 && `ENTRY_KIND(entry) != `KIND_BASE;
        go.pc = `ENTRY_PC(entry);
        go.fp = `ENTRY_FP(entry);
        go.sp = `ENTRY_KIND(entry) != `KIND_CALL ? fp : `ENTRY_DROP(entry) ? base : base + 12'd1;
        go.rsp = rsp - 11'd1;
        go.rrv = `ENTRY_KIND(entry) == `KIND_RESUME || `ENTRY_KIND(entry) == `KIND_REDIRECT ? 2'd1 : 2'd0;
      end
    end
  end
endmodule
