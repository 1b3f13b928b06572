"""Arithmetic that traps: float // and %, big true division, powers, and how numbers print."""

values = [0, 1, -1, 7, -7, 2.5, -2.5, 0.0, -0.0, 1e300, -1e-300, 3, 1e16, 123456789.125, 5e-324, 9007199254740993, -9223372036854775808, 9223372036854775807]
for a in values:
    for b in values:
        if b != 0:
            print(a / b, end=' ')
            if a != -9223372036854775808 or b != -1:
                print(a // b, a % b, end=' ')
        print(a == b, a < b, a <= b)
for a in [2, -3, 10, 1.5, -0.5, 1e-3, 0.1, True]:
    for n in [0, 1, 2, 3, 5, 10, -1, -2]:
        print(a**n, end=' ')
    print()
print(2**62, (-2) ** 63, 2.0**1023, 2.0**-1074, 0.5**1080, 4.0**0.5, 1.0**1e300, (-1.0) ** 3)
for x in [0.1, 1e15, 1e16, 123456789012345680.0, 1e22, 1e23, 0.0001, 0.00001, 1.7976931348623157e308, 2.2250738585072014e-308, 4.35, 100.0, 1.0]:
    print(x, -x, [x], (x,), x * 3)
inf = 1e308 * 10
print(inf, -inf, inf - inf, int(1e15), int(-2.9), int(True), float(7), bool(0.0), bool('x'), bool([]), float(True))
print(True, False, None, [True, None], 1 + True, True + True, min(3, 1, 2), max('a', 'b'), min(1.5, 1), abs(-5), abs(-0.0), abs(False))
print(9223372036854775807, -9223372036854775808, 1000000007 * 998244353)
