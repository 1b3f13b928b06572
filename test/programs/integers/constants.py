"""Constants may be larger than 64 bits on the way to one that fits."""
print(2**63 - 1, -(2**63), (1 << 64) - (1 << 63) - 1, 2**64 % 1000, 2**100 // 2**90, ~(2**63 - 1), 2**200 * 0)
