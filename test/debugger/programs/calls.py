def gcd(a, b):
    while b != 0:
        a, b = b, a % b
    return a


def fact(n):
    if n <= 1:
        return 1
    smaller = fact(n - 1)
    return n * smaller


def both(x, y=3):
    result = gcd(x, y) + fact(y)
    if result > 6:
        result -= 1
    elif result < 0:
        result = 0
    else:
        result += 1
    return result


total = 0
for k in range(3):
    total += both(k * 4)
print(total, gcd(48, 18), fact(4))
