"""int() and float() of numbers."""
for x in [0.0, 0.5, -0.5, 1.99, -1.99, 1e15, -1e15, 4503599627370497.5, 9007199254740993.0, 1e18, -1e18]:
    print(int(x))
for n in [0, 1, -1, 9007199254740993, -9007199254740993, 9223372036854775807, -9223372036854775808]:
    print(float(n))
print(int(True), int(False), float(True), int(7), float(2.5), bool(0), bool(0.0), bool(-0.0), bool(2), bool(0.1))
