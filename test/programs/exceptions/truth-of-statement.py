# Without a comparison, the truth of a condition is placed at the whole statement.
class Odd:
    def __bool__(self):
        return 1


if 0:
    pass
elif not Odd():  # of several lines
    pass
