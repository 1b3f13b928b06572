// The allocator's registers: free lists by size class, the unused heap above HTOP, and the arithmetic of block sizes.
// A block comes from the free list of its class where that is not empty, else from the unused heap; blocks beyond the
// largest class come from the unused heap only. The link to the next free block is in the block's header, which
// pysm_exec_build reads.
`include "pysm_words.svh"

module pysm_allocator (
  input  logic        clk, rst,
  // The block that is asked for, and a second one that must be had at the same time (0 words: none)
  input  logic [15:0] words, second_words,
  input  logic [15:0] link,          // of the first block's list head, from its header
  output logic [3:0]  size_class,
  output logic [15:0] size,
  output logic [15:0] head,          // of its free list; 0 = from the unused heap
  output logic [15:0] address,       // of the block
  output logic        available,     // both can be had
  input  logic        take,          // the first one is taken
  // Registers as CSRR, CSRW and the debugger see them
  input  logic        write,
  input  logic [16:0] number,
  input  logic [15:0] write_data,
  input  logic        write_base,    // HBASE, the debugger's alone
  output logic [15:0] htop, hlim, hbase, hpeak,
  output logic [15:0] free_value     // FREE register `number`
);
  logic [15:0] free [0:15];

  logic        pooled, second_pooled;
  logic [3:0]  second_class;
  logic [15:0] second_size, second_head, successor;
  logic [17:0] wanted;
  pysm_block_size first_block (.words(words), .size_class(size_class), .size(size), .pooled(pooled));
  pysm_block_size second_block (
    .words(second_words), .size_class(second_class), .size(second_size), .pooled(second_pooled)
  );

  always_comb begin
    head = pooled ? free[size_class] : 16'd0;
    address = head != 16'd0 ? head : htop;
    second_head = second_pooled ? free[second_class] : 16'd0;
    // Of two blocks of one class the second is the first one's successor on the list.
    successor = second_head != 16'd0 && second_head == head ? link : second_head;
    wanted = {2'b00, htop};
    if (head == 16'd0) wanted = wanted + {2'b00, size};
    if (second_words != 16'd0 && successor == 16'd0) wanted = wanted + {2'b00, second_size};
    available = wanted <= {2'b00, hlim};
  end

  logic [15:0] top, used;
  logic        is_free;
  always_comb begin
    top = htop + size;
    used = top - hbase;
    free_value = free[number[3:0]];
    is_free = number >= `PYSM_CSR_FREE && number < `PYSM_CSR_FREE + 16;
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      htop <= 16'd0;
      hlim <= 16'd0;
      hbase <= 16'd0;
      hpeak <= 16'd0;
    end else begin
      if (write) begin
        if (number == `PYSM_CSR_HTOP) htop <= write_data;
        else if (number == `PYSM_CSR_HLIM) hlim <= write_data;
        else if (number == `PYSM_CSR_HPEAK) hpeak <= write_data;
      end
      if (write_base) hbase <= write_data;
      if (take) begin
        if (head == 16'd0) begin
          htop <= top;
          if (used > hpeak) hpeak <= used;
        end
      end
    end
  end
  // The heads of the free lists are a small memory and have no reset: the loader writes every one.
  always_ff @(posedge clk) begin
    if ((write && is_free) || (take && head != 16'd0)) free[take ? size_class : number[3:0]] <= take ? link : write_data;
  end
endmodule
