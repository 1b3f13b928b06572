"""** with floats, where the result is exact."""
for x in [0.0, 1.0, -1.0, 2.0, -2.0, 0.5, 10.0, 1.5]:
    for n in range(-3, 6):
        if x != 0.0 or n >= 0:
            print(x ** n)
print(4.0 ** 0.5, 2 ** 0.5 * 2 ** 0.5 > 1.99, 2.0 ** 1023, 2.0 ** -1074, 0.0 ** 0, 1.0 ** 1e300)
