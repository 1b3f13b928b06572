"""// and % round towards minus infinity and take the divisor's sign; / gives a float."""
pairs = [(7, 2), (-7, 2), (7, -2), (-7, -2), (0, 5), (0, -5), (6, 3), (-6, 3), (1, 10), (-1, 10), (1, -10)]
for a, b in pairs:
    print(a, b, a // b, a % b, a / b)
LARGEST = 9223372036854775807
for d in [1, -1, 2, -2, 3, 10, 1000, 4294967296, LARGEST, -LARGEST]:
    print(LARGEST // d, LARGEST % d, -LARGEST // d, -LARGEST % d)
print((-LARGEST - 1) // 1, (-LARGEST - 1) // 2, (-LARGEST - 1) % LARGEST)
print(1 / 3, 2 / 3, 10 / 5, -1 / 8, 9007199254740993 / 1)
print(LARGEST / 2, LARGEST / 3, (-LARGEST - 1) / 7, 123456789012345678 / 1000)
