// A loop for the compiler to learn from: what a core does most of the time, so that g++ lays the code of a clock cycle out
// for it (build.mjs). Arithmetic on integers and floats, an item of a tuple, a call and a branch; how often each branch of
// the model is taken is all that comes of it.
#pragma once
#include <cstdint>

#include "pysm_isa.h"
#include "word.h"

namespace pysm {

// Debug spaces and state registers, as in rtl/src/core.ts.
enum TrainingSpace : uint8_t { kTrainState = 0, kTrainCode = 1, kTrainData = 2, kTrainStack = 3, kTrainCsr = 9 };
enum TrainingRegister : uint16_t { kTrainPc = 2, kTrainSp = 3, kTrainRsp = 6, kTrainCodeWords = 14 };
constexpr uint64_t kTrainResume = 2;

// Clock cycles of the loop.
constexpr uint64_t kTrainingTicks = 300000;

constexpr uint32_t formatT(uint32_t op, uint32_t d, uint32_t a, uint32_t b) {
  return op << 24 | d << PYSM_FORMAT_T_D_LOW | a << PYSM_FORMAT_T_A_LOW | b << PYSM_FORMAT_T_B_LOW;
}

constexpr uint32_t formatI(uint32_t op, uint32_t d, uint32_t a, uint32_t imm) {
  return op << 24 | d << PYSM_FORMAT_I_D_LOW | a << PYSM_FORMAT_I_A_LOW | imm << PYSM_FORMAT_I_IMM_LOW;
}

constexpr uint32_t formatB(uint32_t op, int32_t offset, uint32_t a, uint32_t b) {
  const uint32_t field = static_cast<uint32_t>(offset) & ((1u << PYSM_FORMAT_B_OFFSET_WIDTH) - 1);
  return op << 24 | field << PYSM_FORMAT_B_OFFSET_LOW | a << PYSM_FORMAT_B_A_LOW | b << PYSM_FORMAT_B_B_LOW;
}

// Runs the loop on a core that has been reset; false if the core does not go on in it, which is a mistake here.
template <class Machine>
bool train(Machine& machine) {
  enum Local : uint32_t { kCounter, kLimit, kMixed, kProduct, kTuple, kItem, kFloat, kHalf, kLocals };
  constexpr uint32_t kFunction = 10;
  constexpr uint64_t kTupleAt = 64;
  constexpr uint64_t kHalfBits = 0x3fe0'0000'0000'0000;
  const uint32_t code[] = {
      formatI(PYSM_OP_ADDI, kCounter, kCounter, 1),
      formatT(PYSM_OP_XOR, kMixed, kCounter, kLimit),
      formatI(PYSM_OP_MULI, kProduct, kCounter, 3),
      formatT(PYSM_OP_LDX, kItem, kTuple, PYSM_SPECIFIER_ZERO + 1),
      PYSM_OP_CALL << 24 | 1u << PYSM_FORMAT_C_CLEAR_LOW | kFunction << PYSM_FORMAT_C_TARGET_LOW,
      formatT(PYSM_OP_SUB, kMixed, PYSM_SPECIFIER_STACK, kCounter),
      formatT(PYSM_OP_MUL, kFloat, kFloat, kHalf),
      formatT(PYSM_OP_ADD, kFloat, kFloat, kHalf),
      formatB(PYSM_OP_BLT, -8, kCounter, kLimit),
      PYSM_OP_HALT << 24,
      // kFunction
      formatT(PYSM_OP_ADD, 0, PYSM_SPECIFIER_ZERO + 2, PYSM_SPECIFIER_ZERO + 3),
      formatT(PYSM_OP_RET, 0, 0, 0),
  };
  constexpr uint16_t kWords = sizeof code / sizeof *code;
  bool written = true;
  const auto write = [&](uint8_t space, uint64_t address, Word word) {
    written = machine.access(true, space, static_cast<uint16_t>(address), word) && written;
  };
  for (uint16_t at = 0; at < kWords; at++) write(kTrainCode, at, {code[at], 0});
  for (uint16_t at = 0; at < kLocals; at++) write(kTrainStack, at, {1, PYSM_TAG_INT});
  write(kTrainStack, kLimit, {uint64_t{1} << 40, PYSM_TAG_INT});
  write(kTrainStack, kTuple, {kTupleAt << PYSM_REF_ADDRESS_LOW | uint64_t{2} << PYSM_REF_LENGTH_LOW, PYSM_TAG_TUPLE});
  write(kTrainStack, kFloat, {kHalfBits, PYSM_TAG_FLOAT});
  write(kTrainStack, kHalf, {kHalfBits, PYSM_TAG_FLOAT});
  for (uint64_t item = 1; item <= 2; item++) write(kTrainData, kTupleAt + item, {item, PYSM_TAG_INT});
  write(kTrainCsr, PYSM_CSR_SLIM, {PYSM_MEMORY_STACK, 0});
  write(kTrainCsr, PYSM_CSR_RLIM, {PYSM_MEMORY_RETURN_STACK, 0});
  write(kTrainState, kTrainCodeWords, {kWords, 0});
  write(kTrainState, kTrainPc, {0, 0});
  write(kTrainState, kTrainSp, {kLocals, 0});
  write(kTrainState, kTrainRsp, {1, 0});
  if (!written || !machine.control(kTrainResume, true)) return false;
  return machine.run(kTrainingTicks, SIZE_MAX) == kRunTicks;
}

}  // namespace pysm
