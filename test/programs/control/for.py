"""for over range, list, tuple, with else, break, continue; the variable lives on."""
for i in range(3):
    print(i)
else:
    print("done", i)
for i in range(10):
    if i % 3: continue
    if i > 7: break
    print("three", i)
else:
    print("not reached")
for i in []:
    print("never")
else:
    print("empty", i)
for i in range(2):
    for j in range(3):
        if j == 1: continue
        for k in (i, j):
            if k: break
        else:
            print("zeros", i, j)
            continue
        print(i, j, k)
total = 0
for x in [1, 2.5, True, -4]:
    total += x
print(total, x)
for a, b in [(1, 2), (3, 4)]:
    print(a * b)
for a, (b, c) in [(1, (2, 3)), (4, (5, 6))]:
    print(a, b, c)
for i in range(5):
    print(i, end=" ")
    i = 10
print(i)
