# Values of and, or and conditional expressions, and variables that targets change, while other operands are evaluated.
def f(a, b, c, x):
    (b, c), a = (c, a), b
    print(a, b, c)
    l = [0, 0, 0]
    k = 1
    l[a and k] = b or c
    l[x or k] = x or 7
    l[x or k] += x or 7
    l[(x or k) if k else 2] += (x and 3) or 7
    print(l)
    m = [5]
    (x or m).append(x or 9)
    (m if k else l).append(k if x else 11)
    print(m)
    print((x or l)[x or 1:k and 3], (x or m)[(x or 0):(x or 2):(x or 1)])
    print((x or 3) < (x or 4) < (k and 5), (x or 3) == (x or 4), (x or l) is (x or l), (k if x else 1) in (m if x else [1]))
    if (x or 3) > (k and 2): print('gt')
    while (x or 3) < (k and 2): print('lt')
    t = (x or 1), (k and 2), (x or k) + (k and 4) * (x or 6) - (k if x else 8)
    print(t)
    u, v = x or 1, k and 3
    print(u, v)
    u = v = x or 12
    l[0] = l[k or 2] = x or 13
    print(u, v, l)
    l[x or 0], l[k and 2] = k and 20, x or 21
    print(l)
    [u, l[x or 1]], v = [x or 5, k and 6], x or 7
    print(u, l, v)
    print(max(x or 1, k and 2), min(k and 4, x or 3), abs(x or -3), len(x or m))
    return (x or 3) ** (k and 2) if (x or 0) or (k and 1) else (x or 4)
print(f(1, 2, 3, 0))
x = 0; k = 1; l = [0, 0, 0]; m = [5]
l[x or k] = x or 7
l[x or k] += x or 7
(x or m).append(x or 9)
print(l, m)
print((x or l)[x or 1:k and 3], (x or m)[(x or 0):(x or 2):(x or 1)])
print((x or 3) < (x or 4) < (k and 5), (x or 3) == (x or 4), (x or l) is (x or l), (k if x else 1) in (m if x else [1]))
class P:
    def __init__(self, a, b=0): self.a = a; self.b = b
    def s(self, y, z=1): return self.a, y, z
p = P(x or 1, b=k and 4)
print(p.a, p.b, p.s(x or 2, k and 3), p.s(z=x or 4, y=k and 5), P(b=x or 1, a=k and 2).s(1))
(p if k else l).a = x or 3
(p if k else l).a += x or 3
print(p.a, -(x or 4), not (x or 4), ~(k and 5), +(k and x))
p.a, p.b = p.b, p.a
print(p.a, p.b)
def g(n):
    r = []
    y = None
    for i in range(n or 3, (n and 1) or 9, (n or 2)):
        r.append(i if i % 2 else (n or i * 10))
    for q in (n or r): y = q and (y or q)
    return r, y, (n or r) + (n or [1]), [n or 1, [n or 2, n and 3]], (r or n)[n and 1]
print(g(0))
assert (x or 1), (x or 'msg')
a = [1, 2]
i = 0
i, a[i] = a[i], i
print(a, i)
def h():
    a = [3, 4]
    i = 0
    a[i], i = i, a[i]
    print(a, i)
    i, a[i - 3] = 3, 8
    print(a, i)
    (i, j), a = a, i
    print(i, j, a)
    a, (b, a), c = 1, (2, 3), 4
    print(a, b, c)
    b = a
    print(b)
    a, b = b, a = a, b
    print(a, b)
    x = [1, 2, 3]
    x[x[0]], x[0] = 0, 5
    print(x)
    n = [0]
    n[0], n = 7, n
    print(n)
h()
def k():
    t = (1, 2)
    a = (5, 6)
    a, b = c = a
    print(a, b, c)
    x = 3
    x = y = x
    l = [0, 1, 2, 3, 4]
    x = l[x] = x
    i = 1
    i = l[i] = j = i
    print(x, y, l, i, j)
    [t, z] = w = t
    print(t, z, w)
    n = None
    l[n or 2] = n or 9
    l[n or 3] += n or 9
    (n or l)[n or 1] += (n or 4) * (n or 5)
    print(l)
    q = n or 5
    q, l[n or 0] = n or q + 1, n or q
    q += n or 2
    q = (n or 1) + (n or 2) * (q and 3) - ((n or 4) if (n or q) == (n or 8) else (n or 5))
    print(q, l)
    q = not (n or q) or (not n and not q)
    print(q, not (n or 1) == (not n))
    print((n or 1) + ((n or 2) + ((n or 3) + ((n or 4) if n or 5 else (n or 6)))))
    print((n or 1) < ((n or 2) if (n or 0) < (n or 3) < (n or 4) else (n or 5)) < (n or 7))
k()
