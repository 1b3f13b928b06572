def f():
    return not_there_yet
print("first")
f()
not_there_yet = 1
