"""Positional and keyword arguments, defaults, in every mixture."""
def f(a, b=2, c=3):
    return a * 100 + b * 10 + c

print(f(1), f(1, 5), f(1, 5, 7), f(1, c=9), f(1, b=4), f(b=1, a=2), f(c=1, b=2, a=3), f(1, c=5, b=6), f(a=7))

def show(x):
    print("eval", x)
    return x

print(f(show(1), c=show(2), b=show(3)))
x = 10
def g(a=x, b=[1, 2], c=x + 1):
    return a, b, c
x = 20
print(g(), g(1), g(c=0))
def collect(item, into=[]):
    into.append(item)
    return into
collect(1)
collect(2)
print(collect(3), collect(4, [0]))
def many(a, b, c, d, e, f, g, h=8, i=9, j=10):
    return [a, b, c, d, e, f, g, h, i, j]
print(many(1, 2, 3, 4, 5, 6, 7), many(1, 2, 3, 4, 5, 6, 7, j=0), many(g=1, f=2, e=3, d=4, c=5, b=6, a=7, i=0))
def annotated(a: int, b: float = 1.5) -> float:
    return a * b
print(annotated(3), annotated(3, 2.0), annotated("ab", 2))
