// What the host may ask, as bytes: one request, one answer. rtl/src/protocol.ts is the host's side and states what each
// command is for. All numbers are little-endian.
#pragma once
#include <cstdint>
#include <cstring>
#include <vector>

#include "machine.h"

namespace pysm {

enum Command : uint32_t {
  kCommandReset = 0,
  // space, address, count: `count` cells
  kCommandRead = 1,
  // space, address, count, cells
  kCommandWrite = 2,
  // space, address, count, cell
  kCommandFill = 3,
  // bits to write to CONTROL, 1 if they start the core
  kCommandControl = 4,
  // bit 0 tracing, bit 1 plain two-phase evaluation, bit 2 the debug bus is always reading
  kCommandMode = 5,
  // ticks (64 bits), bytes of trace: end, console entries, ticks (64), clocks (64), trace bytes, 0, console, trace
  kCommandRun = 6,
  // pin, level
  kCommandDrive = 7,
  // pin, pin
  kCommandWire = 8,
  // count, bytes
  kCommandInput = 9,
  // levels
  kCommandPins = 10,
};

enum Status : uint32_t {
  kStatusOk = 0,
  kStatusMalformed = 1,
  // The debug bus did not answer.
  kStatusBus = 2,
};

// A word in a request or an answer: payload, tag, seven bytes of 0.
constexpr size_t kCellBytes = 16;

template <class Machine>
class Protocol {
 public:
  // Carries out a request. The answer, which starts with its status and a 0, stays until the next one.
  const std::vector<uint8_t>& answer(const uint8_t* request, size_t length) {
    at_ = request;
    end_ = request + length;
    answer_.assign(8, 0);
    malformed_ = false;
    Status status = execute(take<uint32_t>());
    if (malformed_) status = kStatusMalformed;
    std::memcpy(answer_.data(), &status, sizeof status);
    return answer_;
  }

 private:
  template <class Number>
  Number take() {
    Number value{};
    if (static_cast<size_t>(end_ - at_) < sizeof value) {
      malformed_ = true;
      return value;
    }
    std::memcpy(&value, at_, sizeof value);
    at_ += sizeof value;
    return value;
  }

  Word takeCell() {
    Word word;
    word.payload = take<uint64_t>();
    word.tag = static_cast<uint8_t>(take<uint64_t>());
    return word;
  }

  template <class Number>
  void give(Number value) {
    const size_t size = answer_.size();
    answer_.resize(size + sizeof value);
    std::memcpy(answer_.data() + size, &value, sizeof value);
  }

  Status execute(uint32_t command) {
    switch (command) {
      case kCommandReset:
        machine_.reset();
        ticks_ = machine_.ticks();
        clocks_ = machine_.clocks();
        return kStatusOk;
      case kCommandRead:
      case kCommandWrite:
      case kCommandFill:
        return transfer(static_cast<Command>(command));
      case kCommandControl: {
        const uint32_t bits = take<uint32_t>();
        const bool starts = take<uint32_t>() != 0;
        return machine_.control(bits, starts) ? kStatusOk : kStatusBus;
      }
      case kCommandMode: {
        const uint32_t bits = take<uint32_t>();
        machine_.setTracing(bits & 1);
        machine_.setTwoPhase(bits & 2);
        machine_.setReading(bits & 4);
        return kStatusOk;
      }
      case kCommandRun: {
        const uint64_t ticks = take<uint64_t>();
        run(ticks, take<uint32_t>());
        return kStatusOk;
      }
      case kCommandDrive: {
        const uint32_t pin = take<uint32_t>() % PYSM_PINS;
        machine_.drive(pin, take<uint32_t>() != 0);
        return kStatusOk;
      }
      case kCommandWire: {
        const uint32_t from = take<uint32_t>() % PYSM_PINS;
        machine_.wire(from, take<uint32_t>() % PYSM_PINS);
        return kStatusOk;
      }
      case kCommandInput:
        for (uint32_t count = take<uint32_t>(); count > 0 && !malformed_; count--) {
          const uint8_t byte = take<uint8_t>();
          if (!malformed_) machine_.send(byte);
        }
        return kStatusOk;
      case kCommandPins:
        give<uint32_t>(machine_.pins());
        return kStatusOk;
      default:
        return kStatusMalformed;
    }
  }

  Status transfer(Command command) {
    const uint8_t space = static_cast<uint8_t>(take<uint32_t>());
    const uint32_t address = take<uint32_t>();
    const uint32_t count = take<uint32_t>();
    Word word;
    if (command == kCommandFill) word = takeCell();
    for (uint32_t i = 0; i < count && !malformed_; i++) {
      if (command == kCommandWrite) word = takeCell();
      if (malformed_) break;
      if (!machine_.access(command != kCommandRead, space, static_cast<uint16_t>(address + i), word)) return kStatusBus;
      if (command == kCommandRead) {
        give<uint64_t>(word.payload);
        give<uint64_t>(word.tag);
      }
    }
    return kStatusOk;
  }

  void run(uint64_t ticks, uint32_t traceLimit) {
    if (malformed_) return;
    const RunEnd end = machine_.run(ticks, traceLimit);
    const std::vector<uint16_t>& console = machine_.console();
    const std::vector<uint8_t>& trace = machine_.trace().bytes();
    give<uint32_t>(end);
    give<uint32_t>(static_cast<uint32_t>(console.size()));
    give<uint64_t>(machine_.ticks() - ticks_);
    give<uint64_t>(machine_.clocks() - clocks_);
    ticks_ = machine_.ticks();
    clocks_ = machine_.clocks();
    give<uint32_t>(static_cast<uint32_t>(trace.size()));
    give<uint32_t>(0);
    for (const uint16_t entry : console) give<uint16_t>(entry);
    answer_.resize((answer_.size() + 7) / 8 * 8);
    answer_.insert(answer_.end(), trace.begin(), trace.end());
    machine_.console().clear();
    machine_.trace().clear();
  }

  Machine machine_;
  // Counters as the last answer to a run left them: a core that was started runs in other requests, too.
  uint64_t ticks_ = 0;
  uint64_t clocks_ = 0;
  std::vector<uint8_t> answer_;
  const uint8_t* at_ = nullptr;
  const uint8_t* end_ = nullptr;
  bool malformed_ = false;
};

}  // namespace pysm
