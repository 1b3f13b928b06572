"""Attribute names are shared by unrelated classes; methods, functions and globals with one name do not meet."""
value = "global"
def run(): return "function"
class A:
    def __init__(self): self.value = 1; self.run_count = 0
    def run(self): self.run_count += 1; return self.value
class B:
    value = 2
    def run(self): return self.value + 100
class C(B):
    def value_of(self): return self.value
def use(x):
    return x.run(), x.value
a = A()
print(use(a), use(B()), use(C()), run(), value, a.run_count, C().value_of())
c = C()
c.value = 7
print(use(c), B.value, c.value_of())
