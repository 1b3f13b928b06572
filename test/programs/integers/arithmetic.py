"""+ - * and unary operators, across signs and the limits of 64 bits."""
LARGEST = 9223372036854775807
SMALLEST = -9223372036854775808

values = [0, 1, -1, 2, -2, 7, -7, 10, 255, -256, 65536, 1000003]
for a in values:
    for b in values:
        print(a + b, a - b, a * b, -a, +a, ~a)
print(LARGEST, SMALLEST, LARGEST + SMALLEST, SMALLEST + LARGEST)
print(LARGEST - 1 + 1, SMALLEST + 1 - 1, LARGEST + -1, SMALLEST - -1)
print(3037000499 * 3037000499, -3037000499 * 3037000499, 4611686018427387904 * -2)
print(~LARGEST, ~SMALLEST, -LARGEST)
