"""Methods of lists."""


class Names:
    # A class with these names, so that the calls below are calls of any object.
    def pop(self):
        return 1

    def insert(self):
        return 1

    def extend(self):
        return 1

    def clear(self):
        return 1

    def copy(self):
        return 1

    def reverse(self):
        return 1

    def index(self):
        return 1

    def count(self):
        return 1

    def remove(self):
        return 1

l = [1, 2, 3, 'x', 2.0, None]
print(l.pop(), l.pop(0), l.pop(-1), l)
l.insert(0, 'a')
l.insert(-1, 'b')
l.insert(100, 'c')
l.insert(-100, 'd')
print(l, l.index(3), l.index('c', 2), l.count('a'), l.count(3.0))
l.extend([7, 8])
l.extend('yz')
l.extend((None,))
l.extend(l)
print(l)
m = l.copy()
l.reverse()
print(l, m, l == m)
l.remove(8)
l.remove(None)
print(l)
l.clear()
print(l, m.pop(True))
for i in range(50):
    l.append(i)
while len(l) > 3:
    l.pop()
print(l)
