"""Operands, arguments, targets and subscripts are evaluated from left to right."""
def s(x):
    print(x, end=" ")
    return x

def f(a, b, c):
    return a + b + c

l = [0, 1, 2, 3]
print(s(1) + s(2) * s(3) - s(4))
print(f(s(1), s(2), s(3)))
print([s(1), s(2)], (s(3), s(4)))
l[s(1)] = s(2)
l[s(0)] += s(5)
print(l)
print(s(1) if s(0) else s(2))
print(s(4) // s(2) % s(3), -s(1) ** s(2))
x = s(1)
y = x + s(x + 1) + x
print(y)
def change():
    global x
    x = 100
    return 1
print(x + change() + x)
a = 1
b = [a, a + 1, a]
print(b[s(0)] < b[s(1)] < s(9))
