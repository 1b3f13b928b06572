"""while with else, break, continue; conditions that change in the body."""
i = 0
while i < 5:
    i += 1
    if i == 2: continue
    if i == 4: break
    print(i)
else:
    print("not reached")
while i < 8:
    i += 1
else:
    print("else", i)
while False:
    pass
else:
    print("never ran")
n = 27
steps = 0
while n != 1:
    n = n // 2 if n % 2 == 0 else 3 * n + 1
    steps += 1
print(steps)
while True:
    steps -= 1
    if steps < 100:
        while True:
            steps -= 7
            if steps < 50: break
        else:
            print("no")
        break
print(steps)
