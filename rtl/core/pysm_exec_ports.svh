// Inputs that every part of execute has: the instruction, its operands, the registers as it found them. A part uses what
// its instructions need.
  input  logic        active,      // the instruction is this part's; otherwise its action is zero
  input  logic [7:0]  op,
  input  logic [31:0] word,
  input  logic [5:0]  step,        // execute cycle, 0 = the first
  input  logic [15:0] pc,
  input  logic [71:0] a, b, c,
  input  logic [11:0] fp, sp,      // as issued
  input  logic [11:0] sp_popped,   // behind the popped sources
  input  logic [11:0] sp_after,
  input  logic [10:0] rsp,         // return entries
  input  logic [63:0] entry,       // the top one
  input  logic        put,         // there is a destination to write
  input  logic [10:0] put_addr,    // ... and this is its place
  input  logic [71:0] t,           // temporary
