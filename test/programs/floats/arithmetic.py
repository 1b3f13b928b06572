"""The four operations and remainder on doubles, with signed zeros, infinities and NaN."""
inf = 1e308 * 10.0
nan = inf - inf
values = [0.0, -0.0, 1.0, -1.0, 0.1, -2.5, 3.0, 1e16, 1e-300, 5e-324, 1.7976931348623157e308, inf, -inf, nan]
for a in values:
    for b in values:
        print(a + b, a - b, a * b)
        if b != 0.0:
            print(a / b, a // b if a == a and b == b and a - a == 0.0 else 0)
print(7.5 % 2.0, -7.5 % 2.0, 7.5 % -2.0, -7.5 % -2.0, 7.5 // 2.0, -7.5 // 2.0, 1e17 // 3.0, 1e17 % 3.0)
print(0.1 + 0.2, 0.1 * 3, 1.1 * 1.1, 1.0 / 3.0)
