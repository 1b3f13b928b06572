// What one part of the execute stage does in one cycle.
//
// Every part of execute (pysm_exec_*.sv) is combinational: from the instruction, its operands, the number of the cycle
// and what the memories give it computes an action. pysm_execute takes the action of the part that the opcode belongs
// to. All-zero means: nothing, stay in this instruction.
//
// An action is a bundle of signals, each narrow enough to be one machine word for a simulator.
`ifndef PYSM_ACTION_SVH
`define PYSM_ACTION_SVH

// What happens
typedef struct packed {
  logic        done;         // this is the instruction's last cycle
  // stack write of sw_data, seen by the bypasses in this cycle
  logic        sw;
  logic        sw_keep;      // the write is made even where the instruction traps
  logic [10:0] sw_addr;
  // read address for the third port of the stack RAM (instructions that move stack words to data RAM)
  logic        sr;
  logic [10:0] sr_addr;
  // data RAM: read (dr), or write of dw_data (dw); the word read is there in the next cycle
  logic        dr;
  logic        dw;
  logic        ds;           // the read is made before it is known to be wanted: no fault where it lies outside
  // dispatch table
  logic        pr;
  logic        pw;
  // globals RAM, execute's port
  logic        gr;
  logic        gw;
  // return stack, execute's port: rw writes rw_data at the present depth
  logic        rw;
  logic        rr;
  // code RAM, second port: read the word at the top entry's pc
  logic        cr;
  // trap: the next cycle is the first of its entry
  logic        trap;
  logic        overflow;     // a frame does not fit: STACK trap
  logic        getter;       // enter the FUNC in p1 instead of a vector's handler
  logic [1:0]  pushes;       // operands for the handler: p0, p1, operand c
  logic [2:0]  kind;
  logic        fault;
  logic [3:0]  fault_code;
  // conditional branch, decided in this cycle
  logic        branch;
  logic        taken;
  logic        redirect;     // fetch goes on at `go`
  // execute's own registers
  logic        h_set;
  logic        rr_set;
  logic        ie_set;
  logic        ie;
  logic        pass_set;     // a breakpoint at the new pc is passed: the instruction there has issued before
  logic        t_set;        // temporary of the instruction := t_next
  logic        unwinds;      // UNW: ends the use of the stack reserve
  logic        exit;
} action_t;

// Where in the memories
typedef struct packed {
  logic [25:0] da;           // data RAM, signed; it is checked to lie in the memory
  logic [16:0] pa;           // dispatch table
  logic [10:0] ga;           // globals
  logic [9:0]  ra;           // return stack
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
  logic [11:0] trap_vector;
  logic [9:0]  exit_code;
} detail_t;

// The signals of a part's action in pysm_execute, how they are connected, and how the action is taken or cleared
`define PYSM_ACTION_SIGNALS(part) \
  action_t part``_act; place_t part``_at; flow_t part``_go; detail_t part``_info; logic [31:0] part``_fault_detail; \
  logic [71:0] part``_sw_data, part``_dw_data, part``_p0, part``_p1, part``_rr_data, part``_t_next; \
  logic [63:0] part``_rw_data;

`define PYSM_ACTION_CONNECT(part) \
  .act(part``_act), .at(part``_at), .go(part``_go), .info(part``_info), .fault_detail(part``_fault_detail), \
  .sw_data(part``_sw_data), .dw_data(part``_dw_data), .p0(part``_p0), .p1(part``_p1), .rr_data(part``_rr_data), \
  .t_next(part``_t_next), .rw_data(part``_rw_data)

`define PYSM_ACTION_TAKE(part) \
  begin \
    now_act = part``_act; now_at = part``_at; now_go = part``_go; now_info = part``_info; \
    now_fault_detail = part``_fault_detail; now_sw_data = part``_sw_data; now_dw_data = part``_dw_data; \
    now_p0 = part``_p0; now_p1 = part``_p1; now_rr_data = part``_rr_data; now_t_next = part``_t_next; \
    now_rw_data = part``_rw_data; \
  end

`define PYSM_NO_ACTION_OF(part) \
  begin \
    part``_act = '0; part``_at = '0; part``_go = '0; part``_info = '0; part``_fault_detail = '0; part``_sw_data = '0; \
    part``_dw_data = '0; part``_p0 = '0; part``_p1 = '0; part``_rr_data = '0; part``_t_next = '0; \
    part``_rw_data = '0; \
  end

// The same inside a part
`define PYSM_NO_ACTION \
  begin \
    act = '0; at = '0; go = '0; info = '0; fault_detail = '0; sw_data = '0; dw_data = '0; p0 = '0; p1 = '0; \
    rr_data = '0; t_next = '0; rw_data = '0; \
  end

`endif
