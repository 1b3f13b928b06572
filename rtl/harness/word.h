// A word of the core, and the request on the debug bus.
#pragma once
#include <cstdint>

namespace pysm {

struct Word {
  uint64_t payload = 0;
  uint8_t tag = 0;
};

// Request lines of the debug bus.
struct Request {
  bool active = false;
  bool write = false;
  uint8_t space = 0;
  uint16_t address = 0;
  Word data;
};

}  // namespace pysm
