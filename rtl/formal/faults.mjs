/**
 * Faults for copies of rtl/core, each of which makes a property fail: `from` stands in the file once, `to` takes its place.
 * @type {readonly { property: string, file: string, from: string, to: string }[]}
 */
export const FAULTS = [
  // Operand b without the word that was written in the cycle before
  {
    property: 'stack',
    file: 'pysm_stack.sv',
    from: 'w_addr == b_at ? w_data : x_we && x_addr == b_at ? x_data : b_ram',
    to: 'w_addr == b_at ? w_data : b_ram',
  },
  {
    property: 'read_ahead',
    file: 'pysm_core.sv',
    from: 'g_was_written && g_written_at == g_at ? g_written : ',
    to: '',
  },
  { property: 'read_ahead', file: 'pysm_core.sv', from: 'entry_was_written <= er_we', to: "entry_was_written <= 1'b0" },
  { property: 'position', file: 'pysm_position.sv', from: "{40{1'b1}} && from_end[24]", to: "{40{1'b1}}" },
  { property: 'block_size', file: 'pysm_block_size.sv', from: '<= `PYSM_SIZE_CLASS_7)', to: '< `PYSM_SIZE_CLASS_7)' },
  {
    property: 'entry',
    file: 'pysm_entry.sv',
    from: 'retries ? sp : sp_popped',
    to: 'retries ? sp_popped : sp',
  },
  {
    property: 'decoded',
    file: 'pysm_execute.sv',
    from: 'part_kept <= r_part;',
    to: "if (r_rrv == 2'd0) part_kept <= r_part;",
  },
  { property: 'entry', file: 'pysm_entry.sv', from: "step + 9'd1 >= total", to: "step + 9'd2 >= total" },
  // A read of the code that holds up fetch
  {
    property: 'debug',
    file: 'pysm_core.sv',
    from: 'fetches = started || (!halted &&',
    to: "fetches = started || (!halted && !(dbg_req && dbg_space == 4'd1) &&",
  },
  // A read of the stack that takes the port of operand c
  {
    property: 'debug',
    file: 'pysm_core.sv',
    from: '.c_addr(c_addr),',
    to: '.c_addr(debug_stack_re ? debug_stack_addr : c_addr),',
  },
  // A read of the code in whose cycle the next instruction is not read
  {
    property: 'debug',
    file: 'pysm_core.sv',
    from: '.a_en(fetches),',
    to: '.a_en(fetches && !debug_code_en),',
  },
  // A square root that nothing ends; a generator's entry that counts beyond its last step; a call that clears no further
  {
    property: 'liveness',
    file: 'pysm_exec_arith.sv',
    from: 'act.done = step == cycles -',
    to: 'act.done = step + found == cycles -',
  },
  {
    property: 'liveness',
    file: 'pysm_exec_generator.sv',
    from: "`GEN_WORDS(data_q) > 8'd32",
    to: "`GEN_WORDS(data_q) > 8'd62",
  },
  {
    property: 'liveness',
    file: 'pysm_exec_call.sv',
    from: "clear_next <= clear_now + {11'd0, clears}",
    to: 'clear_next <= clear_now',
  },
  { property: 'liveness', file: 'pysm_word_fault.sv', from: "imm < 10'sd1 || imm > 10'sd16", to: "imm < 10'sd1" },
  // A record of an instruction of two cycles that is lost; one too many of a passed BRK
  {
    property: 'retire',
    file: 'pysm_execute.sv',
    from: 'record = finishes || entry_done',
    to: "record = (finishes && step != 6'd1) || entry_done",
  },
  {
    property: 'retire',
    file: 'pysm_execute.sv',
    from: 'record = finishes || entry_done',
    to: 'record = finishes || passes_brk || entry_done',
  },
];
