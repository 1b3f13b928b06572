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
// Only one operation runs at a time, so all share a counter of leading zeros with a shifter behind it, and pysm_finish
// behind that; README.md has the cycles. Operands hold still, and what an operation needs in its later cycles follows from
// them. Few things know the cycle: what the shifter is given, the recurrence of pysm_divide, and the conversions.
//
// Between operations all of this stands still, which saves power and, in a simulation, the work: blocks of logic give
// unknowns then, which nothing looks at.
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

  // Everything moves in every cycle of an operation but may do so for longer.
  localparam [5:0] LONG = 6'd35;   // cycles after the first of the slowest of all, FLOOR and MOD
  localparam [5:0] SHORT = 6'd8;   // and of those that divide nothing and take no root, IFADD and its kin
  logic [5:0] left;
  logic enable;
  assign enable = start | (left != 6'd0);

  // What the operations need.
  logic integer_divide, multiplies, subtracts, multiplies_floats, divides_floats, roots, adds;
  logic both_ints, converts_a, converts_b;
  logic b_first;                   // the operand that goes to the shifter in cycle 1 is b
  always @* begin
    {integer_divide, multiplies, subtracts, adds, multiplies_floats, divides_floats, roots, both_ints, converts_a,
     converts_b, b_first} = 'x;
    if (enable) begin
      integer_divide = 1'b0;
      multiplies = 1'b0;
      subtracts = 1'b0;
      adds = 1'b0;
      multiplies_floats = 1'b0;
      divides_floats = 1'b0;
      roots = 1'b0;
      both_ints = 1'b0;
      converts_a = 1'b0;
      converts_b = 1'b0;
      b_first = 1'b0;
      case (op)
        `PYSM_ARITH_IMUL, `PYSM_ARITH_UMULL, `PYSM_ARITH_UMULH: multiplies = 1'b1;
        `PYSM_ARITH_FLOOR, `PYSM_ARITH_MOD: integer_divide = 1'b1;
        `PYSM_ARITH_FADD, `PYSM_ARITH_IFADD, `PYSM_ARITH_FIADD: adds = 1'b1;
        `PYSM_ARITH_FSUB, `PYSM_ARITH_IFSUB, `PYSM_ARITH_FISUB: begin
          adds = 1'b1;
          subtracts = 1'b1;
        end
        `PYSM_ARITH_FMUL, `PYSM_ARITH_IFMUL, `PYSM_ARITH_FIMUL: begin
          multiplies = 1'b1;
          multiplies_floats = 1'b1;
        end
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
      case (op)
        `PYSM_ARITH_FLOOR, `PYSM_ARITH_MOD, `PYSM_ARITH_CMPIF, `PYSM_ARITH_FMUL, `PYSM_ARITH_FDIV, `PYSM_ARITH_FIADD,
        `PYSM_ARITH_FISUB, `PYSM_ARITH_FIMUL, `PYSM_ARITH_FIDIV, `PYSM_ARITH_IIDIV: b_first = 1'b1;
        default: ;
      endcase
    end
  end

  // One-hot: the cycle after the first that an operation is in, up to the sixth. An operation lasts longer.
  logic second, third, fourth, fifth, sixth, has_converted;
  always_ff @(posedge clk) begin
    if (rst) begin
      left <= 6'd0;
      second <= 1'b0;
      third <= 1'b0;
      fourth <= 1'b0;
      fifth <= 1'b0;
      sixth <= 1'b0;
      has_converted <= 1'b0;
    end else if (enable) begin
      left <= start ? (integer_divide | divides_floats | roots ? LONG : SHORT) : left - 6'd1;
      second <= start;
      third <= second & ~start;
      fourth <= third & ~start;
      fifth <= fourth & ~start;
      sixth <= fifth & ~start;
      has_converted <= ~start & (third | has_converted);
    end
  end

  // An operand that is converted has been so when cycle 4 begins, which is then the first of the float operation. IIDIV
  // converts b in cycle 1 and a in cycle 2, and has them in `converted` one after the other, as the division takes them.
  logic converts, converting, float1, float2, float3;
  logic [63:0] converted, finished, float_a, float_b;
  always_ff @(posedge clk) begin
    if (rst) converted <= '0;
    else if (enable) begin
      if (third | (both_ints & fourth)) converted <= finished;
    end
  end
  always @* begin
    {converts, float1, float2, float3, converting} = 'x;
    if (enable) begin
      converts = converts_a | converts_b;
      float1 = converts ? fourth & ~start : start;
      float2 = ~start & (converts ? fifth : second);
      float3 = ~start & (converts ? sixth : third);
      converting = op == `PYSM_ARITH_I2F | (converts & (start | ~has_converted));
    end
  end
  always @* begin
    {float_a, float_b} = 'x;
    if (enable) begin
      float_a = converts_a & ~start & has_converted ? converted : a;
      float_b = converts_b & ~start & has_converted ? converted : b;
    end
  end

  // Product of integers, or of significands as they stand. An operand that is multiplied as an integer is not converted,
  // so the fractions need no choice.
  logic [127:0] product;
  logic a_field, b_field;
  assign a_field = |float_a[62:52];
  assign b_field = |float_b[62:52];
  logic [63:0] factor_a, factor_b;
  always @* begin
    {factor_a, factor_b} = 'x;
    if (enable) begin
      factor_a = {multiplies_floats ? {11'd0, a_field} : a[63:52], float_a[51:0]};
      factor_b = {multiplies_floats ? {11'd0, b_field} : b[63:52], float_b[51:0]};
    end
  end
  pysm_multiply u_multiply (
    .clk,
    .rst,
    .enable(enable & multiplies),
    .is_signed(op == `PYSM_ARITH_IMUL),
    .a(factor_a),
    .b(factor_b),
    .product
  );

  // What the shifter and the counter of leading zeros work on. In cycle 1 or 2 an operand, as an integer or a significand,
  // and later what the operation makes: sum, product, digits of a quotient or root, remainder.
  logic truncates, compares_a, compares_b, hashes, modulo, scales;
  logic adds_up, aligns, takes_operand, takes_b, negative;
  localparam [1:0] FROM_A = 2'd0;
  localparam [1:0] FROM_B = 2'd1;
  localparam [1:0] CONVERTED = 2'd2;
  localparam [1:0] MADE = 2'd3;
  logic [1:0] source;
  logic [63:0] operand, made, digits, rest, x;
  logic add_swap;
  always @* begin
    {compares_a, compares_b, hashes, truncates, modulo, scales} = 'x;
    if (enable) begin
      compares_a = op == `PYSM_ARITH_CMPIF;
      compares_b = op == `PYSM_ARITH_CMPFI;
      hashes = op == `PYSM_ARITH_HASHF;
      truncates = compares_a | compares_b | hashes | op == `PYSM_ARITH_F2I;
      modulo = op == `PYSM_ARITH_MOD;
      scales = multiplies_floats | divides_floats | roots;
    end
  end
  always @* begin
    {aligns, adds_up, takes_operand, takes_b, source, made, operand, negative, x} = 'x;
    if (enable) begin
      aligns = adds & float2;
      adds_up = adds & ~float2 & ~converting;
      takes_operand = start | converting | truncates | aligns | (scales & (float1 | float2));
      takes_b = compares_a | (aligns & ~add_swap) | ((multiplies_floats | divides_floats) & float1);
      // What comes latest, `start` and the operation, decides last.
      source = start ? {1'b0, b_first} : ~takes_operand ? MADE : (takes_b ? converts_b : converts_a) & has_converted ?
               CONVERTED : {1'b0, takes_b};
      made = multiplies_floats ? {10'd0, product[105:52]} : integer_divide & modulo ? rest : digits;
      case (source)
        FROM_A: operand = a;
        FROM_B: operand = b;
        CONVERTED: operand = converted;
        default: operand = made;
      endcase
      negative = converting & operand[63];
      x = operand;
      if (takes_operand & ~converting & ~integer_divide) x[63:52] = {11'd0, |operand[62:52]};
    end
  end

  logic [63:0] counted;
  logic [5:0] count;
  logic none;
  always @* begin
    counted = 'x;
    if (enable) counted = x ^ {64{x[63]}};
  end
  pysm_lzc #(.WIDTH(64)) u_zeros (.x(counted), .count, .zero(none));

  logic [5:0] add_distance;
  logic [10:0] add_exponent;
  logic add_sign, add_differ;
  logic [56:0] sum;
  logic [65:0] shifted;
  logic lost;
  pysm_float_add u_float_add (
    .clk,
    .rst,
    .enable(enable & adds),
    .a(float_a),
    .b(float_b),
    .subtract(subtracts),
    .lesser({shifted[54:0], lost}),
    .swap(add_swap),
    .distance(add_distance),
    .exponent(add_exponent),
    .sign(add_sign),
    .differ(add_differ),
    .sum
  );

  logic scale_up, scale_normal, scale_beyond;
  logic [5:0] scale_places;
  logic [11:0] scale_exponent;
  pysm_float_scale u_scale (
    .clk,
    .rst,
    .enable(enable & scales),
    .first(float1),
    .second(float2),
    .third(float3),
    .multiply(multiplies_floats),
    .divide(divides_floats),
    .root(roots),
    .field(operand[62:52]),
    .count,
    .up(scale_up),
    .places(scale_places),
    .exponent(scale_exponent),
    .normal(scale_normal),
    .beyond(scale_beyond)
  );

  // How far to shift, and the biased exponent, less 1, that bit 54 of the shifted word has then.
  //
  // A leading one goes up to bit 54; of a sum or product only as far as the exponent of subnormals lets it. Biased
  // exponents, less 1, of bit 63: of an integer; of a sum, whose bit 55 is that of the larger operand.
  localparam [11:0] INTEGER = 12'd1085;
  localparam [11:0] SUM = 12'd7;
  // Biased exponent of a double whose last place counts 1; and, modulo 64, the shift to the right, or to the left, that
  // makes an integer of one with an exponent of 0.
  localparam [10:0] UNITS = 11'd1075;
  localparam [5:0] UNITS_RIGHT = 6'd51;
  localparam [5:0] UNITS_LEFT = 6'd39;
  // Leaves an integer in the divider's place, bit 0 of the shifted word.
  localparam [5:0] DIVISOR = 6'd2;

  logic leftward, beyond_units, lower, makes, bounded;
  logic [5:0] limited, places;
  logic [10:0] exponent;
  logic [11:0] top;
  always @* begin
    {beyond_units, leftward, lower, makes, top, bounded, limited, places, exponent} = 'x;
    if (enable) begin
      beyond_units = operand[62:52] > UNITS;
      makes = adds_up | (multiplies_floats & ~takes_operand & scale_up);
      leftward = truncates ? beyond_units : converting | makes | (scales & takes_operand);
      // The top place of a quotient or root is empty.
      lower = ~multiplies_floats & scale_normal & ~digits[53];
      top = adds ? {1'b0, add_exponent} + SUM : scale_exponent;
      bounded = makes & ~|top[11:6] & (top[5:0] < count);
      limited = bounded ? top[5:0] : count;
      if (truncates) places = (beyond_units ? UNITS_LEFT : UNITS_RIGHT) - operand[57:52];
      else if (aligns) places = add_distance;
      else if (integer_divide) places = start ? DIVISOR : 6'd0;
      else if (leftward) places = ~limited;
      else places = scale_places - 6'(lower);
      exponent = 11'((converting ? INTEGER : top) - {6'd0, converting | makes ? limited : 6'(lower)});
    end
  end

  logic [65:0] moved;
  logic loses;
  pysm_shift u_shift (
    .enable,
    .x,
    .above(x[63]),
    .below(product[51:0]),
    .follows(multiplies_floats & ~takes_operand),
    .left(leftward),
    .n(places),
    .y(moved),
    .lost(loses)
  );

  logic running, exact, load_divisor, load;
  always @* begin
    {load_divisor, load} = 'x;
    if (enable) begin
      load_divisor = integer_divide ? start : divides_floats & float1;
      load = integer_divide ? start : (divides_floats | roots) & float2;
    end
  end
  pysm_divide u_divide (
    .clk,
    .rst,
    .enable,
    .start,
    .load_divisor,
    .load,
    .integers(integer_divide),
    .root(roots),
    .a,
    .divisor(moved[63:0]),
    .n(moved[54:1]),
    .n_twice(operand[52] ^ count[0] ^ ~|operand[62:52]),
    .load_sum(adds & float3),
    .sum,
    .running,
    .digits,
    .rest,
    .exact
  );

  // Special cases of the float operations, of operands that hold still.
  logic a_top, b_top, a_fraction, b_fraction, a_zero, b_zero, a_infinite, b_infinite, a_nan, b_nan;
  logic special_nan, special_infinite, special_zero;
  always @* begin
    {a_top, b_top, a_fraction, b_fraction, a_zero, b_zero, a_infinite, b_infinite, a_nan, b_nan} = 'x;
    if (enable) begin
      a_top = &float_a[62:52];
      b_top = &float_b[62:52];
      a_fraction = |float_a[51:0];
      b_fraction = |float_b[51:0];
      a_zero = ~a_field & ~a_fraction;
      b_zero = ~b_field & ~b_fraction;
      a_infinite = a_top & ~a_fraction;
      b_infinite = b_top & ~b_fraction;
      a_nan = a_top & a_fraction;
      b_nan = b_top & b_fraction;
    end
  end
  always_ff @(posedge clk) begin
    if (rst) begin
      special_nan <= 1'b0;
      special_infinite <= 1'b0;
      special_zero <= 1'b0;
    end else if (enable) begin
      special_nan <=
        a_nan | (~roots & (b_nan | (multiplies_floats ? (a_infinite & b_zero) | (a_zero & b_infinite) :
                                    a_infinite & b_infinite & (divides_floats | (a[63] ^ b[63] ^ subtracts)))));
      special_infinite <= a_infinite | (b_infinite & (adds | multiplies_floats));
      special_zero <= ~adds & (a_zero | (multiplies_floats & b_zero) | (divides_floats & b_infinite));
    end
  end

  // What is shifted, and what rounding has to know of it. A quotient or root is right after the last step but one, and
  // stays: pysm_finish looks at the digits of the last step itself.
  logic special, is_nan, is_infinite, above_one;
  logic [10:0] shifted_exponent;
  logic shifted_sign, shifted_nan, shifted_exact, complement, goes_on, raised, truncated_nan, outside;
  logic captures;
  always @* begin
    captures = 1'b0;
    if (enable) captures = converting | running | ~(divides_floats | roots);
  end
  // Biased exponents of 1 and of 2**63.
  localparam [10:0] ONE = 11'd1023;
  localparam [10:0] LIMIT = 11'd1086;
  always @* begin
    {is_nan, is_infinite, above_one, special} = 'x;
    if (enable) begin
      is_nan = ~converting & special_nan;
      is_infinite = ~converting & ~special_nan & ~special_zero & (special_infinite | (scales & scale_beyond));
      above_one = operand[62:52] >= ONE;
      // A complement of 0 is that of -1.
      special =
        converting ? none & ~negative : truncates ? ~above_one :
        adds ? adds_up & (is_nan | is_infinite | none) : scales & (is_nan | is_infinite | special_zero);
    end
  end
  always_ff @(posedge clk) begin
    if (rst) begin
      lost <= 1'b0;
      shifted_exponent <= '0;
      shifted_sign <= 1'b0;
      shifted_nan <= 1'b0;
      shifted_exact <= 1'b0;
      complement <= 1'b0;
      goes_on <= 1'b0;
      raised <= 1'b0;
      truncated_nan <= 1'b0;
      outside <= 1'b0;
    end else if (captures) begin
      lost <= loses;
      shifted_exponent <= exponent;
      if (special) begin
        lost <= truncates & |operand[62:0];
        shifted_exponent <= {11{is_nan | is_infinite}};
      end
      // Exact cancellation gives +0; two zeros of one sign keep it.
      shifted_sign <=
        converting | truncates ? operand[63] :
        ~is_nan & (adds ? add_sign & ~(add_differ & none) : a[63] ^ (b[63] & ~roots));
      shifted_nan <= is_nan;
      shifted_exact <= exact;
      complement <= negative;
      goes_on <= (divides_floats | roots) & ~converting & ~special;
      raised <= lower;
      truncated_nan <= (&operand[62:52]) & (|operand[51:0]);
      // -2**63 is the only number of its exponent that fits.
      outside <= (operand[62:52] > LIMIT) | ((operand[62:52] == LIMIT) & ~(operand[63] & ~|operand[51:0]));
    end
  end

  always_ff @(posedge clk) begin
    if (rst | (captures & special)) shifted <= '0;
    else if (captures) shifted <= moved;
  end

  pysm_finish u_finish (
    .clk,
    .rst,
    .enable,
    .shifted,
    .lost,
    .exponent(shifted_exponent),
    .sign(shifted_sign),
    .quiet(shifted_nan),
    .complement,
    .goes_on,
    .raised,
    .digit(digits[1]),
    .exact(shifted_exact),
    .truncates,
    .compares_a,
    .compares_b,
    .hashes,
    .negative(shifted_sign),
    .nan(truncated_nan),
    .outside,
    .divides(integer_divide),
    .modulo,
    .a,
    .b,
    .result(finished),
    .order
  );

  logic [63:0] product_low, product_high;
  assign {product_high, product_low} = product;
  always @* begin
    case (op)
      `PYSM_ARITH_IMUL, `PYSM_ARITH_UMULL: result = product_low;
      `PYSM_ARITH_UMULH: result = product_high;
      default: result = finished;
    endcase
  end

  // What traps look at. A float division's come from a register, for cycle 3.
  logic a_nan_in, a_sign_in, a_negative, b_none, b_none_float, product_beyond, a_beyond, b_beyond, division_trap;
  always @* begin
    {a_nan_in, a_sign_in, a_negative, b_none_float, b_none, product_beyond, a_beyond, b_beyond} = 'x;
    if (enable) begin
      a_nan_in = (&a[62:52]) & (|a[51:0]);
      a_sign_in = a[63];
      a_negative = a[63] & (|a[62:0]);
      b_none_float = ~|b[62:0];
      b_none = b_none_float & ~b[63];
      product_beyond = product_high != {64{product_low[63]}};
      a_beyond = (a[63:53] != {11{a[63]}}) & (a != EXACT);
      b_beyond = (b[63:53] != {11{b[63]}}) & (b != EXACT);
    end
  end
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

  always @* begin
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
