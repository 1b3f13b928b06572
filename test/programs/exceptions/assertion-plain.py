def f(l):
    assert len(l) == 3
print("before")
f([1, 2])
print("after")
