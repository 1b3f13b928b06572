class Motor:
    def __init__(self): self.speed = 0; self.load = [3, 0]
    def ratio(self, k):
        return (self.speed + 5) // self.load[k] * 2
m = Motor()
print(m.ratio(0))
print(1 + m.ratio(1) - 2)
