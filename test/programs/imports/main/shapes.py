print("shapes loads")
import helpers
NAME = "shapes"
def area(a, b): return a * b
class Square:
    def __init__(self, a): self.a = a
    def area(self): return helpers.twice(area(self.a, self.a)) // 2
