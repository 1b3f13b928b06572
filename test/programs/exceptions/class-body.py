# A class body is a frame of its own in tracebacks.
class Table:
    size = 4
    half = size / 2

    def get(self, i=[size][0]):
        return i

    last = [1, 2][int(half)]
