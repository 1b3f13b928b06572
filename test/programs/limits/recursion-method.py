"""The same through methods with large frames."""
# exit: 1
# last-line: RecursionError
class Walker:
    def walk(self, a, b, c, d, e, f, g, h):
        p = a + 1; q = b + 1; r = c + 1
        return self.walk(p, q, r, d, e, f, g, h) + p + q + r
Walker().walk(1, 2, 3, 4, 5, 6, 7, 8)
