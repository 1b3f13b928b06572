def total(values):
    t = 0
    for v in values:
        t += v
    return t
print(total([1, 2]))
total(7)
