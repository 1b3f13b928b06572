// The output ports of pysm_top, once for both simulations.
#pragma once

// Up to 32 bits.
#define PYSM_NARROW_OUTPUTS(X)                                                                   \
  X(dbg_ack) X(halted) X(tick) X(pin_out) X(pin_dir) X(pin_up) X(pin_down) X(uart_rts)           \
  X(con_valid) X(con_stream) X(con_byte) X(rt_valid) X(rt_kind) X(rt_pc) X(rt_next_pc)           \
  X(rt_word) X(rt_sp) X(rt_fp) X(rt_handler) X(rt_rsp) X(rt_rrv) X(rt_ie) X(rt_vector)           \
  X(sw_valid) X(sw_addr) X(dw_valid) X(dw_addr) X(gw_valid) X(gw_addr) X(rw_valid) X(rw_addr)    \
  X(tw_valid) X(tw_addr)

// 64 bits.
#define PYSM_LONG_OUTPUTS(X) X(rt_cycle) X(rt_order) X(rw_data)

// 72 bits: {tag, payload}.
#define PYSM_WORD_OUTPUTS(X)                                                                     \
  X(dbg_rdata) X(rt_a) X(rt_b) X(rt_c) X(rt_rr) X(sw_data) X(dw_data) X(gw_data) X(tw_data)
