// Multi-cycle arithmetic of the core: 64-bit multiplication and division, IEEE 754 double arithmetic rounded to nearest
// with ties to even, conversions, and comparison of int with float. Subnormals are computed; every NaN that comes out is
// 0x7ff8000000000000.
//
// `start` is 1 in an operation's first cycle; `op`, `a` and `b` are stable from then until its last. `result` is valid
// in cycle N and `trap` in the cycle that finds it, both until the next start; the cycles never depend on operands. A
// start may come in any cycle and abandons what is under way.
//
//     op                                N  trap in cycle
//     IMUL                              4  4   the product does not fit
//     UMULL UMULH                       4  -   low, high half of the unsigned product
//     FLOOR MOD                        36  1   divisor 0; FLOOR: -2**63 // -1
//     FADD FSUB FMUL                    6  -
//     FDIV                             32  3   divisor 0
//     IFADD FIADD IFSUB FISUB
//     IFMUL FIMUL                       9  -
//     IFDIV FIDIV                      35  3   divisor 0
//     IIDIV                            35  3   divisor 0, or a magnitude beyond 2**53
//     FSQRT                            32  1   a is NaN or below 0
//     ISQRT                            35  1   a is below 0
//     I2F                               3  -
//     F2I                               3  3   a truncated does not fit, NaN
//     CMPIF CMPFI                       3  -   `order` of a to b, PYSM_ORDER_* or 0 for NaN
//     HASHF                             3  -   a as an integer if it is whole and fits, else its bits
//
// Operands hold still, so almost nothing here counts cycles: each unit is a pipeline that runs freely, and its output is
// right once the operands have passed through. Only the recurrence of pysm_divide, and the converter that IIDIV uses
// for both operands, have to know when an operation began. Between operations all of them stand still, which saves power
// and, in a simulation, most of the work.
`include "pysm_arith.svh"

module pysm_arith (
  input  logic clk,
  input  logic rst,
  input  logic start,
  input  logic [4:0] op,
  input  logic [63:0] a,
  input  logic [63:0] b,
  output logic [63:0] result,
  output logic trap,
  output logic [2:0] order
);
  // Largest magnitude up to which every integer is a double.
  localparam [63:0] EXACT = 64'h0020_0000_0000_0000;
  localparam [63:0] INT_MIN = 64'h8000_0000_0000_0000;

  // What the operations need.
  logic integer_divide, subtracts, multiplies_floats, divides_floats, roots, adds, both_ints, converts_a, converts_b;
  always_comb begin
    integer_divide = 1'b0;
    subtracts = 1'b0;
    adds = 1'b0;
    multiplies_floats = 1'b0;
    divides_floats = 1'b0;
    roots = 1'b0;
    both_ints = 1'b0;
    converts_a = 1'b0;
    converts_b = 1'b0;
    case (op)
      `PYSM_ARITH_FLOOR, `PYSM_ARITH_MOD: integer_divide = 1'b1;
      `PYSM_ARITH_FADD, `PYSM_ARITH_IFADD, `PYSM_ARITH_FIADD: adds = 1'b1;
      `PYSM_ARITH_FSUB, `PYSM_ARITH_IFSUB, `PYSM_ARITH_FISUB: begin
        adds = 1'b1;
        subtracts = 1'b1;
      end
      `PYSM_ARITH_FMUL, `PYSM_ARITH_IFMUL, `PYSM_ARITH_FIMUL: multiplies_floats = 1'b1;
      `PYSM_ARITH_FDIV, `PYSM_ARITH_IFDIV, `PYSM_ARITH_FIDIV: divides_floats = 1'b1;
      `PYSM_ARITH_IIDIV: begin
        divides_floats = 1'b1;
        both_ints = 1'b1;
      end
      `PYSM_ARITH_FSQRT, `PYSM_ARITH_ISQRT: roots = 1'b1;
      default: ;
    endcase
    case (op)
      `PYSM_ARITH_IFADD, `PYSM_ARITH_IFSUB, `PYSM_ARITH_IFMUL, `PYSM_ARITH_IFDIV, `PYSM_ARITH_ISQRT: converts_a = 1'b1;
      `PYSM_ARITH_FIADD, `PYSM_ARITH_FISUB, `PYSM_ARITH_FIMUL, `PYSM_ARITH_FIDIV: converts_b = 1'b1;
      `PYSM_ARITH_IIDIV: begin
        converts_a = 1'b1;
        converts_b = 1'b1;
      end
      default: ;
    endcase
  end

  // Cycles 2, 3 and 4 of an operation. What an abandoned one leaves here can only come too early, and is done again.
  logic second, third, fourth;
  always_ff @(posedge clk) begin
    if (rst) begin
      second <= 1'b0;
      third <= 1'b0;
      fourth <= 1'b0;
    end else begin
      second <= start;
      third <= second;
      fourth <= third;
    end
  end

  // The pipelines move in every cycle of an operation but may do so for longer.
  localparam [5:0] LONG = 6'd35;   // cycles after the first of the slowest of all, FLOOR and MOD
  localparam [5:0] SHORT = 6'd8;   // and of those that divide nothing and take no root, IFADD and its kin
  logic [5:0] left;
  logic enable;
  always_ff @(posedge clk) begin
    if (rst) left <= 6'd0;
    else if (start) left <= integer_divide | divides_floats | roots ? LONG : SHORT;
    else if (left != 6'd0) left <= left - 6'd1;
  end
  assign enable = start | (left != 6'd0);

  // Operands that are converted enter the float units in cycle 4, others in cycle 1. IIDIV sends a through the converter
  // in cycle 1 and b from cycle 2 on.
  logic [63:0] converted, converted_a, float_a, float_b;
  pysm_int_to_float u_int_to_float (
    .clk,
    .rst,
    .enable,
    .x(converts_b & ~(both_ints & start) ? b : a),
    .value(converted)
  );
  always_ff @(posedge clk) begin
    if (rst) converted_a <= '0;
    else if (enable & (third | ~both_ints)) converted_a <= converted;
  end
  assign float_a = converts_a ? converted_a : a;
  assign float_b = converts_b ? converted : b;

  logic a_sign, a_zero, a_infinite, a_nan, b_sign, b_zero, b_infinite, b_nan;
  logic [10:0] a_exponent, b_exponent;
  logic a_subnormal, b_subnormal;
  logic [52:0] a_normal, b_normal;
  logic [5:0] a_zeros, b_zeros;
  pysm_float_unpack u_unpack_a (
    .value(float_a),
    .sign(a_sign),
    .exponent(a_exponent),
    .is_subnormal(a_subnormal),
    .zeros(a_zeros),
    .normal(a_normal),
    .is_zero(a_zero),
    .is_infinite(a_infinite),
    .is_nan(a_nan)
  );
  pysm_float_unpack u_unpack_b (
    .value(float_b),
    .sign(b_sign),
    .exponent(b_exponent),
    .is_subnormal(b_subnormal),
    .zeros(b_zeros),
    .normal(b_normal),
    .is_zero(b_zero),
    .is_infinite(b_infinite),
    .is_nan(b_nan)
  );

  // Product of integers, or of significands as they stand. An operand that is multiplied as an integer is not converted,
  // so the fractions need no choice.
  logic [127:0] product;
  pysm_multiply u_multiply (
    .clk,
    .rst,
    .enable,
    .is_signed(op == `PYSM_ARITH_IMUL),
    .a({multiplies_floats ? {11'd0, ~a_subnormal} : a[63:52], float_a[51:0]}),
    .b({multiplies_floats ? {11'd0, ~b_subnormal} : b[63:52], float_b[51:0]}),
    .product
  );

  logic [54:0] digits;
  logic remains;
  logic [63:0] quotient;
  pysm_divide u_divide (
    .clk,
    .rst,
    .enable,
    .load(start ? ~converts_a & ~converts_b : fourth & (converts_a | converts_b)),
    .integers(integer_divide),
    .modulo(op == `PYSM_ARITH_MOD),
    .root(roots),
    .a,
    .b,
    .n(a_normal),
    .n_twice(a_exponent[0] == a_zeros[0]),
    .d(b_normal),
    .digits,
    .remains,
    .quotient
  );

  logic [6:0] scale_right;
  logic [10:0] scale_exponent;
  logic scale_normal, scale_sign;
  logic [1:0] scale_kind;
  pysm_float_scale u_scale (
    .clk,
    .rst,
    .enable,
    .divide(divides_floats),
    .root(roots),
    .a_sign,
    .a_exponent,
    .a_zeros,
    .a_zero,
    .a_infinite,
    .a_nan,
    .b_sign,
    .b_exponent,
    .b_zeros,
    .b_zero,
    .b_infinite,
    .b_nan,
    .right(scale_right),
    .exponent(scale_exponent),
    .normal(scale_normal),
    .sign(scale_sign),
    .kind(scale_kind)
  );

  // The right shifter that addition and the conversion to int share.
  logic align_lost;
  logic [63:0] align_x, aligned, add_align_x, int_align_x;
  logic [6:0] align_right;
  logic [5:0] add_align_right, int_align_right;
  assign align_x = adds ? add_align_x : int_align_x;
  assign align_right = {1'b0, adds ? add_align_right : int_align_right};
  pysm_shift_right #(.IN(64), .OUT(64)) u_align (
    .x(align_x),
    .n(align_right),
    .y(aligned),
    .sticky(align_lost)
  );

  logic [56:0] sum;
  logic [6:0] sum_left;
  logic [10:0] sum_exponent;
  logic sum_sign;
  logic [1:0] sum_kind;
  pysm_float_add u_float_add (
    .clk,
    .rst,
    .enable,
    .a(float_a),
    .b(float_b),
    .subtract(subtracts),
    .align_x(add_align_x),
    .align_right(add_align_right),
    .aligned,
    .align_lost,
    .sum,
    .left(sum_left),
    .exponent(sum_exponent),
    .sign(sum_sign),
    .kind(sum_kind)
  );

  // The three meet with their top places at the top of the operand of pysm_float_round, two cycles before the result.
  localparam [6:0] TOP = 7'd54;
  logic [108:0] unrounded;
  logic [63:0] rounded;
  assign unrounded = adds ? {sum, 52'd0} : multiplies_floats ? {product[105:0], 3'd0} : {digits, 54'd0};
  pysm_float_round u_round (
    .clk,
    .rst,
    .enable,
    .x(unrounded),
    .sticky(remains & ~adds & ~multiplies_floats),
    .right(adds ? TOP - sum_left : scale_right),
    .exponent(adds ? sum_exponent : scale_exponent),
    .normal(scale_normal & ~adds),
    .sign(adds ? sum_sign : scale_sign),
    .kind(adds ? sum_kind : scale_kind),
    .result(rounded)
  );

  // Float to int: of b where a is the integer of a comparison.
  logic compares_a, compares_b, hashes, outside;
  logic [63:0] truncated;
  logic [2:0] order_of_int;
  assign compares_a = op == `PYSM_ARITH_CMPIF;
  assign compares_b = op == `PYSM_ARITH_CMPFI;
  assign hashes = op == `PYSM_ARITH_HASHF;
  pysm_float_to_int u_float_to_int (
    .clk,
    .rst,
    .enable,
    .f(compares_a ? b : a),
    .x(compares_a | hashes ? a : b),
    .compare(compares_a | compares_b),
    .hash(hashes),
    .align_x(int_align_x),
    .align_right(int_align_right),
    .aligned,
    .align_lost,
    .value(truncated),
    .outside,
    .order(order_of_int)
  );
  assign order = compares_b ? {order_of_int[0], order_of_int[1], order_of_int[2]} : order_of_int;

  logic [63:0] product_low, product_high;
  assign {product_high, product_low} = product;
  always_comb begin
    case (op)
      `PYSM_ARITH_IMUL, `PYSM_ARITH_UMULL: result = product_low;
      `PYSM_ARITH_UMULH: result = product_high;
      `PYSM_ARITH_FLOOR, `PYSM_ARITH_MOD: result = quotient;
      `PYSM_ARITH_I2F: result = converted;
      `PYSM_ARITH_F2I, `PYSM_ARITH_HASHF: result = truncated;
      default: result = rounded;
    endcase
  end

  // What traps look at. A float division's come from a register, for cycle 3.
  logic a_nan_in, a_sign_in, a_negative, b_none, b_none_float, product_beyond, a_beyond, b_beyond, division_trap;
  assign a_nan_in = (&a[62:52]) & (|a[51:0]);
  assign a_sign_in = a[63];
  assign a_negative = a[63] & (|a[62:0]);
  assign b_none_float = ~|b[62:0];
  assign b_none = b_none_float & ~b[63];
  assign product_beyond = product_high != {64{product_low[63]}};
  assign a_beyond = (a[63:53] != {11{a[63]}}) & (a != EXACT);
  assign b_beyond = (b[63:53] != {11{b[63]}}) & (b != EXACT);
  always_ff @(posedge clk) begin
    if (rst) division_trap <= 1'b0;
    else if (enable) begin
      case (op)
        `PYSM_ARITH_FDIV, `PYSM_ARITH_IFDIV: division_trap <= b_none_float;
        `PYSM_ARITH_FIDIV: division_trap <= b_none;
        `PYSM_ARITH_IIDIV: division_trap <= b_none | a_beyond | b_beyond;
        default: division_trap <= 1'b0;
      endcase
    end
  end

  always_comb begin
    case (op)
      `PYSM_ARITH_IMUL: trap = product_beyond;
      `PYSM_ARITH_FLOOR: trap = b_none | ((a == INT_MIN) & (&b));
      `PYSM_ARITH_MOD: trap = b_none;
      `PYSM_ARITH_FSQRT: trap = a_nan_in | a_negative;
      `PYSM_ARITH_ISQRT: trap = a_sign_in;
      `PYSM_ARITH_F2I: trap = outside;
      default: trap = division_trap;
    endcase
  end
endmodule
