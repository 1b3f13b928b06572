// pysm_top as Verilator's code. See dut_netlist.h: the same class over the code of rtl/netlist.
#pragma once
#include <memory>

#include "Vpysm_top.h"
#include "Vpysm_top___024root.h"
#include "ports.h"
#include "verilated.h"
#include "word.h"

// Part of the model that Verilator makes, absent from it in other versions: evaluates what the triggers ask for.
__attribute__((weak)) void Vpysm_top___024root___eval_nba(Vpysm_top___024root* root);

namespace pysm {

// A clock cycle is settle(), which makes the outputs of the present cycle readable, then clock(). In between, inputs that
// only feed flip-flops (pins and the UART line) may change, followed by resettle().
//
// Verilator evaluates everything that depends on inputs whenever it is asked, so the falling edge, on which nothing else
// happens, costs a third of a cycle. It is left out, and so is the search for edges: the model is told that there was a
// rising one, the only trigger it has. Versions of Verilator name these parts differently; where they are not found, and
// with setTwoPhase(), both edges are evaluated.
class Dut {
 public:
  void setTwoPhase(bool on) {
    twoPhase_ = on;
    settled_ = false;
  }

  void setReset(bool on) {
    top_->rst = on;
    settled_ = false;
  }

  void setRequest(const Request& request) {
    settled_ = false;
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
    if (settled_) return;
    if (bothEdges()) top_->clk = 0;
    top_->eval();
    settled_ = true;
  }

  // The rising edge evaluates changed inputs first.
  void resettle() {}

  void clock() {
    top_->clk = 1;
    if (bothEdges())
      top_->eval();
    else
      rise(*top_->rootp, true, 0);
    // What was evaluated with it is right for the next cycle, too, unless an input changes.
    settled_ = !bothEdges();
  }

  // Makes the outputs readable outside a cycle.
  void peek() { settle(); }

#define X(port) \
  uint32_t port() const { return top_->port; }
  PYSM_NARROW_OUTPUTS(X)
#undef X
#define X(port) \
  uint64_t port() const { return top_->port; }
  PYSM_LONG_OUTPUTS(X)
#undef X
#define X(port) \
  Word port() const { return {top_->port[0] | static_cast<uint64_t>(top_->port[1]) << 32, static_cast<uint8_t>(top_->port[2])}; }
  PYSM_WORD_OUTPUTS(X)
#undef X

 private:
  // Evaluates a rising edge; false, having done nothing, if the model lacks what that takes. No `edge`: only whether it
  // could.
  template <class Root>
  static auto rise(Root& root, bool edge, int)
      -> decltype(root.__VnbaTriggered.at(0), root.__Vtrigrprev__TOP__clk, true) {
    if (!Vpysm_top___024root___eval_nba) return false;
    if (edge) {
      root.__Vtrigrprev__TOP__clk = 1;
      root.__VnbaTriggered.at(0) = 1;
      Vpysm_top___024root___eval_nba(&root);
    }
    return true;
  }
  template <class Root>
  static bool rise(Root&, bool, ...) {
    return false;
  }
  bool bothEdges() { return twoPhase_ || !rises_; }

  std::unique_ptr<Vpysm_top> top_ = std::make_unique<Vpysm_top>();
  const bool rises_ = rise(*top_->rootp, false, 0);
  bool twoPhase_ = false;
  bool settled_ = false;
};

}  // namespace pysm
