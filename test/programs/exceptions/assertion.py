"""assert passes, then fails with a message."""
assert True
assert 1 < 2, "not evaluated"
def check(x):
    assert x > 0, "x must be positive"
    return x
print(check(5))
check(-1)
