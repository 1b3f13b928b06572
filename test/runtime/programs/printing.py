"""What print() shows of exceptions, classes and containers of them."""


class Shape:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return 'Shape(' + 'i' * self.n + ')'


class Named:
    def __str__(self):
        return 'name'

    def __repr__(self):
        return 'Named()'


class Own(ValueError):
    pass


print(Shape(2), [Shape(1), Shape(3)], (Shape(0),))
print(Named(), [Named()])
print(ValueError('a'), [ValueError('a')], ValueError(), [ValueError()], ValueError(1, 2), [ValueError(1, 2)])
print(KeyError('k'), KeyError(), KeyError(1, 'x'), Own('text'), [Own('text')], Own(None), Own(''))
print(Shape, ValueError, [Own])
e = Own('a', 2)
print(e.args, len(e.args), e.args[0])
print(1, 'two', 3.0, None, sep='-', end='!\n')
print()
print('', end='')
print('x', '', 'y')
