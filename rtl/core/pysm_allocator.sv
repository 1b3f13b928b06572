// The allocator's registers: free lists by size class, the unused heap above HTOP, and the arithmetic of block sizes.
// A block comes from the free list of its class where that is not empty, else from the unused heap; blocks beyond the
// largest class come from the unused heap only. A block is asked for in one cycle, in which the head of its free list is
// found; in the next one it is known whether it can be had, and it may be taken. The link to the next free block is in the
// block's header: the write of the new header reads it, so that the list moves on in the cycle after.
`include "pysm_words.svh"

module pysm_allocator (
  input  logic        clk, rst,
  // The block that is asked for, and a second one, of another class, that must be had at the same time (0 words: none)
  input  logic        asks,
  input  logic [15:0] words, second_words,
  // The cycle after
  input  logic [15:0] link,          // from the header that was replaced in the cycle before
  output logic [15:0] given_words,   // those that were asked for
  output logic [3:0]  size_class,
  output logic [15:0] size,          // words that the block occupies
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
  logic [3:0]  first_class, second_class;
  logic [15:0] first_size, second_size, head, second_head;
  pysm_block_size first_block (.words(words), .size_class(first_class), .size(first_size), .pooled(pooled));
  pysm_block_size second_block (
    .words(second_words), .size_class(second_class), .size(second_size), .pooled(second_pooled)
  );
  always_comb begin
    {head, second_head} = 'x;
    if (asks) begin
      head = pooled ? free[first_class] : 16'd0;
      second_head = second_pooled ? free[second_class] : 16'd0;
    end
  end

  // What was asked, and how many words the unused heap has: less than none if HTOP is above HLIM
  logic               from_list, second_from_heap;
  logic [15:0]        list_head, next_size;
  logic [16:0]        both;
  logic signed [17:0] room;
  always_ff @(posedge clk) begin
    if (rst) begin
      from_list <= 1'b0;
      second_from_heap <= 1'b0;
      list_head <= 16'd0;
      given_words <= 16'd0;
      size_class <= 4'd0;
      size <= 16'd0;
      next_size <= 16'd0;
      both <= 17'd0;
      room <= 18'sd0;
    end else begin
      if (asks) begin
        room <= $signed({2'b00, hlim}) - $signed({2'b00, htop});
        from_list <= head != 16'd0;
        second_from_heap <= second_words != 16'd0 && second_head == 16'd0;
        list_head <= head;
        given_words <= words;
        size_class <= first_class;
        size <= first_size;
        next_size <= second_size;
        both <= {1'b0, first_size} + {1'b0, second_size};
      end
    end
  end

  logic fits, fits_first, fits_second, fits_both;
  always_comb begin
    address = from_list ? list_head : htop;
    fits = !room[17];
    fits_first = $signed({2'b00, size}) <= room;
    fits_second = $signed({2'b00, next_size}) <= room;
    fits_both = $signed({1'b0, both}) <= room;
    if (from_list) available = second_from_heap ? fits_second : fits;
    else available = second_from_heap ? fits_both : fits_first;
  end

  logic        took;                  // from the unused heap, in the cycle before
  logic        linking;               // from its free list, in the cycle before: the list moves on
  logic [15:0] used;
  logic        is_free;
  always_comb begin
    used = 'x;
    if (took) used = htop - hbase;
    free_value = free[number[3:0]];
    is_free = number >= `PYSM_CSR_FREE && number < `PYSM_CSR_FREE + 16;
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      htop <= 16'd0;
      hlim <= 16'd0;
      hbase <= 16'd0;
      hpeak <= 16'd0;
      took <= 1'b0;
      linking <= 1'b0;
    end else begin
      took <= take && !from_list;
      linking <= take && from_list;
      if (took) if (used > hpeak) hpeak <= used;
      if (take && !from_list) htop <= htop + size;
      if (write) begin
        if (number == `PYSM_CSR_HTOP) htop <= write_data;
        else if (number == `PYSM_CSR_HLIM) hlim <= write_data;
        else if (number == `PYSM_CSR_HPEAK) hpeak <= write_data;
      end
      if (write_base) hbase <= write_data;
    end
  end
  // The heads of the free lists are a small memory and have no reset: the loader writes every one.
  always_ff @(posedge clk) begin
    if ((write && is_free) || linking) free[linking ? size_class : number[3:0]] <= linking ? link : write_data;
  end
endmodule
