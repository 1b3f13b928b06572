// Drives pysm_arith and pysm_fcmp under Verilator and compares every result with the host's arithmetic, and with exact
// integers where they have an opinion.
//
//     bench [--count N] [--seed S] [--only NAME]    N operand pairs for each operation
//     bench --vectors FILE [--count N] [--seed S]   writes them for icarus.sv instead
//     bench --stream NAME [--count N] [--seed S]    writes those of an operation that do not trap to stdout, for
//                                                   simulator.mjs
//
// An operation starts in the cycle after the one before it, or after a pause, or while another is under way, which it
// abandons. `result` is looked at in exactly the cycle of the instruction table, and now and then later as well; `trap`
// in the cycle in which the table finds the trap.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "Vbench.h"
#include "verilated.h"

#include "operands.h"

namespace {

constexpr int kFailuresShown = 5;

class Device {
 public:
  explicit Device(u64 seed) : random_(seed) {
    // Whatever is not reset must not matter.
    Verilated::randReset(2);
    Verilated::randSeed(static_cast<int>(seed & 0x7fffffff));
    top_.rst = 1;
    top_.start = 0;
    for (int i = 0; i < 2; i++) cycle();
    top_.rst = 0;
  }
  ~Device() { top_.final(); }

  /** Puts an operation into its first cycle. */
  void start(Code code, Pair operands) {
    top_.start = 1;
    top_.op = static_cast<unsigned char>(code & 31);
    top_.a = operands.a;
    top_.b = operands.b;
    top_.eval();
  }
  /** Goes on to the next cycle. */
  void step() {
    cycle();
    top_.start = 0;
    top_.eval();
  }
  /** What may lie between two operations: nothing, cycles with any operands, or an operation that is not waited for. */
  void disturb() {
    const int what = random_.below(8);
    if (what == 0) {
      for (int n = random_.below(4); n >= 0; n--) {
        top_.op = static_cast<unsigned char>(random_.below(32));
        top_.a = random_.next();
        top_.b = random_.next();
        step();
      }
    } else if (what <= 2) {
      const Code code = static_cast<Code>(random_.below(FCMP));
      start(code, operandsOf(code, random_));
      for (int n = random_.below(kOperations[code].cycles); n >= 0; n--) step();
    }
  }
  Random& random() { return random_; }
  const Vbench& top() const { return top_; }

 private:
  void cycle() {
    top_.clk = 1;
    top_.eval();
    top_.clk = 0;
    top_.eval();
  }

  Vbench top_;
  Random random_;
};

/** What is wrong with one operation, or an empty string. */
std::string check(Device& device, const Operation& operation, Pair operands, const Outcome& want) {
  char text[160];
  device.start(operation.code, operands);
  const auto& top = device.top();
  if (operation.code == FCMP) {
    if (top.float_order == want.order) return "";
    std::snprintf(text, sizeof text, "order %d, expected %u", top.float_order, want.order);
    return text;
  }
  for (int cycle = 1;; cycle++) {
    if (cycle == operation.trapCycle && top.trap != want.trap) {
      std::snprintf(text, sizeof text, "trap %d in cycle %d, expected %d", top.trap, cycle, want.trap);
      return text;
    }
    if (cycle == operation.trapCycle && want.trap) return "";
    if (cycle == operation.cycles) break;
    device.step();
  }
  for (int later = device.random().one(16) ? 1 + device.random().below(8) : 0;; later--) {
    if (want.orders ? top.order != want.order : top.result != want.result) {
      std::snprintf(text, sizeof text, "%016llx, order %d, expected %016llx, order %u",
                    static_cast<unsigned long long>(top.result), top.order,
                    static_cast<unsigned long long>(want.result), want.order);
      return text;
    }
    if (later == 0) break;
    device.step();
  }
  return "";
}

/** Failures of one operation in `count` pairs. */
long run(const Operation& operation, long count, u64 seed) {
  Device device(seed);
  Random random(seed + 1 + operation.code);
  long failures = 0, traps = 0, exactly = 0;
  for (long i = 0; i < count; i++) {
    const Pair operands = operandsOf(operation.code, random);
    const Outcome want = expected(operation.code, operands.a, operands.b);
    traps += want.trap;
    std::string wrong;
    u64 result;
    if (!want.trap && expectedExactly(operation.code, operands.a, operands.b, &result)) {
      exactly++;
      if (result != want.result) wrong = "the host and exact integers do not agree";
    }
    if (wrong.empty()) {
      device.disturb();
      wrong = check(device, operation, operands, want);
      device.step();
    }
    if (!wrong.empty() && ++failures <= kFailuresShown) {
      std::printf("%s %016llx %016llx (pair %ld): %s\n", operation.name, static_cast<unsigned long long>(operands.a),
                  static_cast<unsigned long long>(operands.b), i, wrong.c_str());
    }
  }
  std::printf("%-6s %9ld pairs, %8ld trap, %9ld also by exact integers: %ld wrong\n", operation.name, count, traps,
              exactly, failures);
  std::fflush(stdout);
  return failures;
}

/** Lines for icarus.sv: operation, cycles, cycle of the trap, {orders, trap}, order (8 bits each), a, b, result. */
bool writeVectors(const char* file, long count, u64 seed) {
  std::FILE* out = std::fopen(file, "w");
  if (!out) return false;
  for (const Operation& operation : kOperations) {
    Random random(seed + 1 + operation.code);
    for (long i = 0; i < count; i++) {
      const Pair operands = operandsOf(operation.code, random);
      const Outcome want = expected(operation.code, operands.a, operands.b);
      std::fprintf(out, "%02x%02x%02x%02x%02x%016llx%016llx%016llx\n", operation.code, operation.cycles,
                   operation.trapCycle, (want.orders ? 2 : 0) | (want.trap ? 1 : 0), want.order,
                   static_cast<unsigned long long>(operands.a), static_cast<unsigned long long>(operands.b),
                   static_cast<unsigned long long>(want.result));
    }
  }
  return std::fclose(out) == 0;
}

/** Records of three words, little-endian: a, b, and the result or the order. */
bool stream(const Operation& operation, long count, u64 seed) {
  Random random(seed + 1 + operation.code);
  for (long i = 0; i < count; i++) {
    const Pair operands = operandsOf(operation.code, random);
    const Outcome want = expected(operation.code, operands.a, operands.b);
    const u64 record[3] = {operands.a, operands.b, want.orders ? want.order : want.result};
    if (!want.trap && std::fwrite(record, sizeof record, 1, stdout) != 1) return false;
  }
  return std::fflush(stdout) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  long count = 20000;
  u64 seed = 1;
  const char* only = nullptr;
  const char* vectors = nullptr;
  const char* streamed = nullptr;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string option = argv[i];
    if (option == "--count") count = std::strtol(argv[i + 1], nullptr, 10);
    else if (option == "--seed") seed = std::strtoull(argv[i + 1], nullptr, 10);
    else if (option == "--only") only = argv[i + 1];
    else if (option == "--vectors") vectors = argv[i + 1];
    else if (option == "--stream") streamed = argv[i + 1];
    else argc = 0;
  }
  if (argc % 2 == 0) {
    std::fprintf(stderr, "usage: bench [--count N] [--seed S] [--only NAME] [--vectors FILE] [--stream NAME]\n");
    return 2;
  }
  if (vectors) return writeVectors(vectors, count, seed) ? 0 : 2;
  if (streamed) {
    for (const Operation& operation : kOperations) {
      if (std::strcmp(streamed, operation.name) == 0) return stream(operation, count, seed) ? 0 : 2;
    }
    std::fprintf(stderr, "no operation %s\n", streamed);
    return 2;
  }
  long failures = 0;
  for (const Operation& operation : kOperations) {
    if (!only || std::strcmp(only, operation.name) == 0) failures += run(operation, count, seed);
  }
  return failures ? 1 : 0;
}
