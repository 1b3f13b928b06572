"""A list that changes while it is iterated, and a range variable that is assigned."""
l = [1, 2, 3]
for x in l:
    print(x)
    if len(l) < 6:
        l.append(x * 10)
print(l)
for i in range(3):
    for i in range(2):
        print("inner", i)
    print("outer", i)
l = [3, 2, 1]
for x in l:
    l[2] = x
print(l)
r = [0, 1, 2]
for a in r:
    for b in r:
        print(a, b, end=";")
print()
