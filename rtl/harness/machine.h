// pysm_top on a desk: clock, reset, debug bus, pins with jumpers, UART sender, console and retire port. Everything goes
// through the ports, so whatever works here works on a board with the same wires.
#pragma once
#include <cstdint>
#include <vector>

#include "pads.h"
#include "pysm_isa.h"
#include "trace.h"
#include "uart_sender.h"
#include "word.h"

namespace pysm {

// Debug space and addresses that the harness itself uses (the host knows the others).
constexpr uint8_t kStateSpace = 0;
constexpr uint16_t kControl = 0;

// Clock cycles within which the debug bus must answer, and within which a running core's cycle counter must advance.
constexpr unsigned kBusLimit = 4096;
constexpr unsigned kIdleLimit = 4096;
// Spaces of the debug bus that a running core answers for: all below the control registers.
constexpr unsigned kReadSpaces = 9;
// Clock cycles within which a core that is told to go on must have left the halted state.
constexpr unsigned kStartLimit = 8;
// Console bytes after which a run returns to its host.
constexpr size_t kConsoleLimit = 16384;

// Why run() returned.
enum RunEnd : uint32_t {
  kRunHalted = 0,
  kRunTicks = 1,
  kRunTraceFull = 2,
  kRunConsoleFull = 3,
  // The core is not halted and yet its cycle counter stands still: a defect of the design.
  kRunStuck = 4,
};

template <class Dut>
class Machine {
 public:
  Machine() { reset(); }

  // Resets the core and everything around it. Memories keep their contents.
  void reset() {
    pads_.clear();
    sender_.clear();
    console_.clear();
    trace_.reset();
    request_ = {};
    dut_.setRequest(request_);
    dut_.setReset(true);
    for (int i = 0; i < 4; i++) cycle();
    dut_.setReset(false);
    cycle();
    trace_.reset();
    console_.clear();
    clocks_ = 0;
    ticks_ = 0;
  }

  void setTracing(bool on) { tracing_ = on; }
  void setTwoPhase(bool on) { dut_.setTwoPhase(on); }
  // While the core runs, something is always being read over the debug bus: any space but the control registers, any address.
  void setReading(bool on) { reading_ = on; }

  // One access over the debug bus; false if the core does not answer.
  bool access(bool write, uint8_t space, uint16_t address, Word& data) {
    request_ = {true, write, space, address, data};
    dut_.setRequest(request_);
    bool acknowledged = false;
    for (unsigned i = 0; i < kBusLimit && !acknowledged; i++) {
      cycle();
      acknowledged = acknowledged_;
    }
    if (!write) data = readData_;
    request_.active = false;
    dut_.setRequest(request_);
    return acknowledged;
  }

  // Writes CONTROL, and waits until a core that it starts has left the halted state.
  bool control(uint64_t bits, bool starts) {
    Word word{bits, 0};
    if (!access(true, kStateSpace, kControl, word)) return false;
    if (starts) {
      halted_ = true;
      for (unsigned i = 0; i < kStartLimit && halted_; i++) cycle();
    }
    return true;
  }

  // Clocks the core until it halts, `ticks` core cycles have passed, or a buffer wants emptying.
  RunEnd run(uint64_t ticks, size_t traceLimit) {
    const uint64_t end = ticks_ + ticks;
    unsigned idle = 0;
    halted_ = false;
    while (true) {
      if (ticks_ >= end) return ended(kRunTicks);
      if (trace_.bytes().size() >= traceLimit) return ended(kRunTraceFull);
      if (console_.size() >= kConsoleLimit) return ended(kRunConsoleFull);
      const uint64_t before = ticks_;
      if (reading_) read();
      cycle();
      if (halted_) return ended(kRunHalted);
      idle = ticks_ == before ? idle + 1 : 0;
      if (idle > kIdleLimit) return kRunStuck;
    }
  }

  void wire(unsigned from, unsigned to) { pads_.wire(from, to); }
  void drive(unsigned pin, bool high) { pads_.drive(pin, high); }
  void send(uint8_t byte) { sender_.send(byte); }

  // Levels at the pads.
  uint32_t pins() {
    dut_.peek();
    return pads_.levels(request());
  }

  uint64_t ticks() const { return ticks_; }
  uint64_t clocks() const { return clocks_; }
  // Bytes that the program wrote: stream * 256 + byte.
  std::vector<uint16_t>& console() { return console_; }
  Trace& trace() { return trace_; }

 private:
  // The next read of a bus that is always busy.
  void read() {
    if (request_.active && !acknowledged_) return;
    // A linear congruential generator (Knuth's MMIX), of which the high bits are random enough.
    random_ = random_ * 6364136223846793005u + 1442695040888963407u;
    const bool active = !request_.active;
    request_ = {active, false, static_cast<uint8_t>((random_ >> 56) % kReadSpaces), static_cast<uint16_t>(random_ >> 32), {}};
    dut_.setRequest(request_);
  }

  // A read that is under way ends before the host has the bus again.
  RunEnd ended(RunEnd end) {
    for (unsigned i = 0; i < kBusLimit && request_.active && !acknowledged_; i++) cycle();
    if (request_.active) {
      request_.active = false;
      dut_.setRequest(request_);
    }
    return end;
  }

  PadRequest request() const { return {dut_.pin_out(), dut_.pin_dir(), dut_.pin_up(), dut_.pin_down()}; }

  void cycle() {
    dut_.settle();
    surroundings();
    acknowledged_ = request_.active && dut_.dbg_ack();
    if (acknowledged_) readData_ = dut_.dbg_rdata();
    halted_ = dut_.halted();
    if (dut_.con_valid()) console_.push_back(static_cast<uint16_t>(dut_.con_stream() << 8 | dut_.con_byte()));
    if (tracing_) beats();
    if (dut_.rt_valid()) retire();
    ticks_ += dut_.tick();
    sender_.advance();
    clocks_++;
    dut_.clock();
  }

  // What the outputs of this cycle make of its pin and UART inputs, which feed nothing but flip-flops.
  void surroundings() {
    const uint32_t levels = pads_.levels(request());
    // Input that the host gives a halted core is on the line from the core's next cycle on.
    const bool line = sender_.line(dut_.tick() && dut_.uart_rts());
    if (levels == levels_ && line == line_) return;
    levels_ = levels;
    line_ = line;
    dut_.setPins(levels);
    dut_.setUart(line);
    dut_.resettle();
  }

  void beats() {
    if (dut_.sw_valid()) trace_.beat(kBeatStack, dut_.sw_addr(), dut_.sw_data());
    if (dut_.dw_valid()) trace_.beat(kBeatData, dut_.dw_addr(), dut_.dw_data());
    if (dut_.gw_valid()) trace_.beat(kBeatGlobals, dut_.gw_addr(), dut_.gw_data());
    if (dut_.rw_valid()) trace_.beat(kBeatReturnStack, dut_.rw_addr(), {dut_.rw_data(), 0});
    if (dut_.tw_valid()) trace_.beat(kBeatDispatch, dut_.tw_addr(), dut_.tw_data());
  }

  void retire() {
    const uint32_t word = dut_.rt_word();
    const uint32_t opcode = word >> 24;
    if (opcode == PYSM_OP_IOWI || opcode == PYSM_OP_IOW) followDivisor(word, opcode == PYSM_OP_IOWI);
    if (tracing_) trace_.record(dut_);
  }

  // The sender's bits are as long as the program makes the core's.
  void followDivisor(uint32_t word, bool immediate) {
    if (dut_.rt_kind() != 0) return;
    const uint32_t high = word >> PYSM_FORMAT_I_IMM_HIGH_LOW & ((1u << PYSM_FORMAT_I_IMM_HIGH_WIDTH) - 1);
    const uint32_t low = word >> PYSM_FORMAT_I_IMM_LOW & ((1u << PYSM_FORMAT_I_IMM_WIDTH) - 1);
    const uint64_t address = immediate ? high << PYSM_FORMAT_I_IMM_WIDTH | low : dut_.rt_a().payload;
    if (address == PYSM_IO_UART_DIVISOR) {
      sender_.setDivisor(static_cast<uint32_t>((immediate ? dut_.rt_a() : dut_.rt_b()).payload));
    }
  }

  Dut dut_;
  Pads pads_;
  UartSender sender_;
  Trace trace_;
  std::vector<uint16_t> console_;
  Request request_;
  Word readData_;
  // Inputs as they stand.
  uint32_t levels_ = 0;
  bool line_ = false;
  bool acknowledged_ = false;
  bool halted_ = false;
  bool tracing_ = false;
  bool reading_ = false;
  uint64_t random_ = 1;
  uint64_t ticks_ = 0;
  uint64_t clocks_ = 0;
};

}  // namespace pysm
