// pysm_top as CXXRTL code. See dut_verilator.h: the same class over Verilator's.
#pragma once
#include "design.h"
#include "ports.h"
#include "word.h"

namespace pysm {

// A clock cycle is settle(), which makes the outputs of the present cycle readable, then clock(). In between, inputs that
// only feed flip-flops (pins and the UART line) may change, followed by resettle().
//
// Evaluating rising edge and combinational logic at once, with the outputs read before the commit, halves the work. It is
// right because the build refuses a design with feedback wires, so one evaluation settles everything, and because nothing
// is sensitive to the falling edge. setTwoPhase() chooses the plain way, against which a test compares it.
class Dut {
 public:
  void setTwoPhase(bool on) { twoPhase_ = on; }

  void setReset(bool on) { top_.p_rst.set<uint32_t>(on); }

  void setRequest(const Request& request) {
    top_.p_dbg__req.set<uint32_t>(request.active);
    top_.p_dbg__write.set<uint32_t>(request.write);
    top_.p_dbg__space.set<uint32_t>(request.space);
    top_.p_dbg__addr.set<uint32_t>(request.address);
    top_.p_dbg__wdata.data[0] = static_cast<uint32_t>(request.data.payload);
    top_.p_dbg__wdata.data[1] = static_cast<uint32_t>(request.data.payload >> 32);
    top_.p_dbg__wdata.data[2] = request.data.tag;
  }

  void setPins(uint32_t levels) { top_.p_pin__in.set<uint32_t>(levels); }
  void setUart(bool level) { top_.p_uart__rx.set<uint32_t>(level); }

  void settle() {
    if (twoPhase_) {
      top_.p_clk.set<uint32_t>(0);
      top_.step();
    } else {
      top_.prev_p_clk.set<uint32_t>(0);
      top_.p_clk.set<uint32_t>(1);
      top_.eval();
    }
  }

  void resettle() {
    if (!twoPhase_) top_.eval();
  }

  void clock() {
    if (twoPhase_) {
      top_.p_clk.set<uint32_t>(1);
      top_.step();
    } else {
      top_.commit();
    }
  }

  // Makes the outputs readable outside a cycle; no cycle may be under way.
  void peek() {
    top_.p_clk.set<uint32_t>(0);
    top_.step();
  }

#define X(port, name) \
  uint32_t port() const { return narrow(top_.p_##name); }
  PYSM_NARROW_OUTPUTS(X)
#undef X
#define X(port, name) \
  uint64_t port() const { return wide(top_.p_##name); }
  PYSM_LONG_OUTPUTS(X)
#undef X
#define X(port, name) \
  Word port() const { return word(top_.p_##name); }
  PYSM_WORD_OUTPUTS(X)
#undef X

 private:
  // A port is a `wire` where it is a register of its own, a `value` otherwise.
  template <size_t Bits>
  static const cxxrtl::value<Bits>& of(const cxxrtl::value<Bits>& port) {
    return port;
  }
  template <size_t Bits>
  static const cxxrtl::value<Bits>& of(const cxxrtl::wire<Bits>& port) {
    return port.curr;
  }
  template <class Port>
  static uint32_t narrow(const Port& port) {
    return of(port).data[0];
  }
  template <class Port>
  static uint64_t wide(const Port& port) {
    return of(port).data[0] | static_cast<uint64_t>(of(port).data[1]) << 32;
  }
  template <class Port>
  static Word word(const Port& port) {
    return {wide(port), static_cast<uint8_t>(of(port).data[2])};
  }

  cxxrtl_design::p_pysm__top top_;
  bool twoPhase_ = false;
};

}  // namespace pysm
