"""Products of matrices of ints and floats."""
def make(n, k):
    rows = []
    for i in range(n):
        row = []
        for j in range(n):
            row.append(i * j % 7 + k)
        rows.append(row)
    return rows
def product(a, b):
    n = len(a)
    out = []
    for i in range(n):
        row = []
        for j in range(n):
            s = 0
            for k in range(n): s += a[i][k] * b[k][j]
            row.append(s)
        out.append(row)
    return out
print(product(make(5, 0), make(5, 1)))
print(product(make(3, 0.5), make(3, 1)))
print(product(product(make(4, 1), make(4, 2)), make(4, -3)))
