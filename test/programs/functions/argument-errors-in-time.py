"""A wrong call is an error only when it runs."""
def f(a, b): return a
def never():
    f(1)
print("before")
if False:
    f(1, 2, 3)
print("after")
