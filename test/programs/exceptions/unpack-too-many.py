def triple():
    return 1, 2, 3
a, b = triple()
