"""Multiple assignment: swaps, nesting, order of evaluation, chains."""
a, b = 1, 2
a, b = b, a
print(a, b)
a, b, c = b, a, a + b
print(a, b, c)
(a, b), c = (10, 20), 30
print(a, b, c)
[x, [y, z]] = 1, (2, 3)
print(x, y, z)
p = q = r = 5, 6
print(p, q == r, p == q)
l = [1, 2, 3]
i = 0
i, l[i] = 2, 99
print(i, l)
l[0], l[1], l[2] = l[2], l[0], l[1]
print(l)
def show(x):
    print("eval", x)
    return x
l[show(0)], l[show(1)] = show(7), show(8)
print(l)
x, = [42]
print(x)
first, second = "ab", "cd"
print(first, second)
a, b = [1, 2]
print(a + b)
def pair(n):
    return n, n * n
u, v = pair(7)
print(u, v)
a, b, c, d, e, f, g, h = [0, 1, 2, 3, 4, 5, 6, 7]
print(a, b, c, d, e, f, g, h)
