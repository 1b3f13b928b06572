# str() of an exception is that of its arguments, whatever its __repr__ is.
class Fault(Exception):
    def __repr__(self):
        return "fault"


class Silent(Exception):
    def __str__(self):
        return ""


f = Fault("text")
print(f, repr(f), [f], str(Fault(1, 2)), Silent(1), ValueError(1, 2, 3, 4, 5, 6))
print([ValueError("a"), KeyError("k")], (Fault(),))
raise Silent(5)
