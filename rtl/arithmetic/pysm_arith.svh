// Operations of pysm_arith: the values of its port `op`. Which instruction and outcome uses which is the core's affair;
// the cycles of each are those of the instruction table.
`ifndef PYSM_ARITH_SVH
`define PYSM_ARITH_SVH

`define PYSM_ARITH_IMUL 5'd0
`define PYSM_ARITH_UMULL 5'd1
`define PYSM_ARITH_UMULH 5'd2
`define PYSM_ARITH_FLOOR 5'd3
`define PYSM_ARITH_MOD 5'd4
`define PYSM_ARITH_FADD 5'd5
`define PYSM_ARITH_FSUB 5'd6
`define PYSM_ARITH_FMUL 5'd7
`define PYSM_ARITH_FDIV 5'd8
// Mixed operands: I names an int, F a float, a before b.
`define PYSM_ARITH_IFADD 5'd9
`define PYSM_ARITH_FIADD 5'd10
`define PYSM_ARITH_IFSUB 5'd11
`define PYSM_ARITH_FISUB 5'd12
`define PYSM_ARITH_IFMUL 5'd13
`define PYSM_ARITH_FIMUL 5'd14
`define PYSM_ARITH_IFDIV 5'd15
`define PYSM_ARITH_FIDIV 5'd16
`define PYSM_ARITH_IIDIV 5'd17
`define PYSM_ARITH_FSQRT 5'd18
`define PYSM_ARITH_ISQRT 5'd19
`define PYSM_ARITH_I2F 5'd20
`define PYSM_ARITH_F2I 5'd21
`define PYSM_ARITH_CMPIF 5'd22
`define PYSM_ARITH_CMPFI 5'd23
`define PYSM_ARITH_HASHF 5'd24

// Order of two numbers, one bit each; none of them where one is NaN.
`define PYSM_ORDER_LESS 3'b001
`define PYSM_ORDER_EQUAL 3'b010
`define PYSM_ORDER_GREATER 3'b100

`endif
