// Execute: items of containers - LDX, STX, DELX, LEN, LAPP, UNPACK, GETITER, and FORITER over what is no generator.
`include "pysm_words.svh"
`include "pysm_action.svh"

module pysm_exec_items (
`include "pysm_exec_ports.svh"
  input  logic        reissue,     // a is the handler's result
  input  logic        overflows,   // UNPACK: the items do not fit the stack memory
  input  logic [71:0] data_q,
`include "pysm_action_ports.svh"
);
  function automatic [7:0] byte_of(input [63:0] w, input [2:0] n);
    byte_of = 8'(w >> {n, 3'd0});
  endfunction

  function automatic [63:0] with_byte(input [63:0] w, input [2:0] n, input [7:0] value);
    with_byte = (w & ~(64'hff << {n, 3'd0})) | ({56'd0, value} << {n, 3'd0});
  endfunction

  // Descriptor of a list or bytearray: in the temporary from step 2 on.
  logic [71:0] container;
  logic [23:0] length;
  logic [63:0] index;
  logic        ok;
  logic [23:0] position;
  logic        described, is_tuple, is_text, is_bytes, is_str7;
  always_comb begin
    {container, length, index, described, is_tuple, is_text, is_bytes, is_str7} = 'x;
    if (active) begin
      container = op == `PYSM_OP_FORITER ? b : a;
      described = `TAG(container) == `PYSM_TAG_LIST || `TAG(container) == `PYSM_TAG_BYTEARRAY;
      is_tuple = `TAG(container) == `PYSM_TAG_TUPLE;
      is_bytes = `TAG(container) == `PYSM_TAG_BYTES;
      is_text = `TAG(container) == `PYSM_TAG_STR;
      is_str7 = `TAG(container) == `PYSM_TAG_STR7;
      index = op == `PYSM_OP_FORITER ? `BITS(c) : `BITS(b);
      if (described) length = `LIST_LENGTH(t);
      else if (is_str7) length = {16'd0, container[7:0]};
      else if (is_text) length = {1'b0, container[`PYSM_STR_WIDE_BIT-1:`PYSM_REF_LENGTH_LOW]};
      else length = `REF_LENGTH(container);
    end
  end
  pysm_position positioner (.index(index), .length(length), .ok(ok), .position(position));

  logic [5:0]  items;          // UNPACK
  logic        byte_value, in_range, tuple_ok, unpack_ok;
  logic [10:0] group_next;
  logic [63:0] bytes_word;
  logic [2:0]  byte_number;
  logic [7:0]  byte_read;
  always_comb begin
    {items, byte_value, in_range, tuple_ok, unpack_ok, group_next, bytes_word, byte_number, byte_read} = 'x;
    if (active) begin
      items = word[5:0];
      byte_value = `IS_INT(`TAG(c)) && c[63:8] == 56'd0;
      tuple_ok = `REF_LENGTH(a) == {18'd0, items};
      // In step 1 the descriptor is just coming out of the memory: what is asked of it then has a comparison of its own.
      if (step == 6'd1 && described) begin
        unpack_ok = `LIST_LENGTH(data_q) == {18'd0, items};
        in_range = index[63:24] == 40'd0 && index[23:0] < `LIST_LENGTH(data_q);
      end else begin
        unpack_ok = length == {18'd0, items};
        // An index from the front is the position.
        in_range = ok && !index[63];
      end
      // The one byte of a container of bytes that an instruction reads or changes
      bytes_word = is_str7 ? `BITS(a) : is_text || is_bytes ? `BITS(t) : `BITS(data_q);
      byte_number = is_str7 ? position[2:0] + 3'd1 : position[2:0];
      byte_read = byte_of(bytes_word, byte_number);
      group_next = fp[10:0] + {4'd0, word[6:0]} + 11'd1;
    end
  end

  always_comb begin
    `PYSM_NO_ACTION
    if (active) if (op != `PYSM_OP_FORITER || `TAG(b) != `PYSM_TAG_GEN) begin
      act.kind = `KIND_RESUME;
      act.fault_code = `PYSM_FAULT_WRONG_TAG;
      act.sw_q = 1'b1;
      // The descriptor, or the first of the items
      act.da_a = op != `PYSM_OP_FORITER;
      act.da_b = op == `PYSM_OP_FORITER;
      act.da_next = 1'b1;
      case (op)
        `PYSM_OP_LDX: begin
          info.operation = 6'd`PYSM_TRAP_LOAD_ITEM;
          act.pushes = 2'd2;
          if (!`IS_INT(`TAG(b)) || !(described || is_tuple || is_bytes || is_str7 ||
                                     (is_text && !a[`PYSM_STR_WIDE_BIT])))
            act.trap = step == 6'd`PYSM_FOUND_LDX_LOAD_ITEM - 6'd1;
          else if (`TAG(a) == `PYSM_TAG_LIST) begin
            case (step)
              6'd0: act.dr = 1'b1;
              6'd1: begin
                act.fault = `TAG(data_q) != `PYSM_TAG_RAW;
                act.t_set = 1'b1;
                act.dr = 1'b1;
                act.ds = 1'b1;
                act.da_a = 1'b0;
                act.da_next = 1'b0;
                act.da_q = 1'b1;
                at.offset = {2'b00, index[23:0]};
              end
              6'd2: begin
                act.trap = !ok;
                act.dr = index[63];
                act.da_a = 1'b0;
                act.da_t = 1'b1;
                act.da_next = 1'b0;
                at.offset = {2'b00, position};
                act.checks = ok && !index[63];
                act.done = !index[63];
                act.sw = act.done && put;
              end
              default: begin
                act.done = 1'b1;
                act.sw = put;
              end
            endcase
          end else if (is_tuple) begin
            at.offset = {2'b00, position};
            act.dr = step == 6'd0;
            act.ds = !ok;
            act.done = ok && step == 6'd`PYSM_CYCLES_LDX_TUPLE - 6'd1;
            act.sw = act.done && put;
            act.trap = !ok && step == 6'd`PYSM_FOUND_LDX_LOAD_ITEM - 6'd1;
          end else if (is_str7) begin
            act.done = ok;
            act.sw = ok && put;
            act.sw_q = 1'b0;
            made = {`PYSM_TAG_STR7, 48'd0, byte_read, 8'd1};
            act.trap = !ok && step == 6'd`PYSM_FOUND_LDX_LOAD_ITEM - 6'd1;
          end else if (!described) begin
            at.offset = {5'd0, position[23:3]};
            act.dr = step == 6'd0;
            act.ds = !ok;
            act.t_set = step == 6'd1;
            act.trap = !ok && step == 6'd`PYSM_FOUND_LDX_LOAD_ITEM - 6'd1;
            act.done = ok && step == 6'd`PYSM_CYCLES_LDX_STR - 6'd1;
            act.sw = act.done && put;
            act.sw_q = 1'b0;
            made = is_text ? {`PYSM_TAG_STR7, 48'd0, byte_read, 8'd1} : {`PYSM_TAG_INT, 56'd0, byte_read};
          end else begin
            act.dr = step == 6'd0 || (step == 6'd2 && ok);
            act.t_set = step == 6'd1;
            act.fault = step == 6'd1 && `TAG(data_q) != `PYSM_TAG_RAW;
            if (step == 6'd2) begin
              act.da_a = 1'b0;
              act.da_t = 1'b1;
              act.da_next = 1'b0;
              at.offset = {5'd0, position[23:3]};
            end
            act.trap = step == 6'd2 && !ok;
            act.done = step == 6'd`PYSM_CYCLES_LDX_BYTEARRAY - 6'd1;
            act.sw = act.done && put;
            act.sw_q = 1'b0;
            made = {`PYSM_TAG_INT, 56'd0, byte_read};
          end
        end
        `PYSM_OP_STX: begin
          info.operation = 6'd`PYSM_TRAP_STORE_ITEM;
          act.pushes = 2'd3;
          if (!`IS_INT(`TAG(b)) || !described || (`TAG(a) == `PYSM_TAG_BYTEARRAY && !byte_value))
            act.trap = step == 6'd`PYSM_FOUND_STX_STORE_ITEM - 6'd1;
          else begin
            act.dr = step == 6'd0;
            act.t_set = step == 6'd1;
            act.fault = step == 6'd1 && `TAG(data_q) != `PYSM_TAG_RAW;
            act.done = step == 6'd`PYSM_CYCLES_STX_LIST - 6'd1;
            act.trap = step == 6'd2 && !ok;
            if (step >= 6'd2) begin
              act.da_a = 1'b0;
              act.da_t = 1'b1;
              act.da_next = 1'b0;
            end
            if (`TAG(a) == `PYSM_TAG_LIST) begin
              if (step == 6'd2) at.offset = {2'b00, position};
              act.dw = step == 6'd2 && ok;
              act.dw_c = 1'b1;
            end else begin
              if (step >= 6'd2) at.offset = {5'd0, position[23:3]};
              if (step == 6'd2) act.dr = ok;
              act.dw = step == 6'd3;
              made = {`TAG(data_q), with_byte(`BITS(data_q), byte_number, c[7:0])};
            end
          end
        end
        `PYSM_OP_DELX: begin
          act.trap = 1'b1;
          info.operation = 6'd`PYSM_TRAP_DELETE_ITEM;
          act.pushes = 2'd2;
        end
        `PYSM_OP_LEN: begin
          info.operation = 6'd`PYSM_TRAP_LEN;
          act.pushes = 2'd1;
          if (is_tuple || is_text || is_bytes || is_str7) begin
            act.done = 1'b1;
            act.sw = put;
            act.sw_q = 1'b0;
            made = {`PYSM_TAG_INT, 40'd0, length};
          end else if (described || `TAG(a) == `PYSM_TAG_DICT || `TAG(a) == `PYSM_TAG_SET) begin
            act.dr = step == 6'd0;
            act.t_set = step == 6'd1;
            act.fault = step == 6'd1 && `TAG(data_q) != `PYSM_TAG_RAW;
            act.done = step == 6'd`PYSM_CYCLES_LEN_LIST - 6'd1;
            act.sw = act.done && put;
            act.sw_q = 1'b0;
            made = {`PYSM_TAG_INT, 40'd0, `LIST_LENGTH(t)};
          end else act.trap = 1'b1;
        end
        `PYSM_OP_LAPP: begin
          info.operation = 6'd`PYSM_TRAP_APPEND;
          act.pushes = 2'd2;
          act.done = step == 6'd`PYSM_CYCLES_LAPP_ROOM - 6'd1;
          if (`TAG(a) == `PYSM_TAG_LIST) begin
            act.dr = step == 6'd0;
            act.t_set = step == 6'd1;
            act.fault = step == 6'd1 && `TAG(data_q) != `PYSM_TAG_RAW;
            act.trap = step == 6'd2 && `LIST_LENGTH(t) >= {8'd0, `LIST_CAPACITY(t)};
            act.dw = (step == 6'd2 && !act.trap) || step == 6'd3;
            act.dw_b = step == 6'd2;
            if (step == 6'd2) begin
              act.da_a = 1'b0;
              act.da_t = 1'b1;
              act.da_next = 1'b0;
              at.offset = {2'b00, `LIST_LENGTH(t)};
            end
            if (step == 6'd3) begin
              made = t;
              made[`PYSM_LIST_LENGTH_LOW +: `PYSM_LIST_LENGTH_WIDTH] = `LIST_LENGTH(t) + 24'd1;
            end
          end else act.trap = step == 6'd`PYSM_FOUND_LAPP_APPEND - 6'd1;
        end
        `PYSM_OP_UNPACK: begin
          info.operation = 6'd`PYSM_TRAP_UNPACK;
          act.pushes = 2'd1;
          act.sw_own = 1'b1;
          at.sw_addr = put_addr + {5'd0, step} - (is_tuple ? 11'd1 : 11'd3);
          if (is_tuple && tuple_ok) begin
            act.fault = overflows;
            act.fault_code = `PYSM_FAULT_STACK;
            act.dr = step < items;
            act.da_next = 1'b0;
            at.offset = {20'd0, items} - {20'd0, step};
            act.sw = step != 6'd0;
            act.done = step == items;
          end else if (reissue) begin
            act.fault = 1'b1;
            act.fault_code = `PYSM_FAULT_RESUME;
          end else if (`TAG(a) == `PYSM_TAG_LIST) begin
            act.dr = step == 6'd0 || (step >= 6'd2 && step < items + 6'd2);
            act.t_set = step == 6'd1;
            act.fault = step == 6'd1 && `TAG(data_q) != `PYSM_TAG_RAW;
            act.trap = step == 6'd1 && !unpack_ok && !act.fault;
            if (step >= 6'd2) begin
              act.da_a = 1'b0;
              act.da_t = 1'b1;
              at.offset = {20'd0, items} - {20'd0, step};
            end
            if (step == 6'd2 && overflows) begin
              act.fault = 1'b1;
              act.fault_code = `PYSM_FAULT_STACK;
            end
            act.sw = step >= 6'd3;
            act.done = step == items + 6'd2;
          end else act.trap = step == 6'd`PYSM_FOUND_UNPACK_UNPACK - 6'd1;
        end
        `PYSM_OP_GETITER: begin
          info.operation = 6'd`PYSM_TRAP_ITER;
          act.pushes = 2'd1;
          act.trap = !reissue && !(described || is_tuple || is_bytes || `TAG(a) == `PYSM_TAG_GEN);
          act.sw = 1'b1;
          act.sw_own = 1'b1;
          at.sw_addr = put_addr + {10'd0, step[0]};
          act.sw_q = 1'b0;
          act.sw_a = step == 6'd0;
          made = {`PYSM_TAG_INT, 64'd0};
          act.done = step == 6'd`PYSM_CYCLES_GETITER_LIST - 6'd1;
        end
        default: begin  // FORITER
          act.swaps = 1'b1;
          info.operation = 6'd`PYSM_TRAP_NEXT;
          act.pushes = 2'd1;
          if (!(described || is_tuple || is_bytes)) act.trap = 1'b1;
          else begin
            act.taken = 1'b1;
            if (step == 6'd0 && `TAG(c) != `PYSM_TAG_INT) act.fault = 1'b1;
            if (is_tuple) begin
              act.dr = step == 6'd0 && in_range;
              at.offset = {2'b00, index[23:0]};
              act.taken = in_range;
              act.done = step == 6'd1 || !in_range;
            end else if (is_bytes) begin
              act.dr = step == 6'd0;
              act.ds = !in_range;
              at.offset = {5'd0, index[23:3]};
              act.t_set = step == 6'd1;
                act.taken = in_range;
              act.done = step == (in_range ? 6'd3 : 6'd2);
            end else begin
              act.dr = step == 6'd0 || step == (`TAG(b) == `PYSM_TAG_LIST ? 6'd1 : 6'd2);
              act.ds = step != 6'd0 && !in_range;
              act.t_set = step == 6'd1;
              if (step == 6'd1) act.fault = `TAG(data_q) != `PYSM_TAG_RAW;
              if (step != 6'd0) begin
                act.da_b = 1'b0;
                act.da_next = 1'b0;
                act.da_q = step == 6'd1;
                act.da_t = step != 6'd1;
                at.offset = step == 6'd1 ? {2'b00, index[23:0]} : {5'd0, index[23:3]};
              end
              act.taken = in_range;
              act.done = step == (in_range && `TAG(b) == `PYSM_TAG_BYTEARRAY ? 6'd3 : 6'd2);
            end
            act.branch = act.done;
            if (act.done) begin
              act.sw = put && act.taken;
              act.sw_q = !is_bytes && `TAG(b) != `PYSM_TAG_BYTEARRAY;
              made = {`PYSM_TAG_INT, 56'd0, byte_read};
            end else if (in_range && step == (is_tuple ? 6'd0 : `TAG(b) == `PYSM_TAG_BYTEARRAY ? 6'd2 : 6'd1)) begin
              act.sw = 1'b1;
              act.sw_own = 1'b1;
              at.sw_addr = group_next;
              act.sw_q = 1'b0;
              made = {`PYSM_TAG_INT, index + 64'd1};
            end
          end
        end
      endcase
    end
  end
endmodule
