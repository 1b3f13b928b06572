"""Concatenation, repetition, membership."""
print([1, 2] + [3], [] + [], [0] * 5, 3 * [1, 2], [1] * 0, [1] * -1)
l = [0] * 3
l[1] = 7
print(l)
rows = [[0] * 2] * 2
rows[0][0] = 1
print(rows)
l += [4, 5]
print(l, 4 in l, 9 in l, 9 not in l, [1] in [[1]], None in [None])
a = b = [1]
a += [2]
print(b)
a = a + [3]
print(b, a)
l *= 2
print(l)
