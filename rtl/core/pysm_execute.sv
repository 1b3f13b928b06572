// Execute: the stage in which an instruction happens, the only one that takes several cycles.
//
// It holds one instruction with its operands and counts its cycles (`step`, 0 = the first). The parts (pysm_exec_*)
// compute what happens in a cycle; here it is decided which part is asked, and that fault goes before trap and trap
// before everything else. After the cycle that finds a trap come the cycles of its entry (pysm_entry). Between two
// instructions, that is in what would be the first cycle of the next, interrupts and stops are taken.
`include "pysm_words.svh"
`include "pysm_action.svh"

module pysm_execute (
  input  logic        clk, rst,

  // The instruction that comes from the read stage
  input  logic        r_valid,
  input  logic [15:0] r_pc,
  input  logic [31:0] r_word,
  input  logic        r_breakpoint,
  input  logic [71:0] r_a, r_b, r_c, r_g,
  input  logic [63:0] r_entry,
  input  logic [11:0] r_fp, r_sp, r_sp_popped, r_fp_after, r_sp_after,
  input  logic [10:0] r_rsp, r_rsp_after,
  input  logic [1:0]  r_rrv, r_rrv_after,
  input  logic        r_put,
  input  logic [10:0] r_put_addr,
  input  logic        r_jumps,
  input  logic [15:0] r_next, r_other,
  input  logic        r_overflows,
  input  logic [3:0]  r_fault,
  input  part_t       r_part,
  input  adder_t      r_adder,
  input  arithmetic_t r_arithmetic,
  input  logic [3:0]  r_resumes,
  output logic        ready,          // it moves on at the end of this cycle; what is not taken is not wanted either

  // Fetch goes on elsewhere, with these registers
  output logic        redirect,
  output logic        flush,          // what is behind in the pipeline is not wanted
  output logic [15:0] redirect_pc,
  output logic [11:0] redirect_fp, redirect_sp,
  output logic [10:0] redirect_rsp,
  output logic [1:0]  redirect_rrv,

  // Stack: the write of this cycle, and the third read port
  output logic        sw,             // ... as the write stage makes it
  output logic [10:0] sw_addr,
  output logic [71:0] sw_data,
  output logic        sw_seen,        // ... as the bypasses see it
  output logic [10:0] seen_addr,
  output logic [71:0] seen_data,
  output logic        sr,
  output logic [10:0] sr_addr,
  input  logic [71:0] stack_q,
  // Data RAM
  output logic        data_en, data_we,
  output logic [14:0] data_addr,
  output logic [71:0] data_wdata,
  input  logic [71:0] data_q,
  // Dispatch table: write changes the value alone
  output logic        dispatch_en, dispatch_we,
  output logic [10:0] dispatch_addr,
  output logic [71:0] dispatch_wdata,
  input  logic [71:0] dispatch_q,
  input  logic [27:0] key_q,
  // Globals RAM
  output logic        globals_en, globals_we, globals_seen,
  output logic [10:0] globals_addr,
  output logic [71:0] globals_wdata,
  input  logic [71:0] globals_q,
  // Return stack
  output logic        return_en, return_we,
  output logic [9:0]  return_addr,
  output logic [63:0] return_wdata,
  output logic        return_seen,    // what the bypass sees of a write, always to the word at RSP
  output logic [9:0]  return_top,
  output logic [63:0] return_word,
  input  logic [63:0] return_q,
  // Trap vectors, and the one of the STACK trap
  output logic        vector_en,
  output logic [11:0] vector_addr,
  input  logic [17:0] vector_q, stack_vector,
  // Code RAM, second port
  output logic        code_en,
  output logic [14:0] code_addr,
  input  logic [31:0] code_q,
  // I/O space
  output logic        tick,
  output logic [63:0] cycle,
  output logic        io_selected, io_req, io_write,
  output logic [63:0] io_addr, io_wdata,
  input  logic [63:0] io_rdata,
  input  logic        io_bad,
  input  logic [31:0] pin_seen,
  input  logic [7:0]  irq,
  input  logic [31:0] irq_pending,
  output logic [7:0]  irq_taken,

  // Debug block: commands, and the registers of the debug space (see docs/core.md)
  input  logic        halt, resume, single_step, pass,
  output logic        halted,
  output logic        started,        // a resume is being obeyed: fetch from the redirect
  input  logic [7:0]  state_number,
  input  logic        state_read,     // `state_value` is wanted
  output logic [71:0] state_value,
  input  logic        state_write,
  input  logic        csr_write_debug,
  input  logic [16:0] csr_number_debug,
  output logic [63:0] csr_value_debug,
  input  logic [71:0] write_data_debug,
  output logic [15:0] code_words,
  output logic [71:0] rr_seen,        // result word as a re-issue in the read stage finds it

  // Retire port
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
  output logic [11:0] rt_vector
);
  `include "pysm_groups.svh"


  // Where the count of cycles stands still; the last number means -1 to some parts.
  localparam [5:0] LAST_STEP = 6'd62;

  // Kinds of a retire record
  localparam [2:0] DID_INSTRUCTION = 3'd0;
  localparam [2:0] DID_TRAP = 3'd1;
  localparam [2:0] DID_INTERRUPT = 3'd2;
  localparam [2:0] DID_EXIT = 3'd3;
  localparam [2:0] DID_FAULT = 3'd4;

  // ---- The instruction --------------------------------------------------------------------------------------------
  logic        valid, breakpoint, put, jumps, overflows;
  logic [15:0] pc, next_pc, other_pc;
  logic [31:0] word;
  logic [71:0] a, b, c, g, t;
  logic [63:0] entry;
  logic [11:0] fp, sp, sp_popped, fp_after, sp_after;
  logic [10:0] rsp, rsp_after, put_addr;
  logic [1:0]  rrv, rrv_after;
  logic [3:0]  word_fault;
  logic [5:0]  step;
  logic        entering;              // the cycles of a trap's or interrupt's entry
  part_t       part, part_kept;
  adder_t      adder, adder_kept;
  arithmetic_t arithmetic, arithmetic_kept;
  logic [3:0]  resumes, resumes_kept;
  logic [7:0]  op;
  logic        reissue, asked;
  always_comb begin
    op = word[31:24];
    reissue = rrv == 2'd1;
  end
`ifdef FORMAL
  // Proofs begin in states in which nothing is known of the registers. That those which the read stage has decoded fit the
  // instruction is a proof of its own (rtl/formal/decoded.sv); the others take it from the instruction again.
  `include "pysm_decode.svh"
  logic [21:0] description;
  always_comb begin
    description = pysm_operands(op);
    resumes = description[`PYSM_OPERANDS_RESUME_LOW +: `PYSM_OPERANDS_RESUME_WIDTH];
  end
  part_t part_again;
  pysm_part part_of_word (.op(op), .resumes(resumes), .rrv(rrv), .fault(word_fault), .part(part_again),
    .adder(adder), .arithmetic(arithmetic));
  assign part = asked ? part_again : '0;
`else
  assign part = part_kept;
  assign adder = adder_kept;
  assign arithmetic = arithmetic_kept;
  assign resumes = resumes_kept;
`endif

  // ---- Registers of the core ---------------------------------------------------------------------------------------
  logic [71:0] rr;
  logic [15:0] handler;
  logic        ie, overflow;
  logic [11:0] slim;
  logic [10:0] rlim;
  logic [63:0] retired, order;
  logic [7:0]  ivec_set;
  logic [15:0] line_entry;
  logic [7:0]  line_frame;
  logic [11:0] stack_limit;
  logic signed [12:0] frame_limit, slim_frames;
  logic [10:0] return_limit;
  always_comb begin
    stack_limit = overflow ? 12'd`PYSM_MEMORY_STACK : slim;
    frame_limit = overflow ? 13'sd`PYSM_MEMORY_STACK - 13'sd`PYSM_OPERAND_WORDS : slim_frames;
    return_limit = overflow ? 11'd`PYSM_MEMORY_RETURN_STACK : rlim;
  end

  // Whether a cycle's action is carried out is known late: there may be a stop, an interrupt, a fault or a trap. In all of
  // these cases whatever is behind execute in the pipeline is thrown away afterwards. So the stages behind go by the
  // action as it is asked for, and only what lasts waits for the answer (`acts`). No part is asked, and so there is no
  // action, where there is no instruction, and in the cycles of an entry.
  assign asked = valid && !entering && !halted;

  // ---- The boundary before an instruction --------------------------------------------------------------------------
  logic        boundary, stops, interrupts, passes_brk, executing, pass_valid;
  logic [2:0]  line, status;
  logic [15:0] pass_pc;
  logic        write_status, write_pass, write_base;
  always_comb begin
    {write_status, write_pass, write_base} = '0;
    if (state_write) begin
      write_status = state_number == 8'd1;
      write_pass = state_number == 8'd18;
      write_base = halted && state_number == 8'd15;
    end
  end
  pysm_stops stops_unit (
    .clk(clk), .rst(rst), .valid(valid), .asked(asked), .first(step == 6'd0), .pc(pc), .breakpoint(breakpoint),
    .brk(op == `PYSM_OP_BRK && word_fault == `PYSM_FAULT_NONE), .reissue(rrv != 2'd0), .ie(ie),
    .takeable(irq & ivec_set), .record(record), .exits(exits), .fails(fails),
    .pass_next(acts && now_act.pass_set), .next_pc(next_pc_now), .unwinds(acts && now_act.unwinds),
    .halt(halt), .resume(resume), .single_step(single_step), .pass(pass),
    .write_status(write_status), .write_pass(write_pass),
    .write_data(write_data_debug[16:0]), .boundary(boundary), .stops(stops), .interrupts(interrupts),
    .passes_brk(passes_brk), .line(line), .executing(executing), .tick(tick), .halted(halted), .started(started),
    .status(status), .pass_valid(pass_valid), .pass_pc(pass_pc)
  );
  assign irq_taken = interrupts ? 8'd1 << line : 8'd0;

  // ---- Parts ------------------------------------------------------------------------------------------------------

  `PYSM_ACTION_SIGNALS(word)
  `PYSM_ACTION_SIGNALS(test)
  `PYSM_ACTION_SIGNALS(items)
  `PYSM_ACTION_SIGNALS(raw)
  `PYSM_ACTION_SIGNALS(attribute)
  `PYSM_ACTION_SIGNALS(call)
  `PYSM_ACTION_SIGNALS(return)
  `PYSM_ACTION_SIGNALS(generator)
  `PYSM_ACTION_SIGNALS(build)
  `PYSM_ACTION_SIGNALS(cell)
  `PYSM_ACTION_SIGNALS(io)
  `PYSM_ACTION_SIGNALS(arith)
  `PYSM_ACTION_SIGNALS(resume)
  `PYSM_ACTION_SIGNALS(now)
  logic [16:0] csr_number;
  logic [63:0] csr_value;
  logic        word_writes_csr, starts_arith, arith_chosen, arith_trap, take, part_req;
  logic [4:0]  arith_op;
  logic [63:0] arith_result;
  logic [2:0]  arith_order;
  logic [31:0] hash;
  logic        alloc_asks;
  logic [15:0] tag_row, given_words, alloc_words, second_words, alloc_size, alloc_address;
  logic [15:0] sized, block_length;
  logic [15:0] htop, hlim, hbase, hpeak, free_value, block_words;
  logic [3:0]  alloc_class;
  logic [14:0] generator_address;
  logic [9:0]  read_depth;
  logic        available, entry_drop, call_hole, generator_hole;

`define PYSM_EXEC_PORTS .op(op), .word(word), .step(step), .pc(pc), .a(a), .b(b), .c(c), \
    .fp(fp), .sp(sp), .sp_popped(sp_popped), .sp_after(sp_after), .rsp(rsp), .entry(entry), .put(put), \
    .put_addr(put_addr), .t(t)

`define PYSM_PROBE_PORTS .in_header(in_header), .phase(phase), .slot_offset(slot_offset), .hit(probe_hit), \
    .was_kind(was_kind), .was_slot(was_slot)

  logic        in_header, probe_hit, probe_slot, was_hit, was_slot;
  logic [5:0]  phase;
  logic [10:0] probe_index;
  logic [25:0] slot_offset, was_offset;
  logic [3:0]  entry_kind, was_kind;
  pysm_probe probe (
    .clk(clk), .rst(rst), .asked(part.attribute || part.call), .attribute(part.call ? word[23:12] : word[25:14]),
    .step(step), .tag(`TAG(a)),
    .ref_row(`REF_ROW(a)), .class_row(`CLASS_ROW(a)), .header_row(`HDR_ROW(t)),
    .tag_row(tag_row), .key_q(key_q), .index(probe_index), .kind(entry_kind), .slot(probe_slot),
    .was_offset(was_offset), .was_hit(was_hit), `PYSM_PROBE_PORTS
  );
  pysm_exec_word word_part (.active(part.word), `PYSM_EXEC_PORTS, .adder(adder), .g(g), .csr_value(csr_value), .cycle(cycle),
    .hash(hash), `PYSM_ACTION_CONNECT(word),
    .csr_write(word_writes_csr));
  pysm_exec_test test_part (.clk(clk), .rst(rst), .active(part.test), `PYSM_EXEC_PORTS, .data_q(data_q),
    .mixed_order(arith_order), `PYSM_ACTION_CONNECT(test));
  pysm_exec_items items_part (.active(part.items), `PYSM_EXEC_PORTS, .reissue(reissue), .overflows(overflows),
    .data_q(data_q),
    `PYSM_ACTION_CONNECT(items));
  pysm_exec_raw raw_part (.active(part.raw), `PYSM_EXEC_PORTS, .data_q(data_q), .globals_q(globals_q),
    `PYSM_ACTION_CONNECT(raw));
  pysm_exec_attribute attribute_part (.active(part.attribute), `PYSM_EXEC_PORTS, `PYSM_PROBE_PORTS, .was_offset(was_offset),
    .was_hit(was_hit), .data_q(data_q), .dispatch_q(dispatch_q), .key_q(key_q), `PYSM_ACTION_CONNECT(attribute));
  pysm_exec_call call_part (.clk(clk), .rst(rst), .active(part.call), `PYSM_EXEC_PORTS, .reissue(reissue),
    .stack_limit(stack_limit), .frame_limit(frame_limit), .return_limit(return_limit), `PYSM_PROBE_PORTS,
    .kind(entry_kind), .slot(probe_slot), .data_q(data_q), .dispatch_q(dispatch_q), .stack_q(stack_q),
    .entry_drop(entry_drop), .entry_hole(call_hole),
    `PYSM_ACTION_CONNECT(call));
  pysm_exec_return return_part (.active(part.ret), `PYSM_EXEC_PORTS, .data_q(data_q), .return_q(return_q),
    .read_depth(read_depth), `PYSM_ACTION_CONNECT(return));
  pysm_exec_generator generator_part (.clk(clk), .rst(rst), .active(part.generator), `PYSM_EXEC_PORTS, .handler(handler),
    .frame_limit(frame_limit), .return_limit(return_limit), .data_q(data_q),
    .block_words(block_words), .block_length(block_length), .block_address(generator_address),
    .hole(generator_hole), `PYSM_ACTION_CONNECT(generator));
  pysm_exec_build build_part (.clk(clk), .rst(rst), .active(part.build), `PYSM_EXEC_PORTS, .g(g), .tag_row(tag_row),
    .asks(alloc_asks), .words(alloc_words), .second_words(second_words), .given_words(given_words),
    .size_class(alloc_class), .size(alloc_size), .address(alloc_address), .available(available), .take(take),
    `PYSM_ACTION_CONNECT(build));
  pysm_exec_cell cell_part (.active(part.cells), `PYSM_EXEC_PORTS, .data_q(data_q), `PYSM_ACTION_CONNECT(cell));
  pysm_exec_io io_part (.active(part.io), `PYSM_EXEC_PORTS, .io_rdata(io_rdata), .io_bad(io_bad), .pin_seen(pin_seen),
    .io_req(part_req), .io_write(io_write), .io_addr(io_addr), .io_wdata(io_wdata), `PYSM_ACTION_CONNECT(io));
  pysm_exec_arith arith_part (.active(arith_chosen), `PYSM_EXEC_PORTS, .always_so(part.arith), .sums(part.sums),
    .hash_of(part.hash), .compares(part.test), .arithmetic(arithmetic), .starts(starts_arith), .arith_op(arith_op),
    .arith_result(arith_result), .arith_trap(arith_trap), .hash(hash), .chosen(arith_chosen), `PYSM_ACTION_CONNECT(arith));
  logic [63:0] hashed;
  always_comb begin
    hashed = 'x;
    if (part.hash) hashed = arith_chosen ? arith_result : `BITS(a);
  end
  pysm_hash hasher (.clk(clk), .rst(rst), .asked(part.hash), .x(hashed), .hash(hash));
  pysm_exec_resume resume_part (.active(part.resume), `PYSM_EXEC_PORTS, .throws(rrv == 2'd2), .resumes(resumes),
    `PYSM_ACTION_CONNECT(resume));
  pysm_arith arith (.clk(clk), .rst(rst), .start(starts_arith), .op(arith_op), .a(`BITS(a)), .b(`BITS(b)),
    .result(arith_result), .trap(arith_trap), .order(arith_order));

  // ---- The action of this cycle ---------------------------------------------------------------------------------------
  logic [25:0] data_at, written_at, written_offset;
  logic [23:0] named_base, written_base;
  logic [2:0]  group_a, group_b;
  logic [11:0] trap_vector;
  always_comb begin
    now_act = `PYSM_JOIN(act);
    if (part.wrong) begin
      now_act.fault = 1'b1;
      now_act.fault_code = word_fault;
    end
    {now_at, now_go, now_info, now_made} = 'x;
    if (now_act.dr || now_act.dw || now_act.sw_own || now_act.sr) now_at = `PYSM_JOIN(at);
    if (now_act.redirect) now_go = `PYSM_JOIN(go);
    if (now_act.trap || now_act.h_set) now_info = `PYSM_JOIN(info);
    if ((now_act.sw && !now_act.sw_a) || now_act.dw || now_act.rr_made) now_made = `PYSM_JOIN(made);
  end
  always_comb begin
    {named_base, data_at, written_base, written_offset, written_at, group_a, group_b, trap_vector} = 'x;
    if (now_act.dr || now_act.dw) begin
      named_base = now_act.da_a ? `REF_ADDRESS(a) : now_act.da_b ? `REF_ADDRESS(b) : now_act.da_t ? `REF_ADDRESS(t)
                 : {8'd0, now_at.base};
      data_at = {2'b00, now_act.da_q ? `REF_ADDRESS(data_q) : named_base} + now_at.offset + {25'd0, now_act.da_next};
    end
    // The same for what is written: which word its base is in depends on nothing that was just read.
    if (now_act.dw) begin
      if (part.attribute || `PYSM_JOIN_WRITERS(act.da_a)) written_base = `REF_ADDRESS(a);
      else if (`PYSM_JOIN_WRITERS(act.da_b)) written_base = `REF_ADDRESS(b);
      else if (`PYSM_JOIN_WRITERS(act.da_t)) written_base = `REF_ADDRESS(t);
      else written_base = {8'd0, part.build ? build_at.base : {1'b0, `ENTRY_GENERATOR(entry)}};
      // An attribute's slot comes out of the dispatch table a cycle before it is written.
      written_offset = part.attribute ? was_offset : `PYSM_JOIN_WRITERS(at.offset);
      written_at = {2'b00, written_base} + written_offset + {25'd0, `PYSM_JOIN_WRITERS(act.da_next)};
    end
    // The groups of the operands that are pushed first and second
    if (now_act.trap) begin
      group_a = group_of(`TAG(a));
      group_b = now_act.counts ? group_of(`PYSM_TAG_INT) : group_of(`TAG(b));
      trap_vector = {now_info.operation, now_act.swaps ? {group_b, group_a} : {group_a, group_b}};
      if (now_act.pushes == 2'd0) trap_vector[5:3] = 3'd0;
      if (!now_act.pushes[1]) trap_vector[2:0] = 3'd0;
      if (now_info.system) trap_vector = {6'd`PYSM_TRAP_SYSTEM, now_info.operation};
    end
  end

  // ---- What comes of it ---------------------------------------------------------------------------------------------
  // An access outside the memory is a fault in the next cycle of its instruction: the sum of an address is late enough. Only
  // the last cycle of an instruction finds it at once, where it writes.
  logic        beyond, writes_beyond, was_outside, outside, faults, traps, acts, finishes, exits, wrong_way;
  logic        was_beyond, was_asked_early;
  logic [25:0] accessed;
  always_comb begin
    beyond = data_at[25:15] != 11'd0;
    writes_beyond = written_at[25:15] != 11'd0;
    was_outside = 1'b0;
    if (was_beyond) was_outside = !was_asked_early || now_act.checks;
    outside = was_outside || (now_act.dw && now_act.done && !now_act.trap && writes_beyond);
    faults = executing && (now_act.fault || outside);
    traps = executing && !faults && now_act.trap;
    acts = executing && !faults && !now_act.trap;
    finishes = acts && now_act.done;
    exits = finishes && now_act.exit;
    wrong_way = now_act.branch && now_act.taken != jumps;
    io_selected = part.io;
    io_req = 1'b0;
    if (part.io) io_req = executing && part_req && step == 6'd0;
  end

  // ---- Entry of traps and interrupts --------------------------------------------------------------------------------
  logic        entry_done, entry_redirects, entry_faults, entry_pushes, entry_writes, entry_writes_later, entry_overflows;
  logic [3:0]  entry_fault;
  logic [15:0] entry_pc;
  logic [11:0] entry_fp, entry_sp;
  logic [10:0] entry_sw_addr, entry_addr_later;
  logic [71:0] entry_sw_data, entry_data_later;
  logic [63:0] entry_word;
  logic        entry_interrupt;
  logic [11:0] entry_vector;

  pysm_entry entry_unit (
    .clk(clk), .rst(rst), .begins(traps || interrupts), .running(entering),
    .interrupt(interrupts), .line_entry(line_entry), .line_frame(line_frame),
    .overflow_asked(now_act.overflow), .getter(now_act.getter), .swaps(now_act.swaps), .counts(now_act.counts),
    .count_given(now_info.count), .func(dispatch_q),
    .vector(trap_vector), .pushes(now_act.pushes), .kind(now_act.kind),
    .pc(pc), .fp(fp), .sp(sp), .sp_popped(sp_popped), .rsp(rsp), .handler(handler), .a(a), .b(b), .c(c),
    .vector_q(vector_q), .stack_vector(stack_vector), .overflow(overflow), .frame_limit(frame_limit),
    .return_limit(return_limit),
    .done(entry_done), .redirects(entry_redirects), .entry_pc(entry_pc), .entry_fp(entry_fp), .entry_sp(entry_sp),
    .pushes_entry(entry_pushes), .entry_word(entry_word), .sw(entry_writes), .sw_addr(entry_sw_addr),
    .sw_data(entry_sw_data), .sw_later(entry_writes_later), .addr_later(entry_addr_later),
    .data_later(entry_data_later), .overflows(entry_overflows), .faults(entry_faults), .fault_code(entry_fault),
    .is_interrupt(entry_interrupt), .taken_vector(entry_vector)
  );

  // The return entry of a call or of a generator that is entered
  logic [63:0] called_word;
  always_comb begin
    called_word = 'x;
    if (now_act.rw) begin
      called_word = 64'd0;
      `ENTRY_PC(called_word) = part.call ? pc + 16'd1 : pc;
      `ENTRY_FP(called_word) = fp;
      `ENTRY_HANDLER(called_word) = handler;
      `ENTRY_KIND(called_word) = part.call ? `KIND_CALL : `KIND_GEN;
      `ENTRY_DROP(called_word) = part.call && entry_drop;
      `ENTRY_HOLE(called_word) = part.call ? call_hole : generator_hole;
      if (!part.call) `ENTRY_GENERATOR(called_word) = generator_address;
    end
  end

  // ---- Memories -----------------------------------------------------------------------------------------------------
  logic [10:0] act_sw_addr;
  logic [71:0] act_sw_data;
  always_comb begin
    sw = entry_writes;
    if (now_act.sw) sw = acts || (traps && now_act.sw_keep);
    act_sw_addr = now_act.sw_own ? now_at.sw_addr : put_addr;
    act_sw_data = now_act.sw_a ? a : now_act.sw_q ? data_q : now_made;
    sw_addr = entering ? entry_sw_addr : act_sw_addr;
    sw_data = entering ? entry_sw_data : act_sw_data;
    sw_seen = now_act.sw || entry_writes_later;
    seen_addr = entering ? entry_addr_later : act_sw_addr;
    seen_data = entering ? entry_data_later : act_sw_data;
    sr = now_act.sr;
    sr_addr = now_at.sr_addr;
    data_en = now_act.dr || now_act.dw;
    data_we = now_act.dw && acts && !writes_beyond;
    data_addr = data_at[14:0];
    data_wdata = now_act.dw_a ? a : now_act.dw_b ? b : now_act.dw_c ? c : now_act.dw_q ? data_q
               : now_act.dw_s ? stack_q : now_made;
    dispatch_en = now_act.pr || now_act.pw;
    dispatch_we = now_act.pw && acts;
    dispatch_addr = now_act.p_a ? a[10:0] : probe_index;
    dispatch_wdata = b;
    globals_en = now_act.gr || now_act.gw;
    globals_seen = now_act.gw;
    globals_we = now_act.gw && acts;
    globals_addr = now_act.gr ? a[10:0] : word[10:0];
    globals_wdata = a;
    return_we = (acts && now_act.rw) || entry_pushes;
    // Behind the first cycle of an entry nothing is looking.
    return_seen = now_act.rw;
    return_top = rsp[9:0];
    return_word = called_word;
    return_en = now_act.rr || now_act.rw || entry_pushes;
    return_addr = now_act.rr ? read_depth : rsp[9:0];
    return_wdata = entering ? entry_word : called_word;
    vector_en = traps;
    vector_addr = trap_vector;
    code_en = now_act.cr;
    code_addr = entry[14:0];
  end

  // ---- Where fetch goes on ------------------------------------------------------------------------------------------
  logic        act_redirects;
  always_comb begin
    act_redirects = now_act.redirect;
    redirect = started || act_redirects || wrong_way || entry_redirects;
    flush = redirect || stops || fails || exits;
    redirect_pc = started ? pc : entering ? entry_pc : act_redirects ? now_go.pc : other_pc;
    redirect_fp = started ? fp : entering ? entry_fp : act_redirects ? now_go.fp : fp_after;
    redirect_sp = started ? sp : entering ? entry_sp : act_redirects ? now_go.sp : sp_after;
    // A FORITER that ends has pushed no item.
    if (wrong_way) if (!act_redirects && op == `PYSM_OP_FORITER) redirect_sp = sp;
    redirect_rsp = started ? rsp : entering ? rsp + 11'd1 : act_redirects ? now_go.rsp : rsp_after;
    redirect_rrv = started ? rrv : entering ? 2'd0 : act_redirects ? now_go.rrv : 2'd0;
  end

  // ---- Control registers --------------------------------------------------------------------------------------------
  logic        csr_write;
  logic [63:0] csr_wdata;
  always_comb begin
    csr_write = (acts && word_writes_csr) || (halted && csr_write_debug);
    csr_wdata = 'x;
    if (csr_write || write_base) csr_wdata = halted ? `BITS(write_data_debug) : `BITS(a);
  end
  always_comb csr_number = halted ? csr_number_debug : `FIELD_K(word);
  assign csr_value_debug = csr_value;
  pysm_csr csr (
    .clk(clk), .rst(rst), .op(op), .tag_number(a[68:64]), .rows(part.attribute || part.call || part.build),
    .halted(halted), .number(csr_number), .value(csr_value),
    .write(csr_write), .wdata(csr_wdata), .htop(htop), .hlim(hlim), .hpeak(hpeak), .free_value(free_value),
    .retired(retired), .ie(ie), .irq_pending(irq_pending), .slim(slim), .slim_frames(slim_frames), .rlim(rlim),
    .tag_row(tag_row), .ivec_set(ivec_set), .line(line), .line_entry(line_entry), .line_frame(line_frame)
  );

  pysm_allocator allocator (
    .clk(clk), .rst(rst), .asks(alloc_asks), .words(alloc_words), .second_words(second_words),
    .link(`HDR_LINK(data_q)), .given_words(given_words), .size_class(alloc_class), .size(alloc_size),
    .address(alloc_address), .available(available),
    .take(take && acts && part.build), .write(csr_write), .number(csr_number),
    .write_data(csr_wdata[15:0]),
    .write_base(write_base), .htop(htop), .hlim(hlim), .hbase(hbase),
    .hpeak(hpeak), .free_value(free_value)
  );
  logic [3:0] unused_class;
  logic       unused_pooled;
  pysm_block_size block_size (.words(block_length), .size_class(unused_class), .size(sized), .pooled(unused_pooled));
  assign block_words = sized;

  // ---- The next state -----------------------------------------------------------------------------------------------
  logic [15:0] handler_next, next_pc_now;
  logic        ie_next, record, takes, accepts;
  logic [71:0] rr_next;
  logic [2:0]  record_kind;
  logic [11:0] fp_now, sp_now;
  logic [10:0] rsp_now;
  logic [1:0]  rrv_now;
  always_comb begin
    handler_next = entry_pushes ? 16'd0 : handler;
    if (acts && now_act.h_set) handler_next = now_info.h;
    rr_seen = rr;
    if (now_act.rr_set)
      rr_seen = now_act.rr_b ? b : now_act.rr_made ? now_made : now_act.rr_none ? {`PYSM_TAG_NONE, 64'd0} : a;
    ie_next = ie;
    if (acts && now_act.ie_set) ie_next = now_act.ie;
    if (csr_write) if (csr_number == `PYSM_CSR_IE) ie_next = csr_wdata[0];
    if (entry_pushes && entry_interrupt) ie_next = 1'b0;
    // Registers after the instruction, as far as they are known in this cycle
    next_pc_now = redirect && !started ? redirect_pc : next_pc;
    fp_now = redirect && !started ? redirect_fp : fp_after;
    sp_now = redirect && !started ? redirect_sp : sp_after;
    rsp_now = redirect && !started ? redirect_rsp : rsp_after;
    rrv_now = redirect && !started ? redirect_rrv : rrv_after;
    record = finishes || entry_done || fails;
    record_kind = DID_INSTRUCTION;
    if (fails) record_kind = DID_FAULT;
    else if (entry_done) record_kind = entry_interrupt ? DID_INTERRUPT : DID_TRAP;
    else if (now_act.exit) record_kind = DID_EXIT;
    ready = !halted && (!valid || now_act.done || entry_done);
    takes = !halted && !stops && (!valid || (finishes && !now_act.exit) || entry_done || passes_brk);
    accepts = r_valid && !flush;
    rr_next = acts ? rr_seen : rr;
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      valid <= 1'b0;
      entering <= 1'b0;
      step <= 6'd0;
      breakpoint <= 1'b0;
      put <= 1'b0;
      jumps <= 1'b0;
      overflows <= 1'b0;
      pc <= 16'd0;
      next_pc <= 16'd0;
      other_pc <= 16'd0;
      word <= 32'd0;
      a <= 72'd0;
      b <= 72'd0;
      c <= 72'd0;
      g <= 72'd0;
      t <= 72'd0;
      entry <= 64'd0;
      fp <= 12'd0;
      sp <= 12'd0;
      sp_popped <= 12'd0;
      fp_after <= 12'd0;
      sp_after <= 12'd0;
      rsp <= 11'd0;
      rsp_after <= 11'd0;
      put_addr <= 11'd0;
      rrv <= 2'd0;
      rrv_after <= 2'd0;
      word_fault <= 4'd0;
      part_kept <= '0;
      resumes_kept <= 4'd0;
      adder_kept <= '0;
      arithmetic_kept <= '0;
    end else if (takes) begin
      valid <= accepts;
      part_kept <= '0;
      entering <= 1'b0;
      step <= 6'd0;
      if (accepts) begin
        breakpoint <= r_breakpoint;
        put <= r_put;
        jumps <= r_jumps;
        overflows <= r_overflows;
        pc <= r_pc;
        next_pc <= r_next;
        other_pc <= r_other;
        word <= r_word;
        a <= r_a;
        b <= r_b;
        c <= r_c;
        g <= r_g;
        entry <= r_entry;
        fp <= r_fp;
        sp <= r_sp;
        sp_popped <= r_sp_popped;
        fp_after <= r_fp_after;
        sp_after <= r_sp_after;
        rsp <= r_rsp;
        rsp_after <= r_rsp_after;
        put_addr <= r_put_addr;
        rrv <= r_rrv;
        rrv_after <= r_rrv_after;
        word_fault <= r_fault;
        part_kept <= r_part;
        resumes_kept <= r_resumes;
        adder_kept <= r_adder;
        arithmetic_kept <= r_arithmetic;
      end
    end else begin
      // Frames of many words take longer than any part counts.
      if (!halted && valid && step != LAST_STEP) step <= step + 6'd1;
      if (acts && now_act.t_set)
        t <= now_act.t_dispatch ? dispatch_q : now_act.t_code ? {`PYSM_TAG_INT, 32'd0, code_q} : data_q;
      if (redirect && !started) begin
        next_pc <= redirect_pc;
        fp_after <= redirect_fp;
        sp_after <= redirect_sp;
        rsp_after <= redirect_rsp;
        rrv_after <= redirect_rrv;
      end
      if (traps || interrupts) begin
        entering <= 1'b1;
        part_kept <= '0;
        step <= 6'd0;
      end
      // Stops leave pc, fp, sp, rsp and rrv as the registers of the core that stands still.
      if (stops || fails || exits) begin
        valid <= 1'b0;
        part_kept <= '0;
        entering <= 1'b0;
        step <= 6'd0;
        if (exits) begin
          sp <= sp_popped;
          rrv <= 2'd0;
        end
      end
      if (halted && state_write) begin
        case (state_number)
          8'd2: pc <= write_data_debug[15:0];
          8'd3: sp <= write_data_debug[11:0];
          8'd4: fp <= write_data_debug[11:0];
          8'd6: rsp <= write_data_debug[10:0];
          8'd8: rrv <= write_data_debug[1:0];
          default: ;
        endcase
      end
    end
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      handler <= 16'd0;
      rr <= 72'd0;
      ie <= 1'b0;
      was_beyond <= 1'b0;
      was_asked_early <= 1'b0;
      accessed <= 26'd0;
      overflow <= 1'b0;
    end else begin
      handler <= handler_next;
      rr <= rr_next;
      ie <= ie_next;
      was_beyond <= !now_act.done && (now_act.dr || now_act.dw) && beyond;
      was_asked_early <= now_act.ds;
      accessed <= data_at;
      if (acts && now_act.unwinds) overflow <= 1'b0;
      if (entry_overflows) overflow <= 1'b1;
      if (halted && state_write) begin
        case (state_number)
          8'd5: handler <= write_data_debug[15:0];
          8'd7: rr <= write_data_debug;
          8'd16: overflow <= write_data_debug[0];
          8'd19: ie <= write_data_debug[0];
          default: ;
        endcase
      end
    end
  end

  // How a program ends
  logic [9:0]  exit_now;
  logic        fails, new_frame;
  logic [3:0]  fault_now;
  logic [31:0] detail_now;
  always_comb begin
    exit_now = op == `PYSM_OP_HALT ? {word[23:21], word[6:0]} : 10'd`PYSM_HALT_FINISHED;
    fails = faults || entry_faults;
    new_frame = (return_we && !entry_faults) || (part.call && finishes && op == `PYSM_OP_TAIL);
    {fault_now, detail_now} = 'x;
    if (fails) begin
      fault_now = entry_faults ? entry_fault : now_act.fault && !was_outside ? now_act.fault_code : `PYSM_FAULT_ADDRESS;
      if (entry_faults) detail_now = {20'd0, entry_vector};
      else if (part.wrong)
        detail_now = word_fault == `PYSM_FAULT_SOFTWARE ? {15'd0, `FIELD_K(word)}
                   : word_fault == `PYSM_FAULT_WILD_PC ? {16'd0, pc} : word;
      else if (part.io) detail_now = io_req ? io_addr[31:0] : a[31:0];
      else detail_now = was_outside ? {6'd0, accessed} : now_act.fault ? 32'd0 : {6'd0, written_at};
    end
  end
  pysm_status status_unit (
    .clk(clk), .rst(rst), .tick(tick), .begins(executing && step == 6'd0), .record(record), .new_frame(new_frame),
    .frame_end(sp_now), .exits(exits), .exit_now(exit_now), .fails(fails), .fault_now(fault_now), .detail_now(detail_now),
    .status(status), .pc(pc), .handler(handler), .hbase(hbase), .sp(sp), .fp(fp), .rsp(rsp), .rrv(rrv), .rr(rr),
    .overflow(overflow), .ie(ie), .pass_valid(pass_valid), .pass_pc(pass_pc), .number(state_number), .read(state_read),
    .write(halted && state_write), .write_data(`BITS(write_data_debug)), .value(state_value), .cycle(cycle), .retired(retired),
    .order(order), .code_words(code_words)
  );

  pysm_retire retire (
    .clk(clk), .rst(rst), .boundary(boundary), .cycle(cycle), .a(a), .b(b), .c(c), .entering(entering),
    .entry_vector(entry_vector), .record(record), .kind(record_kind), .order(order), .pc(pc), .next_pc(next_pc_now),
    .word(word), .sp(sp_now), .fp(fp_now), .handler(handler_next), .rsp(rsp_now), .rrv(rrv_now), .rr(rr_next),
    .ie(ie_next),
    .rt_valid(rt_valid), .rt_kind(rt_kind), .rt_pc(rt_pc), .rt_next_pc(rt_next_pc), .rt_word(rt_word),
    .rt_cycle(rt_cycle), .rt_order(rt_order), .rt_a(rt_a), .rt_b(rt_b), .rt_c(rt_c), .rt_sp(rt_sp), .rt_fp(rt_fp),
    .rt_handler(rt_handler), .rt_rsp(rt_rsp), .rt_rrv(rt_rrv), .rt_rr(rt_rr), .rt_ie(rt_ie), .rt_vector(rt_vector)
  );
endmodule
