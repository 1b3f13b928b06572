// The harness as a WebAssembly module: the host writes a request to the address that request() gives, calls answer(),
// which gives the number of bytes of the answer, and reads them at answerAt().
#include "dut_netlist.h"
#include "protocol.h"

namespace {

// Made by the first call and never destroyed. Static construction would need an order.
struct Host {
  pysm::Protocol<pysm::Machine<pysm::Dut>> protocol;
  std::vector<uint8_t> request;
  const std::vector<uint8_t>* answer = nullptr;
};

Host& host() {
  static Host* instance = new Host();
  return *instance;
}

}  // namespace

extern "C" {

// Room for a request of `length` bytes.
__attribute__((export_name("request"))) uint8_t* request(uint32_t length) {
  host().request.resize(length);
  return host().request.data();
}

__attribute__((export_name("answer"))) uint32_t answer() {
  Host& h = host();
  h.answer = &h.protocol.answer(h.request.data(), h.request.size());
  return static_cast<uint32_t>(h.answer->size());
}

__attribute__((export_name("answerAt"))) const uint8_t* answerAt() { return host().answer->data(); }

}
