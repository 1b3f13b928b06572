"""Special methods of objects: operators, reflected and in-place forms, comparisons, containers, calls, truth."""


class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __radd__(self, other):
        return Vector(other + self.x, other + self.y)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y)

    def __rsub__(self, other):
        return 'reflected'

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k)

    def __rmul__(self, k):
        return self * k

    def __imul__(self, k):
        self.x *= k
        self.y *= k
        return self

    def __truediv__(self, k):
        return self.x / k

    def __floordiv__(self, k):
        return self.x // k

    def __mod__(self, k):
        return self.x % k

    def __pow__(self, k):
        return self.x**k

    def __and__(self, k):
        return self.x & k

    def __or__(self, k):
        return self.x | k

    def __xor__(self, k):
        return self.x ^ k

    def __lshift__(self, k):
        return self.x << k

    def __rshift__(self, k):
        return self.x >> k

    def __rlshift__(self, k):
        return k * 100

    def __neg__(self):
        return Vector(-self.x, -self.y)

    def __pos__(self):
        return 'plus'

    def __invert__(self):
        return 'inverted'

    def __abs__(self):
        return self.x * self.x + self.y * self.y

    def __eq__(self, other):
        return self.x == other.x

    def __lt__(self, other):
        return self.x < other.x

    def __le__(self, other):
        return self.x <= other.x

    def __getitem__(self, i):
        return self.x if i == 0 else self.y

    def __setitem__(self, i, value):
        if i == 0:
            self.x = value
        else:
            self.y = value

    def __len__(self):
        return 2

    def __contains__(self, value):
        return value == self.x or value == self.y

    def __call__(self, a, b=5):
        return self.x + a + b

    def __repr__(self):
        return 'V'

    def __str__(self):
        return 'vector'


v = Vector(3, 4)
w = Vector(1, 2)
s = v + w
print(s.x, s.y, v, [v], (v,))
s = 10 + v
print(s.x, s.y)
s = v - w
print(s.x, 1 - v, 'a' - v)
s = 2 * v
t = v * 3
print(s.x, s.y, t.x, t.y)
k = 7
t = v
t *= k
print(v.x, v.y, t is v)
v = Vector(30, 4)
k = 4
print(v / k, v // k, v % k, v**k, v & k, v | k, v ^ k, v << k, v >> k, k << v)
print((-v).x, +v, ~v, abs(v))
print(v == w, v != w, v < w, v <= w, v > w, v >= w, v == v)
if v < w:
    print('less')
if v > w:
    print('greater')
if v == Vector(30, 0):
    print('equal')
print(v[0], v[1], len(v), 30 in v, 5 in v, 5 not in v)
v[0] = 8
v[1] = 9
print(v[0], v[1], v(1), v(1, 2))
method = v.__len__
print(method(), v.__call__(3))


class Plain:
    pass


class Empty:
    def __len__(self):
        return 0


class False_:
    def __bool__(self):
        return False


p = Plain()
q = Plain()
print(p == q, p != q, p == p, p == None, None != p, p is p, p in [q, p])
for x in [p, Empty(), False_(), [], [0], '', 'a', (), 0.0, -0.0, None, Plain]:
    if x:
        print('true', end=' ')
    else:
        print('false', end=' ')
print()


class Base:
    def name(self):
        return 'base'

    def both(self):
        return self.name() + '!'


class Derived(Base):
    def name(self):
        return 'derived of ' + super().name()


print(Derived().both(), Base().both(), Base.name(Derived()))


def double(x):
    return 2 * x


d = Derived()
d.slot = double
print(d.slot(4), d.slot is double)
