"""range with one, two and three arguments, as loop and as value."""
for r in [range(0), range(4), range(2, 6), range(6, 2), range(0, 10, 3), range(10, 0, -3), range(5, 5, -1)]:
    print(len(r))
    for i in r:
        print(i, end=",")
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
step = 5
for i in range(0, 21, step): print(i, end=" ")
for i in range(20, -1, -step): print(i, end=" ")
print()
