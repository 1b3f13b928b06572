"""A class that is defined again is another class; its body sees its own names, in order."""
x = "global"


def side(n):
    print("side", n)
    return n


class A:
    x = 1

    def f(self, a=x):
        return a

    x = x + 1
    y = z = side(10)

    def g(self, a=side(11), b=x):
        return a + b

    neg = -True


first = A()


class A:
    x = 5
    y = [6]

    def f(self, a=x):
        return a


second = A()
print(first.f(), first.g(), first.x, first.y, first.z, first.neg, second.f(), second.x, second.y, x)
