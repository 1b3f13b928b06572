x = 7
assert x == 8, (x, "differs")
