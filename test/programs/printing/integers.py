"""Every number of digits, both signs."""
n = 1
while n < 1000000000000000000:
    print(n, -n, n - 1, n * 9, -(n * 9) - 1)
    n *= 10
n = 1
for i in range(62):
    print(n, n + 1, -n, sep=",")
    n *= 2
