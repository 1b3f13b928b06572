"""Lists and tuples: growth, concatenation, repetition, comparison, membership, unpacking, printing."""

items = []
for i in range(200):
    items.append(i * i)
print(items, len(items), items[-1], items[199], items[-200])
print([1, 2] + [3], [] + [], (1,) + (2, 3), () + (1,), (1,) + ())
print([0] * 5, [1, 2] * 3, 2 * [None], [1] * 0, [1] * -1, (1, 2) * 2, 3 * ('a',), [] * 5, () * 3)
a = [1, 2, 3]
b = a
a += [4, 5]
a += (6, 7)
a += 'xy'
print(a, b, a is b)
a += a
print(a)
n = 2
a *= n
print(len(a), a is b, a[18:20] == a[0:2])
n = 0
a *= n
print(a, b)
for x in [[], [1], [1, 2], [1, 3], [2], (1, 2), (1, 3), (), [1, 2.0], [[1], 2], [[1], 3]]:
    for y in [[], [1], [1, 2], (1, 2), (1, 3, 0), [[1], 2]]:
        print(x == y, x != y, end=' ')
    print(1 in x, [1] in x, 2.0 in x, None not in x)
print([1, 2] < [1, 3], [1, 2] <= [1, 2], [2] > [1, 9], (1, 2) >= (1, 2, 0), (1,) < (1, 0), [] < [0])
if [1, 2] < [1, 3] and not (2,) < (1,):
    print('ordered')
not_a_number = float('nan')
print([1.0] == [not_a_number], not_a_number in [1.0, 2], [not_a_number] != [0.0], [not_a_number].count(1.0))
x, y = [1, 2]
(x, y), z = (3, 4), 5
print(x, y, z)
p, q, r = 'abc'
print(p, q, r)
loop = [1]
loop.append(loop)
loop.append((loop, [loop]))
print(loop)
deep = [((), []), ([], ((1,), [2]))]
print(deep)
matrix = []
for i in range(3):
    matrix.append([0] * 3)
matrix[1][2] = 'x'
print(matrix)
big = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, x, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33)
print(big, len(big))
for i, c in [(1, 'a'), (2, 'b')]:
    print(i, c)
