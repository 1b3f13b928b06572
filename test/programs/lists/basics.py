"""Literals, index, negative index, store, append, len, iteration."""
l = []
print(l, len(l))
for i in range(40):
    l.append(i * i)
print(l, len(l))
print(l[0], l[39], l[-1], l[-40], l[len(l) // 2])
l[0] = "first"
l[-1] = None
print(l[0], l[39])
m = [1, 2.5, "x", [3, [4]], (5, 6), None, True]
print(m, m[3][1][0], m[4][1])
m[3][1][0] = 99
m[3].append(m[4])
print(m)
total = 0
for x in [10, 20, 30]:
    total += x
print(total)
i = 5
print([i, i + 1, [i]], [[]], [(), []])
print([1, 2] == [1, 2], [1, 2] == [1, 2.0], [1] != [2], [] == [], [1, [2]] == [1, [2]])
