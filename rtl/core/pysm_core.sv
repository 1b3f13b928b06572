// The core: fetch, decode and read stages around execute, with the memories that belong to them.
//
//     F  the address of the next instruction goes to the code RAM
//     D  its word is out; decode; addresses go to stack, globals and return-stack RAM. Jumps, calls of known functions
//        and branches that are predicted taken redirect F
//     R  operands are out, through the bypasses. RET and YIELD redirect F by the top return entry
//     E  execute, 1 to 40 cycles. Everything else redirects here
//     W  the stack RAM is written
//
// D and R move on whenever the stage ahead of them is empty or moves. Each instruction in D finds the registers FP, SP,
// return depth and pending result as those before it leave them; a redirect from R or E sets them anew.
`include "pysm_words.svh"
`include "pysm_action.svh"

module pysm_core (
  input  logic        clk, rst,
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
  // Debug bus, see pysm_debug
  input  logic        dbg_req, dbg_write,
  input  logic [3:0]  dbg_space,
  input  logic [15:0] dbg_addr,
  input  logic [71:0] dbg_wdata,
  output logic        dbg_ack,
  output logic [71:0] dbg_rdata,
  output logic        halted,
  // Retire port and write beats
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
  output logic [11:0] rt_vector,
  output logic        sw_valid,
  output logic [10:0] sw_addr,
  output logic [71:0] sw_data,
  output logic        dw_valid,
  output logic [14:0] dw_addr,
  output logic [71:0] dw_data,
  output logic        gw_valid,
  output logic [10:0] gw_addr,
  output logic [71:0] gw_data,
  output logic        rw_valid,
  output logic [9:0]  rw_addr,
  output logic [63:0] rw_data,
  output logic        tw_valid,
  output logic [10:0] tw_addr,
  output logic [71:0] tw_data
);
  `include "pysm_decode.svh"

  // ---- Execute -------------------------------------------------------------------------------------------------------
  logic        e_ready, redirect, flush, started;
  logic [15:0] redirect_pc;
  logic [11:0] redirect_fp, redirect_sp;
  logic [10:0] redirect_rsp;
  logic [1:0]  redirect_rrv;
  logic        es_we, es_seen, eg_seen, er_seen, es_re, ed_en, ed_we, ep_en, ep_we, eg_en, eg_we, er_en, er_we, ev_en, ec_en;
  logic [10:0] es_addr, seen_addr, es_raddr, ep_addr, eg_addr;
  logic [71:0] es_data, seen_data, ed_wdata, ep_wdata, eg_wdata;
  logic [14:0] ed_addr, ec_addr;
  logic [9:0]  er_addr, er_top;
  logic [63:0] er_wdata, er_word;
  logic [11:0] ev_addr;
  logic [71:0] data_q, dispatch_q, globals_e_q, rr;
  logic [27:0] key_q;
  logic [63:0] return_e_q;
  logic [17:0] vector_q, stack_vector;
  logic [32:0] code_e_q;
  logic [15:0] code_words;
  // Debug block
  logic        halt, resume, single_step, pass, state_read, state_write, csr_write;
  logic [7:0]  state_number;
  logic [71:0] state_value, debug_wdata;
  logic [14:0] debug_addr;
  logic        debug_write;
  logic [16:0] csr_number;
  logic [63:0] csr_value;

  // ---- Decode -----------------------------------------------------------------------------------------------------------
  logic        d_valid;
  logic [15:0] d_pc;
  logic [32:0] d_word;
  logic [11:0] d_fp, d_sp;
  logic [10:0] d_rsp;
  logic [1:0]  d_rrv;
  logic [10:0] d_a_addr, d_b_addr, d_c_addr, d_g_addr, d_put_addr;
  logic        d_a_constant, d_b_constant, d_c_constant, d_put, d_jumps, d_returns;
  logic [6:0]  d_a_specifier, d_b_specifier, d_c_specifier;
  logic [11:0] d_sp_popped, d_sp_after, d_fp_after;
  logic [10:0] d_rsp_after;
  logic [15:0] d_target, d_other;
  logic [21:0] d_description;
  pysm_decode decode (
    .word(d_word[31:0]), .pc(d_pc), .fp(d_fp), .sp(d_sp), .rsp(d_rsp), .rrv(d_rrv), .description(d_description),
    .a_addr(d_a_addr), .b_addr(d_b_addr), .c_addr(d_c_addr), .a_constant(d_a_constant),
    .b_constant(d_b_constant), .c_constant(d_c_constant), .a_specifier(d_a_specifier),
    .b_specifier(d_b_specifier), .c_specifier(d_c_specifier), .g_addr(d_g_addr), .sp_popped(d_sp_popped),
    .sp_after(d_sp_after), .fp_after(d_fp_after), .rsp_after(d_rsp_after), .put(d_put), .put_addr(d_put_addr),
    .jumps(d_jumps), .target(d_target), .other(d_other), .returns(d_returns)
  );

  // ---- Read ---------------------------------------------------------------------------------------------------------------
  logic        r_valid, r_breakpoint, r_a_constant, r_b_constant, r_c_constant, r_put, r_overflows, r_jumps, r_returns;
  logic [15:0] r_pc, r_next, r_other;
  logic [31:0] r_word;
  logic [6:0]  r_a_specifier, r_b_specifier, r_c_specifier;
  logic [10:0] r_a_addr, r_b_addr, r_c_addr, r_g_addr, r_put_addr, r_rsp, r_rsp_after;
  logic [11:0] r_fp, r_sp, r_sp_popped, r_fp_after, r_sp_after;
  logic [1:0]  r_rrv;
  logic [3:0]  r_fault;
  logic [21:0] r_description, r_description_kept;
  logic [3:0]  r_resumes;
  part_t       r_part;
  adder_t      r_adder;
  arithmetic_t r_arithmetic;
`ifdef FORMAL
  // See the note in pysm_execute.
  assign r_description = pysm_operands(r_word[31:24]);
`else
  assign r_description = r_description_kept;
`endif
  assign r_resumes = r_description[`PYSM_OPERANDS_RESUME_LOW +: `PYSM_OPERANDS_RESUME_WIDTH];
  pysm_word_fault word_fault (
    .word(r_word), .description(r_description), .pc(r_pc), .code_words(code_words), .fp(r_fp), .sp(r_sp),
    .sp_popped(r_sp_popped), .sp_after(r_sp_after), .rrv(r_rrv), .overflows(r_overflows), .fault(r_fault)
  );
  pysm_part parts (.op(r_word[31:24]), .resumes(r_resumes), .rrv(r_rrv), .fault(r_fault), .part(r_part),
    .adder(r_adder), .arithmetic(r_arithmetic));

  // ---- Movement -----------------------------------------------------------------------------------------------------------
  logic r_moves, d_moves, r_redirects, fetches;
  always_comb begin
    r_moves = e_ready;
    d_moves = d_valid && (!r_valid || r_moves);
  end
  always_comb begin
    fetches = started || (!halted && (!d_valid || d_moves || redirect || r_redirects));
  end

  // RET and YIELD: by the kind of the entry that is on top.
  logic [63:0] entry;
  logic [11:0] return_base, return_sp;
  logic [1:0]  return_rrv;
  logic        return_known;
  always_comb begin
    {return_base, return_sp, return_rrv, return_known} = 'x;
    r_redirects = 1'b0;
    if (r_returns) begin
      return_base = `ENTRY_HOLE(entry) ? r_fp - 12'd1 : r_fp;
      return_sp = r_fp;
      return_rrv = 2'd0;
      // A RET with a fault in its word stops the core in execute, wherever fetch went.
      return_known = r_rsp != 11'd0;
      if (r_word[31:24] == `PYSM_OP_YIELD) begin
        return_known = return_known && `ENTRY_KIND(entry) == `KIND_GEN;
        return_sp = return_base;
        return_rrv = 2'd1;
      end else begin
        case (`ENTRY_KIND(entry))
          `KIND_CALL: return_sp = `ENTRY_DROP(entry) ? return_base : return_base + 12'd1;
          `KIND_RESUME, `KIND_REDIRECT: return_rrv = 2'd1;
          `KIND_RETRY, `KIND_IRQ: ;
          `KIND_GEN: begin
            return_sp = return_base;
            return_rrv = 2'd1;
          end
          default: return_known = 1'b0;
        endcase
      end
      r_redirects = r_valid && r_moves && return_known && !flush;
    end
  end

  // ---- Fetch ------------------------------------------------------------------------------------------------------------
  logic [15:0] fetch_pc;
  always_comb begin
    if (redirect) fetch_pc = redirect_pc;
    // Whether the return is known does not matter here: where it is not, the core stops.
    else if (r_valid && r_returns) fetch_pc = `ENTRY_PC(entry);
    else if (d_valid && d_jumps) fetch_pc = d_target;
    else fetch_pc = d_pc + 16'd1;
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      d_valid <= 1'b0;
      d_pc <= 16'd0;
      d_fp <= 12'd0;
      d_sp <= 12'd0;
      d_rsp <= 11'd0;
      d_rrv <= 2'd0;
    end else begin
      if (fetches) begin
        d_valid <= 1'b1;
        d_pc <= fetch_pc;
      end
      if (flush && !redirect) d_valid <= 1'b0;
      if (redirect) begin
        d_fp <= redirect_fp;
        d_sp <= redirect_sp;
        d_rsp <= redirect_rsp;
        d_rrv <= redirect_rrv;
      end else if (r_redirects) begin
        d_fp <= `ENTRY_FP(entry);
        d_sp <= return_sp;
        d_rsp <= r_rsp - 11'd1;
        d_rrv <= return_rrv;
      end else if (d_moves) begin
        d_fp <= d_fp_after;
        d_sp <= d_sp_after;
        d_rsp <= d_rsp_after;
        d_rrv <= 2'd0;
      end
    end
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      r_valid <= 1'b0;
      r_pc <= 16'd0;
      r_word <= 32'd0;
      r_description_kept <= 22'd0;
      r_breakpoint <= 1'b0;
      r_next <= 16'd0;
      r_other <= 16'd0;
      r_a_constant <= 1'b0;
      r_b_constant <= 1'b0;
      r_c_constant <= 1'b0;
      r_a_specifier <= 7'd0;
      r_b_specifier <= 7'd0;
      r_c_specifier <= 7'd0;
      r_a_addr <= 11'd0;
      r_b_addr <= 11'd0;
      r_c_addr <= 11'd0;
      r_g_addr <= 11'd0;
      r_put <= 1'b0;
      r_put_addr <= 11'd0;
      r_rsp <= 11'd0;
      r_rsp_after <= 11'd0;
      r_fp <= 12'd0;
      r_sp <= 12'd0;
      r_sp_popped <= 12'd0;
      r_fp_after <= 12'd0;
      r_sp_after <= 12'd0;
      r_rrv <= 2'd0;
      r_jumps <= 1'b0;
      r_returns <= 1'b0;
    end else begin
      if (d_moves) begin
        r_pc <= d_pc;
        r_word <= d_word[31:0];
        r_description_kept <= d_description;
        r_breakpoint <= d_word[32];
        r_next <= d_jumps ? d_target : d_pc + 16'd1;
        r_other <= d_other;
        r_a_constant <= d_a_constant;
        r_b_constant <= d_b_constant;
        r_c_constant <= d_c_constant;
        r_a_specifier <= d_a_specifier;
        r_b_specifier <= d_b_specifier;
        r_c_specifier <= d_c_specifier;
        r_a_addr <= d_a_addr;
        r_b_addr <= d_b_addr;
        r_c_addr <= d_c_addr;
        r_g_addr <= d_g_addr;
        r_put <= d_put;
        r_put_addr <= d_put_addr;
        r_rsp <= d_rsp;
        r_rsp_after <= d_rsp_after;
        r_fp <= d_fp;
        r_sp <= d_sp;
        r_sp_popped <= d_sp_popped;
        r_fp_after <= d_fp_after;
        r_sp_after <= d_sp_after;
        r_rrv <= d_rrv;
        r_jumps <= d_jumps;
        r_returns <= d_returns;
      end
      if (flush || r_redirects) r_valid <= 1'b0;
      else if (d_moves) r_valid <= 1'b1;
      else if (r_moves) r_valid <= 1'b0;
    end
  end

  // ---- Stack: the third port serves execute where it moves words to data RAM; an instruction that waits in R reads again
  // in every cycle.
  logic [71:0] a_q, b_q, c_q, moved_q, stack_debug_q;
  logic        debug_stack_we, debug_stack_re;
  logic [10:0] debug_stack_addr;
  logic [10:0] a_addr, b_addr, c_addr, g_addr;
  logic [9:0]  top_addr;
  always_comb begin
    a_addr = d_moves ? d_a_addr : r_a_addr;
    b_addr = d_moves ? d_b_addr : r_b_addr;
    c_addr = es_re ? es_raddr : d_moves ? d_c_addr : r_c_addr;
    g_addr = d_moves ? d_g_addr : r_g_addr;
    top_addr = (d_moves ? d_rsp[9:0] : r_rsp[9:0]) - 10'd1;
  end
  pysm_stack stack (
    .clk(clk), .rst(rst), .sw(es_we), .sw_addr(es_addr), .sw_data(es_data), .sw_seen(es_seen), .seen_addr(seen_addr),
    .seen_data(seen_data), .debug_we(debug_stack_we),
    .debug_waddr(debug_stack_addr), .debug_wdata(debug_wdata), .a_addr(a_addr), .b_addr(b_addr), .c_addr(c_addr),
    .a_q(a_q), .b_q(b_q), .c_q(c_q), .moved_q(moved_q), .debug_re(debug_stack_re), .debug_addr(debug_stack_addr),
    .debug_q(stack_debug_q)
  );

  function automatic [71:0] constant(input [6:0] specifier);
    case (specifier)
      `PYSM_SPECIFIER_NONE: constant = {`PYSM_TAG_NONE, 64'd0};
      `PYSM_SPECIFIER_FALSE: constant = {`PYSM_TAG_BOOL, 64'd0};
      `PYSM_SPECIFIER_TRUE: constant = {`PYSM_TAG_BOOL, 64'd1};
      `PYSM_SPECIFIER_UNBOUND: constant = {`PYSM_TAG_UNBOUND, 64'd0};
      `PYSM_SPECIFIER_NOTIMPLEMENTED: constant = {`PYSM_TAG_NOTIMPLEMENTED, 64'd0};
      `PYSM_SPECIFIER_MINUS_ONE: constant = {`PYSM_TAG_INT, {64{1'b1}}};
      default: constant = {`PYSM_TAG_INT, 57'd0, specifier - 7'd`PYSM_SPECIFIER_ZERO};
    endcase
  endfunction

  // ---- Globals: read by D, written and read by E. A word that E writes is bypassed like those of the stack.
  logic [71:0] globals_d_q, g_q, g_written;
  logic [10:0] g_at, g_written_at;
  logic        g_was_written, debug_globals_en;
  pysm_ram_2rw #(.WIDTH(72), .DEPTH(`PYSM_MEMORY_GLOBALS)) globals (
    .clk(clk), .a_en(1'b1), .a_we(1'b0), .a_addr(g_addr), .a_wdata(72'd0), .a_rdata(globals_d_q),
    .b_en(eg_en || debug_globals_en), .b_we(eg_en ? eg_we : debug_write), .b_addr(eg_en ? eg_addr : debug_addr[10:0]),
    .b_wdata(eg_en ? eg_wdata : debug_wdata), .b_rdata(globals_e_q)
  );
  // ---- Return stack: the top entry for D, everything else for E.
  logic [63:0] return_d_q, entry_written;
  logic [9:0]  top_at, entry_written_at;
  logic        entry_was_written, debug_return_en;
  pysm_ram_2rw #(.WIDTH(64), .DEPTH(`PYSM_MEMORY_RETURN_STACK)) returns (
    .clk(clk), .a_en(1'b1), .a_we(1'b0), .a_addr(top_addr), .a_wdata(64'd0), .a_rdata(return_d_q),
    .b_en(er_en || debug_return_en), .b_we(er_en ? er_we : debug_write), .b_addr(er_en ? er_addr : debug_addr[9:0]),
    .b_wdata(er_en ? er_wdata : debug_wdata[63:0]), .b_rdata(return_e_q)
  );
  always_ff @(posedge clk) begin
    if (rst) begin
      g_at <= 11'd0;
      g_written_at <= 11'd0;
      g_written <= 72'd0;
      g_was_written <= 1'b0;
      top_at <= 10'd0;
      entry_written_at <= 10'd0;
      entry_written <= 64'd0;
      entry_was_written <= 1'b0;
    end else begin
      g_at <= g_addr;
      g_was_written <= eg_we;
      g_written_at <= eg_addr;
      g_written <= eg_wdata;
      top_at <= top_addr;
      entry_was_written <= er_we;
      entry_written_at <= er_addr;
      entry_written <= er_wdata;
    end
  end
  always_comb begin
    g_q = eg_seen && eg_addr == g_at ? eg_wdata
        : g_was_written && g_written_at == g_at ? g_written : globals_d_q;
    entry = er_seen && er_top == top_at ? er_word
          : entry_was_written && entry_written_at == top_at ? entry_written : return_d_q;
  end

  // ---- Operands ------------------------------------------------------------------------------------------------------------
  logic [71:0] r_a, r_b, r_c;
  logic        immediate;
  always_comb begin
    // The opcodes 0x30 to 0x3f have an immediate in the place of b.
    immediate = r_word[31:28] == 4'h3;
    r_a = r_rrv != 2'd0 ? rr : r_a_constant ? constant(r_a_specifier) : a_q;
    r_b = immediate ? {`PYSM_TAG_INT, {54{r_word[23]}}, r_word[23:21], r_word[6:0]}
        : r_b_constant ? constant(r_b_specifier) : b_q;
    r_c = r_c_constant ? constant(r_c_specifier) : c_q;
  end

  // ---- The other memories ----------------------------------------------------------------------------------------------------
  logic        debug_code_en, debug_data_en, debug_value_en, debug_key_en, debug_vector_en;
  logic [71:0] data_debug_q, value_debug_q;
  logic [27:0] key_debug_q;
  logic [17:0] vector_debug_q;
  pysm_deep_ram #(.WIDTH(33), .DEPTH(`PYSM_MEMORY_CODE)) code (
    .clk(clk), .a_en(fetches), .a_we(1'b0), .a_addr(fetch_pc[14:0]), .a_wdata(33'd0), .a_rdata(d_word),
    .b_en(ec_en || debug_code_en), .b_we(!ec_en && debug_write), .b_addr(ec_en ? ec_addr : debug_addr),
    .b_wdata(debug_wdata[32:0]), .b_rdata(code_e_q)
  );
  pysm_deep_ram #(.WIDTH(72), .DEPTH(`PYSM_MEMORY_DATA)) data (
    .clk(clk), .a_en(ed_en), .a_we(ed_we), .a_addr(ed_addr), .a_wdata(ed_wdata), .a_rdata(data_q),
    .b_en(debug_data_en), .b_we(debug_write), .b_addr(debug_addr), .b_wdata(debug_wdata), .b_rdata(data_debug_q)
  );
  pysm_ram_2rw #(.WIDTH(72), .DEPTH(`PYSM_MEMORY_DISPATCH)) dispatch_values (
    .clk(clk), .a_en(ep_en), .a_we(ep_we), .a_addr(ep_addr), .a_wdata(ep_wdata), .a_rdata(dispatch_q),
    .b_en(debug_value_en), .b_we(debug_write), .b_addr(debug_addr[10:0]), .b_wdata(debug_wdata), .b_rdata(value_debug_q)
  );
  pysm_ram_2rw #(.WIDTH(28), .DEPTH(`PYSM_MEMORY_DISPATCH)) dispatch_keys (
    .clk(clk), .a_en(ep_en && !ep_we), .a_we(1'b0), .a_addr(ep_addr), .a_wdata(28'd0), .a_rdata(key_q),
    .b_en(debug_key_en), .b_we(debug_write), .b_addr(debug_addr[10:0]), .b_wdata(debug_wdata[27:0]),
    .b_rdata(key_debug_q)
  );
  pysm_ram_2rw #(.WIDTH(18), .DEPTH(`PYSM_MEMORY_VECTORS)) vectors (
    .clk(clk), .a_en(ev_en), .a_we(1'b0), .a_addr(ev_addr), .a_wdata(18'd0), .a_rdata(vector_q),
    .b_en(debug_vector_en), .b_we(debug_write), .b_addr(debug_addr[11:0]), .b_wdata(debug_wdata[17:0]),
    .b_rdata(vector_debug_q)
  );
  // The STACK trap's vector has a copy: whether it is needed is known only when the other vector is out of the RAM. As
  // part of that memory it has no reset.
  always_ff @(posedge clk) begin
    if (debug_vector_en) begin
      if (debug_write && debug_addr[11:0] == 12'd`PYSM_TRAP_SYSTEM * 12'd64 + 12'd`PYSM_CAUSE_STACK)
        stack_vector <= debug_wdata[17:0];
    end
  end

  pysm_execute execute (
    .clk(clk), .rst(rst),
    .r_valid(r_valid), .r_pc(r_pc), .r_word(r_word), .r_breakpoint(r_breakpoint), .r_a(r_a), .r_b(r_b), .r_c(r_c),
    .r_g(g_q), .r_entry(entry), .r_fp(r_fp), .r_sp(r_sp), .r_sp_popped(r_sp_popped),
    .r_fp_after(r_redirects ? `ENTRY_FP(entry) : r_fp_after), .r_sp_after(r_redirects ? return_sp : r_sp_after),
    .r_rsp(r_rsp), .r_rsp_after(r_redirects ? r_rsp - 11'd1 : r_rsp_after), .r_rrv(r_rrv),
    .r_rrv_after(r_redirects ? return_rrv : 2'd0), .r_put(r_put), .r_put_addr(r_put_addr), .r_jumps(r_jumps),
    .r_next(r_redirects ? `ENTRY_PC(entry) : r_next), .r_other(r_other), .r_overflows(r_overflows),
    .r_fault(r_fault), .r_part(r_part), .r_adder(r_adder), .r_arithmetic(r_arithmetic), .r_resumes(r_resumes), .ready(e_ready),
    .redirect(redirect), .flush(flush), .redirect_pc(redirect_pc), .redirect_fp(redirect_fp),
    .redirect_sp(redirect_sp), .redirect_rsp(redirect_rsp), .redirect_rrv(redirect_rrv),
    .sw(es_we), .sw_addr(es_addr), .sw_data(es_data), .sw_seen(es_seen), .seen_addr(seen_addr), .seen_data(seen_data),
    .sr(es_re), .sr_addr(es_raddr), .stack_q(moved_q),
    .data_en(ed_en), .data_we(ed_we), .data_addr(ed_addr), .data_wdata(ed_wdata), .data_q(data_q),
    .dispatch_en(ep_en), .dispatch_we(ep_we), .dispatch_addr(ep_addr), .dispatch_wdata(ep_wdata),
    .dispatch_q(dispatch_q), .key_q(key_q),
    .globals_en(eg_en), .globals_we(eg_we), .globals_seen(eg_seen), .globals_addr(eg_addr), .globals_wdata(eg_wdata),
    .globals_q(globals_e_q),
    .return_en(er_en), .return_we(er_we), .return_addr(er_addr), .return_wdata(er_wdata), .return_seen(er_seen),
    .return_top(er_top), .return_word(er_word),
    .return_q(return_e_q),
    .vector_en(ev_en), .vector_addr(ev_addr), .vector_q(vector_q), .stack_vector(stack_vector),
    .code_en(ec_en), .code_addr(ec_addr), .code_q(code_e_q[31:0]),
    .tick(tick), .cycle(cycle), .io_selected(io_selected), .io_req(io_req), .io_write(io_write), .io_addr(io_addr),
    .io_wdata(io_wdata), .io_rdata(io_rdata), .io_bad(io_bad), .pin_seen(pin_seen), .irq(irq), .irq_pending(irq_pending),
    .irq_taken(irq_taken),
    .halt(halt), .resume(resume), .single_step(single_step), .pass(pass), .halted(halted), .started(started),
    .state_number(state_number), .state_read(state_read), .state_value(state_value), .state_write(state_write),
    .csr_write_debug(csr_write), .csr_number_debug(csr_number), .csr_value_debug(csr_value),
    .write_data_debug(debug_wdata), .code_words(code_words), .rr_seen(rr),
    .rt_valid(rt_valid), .rt_kind(rt_kind), .rt_pc(rt_pc), .rt_next_pc(rt_next_pc), .rt_word(rt_word),
    .rt_cycle(rt_cycle), .rt_order(rt_order), .rt_a(rt_a), .rt_b(rt_b), .rt_c(rt_c), .rt_sp(rt_sp), .rt_fp(rt_fp),
    .rt_handler(rt_handler), .rt_rsp(rt_rsp), .rt_rrv(rt_rrv), .rt_rr(rt_rr), .rt_ie(rt_ie),
    .rt_vector(rt_vector)
  );

  pysm_debug debug (
    .clk(clk), .rst(rst), .dbg_req(dbg_req), .dbg_write(dbg_write), .dbg_space(dbg_space), .dbg_addr(dbg_addr),
    .dbg_wdata(dbg_wdata), .ack(dbg_ack), .rdata(dbg_rdata), .halted(halted),
    .halt(halt), .resume(resume), .single_step(single_step), .pass(pass),
    .write(debug_write), .addr(debug_addr), .write_data(debug_wdata),
    .state_number(state_number), .state_write(state_write), .state_read(state_read), .state_value(state_value),
    .csr_number(csr_number), .csr_write(csr_write), .csr_value(csr_value),
    .code_busy(ec_en), .code_en(debug_code_en), .code_q(code_e_q),
    .data_en(debug_data_en), .data_q(data_debug_q),
    .stack_we(debug_stack_we), .stack_re(debug_stack_re), .stack_addr(debug_stack_addr), .stack_q(stack_debug_q),
    .return_busy(er_en), .return_en(debug_return_en), .return_q(return_e_q),
    .globals_busy(eg_en), .globals_en(debug_globals_en), .globals_q(globals_e_q),
    .value_en(debug_value_en), .value_q(value_debug_q), .key_en(debug_key_en), .key_q(key_debug_q),
    .vector_en(debug_vector_en), .vector_q(vector_debug_q)
  );

  // ---- Write beats, in step with the retire records ------------------------------------------------------------------------
  always_ff @(posedge clk) begin
    if (rst) begin
      sw_valid <= 1'b0;
      dw_valid <= 1'b0;
      gw_valid <= 1'b0;
      rw_valid <= 1'b0;
      tw_valid <= 1'b0;
      sw_addr <= 11'd0;
      sw_data <= 72'd0;
      dw_addr <= 15'd0;
      dw_data <= 72'd0;
      gw_addr <= 11'd0;
      gw_data <= 72'd0;
      rw_addr <= 10'd0;
      rw_data <= 64'd0;
      tw_addr <= 11'd0;
      tw_data <= 72'd0;
    end else begin
      sw_valid <= es_we;
      if (es_we) begin
        sw_addr <= es_addr;
        sw_data <= es_data;
      end
      dw_valid <= ed_we;
      if (ed_we) begin
        dw_addr <= ed_addr;
        dw_data <= ed_wdata;
      end
      gw_valid <= eg_we;
      if (eg_we) begin
        gw_addr <= eg_addr;
        gw_data <= eg_wdata;
      end
      rw_valid <= er_we;
      if (er_we) begin
        rw_addr <= er_addr;
        rw_data <= er_wdata;
      end
      tw_valid <= ep_we;
      if (ep_we) begin
        tw_addr <= ep_addr;
        tw_data <= ep_wdata;
      end
    end
  end
endmodule
