"""Equality of lists and tuples asks == of their items, never !=; what == gives is taken for its truth."""


class Word:
    def __eq__(self, other):
        return "yes"

    def __ne__(self, other):
        return "no"


print([Word()] == [1], (Word(),) == (1,), [Word()] != [1], [Word(), 1] < [2, 3], 1 in [Word()], [1, Word()].index(5))
print([5, Word(), 7].count(7), [1, 2] == [1, 2.0], [True] == [1], [[1]] != [[1]])


class Adds:
    def __radd__(self, other):
        return "radd"

    def __rmul__(self, other):
        return "rmul"


a = [1]
a += Adds()
b = [1]
b *= Adds()
c = (1,)
c += Adds()
print(a, b, c, [1] + Adds(), "x" + Adds(), 2 * Adds())
l = [1, 2, 3]
print(l.index(3, 1), l.index(True), l.index(2, -2, 3), l.pop(False), l)
l.insert(True, "x")
print(l)
l.insert("a", 1)
