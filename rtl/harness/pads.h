// The board around the pins: jumpers between them and levels driven from outside.
#pragma once
#include <array>
#include <cstdint>

#include "pysm_isa.h"

namespace pysm {

// What the core asks of its pads, one bit a pin.
struct PadRequest {
  uint32_t out = 0;
  uint32_t direction = 0;
  uint32_t up = 0;
  uint32_t down = 0;

  bool operator==(const PadRequest& other) const {
    return out == other.out && direction == other.direction && up == other.up && down == other.down;
  }
};

class Pads {
 public:
  // No jumpers, nothing driven.
  void clear() {
    nets_.fill(0);
    driven_ = 0;
    drivenLevels_ = 0;
    stale_ = true;
  }

  void wire(unsigned from, unsigned to) {
    const uint32_t joined = netOf(from) | netOf(to);
    for (unsigned pin = 0; pin < PYSM_PINS; pin++) {
      if (joined >> pin & 1) nets_[pin] = joined;
    }
    stale_ = true;
  }

  void drive(unsigned pin, bool high) {
    driven_ |= 1u << pin;
    drivenLevels_ = high ? drivenLevels_ | 1u << pin : drivenLevels_ & ~(1u << pin);
    stale_ = true;
  }

  // Levels of all pins; computed anew only where something changed.
  uint32_t levels(const PadRequest& request) {
    if (!stale_ && request == last_) return levels_;
    last_ = request;
    stale_ = false;
    levels_ = 0;
    for (unsigned pin = 0; pin < PYSM_PINS; pin++) levels_ |= level(pin) << pin;
    return levels_;
  }

 private:
  uint32_t netOf(unsigned pin) const { return nets_[pin] | 1u << pin; }

  // An output shows its register; an input its outside driver, else the lowest-numbered output on its net, else another
  // outside driver on it, else its own pull, else a pull-up on the net, else 0.
  uint32_t level(unsigned pin) const {
    const uint32_t own = 1u << pin;
    if (last_.direction & own) return last_.out >> pin & 1;
    if (driven_ & own) return drivenLevels_ >> pin & 1;
    const uint32_t net = netOf(pin);
    if (const uint32_t outputs = net & last_.direction) return last_.out >> __builtin_ctz(outputs) & 1;
    if (const uint32_t driven = net & driven_) return drivenLevels_ >> __builtin_ctz(driven) & 1;
    if (last_.up & own) return 1;
    if (last_.down & own) return 0;
    return (net & last_.up) != 0;
  }

  // Pins joined to each pin, itself included; 0 where there is no jumper.
  std::array<uint32_t, PYSM_PINS> nets_{};
  uint32_t driven_ = 0;
  uint32_t drivenLevels_ = 0;
  PadRequest last_;
  uint32_t levels_ = 0;
  bool stale_ = true;
};

}  // namespace pysm
