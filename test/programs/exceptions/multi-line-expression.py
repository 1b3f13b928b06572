def f(a, b):
    return a // b
values = [
    f(4, 2),
    f(9,
      3),
    f(1,
      0),
]
