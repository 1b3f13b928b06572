// IEEE 754 arithmetic from integers alone: an opinion that shares nothing with the host's floating point. Operands are
// finite; NaN, infinity and division by zero are the caller's.
#pragma once

#include <cstdint>

namespace exact {

using u64 = std::uint64_t;
using u128 = unsigned __int128;

constexpr u64 kSign = 1ull << 63;
constexpr u64 kInfinity = 0x7ffull << 52;
constexpr int kMinExponent = -1074;

/** A finite double: (negative ? -1 : 1) * significand * 2**exponent; the significand of all but 0 has its top bit at 52. */
struct Parts {
  bool negative;
  u64 significand;
  int exponent;
};

inline int bits(u128 x) {
  const u64 high = static_cast<u64>(x >> 64);
  const u64 low = static_cast<u64>(x);
  return high ? 128 - __builtin_clzll(high) : low ? 64 - __builtin_clzll(low) : 0;
}

inline Parts parts(u64 word) {
  const int field = static_cast<int>(word >> 52 & 0x7ff);
  u64 significand = word & ((1ull << 52) - 1);
  int exponent = kMinExponent;
  if (field) {
    significand |= 1ull << 52;
    exponent += field - 1;
  } else if (significand) {
    const int up = 53 - bits(significand);
    significand <<= up;
    exponent -= up;
  }
  return {(word & kSign) != 0, significand, exponent};
}

/** Nearest double, ties to even, of significand * 2**exponent, plus something less than 2**exponent if `sticky`. */
inline u64 round(bool negative, u128 significand, int exponent, bool sticky) {
  const u64 sign = negative ? kSign : 0;
  if (!significand) return sign;
  int last = exponent + bits(significand) - 53;
  if (last < kMinExponent) last = kMinExponent;
  const int down = last - exponent;
  u64 kept;
  if (down <= 0) {
    kept = static_cast<u64>(significand << -down);
  } else if (down > 127) {
    kept = 0;
  } else {
    kept = static_cast<u64>(significand >> down);
    const u128 rest = significand & ((u128(1) << down) - 1);
    const u128 half = u128(1) << (down - 1);
    if (rest > half || (rest == half && (sticky || (kept & 1)))) kept++;
  }
  // The leading one, where there is one, adds 1 to the exponent field.
  const u64 field = static_cast<u64>(last - kMinExponent);
  if (field >= 0x7ff) return sign | kInfinity;
  const u64 word = (field << 52) + kept;
  return sign | (word >= kInfinity ? kInfinity : word);
}

inline u64 add(u64 x, u64 y) {
  Parts a = parts(x);
  Parts b = parts(y);
  if (!a.significand && !b.significand) return a.negative && b.negative ? kSign : 0;
  if (!b.significand || (a.significand && a.exponent < b.exponent)) {
    const Parts swapped = a;
    a = b;
    b = swapped;
  }
  if (!a.significand) return round(b.negative, b.significand, b.exponent, false);
  // 60 places below the larger are enough: beyond them the smaller only says on which side of it the sum lies.
  const int room = 60;
  u128 large = u128(a.significand) << room;
  int distance = a.exponent - b.exponent;
  u128 small = u128(b.significand) << room;
  bool sticky = false;
  if (b.significand == 0) distance = 0;
  if (distance > 120) {
    sticky = small != 0;
    small = 0;
  } else {
    sticky = (small & ((u128(1) << distance) - 1)) != 0;
    small >>= distance;
  }
  if (a.negative == b.negative) return round(a.negative, large + small, a.exponent - room, sticky);
  // large - (small + part) = (large - small - 1) + (1 - part).
  if (sticky) return round(a.negative, large - small - 1, a.exponent - room, true);
  if (large == small) return 0;
  return large > small ? round(a.negative, large - small, a.exponent - room, false)
                       : round(b.negative, small - large, a.exponent - room, false);
}

inline u64 multiply(u64 x, u64 y) {
  const Parts a = parts(x);
  const Parts b = parts(y);
  return round(a.negative != b.negative, u128(a.significand) * b.significand, a.exponent + b.exponent, false);
}

inline u64 divide(u64 x, u64 y) {
  const Parts a = parts(x);
  const Parts b = parts(y);
  const u128 dividend = u128(a.significand) << 70;
  return round(a.negative != b.negative, dividend / b.significand, a.exponent - b.exponent - 70,
               dividend % b.significand != 0);
}

/** Integer square root, a digit at a time; what remains goes to `rest`. */
inline u64 root(u128 x, u128* rest) {
  u128 result = 0;
  for (u128 one = u128(1) << 126; one; one >>= 2) {
    if (x >= result + one) {
      x -= result + one;
      result = (result >> 1) + one;
    } else {
      result >>= 1;
    }
  }
  *rest = x;
  return static_cast<u64>(result);
}

/** Of a number that is not below 0. */
inline u64 squareRoot(u64 x) {
  const Parts a = parts(x);
  if (!a.significand) return x;
  const int up = 72 + (a.exponent & 1);
  u128 rest;
  const u64 result = root(u128(a.significand) << up, &rest);
  return round(false, result, (a.exponent - up) / 2, rest != 0);
}

inline u64 fromInt(std::int64_t x) {
  return round(x < 0, x < 0 ? -static_cast<u128>(x) : static_cast<u128>(x), 0, false);
}

}  // namespace exact
