"""is, is not, None."""
x = None
print(x is None, x is not None, x == None, x != None, 0 is None, False is None)
a = [1]
b = a
c = [1]
print(a is b, a is c, a is not c, a == c)
print(True is True, True is not False, None is None)
def f():
    pass
print(f() is None, f is f)
if x is None:
    print("none")
if a is not None and a:
    print("list")
