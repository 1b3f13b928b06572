"""What the program's __str__ and __repr__ print themselves stands before the text of what holds them."""


class Noisy:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        print("<", self.n, ">", sep="")
        return "N" + repr(self.n)


class Both(Noisy):
    def __str__(self):
        return "str" + str([self])


nested = [Noisy(1), (Noisy([2]),), "text"]
nested.append(nested)
print("a", nested, "b")
print(Noisy("x"), Both(3), [Both(4)], (Noisy(5),), ValueError(Noisy(6)), [ValueError(Noisy(7), 8)])
print(str(nested), repr((Noisy(9),)), end="!\n", sep="|")


class Failing:
    def __repr__(self):
        return [][0]


print("out", [1, Failing()], "never")
