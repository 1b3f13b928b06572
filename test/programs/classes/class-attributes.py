"""Class attributes, shadowing by instances, access through class and instance."""
class Counter:
    made = 0
    step = 1
    names = []
    def __init__(self):
        Counter.made += 1
        self.value = 0
    def tick(self):
        self.value += self.step
        return self.value

class Fast(Counter):
    step = 10

a = Counter()
b = Counter()
f = Fast()
print(Counter.made, a.made, Fast.made)
a.tick()
f.tick()
print(a.value, b.value, f.value)
b.step = 5
b.tick()
a.tick()
print(a.value, b.value, Counter.step)
Counter.step = 2
print(a.tick(), b.tick(), f.tick())
a.names.append("x")
f.names.append("y")
print(Counter.names, b.names)
class Const:
    A = 1
    B: int = 2
    T = (3, "t")
print(Const.A, Const.B, Const.T, Const().B)
