"""Lists are shared, nested lists too; arguments are references."""
def fill(l, n):
    for i in range(n):
        l.append(i)
    return l

a = []
b = fill(a, 3)
print(a, b, a is b)
grid = []
for y in range(3):
    row = []
    for x in range(4):
        row.append(x * y)
    grid.append(row)
print(grid)
grid[1][2] += 100
grid[0] = grid[2]
grid[2][3] = -1
print(grid)
def replace(l):
    l = [9]
    return l
print(replace(a), a)
