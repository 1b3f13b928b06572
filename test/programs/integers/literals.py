"""Every spelling of an integer."""
print(0, 00, 1_000_000, 0xFF, 0Xff, 0b101, 0B1_0, 0o777, 0O17, 0x7fff_ffff_ffff_ffff)
print(-9223372036854775808, 9223372036854775807, -0)
