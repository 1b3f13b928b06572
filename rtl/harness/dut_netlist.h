// pysm_top as the code of rtl/netlist. See dut_verilator.h: the same class over Verilator's.
#pragma once
#include <memory>

#include "design.h"
#include "ports.h"
#include "word.h"

namespace pysm {

// A clock cycle is settle(), which makes the outputs of the present cycle readable, then clock(). In between, inputs that
// only feed flip-flops (pins and the UART line) may change, followed by resettle().
//
// The design finds the outputs of a cycle and what follows them in one go. setTwoPhase() chooses the plain way, outputs
// first and everything again for the clock's edge, against which a test compares it.
class Dut {
 public:
  void setTwoPhase(bool on) { twoPhase_ = on; }

  void setReset(bool on) { top_->rst = on; }

  void setRequest(const Request& request) {
    top_->dbg_req = request.active;
    top_->dbg_write = request.write;
    top_->dbg_space = request.space;
    top_->dbg_addr = request.address;
    top_->dbg_wdata = static_cast<u128>(request.data.tag) << 64 | request.data.payload;
  }

  void setPins(uint32_t levels) { top_->pin_in = levels; }
  void setUart(bool level) { top_->uart_rx = level; }

  void settle() { top_->evaluate(); }
  // Those inputs are read by clock() alone.
  void resettle() {}

  void clock() {
    if (twoPhase_) top_->evaluate();
    top_->advance();
  }

  // Makes the outputs readable outside a cycle; no cycle may be under way.
  void peek() { top_->evaluate(); }

#define X(port) \
  uint32_t port() const { return static_cast<uint32_t>(top_->port); }
  PYSM_NARROW_OUTPUTS(X)
#undef X
#define X(port) \
  uint64_t port() const { return top_->port; }
  PYSM_LONG_OUTPUTS(X)
#undef X
#define X(port) \
  Word port() const { return {top_->port[0], static_cast<uint8_t>(top_->port[1])}; }
  PYSM_WORD_OUTPUTS(X)
#undef X

 private:
  std::unique_ptr<Design> top_ = std::make_unique<Design>();
  bool twoPhase_ = false;
};

}  // namespace pysm
