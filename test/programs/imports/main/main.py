"""Imports of sibling modules in all forms."""
print("main starts")
import shapes
import counter as c
from shapes import Square, area as area_of
from helpers import twice
print(shapes.NAME, shapes.area(3, 4), area_of(5, 6))
s = Square(7)
print(s.area(), shapes.Square(2).area(), twice(21))
c.bump()
c.bump()
print(c.count, c.bump())
c.count = 50
print(c.bump(), c.count)
from counter import count
print(count)
c.bump()
print(count, c.count)
import shapes
