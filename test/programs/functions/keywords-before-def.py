# Keyword arguments of functions and classes that code names before their statements have run.
def p(x):
    print('p', x)
    return x


def early(n):
    return late(b=p(n), a=p(1)) if n else Late(q=p(2), p=p(3)).both()


def run():
    print(early(0), early(5))


def unused():
    return early(1)


k = 3


def starts():
    return run()


def late(a, b=2, c=k + 1, d=[]):
    d.append(a)
    return a, b, c, d


class Late:
    def __init__(self, p, q=k, r=5):
        self.p = p
        self.q = q
        self.r = r

    def both(self):
        return self.p, self.q, self.r


def before(n):
    if n:
        return after(x=1, y=p(2))
    return n


print(before(0))
starts()


def after(y, x, z=9):
    return x, y, z


print(before(1))


def missing():
    return never(a=p(4))


missing()


def never(a):
    return a
