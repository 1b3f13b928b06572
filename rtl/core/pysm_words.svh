// Names for the parts of a word, of payloads and of instruction words. The positions come from the instruction table
// (rtl/include/pysm_isa.svh). `x` is a signal, never an expression.
`ifndef PYSM_WORDS_SVH
`define PYSM_WORDS_SVH
`include "pysm_isa.svh"

// A word is {tag[7:0], payload[63:0]}.
`define TAG(x)  x[71:64]
`define BITS(x) x[63:0]
`define TRACED(x) x[71]
`define UNBOUND_WORD {`PYSM_TAG_UNBOUND, 64'd0}

// Words of a list's first block: header, and address, length and capacity of the second
`define LIST_WORDS 16'd2

// Payloads, of the 64-bit signal or word `x`
`define FUNC_ENTRY(x) x[`PYSM_FUNC_ENTRY_LOW +: `PYSM_FUNC_ENTRY_WIDTH]
`define FUNC_MIN(x)   x[`PYSM_FUNC_MIN_LOW +: `PYSM_FUNC_MIN_WIDTH]
`define FUNC_MAX(x)   x[`PYSM_FUNC_MAX_LOW +: `PYSM_FUNC_MAX_WIDTH]
`define FUNC_FRAME(x) x[`PYSM_FUNC_FRAME_LOW +: `PYSM_FUNC_FRAME_WIDTH]
`define CLASS_ROW(x)  x[`PYSM_CLASS_ROW_LOW +: `PYSM_CLASS_ROW_WIDTH]
`define CLASS_WORDS(x) x[`PYSM_CLASS_WORDS_LOW +: `PYSM_CLASS_WORDS_WIDTH]
`define REF_ADDRESS(x) x[`PYSM_REF_ADDRESS_LOW +: `PYSM_REF_ADDRESS_WIDTH]
`define REF_LENGTH(x) x[`PYSM_REF_LENGTH_LOW +: `PYSM_REF_LENGTH_WIDTH]
`define REF_ROW(x)    x[`PYSM_REF_ROW_LOW +: `PYSM_REF_ROW_WIDTH]
`define HDR_ROW(x)    x[`PYSM_HDR_ROW_LOW +: `PYSM_HDR_ROW_WIDTH]
`define HDR_LENGTH(x) x[`PYSM_HDR_LENGTH_LOW +: `PYSM_HDR_LENGTH_WIDTH]
`define HDR_LINK(x)   x[`PYSM_HDR_LINK_LOW +: `PYSM_HDR_LINK_WIDTH]
`define LIST_ADDRESS(x) x[`PYSM_LIST_ADDRESS_LOW +: `PYSM_LIST_ADDRESS_WIDTH]
`define LIST_LENGTH(x) x[`PYSM_LIST_LENGTH_LOW +: `PYSM_LIST_LENGTH_WIDTH]
`define LIST_CAPACITY(x) x[`PYSM_LIST_CAPACITY_LOW +: `PYSM_LIST_CAPACITY_WIDTH]
`define GEN_PC(x)      x[`PYSM_GEN_PC_LOW +: `PYSM_GEN_PC_WIDTH]
`define GEN_HANDLER(x) x[`PYSM_GEN_HANDLER_LOW +: `PYSM_GEN_HANDLER_WIDTH]
`define GEN_WORDS(x)   x[`PYSM_GEN_WORDS_LOW +: `PYSM_GEN_WORDS_WIDTH]
`define GEN_STATE(x)   x[`PYSM_GEN_STATE_LOW +: `PYSM_GEN_STATE_WIDTH]
`define RANGE_START(x)  x[`PYSM_HANDLER_START_LOW +: `PYSM_HANDLER_START_WIDTH]
`define RANGE_END(x)    x[`PYSM_HANDLER_END_LOW +: `PYSM_HANDLER_END_WIDTH]
`define RANGE_TARGET(x) x[`PYSM_HANDLER_TARGET_LOW +: `PYSM_HANDLER_TARGET_WIDTH]
`define RANGE_OUTER(x)  x[`PYSM_HANDLER_OUTER_LOW +: `PYSM_HANDLER_OUTER_WIDTH]

// States of a generator
`define GEN_FRESH     4'd0
`define GEN_SUSPENDED 4'd1
`define GEN_RUNNING   4'd2
`define GEN_DONE      4'd3

// Return-stack entries
`define ENTRY_PC(x)      x[`PYSM_RETURN_ENTRY_PC_LOW +: `PYSM_RETURN_ENTRY_PC_WIDTH]
`define ENTRY_FP(x)      x[`PYSM_RETURN_ENTRY_FP_LOW +: `PYSM_RETURN_ENTRY_FP_WIDTH]
`define ENTRY_HANDLER(x) x[`PYSM_RETURN_ENTRY_HANDLER_LOW +: `PYSM_RETURN_ENTRY_HANDLER_WIDTH]
`define ENTRY_KIND(x)    x[`PYSM_RETURN_ENTRY_KIND_LOW +: `PYSM_RETURN_ENTRY_KIND_WIDTH]
`define ENTRY_DROP(x)    x[`PYSM_RETURN_ENTRY_DROP_LOW]
`define ENTRY_HOLE(x)    x[`PYSM_RETURN_ENTRY_HOLE_LOW]
`define ENTRY_IE(x)      x[`PYSM_RETURN_ENTRY_IE_LOW]
`define ENTRY_GENERATOR(x) x[`PYSM_RETURN_ENTRY_GENERATOR_LOW +: `PYSM_RETURN_ENTRY_GENERATOR_WIDTH]

// Kinds as they stand in an entry
`define KIND_BASE     3'd`PYSM_ENTRY_KIND_BASE
`define KIND_CALL     3'd`PYSM_ENTRY_KIND_CALL
`define KIND_RESUME   3'd`PYSM_ENTRY_KIND_RESUME
`define KIND_RETRY    3'd`PYSM_ENTRY_KIND_RETRY
`define KIND_REDIRECT 3'd`PYSM_ENTRY_KIND_REDIRECT
`define KIND_IRQ      3'd`PYSM_ENTRY_KIND_IRQ
`define KIND_GEN      3'd`PYSM_ENTRY_KIND_GEN

// Instruction words
`define FIELD_A(x) x[13:7]
`define FIELD_B(x) x[6:0]
`define FIELD_D(x) x[20:14]
`define FIELD_DK(x) x[23:17]
`define FIELD_K(x) x[16:0]

`define IS_INT(tag) ((tag) == `PYSM_TAG_INT || (tag) == `PYSM_TAG_BOOL)

`endif
