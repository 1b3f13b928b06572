// Division of integers, and of significands, and square root of a significand: one restoring recurrence of radix 4.
//
// The divisor comes with `load_divisor`, the dividend or radicand with `load`, for integers both in cycle 1; the steps
// follow `load`. Significands take 28 of them and leave 56 digits, integers 32. A load may come at any time.
//
// In each step the remainder moves up two places and the largest multiple d * term of 0 to 3 that it holds is taken
// from it; d is the next digit of the result. All three differences are found side by side. For a division the term is
// the divisor; a negative one stays as it is and is added. For a root whose digits so far are the number q, the term is
// 2q + d * 4**-j: `marker` is 4**-j, one place that moves down with the digits, and 0 in a division, so that the two need
// no distinction.
//
// A negative integer dividend enters as its complement, which is its magnitude less 1 and needs no carry; pysm_finish
// makes up for it.
module pysm_divide (
  input  logic clk,
  input  logic rst,
  input  logic enable,           // 1 from `start` to the result: everything else stands still and is not looked at
  input  logic start,            // cycle 1 of any operation
  input  logic load_divisor,
  input  logic load,
  input  logic integers,         // divide a by the divisor, both two's complement, divisor not 0
  input  logic root,
  input  logic [63:0] a,
  input  logic [63:0] divisor,   // a significand has its leading one in bit 54
  input  logic [53:0] n,         // dividend or radicand, a significand with its leading one on top
  input  logic n_twice,          // root of 2 * n instead
  input  logic load_sum,         // no division: `digits` takes `sum`
  input  logic [56:0] sum,
  output logic running,          // a step is under way
  output logic [63:0] digits,
  output logic [63:0] rest,      // remainder
  // The remainder is 0; of a negative integer by a negative one: is as large as that of the complement can be, which
  // stands for 0.
  output logic exact
);
  localparam [5:0] STEPS_INTEGER = 6'd32;
  localparam [5:0] STEPS_SIGNIFICAND = 6'd28;
  // Place of 1 in the remainder of a radicand, when it has moved up.
  localparam POINT = 54;

  logic [63:0] remainder;        // below the divisor after each step
  logic [63:0] term;             // divisor, or twice the root so far
  logic [POINT:0] marker;
  logic [5:0] left;
  assign running = left != 6'd0;

  // Differences with a borrow on top and a place for the carry below; above the term there are ones, whether it is negative
  // and added or positive and taken away. The second is of the double term, and the third
  // takes another term from that; what a root adds to 2q is 1, 2 and, to make 2 * (2q + 2) + (2q + 5) of 3 * (2q + 3), 5
  // markers: all places that are free in 2q.
  logic adds;
  logic [65:0] moved;
  logic [63:0] places, term1, term2, term3;
  logic [63:0] less1, less3;
  logic [66:0] less2;
  logic borrow1, borrow3, unused_carry1, unused_carry2, unused_carry3;
  logic [1:0] unused_top1, unused_top3;
  logic [1:0] digit;
  always @* begin
    {adds, moved, places, term1, term2, term3, borrow1, unused_top1, less1, unused_carry1, less2, unused_carry2,
     borrow3, unused_top3, less3, unused_carry3, digit} = 'x;
    if (running) begin
      adds = term[63];
      moved = {remainder, digits[63:62]};
      places = 64'(marker);
      term1 = term | places;
      term2 = term | (places << 1);
      term3 = term | places | (places << 2);
      {borrow1, unused_top1, less1, unused_carry1} = {1'b0, moved, 1'b1} + {3'b111, term1 ^ {64{~adds}}, ~adds};
      {less2, unused_carry2} = {1'b0, moved, 1'b1} + {2'b11, term2 ^ {64{~adds}}, {2{~adds}}};
      {borrow3, unused_top3, less3, unused_carry3} = {less2, 1'b1} + {3'b111, term3 ^ {64{~adds}}, ~adds};
      digit = {~less2[66], ~borrow3 | (~borrow1 & less2[66])};
    end
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      marker <= '0;
      left <= '0;
      term <= '0;
      digits <= '0;
    end else if (enable) begin
      if (load) begin
        marker <= '0;
        marker[POINT] <= root;
        left <= integers ? STEPS_INTEGER : STEPS_SIGNIFICAND;
      end else if (start) left <= '0;
      else if (running) begin
        marker <= marker >> 2;
        left <= left - 6'd1;
      end

      if (load & root) term <= '0;
      else if (load_divisor) term <= divisor;
      else if (running) term <= term | ((places << 1) & {64{digit[0]}}) | ((places << 2) & {64{digit[1]}});

      // An integer dividend leaves at the top while digits come in at the bottom.
      if (start & ~integers) digits <= '0;
      else if (start) digits <= a ^ {64{a[63]}};
      else if (load_sum) digits <= {7'd0, sum};
      else if (running) digits <= {digits[61:0], digit};
    end
  end

  always_ff @(posedge clk) begin
    if (rst | (enable & load & integers)) remainder <= '0;
    else if (enable) begin
      if (load) remainder <= root & ~n_twice ? {11'd0, n[53:1]} : {10'd0, n};
      else if (running) begin
        case (digit)
          2'd0: remainder <= moved[63:0];
          2'd1: remainder <= less1;
          2'd2: remainder <= less2[63:0];
          default: remainder <= less3;
        endcase
      end
    end
  end

  assign rest = remainder;
  always @* begin
    exact = 1'bx;
    if (enable) exact = ~|(remainder ^ (~term & {64{integers & a[63] & term[63]}}));
  end
endmodule
