# Methods are equal where they are one function bound to one object.
class A:
    def m(self):
        return 1

    def n(self):
        return 2


a = A()
b = A()
print(a.m == a.m, a.m != a.m, a.m == b.m, a.m != b.m, a.m == a.n, a.m is a.m, a.m == 1, 1 == a.m)
print(a.m in [b.m, a.n], a.m in [a.n, a.m], [a.m] == [a.m], (a.m, 1) != (a.m, 1))
if a.m == a.m:
    print('same')
if a.m != a.n:
    print('other')
f = a.m
print(f == a.m, f is f, [a.n, a.m].index(f), A.m == A.m, A.m == a.m)
