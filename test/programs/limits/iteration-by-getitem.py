"""Python iterates over objects with __getitem__ alone; where only the running program shows that, it is refused then."""


class Squares:
    def __getitem__(self, i):
        if i > 3:
            raise IndexError
        return i * i


def pick(which):
    return [Squares(), [1, 2]][which]


print(pick(0)[3], 1 in pick(1))  # -> 9 True
items = [0]
items.extend(pick(1))
print(items)  # -> [0, 1, 2]
print(4 in pick(0))
# exit: 1
# last-line: NotImplementedError: iteration over 'Squares' by __getitem__ is not supported yet
