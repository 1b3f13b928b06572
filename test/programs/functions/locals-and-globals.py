"""Locals, globals, the global statement, names that shadow built-ins."""
counter = 0
limit = 3
def bump():
    global counter
    counter += 1
    return counter
def shadow():
    counter = 100
    counter += 1
    return counter
def read():
    return counter + limit
print(bump(), bump(), shadow(), counter, read())
def create():
    global made
    made = "here"
create()
print(made)
def several():
    global counter, limit
    counter, limit = limit, counter
several()
print(counter, limit)
for counter in range(5):
    pass
print(read())
def len2(x):
    len = 5
    return len + x
print(len2(1), len([1, 2]))
def loop():
    total = 0
    for i in range(4):
        square = i * i
        total += square
    return total, i, square
print(loop())
x = 1
def f(x):
    x += 1
    return x
print(f(x), f(f(x)), x)
