"""Conway's game of life on a torus."""
def step(grid, n):
    out = []
    for y in range(n):
        row = []
        for x in range(n):
            around = 0
            for dy in (-1, 0, 1):
                for dx in (-1, 0, 1):
                    if dx or dy:
                        around += grid[(y + dy) % n][(x + dx) % n]
            row.append(1 if around == 3 or around == 2 and grid[y][x] else 0)
        out.append(row)
    return out
n = 8
grid = []
for y in range(n): grid.append([0] * n)
for y, x in [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)]: grid[y][x] = 1
for generation in range(6):
    for row in grid:
        for cell in row: print("#" if cell else ".", end="")
        print()
    print()
    grid = step(grid, n)
