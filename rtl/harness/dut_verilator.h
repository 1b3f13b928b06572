// pysm_top as Verilator's code. See dut_cxxrtl.h: the same class over CXXRTL's.
#pragma once
#include <memory>

#include "Vpysm_top.h"
#include "ports.h"
#include "verilated.h"
#include "word.h"

namespace pysm {

// A clock cycle is settle(), which makes the outputs of the present cycle readable, then clock(). In between, inputs that
// only feed flip-flops (pins and the UART line) may change, followed by resettle().
class Dut {
 public:
  // Verilator has only one way to evaluate a cycle.
  void setTwoPhase(bool) {}

  void setReset(bool on) { top_->rst = on; }

  void setRequest(const Request& request) {
    top_->dbg_req = request.active;
    top_->dbg_write = request.write;
    top_->dbg_space = request.space;
    top_->dbg_addr = request.address;
    top_->dbg_wdata[0] = static_cast<uint32_t>(request.data.payload);
    top_->dbg_wdata[1] = static_cast<uint32_t>(request.data.payload >> 32);
    top_->dbg_wdata[2] = request.data.tag;
  }

  void setPins(uint32_t levels) { top_->pin_in = levels; }
  void setUart(bool level) { top_->uart_rx = level; }

  void settle() {
    top_->clk = 0;
    top_->eval();
  }

  // The rising edge evaluates changed inputs first.
  void resettle() {}

  void clock() {
    top_->clk = 1;
    top_->eval();
  }

  // Makes the outputs readable outside a cycle.
  void peek() { settle(); }

#define X(port, name) \
  uint32_t port() const { return top_->port; }
  PYSM_NARROW_OUTPUTS(X)
#undef X
#define X(port, name) \
  uint64_t port() const { return top_->port; }
  PYSM_LONG_OUTPUTS(X)
#undef X
#define X(port, name) \
  Word port() const { return {top_->port[0] | static_cast<uint64_t>(top_->port[1]) << 32, static_cast<uint8_t>(top_->port[2])}; }
  PYSM_WORD_OUTPUTS(X)
#undef X

 private:
  std::unique_ptr<Vpysm_top> top_ = std::make_unique<Vpysm_top>();
};

}  // namespace pysm
