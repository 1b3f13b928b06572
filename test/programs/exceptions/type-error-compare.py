def less(a, b):
    if a < b:
        return True
    return False
print(less(1, 2.5))
less(1, None)
