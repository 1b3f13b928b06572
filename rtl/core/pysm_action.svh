// What one part of the execute stage does in one cycle.
//
// Every part of execute (pysm_exec_*.sv) is combinational: from the instruction, its operands, the number of the cycle
// and what the memories give it computes an action. A part whose instruction it is not gives zeros, and the action of a
// cycle is the OR of all parts' actions. All-zero means: nothing, stay in this instruction. What a part computes on the way
// to its action is unknown while it is not asked: synthesis may choose, and a simulation leaves it out.
//
// Wide words are not part of an action where they can be named: it says which of the words that execute holds is meant,
// and only a word that is made from pieces is sent (`made`). Data addresses are a base that is named and an offset.
`ifndef PYSM_ACTION_SVH
`define PYSM_ACTION_SVH

// What happens
typedef struct packed {
  logic        done;         // this is the instruction's last cycle
  // stack write, seen by the bypasses in this cycle; of `made` unless another word is named
  logic        sw;
  logic        sw_keep;      // the write is made even where the instruction traps
  logic        sw_a;         // of operand a
  logic        sw_q;         // of the word read from data RAM
  logic        sw_own;       // to sw_addr instead of the destination
  // read address for the third port of the stack RAM (instructions that move stack words to data RAM)
  logic        sr;
  // data RAM: read (dr), or write (dw) of `made` unless another word is named; the word read is there in the next cycle
  logic        dr;
  logic        dw;
  logic        ds;           // the read is made before it is known to be wanted: no fault where it lies outside, unless
                             // the next cycle `checks`
  logic        checks;       // what such a read gave is used: it must have been inside
  logic        dw_a;         // operands
  logic        dw_b;
  logic        dw_c;
  logic        dw_q;         // the word read from data RAM
  logic        dw_s;         // the word read from the stack
  // base of its address: the reference in operand a, in b, in the temporary, in the word read from data RAM; else the
  // part's own base
  logic        da_a;
  logic        da_b;
  logic        da_t;
  logic        da_q;
  logic        da_next;      // one word further than base and offset say
  // dispatch table: the entry that the probe names, or the one of index a
  logic        pr;
  logic        pw;
  logic        p_a;
  // globals RAM, execute's port: read the word of index a, write the word that the instruction names
  logic        gr;
  logic        gw;
  // return stack, execute's port: rw writes the entry of a call at the present depth
  logic        rw;
  logic        rr;
  // code RAM, second port: read the word at the top entry's pc
  logic        cr;
  // trap: the next cycle is the first of its entry
  logic        trap;
  logic        overflow;     // a frame does not fit: STACK trap
  logic        getter;       // enter the FUNC that the dispatch table gave instead of a vector's handler
  logic [1:0]  pushes;       // operands for the handler: of a, b, c the first ones
  logic        swaps;        // b goes before a
  logic        counts;       // the INT `count` goes in the place of b
  logic [2:0]  kind;
  logic        fault;
  logic [3:0]  fault_code;
  // conditional branch, decided in this cycle
  logic        branch;
  logic        taken;
  logic        redirect;     // fetch goes on at `go`
  // execute's own registers
  logic        h_set;
  logic        rr_set;       // to operand a, unless another word is named
  logic        rr_b;
  logic        rr_made;
  logic        rr_none;
  logic        ie_set;
  logic        ie;
  logic        pass_set;     // a breakpoint at the new pc is passed: the instruction there has issued before
  logic        t_set;        // temporary of the instruction := the word read from data RAM, unless another is named
  logic        t_dispatch;
  logic        t_code;
  logic        unwinds;      // UNW: ends the use of the stack reserve
  logic        exit;
} action_t;

// Where in the memories
typedef struct packed {
  logic [15:0] base;         // of the data address, where none is named
  logic [25:0] offset;       // signed
  logic [10:0] sw_addr;
  logic [10:0] sr_addr;
} place_t;

// Where fetch goes on, and the registers as the instruction there finds them
typedef struct packed {
  logic [15:0] pc;
  logic [11:0] fp;
  logic [11:0] sp;
  logic [10:0] rsp;
  logic [1:0]  rrv;
} flow_t;

// The small numbers of rare actions
typedef struct packed {
  logic [15:0] h;
  // The trap: of an operation, whose vector depends on the groups of the operands that are pushed; or of the system, and
  // then this is its cause.
  logic        system;
  logic [5:0]  operation;
  logic [11:0] count;
} detail_t;

// Part of execute, one-hot but for FORITER and what is said below
typedef struct packed {
  logic word, arith, test, items, raw, attribute, call, ret, generator, build, cells, io, resume;
  logic sums;                // `arith` where there is a float, else `word`
  logic hash;                // `arith` where it is of a float, else `word`
  logic wrong;               // no part's: the instruction word has a fault
} part_t;

// What the opcode alone says of an arithmetic instruction: what the adder of pysm_alu computes, a + b if none of these; and
// which operation of pysm_exec_arith it is
typedef struct packed {
  logic subtract, negate, magnitude;
} adder_t;
typedef struct packed {
  logic adds, subtracts, multiplies, divides, floors, remains, powers;
} arithmetic_t;

// The signals of a part's action in pysm_execute, how they are connected, and how they are joined
`define PYSM_ACTION_SIGNALS(part) \
  action_t part``_act; place_t part``_at; flow_t part``_go; detail_t part``_info; logic [71:0] part``_made;

`define PYSM_ACTION_CONNECT(part) \
  .act(part``_act), .at(part``_at), .go(part``_go), .info(part``_info), .made(part``_made)

// OR of a field of all parts' actions; those of the unit for arithmetic go before those of `word`
`define PYSM_JOIN(field) \
  (arith_chosen ? arith_``field : word_``field) | test_``field | items_``field | raw_``field | attribute_``field | \
  call_``field | return_``field | generator_``field | build_``field | cell_``field | io_``field | resume_``field

// ... of those that write to data RAM, but for the attributes
`define PYSM_JOIN_WRITERS(field) \
  (items_``field | raw_``field | return_``field | generator_``field | build_``field | cell_``field)

// The same inside a part
`define PYSM_NO_ACTION \
  begin \
    act = '0; at = '0; go = '0; info = '0; made = '0; \
  end

`endif
