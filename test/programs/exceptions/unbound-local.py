n = 5
def f(x):
    if x:
        n = 1
    return n
print(f(True))
print(f(False))
