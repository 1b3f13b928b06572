"""Tuples: literals, index, len, comparison, iteration, nesting, printing."""
empty = ()
one = (1,)
t = (1, 2.5, "three", None, True)
nested = ((1, 2), (3, (4, 5)), ())
print(empty, one, t, nested)
print(len(empty), len(one), len(t), len(nested))
print(t[0], t[4], t[-1], t[-5], nested[1][1][0])
print((1, 2) == (1, 2), (1, 2) == (1, 3), (1, 2) != (1, 2, 3), () == (), (1, 2) == [1, 2])
for x in t:
    print(x, end=" ")
print()
i = 2
print((i, i + 1, i * 2), (i,), ((i,), i))
print(2 in (1, 2, 3), 5 in (1, 2, 3), 5 not in (1, 2, 3), "b" in ("a", "b"))
