// The operations of pysm_arith: names, cycles and what they give, by the host's arithmetic and, where it can be, by exact
// integers as well. Semantics are simulator/assembly/arithmetic.ts, compare.ts and raw.ts.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#include "exact.h"
#include "pysm_isa.h"

enum Code {
  IMUL, UMULL, UMULH, FLOOR, MOD, FADD, FSUB, FMUL, FDIV, IFADD, FIADD, IFSUB, FISUB, IFMUL, FIMUL, IFDIV, FIDIV, IIDIV,
  FSQRT, ISQRT, I2F, F2I, CMPIF, CMPFI, HASHF,
  FCMP,  // pysm_fcmp: no code of the unit, and no cycles
};

struct Operation {
  Code code;
  const char* name;
  const char* operands;  // F or I for a and b; '-' is ignored by the operation
  int cycles;
  int trapCycle;  // in which it finds its trap; 0: it never traps
};

constexpr Operation kOperations[] = {
    {IMUL, "IMUL", "II", PYSM_CYCLES_MUL_INT, PYSM_FOUND_MUL_MUL},
    {UMULL, "UMULL", "II", PYSM_CYCLES_RMUL_DONE, 0},
    {UMULH, "UMULH", "II", PYSM_CYCLES_MULHU_DONE, 0},
    {FLOOR, "FLOOR", "II", PYSM_CYCLES_FLOOR_INT, PYSM_FOUND_FLOOR_FLOOR},
    {MOD, "MOD", "II", PYSM_CYCLES_MOD_INT, PYSM_FOUND_MOD_MOD},
    {FADD, "FADD", "FF", PYSM_CYCLES_ADD_FLOAT, 0},
    {FSUB, "FSUB", "FF", PYSM_CYCLES_SUB_FLOAT, 0},
    {FMUL, "FMUL", "FF", PYSM_CYCLES_MUL_FLOAT, 0},
    {FDIV, "FDIV", "FF", PYSM_CYCLES_DIV_FLOAT, PYSM_FOUND_DIV_DIV},
    {IFADD, "IFADD", "IF", PYSM_CYCLES_ADD_INT_FLOAT, 0},
    {FIADD, "FIADD", "FI", PYSM_CYCLES_ADD_FLOAT_INT, 0},
    {IFSUB, "IFSUB", "IF", PYSM_CYCLES_SUB_INT_FLOAT, 0},
    {FISUB, "FISUB", "FI", PYSM_CYCLES_SUB_FLOAT_INT, 0},
    {IFMUL, "IFMUL", "IF", PYSM_CYCLES_MUL_INT_FLOAT, 0},
    {FIMUL, "FIMUL", "FI", PYSM_CYCLES_MUL_FLOAT_INT, 0},
    {IFDIV, "IFDIV", "IF", PYSM_CYCLES_DIV_INT_FLOAT, PYSM_FOUND_DIV_DIV},
    {FIDIV, "FIDIV", "FI", PYSM_CYCLES_DIV_FLOAT_INT, PYSM_FOUND_DIV_DIV},
    {IIDIV, "IIDIV", "II", PYSM_CYCLES_DIV_INT, PYSM_FOUND_DIV_DIV},
    {FSQRT, "FSQRT", "F-", PYSM_CYCLES_FSQRT_FLOAT, PYSM_FOUND_FSQRT_SQRT},
    {ISQRT, "ISQRT", "I-", PYSM_CYCLES_FSQRT_INT, PYSM_FOUND_FSQRT_SQRT},
    {I2F, "I2F", "I-", PYSM_CYCLES_CVT_INT, 0},
    {F2I, "F2I", "F-", PYSM_CYCLES_CVT_FLOAT, PYSM_FOUND_CVT_CONVERT},
    {CMPIF, "CMPIF", "IF", PYSM_CYCLES_BLT_INT_FLOAT, 0},
    {CMPFI, "CMPFI", "FI", PYSM_CYCLES_BLT_FLOAT_INT, 0},
    {HASHF, "HASHF", "F-", PYSM_CYCLES_HASH_FLOAT, 0},
    {FCMP, "FCMP", "FF", 0, 0},
};

constexpr std::uint64_t kNan = 0x7ff8000000000000;
enum Order { UNORDERED = 0, LESS = 1, EQUAL = 2, GREATER = 4 };

/** What an operation has to give; `result` and `order` matter only where it does not trap. */
struct Outcome {
  bool trap = false;
  bool orders = false;  // gives `order`, no result
  unsigned order = UNORDERED;
  std::uint64_t result = 0;
};

inline double toDouble(std::uint64_t bits) {
  double value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

inline std::uint64_t toBits(double value) {
  if (value != value) return kNan;
  std::uint64_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

inline bool fitsInt(double value) { return value >= -0x1p63 && value < 0x1p63; }

inline unsigned orderOf(double x, double y) { return x < y ? LESS : x > y ? GREATER : x == y ? EQUAL : UNORDERED; }

inline unsigned orderOfMixed(std::int64_t x, double y) {
  if (y != y) return UNORDERED;
  if (y >= 0x1p63) return LESS;
  if (y < -0x1p63) return GREATER;
  const double whole = std::trunc(y);
  const std::int64_t integer = static_cast<std::int64_t>(whole);
  return x < integer ? LESS : x > integer ? GREATER : orderOf(0, y - whole);
}

/** By the host. `a` and `b` are the payloads. */
inline Outcome expected(Code code, std::uint64_t a, std::uint64_t b) {
  constexpr std::int64_t kExact = 1ll << 53;
  const std::int64_t ia = static_cast<std::int64_t>(a);
  const std::int64_t ib = static_cast<std::int64_t>(b);
  const double fa = toDouble(a);
  const double fb = toDouble(b);
  const double da = static_cast<double>(ia);
  const double db = static_cast<double>(ib);
  Outcome out;
  switch (code) {
    case IMUL: {
      std::int64_t product;
      out.trap = __builtin_mul_overflow(ia, ib, &product);
      out.result = static_cast<std::uint64_t>(product);
      break;
    }
    case UMULL: out.result = a * b; break;
    case UMULH: out.result = static_cast<std::uint64_t>(static_cast<unsigned __int128>(a) * b >> 64); break;
    case FLOOR:
      out.trap = b == 0 || (ia == INT64_MIN && ib == -1);
      if (!out.trap) out.result = static_cast<std::uint64_t>(ia / ib - (ia % ib != 0 && (ia < 0) != (ib < 0)));
      break;
    case MOD:
      out.trap = b == 0;
      if (!out.trap && ib != -1) out.result = static_cast<std::uint64_t>(ia % ib + (ia % ib != 0 && (ia < 0) != (ib < 0) ? ib : 0));
      break;
    case FADD: out.result = toBits(fa + fb); break;
    case FSUB: out.result = toBits(fa - fb); break;
    case FMUL: out.result = toBits(fa * fb); break;
    case FDIV: out.trap = fb == 0; out.result = toBits(fa / fb); break;
    case IFADD: out.result = toBits(da + fb); break;
    case FIADD: out.result = toBits(fa + db); break;
    case IFSUB: out.result = toBits(da - fb); break;
    case FISUB: out.result = toBits(fa - db); break;
    case IFMUL: out.result = toBits(da * fb); break;
    case FIMUL: out.result = toBits(fa * db); break;
    case IFDIV: out.trap = fb == 0; out.result = toBits(da / fb); break;
    case FIDIV: out.trap = ib == 0; out.result = toBits(fa / db); break;
    case IIDIV:
      out.trap = ib == 0 || ia > kExact || ia < -kExact || ib > kExact || ib < -kExact;
      out.result = toBits(da / db);
      break;
    case FSQRT: out.trap = !(fa >= 0); if (!out.trap) out.result = toBits(std::sqrt(fa)); break;
    case ISQRT: out.trap = ia < 0; if (!out.trap) out.result = toBits(std::sqrt(da)); break;
    case I2F: out.result = toBits(da); break;
    case F2I: out.trap = !fitsInt(fa); if (!out.trap) out.result = static_cast<std::uint64_t>(static_cast<std::int64_t>(fa)); break;
    case CMPIF: out.orders = true; out.order = orderOfMixed(ia, fb); break;
    case CMPFI: {
      const unsigned reverse = orderOfMixed(ib, fa);
      out.orders = true;
      out.order = reverse == LESS ? GREATER : reverse == GREATER ? LESS : reverse;
      break;
    }
    case HASHF: out.result = fitsInt(fa) && std::trunc(fa) == fa ? static_cast<std::uint64_t>(static_cast<std::int64_t>(fa)) : a; break;
    case FCMP: out.orders = true; out.order = orderOf(fa, fb); break;
  }
  return out;
}

/** By integers alone. False where this has no opinion: an operand or a divisor that is no finite number, or 0. */
inline bool expectedExactly(Code code, std::uint64_t a, std::uint64_t b, std::uint64_t* result) {
  const Operation& operation = kOperations[code];
  const bool convertsA = operation.operands[0] == 'I';
  const bool convertsB = operation.operands[1] == 'I';
  const auto finite = [](std::uint64_t x) { return (x & ~exact::kSign) < exact::kInfinity; };
  const std::uint64_t x = convertsA ? exact::fromInt(static_cast<std::int64_t>(a)) : a;
  const std::uint64_t y = convertsB ? exact::fromInt(static_cast<std::int64_t>(b)) : b;
  if (!finite(x) || (operation.operands[1] != '-' && !finite(y))) return false;
  switch (code) {
    case FADD: case IFADD: case FIADD: *result = exact::add(x, y); return true;
    case FSUB: case IFSUB: case FISUB: *result = exact::add(x, y ^ exact::kSign); return true;
    case FMUL: case IFMUL: case FIMUL: *result = exact::multiply(x, y); return true;
    case FDIV: case IFDIV: case FIDIV: case IIDIV:
      if ((y & ~exact::kSign) == 0) return false;
      *result = exact::divide(x, y);
      return true;
    case FSQRT: case ISQRT:
      if (x > exact::kSign) return false;
      *result = exact::squareRoot(x);
      return true;
    case I2F: *result = x; return true;
    default: return false;
  }
}
