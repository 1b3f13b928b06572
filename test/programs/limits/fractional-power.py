"""Powers with fractional exponents are square roots; others are refused while the program runs where they are not seen before."""


def power(x, y):
    return x ** y


print(power(2.25, 0.5), power(2, 10), power(2.0, -1))  # -> 1.5 1024 0.5
print(power(2.0, 1.5))
# exit: 1
# last-line: NotImplementedError: float power with a fractional exponent is not supported yet
