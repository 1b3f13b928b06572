// pysm_top on a desk, for Icarus: the same as harness/machine.h, with four-valued logic. It reads commands from standard
// input, as text, and answers on standard output; channel.mjs is the other side. Numbers are hexadecimal. Every answer
// ends with a line ".". Commands:
//
//   Z                            reset pulse; jumpers, drivers and input go
//   R space address count        read: lines "d word"
//   W space address count words  write
//   F space address count word   write the same word so often
//   C bits starts                write CONTROL; starts: wait until the core has left the halted state
//   M bits                       bit 0 tracing, bit 1 something is always being read over the debug bus
//   G ticks records              run: lines of the trace, then "e end ticks clocks", as in harness/protocol.h
//   D pin level, J pin pin, I byte, P: drive, join two pins, a byte for the UART line, "p levels"
//
// A line "x text" says that an output is unknown where it must not be: what neither reset nor loader has set shows so.
`include "pysm_isa.svh"

module pysm_bench;
  localparam integer IN = 32'h8000_0000;   // standard input and output
  localparam integer OUT = 32'h8000_0001;
  // Clock cycles: for an answer of the debug bus, for a running core's counter to advance, for a core to leave the halt.
  localparam integer BUS_LIMIT = 4096;
  localparam integer IDLE_LIMIT = 4096;
  localparam integer START_LIMIT = 8;
  localparam integer READ_SPACES = 9;      // spaces that a running core answers for: all below the control registers
  localparam integer INPUT_BYTES = 1024;   // bytes that may wait for the UART line

  // ---- The core, by its port names -----------------------------------------------------------------------------------------
  logic        clk = 1'b0, rst = 1'b0;
  logic        dbg_req = 1'b0, dbg_write = 1'b0;
  logic [3:0]  dbg_space = 4'd0;
  logic [15:0] dbg_addr = 16'd0;
  logic [71:0] dbg_wdata = 72'd0;
  logic        dbg_ack, halted, tick;
  logic [71:0] dbg_rdata;
  logic [31:0] pin_out, pin_dir, pin_up, pin_down;
  logic [31:0] pin_in = 32'd0;
  logic        uart_tx, uart_rts, uart_rx = 1'b1;
  logic        con_valid, con_stream;
  logic [7:0]  con_byte;
  logic        rt_valid, rt_ie;
  logic [2:0]  rt_kind;
  logic [15:0] rt_pc, rt_next_pc, rt_handler;
  logic [31:0] rt_word;
  logic [63:0] rt_cycle, rt_order;
  logic [71:0] rt_a, rt_b, rt_c, rt_rr;
  logic [11:0] rt_sp, rt_fp, rt_vector;
  logic [10:0] rt_rsp;
  logic [1:0]  rt_rrv;
  logic        sw_valid, dw_valid, gw_valid, rw_valid, tw_valid;
  logic [10:0] sw_addr, gw_addr, tw_addr;
  logic [14:0] dw_addr;
  logic [9:0]  rw_addr;
  logic [71:0] sw_data, dw_data, gw_data, tw_data;
  logic [63:0] rw_data;

  pysm_top top (.*);

  // ---- Unknown values ------------------------------------------------------------------------------------------------------
  // Nothing is checked before the first reset. Operands are words that an instruction need not have: channel.mjs makes
  // those that are unknown differ from every word.
  logic checking = 1'b0;

  task unknown(input [8 * 24 - 1:0] what);
    $fwrite(OUT, "x %0s at pc %0d, instruction %h, cycle %0d\n", what, rt_pc, rt_word, rt_cycle);
  endtask

  task check;
    begin
      if (^{dbg_ack, halted, tick} === 1'bx) unknown("debug block");
      if (^{pin_out, pin_dir, pin_up, pin_down} === 1'bx) unknown("pads");
      if (^{uart_tx, uart_rts} === 1'bx) unknown("UART");
      if (con_valid !== 1'b0 && ^{con_valid, con_stream, con_byte} === 1'bx) unknown("console");
      if (rt_valid !== 1'b0) begin
        if (^{rt_valid, rt_kind, rt_pc, rt_next_pc, rt_word, rt_cycle, rt_order} === 1'bx) unknown("retire record");
        if (^{rt_sp, rt_fp, rt_handler, rt_rsp, rt_rrv, rt_rr, rt_ie, rt_vector} === 1'bx) unknown("registers");
      end
      if (sw_valid !== 1'b0 && ^{sw_valid, sw_addr, sw_data} === 1'bx) unknown("stack write");
      if (dw_valid !== 1'b0 && ^{dw_valid, dw_addr, dw_data} === 1'bx) unknown("data write");
      if (gw_valid !== 1'b0 && ^{gw_valid, gw_addr, gw_data} === 1'bx) unknown("globals write");
      if (rw_valid !== 1'b0 && ^{rw_valid, rw_addr, rw_data} === 1'bx) unknown("return stack write");
      if (tw_valid !== 1'b0 && ^{tw_valid, tw_addr, tw_data} === 1'bx) unknown("dispatch write");
    end
  endtask

  // ---- Pins: jumpers, drivers, pulls. harness/pads.h says what a pin shows. -------------------------------------------------
  logic [31:0]  nets [0:31];
  logic [31:0]  driven, driven_levels, levels;
  logic [191:0] pads_now, pads_then;
  integer       pin;

  function lowest(input [31:0] among, input [31:0] of_levels);
    integer i;
    begin
      lowest = 1'b0;
      for (i = 31; i >= 0; i = i - 1) if (among[i]) lowest = of_levels[i];
    end
  endfunction

  task settle_pads;
    begin
      pads_now = {pin_out, pin_dir, pin_up, pin_down, driven, driven_levels};
      if (pads_now !== pads_then) begin
        pads_then = pads_now;
        for (pin = 0; pin < 32; pin = pin + 1) begin
          if (pin_dir[pin]) levels[pin] = pin_out[pin];
          else if (driven[pin]) levels[pin] = driven_levels[pin];
          else if (|(nets[pin] & pin_dir)) levels[pin] = lowest(nets[pin] & pin_dir, pin_out);
          else if (|(nets[pin] & driven)) levels[pin] = lowest(nets[pin] & driven, driven_levels);
          else if (pin_up[pin]) levels[pin] = 1'b1;
          else if (pin_down[pin]) levels[pin] = 1'b0;
          else levels[pin] = |(nets[pin] & pin_up);
        end
      end
    end
  endtask

  // ---- The other end of the UART line: 8N1, a byte whenever RTS says that there is room ---------------------------------------
  logic [7:0]  waiting [0:INPUT_BYTES - 1];
  integer      first, last;
  logic [31:0] divisor, bit_cycles, bit_left;
  logic [9:0]  frame;
  logic [3:0]  bits_left;

  task send_uart(input begins);
    if (bits_left == 4'd0 && begins && first != last) begin
      frame = {1'b1, waiting[first], 1'b0};
      first = (first + 1) % INPUT_BYTES;
      bit_cycles = divisor;
      bit_left = divisor;
      bits_left = 4'd10;
    end
  endtask

  task advance_uart;
    if (bits_left != 4'd0) begin
      bit_left = bit_left - 1;
      if (bit_left == 0) begin
        frame = frame >> 1;
        bit_left = bit_cycles;
        bits_left = bits_left - 4'd1;
      end
    end
  endtask

  // The line's bits are as long as the program makes the core's.
  logic [9:0]  io_address;
  logic [31:0] io_value;
  task follow_divisor;
    begin
      io_address = {rt_word[`PYSM_FORMAT_I_IMM_HIGH_LOW +: `PYSM_FORMAT_I_IMM_HIGH_WIDTH],
                    rt_word[`PYSM_FORMAT_I_IMM_LOW +: `PYSM_FORMAT_I_IMM_WIDTH]};
      io_value = rt_a[31:0];
      if (rt_word[31:24] == `PYSM_OP_IOW) begin
        io_address = |rt_a[63:10] ? 10'd0 : rt_a[9:0];
        io_value = rt_b[31:0];
      end
      if (rt_kind == 3'd0 && (rt_word[31:24] == `PYSM_OP_IOW || rt_word[31:24] == `PYSM_OP_IOWI) &&
          io_address == `PYSM_IO_UART_DIVISOR)
        divisor = io_value < `PYSM_UART_DIVISOR_MIN ? `PYSM_UART_DIVISOR_MIN : io_value;
    end
  endtask

  // ---- A clock cycle -------------------------------------------------------------------------------------------------------
  logic        tracing = 1'b0, reading = 1'b0;
  logic        acknowledged, was_halted;
  logic [71:0] read_data;
  logic [63:0] ticks, clocks;
  integer      records;

  // Beats and records are the bytes of the binary trace (src/trace.ts), the last one first; a record's count of beats is 0.
  task beat(input [7:0] space, input [15:0] address, input [71:0] word);
    $fwrite(OUT, "b%h\n", {32'd0, address, space, word});
  endtask

  task trace;
    begin
      if (sw_valid) beat(8'd0, {5'd0, sw_addr}, sw_data);
      if (dw_valid) beat(8'd1, {1'd0, dw_addr}, dw_data);
      if (gw_valid) beat(8'd2, {5'd0, gw_addr}, gw_data);
      if (rw_valid) beat(8'd3, {6'd0, rw_addr}, {8'd0, rw_data});
      if (tw_valid) beat(8'd4, {5'd0, tw_addr}, tw_data);
      if (rt_valid) begin
        records = records + 1;
        $fwrite(OUT, "r%h\n", {48'd0, 5'd0, rt_rsp, rt_handler, 4'd0, rt_fp,
          rt_rr[71:64], rt_c[71:64], rt_b[71:64], rt_a[71:64], rt_rr[63:0], rt_c[63:0], rt_b[63:0], rt_a[63:0],
          rt_order, rt_cycle, 4'd0, rt_sp, 4'd0, rt_vector, rt_word, rt_next_pc, rt_pc, 16'd0,
          5'd0, rt_ie, rt_rrv, 5'd0, rt_kind});
      end
    end
  endtask

  task cycle;
    begin
      #1;
      settle_pads;
      send_uart(tick && uart_rts);
      // They feed nothing but flip-flops.
      pin_in = levels;
      uart_rx = bits_left == 4'd0 || frame[0];
      if (checking) check;
      acknowledged = dbg_req && dbg_ack;
      if (acknowledged) read_data = dbg_rdata;
      was_halted = halted;
      if (con_valid) $fwrite(OUT, "c%h\n", {7'd0, con_stream, con_byte});
      if (tracing) trace;
      if (rt_valid) follow_divisor;
      if (tick) ticks = ticks + 64'd1;
      advance_uart;
      clocks = clocks + 64'd1;
      #1 clk = 1'b1;
      #1 clk = 1'b0;
    end
  endtask

  // ---- Commands ------------------------------------------------------------------------------------------------------------
  integer      i, idle, got, count, command, limit;
  logic [63:0] wanted, earlier;
  logic [7:0]  number;
  logic [7:0]  from_pin, to_pin;
  logic [31:0] joined;
  logic [3:0]  space;
  logic [15:0] address;
  logic [71:0] word;
  // The address and space of the reads that go on all the time (Knuth's MMIX generator).
  logic [63:0] random = 64'd1;

  task reset;
    begin
      for (i = 0; i < 32; i = i + 1) nets[i] = 32'd1 << i;
      driven = 32'd0;
      driven_levels = 32'd0;
      pads_then = 'x;
      first = 0;
      last = 0;
      divisor = `PYSM_UART_DIVISOR_RESET;
      bits_left = 4'd0;
      dbg_req = 1'b0;
      checking = 1'b0;
      rst = 1'b1;
      for (i = 0; i < 4; i = i + 1) cycle;
      rst = 1'b0;
      checking = 1'b1;
      cycle;
      ticks = 64'd0;
      clocks = 64'd0;
    end
  endtask

  task access(input write, input [15:0] at, input [71:0] data);
    begin
      dbg_req = 1'b1;
      dbg_write = write;
      dbg_space = space;
      dbg_addr = at;
      dbg_wdata = data;
      acknowledged = 1'b0;
      for (i = 0; i < BUS_LIMIT && !acknowledged; i = i + 1) cycle;
      if (!acknowledged) $fwrite(OUT, "x debug bus does not answer\n");
      dbg_req = 1'b0;
    end
  endtask

  // The next read of a bus that is always busy.
  task read_on;
    if (!dbg_req || acknowledged) begin
      random = random * 64'd6364136223846793005 + 64'd1442695040888963407;
      dbg_req = !dbg_req;
      dbg_write = 1'b0;
      dbg_space = random[63:56] % READ_SPACES;
      dbg_addr = random[47:32];
    end
  endtask

  task run;
    begin
      wanted = wanted + ticks;
      number = 8'd255;
      records = 0;
      idle = 0;
      was_halted = 1'b0;
      while (number == 8'd255) begin
        if (ticks >= wanted) number = 8'd1;
        else if (records >= limit) number = 8'd2;
        else begin
          earlier = ticks;
          if (reading) read_on;
          cycle;
          idle = ticks == earlier ? idle + 1 : 0;
          if (was_halted) number = 8'd0;
          else if (idle > IDLE_LIMIT) number = 8'd4;
        end
      end
      // A read that is under way ends before the host has the bus again.
      for (i = 0; i < BUS_LIMIT && dbg_req && !acknowledged; i = i + 1) cycle;
      dbg_req = 1'b0;
      $fwrite(OUT, "e %h %h %h\n", number, ticks, clocks);
      ticks = 64'd0;
      clocks = 64'd0;
    end
  endtask

  task carry_out;
    case (command)
      "Z": reset;
      "R": begin
        got = $fscanf(IN, "%h %h %h", space, address, count);
        while (count > 0) begin
          access(1'b0, address, 72'd0);
          $fwrite(OUT, "d%h\n", read_data);
          address = address + 16'd1;
          count = count - 1;
        end
      end
      "W", "F": begin
        got = $fscanf(IN, "%h %h %h", space, address, count);
        if (command == "F") got = $fscanf(IN, "%h", word);
        while (count > 0) begin
          if (command == "W") got = $fscanf(IN, "%h", word);
          access(1'b1, address, word);
          address = address + 16'd1;
          count = count - 1;
        end
      end
      "C": begin
        got = $fscanf(IN, "%h %h", number, count);
        space = 4'd0;
        access(1'b1, 16'd0, {64'd0, number});
        was_halted = 1'b1;
        for (i = 0; count != 0 && i < START_LIMIT && was_halted; i = i + 1) cycle;
      end
      "M": begin
        got = $fscanf(IN, "%h", number);
        tracing = number[0];
        reading = number[1];
      end
      "G": begin
        got = $fscanf(IN, "%h %h", wanted, limit);
        run;
      end
      "D": begin
        got = $fscanf(IN, "%h %h", from_pin, number);
        driven[from_pin[4:0]] = 1'b1;
        driven_levels[from_pin[4:0]] = number[0];
      end
      "J": begin
        got = $fscanf(IN, "%h %h", from_pin, to_pin);
        joined = nets[from_pin[4:0]] | nets[to_pin[4:0]];
        for (i = 0; i < 32; i = i + 1) if (joined[i]) nets[i] = joined;
        pads_then = 'x;
      end
      "I": begin
        got = $fscanf(IN, "%h", number);
        waiting[last] = number;
        last = (last + 1) % INPUT_BYTES;
      end
      "P": begin
        #1 settle_pads;
        $fwrite(OUT, "p%h\n", levels);
      end
      default: $fwrite(OUT, "x command %0d is unknown\n", command);
    endcase
  endtask

  // The values of a command stand behind its letter; blanks do not count. Ends with its input.
  integer letters;
  initial begin
    letters = $fscanf(IN, " %c", command);
    while (letters == 1) begin
      carry_out;
      $fwrite(OUT, ".\n");
      $fflush(OUT);
      letters = $fscanf(IN, " %c", command);
    end
    $finish;
  end
endmodule
