"""The six comparisons, as values and as conditions, int with int and bool."""
values = [-9223372036854775808, -2, -1, 0, 1, 2, 9223372036854775807]
for a in values:
    for b in values:
        print(a < b, a <= b, a == b, a != b, a > b, a >= b)
        n = 0
        if a < b: n += 1
        if a <= b: n += 2
        if a == b: n += 4
        if a != b: n += 8
        if a > b: n += 16
        if a >= b: n += 32
        print(n)
print(True == 1, False == 0, True < 2, 1 > False, True + True, True * 5, -True, ~False)
