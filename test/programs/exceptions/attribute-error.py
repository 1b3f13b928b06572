class Box:
    def __init__(self):
        self.full = False
    def fill(self):
        self.content = 1
b = Box()
print(b.full)
print(b.content)
