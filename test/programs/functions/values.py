"""Functions are values: in variables, lists, arguments; rebinding a name changes what is called."""
def one(): return 1
def add(a, b): return a + b
def mul(a, b=2): return a * b

f = add
print(f(2, 3))
f = mul
print(f(2, 3), f(4))
for g in [add, mul]:
    print(g(6, 7))
def apply(h, a, b):
    return h(a, b)
print(apply(add, 1, 2), apply(mul, 3, 4))
table = (one, one)
print(table[0]() + table[1]())
def old(): return "old"
def call(): return old()
print(call())
def new(): return "new"
old = new
print(call())
def redefined(): return 1
print(redefined())
def redefined(): return 2
print(redefined())
if len(table) == 2:
    def chosen(): return "two"
else:
    def chosen(): return "other"
print(chosen())
def nothing(): pass
def early(x):
    if x: return
    return 5
print(nothing(), early(1), early(0), nothing() is None)
