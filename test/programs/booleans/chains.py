"""Comparison chains evaluate each operand once and stop at the first false one."""
def show(x):
    print("eval", x)
    return x

print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 > 1 > 0, 1 < 2 > 1 <= 1 != 5)
print(show(1) < show(2) < show(3))
print(show(3) < show(2) < show(1))
print(show(1) == show(1) != show(2) > show(0))
for x in range(-1, 12):
    if 0 <= x < 5:
        print(x, "low")
    elif 5 <= x <= 9 != x:
        print(x, "high")
    else:
        print(x, "out")
a = b = [3]
print(a is b is not None, 1 < 2 == True, (1 < 2) == True, not 1 < 2 < 3)
