"""Truth of each type, in if, while, not, and conditional expressions."""
class Plain:
    pass

def f():
    pass

values = [0, 1, -1, 0.0, -0.0, 0.1, "", "a", "0", None, True, False, (), (0,), [], [0]]
for v in values:
    if v:
        print("true", end=" ")
    else:
        print("false", end=" ")
    print("T" if v else "F", not v, not not v)
print(not Plain(), not f, not Plain)
n = 3
while n:
    print(n)
    n -= 1
l = [1, 2, 3]
k = 0
while not k:
    k = len(l)
print(k)
