/**
 * Mistakes that the bounded comparison must catch, as replacements of a text that occurs once in its file. `file` is
 * relative to the repository: under rtl/ a fault of the core, under simulator/ one of the simulator that it is compared
 * with.
 *
 * @typedef {object} Fault
 * @property {string} name what is wrong
 * @property {string} file
 * @property {string} search
 * @property {string} replace
 */

const core = (file, name, search, replace) => ({ name, file: `rtl/core/${file}.sv`, search, replace });
const io = (file, name, search, replace) => ({ name, file: `rtl/io/${file}.sv`, search, replace });
const simulator = (file, name, search, replace) => ({ name, file: `simulator/assembly/${file}.ts`, search, replace });

/** @type {readonly Fault[]} */
export const FAULTS = [
  // Forwarding paths
  core(
    'pysm_stack',
    'no bypass of the word written in this cycle, operand a',
    'sw_seen && seen_addr == a_at',
    "1'b0 && seen_addr == a_at",
  ),
  core('pysm_stack', 'no bypass at distance two, operand b', 'w_we && w_addr == b_at', "1'b0 && w_addr == b_at"),
  core(
    'pysm_stack',
    'no bypass at distance three, operand a',
    ' : x_we && x_addr == a_at ? x_data : a_ram;',
    ' : a_ram;',
  ),
  core(
    'pysm_stack',
    'no bypass of the word written in this cycle, operand c',
    'c_q = sw_seen && seen_addr == c_at ? seen_data : moved_q;',
    'c_q = moved_q;',
  ),
  core(
    'pysm_core',
    'a debugger that reads the stack takes the port of operand c',
    '.c_addr(c_addr),',
    '.c_addr(debug_stack_re ? debug_stack_addr : c_addr),',
  ),
  core(
    'pysm_core',
    'no bypass of a global written in this cycle',
    'g_q = eg_seen && eg_addr == g_at ? eg_wdata',
    "g_q = 1'b0 ? eg_wdata",
  ),
  core(
    'pysm_core',
    'no bypass of the return entry written in this cycle',
    'entry = er_seen && er_top == top_at ? er_word',
    "entry = 1'b0 ? er_word",
  ),
  // Flags and comparisons
  core(
    'pysm_compare',
    'equal integers are greater, too',
    '{!less && !bits_equal, bits_equal, less}',
    '{!less, bits_equal, less}',
  ),
  core(
    'pysm_position',
    'the item behind the last one exists',
    "ok = index[63:24] == 40'd0 && index[23:0] < length;",
    "ok = index[63:24] == 40'd0 && index[23:0] <= length;",
  ),
  core(
    'pysm_allocator',
    'a free list whose head is taken does not move on',
    'linking <= take && from_list;',
    "linking <= 1'b0;",
  ),
  core(
    'pysm_allocator',
    'the last block of the heap is not given out',
    "fits_first = $signed({2'b00, size}) <= room;",
    "fits_first = $signed({2'b00, size}) < room;",
  ),
  // Tags, states, causes
  core(
    'pysm_exec_return',
    'RSRD gives an INT',
    'made = {`PYSM_TAG_RAW, return_q};',
    'made = {`PYSM_TAG_INT, return_q};',
  ),
  core('pysm_exec_return', 'a generator that has returned is not done', '`GEN_STATE(made) = `GEN_DONE;', ''),
  core('pysm_exec_return', 'RET forgets the handler', 'info.h = `ENTRY_HANDLER(entry);', "info.h = 16'd0;"),
  core(
    'pysm_exec_return',
    'RET from an interrupt leaves interrupts off',
    'act.ie = `ENTRY_IE(entry);',
    "act.ie = 1'b0;",
  ),
  core(
    'pysm_exec_items',
    'a missing item goes to the handler of stores',
    "info.operation = 6'd`PYSM_TRAP_LOAD_ITEM;",
    "info.operation = 6'd`PYSM_TRAP_STORE_ITEM;",
  ),
  core(
    'pysm_entry',
    "an interrupt's enable in the entries of traps",
    '`ENTRY_IE(entry_word) = irq;',
    "`ENTRY_IE(entry_word) = 1'b1;",
  ),
  core(
    'pysm_execute',
    'UNW does not end the use of the stack reserve',
    "if (acts && now_act.unwinds) overflow <= 1'b0;",
    '',
  ),
  // Cycles and counters
  core(
    'pysm_exec_items',
    'an item of a tuple takes a cycle more',
    "act.done = ok && step == 6'd`PYSM_CYCLES_LDX_TUPLE - 6'd1;",
    "act.done = ok && step == 6'd`PYSM_CYCLES_LDX_TUPLE;",
  ),
  core(
    'pysm_exec_raw',
    'a word of a table takes a cycle more',
    "act.done = step == 6'd`PYSM_CYCLES_GLRD_DONE - 6'd1;",
    "act.done = step == 6'd`PYSM_CYCLES_GLRD_DONE;",
  ),
  core(
    'pysm_execute',
    'a re-issue is not counted',
    ".begins(executing && step == 6'd0)",
    ".begins(executing && step == 6'd0 && rrv == 2'd0)",
  ),
  core(
    'pysm_core',
    'a stack word that is written keeps the instruction after the next one waiting',
    'd_moves = d_valid && (!r_valid || r_moves);',
    'd_moves = d_valid && (!r_valid || (r_moves && !es_we));',
  ),
  core(
    'pysm_core',
    'a request on the debug bus keeps the instruction after the next one waiting',
    'd_moves = d_valid && (!r_valid || r_moves);',
    'd_moves = d_valid && (!r_valid || (r_moves && !dbg_req));',
  ),
  core(
    'pysm_exec_call',
    'a method that was found is called as what an attribute holds',
    "if (phase == 6'd1) was_method <= method;",
    "was_method <= 1'b0;",
  ),
  core('pysm_allocator', 'the most heap words in use are not kept', 'if (took) if (used > hpeak) hpeak <= used;', ''),
  core(
    'pysm_status',
    'the highest SP is not kept at calls',
    'if (compares) if (compared > peak) peak <= compared;',
    '',
  ),
  // Devices and reset
  io('pysm_gpio', 'one flop in the synchroniser', 'settled <= caught;', 'settled <= pin_in;'),
  io('pysm_gpio', 'reset leaves the pull-ups', "      pin_up   <= '0;\n", ''),
  io(
    'pysm_timer',
    'the timer fires a cycle late',
    '$signed(compared) <= $signed(cycle_next)',
    '$signed(compared) < $signed(cycle_next)',
  ),
  io('pysm_timer', 'reset leaves the timer running', "      enable  <= 1'b0;\n", ''),
  io(
    'pysm_uart',
    'reset leaves the UART as fast as it was',
    "if (rst) divisor <= 32'd`PYSM_UART_DIVISOR_RESET;\n    else if (write_divisor)",
    'if (write_divisor)',
  ),
  io('pysm_interrupts', 'reset leaves interrupt lines pending', "      kept   <= '0;\n", ''),
  // The simulator
  simulator('branches', 'bits beyond 63 are taken modulo 64', 'min(fieldB(), 63)', '(fieldB() & 63)'),
  simulator(
    'operands',
    'a branch to itself is predicted not taken',
    'CYCLES += cycles + (taken == offset <= 0 ? 0',
    'CYCLES += cycles + (taken == offset >= 0 ? 0',
  ),
  simulator(
    'devices',
    'three flops in the synchroniser',
    'const SYNCHRONISER: i64 = PIN_VISIBLE_AFTER - 1;',
    'const SYNCHRONISER: i64 = PIN_VISIBLE_AFTER;',
  ),
  simulator(
    'trap',
    'an entry writes a word more for nothing',
    '(end - FP) >> CELL_SHIFT, TIMING_ENTRY_WORDS)',
    '(end - FP) >> CELL_SHIFT, TIMING_ENTRY_WORDS + 1)',
  ),
  simulator('build', 'a new list has room for three', 'const LIST_ROOM: i32 = 4;', 'const LIST_ROOM: i32 = 3;'),
  simulator('compare', 'less or equal is less', 'return LESS | EQUAL;', 'return LESS;'),
  simulator(
    'generators',
    'a fresh generator gets a value',
    'RRV = thrown ? 2 : stage == SUSPENDED ? 1 : 0;',
    'RRV = thrown ? 2 : 1;',
  ),
  simulator(
    'exceptions',
    'HSEL asks about the address behind a call',
    'if (entryKind(entry) == KIND_CALL) pc -= 1;',
    '',
  ),
  simulator(
    'raw',
    'the tag byte loses its highest bit',
    'tagAt(source(fieldA())), CYCLES_TAGR_DONE',
    'tagAt(source(fieldA())) & 127, CYCLES_TAGR_DONE',
  ),
];
