"""Algorithms that need every bit of a double."""
def sqrt(x):
    g = x
    for i in range(40):
        g = (g + x / g) * 0.5
    return g

def exp(x):
    term = 1.0
    total = 1.0
    for n in range(1, 40):
        term = term * x / n
        total += term
    return total

for x in [2.0, 3.0, 10.0, 0.01, 12345.678]:
    print(sqrt(x), exp(x / 100.0))
total = 0.0
for i in range(1, 200):
    total += 1.0 / (i * i)
print(total, sqrt(total * 6.0))
