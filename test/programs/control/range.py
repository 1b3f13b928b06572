"""range with one, two and three arguments, in loops."""
for n in [-1, 0, 1, 4]:
    for i in range(n): print(i, end=",")
    print()
for a, b in [(2, 6), (6, 2), (3, 3), (-2, 2)]:
    for i in range(a, b): print(i, end=",")
    print()
for a, b, s in [(0, 10, 3), (10, 0, -3), (5, 5, -1), (0, 9, 9), (0, 9, 10), (-1, -10, -4), (3, 9, -1)]:
    for i in range(a, b, s): print(i, end=",")
    print()
for i in range(3, -4, -2): print(i, end=" ")
print()
for i in range(-1): print("never")
n = 4
for i in range(n):
    n = 100
print(i, n)
start = 9223372036854775800
for i in range(start, 9223372036854775807): print(i)
for i in range(-9223372036854775808, -9223372036854775805): print(i)
for i in range(9223372036854775800, 9223372036854775807, 4): print(i)
for i in range(-9223372036854775800, -9223372036854775808, -3): print(i)
step = 5
for i in range(0, 21, step): print(i, end=" ")
for i in range(20, -1, -step): print(i, end=" ")
print()
def count(a, b):
    total = 0
    for i in range(a, b):
        total += i
        if total > 1000: return i, total
    return total
print(count(0, 10), count(0, 1000), count(5, 5), count(True, 3))
