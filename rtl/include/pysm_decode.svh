`ifndef PYSM_DECODE_SVH
// Generated from the instruction table by isa/generate.mjs. Do not edit.
//
// To be included inside a module. pysm_operands describes an opcode by
//   [3:0]   format, PYSM_FMT_*
//   [5:4]   field of the first source in assembly order, PYSM_FIELD_*
//   [7:6]   field of the second source; stack operands are popped last source first
//   [9:8]   field of the third source
//   [11:10] field of the destination
//   [13:12] field of a local that is read and written
//   [15:14] field of the first of two locals
//   [19:16] what a re-issue does with RR, PYSM_RESUME_*
//   [20]    the opcode has an instruction (ILL has not)
//   [21]    branch predicted by the direction of its offset: backward taken, forward not taken
// A field is 0 where the instruction has no such operand. Fields a and b are bits 13:7 and 6:0 of the instruction word;
// d is bits 20:14 in the formats T and I, 23:17 in K and L, 6:0 in A.
`define PYSM_DECODE_SVH

`define PYSM_FMT_T 0
`define PYSM_FMT_I 1
`define PYSM_FMT_B 2
`define PYSM_FMT_K 3
`define PYSM_FMT_L 4
`define PYSM_FMT_J 5
`define PYSM_FMT_C 6
`define PYSM_FMT_A 7
`define PYSM_FMT_M 8

`define PYSM_FIELD_NONE 0
`define PYSM_FIELD_A 1
`define PYSM_FIELD_B 2
`define PYSM_FIELD_D 3

`define PYSM_RESUME_NONE 0
`define PYSM_RESUME_VALUE 1
`define PYSM_RESUME_BRANCH 2
`define PYSM_RESUME_NEXT 3
`define PYSM_RESUME_ITERATOR 4
`define PYSM_RESUME_ITEM 5
`define PYSM_RESUME_UNPACK 6
`define PYSM_RESUME_CALLABLE 7
`define PYSM_RESUME_RESULT 8

`define PYSM_OPERANDS_FORMAT_LOW 0
`define PYSM_OPERANDS_FORMAT_WIDTH 4
`define PYSM_OPERANDS_SOURCE1_LOW 4
`define PYSM_OPERANDS_SOURCE1_WIDTH 2
`define PYSM_OPERANDS_SOURCE2_LOW 6
`define PYSM_OPERANDS_SOURCE2_WIDTH 2
`define PYSM_OPERANDS_SOURCE3_LOW 8
`define PYSM_OPERANDS_SOURCE3_WIDTH 2
`define PYSM_OPERANDS_DESTINATION_LOW 10
`define PYSM_OPERANDS_DESTINATION_WIDTH 2
`define PYSM_OPERANDS_LOCAL_LOW 12
`define PYSM_OPERANDS_LOCAL_WIDTH 2
`define PYSM_OPERANDS_GROUP_LOW 14
`define PYSM_OPERANDS_GROUP_WIDTH 2
`define PYSM_OPERANDS_RESUME_LOW 16
`define PYSM_OPERANDS_RESUME_WIDTH 4
`define PYSM_OPERANDS_VALID_LOW 20
`define PYSM_OPERANDS_VALID_WIDTH 1
`define PYSM_OPERANDS_BRANCH_LOW 21
`define PYSM_OPERANDS_BRANCH_WIDTH 1
`endif

function automatic [21:0] pysm_operands(input [7:0] opcode);
  case (opcode)
    8'h01: pysm_operands = 22'b0_1_0000_00_00_00_00_00_00_0011; // NOP
    8'h02: pysm_operands = 22'b0_1_0000_00_00_00_00_00_00_0011; // BRK
    8'h03: pysm_operands = 22'b0_1_0000_00_00_00_00_00_01_0001; // HALT
    8'h04: pysm_operands = 22'b0_1_0000_00_00_00_00_00_00_0101; // JMP
    8'h05: pysm_operands = 22'b0_1_0000_00_00_00_00_00_00_0011; // SPAN
    8'h06: pysm_operands = 22'b0_1_0000_00_00_11_00_00_00_0011; // CSRR
    8'h07: pysm_operands = 22'b0_1_0000_00_00_00_00_00_11_0011; // CSRW
    8'h08: pysm_operands = 22'b0_1_0000_00_00_00_00_00_00_0011; // FAULT
    8'h10: pysm_operands = 22'b0_1_0000_00_00_11_00_00_01_0000; // MOV
    8'h11: pysm_operands = 22'b0_1_0000_00_00_11_00_00_00_0100; // LDI
    8'h12: pysm_operands = 22'b0_1_0000_00_00_11_00_00_00_0011; // LDK
    8'h13: pysm_operands = 22'b0_1_0001_00_00_11_00_00_00_0011; // LDG
    8'h14: pysm_operands = 22'b0_1_0000_00_00_00_00_00_11_0011; // STG
    8'h15: pysm_operands = 22'b0_1_0000_00_00_11_00_00_00_0011; // LDW8
    8'h16: pysm_operands = 22'b0_1_0000_00_00_00_00_00_11_0011; // STW8
    8'h17: pysm_operands = 22'b0_1_0000_00_00_00_00_00_00_0011; // POP
    8'h18: pysm_operands = 22'b0_1_0000_00_00_11_00_00_00_0011; // DUP
    8'h19: pysm_operands = 22'b0_1_0011_00_11_00_00_00_00_0011; // UNB
    8'h1a: pysm_operands = 22'b0_1_0000_00_00_00_00_00_00_0011; // CLRL
    8'h20: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // ADD
    8'h21: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // SUB
    8'h22: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // MUL
    8'h23: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // AND
    8'h24: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // OR
    8'h25: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // XOR
    8'h26: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // SHL
    8'h27: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // SHR
    8'h28: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // FLOOR
    8'h29: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // MOD
    8'h2a: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // DIV
    8'h2b: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // POW
    8'h2c: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // ZXT
    8'h2d: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0000; // NEG
    8'h2e: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0000; // INV
    8'h2f: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0000; // ABS
    8'h30: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0001; // ADDI
    8'h31: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0001; // SUBI
    8'h32: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0001; // MULI
    8'h33: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0001; // ANDI
    8'h34: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0001; // ORI
    8'h35: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0001; // XORI
    8'h36: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0001; // SHLI
    8'h37: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0001; // SHRI
    8'h38: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0001; // FLOORI
    8'h39: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0001; // MODI
    8'h3a: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0001; // DIVI
    8'h3b: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0001; // POWI
    8'h3c: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0001; // ZXTI
    8'h40: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // CLT
    8'h41: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // CLE
    8'h42: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // CEQ
    8'h43: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // CNE
    8'h44: pysm_operands = 22'b0_1_0000_00_00_11_00_10_01_0000; // CIS
    8'h45: pysm_operands = 22'b0_1_0000_00_00_11_00_10_01_0000; // CNIS
    8'h46: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // CIN
    8'h47: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // CNIN
    8'h48: pysm_operands = 22'b1_1_0010_00_00_00_00_10_01_0010; // BLT
    8'h49: pysm_operands = 22'b1_1_0010_00_00_00_00_10_01_0010; // BLE
    8'h4a: pysm_operands = 22'b1_1_0010_00_00_00_00_10_01_0010; // BEQ
    8'h4b: pysm_operands = 22'b1_1_0010_00_00_00_00_10_01_0010; // BNE
    8'h68: pysm_operands = 22'b1_1_0010_00_00_00_00_10_01_0010; // BGT
    8'h70: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // CGT
    8'h69: pysm_operands = 22'b1_1_0010_00_00_00_00_10_01_0010; // BGE
    8'h71: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // CGE
    8'h6a: pysm_operands = 22'b1_1_0010_00_00_00_00_10_01_0010; // BNLT
    8'h6b: pysm_operands = 22'b1_1_0010_00_00_00_00_10_01_0010; // BNLE
    8'h6c: pysm_operands = 22'b1_1_0010_00_00_00_00_10_01_0010; // BNGT
    8'h6d: pysm_operands = 22'b1_1_0010_00_00_00_00_10_01_0010; // BNGE
    8'h6e: pysm_operands = 22'b1_1_0010_00_00_00_00_10_01_0010; // BNEQ
    8'h6f: pysm_operands = 22'b1_1_0010_00_00_00_00_10_01_0010; // BNNE
    8'h4c: pysm_operands = 22'b1_1_0000_00_00_00_00_10_01_0010; // BIS
    8'h4d: pysm_operands = 22'b1_1_0000_00_00_00_00_10_01_0010; // BNIS
    8'h4e: pysm_operands = 22'b1_1_0010_00_00_00_00_10_01_0010; // BIN
    8'h4f: pysm_operands = 22'b1_1_0010_00_00_00_00_10_01_0010; // BNIN
    8'h50: pysm_operands = 22'b1_1_0010_00_00_00_00_00_01_0010; // BT
    8'h51: pysm_operands = 22'b1_1_0010_00_00_00_00_00_01_0010; // BF
    8'h52: pysm_operands = 22'b1_1_0010_00_00_00_00_00_01_0010; // BBS
    8'h53: pysm_operands = 22'b1_1_0010_00_00_00_00_00_01_0010; // BBC
    8'h54: pysm_operands = 22'b1_1_0000_00_00_00_00_00_01_0010; // BTAG
    8'h55: pysm_operands = 22'b1_1_0000_00_00_00_00_00_01_0010; // BNTAG
    8'h56: pysm_operands = 22'b1_1_0000_00_00_00_00_00_01_0010; // BUNB
    8'h57: pysm_operands = 22'b1_1_0000_00_00_00_00_00_01_0010; // BBND
    8'h58: pysm_operands = 22'b1_1_0000_00_01_00_00_00_10_0010; // FORR
    8'h59: pysm_operands = 22'b1_1_0000_10_01_00_00_00_00_0010; // FORS
    8'h5a: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0000; // RNGCK
    8'h5b: pysm_operands = 22'b0_1_0100_11_00_00_00_00_01_0000; // GETITER
    8'h5c: pysm_operands = 22'b0_1_0101_10_00_01_00_00_00_0010; // FORITER
    8'h60: pysm_operands = 22'b0_1_0000_00_00_00_00_00_00_0110; // CALL
    8'h62: pysm_operands = 22'b0_1_0111_00_00_00_00_00_00_1000; // CALLV
    8'h63: pysm_operands = 22'b0_1_0111_00_00_00_00_00_00_1000; // CALLM
    8'h64: pysm_operands = 22'b0_1_1000_00_00_00_00_00_00_0011; // CALLKW
    8'h65: pysm_operands = 22'b0_1_0000_00_00_00_00_00_01_0000; // RET
    8'h66: pysm_operands = 22'b0_1_0000_00_00_00_00_00_00_0110; // TAIL
    8'h67: pysm_operands = 22'b0_1_0000_00_00_00_00_00_00_0011; // CHKSP
    8'h80, 8'h81, 8'h82, 8'h83: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0111; // LDA
    8'h84, 8'h85, 8'h86, 8'h87: pysm_operands = 22'b0_1_0011_00_00_00_00_11_01_0111; // STA
    8'h88, 8'h89, 8'h8a, 8'h8b: pysm_operands = 22'b0_1_0011_00_00_00_00_00_01_0111; // DELA
    8'h8c, 8'h8d, 8'h8e, 8'h8f: pysm_operands = 22'b0_1_0000_00_00_11_00_00_01_0111; // ISA
    8'h90: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // LDX
    8'h91: pysm_operands = 22'b0_1_0011_00_00_00_11_10_01_0000; // STX
    8'h92: pysm_operands = 22'b0_1_0011_00_00_00_00_10_01_0000; // DELX
    8'h93: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0000; // LEN
    8'h94: pysm_operands = 22'b0_1_0110_00_00_00_00_00_01_0001; // UNPACK
    8'h95: pysm_operands = 22'b0_1_0011_00_00_00_00_10_01_0000; // LAPP
    8'ha0: pysm_operands = 22'b0_1_0000_00_00_11_00_00_00_0011; // NEW
    8'ha1: pysm_operands = 22'b0_1_0000_00_00_11_00_00_00_0011; // BTUP
    8'ha2: pysm_operands = 22'b0_1_0000_00_00_11_00_00_00_0011; // BLIST
    8'ha3: pysm_operands = 22'b0_1_0000_00_00_11_00_00_01_0001; // MKCLO
    8'ha4: pysm_operands = 22'b0_1_0000_00_00_11_00_00_01_0000; // MKCELL
    8'ha5: pysm_operands = 22'b0_1_0000_00_00_00_00_00_00_0011; // MKGEN
    8'ha6: pysm_operands = 22'b0_1_0001_00_00_11_00_00_00_0011; // BMAP
    8'ha7: pysm_operands = 22'b0_1_0001_00_00_11_00_00_00_0011; // BSET
    8'ha8: pysm_operands = 22'b0_1_0001_00_00_11_00_00_00_0011; // BSLICE
    8'ha9: pysm_operands = 22'b0_1_0000_00_00_11_00_00_01_0000; // ALLOC
    8'haa: pysm_operands = 22'b0_1_0001_00_00_11_00_00_00_0011; // LDENV
    8'hab: pysm_operands = 22'b0_1_0001_00_00_11_00_00_00_0011; // LDDEREF
    8'hac: pysm_operands = 22'b0_1_0000_00_00_00_00_00_11_0011; // STDEREF
    8'had: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0000; // LDCELL
    8'hae: pysm_operands = 22'b0_1_0000_00_00_00_00_10_01_0000; // STCELL
    8'hb0: pysm_operands = 22'b0_1_0000_00_00_00_00_00_00_0011; // SETH
    8'hb1: pysm_operands = 22'b0_1_0000_00_00_00_00_00_01_0000; // RAISE
    8'hb2: pysm_operands = 22'b0_1_0000_00_00_00_00_00_01_0000; // RERAISE
    8'hb3: pysm_operands = 22'b0_1_0000_00_00_00_00_00_00_0011; // CATCH
    8'hb4: pysm_operands = 22'b0_1_0000_00_00_00_11_10_01_0000; // UNW
    8'hb5: pysm_operands = 22'b0_1_0000_00_00_11_00_00_01_0000; // RSRD
    8'hb6: pysm_operands = 22'b0_1_0000_00_00_11_00_10_01_0000; // HSEL
    8'hb8: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0000; // YIELD
    8'hb9: pysm_operands = 22'b0_1_0001_00_00_11_00_10_01_0000; // GRES
    8'hc0: pysm_operands = 22'b0_1_0000_00_00_00_00_10_01_0000; // IOW
    8'hc1: pysm_operands = 22'b0_1_0000_00_00_11_00_00_01_0000; // IOR
    8'hc2: pysm_operands = 22'b1_1_0000_00_00_00_00_10_01_0010; // IOB
    8'hc3: pysm_operands = 22'b0_1_0000_00_00_00_00_10_01_0000; // WAITP
    8'hc4: pysm_operands = 22'b0_1_0000_00_00_11_00_00_00_0000; // RDC
    8'hc5: pysm_operands = 22'b0_1_0000_00_00_00_00_00_00_0011; // IEN
    8'hc6: pysm_operands = 22'b0_1_0000_00_00_00_00_00_01_0001; // IOWI
    8'hc7: pysm_operands = 22'b0_1_0000_00_00_11_00_00_00_0001; // IORI
    8'hd0: pysm_operands = 22'b0_1_0000_00_00_11_00_00_01_0001; // LDW
    8'hd1: pysm_operands = 22'b0_1_0000_00_00_00_00_11_01_0001; // STW
    8'hd2: pysm_operands = 22'b0_1_0000_00_00_11_00_10_01_0000; // LDXR
    8'hd3: pysm_operands = 22'b0_1_0000_00_00_00_11_10_01_0000; // STXR
    8'hd4: pysm_operands = 22'b0_1_0000_00_00_11_00_10_01_0000; // LDB
    8'hd5: pysm_operands = 22'b0_1_0000_00_00_00_11_10_01_0000; // STB
    8'hd6: pysm_operands = 22'b0_1_0000_00_00_11_00_00_01_0000; // TAGR
    8'hd7: pysm_operands = 22'b0_1_0000_00_00_11_00_00_01_0001; // TAGW
    8'hd8: pysm_operands = 22'b0_1_0000_00_00_11_00_10_01_0000; // RADD
    8'hd9: pysm_operands = 22'b0_1_0000_00_00_11_00_10_01_0000; // RSUB
    8'hda: pysm_operands = 22'b0_1_0000_00_00_11_00_10_01_0000; // RMUL
    8'hdb: pysm_operands = 22'b0_1_0000_00_00_11_00_10_01_0000; // MULHU
    8'hdc: pysm_operands = 22'b0_1_0000_00_00_11_00_10_01_0000; // RULT
    8'hdd: pysm_operands = 22'b0_1_0000_00_00_11_00_10_01_0000; // RSHL
    8'hde: pysm_operands = 22'b0_1_0000_00_00_11_00_10_01_0000; // RSHR
    8'hdf: pysm_operands = 22'b0_1_0000_00_00_11_00_00_01_0000; // CLZ
    8'he0: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0000; // HASH
    8'he1: pysm_operands = 22'b0_1_0000_00_00_11_00_10_01_0000; // LDHX
    8'he2: pysm_operands = 22'b0_1_0000_00_00_00_00_11_01_0001; // MCPY
    8'he3: pysm_operands = 22'b0_1_0000_00_00_00_00_00_01_0001; // MCLR
    8'he4: pysm_operands = 22'b0_1_0000_00_00_11_00_00_01_0000; // DTRD
    8'he5: pysm_operands = 22'b0_1_0000_00_00_00_00_10_01_0000; // DTWR
    8'he6: pysm_operands = 22'b0_1_0000_00_00_11_00_00_01_0000; // DTKD
    8'he7: pysm_operands = 22'b0_1_0000_00_00_11_00_00_00_0000; // TINS
    8'he8: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0000; // CVT
    8'he9: pysm_operands = 22'b0_1_0001_00_00_11_00_00_01_0000; // FSQRT
    8'hea: pysm_operands = 22'b0_1_0000_00_00_11_00_00_01_0001; // EXT
    8'heb: pysm_operands = 22'b0_1_0000_00_11_00_00_00_01_0001; // INS
    8'hec: pysm_operands = 22'b0_1_0000_00_00_11_00_00_01_0000; // GLRD
    default: pysm_operands = 22'b0_0_0000_00_00_00_00_00_00_0000;
  endcase
endfunction
