"""A list that grows until the heap is full."""
# exit: 1
# last-line: MemoryError
l = []
n = 0
while True:
    l.append(n)
    n += 1
