// Operands for the arithmetic bench: special values, subnormals, numbers with few ones, numbers of any exponent; and for
// each operation the pairs that are hard for it - results on or beside the middle between two doubles, cancellation,
// the edges of overflow and of the subnormals, integers beside the limits of 64 and 53 bits.
#pragma once

#include <cstdint>
#include <cstddef>

#include "operations.h"

using u64 = std::uint64_t;
using u128 = unsigned __int128;

/** splitmix64. */
class Random {
 public:
  explicit Random(u64 seed) : state_(seed) {}
  u64 next() {
    u64 z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  /** 0 to n - 1. */
  int below(int n) { return static_cast<int>((next() >> 33) % static_cast<u64>(n)); }
  bool one(int in) { return below(in) == 0; }
  /** -n to n. */
  int around(int n) { return below(2 * n + 1) - n; }

 private:
  u64 state_;
};

struct Pair {
  u64 a;
  u64 b;
};

constexpr u64 kFraction = (1ull << 52) - 1;
constexpr u64 kHidden = 1ull << 52;

constexpr u64 kSpecialFloats[] = {
    0x0000000000000000, 0x0000000000000001, 0x0000000000000002, 0x0000000000000003, 0x0008000000000000,
    0x000fffffffffffff, 0x0010000000000000, 0x0010000000000001, 0x001fffffffffffff, 0x0020000000000000,
    0x3ca0000000000000, 0x3cb0000000000000, 0x3fdfffffffffffff, 0x3fe0000000000000, 0x3fe0000000000001,
    0x3fefffffffffffff, 0x3ff0000000000000, 0x3ff0000000000001, 0x3ff8000000000000, 0x3fffffffffffffff,
    0x4000000000000000, 0x4008000000000000, 0x4330000000000000, 0x433fffffffffffff, 0x4340000000000000,
    0x4340000000000001, 0x43dfffffffffffff, 0x43e0000000000000, 0x43e0000000000001, 0x43f0000000000000,
    0x7fe0000000000000, 0x7feffffffffffffe, 0x7fefffffffffffff, 0x7ff0000000000000, 0x7ff0000000000001,
    0x7ff8000000000000, 0x7ff8000000000123, 0x7fffffffffffffff,
};

constexpr u64 kSpecialInts[] = {
    0, 1, 2, 3, 4, 5, 7, 8, 10, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000, (1ull << 53) - 1, 1ull << 53,
    (1ull << 53) + 1, (1ull << 53) + 2, (1ull << 54) - 1, (1ull << 54) + 2, (1ull << 62), 0x7ffffffffffffbff,
    0x7ffffffffffffc00, 0x7ffffffffffffdff, 0x7ffffffffffffe00, 0x7ffffffffffffe01, 0x7ffffffffffffffe,
    0x7fffffffffffffff, 0x8000000000000000, 0x8000000000000001, 0xfffffffffffffffe, 0xffffffffffffffff,
};

/** A double of a significand of 53 bits and a biased exponent, brought into the normal range. */
inline u64 pack(u64 sign, int exponent, u64 significand) {
  const int field = exponent < 0 ? 0 : exponent > 0x7fe ? 0x7fe : exponent;
  return (sign << 63) | (static_cast<u64>(field) << 52) | (significand & kFraction);
}

/** 52 bits: any, few ones, few zeros, a run of ones. */
inline u64 randomFraction(Random& random) {
  u64 x = random.next();
  switch (random.below(5)) {
    case 0: return (x & random.next() & random.next() & random.next()) & kFraction;
    case 1: return (x | random.next() | random.next() | random.next()) & kFraction;
    case 2: return (kFraction >> random.below(53)) & (~0ull << random.below(53));
    case 3: return ((1ull << random.below(52)) | (1ull << random.below(52))) & kFraction;
    default: return x & kFraction;
  }
}

inline u64 randomFloat(Random& random) {
  const u64 sign = random.next() & (1ull << 63);
  switch (random.below(10)) {
    case 0: return sign | kSpecialFloats[static_cast<std::size_t>(random.below(sizeof kSpecialFloats / 8))];
    case 1: return random.next();
    case 2: return sign | (randomFraction(random) >> random.below(52));  // subnormal
    case 3: return pack(sign >> 63, 0x7fe - random.below(56), randomFraction(random));
    case 4: return pack(sign >> 63, 1 + random.below(56), randomFraction(random));
    case 5: return toBits(static_cast<double>(random.around(100000)) / (1 << random.below(4)));
    case 6: return pack(sign >> 63, 1023 + random.around(64), randomFraction(random));
    default: return pack(sign >> 63, random.below(0x7ff), randomFraction(random));
  }
}

inline u64 randomInt(Random& random) {
  const u64 sign = random.one(2) ? ~0ull : 0;
  switch (random.below(7)) {
    case 0: return kSpecialInts[static_cast<std::size_t>(random.below(sizeof kSpecialInts / 8))];
    case 1: return random.next();
    case 2: return ((1ull << random.below(64)) + static_cast<u64>(random.around(3))) ^ sign;
    case 3: {
      // On and beside the middle between two doubles.
      const int up = random.below(11);
      const u64 significand = kHidden | randomFraction(random);
      const u64 half = up ? 1ull << (up - 1) : 0;
      return (((significand << up) | half) + static_cast<u64>(random.around(1))) ^ sign;
    }
    case 4: return static_cast<u64>(random.around(1000));
    default: return (random.next() >> random.below(64)) ^ sign;
  }
}

/** Inverse of an odd number modulo 2**64. */
inline u64 inverse(u64 x) {
  u64 y = x;
  for (int i = 0; i < 6; i++) y *= 2 - x * y;
  return y;
}

/** Square root modulo 2**63 of a number that is 1 modulo 8. */
inline u64 inverseSquare(u64 x) {
  u64 root = 1;
  for (int bit = 3; bit < 64; bit++) {
    if ((root * root ^ x) >> bit & 1) root += 1ull << (bit - 1);
  }
  return root;
}

inline int fieldOf(u64 x) { return static_cast<int>(x >> 52 & 0x7ff); }

inline Pair sumPair(Random& random) {
  const u64 a = randomFloat(random);
  const u64 sign = random.next() & (1ull << 63);
  const u64 flip = random.one(3) ? 0 : 1ull << 63;
  switch (random.below(5)) {
    case 0: return {a, (a ^ flip) + static_cast<u64>(random.around(3))};                       // cancellation
    case 1: return {a, pack(sign >> 63, fieldOf(a) - random.below(60), randomFraction(random))};
    case 2: return {a, pack(sign >> 63, fieldOf(a) - 52 - random.below(4), 0) + static_cast<u64>(random.around(1))};  // ties
    case 3: return {a, (a ^ flip ^ (random.next() >> (12 + random.below(52)))) - (u64(random.below(3)) << 52)};
    default: return {a, randomFloat(random)};
  }
}

inline Pair productPair(Random& random) {
  const u64 a = randomFloat(random);
  const u64 sign = random.next() >> 63;
  switch (random.below(6)) {
    case 0: return {a, pack(sign, 1023 - fieldOf(a) + random.around(56), randomFraction(random))};  // subnormal product
    case 1: return {a, pack(sign, 1023 + 0x7fe - fieldOf(a) + random.around(2), randomFraction(random))};  // overflow
    case 2: {
      // A product whose bits below the last place are one half, or a little more or less.
      const u64 x = kHidden | random.next() >> 12 | 1;
      const int low = 52 + random.below(2);
      const u64 wanted = (1ull << (low - 1)) + static_cast<u64>(random.around(4));
      const u64 y = inverse(x) * wanted & ((2ull << 52) - 1);
      const int exponent = random.below(0x7ff);
      const int other = random.one(3) ? 1023 - exponent + random.around(56) : random.below(0x7ff);
      const u64 b = toBits(static_cast<double>(y));
      return {pack(sign, exponent, x), pack(sign ^ 1, other + 52 - (1075 - fieldOf(b)), b)};
    }
    case 3: return {pack(sign, random.below(0x7ff), random.next() << 26), pack(0, random.below(0x7ff), random.next() << 25)};
    case 4: return {(sign << 63) | (random.next() >> (12 + random.below(52))), pack(0, 1023 + random.below(64), randomFraction(random))};
    default: return {a, randomFloat(random)};
  }
}

inline Pair quotientPair(Random& random) {
  const u64 a = randomFloat(random);
  const u64 sign = random.next() >> 63;
  switch (random.below(6)) {
    case 0: return {a, pack(sign, fieldOf(a) + 1023 + random.around(56), randomFraction(random))};  // subnormal quotient
    case 1: return {a, pack(sign, fieldOf(a) - 1023 + random.around(2), randomFraction(random))};   // overflow
    case 2: {
      // Twice the quotient is beside an odd integer c of 54 bits: c * y is r less than a multiple of 2**54, for a small r.
      const u64 y = kHidden | random.next() >> 12 | 1;
      const u64 r = 2 * static_cast<u64>(random.around(8)) + 1;
      const u64 c = (u64(0) - r * inverse(y)) & ((1ull << 54) - 1);
      const u64 x = static_cast<u64>((u128(c) * y + static_cast<u128>(static_cast<__int128>(static_cast<std::int64_t>(r)))) >> 54);
      const u64 dividend = toBits(static_cast<double>(x));
      const int exponent = random.below(0x7ff);
      const int other = random.one(3) ? exponent + 1023 + random.around(56) : random.below(0x7ff);
      return {pack(sign, exponent, dividend), pack(0, other, y)};
    }
    case 3: {
      // Exact, or a tie among the subnormals: the last one of the quotient is just below their last place.
      const int zeros = 26 + random.below(20);
      const u64 q = (kHidden | random.next() >> 12 | 1ull << zeros) & (~0ull << zeros);
      const u64 y = (kHidden | random.next() >> 12) & (~0ull << 27);
      const double product = static_cast<double>(q) * static_cast<double>(y);
      const int exponent = 1 + random.below(0x3ff);
      const int below = random.one(3) ? 0 : 1023 + zeros + random.around(1);
      return {pack(sign, exponent, toBits(product)), pack(0, exponent + below, y)};
    }
    default: return {a, randomFloat(random)};
  }
}

inline u64 rootOperand(Random& random) {
  switch (random.below(6)) {
    case 0: {
      // Twice the root is beside an odd integer c of 54 bits: c * c is a small t more than a multiple of 2**54 or 2**55.
      const u64 t = 8 * static_cast<u64>(random.around(64)) + 1;
      const int shift = 54 + random.below(2);
      u64 c = inverseSquare(t) & ((1ull << (shift - 1)) - 1);
      if (random.one(2)) c = (1ull << (shift - 1)) - c;
      c = (c & ((1ull << 53) - 1)) | (1ull << 53);
      const u128 square = u128(c) * c - static_cast<u128>(static_cast<__int128>(static_cast<std::int64_t>(t)));
      const u64 x = static_cast<u64>(square >> shift);
      const u64 word = toBits(static_cast<double>(x));
      return pack(0, 1 + ((random.below(0x7fc) & ~1) | (fieldOf(word) + shift + 1) % 2), word);
    }
    case 1: {
      // Squares, and their neighbours.
      const u64 root = random.next() >> (37 + random.below(27));
      return toBits(static_cast<double>(root) * static_cast<double>(root)) + static_cast<u64>(random.around(1));
    }
    case 2: return randomFloat(random);
    default: return randomFloat(random) & ~exact::kSign;
  }
}

/** An integer and a double that truncates to it or beside it. */
inline Pair mixedPair(Random& random) {
  const u64 x = randomInt(random);
  switch (random.below(4)) {
    case 0: return {x, toBits(static_cast<double>(static_cast<std::int64_t>(x))) + static_cast<u64>(random.around(2))};
    case 1: {
      const u64 f = pack(random.next() >> 63, 1022 + random.below(66), randomFraction(random));
      const double value = toDouble(f);
      const u64 whole = fitsInt(value) ? static_cast<u64>(static_cast<std::int64_t>(value)) : x;
      return {whole + static_cast<u64>(random.around(1)), f};
    }
    default: return {x, randomFloat(random)};
  }
}

inline Pair integerQuotientPair(Random& random) {
  const u64 y = random.next() >> random.below(64);
  const u64 sign = random.one(2) ? ~0ull : 0;
  switch (random.below(4)) {
    case 0: {
      const u64 q = random.next() >> random.below(64);
      return {(q * y + static_cast<u64>(random.around(1))) ^ sign, random.one(2) ? y : 0 - y};
    }
    case 1: return {randomInt(random), static_cast<u64>(random.around(16))};
    default: return {randomInt(random), randomInt(random)};
  }
}

inline Pair integerProductPair(Random& random) {
  const u64 x = randomInt(random);
  if (random.one(2) || x == 0) return {x, randomInt(random)};
  // Beside the limits of 64 bits.
  const __int128 limit = static_cast<__int128>(1) << 63;
  const __int128 other = (random.one(2) ? limit : -limit) / static_cast<std::int64_t>(x);
  return {x, static_cast<u64>(other) + static_cast<u64>(random.around(1))};
}

/** Integers whose quotient as doubles is wanted: mostly within 53 bits, some just beyond. */
inline u64 doubleInt(Random& random) {
  switch (random.below(8)) {
    case 0: return randomInt(random);
    case 1: return ((1ull << 53) + static_cast<u64>(random.around(1))) * (random.one(2) ? 1 : ~0ull);
    default: return (random.next() >> (11 + random.below(53))) * (random.one(2) ? 1 : ~0ull);
  }
}

inline Pair operandsOf(Code code, Random& random) {
  switch (code) {
    case IMUL: case UMULL: case UMULH: return integerProductPair(random);
    case FLOOR: case MOD: return integerQuotientPair(random);
    case FADD: case FSUB: return sumPair(random);
    case FMUL: return productPair(random);
    case FDIV: return quotientPair(random);
    case IIDIV: return {doubleInt(random), doubleInt(random)};
    case FSQRT: return {rootOperand(random), random.next()};
    case FCMP: {
      const u64 a = randomFloat(random);
      if (random.one(2)) return {a, randomFloat(random)};
      return {a, (a ^ (random.next() & (1ull << 63))) + static_cast<u64>(random.around(1))};
    }
    case F2I: case HASHF: return {mixedPair(random).b, random.next()};
    case I2F: return {randomInt(random), random.next()};
    case ISQRT: return {random.one(4) ? randomInt(random) : randomInt(random) >> 1, random.next()};
    case FIADD: case FISUB: case FIMUL: case FIDIV: case CMPFI: {
      const Pair pair = mixedPair(random);
      return {pair.b, pair.a};
    }
    default: return mixedPair(random);  // an int, then a float
  }
}
