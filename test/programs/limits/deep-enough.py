"""A hundred calls deep is no problem."""
def f(n, a, b, c):
    if n == 0:
        return a + b + c
    return f(n - 1, a + 1, b + 2, c + 3)
print(f(100, 0, 0, 0))  # -> 600
