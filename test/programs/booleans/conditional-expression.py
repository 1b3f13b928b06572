"""Conditional expressions, nested and with side effects."""
def show(x):
    print("eval", x)
    return x

for n in range(-2, 3):
    print("neg" if n < 0 else "zero" if n == 0 else "pos")
    print((show(n) if show(n > 0) else show(-n)) + 1)
print(1 if [] else 2 if () else 3)
x = 5
y = (x if x > 3 else -x) * 2 if x else 0
print(y, [x if x < 0 else 0, 1 if x else 2])
