class Shape:
    def __init__(self, name, width):
        self.name = name
        self.width = width

    def area(self):
        return self.width * self.width

    def describe(self):
        text = self.name
        size = self.area()
        print(text, size)
        return size


class Circle(Shape):
    def area(self):
        square = self.width * self.width
        return square * 3.25


shapes = [Shape("square", 3), Circle("round", 2)]
largest = 0.0
for shape in shapes:
    size = shape.describe()
    if size > largest:
        largest = size
print(largest)
