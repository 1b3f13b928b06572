"""Classes: __init__, attributes, methods, attributes made outside, instances are independent."""
class Point:
    """A point."""
    def __init__(self, x, y=0):
        self.x = x
        self.y = y

    def move(self, dx, dy):
        self.x += dx
        self.y += dy
        return self

    def norm2(self):
        return self.x * self.x + self.y * self.y

    def swap(self):
        self.x, self.y = self.y, self.x

class Empty:
    pass

p = Point(1, 2)
q = Point(3)
r = Point(y=5, x=4)
print(p.x, p.y, q.x, q.y, r.x, r.y)
p.move(10, 20).move(1, 1)
p.swap()
print(p.x, p.y, p.norm2(), q.norm2())
p.label = "named"
print(p.label)
e = Empty()
e.a = 1
e.b = e
print(e.b.b.a)
points = [Point(0), Point(1), Point(2, 2)]
total = 0
for point in points:
    total += point.move(1, 1).norm2()
print(total, points[2].x, points[-1].y)
print(p is p, p is q, p == p, p == q, p != q)
