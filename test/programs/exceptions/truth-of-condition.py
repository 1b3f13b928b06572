# Where the truth of a condition is asked for: CPython points at the last comparison before it.
class Odd:
    def __bool__(self):
        return 1


def check(x):
    if x > 3 and Odd():
        return 1


check(5)
