// The harness as a process: requests on standard input, answers on standard output, each after its length (32 bits).
// Ends when its input does. `+train`: executes a loop instead, from which the build makes the process faster.
#include <cstdio>
#include <cstring>

#include "dut_verilator.h"
#include "protocol.h"
#include "training.h"

namespace {

bool readAll(void* to, size_t length) { return length == 0 || std::fread(to, length, 1, stdin) == 1; }

}  // namespace

int main(int count, char** arguments) {
  // Verilator's own options, such as +verilator+rand+reset+2 (random values in what nothing has reset).
  Verilated::commandArgs(count, arguments);
  if (count > 1 && std::strcmp(arguments[1], "+train") == 0) {
    pysm::Machine<pysm::Dut> machine;
    return pysm::train(machine) ? 0 : 1;
  }
  pysm::Protocol<pysm::Machine<pysm::Dut>> protocol;
  std::vector<uint8_t> request;
  uint32_t length;
  while (readAll(&length, sizeof length)) {
    request.resize(length);
    if (!readAll(request.data(), length)) return 1;
    const std::vector<uint8_t>& answer = protocol.answer(request.data(), request.size());
    const uint32_t size = static_cast<uint32_t>(answer.size());
    if (std::fwrite(&size, sizeof size, 1, stdout) != 1) return 1;
    if (std::fwrite(answer.data(), answer.size(), 1, stdout) != 1) return 1;
    if (std::fflush(stdout) != 0) return 1;
  }
  return 0;
}
