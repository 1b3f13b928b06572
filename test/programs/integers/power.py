"""** on integers: a negative exponent gives a float."""
for base in [0, 1, -1, 2, -2, 3, 10, -10]:
    for exponent in range(0, 16):
        print(base ** exponent)
print(2 ** 62, (-2) ** 63, 3 ** 39, 7 ** 22, 0 ** 0, -2 ** 2, (-2) ** 2, 2 ** 3 ** 2)
print(2 ** -1, 10 ** -3, (-2) ** -3, 1 ** -100, (-1) ** -101)
