"""The cycle counter around single operations: the sum of what the instruction table lists."""
# t1 - t0 is the first RDC (1) and what stands between: nothing; ADD (1); MUL (4); float ADD (6); LDX (3); LEN (3).
from compiler.intrinsics import pyxl_get_cycle_counter


def nothing():
    t0 = pyxl_get_cycle_counter()
    t1 = pyxl_get_cycle_counter()
    return t1 - t0


def operations(a, b, x, y, l):
    t0 = pyxl_get_cycle_counter()
    r0 = a + b
    t1 = pyxl_get_cycle_counter()
    r1 = a * b
    t2 = pyxl_get_cycle_counter()
    r2 = x + y
    t3 = pyxl_get_cycle_counter()
    r3 = l[2]
    t4 = pyxl_get_cycle_counter()
    r4 = len(l)
    t5 = pyxl_get_cycle_counter()
    print(r0, r1, r2, r3, r4)
    print(t1 - t0, t2 - t1, t3 - t2, t4 - t3, t5 - t4)


print(nothing())  # -> 1
operations(3, 5, 0.5, 0.25, [7, 8, 9])  # -> 8 15 0.75 9 3
# (the line above prints twice)  # -> 2 5 7 4 4
