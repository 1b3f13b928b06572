"""and, or, not: which operand is the result, and which is evaluated at all."""
def show(x):
    print("seen", x)
    return x

values = [0, 1, -1, 0.0, 2.5, "", "a", None, True, False, (), (0,), [], [0]]
for a in values:
    for b in [0, 7, "", "z"]:
        print(a and b, a or b, not a)
print(show(0) and show(1), show(1) and show(2), show(0) or show(3), show(4) or show(5))
print(show(1) and show(0) or show(6), not (show(0) or show("")))
if show(0) or show(1) and not show(0):
    print("yes")
while show(0) or show(False):
    print("never")
x = 5
print(x > 3 and x < 10, x > 3 or x / 0, not x > 3 or not x < 4)
