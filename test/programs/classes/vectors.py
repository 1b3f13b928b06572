"""Objects made in a loop; memory for all of them."""
class Vec:
    def __init__(self, x, y): self.x = x; self.y = y
    def add(self, o): return Vec(self.x + o.x, self.y + o.y)
    def scale(self, k): return Vec(self.x * k, self.y * k)
v = Vec(0, 0)
d = Vec(1, 2)
for i in range(300):
    v = v.add(d)
    if i % 50 == 0: v = v.scale(-1)
print(v.x, v.y)
