"""if, elif, else in all shapes."""
def sign(n):
    if n < 0:
        return -1
    elif n > 0:
        return 1
    else:
        return 0

def size(n):
    if n < 10: return "small"
    if n < 100:
        if n % 2 == 0:
            if n % 3 == 0: return "six"
            return "even"
        else:
            pass
    elif n < 1000:
        return "big"
    else:
        return "huge"
    return "odd"

for n in [-5, 0, 3, 12, 14, 15, 100, 999, 1000, 5000]:
    print(n, sign(n), size(n))
if 1: print("one line"); print("two statements")
if 0: pass
else: print("else on one line")
