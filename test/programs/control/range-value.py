"""A range as a value: repr, equality, index, membership."""
print(range(5), range(2, 6), range(0, 10, 3), range(10, 0, -3))
print(range(5)[2], range(10, 0, -2)[1], range(3)[-1])
print(range(3) == range(0, 3, 1), range(0) == range(5, 5), range(3) == range(4))
print(3 in range(5), 7 in range(0, 10, 2), 4 in range(0, 10, 2), 5 not in range(5))
