// A module with every kind of cell, register and memory that rtl/netlist translates, in the widths that matter: one word,
// more than 32 and 64 bits, up to 128.
module cells (
  input  logic clk, rst,
  input  logic [63:0] a, b,
  input  logic [71:0] c, d,
  input  logic [6:0] s,
  input  logic [7:0] op,
  input  logic enable,
  input  logic [1:0] write,
  input  logic late,
  output logic [64:0] sum, difference,
  output logic [127:0] product, product_signed,
  output logic [31:0] narrow_product,
  output logic [71:0] negated, mixed, wide_sum,
  output logic [7:0] compared, compared_signed, reduced, logical,
  output logic [63:0] left, right, arithmetic, extended,
  output logic [105:0] wide_left, wide_right,
  output logic [71:0] wide_arithmetic,
  output logic indexed, wide_indexed,
  output logic [31:0] placed,
  output logic [15:0] decoded,
  output logic [71:0] chosen, nested,
  output logic v_valid,
  output logic [71:0] v_data,
  output logic [63:0] held, cleared, first, second, third,
  output logic [71:0] passed,
  output logic [71:0] read, read_before,
  output logic [11:0] looked_up,
  output logic seen
);
  assign sum = a + b;
  assign difference = {1'b0, a} - {1'b0, b};
  assign product = a * b;
  assign product_signed = $signed(a) * $signed(b);
  assign narrow_product = a[31:0] * b[31:0];
  assign negated = -c;
  assign wide_sum = $signed(c) + $signed(a[20:0]);
  assign mixed = (c & d) ^ (c | ~d) ^ {8{a[8:0]}} ^ {72{b[3]}} ^ (c ~^ {b[7:0], a});
  assign compared = {a < b, a <= b, a > b, a >= b, a == b, a != b, c < d, c == {8'd0, a}};
  assign compared_signed = {
    $signed(a) < $signed(b), $signed(a) <= $signed(b), $signed(a) > $signed(b), $signed(a) >= $signed(b),
    $signed(c) < $signed(d), $signed(a[4:0]) > $signed(b[6:0]), $signed(a[11:0]) >= $signed(c), $signed(s) == $signed(a[2:0])
  };
  assign reduced = {&a, |a, ^a, ~^c, &c[70:2], |{c[71:70], a[1:0], b[63]}, ~|c, ^s};
  assign logical = {a && b, a || b, !a, !c, c && d, c || d, a[3:0] && b[3:0], !(a[0] || c[9:4])};
  assign left = a << s;
  assign right = a >> s;
  assign arithmetic = $signed(a) >>> s;
  assign extended = $signed(a[12:0]) >>> s[3:0];
  assign wide_left = {34'd0, c} << s;
  assign wide_right = {c, a[33:0]} >> s;
  assign wide_arithmetic = $signed(c) >>> s;
  assign indexed = a[s[5:0]];
  assign wide_indexed = c[s];
  always_comb begin
    placed = b[31:0];
    placed[s[4:0]] = a[0];
  end

  // Decoding, which becomes tables.
  always_comb begin
    decoded = {op[3:0] == op[7:4], op < 8'd17, op[7:4] == 4'd3, op[6:2] > 5'd9, 4'd0, op[7:5], op[4:0] + 5'd3};
    case (op)
      8'h12, 8'h80: decoded[11:8] = 4'd9;
      8'h13: decoded[11:8] = {op[0], 3'd2};
      8'h40, 8'h41, 8'h42: decoded[11:8] = op[3:0] ^ 4'd6;
      default: decoded[10] = op[7:3] != 5'd4;
    endcase
  end

  // Cases of which one is taken, each with work of its own, and conditions in conditions.
  logic [71:0] work0, work1, work2;
  always_comb begin
    work0 = (c + {8'd0, a}) ^ ((d - c) & {b[7:0], b});
    work1 = ({8'd0, a} * d[20:0]) + ((c << 3) ^ (d >> 5)) - {8'd1, b};
    work2 = {a[7:0], a ^ b} + (d ^ {c[63:0], 8'h3a}) + (work0[0] ? c - 72'd1 : d + 72'd5);
    case (op[7:5])
      3'd0: chosen = work0;
      3'd1: chosen = work1 + 72'd77;
      3'd2: chosen = {work0[63:0], work1[7:0]};
      3'd3: chosen = work2;
      3'd6: chosen = work2 ^ work0;
      default: chosen = {8'h5a, a};
    endcase
    nested = c;
    if (enable) begin
      if (op[0]) nested = op[1] ? work1 : work2;
      else if (s[2]) nested[71:64] = work2[7:0] + d[71:64];
      else nested[40:3] = work1[37:0] - a[37:0];
    end
  end
  assign v_valid = op[4] && (a[5:0] != b[5:0]);
  assign v_data = (work1 ^ work2) + {71'd0, enable};

  // Registers: free, enabled, cleared by reset and otherwise, and in a ring, where each must see the others' old values.
  logic [71:0] delayed;
  always_ff @(posedge clk) begin
    delayed <= c;
    passed <= delayed;
    if (enable) held <= (a + {b[31:0], b[63:32]}) ^ held;
    if (rst || op == 8'd7) cleared <= 64'h0123_4567_89ab_cdef;
    else if (s[0]) cleared <= cleared + a;
  end
  always_ff @(posedge clk) begin
    if (rst) begin
      first <= 64'd1;
      second <= 64'd2;
      third <= 64'd3;
      seen <= 1'b0;
    end else begin
      first <= third;
      second <= first;
      if (!op[1]) third <= second + 64'd1;
      if (enable) seen <= late;
    end
  end

  // A memory with enables for parts of a word, read as it is and as it was, with two write ports; and one that is never written.
  logic [71:0] memory[0:15];
  always_ff @(posedge clk) begin
    if (write[0]) memory[s[3:0]][39:0] <= c[39:0];
    if (write[1]) memory[s[3:0]][71:40] <= c[71:40];
    if (op[6] && enable) memory[op[3:0]] <= d;
    if (s[6]) read_before <= memory[a[3:0]];
  end
  assign read = memory[b[3:0]];
  always_comb begin
    case (a[9:0])
      10'd3: looked_up = 12'h123;
      10'd77, 10'd1000: looked_up = 12'hfff;
      10'd512: looked_up = 12'h800;
      default: looked_up = {2'd1, a[9:0]};
    endcase
  end
endmodule
