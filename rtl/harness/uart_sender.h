// The other end of the UART line: sends the host's bytes, 8N1, whenever the core's RTS says that there is room.
#pragma once
#include <cstdint>
#include <deque>

#include "pysm_isa.h"

namespace pysm {

class UartSender {
 public:
  void clear() { *this = UartSender(); }

  void send(uint8_t byte) { waiting_.push_back(byte); }

  // Clock cycles a bit for bytes that start from now on. Whoever runs the program sets his end of the line to what it sets
  // the core's to.
  void setDivisor(uint32_t divisor) { divisor_ = divisor < PYSM_UART_DIVISOR_MIN ? PYSM_UART_DIVISOR_MIN : divisor; }

  // Level of the line in the present cycle. `begin`: a byte may start in it.
  bool line(bool begin) {
    if (left_ == 0 && begin && !waiting_.empty()) {
      // Start bit, eight data bits from the lowest, stop bit.
      frame_ = waiting_.front() << 1 | 1u << 9;
      waiting_.pop_front();
      bitCycles_ = divisor_;
      left_ = 10 * static_cast<uint64_t>(bitCycles_);
    }
    return left_ == 0 || (frame_ >> ((10 * static_cast<uint64_t>(bitCycles_) - left_) / bitCycles_) & 1);
  }

  // The present cycle is over. A byte goes on while the core stands still, as its receiver does.
  void advance() {
    if (left_ > 0) left_--;
  }

 private:
  std::deque<uint8_t> waiting_;
  uint32_t divisor_ = PYSM_UART_DIVISOR_RESET;
  uint32_t frame_ = 0;
  uint32_t bitCycles_ = 1;
  // Cycles until the line is free.
  uint64_t left_ = 0;
};

}  // namespace pysm
