// pysm_io on a bench: accesses at given cycles, pins and UART line driven from outside. It judges nothing but the form of
// what leaves on the UART line; compare.ts compares what it prints with the simulator.
//
// Commands, one a line, executed in the present cycle; those marked > end it:
//   r              reset: cycle 0, no jumper, nothing driven
//   j FROM TO      a jumper joins two pins          d PIN LEVEL   a pin is driven
//   u BYTE         a byte for the receiver's sender
//   l LEVEL        holds the receiver's line at a level from now on, whatever the sender does; 2 lets go
//   i              prints "i IRQ PENDING SEEN PADS RTS"
// > w ADDR DATA    store; prints "w BAD"           > g ADDR      load; prints "g DATA BAD"
// > t LINES        handler entry                   > n COUNT     cycles without an access
// > h COUNT        clocks with the cycle counter at rest
// Numbers are hexadecimal but for COUNT. Beside the answers: "o CYCLE STREAM BYTE" for a console byte; "x CLOCK
// BYTE DIVISOR" when a byte has left on the line, CLOCK being the one before its start bit, and "torn CLOCK" where a bit was
// not as long as the divisor says or the stop bit was 0; "seen" where a pin does not read as pin_seen has it. Clocks count
// from the reset and include those at rest.
#include <cinttypes>
#include <cstdio>
#include <cstdlib>

#include "Vpysm_io.h"
#include "pads.h"
#include "pysm_isa.h"
#include "uart_sender.h"
#include "verilated.h"

namespace {

// Reads the transmitter's line, clock by clock.
class LineMonitor {
 public:
  void clear() { *this = LineMonitor(); }

  // `divisor`: the register's value in this clock.
  void clock(bool line, uint32_t divisor, uint64_t now) {
    if (left_ == 0 && !line) {
      bitClocks_ = lastDivisor_;
      left_ = 10 * static_cast<uint64_t>(bitClocks_);
      start_ = now - 1;
      frame_ = 0;
      torn_ = false;
    }
    lastDivisor_ = divisor;
    if (left_ == 0) return;
    const uint64_t at = 10 * static_cast<uint64_t>(bitClocks_) - left_;
    const unsigned bit = at / bitClocks_;
    if (at % bitClocks_ == 0) frame_ |= static_cast<unsigned>(line) << bit;
    if ((frame_ >> bit & 1) != line) torn_ = true;
    if (--left_ > 0) return;
    if (torn_ || !(frame_ >> 9)) {
      std::printf("torn %" PRIu64 "\n", start_);
    } else {
      std::printf("x %" PRIu64 " %x %" PRIu32 "\n", start_, frame_ >> 1 & 0xff, bitClocks_);
    }
  }

 private:
  uint64_t left_ = 0;
  uint64_t start_ = 0;
  uint32_t bitClocks_ = 1;
  uint32_t lastDivisor_ = PYSM_UART_DIVISOR_RESET;
  unsigned frame_ = 0;
  bool torn_ = false;
};

class Bench {
 public:
  explicit Bench(VerilatedContext* context) : io_(context) {}

  void reset() {
    pads_.clear();
    sender_.clear();
    monitor_.clear();
    divisor_ = PYSM_UART_DIVISOR_RESET;
    held_ = RELEASED;
    idle();
    io_.tick = 0;
    io_.cycle = 0;
    io_.uart_rx = 1;
    io_.pin_in = 0;
    io_.rst = 1;
    for (int i = 0; i < 2; i++) edge();
    io_.rst = 0;
    clocks_ = 0;
    idle();
    settle();
  }

  void wire(unsigned from, unsigned to) { pads_.wire(from, to); }
  void drive(unsigned pin, bool high) { pads_.drive(pin, high); }
  void send(uint8_t byte) { sender_.send(byte); }
  void hold(unsigned level) { held_ = level; }

  void store(uint64_t address, uint64_t data) {
    io_.selected = 1;
    io_.req = 1;
    io_.write = 1;
    io_.addr = address;
    io_.wdata = data;
    settle();
    std::printf("w %d\n", io_.bad);
    if (io_.con_valid) std::printf("o %" PRIu64 " %d %x\n", io_.cycle, io_.con_stream, io_.con_byte);
    uint32_t divisor = divisor_;
    if (address == PYSM_IO_UART_DIVISOR) {
      divisor = static_cast<uint32_t>(data);
      if (divisor < PYSM_UART_DIVISOR_MIN) divisor = PYSM_UART_DIVISOR_MIN;
    }
    finish(true);
    divisor_ = divisor;
    sender_.setDivisor(divisor);
  }

  void load(uint64_t address) {
    io_.selected = 1;
    io_.req = 1;
    io_.addr = address;
    settle();
    std::printf("g %" PRIx64 " %d\n", io_.rdata, io_.bad);
    if (address < PYSM_PINS && io_.rdata != (io_.pin_seen >> address & 1)) std::printf("seen\n");
    finish(true);
  }

  void take(unsigned lines) {
    io_.irq_taken = lines;
    finish(true);
  }

  void cycles(uint64_t count, bool tick) {
    while (count-- > 0) finish(tick);
  }

  void look() {
    settle();
    std::printf("i %x %x %x %x %d\n", io_.irq, io_.irq_pending, io_.pin_seen, io_.pin_in, io_.uart_rts);
  }

 private:
  static constexpr unsigned RELEASED = 2;

  void idle() {
    io_.selected = 0;
    io_.req = 0;
    io_.write = 0;
    io_.addr = 0;
    io_.wdata = 0;
    io_.irq_taken = 0;
  }

  // The outputs and the world around them in the present cycle.
  void settle() {
    io_.eval();
    io_.pin_in = pads_.levels({io_.pin_out, io_.pin_dir, io_.pin_up, io_.pin_down});
    const bool line = sender_.line(io_.uart_rts);
    io_.uart_rx = held_ == RELEASED ? line : held_ != 0;
    io_.eval();
  }

  // Ends the cycle.
  void finish(bool tick) {
    io_.tick = tick;
    settle();
    monitor_.clock(io_.uart_tx, divisor_, clocks_);
    edge();
    clocks_++;
    sender_.advance();
    if (tick) io_.cycle++;
    idle();
  }

  void edge() {
    io_.clk = 0;
    io_.eval();
    io_.clk = 1;
    io_.eval();
  }

  Vpysm_io io_;
  pysm::Pads pads_;
  pysm::UartSender sender_;
  LineMonitor monitor_;
  uint32_t divisor_ = PYSM_UART_DIVISOR_RESET;
  uint64_t clocks_ = 0;
  unsigned held_ = RELEASED;
};

}  // namespace

int main(int argc, char** argv) {
  VerilatedContext context;
  context.commandArgs(argc, argv);
  Bench bench(&context);
  bench.reset();
  char line[128];
  while (std::fgets(line, sizeof line, stdin)) {
    char* rest = line + 1;
    const auto hex = [&] { return std::strtoull(rest, &rest, 16); };
    const auto decimal = [&] { return std::strtoull(rest, &rest, 10); };
    switch (line[0]) {
      case 'r': bench.reset(); break;
      case 'j': { const unsigned from = hex(); bench.wire(from, hex()); break; }
      case 'd': { const unsigned pin = hex(); bench.drive(pin, hex() != 0); break; }
      case 'u': bench.send(static_cast<uint8_t>(hex())); break;
      case 'l': bench.hold(hex()); break;
      case 'i': bench.look(); break;
      case 'w': { const uint64_t address = hex(); bench.store(address, hex()); break; }
      case 'g': bench.load(hex()); break;
      case 't': bench.take(hex()); break;
      case 'n': bench.cycles(decimal(), true); break;
      case 'h': bench.cycles(decimal(), false); break;
      default: std::fprintf(stderr, "no command %s", line); return 2;
    }
  }
  return 0;
}
