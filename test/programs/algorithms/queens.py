"""Backtracking over lists."""
def place(r, n, cols, d1, d2):
    if r == n: return 1
    c = 0
    for i in range(n):
        if not cols[i] and not d1[r + i] and not d2[r - i + n]:
            cols[i] = 1; d1[r + i] = 1; d2[r - i + n] = 1
            c += place(r + 1, n, cols, d1, d2)
            cols[i] = 0; d1[r + i] = 0; d2[r - i + n] = 0
    return c
for n in range(1, 7):
    print(n, place(0, n, [0] * n, [0] * (2 * n), [0] * (2 * n)))
