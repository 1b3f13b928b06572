"""A class body sees the names that it bound before, and the module's."""
base = 10
class Const:
    A = 1
    B = A + 1
    C = base + B
    T = (A, B)
print(Const.A, Const.B, Const.C, Const.T, Const().B)
