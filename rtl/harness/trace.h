// The binary trace of retire records and write beats. rtl/src/trace.ts, which reads it, states the layout.
#pragma once
#include <cstdint>
#include <cstring>
#include <vector>

#include "word.h"

namespace pysm {

constexpr size_t kRecordBytes = 80;
constexpr size_t kBeatBytes = 16;

enum BeatSpace : uint8_t { kBeatStack, kBeatData, kBeatGlobals, kBeatReturnStack, kBeatDispatch };

// Appends little-endian numbers; both machines that this runs on are little-endian.
template <class Number>
inline uint8_t* put(uint8_t* at, Number value) {
  std::memcpy(at, &value, sizeof value);
  return at + sizeof value;
}

class Trace {
 public:
  const std::vector<uint8_t>& bytes() const { return bytes_; }
  // Whole records; beats of an instruction that has not completed yet are kept for its record.
  void clear() { bytes_.clear(); }
  void reset() {
    bytes_.clear();
    beats_.clear();
  }

  void beat(BeatSpace space, uint32_t address, const Word& word) {
    uint8_t* at = grow(beats_, kBeatBytes);
    at = put<uint64_t>(at, word.payload);
    at = put<uint8_t>(at, word.tag);
    at = put<uint8_t>(at, space);
    at = put<uint16_t>(at, static_cast<uint16_t>(address));
    put<uint32_t>(at, 0);
  }

  template <class Dut>
  void record(const Dut& dut) {
    const Word a = dut.rt_a(), b = dut.rt_b(), c = dut.rt_c(), rr = dut.rt_rr();
    uint8_t* at = grow(bytes_, kRecordBytes);
    at = put<uint8_t>(at, dut.rt_kind());
    at = put<uint8_t>(at, dut.rt_rrv() | dut.rt_ie() << 2);
    at = put<uint16_t>(at, static_cast<uint16_t>(beats_.size() / kBeatBytes));
    at = put<uint16_t>(at, dut.rt_pc());
    at = put<uint16_t>(at, dut.rt_next_pc());
    at = put<uint32_t>(at, dut.rt_word());
    at = put<uint16_t>(at, dut.rt_vector());
    at = put<uint16_t>(at, dut.rt_sp());
    at = put<uint64_t>(at, dut.rt_cycle());
    at = put<uint64_t>(at, dut.rt_order());
    for (const Word& word : {a, b, c, rr}) at = put<uint64_t>(at, word.payload);
    for (const Word& word : {a, b, c, rr}) at = put<uint8_t>(at, word.tag);
    at = put<uint16_t>(at, dut.rt_fp());
    at = put<uint16_t>(at, dut.rt_handler());
    at = put<uint16_t>(at, dut.rt_rsp());
    std::memset(at, 0, 6);
    bytes_.insert(bytes_.end(), beats_.begin(), beats_.end());
    beats_.clear();
  }

 private:
  static uint8_t* grow(std::vector<uint8_t>& bytes, size_t count) {
    bytes.resize(bytes.size() + count);
    return bytes.data() + bytes.size() - count;
  }

  std::vector<uint8_t> bytes_;
  std::vector<uint8_t> beats_;
};

}  // namespace pysm
