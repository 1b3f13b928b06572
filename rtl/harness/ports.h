// The output ports of pysm_top, once for both simulations: X(port, port as CXXRTL spells it).
#pragma once

// Up to 32 bits.
#define PYSM_NARROW_OUTPUTS(X)                                                                    \
  X(dbg_ack, dbg__ack) X(halted, halted) X(tick, tick)                                            \
  X(pin_out, pin__out) X(pin_dir, pin__dir) X(pin_up, pin__up) X(pin_down, pin__down)             \
  X(uart_rts, uart__rts)                                                                          \
  X(con_valid, con__valid) X(con_stream, con__stream) X(con_byte, con__byte)                      \
  X(rt_valid, rt__valid) X(rt_kind, rt__kind) X(rt_pc, rt__pc) X(rt_next_pc, rt__next__pc)        \
  X(rt_word, rt__word) X(rt_sp, rt__sp) X(rt_fp, rt__fp) X(rt_handler, rt__handler)               \
  X(rt_rsp, rt__rsp) X(rt_rrv, rt__rrv) X(rt_ie, rt__ie) X(rt_vector, rt__vector)                 \
  X(sw_valid, sw__valid) X(sw_addr, sw__addr) X(dw_valid, dw__valid) X(dw_addr, dw__addr)         \
  X(gw_valid, gw__valid) X(gw_addr, gw__addr) X(rw_valid, rw__valid) X(rw_addr, rw__addr)         \
  X(tw_valid, tw__valid) X(tw_addr, tw__addr)

// 64 bits.
#define PYSM_LONG_OUTPUTS(X) X(rt_cycle, rt__cycle) X(rt_order, rt__order) X(rw_data, rw__data)

// 72 bits: {tag, payload}.
#define PYSM_WORD_OUTPUTS(X)                                                                      \
  X(dbg_rdata, dbg__rdata) X(rt_a, rt__a) X(rt_b, rt__b) X(rt_c, rt__c) X(rt_rr, rt__rr)          \
  X(sw_data, sw__data) X(dw_data, dw__data) X(gw_data, gw__data) X(tw_data, tw__data)
