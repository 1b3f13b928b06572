"""Reading slices: all signs, steps, out of range."""
l = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
print(l[2:5], l[:3], l[7:], l[:], l[-3:], l[:-3], l[-5:-2], l[5:2], l[20:], l[-20:3])
print(l[::2], l[1::3], l[::-1], l[8:2:-2], l[-1:-11:-3], l[2:100:4])
c = l[:]
c[0] = 99
print(l[0], c[0], c is l)
a = 3
b = 6
print(l[a:b], l[a:b][1], len(l[a:b]), l[b:a], l[a:b + 1:a - 1])
for x in l[4:7]:
    print(x)
