def f(a, b):
    return a
g = f
print(g(1, 2))
g(1)
