// What one part of the execute stage does in one cycle.
//
// Every part of execute (pysm_exec_*.sv) is combinational: from the instruction, its operands, the number of the cycle
// and what the memories give it computes an action_t. pysm_execute takes the action of the part that the opcode belongs
// to. All-zero means: nothing, stay in this instruction.
`ifndef PYSM_ACTION_SVH
`define PYSM_ACTION_SVH

typedef struct packed {
  logic        done;         // this is the instruction's last cycle
  // stack write, seen by the bypasses in this cycle
  logic        sw;
  logic [10:0] sw_addr;
  logic [71:0] sw_data;
  logic        sw_keep;      // the write is made even where the instruction traps
  // read address for the third port of the stack RAM (instructions that move stack words to data RAM)
  logic        sr;
  logic [10:0] sr_addr;
  // data RAM: read (dr) or write (dw) at an address that is checked to lie in the memory; the word read is there in the next cycle
  logic        dr;
  logic        dw;
  logic        ds;           // the read is made before it is known to be wanted: no fault where it lies outside
  logic [25:0] da;           // signed
  logic [71:0] dw_data;
  // dispatch table
  logic        pr;
  logic        pw;
  logic [16:0] pa;
  // globals RAM, execute's port
  logic        gr;
  logic        gw;
  logic [10:0] ga;
  // return stack, execute's port: rw writes entry rw_data at the present depth, rr reads at ra
  logic        rw;
  logic [63:0] rw_data;
  logic        rr;
  logic [9:0]  ra;
  // code RAM, second port: read the word at the top entry's pc
  logic        cr;
  // trap: the next cycle is the first of its entry
  logic        trap;
  logic        overflow;     // a frame does not fit: STACK trap
  logic        getter;       // enter the FUNC in p1 instead of a vector's handler
  logic [11:0] trap_vector;
  logic [1:0]  pushes;
  logic [2:0]  kind;
  logic [71:0] p0;           // operands for the handler; the third is always operand c
  logic [71:0] p1;
  logic        fault;
  logic [3:0]  fault_code;
  logic [31:0] fault_detail;
  // conditional branch, decided in this cycle
  logic        branch;
  logic        taken;
  // fetch goes on elsewhere: the registers as the instruction there finds them
  logic        redirect;
  logic [15:0] pc;
  logic [11:0] fp;
  logic [11:0] sp;
  logic [10:0] rsp;
  logic [1:0]  rrv;
  // execute's own registers
  logic        h_set;
  logic [15:0] h;
  logic        rr_set;
  logic [71:0] rr_data;
  logic        ie_set;
  logic        ie;
  logic        pass_set;     // a breakpoint at the new pc is passed: the instruction there has issued before
  logic        t_set;        // temporary of the instruction
  logic [71:0] t;
  logic        unwinds;      // UNW: ends the use of the stack reserve
  logic        exit;
  logic [9:0]  exit_code;
} action_t;

`endif
