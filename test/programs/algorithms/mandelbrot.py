"""Floats in a nested loop."""
def w_mandel(w, h):
    tot = 0
    for py in range(h):
        y0 = py * 2.0 / h - 1.0
        for px in range(w):
            x0 = px * 3.0 / w - 2.0
            x = 0.0; y = 0.0; k = 0
            while k < 32 and x * x + y * y < 4.0:
                t = x * x - y * y + x0
                y = 2.0 * x * y + y0
                x = t
                k += 1
            tot += k
            print("#" if k == 32 else "." if k > 4 else " ", end="")
        print()
    return tot
print(w_mandel(16, 16))
