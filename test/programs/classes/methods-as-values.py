"""Polymorphism, methods that call methods, objects in attributes, classes as values."""
class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

class Stack:
    def __init__(self):
        self.top = None
        self.size = 0
    def push(self, value):
        self.top = Node(value, self.top)
        self.size += 1
    def pop(self):
        value = self.top.value
        self.top = self.top.next
        self.size -= 1
        return value
    def empty(self):
        return self.top is None

s = Stack()
for i in range(10):
    s.push(i * i)
while not s.empty():
    print(s.pop(), s.size, end="; ")
print()

class Tree:
    def __init__(self, key):
        self.key = key
        self.left = None
        self.right = None
    def insert(self, key):
        if key < self.key:
            if self.left is None: self.left = Tree(key)
            else: self.left.insert(key)
        elif key > self.key:
            if self.right is None: self.right = Tree(key)
            else: self.right.insert(key)
    def walk(self, out):
        if self.left: self.left.walk(out)
        out.append(self.key)
        if self.right: self.right.walk(out)
        return out

t = Tree(50)
for k in [30, 70, 20, 40, 60, 80, 30, 35]:
    t.insert(k)
print(t.walk([]))
kinds = [Node, Tree]
for kind in kinds:
    print(kind(5) is None)
class Shape:
    def area(self): return 0
    def twice(self): return self.area() * 2
class Square(Shape):
    def __init__(self, a): self.a = a
    def area(self): return self.a * self.a
class Circle(Shape):
    def __init__(self, r): self.r = r
    def area(self): return 3.0 * self.r * self.r
total = 0
for shape in [Shape(), Square(3), Circle(2)]:
    total += shape.twice()
print(total)
